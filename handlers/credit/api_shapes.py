"""What the API says and takes of the integrity side's objects: checks, answers and document come from it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from cases.integrity.spine.vocabulary import Kind
from cases.service.credit.aggregates import By
from cases.service.credit.award_check import MOST, Verdict
from cases.vocabulary import ClockKind
from classify.types import Domain


class Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class DossierSummary(Shape):
    id: str
    kind: Kind
    kind_name: str
    status: str
    status_name: str
    body: str
    """Empty for an official's, which lies in the sealed archive."""
    code: str | None
    domain: Domain | None
    about: str | None
    keeper: str
    keeper_name: str
    opened_at: datetime
    due_at: datetime | None
    version: int


class DossierPage(Shape):
    items: tuple[DossierSummary, ...]
    next_cursor: str | None


class FieldOut(Shape):
    label: str
    text: str


class FileOut(Shape):
    id: str
    name: str


class TermOut(Shape):
    kind: ClockKind
    basis: str
    due_at: datetime
    running: bool


class StepOut(Shape):
    at: datetime
    title: str
    by: str
    note: str


class DossierMove(Shape):
    move: str
    label: str
    href: str
    fields: dict[str, Any]
    """JSON Schema of what the move takes."""


class DossierOut(DossierSummary):
    basis: str
    fields: tuple[FieldOut, ...]
    files: tuple[FileOut, ...]
    clocks: tuple[TermOut, ...]
    history: tuple[StepOut, ...]
    moves: tuple[DossierMove, ...]


class DossierQuery(Shape):
    kind: Kind | None = None
    domain: Domain | None = None
    year: int | None = Field(default=None, ge=2000, le=2200)
    words: str = Field(default="", max_length=100)
    about: str = Field(default="", max_length=40)
    open: bool = False
    cursor: str | None = Field(default=None, max_length=400)
    limit: int = Field(default=50, ge=1, le=200)


class DossierMoveIn(Shape):
    fields: dict[str, Any] = Field(default_factory=dict)


class OpeningIn(DossierMoveIn):
    kind: Kind
    case: str = Field(default="", max_length=40)


class AwardQuestion(Shape):
    bodies: tuple[str, ...] = Field(min_length=1, max_length=MOST)
    on: date


class AwardAnswer(Shape):
    asked: str
    verdict: Verdict
    body: str
    """What it was taken for; empty when it is no body that is known."""
    record: str | None
    evaluation: str | None
    """Its newest published evaluation."""


class AwardAnswers(Shape):
    items: tuple[AwardAnswer, ...]


class AggregateQuery(Shape):
    by: By = By.PLACE
    year: int | None = Field(default=None, ge=2000, le=2200)


class AggregateCell(Shape):
    """Null where it is not told."""

    whole: int | None
    good: int | None


class AggregatePart(Shape):
    key: str
    label: str
    words: str


class AggregateGroup(Shape):
    key: str
    name: str
    cells: tuple[AggregateCell, ...]
    """One for each part, in their order."""


class AggregateOut(Shape):
    place: str
    year: int
    by: By
    parts: tuple[AggregatePart, ...]
    groups: tuple[AggregateGroup, ...]
    totals: tuple[AggregateCell, ...]


SAID = (DossierPage, DossierOut, AwardAnswers, AggregateOut)
TAKEN = (DossierMoveIn, OpeningIn, AwardQuestion)
