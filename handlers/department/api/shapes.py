"""What the API says and takes, as models: from these come checks, answers and the OpenAPI document.

A case is shown as a page shows it: nothing here can say who filed it.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from cases.ports.subscriptions import PauseReason, SubscriptionState
from cases.service.subscriptions import LONGEST_URL
from cases.text_lengths import LONGEST_COMPLAINT, LONGEST_WISH
from cases.vocabulary import (
    AddedBy,
    Channel,
    ClockKind,
    Colour,
    EventKind,
    Language,
    Move,
    Outcome,
    ProposalKind,
    Status,
    Unit,
)
from classify.types import AdminLevel, Domain, Severity


class Shape(BaseModel):
    """Base of everything the API says."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Problem(BaseModel):
    """RFC 9457. `code` and the finer `reason` are stable; title and detail come in the language asked for."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    reason: str
    request_id: str


class ReporterOut(Shape):
    """Who filed, after a supervisor approved this person's request: each approval is good for one answer."""

    name: str | None
    contact: str | None
    original: str | None
    """The words as written, where the case holds them masked."""


class PresenceIn(Shape):
    away: bool


class PersonOut(Shape):
    id: str | None
    name: str


class ClockOut(Shape):
    kind: ClockKind
    basis: str
    amount: int
    unit: Unit
    started_at: datetime
    due_at: datetime
    colour: Colour
    words: str
    provisional: bool
    extended_days: int
    met_at: datetime | None


class EvidenceOut(Shape):
    id: str
    name: str
    media_type: str
    size: int
    sha256: str
    stripped: bool
    added_at: datetime
    by: AddedBy


class EntryOut(Shape):
    """One thing that happened; `hash` chains it to the one before."""

    seq: int
    at: datetime
    move: Move
    actor: PersonOut
    before: Status | None
    after: Status
    data: dict[str, Any]
    note: str | None
    prev: str
    hash: str


class ProposalOut(Shape):
    kind: ProposalKind
    by: PersonOut
    at: datetime
    args: dict[str, Any]


class LetterOut(Shape):
    serial: str
    verification: str
    outcome: Outcome
    department_name: str
    at: datetime
    request: str
    facts: str
    opinion: str
    legal_basis: str


class BodyOut(Shape):
    """A body complained about. `department`: our id, when it is one of ours."""

    name: str
    level: AdminLevel | None
    department: str | None


class CaseSummary(Shape):
    """A case as the queue lists it."""

    number: str
    version: int
    status: Status
    domain: Domain
    severity: Severity
    region_code: str | None
    region_name: str | None
    accused: str | None
    """All bodies complained about, in one line."""
    accused_bodies: tuple[BodyOut, ...]
    amount_yuan: int | None
    department: str
    department_name: str
    holder: PersonOut | None
    filed_at: datetime
    updated_at: datetime
    due_at: datetime | None


class CaseOut(CaseSummary):
    """A case with everything staff may see."""

    channel: Channel
    language: Language
    text: str
    wish: str | None
    period: str | None
    """When it happened or how long it has lasted, as the citizen said."""
    matched: tuple[str, ...]
    named: bool
    jurisdiction: str
    participants: tuple[str, ...]
    routing_reasons: tuple[str, ...]
    clocks: tuple[ClockOut, ...]
    evidence: tuple[EvidenceOut, ...]
    proposals: tuple[ProposalOut, ...]
    letters: tuple[LetterOut, ...]
    history: tuple[EntryOut, ...]
    parent: str | None
    children: tuple[str, ...]
    commitments: tuple[str, ...]
    """Numbers of the promises on the public register that it is about."""
    merged_into: str | None
    moves: tuple[Move, ...]
    """What the token's owner may do now."""


class CasePage(Shape):
    items: tuple[CaseSummary, ...]
    next_cursor: str | None


class MoveOut(Shape):
    move: Move
    label: str
    href: str


