"""The promised times by law, read from `time_limits.toml`: what a clock may be started with.

A limit never states a unit of its own choice: working days and calendar days are the law's.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from cases import reasons
from cases.errors import NotFound
from cases.rules.laws import LAWS
from cases.vocabulary import ClockKind, Unit
from classify.types import Domain

_FILE = Path(__file__).with_suffix(".toml")


class Keeping(StrEnum):
    """Who notices when a promised time is over."""

    CLOCK = "clock"
    """A clock of the case runs, warns, and opens an item of accountability."""
    ACT = "act"
    """Nothing is owed until the act is done, such as asking for papers; a late one opens an item."""
    WINDOW = "window"
    """The citizen's own time: the move is offered until it is over."""
    NOBODY = "nobody"
    """Nothing starts it yet, so it is not promised to anybody."""


ABOUT_RECORDS = frozenset(
    {ClockKind.OBJECTION, ClockKind.OBJECTION_MARK, ClockKind.REPAIR_ACCEPT, ClockKind.REPAIR}
)
"""Times about integrity records; the same for every domain."""

StartEvent = Literal[
    "received",
    "decided",
    "accepted",
    "transferred",
    "answered",
    "reviewed",
    "review_requested",
    "final_review_requested",
]


class LimitWords(BaseModel):
    """A limit as readers of one language are told it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str
    """What is due."""
    who: str
    """Who owes it."""
    basis: str = ""
    """What the Chinese citation means."""


class TimeLimit(BaseModel):
    """One rule of law: how long, in which unit, from which event, and how far it may be extended."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    id: str
    kind: ClockKind
    title: str
    basis: str
    who: str
    en: LimitWords
    starts_from: StartEvent = Field(alias="from")
    kept: Keeping = Keeping.CLOCK
    amount: int = Field(gt=0)
    unit: Unit
    max_extension: int = Field(default=0, ge=0)
    """In the limit's own unit; 0 when the law knows no extension."""
    extension_condition: str = ""
    domains: frozenset[Domain] = frozenset()
    """Empty: every domain without an entry of its own for this kind."""
    status: str
    """How the figure was checked; only V may be used."""
    reference: str = ""

    @model_validator(mode="after")
    def _must_be_checked(self) -> TimeLimit:
        if not self.status.startswith("V"):
            raise ValueError(f"{self.id} was not checked against the law")
        return self


class TimeLimits:
    """Finds the limit for a domain and a kind: the domain's own first, else the general one."""

    def __init__(self, limits: Iterable[TimeLimit]) -> None:
        self._limits = tuple(limits)
        self._by_key: dict[tuple[Domain | None, str], TimeLimit] = {}
        for limit in self._limits:
            for domain in limit.domains or (None,):
                if self._by_key.setdefault((domain, limit.kind), limit) is not limit:
                    raise ValueError(f"two limits for {domain} and {limit.kind}")

    def all(self) -> tuple[TimeLimit, ...]:
        return self._limits

    def find(self, domain: Domain, kind: ClockKind) -> TimeLimit | None:
        return self._by_key.get((domain, kind)) or self._by_key.get((None, kind))

    def for_case(self, domain: Domain, kind: ClockKind) -> TimeLimit:
        limit = self.find(domain, kind)
        if limit is None:
            raise NotFound(reasons.NO_TIME_LIMIT, kind=kind)
        return limit

    def promised(self, domain: Domain) -> tuple[TimeLimit, ...]:
        """Every limit that holds for this domain and that is watched, in the order of the file."""
        return tuple(limit for limit in self.published() if self.find(domain, limit.kind) is limit)

    def published(self) -> tuple[TimeLimit, ...]:
        """What may be promised to people: somebody notices when it is broken."""
        return tuple(limit for limit in self._limits if limit.kept is not Keeping.NOBODY)


@cache
def load_time_limits(path: Path = _FILE) -> TimeLimits:
    raw: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))
    return TimeLimits(TimeLimit.model_validate(_with_citation(**entry)) for entry in raw["limits"])


def days_for(kind: ClockKind) -> int:
    """How many days, in its unit, the law sets for this where a domain has no rule of its own."""
    return load_time_limits().for_case(Domain.GENERAL, kind).amount


def _with_citation(law: str, en: dict[str, str], article: str = "", **entry: Any) -> dict[str, Any]:
    cited, english = LAWS[law], dict(en)
    explained = cited.explain(english.pop("article", ""))
    return {**entry, "basis": cited.cite(article), "en": {**english, "basis": explained}}
