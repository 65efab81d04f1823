"""The board: one page that says which departments answer in time, where it gets worse, and what waits."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from cases.figures.cells import ASIDE
from cases.figures.measures import MEASURES_BY_KEY
from cases.figures.statistics import LEFT_LIMITS, SMALL_GROUP, TABLE_PARTS, Period
from cases.rules.jurisdictions import Jurisdictions
from cases.words import DOMAIN_NAMES
from classify.types import OUTSIDE, Domain
from handlers.supervisor.charts.trend import draw_trend
from handlers.supervisor.choices import BOARD_ROLES, Choice, choice_of
from handlers.supervisor.keys import STATISTICS
from handlers.supervisor.overview import pictures
from handlers.supervisor.overview.findings import findings
from handlers.supervisor.overview.seen import Seen, see
from handlers.supervisor.overview.tables import (
    BreakdownRow,
    names_for,
    rows_of,
    standing_by,
)
from handlers.supervisor.overview.tallies import apart, tallies, unhappy, voices
from handlers.supervisor.periods import PERIODS, first_of_month, span_words, whole_months
from handlers.supervisor.places import department_name, place_name
from handlers.web.access.policy import allow
from handlers.web.keys import NOW, SERVICES
from handlers.web.pages.templates import render

BREAKDOWNS = {
    "department": "单位",
    "domain": "领域",
    "place": "地区",
    "month": "月份",
    "channel": "渠道",
    "person": "承办人",
    "jurisdiction": "辖区",
}


@allow(*BOARD_ROLES)
async def show_board(request: web.Request) -> web.StreamResponse:
    choice = choice_of(request)
    seen = await see(request.app[STATISTICS], choice, request.app[NOW]())
    by = request.query.get("by", "department")
    by = by if by in BREAKDOWNS else "department"
    rows = await breakdown(request, seen, by)
    tabs = [(name, choice.link(by=key) + "#table", None, key == by) for key, name in breakdowns(seen).items()]
    context = {**_context(request, seen), "rows": rows, "by": by, "breakdown_tabs": tabs}
    return render("supervisor/board.html", request, context)


async def breakdown(request: web.Request, seen: Seen, by: str) -> list[BreakdownRow]:
    """The table: by department, domain, place, month, channel, person or jurisdiction."""
    statistics, choice = request.app[STATISTICS], seen.choice
    names = names_for(by, request.app[SERVICES].rules.jurisdictions)
    selection, period = choice.selection, choice.period
    if by in {"department", "domain", "jurisdiction"}:
        part = ("jurisdiction", "department", "domain").index(by)
        there = {} if by == "jurisdiction" else standing_by(seen.backlog, by)
        return rows_of(*seen.by(part), there, choice, by, names)
    if by == "place":
        there = standing_by(seen.backlog, "place")
        found = await statistics.figures("place", selection, period, ("place",), TABLE_PARTS)
        return rows_of({k[0]: f for k, f in found.items()}, {}, there, choice, by, names)
    months = whole_months(period)
    if by == "month":
        months = Period(min(months.since, first_of_month(months.until, -12)), months.until)
        found = await statistics.figures("work", selection, months, ("at",), TABLE_PARTS)
        return rows_of({k[0]: f for k, f in found.items()}, {}, {}, choice, by, names)
    if by == "channel":
        found = await statistics.figures("channel", selection, months, ("channel",), TABLE_PARTS)
        return rows_of({k[0]: f for k, f in found.items()}, {}, {}, choice, by, names)
    found = await statistics.figures("person", selection, months, ("person",), TABLE_PARTS)
    people = {k[0]: f for k, f in found.items() if k[0]}
    staff = await statistics.names_of(selection, list(people))
    return rows_of(people, {}, {}, choice, by, lambda key: staff.get(key, key))


def _context(request: web.Request, seen: Seen) -> dict[str, Any]:
    choice, jurisdictions = seen.choice, request.app[SERVICES].rules.jurisdictions
    whole = seen.whole
    points = pictures.trend_points(seen.points, choice)
    rates, comparison = pictures.comparison(seen.by_home, choice, jurisdictions)
    return {
        "choice": choice,
        "period_words": span_words(choice.period),
        "before_words": span_words(choice.against.period),
        "filters": filters(choice, jurisdictions, seen),
        "tallies": tallies(seen),
        "findings": findings(seen, jurisdictions),
        "points": points,
        "trend": draw_trend(points),
        "distributions": [
            pictures.distribution(whole, choice, "accept", "受理用时与承诺"),
            pictures.distribution(whole, choice, "handle", "答复用时与承诺"),
        ]
        if not choice.selection.place
        else [],
        "rates": rates,
        "comparison": comparison,
        "heat": pictures.heat_map(seen.backlog, choice, jurisdictions),
        "left_names": [label for _, label, _ in LEFT_LIMITS],
        "ages": list(seen.backlog.ages.items()),
        "flow": pictures.flow(seen.now, seen.by_home, choice, jurisdictions),
        "tiles": pictures.tiles(seen.places, standing_by(seen.backlog, "place"), choice, jurisdictions),
        "breakdowns": breakdowns(seen),
        "voices": voices(seen),
        "reasons": unhappy(seen),
        "rated": (whole.counts["rated"], whole.counts[f"{ASIDE}rated"]),
        "apart": apart(seen),
        "words": MEASURES_BY_KEY,
        "small": SMALL_GROUP,
    }


def breakdowns(seen: Seen) -> dict[str, str]:
    several = len({key[0] for key in seen.now}) > 1
    return {key: name for key, name in BREAKDOWNS.items() if key != "jurisdiction" or several}


def filters(choice: Choice, jurisdictions: Jurisdictions, seen: Seen) -> list[dict[str, Any]]:
    """The form above the board; only what has cases is offered, beside what is chosen."""
    selection = choice.selection
    homes = {key[1] for key in seen.now} | {row.department for row in seen.backlog.standing}
    homes |= {selection.department} if selection.department else set()
    places = {key for key in seen.places if key} | ({selection.place} if selection.place else set())
    domains = {d.value: DOMAIN_NAMES[d] for d in Domain if d not in OUTSIDE}
    periods = dict(PERIODS)
    if choice.period_key not in periods:
        periods[choice.period_key] = choice.period_name
    fields = [
        ("period", "统计期", choice.period_key, periods),
        (
            "department",
            "单位",
            selection.department,
            _sorted(homes, lambda id: department_name(id, jurisdictions)),
        ),
        ("domain", "领域", selection.domain, domains),
        ("place", "地区", selection.place, _sorted(places, lambda code: place_name(code, jurisdictions))),
    ]
    return [
        {"name": name, "label": label, "chosen": chosen, "options": options, "all": name != "period"}
        for name, label, chosen, options in fields
    ]


def _sorted(keys: set[Any], name_of: Any) -> dict[str, str]:
    return dict(sorted(((key, name_of(key)) for key in keys), key=lambda pair: pair[1]))
