"""The case and everything it carries: one frozen record, one document, one version.

Nothing here knows how a case is stored, shown or sent. Every change makes a new `Case` (see `lifecycle/`);
history is appended, never edited.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from pydantic import Field, field_validator

from cases.instants import EPOCH, Instant
from cases.letters import Letter
from cases.moves.history import Entry
from cases.people import Actor
from cases.records import FreeText, Record
from cases.timed import Timed
from cases.vocabulary import (
    OPEN,
    AccountabilityKind,
    AddedBy,
    Audience,
    Channel,
    CheckVerdict,
    DecidedBy,
    Dissatisfaction,
    ErrandKind,
    Language,
    LetterKind,
    Move,
    OrderKind,
    Outcome,
    ProposalKind,
    RatedBy,
    Ruling,
    Status,
)
from classify.types import CONFIDENT, AdminLevel, Domain, Severity


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
    by: AddedBy = AddedBy.CITIZEN


class Accused(Record):
    """被投诉主体, as far as known."""

    name: str
    level: AdminLevel | None = None
    department: str | None = None
    """Id of the department it was matched with, if it is one of ours."""


class Complaint(Record):
    """The citizen's words and what was understood of them."""

    text: FreeText
    wish: FreeText | None = None
    domain: Domain
    domain_by: DecidedBy = DecidedBy.CLASSIFIER
    confidence: float = 1.0
    matched: tuple[str, ...] = ()
    """Lexicon phrases that led to the domain."""
    region_code: str | None = None
    region_name: str | None = None
    accused: tuple[Accused, ...] = ()
    """Every body complained about."""
    named_too: tuple[Accused, ...] = ()
    """Bodies that are named without its being clear whether they are complained about: never given the case
    by itself, until somebody has decided."""
    amount_yuan: int | None = None
    period: FreeText | None = None
    """When it happened or how long it has lasted, in the citizen's words."""
    severity: Severity = Severity.NORMAL
    named: bool = False
    """Whether the reporter chose to give a name; the name itself is not here."""
    masked: bool = False
    """What gives the writer away was masked in the words; as written they lie with the reporter."""
    persons: tuple[FreeText, ...] = ()
    """Officials named by the citizen; they may not open the case."""
    similar: tuple[str, ...] = ()
    """MinHash bands: near-identical complaints share one."""

    @field_validator("accused", mode="before")
    @classmethod
    def _as_one_of_several(cls, stored: Any) -> Any:
        """One body, or none, was kept before there could be several."""
        if stored is None:
            return ()
        return (stored,) if isinstance(stored, dict | Accused) else stored

    @property
    def sure(self) -> bool:
        """Whether the domain is certain enough to go by without asking."""
        return self.confidence >= CONFIDENT


class Routing(Record):
    """Where a case goes and why, in words shown to staff."""

    jurisdiction: str
    department: str
    department_name: str
    participants: tuple[str, ...] = ()
    """Departments that were invited: they see the case."""
    suggested: tuple[str, ...] = ()
    """Departments that the document lists for the domain: whom to invite, who see nothing until then."""
    triage: bool = False
    """True when it lies in the coordinator's triage queue because domain or place is not sure."""
    reasons: tuple[str, ...] = ()


class Holder(Record):
    """Who works on a case. The lease is in `lease_until`; once accepted it does not lapse."""

    staff: str
    name: str
    since: Instant
    as_deputy: bool = False


class Proposal(Record):
    """Something one person proposed and another must decide."""

    kind: ProposalKind
    by: Actor
    at: Instant
    args: dict[str, Any] = Field(default_factory=dict)
    """The proposed move's arguments, as `model_dump(mode="json")`."""


HistoryEntry = Entry[Move, Status]
"""One thing that happened to a case."""


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
    by: RatedBy = RatedBy.CITIZEN
    reasons: tuple[Dissatisfaction, ...] = ()
    words: FreeText | None = None
    """What was said besides."""


class Accountability(Record):
    """失职追究: opened by a missed clock or an unfounded refusal; decided by a supervisor."""

    id: str
    kind: AccountabilityKind
    reason: str
    department: str
    staff: str | None
    staff_name: str | None
    opened_at: Instant
    closed_at: Instant | None = None
    outcome: str | None = None


class Check(Record):
    """抽查: a closed case that was drawn by lot for a supervisor to look at, and what was found."""

    id: str
    month: str
    """Of its end: 2026-11."""
    drawn_at: Instant
    verdict: CheckVerdict | None = None
    words: FreeText | None = None
    by: Actor | None = None
    at: Instant | None = None


