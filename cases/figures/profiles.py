"""The profile of a body or a place for a year: shares of what it owed, drawn together as in the ranking.

How an object counts stands in `owed.py`. Of a case only figures are read.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Collection, Iterable, Mapping, Sequence
from datetime import date, datetime

from cases.errors import InvalidInput, Reason
from cases.figures.cells import ASIDE, Figures, wilson
from cases.figures.owed import DAYS, FIELDS, counts_of
from cases.figures.ranking import Component, Ranked, fit_prior, formula, rank
from cases.figures.statistics import COUNT_PARTS, Period, Selection, Statistics
from cases.instants import local_date
from cases.integrity.registers.evaluation_model import Evaluation, Of, Part, Profile
from cases.integrity.registers.evaluations import BLUEPRINT
from cases.integrity.spine.dossier import Subject
from cases.integrity.spine.mechanisms import find_basis
from cases.integrity.spine.vocabulary import BodyKind
from cases.ports.cases import EVERY_CASE
from cases.ports.dossiers import DossierFilter, DossierStore
from cases.ports.profiles import Counted
from cases.rules.departments import covers, trim
from cases.rules.evaluation_parts import EvaluationRules, PartRule
from cases.rules.rule_books import Rules


# -- from counts to a profile ---------------------------------------------------------------------
def add_up(counted: Iterable[Counted], key_of: Callable[[Counted], str | None]) -> dict[str, Figures]:
    """By unit, as the ranking reads them: per part how many things, and how many of them were good."""
    units: defaultdict[str, Figures] = defaultdict(Figures)
    for one in counted:
        if (key := key_of(one)) is not None:
            counts = units[key].counts
            counts[f"{one.of}_n"] += one.whole
            for part, good in one.hits.items():
                counts[part] += good
    for figures in units.values():
        # more breaches than complaints: then every one of what was counted was a breach
        breaches = figures.counts["clean_n"] - figures.counts["clean"]
        figures.counts["clean_n"] = max(figures.counts["clean_n"], breaches)
        figures.counts["clean"] = figures.counts["clean_n"] - breaches
    return dict(units)


def profile_of(own: str, units: Mapping[str, Figures], rules: EvaluationRules, on: date) -> Profile:
    """Of one of the units, among all of them; parts of which nobody has anything are left out."""
    among = {**units, own: units.get(own) or Figures()}
    parts = [part for part in rules.parts if any(f.counts[f"{part.of}_n"] for f in among.values())]
    components = tuple(map(_component, parts))
    weights = {part.key: part.weight for part in parts}
    ranked = rank(among, weights, rules.least, components)
    mine = next(unit for unit in ranked if unit.key == own)
    compared = [unit for unit in ranked if unit.band is not None]
    scored = mine.band is not None and len(compared) > 1
    bands = max((unit.band or 0 for unit in compared), default=0)
    margin = math.hypot(mine.margin, _of_the_average(own, among, parts))
    best, worst = mine.places or (None, None)
    return Profile(
        taken_on=on,
        formula=f"得分 = {formula(weights, components)}。{rules.note}。"
        "件数越少，越向总体平均收拢；相差在上下幅度以内的，不分先后。"
        if parts
        else f"这一年还没有可以计算的事项。{rules.note}。",
        result=_result(mine, margin, bands, len(compared), rules.least),
        parts=tuple(_part(part, among[own]) for part in parts),
        score=mine.score,
        margin=margin,
        band=mine.band if scored else None,
        bands=bands if scored else 0,
        best=best if scored else None,
        worst=worst if scored else None,
        peers=len(compared) if scored else 0,
    )


def _of_the_average(own: str, among: Mapping[str, Figures], parts: Sequence[PartRule]) -> float:
    """Points by which the average of all, to which shares of few are drawn, is itself uncertain (95 %).

    All units share it, so it tells none of them apart and is no part of the bands.
    """
    spreads: defaultdict[str, float] = defaultdict(float)
    for part in parts:
        counts = [(figures.counts[part.key], figures.counts[f"{part.of}_n"]) for figures in among.values()]
        hits, n = (sum(column) for column in zip(*counts, strict=True))
        strength, share = fit_prior(counts).strength, (hits + 1) / (n + 2)
        pull = strength / (among[own].counts[f"{part.of}_n"] + strength)
        spreads[part.of] += part.weight * pull * math.sqrt(share * (1 - share) / n)
    weights = sum(part.weight for part in parts)
    return 1.96 * math.hypot(*spreads.values()) * 100 / weights if weights else 0.0


def _component(part: PartRule) -> Component:
    return Component(part.key, part.label, part.weight, part.key, (f"{part.of}_n",), part.judged)


def _part(part: PartRule, figures: Figures) -> Part:
    good, whole = figures.counts[part.key], figures.counts[f"{part.of}_n"]
    said = "没有，按总体平均计"
    if interval := wilson(good, whole):
        low, high = interval
        said = f"{good / whole:.0%}（{good}/{whole}，可能{low:.0%}至{high:.0%}）"
    return Part(key=part.key, label=part.label, weight=part.weight, good=good, whole=whole, said=said)


def _result(mine: Ranked, margin: float, bands: int, compared: int, least: int) -> str:
    if mine.band is None:
        return f"当年已有结果的事项{mine.volume}件，不足{least}件，不评分、不分档。"
    if compared < 2:
        return "没有可以比较的对象，不评分、不分档，只列各项指标。"
    best, worst = mine.places or (1, compared)
    places = f"第{best}名" if best == worst else f"第{best}至第{worst}名"
    band = f"第{mine.band}档（共{bands}档，第1档最好）" if bands > 1 else "同在一档，看不出高低"
    return f"{band}，{mine.score:.1f}分（上下{margin:.1f}分），可能名次{places}（共{compared}个）。"


NOT_COUNTED = Reason("evaluation-not-counted", "{id} 没有计入这项评价的数字，请核对编号。")


# -- from the stores ------------------------------------------------------------------------------
class Profiling:
    """Fulfils `cases.ports.profiles.Profiles`."""

    def __init__(
        self, dossiers: DossierStore, statistics: Statistics, rules: Rules, now: Callable[[], datetime]
    ) -> None:
        self._dossiers = dossiers
        self._statistics = statistics
        self._rules = rules
        self._now = now

    async def profile(self, evaluation: Evaluation, left_out: Sequence[str]) -> Profile:
        subject, home, year = evaluation.subject, evaluation.jurisdiction, evaluation.for_year
        today, known = local_date(self._now()), self._rules.jurisdictions
        units: dict[str, Figures] = {}
        if evaluation.of is Of.BODY:
            own = subject.keys[0]
            units = add_up(await self.count(home, year, left_out, own), lambda one: one.unit)
        elif subject.region_code not in known.get(home).region_codes:
            own = trim(subject.region_code)
            units = add_up(await self._within(home, year, left_out), region_of(len(own)))
        else:
            own = home
            for peer in self._like(home):
                counted = await self._within(peer, year, left_out if peer == home else ())
                units |= add_up(counted, _all_as(peer))
        return profile_of(own, units, self._rules.evaluation, today)

    def _like(self, home: str) -> list[str]:
        """The jurisdictions of the same level that are evaluated here."""
        known = self._rules.jurisdictions
        level = known.get(home).level
        return [one.id for one in known.all() if one.level is level and find_basis(BLUEPRINT, one)]

    async def _within(self, home: str, year: int, left_out: Sequence[str]) -> list[Counted]:
        """Of the area, whichever jurisdiction of it keeps the records."""
        known = self._rules.jurisdictions
        found = await self.count(home, year, left_out)
        for one in known.all():
            if known.get(home) in known.around(one):
                found += await self.count(one.id, year)
        return found

    async def count(
        self, jurisdiction: str, year: int, left_out: Sequence[str] = (), whose: str | None = None
    ) -> list[Counted]:
        """`whose`: only objects of this body may be left out. Raises InvalidInput for what does not count."""
        without, met = frozenset(left_out), set()
        where = DossierFilter(jurisdiction=jurisdiction)
        period = Period(date(year, 1, 1), date(year + 1, 1, 1))
        found: list[Counted] = []
        named: defaultdict[str, set[Subject]] = defaultdict(set)
        read: dict[tuple[str, ...], Subject] = {}
        async for row in self._dossiers.iterate_fields(where, FIELDS, DAYS, period.since, period.until):
            if not (counts := tuple(counts_of(row))):
                continue
            key = tuple(map(str, row["subject"].values()))
            subject = read.get(key) or read.setdefault(key, Subject.model_validate(row["subject"]))
            if row["id"] in without and whose in {None, subject.keys[0]}:
                met.add(row["id"])
                continue
            named[subject.name].add(subject)
            place = (subject.keys[0], subject.region_code, subject.kind)
            found += [Counted(*place, *one) for one in counts]
        if missing := without - met:
            raise InvalidInput(NOT_COUNTED, id=min(missing))
        selection = Selection(EVERY_CASE, jurisdiction=jurisdiction)
        found += [one async for one in self._answers(selection, period)]
        found += [one async for one in self._complaints(selection, period, named)]
        return found

    async def _answers(self, selection: Selection, year: Period) -> AsyncIterator[Counted]:
        """In time or not, by who answered; what staff filed themselves is left out, as in the ranking."""
        by_home = await self._statistics.figures("work", selection, year, ("home",), COUNT_PARTS)
        for (home,), figures in by_home.items():
            kept, broken = (
                figures.counts[end] - figures.counts[ASIDE + end] for end in ("handle_kept", "handle_broken")
            )
            department = self._rules.jurisdictions.find_by_id(home)
            if department is not None and kept + broken:
                kind = _kind_of(department.name)
                yield Counted(home, department.region_code, kind, "answer", kept + broken, {"answer": kept})

    async def _complaints(
        self, selection: Selection, year: Period, named: Mapping[str, Collection[Subject]]
    ) -> AsyncIterator[Counted]:
        """By whom they are about: one of ours, one on record there, else whoever is named."""
        known = self._rules.jurisdictions
        inside = known.departments_of(str(selection.jurisdiction))
        ours = {one.full_name: one for one in known.departments() if one.id in inside}
        about = await self._statistics.figures("body", selection, year, ("bodies", "place"), COUNT_PARTS)
        for (name, place), figures in about.items():
            unit, region, kind = f"{place}:{name}", place, _kind_of(name)
            there = [one for one in named.get(name, ()) if place and covers(place, one.region_code)]
            if name in ours:
                unit, region = ours[name].id, ours[name].region_code
            elif len(there) == 1:
                unit, region, kind = there[0].keys[0], there[0].region_code, there[0].kind
            if n := figures.counts["filed"]:
                yield Counted(unit, region, kind, "clean", n, {"clean": n})


def _kind_of(name: str) -> BodyKind:
    """By its name, where nobody chose it."""
    if name.endswith("人民政府"):
        return BodyKind.GOVERNMENT
    return (
        BodyKind.VILLAGE
        if name.endswith(("委员会", "村委会", "居委会")) and "村" in name
        else (BodyKind.DEPARTMENT)
    )


def _all_as(key: str) -> Callable[[Counted], str | None]:
    return lambda _: key


def region_of(width: int) -> Callable[[Counted], str | None]:
    """By the first so many digits of the place; None for what belongs to no place that small."""

    def key_of(one: Counted) -> str | None:
        code = trim(one.region)
        return code[:width] if len(code) >= width else None

    return key_of
