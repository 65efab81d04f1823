"""From rows to cells: which figures of which day each case adds to, and how cells are added up.

A cell counts one day or one month of one combination. Adding a case, taking it out again and adding
cells up are the same operation, so keeping cells up to date equals computing them anew.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import product
from typing import Any, NamedTuple

from cases.figures.facts import CaseFacts
from cases.figures.measures import SPELLS, VERDICTS
from cases.instants import local_date
from cases.vocabulary import RatedBy, Status
from classify.types import Domain

SHORTEST = 600.0
"""Seconds. What is shorter counts as this long."""
RATIO = 1.05
"""Each bucket of durations ends 5 % later than the one before, so its middle is at most 2.5 % off."""
_LOG_RATIO = math.log(RATIO)
SHARE_STEP = 10
"""Hundredths of the promised time per bucket."""
SHARE_LAST = 20
"""Everything from 200 % on."""
SHARES_SHOWN = range(0, 100 // SHARE_STEP, 2)
"""Within the promise: the first bucket of each column, and of the list behind it."""

DAY, TEN_DAYS, MONTH, QUARTER, YEAR = "d", "t", "m", "q", "y"
SPANS = (YEAR, QUARTER, MONTH, TEN_DAYS, DAY)
"""Longest first. A period is read as the fewest cells, so three years are as quick as thirty days."""


ALL, BRIEF, FILED = "all", "brief", "filed"


class View(NamedTuple):
    """A way of cutting the cells; `fields` name the row's attributes in the key.

    A field that holds several values makes a key of each: the case counts once under every one.
    """

    name: str
    fields: tuple[str, ...]
    base: str
    """The shortest span kept; every longer one is kept too."""
    keeps: str
    """ALL figures, only the BRIEF ones needed for comparing, or only how many were FILED."""


VIEWS: tuple[View, ...] = (
    View("work", ("jurisdiction", "home", "domain"), DAY, ALL),
    View("place", ("jurisdiction", "home", "domain", "place"), DAY, BRIEF),
    View("channel", ("jurisdiction", "home", "domain", "channel"), MONTH, BRIEF),
    View("person", ("home", "person"), MONTH, BRIEF),
    View("body", ("jurisdiction", "home", "domain", "place", "bodies"), YEAR, FILED),
)
BY_NAME: dict[str, View] = {view.name: view for view in VIEWS}
_BRIEF_SPELLS = frozenset({"accept", "answer"})


class CellKey(NamedTuple):
    view: str
    span: str
    at: str
    """As `at_of` writes it; from a day in China."""
    values: tuple[str, ...]
    """As `View.fields`; an unknown value is an empty string."""


Paths = Counter[str]
"""`n.filed`, `h.accept.57` or `q.handle.9` → how many."""


def bucket_of(seconds: float) -> int:
    """Which bucket a duration falls into; 0 is ten minutes and less."""
    if seconds <= SHORTEST:
        return 0
    return 1 + int(math.log(seconds / SHORTEST) / _LOG_RATIO)


def middle_of(bucket: int) -> float:
    """Seconds that stand for a bucket."""
    return SHORTEST if bucket == 0 else SHORTEST * RATIO ** (bucket - 0.5)


def share_bucket(share: int) -> int:
    return min(share // SHARE_STEP, SHARE_LAST)


ASIDE = "aside_"
"""Before a count: so many of it came through the hands of staff, and no rank rests on them."""
_RATINGS = frozenset({"n.rated", "n.responded", "n.solved", "n.satisfied"})
_PROMISES = frozenset(f"n.{kind}_{end}" for kind in VERDICTS for end in ("kept", "broken"))


def figures_of(facts: CaseFacts) -> Iterator[tuple[datetime, str, int]]:
    """What a case adds: at which instant, to which figure, how much."""
    aside = _RATINGS | _PROMISES if facts.by_staff else _RATINGS if facts.rated_by == RatedBy.STAFF else ()
    for instant, path, amount in _all_figures(facts):
        yield instant, path, amount
        if path in aside:
            yield instant, f"n.{ASIDE}{path[2:]}", amount


def _all_figures(facts: CaseFacts) -> Iterator[tuple[datetime, str, int]]:
    yield facts.filed_at, "n.filed", 1
    if facts.domain == Domain.DEBT and facts.amount:
        yield facts.filed_at, "n.amount", facts.amount
        yield facts.filed_at, "n.amounts", 1
    for name in SPELLS:
        spell = getattr(facts, name)
        if spell is not None:
            yield spell.at, f"h.{name}.{bucket_of(spell.seconds)}", 1
    if facts.close is not None:
        yield facts.close.at, "n.closed", 1
    for kind in VERDICTS:
        verdict = getattr(facts, f"{kind}_verdict")
        if verdict is not None:
            yield verdict.at, f"n.{kind}_{'kept' if verdict.kept else 'broken'}", 1
            if verdict.share is not None:
                yield verdict.at, f"q.{kind}.{share_bucket(verdict.share)}", 1
    yield from _voices(facts)


def _voices(facts: CaseFacts) -> Iterator[tuple[datetime, str, int]]:
    if facts.outcome is not None:
        yield facts.filed_at, f"n.to_{facts.outcome}", 1
    elif facts.open:
        yield facts.filed_at, "n.to_open", 1
    for event in facts.events:
        yield event.at, f"n.{event.name}", 1
    if facts.rated_at is not None:
        yield facts.rated_at, "n.rated", 1
        for name, holds in (
            ("responded", facts.responded),
            ("solved", facts.solved),
            ("satisfied", facts.satisfied >= 4),
        ):
            if holds:
                yield facts.rated_at, f"n.{name}", 1
        for reason in facts.unhappy:
            yield facts.rated_at, f"n.unhappy_{reason}", 1


def at_of(span: str, day: str) -> str:
    """2026-11-22 → 2026-11-22, 2026-11/3 (last third of the month), 2026-11, 2026/4 or 2026.

    No two spans ever write the same text. `day` may be a month for spans from a month on.
    """
    if span == DAY:
        return day
    if span == TEN_DAYS:
        return f"{day[:7]}/{min((int(day[8:10]) - 1) // 10, 2) + 1}"
    if span == MONTH:
        return day[:7]
    return f"{day[:4]}/{(int(day[5:7]) + 2) // 3}" if span == QUARTER else day[:4]


def longer(span: str) -> tuple[str, ...]:
    """The spans above a base."""
    return SPANS[: SPANS.index(span)]


def base_cells(facts: CaseFacts) -> dict[CellKey, Paths]:
    """The cells of the shortest span a case is part of. Nothing for what lies in quarantine."""
    cells: dict[CellKey, Paths] = {}
    if lies_in_quarantine(facts):
        return cells
    keys = [(view, values) for view in VIEWS for values in _values(facts, view)]
    for instant, path, amount in figures_of(facts):
        day = local_date(instant).isoformat()
        for view, values in keys:
            if not _keeps(view, path):
                continue
            key = CellKey(view.name, view.base, at_of(view.base, day), values)
            paths = cells.get(key)
            if paths is None:
                paths = cells[key] = Counter()
            paths[path] += amount
    return cells


def _values(facts: CaseFacts, view: View) -> Iterator[tuple[str, ...]]:
    """What stands in the keys of a view for this case; an unknown value is an empty string."""
    held = (getattr(facts, name) or "" for name in view.fields)
    return product(*(value if isinstance(value, tuple) else (str(value),) for value in held))


def with_longer(cells: Mapping[CellKey, Mapping[str, int]]) -> dict[CellKey, dict[str, int]]:
    """These cells of the shortest spans, and the longer ones that they add up to."""
    whole = {key: dict(paths) for key, paths in cells.items()}
    for key, paths in cells.items():
        for span in longer(key.span):
            add_to(whole, key._replace(span=span, at=at_of(span, key.at)), paths)
    return whole


def add_to(
    cells: dict[CellKey, dict[str, int]], key: CellKey, paths: Mapping[str, int], sign: int = 1
) -> None:
    into = cells.setdefault(key, {})
    for path, amount in paths.items():
        into[path] = into.get(path, 0) + sign * amount


def lies_in_quarantine(facts: CaseFacts) -> bool:
    """Open by its status and yet owed by nobody: it waits on the list of suspected spam."""
    return not facts.open and facts.status is Status.REGISTERED


def _keeps(view: View, path: str) -> bool:
    if view.keeps == FILED:
        return path == "n.filed"
    brief = path.startswith("n.") or (path.startswith("h.") and path.split(".")[1] in _BRIEF_SPELLS)
    return brief or view.keeps == ALL


def change(before: CaseFacts | None, after: CaseFacts | None) -> dict[CellKey, dict[str, int]]:
    """What must be added to which cell when a row changes; amounts that cancel out are left away."""
    delta: dict[CellKey, dict[str, int]] = {}
    for facts, sign in ((before, -1), (after, 1)):
        for key, paths in (base_cells(facts) if facts else {}).items():
            add_to(delta, key, paths, sign)
    return without_zeros(with_longer(without_zeros(delta)))


def without_zeros(cells: Mapping[CellKey, Mapping[str, int]]) -> dict[CellKey, dict[str, int]]:
    slim = {key: {path: n for path, n in paths.items() if n} for key, paths in cells.items()}
    return {key: paths for key, paths in slim.items() if paths}


@dataclass(slots=True)
class Figures:
    """Cells added up. `durations` and `shares` are histograms by bucket."""

    counts: Counter[str] = field(default_factory=Counter)
    durations: dict[str, Counter[int]] = field(default_factory=dict)
    shares: dict[str, Counter[int]] = field(default_factory=dict)

    def add(self, cell: Mapping[str, Any]) -> None:
        """`cell`: the stored form, {"n": {name: n}, "h": {measure: {bucket: n}}, "q": …}."""
        counts = self.counts
        known = counts.get
        for name, n in cell.get("n", {}).items():
            counts[name] = known(name, 0) + n
        for target, stored in ((self.durations, cell.get("h")), (self.shares, cell.get("q"))):
            for measure, histogram in (stored or {}).items():
                into = target.get(measure)
                if into is None:
                    into = target[measure] = Counter()
                known_bucket = into.get
                for text, n in histogram.items():
                    bucket = int(text)
                    into[bucket] = known_bucket(bucket, 0) + n

    def merge(self, other: Figures) -> None:
        _sum_up(self.counts, other.counts)
        for mine, theirs in ((self.durations, other.durations), (self.shares, other.shares)):
            for measure, histogram in theirs.items():
                _sum_up(mine.setdefault(measure, Counter()), histogram)

    def quantile(self, measure: str, share: float) -> float | None:
        """Seconds that this share of the cases did not exceed; None without cases."""
        return quantile(self.durations.get(measure, {}), share)

    def number(self, measure: str) -> int:
        return sum(self.durations.get(measure, {}).values())

    def rate(self, part: str, *whole: str) -> float | None:
        total = sum(self.counts[name] for name in whole)
        return self.counts[part] / total if total > 0 else None

    def on_time(self, kind: str) -> float | None:
        """Share of the promises of this kind that were kept."""
        return self.rate(f"{kind}_kept", f"{kind}_kept", f"{kind}_broken")

    def judged(self, kind: str) -> int:
        return self.counts[f"{kind}_kept"] + self.counts[f"{kind}_broken"]


def _sum_up(into: Counter[Any], other: Mapping[Any, int]) -> None:
    """As Counter.update, at a third of its time."""
    known = into.get
    for key, n in other.items():
        into[key] = known(key, 0) + n


def quantile(histogram: Mapping[int, int], share: float) -> float | None:
    """The middle of the bucket in which the share is reached (nearest rank)."""
    total = sum(histogram.values())
    if total <= 0:
        return None
    rank, seen = max(math.ceil(total * share), 1), 0
    for bucket in sorted(histogram):
        seen += histogram[bucket]
        if seen >= rank:
            return middle_of(bucket)
    return None


def total(parts: Iterable[Figures]) -> Figures:
    whole = Figures()
    for part in parts:
        whole.merge(part)
    return whole


def wilson(kept: int, judged: int, z: float = 1.96) -> tuple[float, float] | None:
    """95 % interval of a share (Wilson score): honest for small numbers; None without cases."""
    if judged <= 0:
        return None
    p, zz = kept / judged, z * z
    middle = (p + zz / (2 * judged)) / (1 + zz / judged)
    half = z * math.sqrt(p * (1 - p) / judged + zz / (4 * judged * judged)) / (1 + zz / judged)
    return max(middle - half, 0.0), min(middle + half, 1.0)
