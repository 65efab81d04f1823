"""What the classifier says about a complaint: shapes only, no behaviour that needs data files.

`cases` and `handlers` import these types; nothing here imports anything of ours.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Domain(StrEnum):
    """The key domains (重点领域) of the five documents, and what lies outside them."""

    PROCUREMENT = "procurement"
    PPP = "ppp"
    BIDDING = "bidding"
    INVESTMENT = "investment"
    DEBT = "debt"
    TOWNSHIP = "township"
    GENERAL = "general"
    PRIVATE_WAGES = "private_wages"
    OUT_OF_SCOPE = "out_of_scope"
    SPAM = "spam"

    @property
    def in_scope(self) -> bool:
        return self not in OUTSIDE


OUTSIDE = frozenset({Domain.PRIVATE_WAGES, Domain.OUT_OF_SCOPE, Domain.SPAM})

CONFIDENT = 0.8
"""Below this confidence the citizen is asked which domain is meant."""


class Severity(StrEnum):
    """How much is at stake; orders a queue after overdue cases."""

    NORMAL = "normal"
    SERIOUS = "serious"
    URGENT = "urgent"


class AdminLevel(StrEnum):
    """行政层级 of a place or a body, the highest first."""

    NATIONAL = "national"
    PROVINCE = "province"
    PREFECTURE = "prefecture"
    COUNTY = "county"
    TOWNSHIP = "township"
    VILLAGE = "village"


@dataclass(frozen=True, slots=True)
class Span:
    """Half-open range of characters in the text as the citizen wrote it."""

    start: int
    end: int


class GiveawayKind(StrEnum):
    """What a piece of a text tells of its writer."""

    NAME = "name"
    NUMBER = "number"
    """Telephone, identity, bank account."""
    ADDRESS = "address"
    PLATE = "plate"
    JOB = "job"
    """A narrow job at a place that is named."""


@dataclass(frozen=True, slots=True)
class Giveaway:
    """A piece of a text by which its writer could be known."""

    kind: GiveawayKind
    span: Span


@dataclass(frozen=True, slots=True)
class MatchedPhrase:
    """One phrase that speaks for a domain. `score` is 0..100 as rapidfuzz gives it."""

    phrase: str
    matched: str
    span: Span
    score: float
    domain: Domain | None = None
    weight: float = 0.0


@dataclass(frozen=True, slots=True)
class Candidate:
    domain: Domain
    score: float
    """Calibrated share, 0..1; the candidates of one message add up to at most 1."""


@dataclass(frozen=True, slots=True)
class Region:
    """A place by its GB/T 2260 code, down to townships."""

    code: str
    name: str
    """The full name with its superiors, such as 青海省西宁市城东区."""
    level: AdminLevel
    matched: str = ""
    span: Span | None = None


class BodyRole(StrEnum):
    """What a body has to do with the complaint."""

    ACCUSED = "accused"
    COURT = "court"
    ASKED = "asked"
    LAW_GIVER = "law_giver"
    WEBSITE = "website"
    ADDRESSEE = "addressee"
    OWN_UNIT = "own_unit"
    NAMED = "named"
    """Named, and nothing more is said of it."""


@dataclass(frozen=True, slots=True)
class NamedBody:
    """A body the message names, and what is known of it."""

    name: str
    level: AdminLevel | None = None
    """None when the name does not tell."""
    span: Span | None = None
    role: BodyRole = BodyRole.ACCUSED
    why: str = ""
    """The words that tell the role; empty when none do."""


@dataclass(frozen=True, slots=True)
class StatedPeriod:
    """The time complained about; either end may be open."""

    since: date | None
    until: date | None
    matched: str


@dataclass(frozen=True, slots=True)
class Matter:
    """One of several matters of a message, and where it stands."""

    domain: Domain
    span: Span


@dataclass(frozen=True, slots=True)
class Classification:
    """Everything read out of one message, each item with the words that led to it."""

    domain: Domain
    confidence: float
    candidates: tuple[Candidate, ...]
    phrases: tuple[MatchedPhrase, ...]
    region: Region | None = None
    region_options: tuple[Region, ...] = ()
    """More than one when the place is ambiguous: ask, do not guess."""
    accused: tuple[NamedBody, ...] = ()
    """Every body complained about, in the order of the text."""
    mentioned: tuple[NamedBody, ...] = ()
    """Every other body, with its role."""
    amount_yuan: int | None = None
    amount_matched: str = ""
    amount_reading: str = ""
    """How the sum was come by, such as 120万元减去已付的40万元; empty when the message says it outright."""
    period: StatedPeriod | None = None
    wish: str | None = None
    severity: Severity = Severity.NORMAL
    severity_matched: str = ""
    matters: tuple[Matter, ...] = ()
    """The matters of a message that holds several; empty when it is one."""
    private_spans: tuple[Span, ...] = ()
    """Phone, identity and bank numbers: to be masked outside the case."""

    @property
    def confident(self) -> bool:
        return self.confidence >= CONFIDENT
