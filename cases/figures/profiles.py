"""The profile of a body or a place for a year: shares of what it owed, drawn together as in the ranking.

What a share is of stands in `cases/rules/evaluation_parts.toml`; here is how each object counts. Of a case
only figures are read, of an object only plain fields; records of officials count for nobody.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from cases.figures.cells import ASIDE, Figures
from cases.figures.ranking import Component, Ranked, formula, rank
from cases.figures.statistics import COUNT_PARTS, Period, Selection, Statistics
from cases.instants import local_date
from cases.integrity.breaches.objection_model import ObjectionStatus
from cases.integrity.breaches.order_model import OrderStatus
from cases.integrity.breaches.record_model import RecordStatus
from cases.integrity.registers.commitment_model import CommitmentStatus
from cases.integrity.registers.disclosures import DisclosureStatus
from cases.integrity.registers.evaluation_model import Evaluation, Of, Part, Profile
from cases.integrity.registers.evaluations import BLUEPRINT
from cases.integrity.registers.mediation_model import MediationStatus
from cases.integrity.registers.motions import MotionStatus
from cases.integrity.spine.mechanisms import find_basis
from cases.integrity.spine.vocabulary import BodyKind, Kind
from cases.ports.cases import EVERY_CASE
from cases.ports.dossiers import DossierFilter, DossierStore
from cases.ports.profiles import Tally
from cases.rules.departments import trim
from cases.rules.evaluation_parts import EvaluationRules, PartRule
from cases.rules.rule_books import Rules

Row = Mapping[str, Any]
Counts = Iterator[tuple[str, int, dict[str, int]]]
"""Of which part's things, how many, and how many of them were good, by part."""
FIELDS = (
    "kind",
    "status",
    "subject",
    "due_on",
    "kept_on",
    "posted_on",
    "answered_on",
    "settled_on",
    "found_on",
    "issued_at",
    "opened_at",
    "sealed",
    "project",
)
_COUNTED_RECORDS = frozenset(
    {RecordStatus.CONFIRMED, RecordStatus.ACTIVE, RecordStatus.REPAIRED, RecordStatus.EXPIRED}
)


# -- how an object counts -------------------------------------------------------------------------
def _commitment(row: Row, year: int) -> Counts:
    if row["status"] in {CommitmentStatus.KEPT, CommitmentStatus.LATE, CommitmentStatus.NOT_KEPT}:
        due, kept = _day(row, "due_on"), row["status"] == CommitmentStatus.KEPT
        if due and due.year == year:
            done = _day(row, "kept_on")
            in_time = kept and done is not None and done <= due
            yield "promise", 1, {"promise": kept, "promise_in_time": in_time}


def _order(row: Row, year: int) -> Counts:
    ended = {OrderStatus.FULFILLED, OrderStatus.REFUSED, OrderStatus.OVERDUE}
    if row["status"] in ended and _year(row.get("issued_at")) == year:
        yield "order", 1, {"order": row["status"] == OrderStatus.FULFILLED}


def _record(row: Row, year: int) -> Counts:
    found, project = _day(row, "found_on"), row.get("project") or {}
    breach = row["status"] in _COUNTED_RECORDS and not row.get("sealed") and not project.get("kept")
    if breach and found and found.year == year:
        yield "repair", 1, {"repair": row["status"] == RecordStatus.REPAIRED}
        yield "clean", 0, {"clean": -1}


def _disclosure(row: Row, year: int) -> Counts:
    due = _day(row, "due_on")
    if row["status"] in {DisclosureStatus.POSTED, DisclosureStatus.LATE} and due and due.year == year:
        posted = _day(row, "posted_on")
        yield "disclosure", 1, {"disclosure": posted is not None and posted <= due}


def _motion(row: Row, year: int) -> Counts:
    due = _day(row, "due_on")
    if row["status"] in {MotionStatus.ANSWERED, MotionStatus.LATE} and due and due.year == year:
        answered = _day(row, "answered_on")
        yield "motion", 1, {"motion": answered is not None and answered <= due}


def _mediation(row: Row, year: int) -> Counts:
    settled = _day(row, "settled_on")
    if row["status"] in {MediationStatus.KEPT, MediationStatus.BROKEN} and settled and settled.year == year:
        yield "mediation", 1, {"mediation": row["status"] == MediationStatus.KEPT}


def _objection(row: Row, year: int) -> Counts:
    decided = {ObjectionStatus.UPHELD, ObjectionStatus.REJECTED, ObjectionStatus.CLOSED}
    if row["status"] in decided and not row.get("sealed") and _year(row["opened_at"]) == year:
        yield "objection", 1, {"objection": row["status"] == ObjectionStatus.UPHELD}


COUNTING: Mapping[Kind, Callable[[Row, int], Counts]] = {
    Kind.COMMITMENT: _commitment,
    Kind.ORDER: _order,
    Kind.RECORD: _record,
    Kind.DISCLOSURE: _disclosure,
    Kind.MOTION: _motion,
    Kind.MEDIATION: _mediation,
    Kind.OBJECTION: _objection,
}


def _day(row: Row, name: str) -> date | None:
    written = row.get(name)
    return date.fromisoformat(written) if written else None


def _year(at: datetime | None) -> int | None:
    return local_date(at).year if at else None