class Order(Record):
    """督办 or 限期整改: what a supervisor demands of a department, by when."""

    id: str
    kind: OrderKind
    what: FreeText
    department: str
    due_at: Instant
    by: Actor
    at: Instant
    answered_at: Instant | None = None


class Errand(Record):
    """领导批示, 会签 or a sub-task: what somebody is asked for while the case stays where it is."""

    id: str
    kind: ErrandKind
    what: FreeText
    leader: str = ""
    """Whose words an instruction gives."""
    by: Actor
    at: Instant
    department: str
    department_name: str
    staff: str | None = None
    """Who alone is asked; None for anybody of the department."""
    staff_name: str | None = None
    due_at: Instant | None = None
    answered_at: Instant | None = None
    answered_by: str = ""
    answer: FreeText | None = None

    def waits_for(self, actor: Actor) -> bool:
        """Whether this person is to reply: who is asked, or for a department anybody of it."""
        asked = self.staff is None or self.staff == actor.id
        return self.answered_at is None and actor.department == self.department and asked


class LinkedCommitment(Record):
    """A promise on the public register that the case is about, as it read when it was linked."""

    id: str
    body: str
    matter: FreeText
    due_on: date


class Stalled(Record):
    """A step that nobody can take, for whoever would have to has no account: it waits for a supervisor."""

    step: Move
    """The move that led to it; REGISTER for a case whose first department is empty."""
    department: str
    """Id of the department where nobody is."""
    department_name: str
    watched: str
    """Id of the department whose supervisors see to it."""
    since: Instant


class OpinionLetter(Record):
    """处理意见书: 信访工作条例 第32条 names what it holds."""

    serial: str
    """文号 as printed, unique per department and year."""
    verification: str
    """Code that the public page confirms."""
    outcome: Outcome
    request: FreeText
    facts: FreeText
    opinion: FreeText
    legal_basis: str
    department: str
    department_name: str
    signed_by: str
    at: Instant
    kind: LetterKind = LetterKind.OPINION
    ruling: Ruling | None = None
    """Of a review: what becomes of the answer before it."""
    contact: str = ""
    phone: str = ""


class Case(Timed[Move, Status]):
    """A complaint on its way (件)."""

    number: str
    filing_key: str
    """Unique per filing, so that filing twice is filing once."""
    filed_at: Instant
    channel: Channel
    language: Language
    complaint: Complaint
    evidence: tuple[Evidence, ...] = ()
    routing: Routing
    barred: tuple[str, ...] = ()
    """Ids of the departments that may not know of the case: the accused bodies and all below them."""
    department: str
    """Id of the department that is responsible now (its queue holds the case)."""
    department_name: str
    holder: Holder | None = None
    lease_until: Instant = EPOCH
    """The case may be pulled when this has passed: EPOCH when free, FOREVER while somebody works on it."""
    proposals: tuple[Proposal, ...] = ()
    letters: tuple[OpinionLetter, ...] = ()
    """Opinions as issued."""
    papers: tuple[Letter, ...] = ()
    """Letters of every kind on their way; those of the time before have none."""
    orders: tuple[Order, ...] = ()
    errands: tuple[Errand, ...] = ()
    accountability: tuple[Accountability, ...] = ()
    checks: tuple[Check, ...] = ()
    stalled: Stalled | None = None
    rating: Rating | None = None
    supplements_asked: int = 0
    reviews: int = 0
    """0 not reviewed, 1 after 复查 was asked for, 2 after 复核 was: then nothing further is accepted."""
    review_of: str | None = None
    """Id of the department whose answer is under review."""
    parent: str | None = None
    children: tuple[str, ...] = ()
    merged_into: str | None = None
    commitments: tuple[LinkedCommitment, ...] = ()
    corrected_from: Domain | None = None
    """The classifier's domain when staff changed it: feeds the lexicon suggestions."""
    quarantined: bool = False
    """Looks like spam: kept on a list that staff see and release, in nobody's queue."""
    legal_hold: bool = False
    anonymised_at: Instant | None = None
    notifications: tuple[Notification, ...] = ()

    @property
    def is_open(self) -> bool:
        return self.status in OPEN

    def paper(self, id: str) -> Letter | None:
        return next((letter for letter in self.papers if letter.id == id), None)

    def waiting_paper(self, kind: LetterKind) -> Letter | None:
        """The newest letter of this kind that is not signed yet."""
        return next((one for one in reversed(self.papers) if one.kind is kind and one.waits), None)

    def proposal(self, kind: ProposalKind) -> Proposal | None:
        return next((p for p in self.proposals if p.kind == kind), None)
