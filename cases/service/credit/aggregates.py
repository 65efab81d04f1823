"""Anonymised aggregates for outside evaluators: shares by place or by kind of body, while a mandate runs.

No case, no person, no body by name; what fewer than five things make up is not told, nor what would let it be
worked out from a sum. Every look is audited.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from cases.errors import InvalidInput, NotAllowed, Reason
from cases.instants import local_date
from cases.integrity.registers.evaluation_model import SMALLEST_SHOWN
from cases.integrity.registers.evaluations import FIRST_YEAR, YEAR_WRONG
from cases.integrity.registers.mandates import BLUEPRINT, Mandate, MandateStatus
from cases.integrity.spine.mechanisms import basis_of
from cases.integrity.spine.subjects import home_of
from cases.integrity.spine.vocabulary import BODY_KIND_NAMES, Kind
from cases.people import Actor, Role
from cases.ports.audit import AuditAction, AuditEntry, AuditStore
from cases.ports.dossiers import DossierFilter, DossierOrder
from cases.ports.profiles import Counted, Profiles
from cases.rules.departments import Jurisdiction, trim
from cases.rules.evaluation_parts import PartRule
from cases.rules.rule_books import Rules
from cases.service.credit.integrity import Integrity

NOT_FOR_YOU = Reason("aggregates-not-for-you", "评价数据由第三方评价员查看。")
NO_MANDATE = Reason("no-mandate", "您现在没有第三方评价委托，或者委托已经到期，不能查看评价数据。")
MOST_MANDATES = 50
OWN_LEVEL = "own"
"""Key of what belongs to the whole area and to no place in it."""


class By(StrEnum):
    PLACE = "place"
    KIND = "kind"


BY_WHAT: dict[By, str] = {By.PLACE: "地区", By.KIND: "单位类别"}


class Cell(NamedTuple):
    """Of one part in one group; None where it is not told."""

    whole: int | None
    good: int | None

    @property
    def share(self) -> float | None:
        return self.good / self.whole if self.whole and self.good is not None else None


@dataclass(frozen=True, slots=True)
class Aggregate:
    home: Jurisdiction
    year: int
    by: By
    parts: tuple[PartRule, ...]
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]
    """By code of the place or kind of body, a cell for each part."""
    totals: tuple[Cell, ...]


class Aggregates:
    def __init__(
        self,
        integrity: Integrity,
        profiles: Profiles,
        audit: AuditStore,
        rules: Rules,
        now: Callable[[], datetime],
    ) -> None:
        self._integrity = integrity
        self._profiles = profiles
        self._audit = audit
        self._rules = rules
        self._now = now

    async def look(self, by: By, year: int, actor: Actor, *, taking_out: bool = False) -> Aggregate:
        """Raises NotAllowed without a mandate that runs today, NotFound, InvalidInput for a strange year."""
        home = await self._home(actor)
        if not FIRST_YEAR <= year <= local_date(self._now()).year:
            raise InvalidInput(YEAR_WRONG, first=FIRST_YEAR)
        counted = await self._profiles.count(home.id, year)
        action = AuditAction.AGGREGATES_EXPORTED if taking_out else AuditAction.AGGREGATES_READ
        told = {"year": year, "by": by.value}
        await self._audit.append(AuditEntry(self._now(), actor.id or "", action, home.id, told))
        return aggregated(counted, home, year, by, self._rules.evaluation.parts)

    def watermark(self, actor: Actor) -> str:
        """What every sheet that is taken out has to say."""
        return f"{actor.name}（{actor.id}）于{self._now():%Y-%m-%d %H:%M} UTC导出，仅限委托评价使用"

    async def _home(self, actor: Actor) -> Jurisdiction:
        known = self._rules.jurisdictions
        if actor.has(Role.EVALUATOR):
            mandate = await self._mandate(actor)
            if mandate is None:
                raise NotAllowed(NO_MANDATE)
            home = known.get(mandate.jurisdiction)
        elif actor.has(Role.REGISTRAR, Role.AUDITOR):
            home = home_of(actor, self._rules)
        else:
            raise NotAllowed(NOT_FOR_YOU)
        basis_of(BLUEPRINT, home)
        return home

    async def _mandate(self, actor: Actor) -> Mandate | None:
        where = DossierFilter(
            kinds=frozenset({Kind.MANDATE}), statuses=frozenset({MandateStatus.STANDING.value})
        )
        page = await self._integrity.list_dossiers(
            actor, where, order=DossierOrder.NEWEST, limit=MOST_MANDATES
        )
        today = local_date(self._now())
        found = (one for one in page.dossiers if isinstance(one, Mandate) and one.assignee == actor.id)
        return next((one for one in found if one.opens_on(today)), None)


def aggregated(
    counted: Iterable[Counted], home: Jurisdiction, year: int, by: By, rules: tuple[PartRule, ...]
) -> Aggregate:
    wholes: defaultdict[str, Counter[str]] = defaultdict(Counter)
    goods: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for one in counted:
        group = one.kind.value if by is By.KIND else place_in(home, one.region)
        wholes[one.of][group] += one.whole
        for part, good in one.hits.items():
            goods[part][group] += good
    parts = tuple(part for part in rules if any(wholes[part.of].values()))
    hidden = {of: hidden_in(counts) for of, counts in wholes.items()}
    groups = sorted({group for counts in wholes.values() for group in counts})

    def cell(part: PartRule, group: str) -> Cell:
        whole = wholes[part.of][group]
        return Cell(None, None) if group in hidden[part.of] else Cell(whole, max(goods[part.key][group], 0))

    def total(part: PartRule) -> Cell:
        whole = wholes[part.of].total()
        return Cell(None, None) if whole < SMALLEST_SHOWN else Cell(whole, max(goods[part.key].total(), 0))

    rows = tuple((group, tuple(cell(part, group) for part in parts)) for group in groups)
    return Aggregate(home, year, by, parts, rows, tuple(map(total, parts)))


def hidden_in(counts: Mapping[str, int]) -> frozenset[str]:
    """Groups of which nothing is told: the small ones, and as many more as hide them from the sum."""
    hidden = [group for group, n in counts.items() if 0 < n < SMALLEST_SHOWN]
    rest = sorted((n, group) for group, n in counts.items() if n >= SMALLEST_SHOWN)
    while hidden and rest and (len(hidden) < 2 or sum(counts[one] for one in hidden) < SMALLEST_SHOWN):
        hidden.append(rest.pop(0)[1])
    return frozenset(hidden)


def place_in(home: Jurisdiction, region: str) -> str:
    """The place directly inside the area, by its code; of the area itself where it is none."""
    own = max(
        (trim(code) for code in home.region_codes if region.startswith(trim(code))), key=len, default=""
    )
    width = {2: 4, 4: 6}.get(len(own), 9)
    code = trim(region)
    return code[:width].ljust(6, "0") if own and len(code) >= width else OWN_LEVEL


def group_names(aggregate: Aggregate, name_of: Callable[[str], str | None]) -> dict[str, str]:
    """In words; `name_of` knows the places."""
    own = f"{aggregate.home.name}本级"
    if aggregate.by is By.KIND:
        kinds = {kind.value: words for kind, words in BODY_KIND_NAMES.items()}
        return {group: kinds[group] for group, _ in aggregate.rows}
    return {group: own if group == OWN_LEVEL else name_of(group) or group for group, _ in aggregate.rows}
