"""Figures of the integrity side as the board, the reports and the exports say them."""

from __future__ import annotations

from typing import NamedTuple

from cases.figures.measures import MEASURES_BY_KEY, Measure
from cases.figures.statistics import SMALL_GROUP
from cases.people import Actor
from cases.ports.dossiers import DossierFilter
from cases.service.credit.figures import CreditFigures, Spells
from cases.service.services import Services
from cases.words import DOMAIN_NAMES
from classify.types import Domain
from handlers.supervisor.choices import Choice


class Line(NamedTuple):
    measure: Measure
    value: str
    note: str = ""
    tone: str = ""

    @property
    def words(self) -> str:
        return f"{self.measure.label}{self.value}{f'（{self.note}）' if self.note else ''}"


async def credit_figures(services: Services, choice: Choice, actor: Actor) -> CreditFigures:
    """What this person may see, narrowed as the board is."""
    chosen, period = choice.selection, choice.period
    where = DossierFilter(
        keeper=chosen.department,
        jurisdiction=chosen.jurisdiction,
        domain=Domain(chosen.domain) if chosen.domain else None,
        region_prefix=chosen.place,
    )
    return await services.integrity.figures.of(actor, where, period.since, period.until)


def lines_of(found: CreditFigures, *, now: bool = True) -> list[Line]:
    """`now`: with what stands now, which is no figure of a period."""
    overdue = Line(_of("overdue"), f"{found.overdue}件", "现在", "red" if found.overdue else "")
    orders = f"下达整改{found.issued}件，已整改{found.fulfilled}件，拒不整改{found.refused}件"
    return [
        *([overdue] if now else []),
        Line(_of("records"), f"{found.records}条", orders),
        Line(_of("repaired"), f"{found.repaired}条"),
        Line(_of("upheld"), f"{found.upheld}次", f"作出决定{found.decided}次"),
        Line(_of("evaluated"), f"{found.evaluated}项", f"被评价单位异议{found.disputed}次"),
        _spell("to_record", found.to_record),
        _spell("to_repair", found.to_repair),
    ]


def _spell(key: str, spells: Spells) -> Line:
    median, p90 = spells.quantile(0.5), spells.quantile(0.9)
    if spells.number < SMALL_GROUP:
        return Line(_of(key), "—", f"不足{SMALL_GROUP}条")
    return Line(_of(key), f"{median}天", f"中位数，{spells.number}条；九成线{p90}天")


def domain_name(domain: Domain | None) -> str:
    return DOMAIN_NAMES[domain] if domain else "未写领域"


def _of(key: str) -> Measure:
    return MEASURES_BY_KEY[f"credit_{key}"]
