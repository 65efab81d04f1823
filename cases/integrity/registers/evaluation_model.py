"""A yearly evaluation of a body or a place: its statuses, moves and fields, the figures frozen in it.

What the figures are counted from and how stands in `cases/figures/profiles.py`; here they are only kept.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from cases.integrity.spine.dossier import Dossier
from cases.integrity.spine.vocabulary import Kind
from cases.model import Evidence
from cases.moves.forms import ask
from cases.moves.history import Entry
from cases.records import FreeText, Record

SMALLEST_SHOWN = 5
"""Things of a part, or of a cell, below which the public and evaluators read no figure of it."""


class EvaluationStatus(StrEnum):
    DRAFTED = "drafted"
    SHOWN = "shown"
    OBJECTED = "objected"
    SETTLED = "settled"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"
    DROPPED = "dropped"


class EvaluationMove(StrEnum):
    DRAFT = "draft"
    COUNT = "count"
    SHOW = "show"
    ACCEPT = "accept"
    OBJECT = "object"
    UPHOLD = "uphold"
    REJECT = "reject"
    SETTLE = "settle"
    PUBLISH = "publish"
    WITHDRAW = "withdraw"
    DROP = "drop"


class Of(StrEnum):
    BODY = "body"
    PLACE = "place"


OF_NAMES: dict[Of, str] = {Of.BODY: "单位", Of.PLACE: "地区"}


class Part(Record):
    """One share of the formula, as it was counted."""

    key: str
    label: str = ask("指标", "text")
    weight: int = ask("权重", "number")
    good: int
    whole: int
    said: str = ask("数字", "text")
    """As people read it: 80%（8/10）."""

    @property
    def is_shown(self) -> bool:
        """Whether everybody may read its figure."""
        return self.whole >= SMALLEST_SHOWN


class Profile(Record):
    """Everything that was counted, on one day."""

    taken_on: date
    formula: str
    result: str
    """The outcome in words: band, points with their interval, possible places."""
    parts: tuple[Part, ...]
    score: float
    """Points out of 100."""
    margin: float
    """Points up and down within which the score lies in 95 of 100 cases."""
    band: int | None = None
    """1 is best; None where too little was counted to compare."""
    bands: int = 0
    best: int | None = None
    worst: int | None = None
    """The places that the differences allow."""
    peers: int = 0
    """How many were compared, itself included."""

    @property
    def is_lowest(self) -> bool:
        """In the last of several bands: beyond chance below others."""
        return self.band is not None and self.bands > 1 and self.band == self.bands


class Evaluation(Dossier[EvaluationMove, EvaluationStatus]):
    kind: Kind = Kind.EVALUATION
    of: Of
    for_year: int
    taken_on: date | None = None
    result: str = ""
    formula: str = ""
    parts: tuple[Part, ...] = ()
    profile: Profile | None = None
    """Of which the four fields above are what a page shows."""
    left_out: tuple[str, ...] = ()
    """Ids of objects that do not count, as decided on objections."""
    objection: FreeText | None = None
    documents: tuple[Evidence, ...] = ()
    decided_because: FreeText | None = None
    published_on: date | None = None
    ended_because: FreeText | None = None

    @property
    def is_settled(self) -> bool:
        return self.status in {EvaluationStatus.SETTLED, EvaluationStatus.PUBLISHED}

    @property
    def claims(self) -> tuple[str, ...]:
        """A body, or a place, has one standing evaluation of a year."""
        whom = self.subject.department or self.subject.name
        return (
            f"{self.jurisdiction}|{self.of}|{whom}|{self.subject.region_code}|evaluation|{self.for_year}",
        )


EvaluationEntry = Entry[EvaluationMove, EvaluationStatus]