# -- from counts to a profile ---------------------------------------------------------------------
def add_up(tallies: Iterable[Tally], key_of: Callable[[Tally], str | None]) -> dict[str, Figures]:
    """By unit, as the ranking reads them: per part how many things, and how many of them were good."""
    units: defaultdict[str, Figures] = defaultdict(Figures)
    for tally in tallies:
        if (key := key_of(tally)) is not None:
            counts = units[key].counts
            counts[f"{tally.of}_n"] += tally.whole
            for part, good in tally.hits.items():
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
    alone = len(compared) < 2
    banded = mine.band is not None and not alone
    bands = max((unit.band or 0 for unit in compared), default=0)
    return Profile(
        taken_on=on,
        formula=f"得分 = {formula(weights, components)}。{rules.note}。"
        "件数越少，越向总体平均收拢；相差在上下幅度以内的，不分先后。",
        result=_result(mine, bands, len(compared), rules.least),
        parts=tuple(_part(part, among[own]) for part in parts),
        score=mine.score,
        margin=mine.margin,
        band=mine.band if banded else None,
        bands=bands if banded else 0,
        best=mine.places[0] if banded and mine.places else None,
        worst=mine.places[1] if banded and mine.places else None,
        peers=len(compared) if mine.band is not None else 0,
    )


def _component(part: PartRule) -> Component:
    return Component(part.key, part.label, part.weight, part.key, (f"{part.of}_n",), part.judged)


def _part(part: PartRule, figures: Figures) -> Part:
    good, whole = figures.counts[part.key], figures.counts[f"{part.of}_n"]
    said = f"{good / whole:.0%}（{good}/{whole}）" if whole else "没有，按总体平均计"
    return Part(key=part.key, label=part.label, weight=part.weight, good=good, whole=whole, said=said)


def _result(mine: Ranked, bands: int, compared: int, least: int) -> str:
    if mine.band is None:
        return f"当年已有结果的事项{mine.volume}件，不足{least}件，不评分、不分档。"
    points = f"{mine.score:.1f}分（上下{mine.margin:.1f}分）"
    if compared < 2:
        return f"{points}，没有可以比较的对象，不分档。"
    best, worst = mine.places or (1, compared)
    places = f"第{best}名" if best == worst else f"第{best}至第{worst}名"
    return f"第{mine.band}档（共{bands}档，第1档最好），{points}，可能名次{places}（共{compared}个）。"


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
        today = local_date(self._now())
        units: dict[str, Figures] = {}
        if evaluation.of is Of.PLACE and subject.whole_area:
            for peer in self._like(home):
                tallies = await self.tallies(peer, year, left_out if peer == home else ())
                units |= add_up(tallies, _all_as(peer))
            return profile_of(home, units, self._rules.evaluation, today)
        tallies = await self.tallies(home, year, left_out)
        if evaluation.of is Of.PLACE:
            own = trim(subject.region_code)
            units = add_up(tallies, region_of(len(own)))
        else:
            own = subject.department or subject.name
            units = add_up(tallies, lambda tally: tally.unit)
        return profile_of(own, units, self._rules.evaluation, today)

    def _like(self, home: str) -> list[str]:
        """The jurisdictions of the same level that are evaluated here."""
        known = self._rules.jurisdictions
        level = known.get(home).level
        return [one.id for one in known.all() if one.level is level and find_basis(BLUEPRINT, one)]

    async def tallies(self, jurisdiction: str, year: int, left_out: Sequence[str] = ()) -> list[Tally]:
        without = frozenset(left_out)
        where = DossierFilter(kinds=frozenset(COUNTING), jurisdiction=jurisdiction)
        found: list[Tally] = []
        async for row in self._dossiers.iterate_fields(where, FIELDS):
            if row["id"] in without:
                continue
            for of, whole, hits in COUNTING[Kind(row["kind"])](row, year):
                found.append(_tally(row["subject"], of, whole, hits))
        return [*found, *await self._of_cases(jurisdiction, year)]

    async def _of_cases(self, jurisdiction: str, year: int) -> list[Tally]:
        """Answers in time by who answered; complaints by whom they are about."""
        selection = Selection(EVERY_CASE, jurisdiction=jurisdiction)
        period = Period(date(year, 1, 1), date(year + 1, 1, 1))
        known = self._rules.jurisdictions
        answered = await self._statistics.figures("work", selection, period, ("home",), COUNT_PARTS)
        about = await self._statistics.figures("body", selection, period, ("bodies", "place"), COUNT_PARTS)
        by_name = {d.full_name: d for d in known.departments() if d.id in known.departments_of(jurisdiction)}
        found = []
        for (home,), figures in answered.items():
            kept, broken = (
                figures.counts[name] - figures.counts[ASIDE + name]
                for name in ("handle_kept", "handle_broken")
            )
            department = known.find_by_id(home)
            if department is not None and kept + broken:
                whose = (home, department.region_code, _kind_of(department.name))
                found.append(Tally(*whose, "answer", kept + broken, {"answer": kept}))
        for (name, place), figures in about.items():
            if n := figures.counts["filed"]:
                department = by_name.get(name)
                unit, region = (department.id, department.region_code) if department else (name, place)
                found.append(Tally(unit, region, _kind_of(name), "clean", n, {"clean": n}))
        return found


def _tally(subject: Row, of: str, whole: int, hits: Mapping[str, int]) -> Tally:
    unit = subject.get("department") or subject["name"]
    return Tally(unit, subject["region_code"], BodyKind(subject["kind"]), of, whole, hits)


def _kind_of(name: str) -> BodyKind:
    """By its name, where nobody chose it."""
    if name.endswith("人民政府"):
        return BodyKind.GOVERNMENT
    return (
        BodyKind.VILLAGE
        if name.endswith(("委员会", "村委会", "居委会")) and "村" in name
        else (BodyKind.DEPARTMENT)
    )


def _all_as(key: str) -> Callable[[Tally], str | None]:
    return lambda _: key


def region_of(width: int) -> Callable[[Tally], str | None]:
    """By the first so many digits of the place; None for what belongs to no place that small."""

    def key_of(tally: Tally) -> str | None:
        code = trim(tally.region)
        return code[:width] if len(code) >= width else None

    return key_of
