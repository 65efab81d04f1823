"""Figures of the integrity side: orders overdue, records by body and domain, repairs, objections, times.

What each means stands in `cases/figures/measures.py` (keys `credit_…`). Of officials nothing is counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from cases.integrity.breaches.objection_model import ObjectionStatus
from cases.integrity.breaches.order_model import OrderStatus
from cases.integrity.breaches.record_model import RecordStatus
from cases.integrity.registers.evaluation_model import EvaluationStatus
from cases.integrity.spine.standing import EVERYTHING, sight_of
from cases.integrity.spine.vocabulary import Kind
from cases.people import Actor
from cases.ports.dossiers import DossierFilter, DossierStore, Tally
from cases.rules.jurisdictions import Jurisdictions
from classify.types import Domain

KEPT = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Spells:
    """How long something took: days, and how often."""

    by_days: Mapping[int, int]

    @property
    def number(self) -> int:
        return sum(self.by_days.values())

    def quantile(self, share: float) -> int | None:
        """The least number of days within which this share lies; None of nothing."""
        rest = self.number * share
        for days in sorted(self.by_days):
            rest -= self.by_days[days]
            if rest <= 1e-9:
                return days
        return None


@dataclass(frozen=True, slots=True)
class CreditFigures:
    overdue: int
    """Orders, now."""
    issued: int
    fulfilled: int
    refused: int
    records: int
    repaired: int
    decided: int
    """Objections."""
    upheld: int
    evaluated: int
    """Evaluations that were published."""
    disputed: int
    """Objections to evaluations."""
    to_record: Spells
    to_repair: Spells
    by_body: tuple[tuple[str, str, int], ...]
    """Key and name of each body, and its records; most first."""
    by_domain: Mapping[Domain | None, int]

    @property
    def anything(self) -> bool:
        """Whether anything happened in the period."""
        counts = (self.issued, self.fulfilled, self.refused, self.records, self.repaired, self.decided)
        return any((*counts, self.evaluated, self.disputed))


def figures_of(tally: Tally) -> CreditFigures:
    names: dict[str, str] = {}
    bodies: Counter[str] = Counter()
    domains: Counter[Domain | None] = Counter()
    for one in tally.records:
        names[one.body] = one.name
        bodies[one.body] += one.number
        domains[one.domain] += one.number
    upheld = tally.reached.get((Kind.OBJECTION, ObjectionStatus.UPHELD), 0)
    return CreditFigures(
        overdue=tally.overdue,
        issued=tally.reached.get((Kind.ORDER, OrderStatus.ISSUED), 0),
        fulfilled=tally.reached.get((Kind.ORDER, OrderStatus.FULFILLED), 0),
        refused=tally.reached.get((Kind.ORDER, OrderStatus.REFUSED), 0),
        records=sum(bodies.values()),
        repaired=tally.reached.get((Kind.RECORD, RecordStatus.REPAIRED), 0),
        decided=upheld + tally.reached.get((Kind.OBJECTION, ObjectionStatus.REJECTED), 0),
        upheld=upheld,
        evaluated=tally.reached.get((Kind.EVALUATION, EvaluationStatus.PUBLISHED), 0),
        disputed=tally.reached.get((Kind.EVALUATION, EvaluationStatus.OBJECTED), 0),
        to_record=Spells(tally.to_record),
        to_repair=Spells(tally.to_repair),
        by_body=tuple((key, names[key], n) for key, n in bodies.most_common()),
        by_domain=dict(domains.most_common()),
    )


class Figuring:
    """Counts what somebody may see; for everybody only what names no body."""

    def __init__(
        self, dossiers: DossierStore, jurisdictions: Jurisdictions, now: Callable[[], datetime]
    ) -> None:
        self._dossiers = dossiers
        self._jurisdictions = jurisdictions
        self._now = now
        self._told: dict[tuple[str | None, int], tuple[datetime, CreditFigures]] = {}

    async def of(self, actor: Actor, where: DossierFilter, since: date, until: date) -> CreditFigures:
        """`until` is the day after the last one. What bars the actor's department is not counted."""
        sight = sight_of(actor, self._jurisdictions)
        return figures_of(await self._dossiers.tally(sight, where, since, until))

    async def for_everybody(self, jurisdiction: str | None, year: int) -> CreditFigures:
        """Counted anew after ten minutes: whoever asks again and again must not keep the database busy."""
        asked = jurisdiction, year
        kept = self._told.get(asked)
        if kept is None or self._now() - kept[0] > KEPT:
            where, days = DossierFilter(jurisdiction=jurisdiction), (date(year, 1, 1), date(year + 1, 1, 1))
            found = figures_of(await self._dossiers.tally(EVERYTHING, where, *days))
            kept = self._told[asked] = (self._now(), replace(found, by_body=()))
        return kept[1]