class MoveList(Shape):
    items: tuple[MoveOut, ...]


class DepartmentOut(Shape):
    id: str
    name: str
    title: str
    level: AdminLevel
    superior: str | None
    source: str


class JurisdictionOut(Shape):
    id: str
    name: str
    level: AdminLevel
    citation: str
    region_codes: tuple[str, ...]
    coordinator: str
    domains: dict[str, str]
    """Domain → what the document calls it."""
    departments: tuple[DepartmentOut, ...]


class JurisdictionList(Shape):
    items: tuple[JurisdictionOut, ...]


class PromiseOut(Shape):
    """One promised time, with the law it comes from."""

    domain: Domain
    kind: ClockKind
    title: str
    who: str
    amount: int
    unit: Unit
    max_extension: int
    basis: str


class PromiseList(Shape):
    items: tuple[PromiseOut, ...]


class PromiseMade(Shape):
    kind: ClockKind
    basis: str
    amount: int
    unit: Unit
    due_at: datetime | None
    provisional: bool


class FiledOut(Shape):
    """`receipt` opens the case for the citizen; it is said once."""

    number: str
    receipt: str
    department: str
    department_name: str
    promises: tuple[PromiseMade, ...]


class ReportIn(Shape):
    """A complaint that another system passes on for a citizen."""

    text: Annotated[str, StringConstraints(min_length=5, max_length=LONGEST_COMPLAINT, pattern=r"\S")]
    wish: Annotated[str, StringConstraints(max_length=LONGEST_WISH)] | None = None
    domain: Domain | None = None
    region_code: Annotated[str, StringConstraints(pattern=r"^[0-9]{6,12}$")] | None = None
    region_name: Annotated[str, StringConstraints(max_length=100)] | None = None
    accused: Annotated[str, StringConstraints(max_length=200)] | None = None
    amount_yuan: Annotated[int, Field(ge=0, le=10**13)] | None = None
    period: Annotated[str, StringConstraints(max_length=100)] | None = None
    name: Annotated[str, StringConstraints(max_length=100)] | None = None
    contact: Annotated[str, StringConstraints(max_length=200)] | None = None
    language: Language = Language.ZH_HANS


class WebhookIn(Shape):
    """Where a department's own system wants to be told, and of what."""

    url: Annotated[str, StringConstraints(min_length=9, max_length=LONGEST_URL, pattern=r"^https://[!-~]+$")]
    events: Annotated[frozenset[EventKind], Field(min_length=1)]


class WebhookOut(Shape):
    id: str
    url: str
    events: tuple[EventKind, ...]
    created_at: datetime
    state: SubscriptionState
    pause: PauseReason | None
    failures: int
    tried_at: datetime | None
    answer: int | None
    fault: str
    waiting: int
    """Events that are still to be delivered."""


class WebhookMade(WebhookOut):
    """`secret` signs every delivery; it is said once."""

    secret: str


class WebhookList(Shape):
    items: tuple[WebhookOut, ...]


class CaseQuery(BaseModel):
    """How a list is narrowed."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    view: Literal[
        "open",
        "mine",
        "unheld",
        "overdue",
        "amber",
        "incoming",
        "checking",
        "decline",
        "extend",
        "dispute",
        "triage",
        "quarantine",
        "joint",
        "hands",
        "answered",
        "ended",
        "all",
    ] = "open"
    """Those that are for heads, supervisors or triage are refused to others."""
    q: Annotated[str, StringConstraints(max_length=100)] = ""
    status: Status | None = None
    domain: Domain | None = None
    colour: Literal["red", "amber", "green", "paused"] | None = None
    holder: Annotated[str, StringConstraints(max_length=80)] = ""
    limit: Annotated[int, Field(ge=1, le=200)] = 50
    cursor: Annotated[str, StringConstraints(max_length=500, pattern=r"^[or][A-Za-z0-9_-]*$")] | None = None
