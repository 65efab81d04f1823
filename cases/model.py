"""The case and everything it carries: one frozen record, one document, one version.

Nothing here knows how a case is stored, shown or sent. Every change makes a new `Case`
(see `moves.py`); history is appended, never edited.
"""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from cases.clocks import Clock
from classify.types import Domain, Severity


def to_instant(moment: datetime) -> datetime:
    """Aware UTC, truncated to milliseconds: what MongoDB keeps and what every time here is."""
    if moment.tzinfo is None:
        raise ValueError("a time without a zone is ambiguous")
    moment = moment.astimezone(UTC)
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


Instant = Annotated[datetime, AfterValidator(to_instant)]


class Record(BaseModel):
    """Base of all stored records: frozen, and an unknown field is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class FreeText(str):
    """Marks words of people: sealed at rest by `storage`, never logged, never in exports."""

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> Any:
        from pydantic_core import core_schema

        return core_schema.no_info_after_validator_function(cls, core_schema.str_schema())


class Status(StrEnum):
    REGISTERED = "registered"
    ACCEPTED = "accepted"
    AWAITING_CITIZEN = "awaiting_citizen"
    ANSWERED = "answered"
    CLOSED = "closed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"
    IN_REVIEW = "in_review"
    IN_FINAL_REVIEW = "in_final_review"


OPEN = frozenset(
    {
        Status.REGISTERED,
        Status.ACCEPTED,
        Status.AWAITING_CITIZEN,
        Status.IN_REVIEW,
        Status.IN_FINAL_REVIEW,
    }
)
"""Statuses in which a department still owes something (awaiting_citizen: its clock is paused)."""

STATUS_NAMES: dict[Status, str] = {
    Status.REGISTERED: "已登记",
    Status.ACCEPTED: "已受理",
    Status.AWAITING_CITIZEN: "待补正",
    Status.ANSWERED: "已答复",
    Status.CLOSED: "已办结",
    Status.DECLINED: "不予受理",
    Status.WITHDRAWN: "已撤回",
    Status.MERGED: "已并案",
    Status.IN_REVIEW: "复查中",
    Status.IN_FINAL_REVIEW: "复核中",
}


class Role(StrEnum):
    HANDLER = "handler"
    DEPUTY = "deputy"
    HEAD = "head"
    TRIAGE = "triage"
    SUPERVISOR = "supervisor"
    AUDITOR = "auditor"
    ADMIN = "admin"
    CITIZEN = "citizen"
    SYSTEM = "system"


ROLE_NAMES: dict[Role, str] = {
    Role.HANDLER: "承办人",
    Role.DEPUTY: "B岗",
    Role.HEAD: "负责人",
    Role.TRIAGE: "分办员",
    Role.SUPERVISOR: "督办员",
    Role.AUDITOR: "审计员",
    Role.ADMIN: "管理员",
    Role.CITIZEN: "投诉人",
    Role.SYSTEM: "系统",
}


class Channel(StrEnum):
    TELEGRAM = "telegram"
    WEB = "web"
    COUNTER = "counter"
    OPEN311 = "open311"
    API = "api"


class Language(StrEnum):
    ZH_HANS = "zh-Hans"
    ZH_HANT = "zh-Hant"
    EN = "en"


class Actor(Record):
    """Who acts. A citizen or the system has no id: who filed a case is not in the case."""

    roles: frozenset[Role]
    id: str | None = None
    name: str = ""
    department: str | None = None

    def has(self, *roles: Role) -> bool:
        return not self.roles.isdisjoint(roles)


CITIZEN = Actor(roles=frozenset({Role.CITIZEN}), name="投诉人")
SYSTEM = Actor(roles=frozenset({Role.SYSTEM}), name="系统")


class Evidence(Record):
    """A file that belongs to a complaint; its bytes live sealed in the evidence store under `id`."""

    id: str
    name: FreeText
    media_type: str
    """By content, never by name."""
    size: int
    """Bytes as stored (after metadata was stripped)."""
    sha256: str
    """Hex digest of the bytes as stored, before sealing."""
    stripped: bool = False
    added_at: Instant
    by: str = "citizen"


class Accused(Record):
    """被投诉主体, as far as known."""

    name: str
    level: str | None = None
    department: str | None = None
    """Id of the department it was matched with, if it is one of ours."""


class Complaint(Record):
    """The citizen's words and what was understood of them."""

    text: FreeText
    wish: FreeText | None = None
    domain: Domain
    domain_by: str = "classifier"
    """classifier, citizen or staff: who had the last word on the domain."""
    confidence: float = 1.0
    matched: tuple[str, ...] = ()
    """Lexicon phrases that led to the domain."""
    region_code: str | None = None
    region_name: str | None = None
    accused: Accused | None = None
    amount_yuan: int | None = None
    period: FreeText | None = None
    """When it happened or how long it has lasted, in the citizen's words."""
    severity: Severity = Severity.NORMAL
    named: bool = False
    """Whether the reporter chose to give a name; the name itself is not here."""
    persons: tuple[FreeText, ...] = ()
    """Officials named by the citizen; they may not open the case."""
    similar: tuple[str, ...] = ()
    """MinHash bands: near-identical complaints share one."""


class Routing(Record):
    """Where a case goes and why, in words shown to staff."""

    jurisdiction: str
    department: str
    department_name: str
    participants: tuple[str, ...] = ()
    triage: bool = False
    """True when it lies in the coordinator's triage queue because domain or place is not sure."""
    reasons: tuple[str, ...]


