"""From figures to the board's pictures, each with a link behind every mark and a table saying the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from markupsafe import Markup

from cases.figures.cells import MONTH, SHARES_SHOWN, Figures, wilson
from cases.figures.measures import ENDING_NAMES
from cases.figures.statistics import LEFT_LIMITS, SMALL_GROUP, Backlog, Period
from cases.rules.jurisdictions import Jurisdictions
from cases.words import DOMAIN_NAMES
from classify.types import Domain
from handlers.supervisor.charts.comparison import DepartmentShare, draw_comparison
from handlers.supervisor.charts.distribution import Column, columns_of, draw_distribution
from handlers.supervisor.charts.flow import Stream, draw_flow
from handlers.supervisor.charts.trend import Point
from handlers.supervisor.choices import Choice
from handlers.supervisor.overview.tables import Groups, kept_share
from handlers.supervisor.periods import first_of_month, span_words, trend_span
from handlers.supervisor.places import department_name, place_name, short_place, tile_class

SHOWN = 12
"""Departments in a picture; the table below has all."""
OTHERS = "others"


def trend_points(points: Mapping[str, Figures], choice: Choice) -> list[Point]:
    """A point per day up to 45 days, per week up to 200, per month beyond."""
    period = choice.period
    if trend_span(period) == MONTH:
        return [_point(*_month(key), points[key], choice, f"{int(key[5:7])}月") for key in sorted(points)]
    days = [period.since + timedelta(days=n) for n in range(period.days)]
    weekly = period.days > 45
    made = []
    for _, group in groupby(days, key=lambda day: day - timedelta(days=day.weekday()) if weekly else day):
        inside = list(group)
        whole = Figures()
        for day in inside:
            whole.merge(points.get(day.isoformat(), Figures()))
        made.append(_point(inside[0], inside[-1], whole, choice, f"{inside[0].month}/{inside[0].day}"))
    return made


def _month(key: str) -> tuple[date, date]:
    first = date.fromisoformat(f"{key}-01")
    return first, first_of_month(first, 1) - timedelta(days=1)


def _point(first: date, last: date, figures: Figures, choice: Choice, label: str) -> Point:
    dates: dict[str, str | None] = {"since": first.isoformat(), "until": last.isoformat()}
    return Point(
        label,
        span_words(Period(first, last + timedelta(days=1))),
        figures.counts["filed"],
        figures.counts["closed"],
        choice.cases(event="filed", **dates),
        choice.cases(event="closed", **dates),
    )


@dataclass(frozen=True, slots=True)
class Distribution:
    kind: str
    title: str
    columns: list[Column]
    picture: Markup


def distribution(figures: Figures, choice: Choice, kind: str, title: str) -> Distribution:
    shares: Mapping[int, int] = figures.shares.get(kind, {})
    late = sum(n for bucket, n in shares.items() if bucket >= SHARES_SHOWN.stop)
    unfinished = max(figures.counts[f"{kind}_broken"] - late, 0)
    hrefs: dict[int | str, str] = {low: choice.cases(event=f"{kind}_kept", share=low) for low in SHARES_SHOWN}
    hrefs |= {low: choice.cases(event=f"{kind}_broken") for low in (10, 15, 20)}
    hrefs["unfinished"] = choice.cases(state="overdue")
    columns = columns_of(shares, unfinished, hrefs)
    return Distribution(kind, title, columns, draw_distribution(columns, f"late-{kind}", title))


def comparison(
    by_department: Mapping[str, Figures], choice: Choice, jurisdictions: Jurisdictions
) -> tuple[list[DepartmentShare], Markup]:
    """The slowest first; departments with fewer than five judged promises are left to the table."""
    rates = []
    for id, figures in by_department.items():
        kept, judged = figures.counts["handle_kept"], figures.judged("handle")
        interval = wilson(kept, judged)
        if interval is None or judged < SMALL_GROUP:
            continue
        href = choice.cases(event="handle_broken", department=id)
        name = department_name(id, jurisdictions)
        rates.append(DepartmentShare(name, kept / judged, *interval, judged, href))
    rates = sorted(rates, key=lambda rate: (rate.kept, -rate.judged))[:SHOWN]
    kept = sum(f.counts["handle_kept"] for f in by_department.values())
    judged = sum(f.judged("handle") for f in by_department.values())
    return rates, draw_comparison(rates, kept / judged if judged else None, "各单位答复按期率")


@dataclass(frozen=True, slots=True)
class HeatRow:
    name: str
    href: str
    cells: list[tuple[int, int, str]]
    """Cases, darkness 0..5, link."""
    total: int


def heat_map(backlog: Backlog, choice: Choice, jurisdictions: Jurisdictions) -> list[HeatRow]:
    """Departments by days left, those with most behind first."""
    counts: dict[str, dict[str, int]] = {}
    for row in backlog.standing:
        into = counts.setdefault(row.department, {})
        into[row.left] = into.get(row.left, 0) + row.cases
    most = max((n for row in counts.values() for n in row.values()), default=1)
    rows = []
    for id, by_left in counts.items():
        cells = [
            (n, _darkness(n, most), choice.cases(state="open", left=key, department=id))
            for key, n in ((key, by_left.get(key, 0)) for key, _, _ in LEFT_LIMITS)
        ]
        name = department_name(id, jurisdictions)
        rows.append(HeatRow(name, choice.link(department=id), cells, sum(by_left.values())))
    return sorted(rows, key=lambda r: (-sum(n for n, _, _ in r.cells[:3]), -r.total))


def _darkness(n: int, most: int) -> int:
    if n == 0:
        return 0
    return 1 + min(int(4 * (n / most) ** 0.5), 4)


def _shade(n: int, most: int) -> int:
    """Even steps: places differ less than queues do."""
    return 0 if n == 0 else min(1 + int(5 * n / most), 5)


def flow(
    groups: Groups, by_home: Mapping[str, Figures], choice: Choice, jurisdictions: Jurisdictions
) -> Markup:
    """Groups by (jurisdiction, home, domain): what was filed in the period, and how it ended so far."""
    top = sorted(by_home, key=lambda id: -by_home[id].counts["filed"])[:7]
    left: dict[tuple[str, str], int] = {}
    right: dict[tuple[str, str], int] = {}
    for (_, home, domain), figures in groups.items():
        node = home if home in top else OTHERS
        left[domain, node] = left.get((domain, node), 0) + figures.counts["filed"]
        for key in ENDING_NAMES:
            n = figures.counts[f"to_{key}"]
            if n:
                right[node, key] = right.get((node, key), 0) + n
    names = {id: department_name(id, jurisdictions) for id in top} | {OTHERS: "其他单位"}

    def narrowed(node: str) -> str | None:
        return None if node == OTHERS else node

    return draw_flow(
        [
            Stream(d, n, c, choice.cases(event="filed", domain=d, department=narrowed(n)))
            for (d, n), c in left.items()
            if c
        ],
        [
            Stream(n, o, c, choice.cases(event="filed", outcome=o, department=narrowed(n)))
            for (n, o), c in right.items()
        ],
        [{d.value: DOMAIN_NAMES[d] for d in Domain}, names, ENDING_NAMES],
    )


@dataclass(frozen=True, slots=True)
class Tile:
    name: str
    href: str
    place: str
    """CSS classes of where it stands."""
    filed: int
    open: int
    overdue: int
    kept: float | None
    darkness: int


def tiles(
    places: Mapping[str, Figures],
    standing: Mapping[str, tuple[int, int, int]],
    choice: Choice,
    jurisdictions: Jurisdictions,
) -> list[Tile]:
    keys = [key for key in {*places, *standing} if key]
    most = max((places[key].counts["filed"] for key in keys if key in places), default=1) or 1
    made = []
    for key in keys:
        figures = places.get(key, Figures())
        there = standing.get(key, (0, 0, 0))
        name = short_place(place_name(key, jurisdictions))
        made.append(
            Tile(
                name,
                choice.link(place=key),
                tile_class(key),
                figures.counts["filed"],
                there[0],
                there[1],
                kept_share(figures, "handle"),
                _shade(figures.counts["filed"], most),
            )
        )
    return sorted((t for t in made if t.filed or t.open), key=lambda tile: -tile.filed)