class Holder(Record):
    """Who works on a case. The lease is in `lease_until`; once accepted it does not lapse."""

    staff: str
    name: str
    since: Instant
    as_deputy: bool = False


class Proposal(Record):
    """Something one person proposed and another must decide: decline, extend, transfer, dispute, reopen…"""

    kind: str
    by: Actor
    at: Instant
    args: dict[str, Any] = Field(default_factory=dict)
    """The proposed move's arguments, as `model_dump(mode="json")`."""


class HistoryEntry(Record):
    """One thing that happened. `hash` covers everything but the words of `note`, which may be erased."""

    seq: int
    at: Instant
    move: str
    actor: Actor
    before: Status | None
    after: Status
    data: dict[str, Any] = Field(default_factory=dict)
    note: FreeText | None = None
    note_salt: str = ""
    note_digest: str = ""
    key: str = ""
    """Idempotency key: a move with the same key happens once."""
    prev: str = ""
    hash: str = ""


class Audience(StrEnum):
    CITIZEN = "citizen"
    DEPARTMENT = "department"
    STAFF = "staff"
    SUPERVISORS = "supervisors"
    SYSTEMS = "systems"
    """Programs of departments: see `announcing.py`."""


class Notification(Record):
    """Something somebody must be told; travels inside the case until the outbox has taken it."""

    id: str
    audience: Audience
    target: str | None = None
    """Department id or staff id; None for the citizen and the supervisors."""
    template: str
    """Message id in the translation files, such as `told-accepted`."""
    params: dict[str, Any] = Field(default_factory=dict)


class Rating(Record):
    """回应 / 解决 / 满意, each as the citizen said."""

    responded: bool
    solved: bool
    satisfied: int = Field(ge=1, le=5)
    at: Instant


class Accountability(Record):
    """失职追究: opened by a missed clock or an unfounded refusal; decided by a supervisor."""

    id: str
    kind: str
    """missed_clock or unfounded_refusal."""
    reason: str
    department: str
    staff: str | None
    staff_name: str | None
    opened_at: Instant
    closed_at: Instant | None = None
    outcome: str | None = None


class Order(Record):
    """督办 or 限期整改: what a supervisor demands of a department, by when."""

    id: str
    kind: str
    """supervise or rectify."""
    what: FreeText
    department: str
    due_at: Instant
    by: Actor
    at: Instant
    answered_at: Instant | None = None


class OpinionLetter(Record):
    """处理意见书: 信访工作条例 第32条 names what it holds."""

    serial: str
    """文号 as printed, unique per department and year."""
    verification: str
    """Code that the public page confirms."""
    outcome: str
    """support, partly, explain or reject."""
    request: FreeText
    facts: FreeText
    opinion: FreeText
    legal_basis: str
    department: str
    department_name: str
    signed_by: str
    at: Instant


EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
FOREVER = datetime(9999, 12, 31, tzinfo=UTC)


class Case(Record):
    """A complaint on its way (件)."""

    number: str
    version: int = 1
    filing_key: str
    """Unique per filing, so that filing twice is filing once."""
    filed_at: Instant
    updated_at: Instant
    channel: Channel
    language: Language
    status: Status
    complaint: Complaint
    evidence: tuple[Evidence, ...] = ()
    routing: Routing
    barred: tuple[str, ...] = ()
    """Ids of the departments that may not know of the case: the accused body and all below it."""
    department: str
    """Id of the department that is responsible now (its queue holds the case)."""
    department_name: str
    holder: Holder | None = None
    lease_until: Instant = EPOCH
    """The case may be pulled when this has passed: EPOCH when free, FOREVER while somebody works on it."""
    clocks: tuple[Clock, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    letters: tuple[OpinionLetter, ...] = ()
    orders: tuple[Order, ...] = ()
    accountability: tuple[Accountability, ...] = ()
    rating: Rating | None = None
    supplements_asked: int = 0
    reviews: int = 0
    """0 not reviewed, 1 after 复查 was asked for, 2 after 复核 was: then nothing further is accepted."""
    review_of: str | None = None
    """Id of the department whose answer is under review."""
    parent: str | None = None
    children: tuple[str, ...] = ()
    merged_into: str | None = None
    corrected_from: Domain | None = None
    """The classifier's domain when staff changed it: feeds the lexicon suggestions."""
    quarantined: bool = False
    """Looks like spam: kept on a list that staff see and release, in nobody's queue."""
    legal_hold: bool = False
    anonymised_at: Instant | None = None
    history: tuple[HistoryEntry, ...] = ()
    notifications: tuple[Notification, ...] = ()

    @property
    def is_open(self) -> bool:
        return self.status in OPEN

    @property
    def due_at(self) -> datetime | None:
        """The earliest instant at which a running clock runs out, or None when none runs."""
        running = [c.due_at for c in self.clocks if c.running]
        return min(running, default=None)

    def clock(self, kind: str) -> Clock | None:
        """The newest clock of this kind."""
        return next((c for c in reversed(self.clocks) if c.kind == kind), None)

    def proposal(self, kind: str) -> Proposal | None:
        return next((p for p in self.proposals if p.kind == kind), None)


class Reporter(Record):
    """Who filed a case: stored sealed and apart from it, opened only through `unseal`."""

    number: str
    conversation: str | None
    """Keyed hash of channel and chat address; finds "my cases"."""
    channel: Channel
    language: Language
    name: FreeText | None = None
    contact: FreeText | None = None
    receipt: str
    """Keyed hash of the receipt code."""
    filed_at: Instant
