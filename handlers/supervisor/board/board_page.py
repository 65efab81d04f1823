"""The board: one page that says which departments answer in time, where it gets worse, and what waits."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from aiohttp import web

from cases.figures.cells import Figures, total
from cases.figures.measures import WORDS
from cases.figures.statistics import LEFT_LIMITS, SMALL_GROUP, TABLE, Backlog, Period
from cases.rules.jurisdictions import Jurisdictions
from cases.words import DOMAIN_NAMES
from classify.types import OUTSIDE, Domain
from handlers.supervisor.board import pictures
from handlers.supervisor.board.findings import Finding, findings
from handlers.supervisor.board.tables import (
    Groups,
    Row,
    enough,
    kept_share,
    names_for,
    rolled,
    rows_of,
    standing_by,
    voice,
)
from handlers.supervisor.choices import BOARD_ROLES, PERIODS, Choice, choice_of, span_words
from handlers.supervisor.keys import STATISTICS
from handlers.supervisor.places import department_name, place_name
from handlers.web.access.policy import allow
from handlers.web.keys import NOW, SERVICE
from handlers.web.templates import render

BREAKDOWNS = {
    "department": "单位",
    "domain": "领域",
    "place": "地区",
    "month": "月份",
    "channel": "渠道",
    "person": "承办人",
    "jurisdiction": "辖区",
}
KEY = ("jurisdiction", "home", "domain")
TILES = ("n.filed", "n.handle_kept", "n.handle_broken")


class Tally(NamedTuple):
    """A headline figure and how it was in the period before."""

    label: str
    value: str
    change: str
    tone: str
    href: str
    measure: str


@dataclass(frozen=True)
class Seen:
    """Everything the page is drawn from. Sums are made once, because every picture asks for them."""

    choice: Choice
    now: Groups
    before: Groups
    backlog: Backlog
    places: dict[str, Figures]
    points: dict[str, Figures]

    @cached_property
    def whole(self) -> Figures:
        return total(self.by_home.values())

    @cached_property
    def whole_before(self) -> Figures:
        return total(self.by_home_before.values())

    @cached_property
    def by_home(self) -> dict[str, Figures]:
        return rolled(self.now, 1)

    @cached_property
    def by_home_before(self) -> dict[str, Figures]:
        return rolled(self.before, 1)

    def by(self, part: int) -> tuple[dict[str, Figures], dict[str, Figures]]:
        """Now and before, by this part of KEY."""
        if KEY[part] == "home":
            return self.by_home, self.by_home_before
        return rolled(self.now, part), rolled(self.before, part)


@allow(*BOARD_ROLES)
async def show_board(request: web.Request) -> web.StreamResponse:
    choice = choice_of(request)
    seen = await look(request, choice)
    by = request.query.get("by", "department")
    by = by if by in BREAKDOWNS else "department"
    rows = await breakdown(request, seen, by)
    tabs = [(name, choice.link(by=key) + "#table", None, key == by) for key, name in breakdowns(seen).items()]
    context = {**_context(request, seen), "rows": rows, "by": by, "breakdown_tabs": tabs}
    return render("supervisor/board.html", request, context)


async def look(request: web.Request, choice: Choice) -> Seen:
    """Ask storage for everything at once."""
    statistics, selection = request.app[STATISTICS], choice.selection
    view, key = ("place", KEY) if selection.place else ("work", KEY)
    now, before, backlog, places, points = await asyncio.gather(
        statistics.figures(view, selection, choice.period, key, (*TABLE, "q")),
        statistics.figures(view, selection, choice.period.before, key, TABLE),
        statistics.backlog(selection, request.app[NOW]()),
        statistics.figures("place", selection, choice.period, ("place",), TILES),
        statistics.trend(selection, choice.period, pictures.trend_span(choice.period)),
    )
    by_place = {key[0]: figures for key, figures in places.items()}
    return Seen(choice, now, before, backlog, by_place, points)


async def breakdown(request: web.Request, seen: Seen, by: str) -> list[Row]:
    """The table: by department, domain, place, month, channel, person or jurisdiction."""
    statistics, choice = request.app[STATISTICS], seen.choice
    names = names_for(by, request.app[SERVICE].jurisdictions)
    selection, period = choice.selection, choice.period
    if by in {"department", "domain", "jurisdiction"}:
        part = ("jurisdiction", "department", "domain").index(by)
        there = {} if by == "jurisdiction" else standing_by(seen.backlog, by)
        return rows_of(*seen.by(part), there, choice, by, names)
    if by == "place":
        there = standing_by(seen.backlog, "place")
        found = await statistics.figures("place", selection, period, ("place",), TABLE)
        return rows_of({k[0]: f for k, f in found.items()}, {}, there, choice, by, names)
    months = whole_months(period)
    if by == "month":
        months = Period(pictures.month_start(months.until, 13), months.until)
        found = await statistics.figures("work", selection, months, ("at",), TABLE)
        return rows_of({k[0]: f for k, f in found.items()}, {}, {}, choice, by, names)
    if by == "channel":
        found = await statistics.figures("channel", selection, months, ("channel",), TABLE)
        return rows_of({k[0]: f for k, f in found.items()}, {}, {}, choice, by, names)
    found = await statistics.figures("person", selection, months, ("person",), TABLE)
    people = {k[0]: f for k, f in found.items() if k[0]}
    staff = await statistics.names_of(selection, list(people))
    return rows_of(people, {}, {}, choice, by, lambda key: staff.get(key, key))


def whole_months(period: Period) -> Period:
    """The months a period touches: what figures by channel and by person are kept for."""
    return Period(period.since.replace(day=1), pictures.month_start(period.until, -1))


def _context(request: web.Request, seen: Seen) -> dict[str, Any]:
    choice, jurisdictions = seen.choice, request.app[SERVICE].jurisdictions
    whole = seen.whole
    points = pictures.trend_points(seen.points, choice)
    rates, comparison = pictures.comparison(seen.by_home, choice, jurisdictions)
    return {
        "choice": choice,
        "period_words": span_words(choice.period),
        "before_words": span_words(choice.period.before),
        "filters": filters(choice, jurisdictions, seen),
        "tallies": tallies(seen),
        "findings": findings_of(seen, jurisdictions),
        "points": points,
        "trend": pictures.trend_picture(points),
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
        "words": WORDS,
        "small": SMALL_GROUP,
    }


def breakdowns(seen: Seen) -> dict[str, str]:
    several = len({key[0] for key in seen.now}) > 1
    return {key: name for key, name in BREAKDOWNS.items() if key != "jurisdiction" or several}


def findings_of(seen: Seen, jurisdictions: Jurisdictions) -> list[Finding]:
    return findings(
        seen.choice,
        seen.by_home,
        seen.by_home_before,
        seen.backlog,
        lambda id: department_name(id, jurisdictions),
    )


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


def tallies(seen: Seen) -> list[Tally]:
    """The headline: what stands open, and how well promises were kept."""
    choice, now, before = seen.choice, seen.whole, seen.whole_before
    backlog = seen.backlog
    overdue, amber = backlog.count(overdue=True), backlog.count(amber=True)
    filed, was = now.counts["filed"], before.counts["filed"]
    return [
        Tally("在办", f"{backlog.count():,}", "现在", "", choice.cases(state="open"), "open"),
        Tally(
            "已超期",
            f"{overdue:,}",
            "现在",
            "red" if overdue else "",
            choice.cases(state="overdue"),
            "overdue",
        ),
        Tally(
            "即将到期", f"{amber:,}", "现在", "amber" if amber else "", choice.cases(state="amber"), "amber"
        ),
        Tally("收件", f"{filed:,}", _count_change(filed, was), "", choice.cases(event="filed"), "filed"),
        _rate_tally("受理按期率", "accept", now, before, choice),
        _rate_tally("答复按期率", "handle", now, before, choice),
        _time_tally("受理用时", "accept", now, before, choice.cases(event="accepted")),
        _time_tally("答复用时", "answer", now, before, choice.cases(event="answered")),
    ]


def _count_change(now: int, before: int) -> str:
    if now == before:
        return f"上期同为 {before:,}"
    return f"较上期{'增' if now > before else '减'} {abs(now - before):,}"


def _rate_tally(label: str, kind: str, now: Figures, before: Figures, choice: Choice) -> Tally:
    share, was = kept_share(now, kind), kept_share(before, kind)
    href = choice.cases(event=f"{kind}_broken")
    change = "上期无可比" if was is None or share is None else _points(share - was)
    return Tally(label, "—" if share is None else f"{share:.1%}", change, "", href, f"{kind}_on_time")


def _points(difference: float) -> str:
    points = round(difference * 100, 1)
    return "与上期持平" if points == 0 else f"较上期{'升' if points > 0 else '降'} {abs(points)} 个点"


def _time_tally(label: str, measure: str, now: Figures, before: Figures, href: str) -> Tally:
    median, was, p90 = enough(now, measure, 0.5), enough(before, measure, 0.5), enough(now, measure, 0.9)
    if median is None:
        return Tally(f"{label}中位数", "—", f"不足{SMALL_GROUP}件", "", href, measure)
    note = f"九成线 {days(p90)}"
    if was is not None:
        note += f"，上期 {days(was)}"
    return Tally(f"{label}中位数", days(median), note, "", href, measure)


def days(seconds: float | None) -> str:
    """2.4天; hours below one day; a dash for nothing."""
    if seconds is None:
        return "—"
    if seconds < 86_400:
        return f"{seconds / 3600:.1f}小时"
    return f"{seconds / 86_400:.1f}天"


def voices(seen: Seen) -> list[tuple[str, str, str]]:
    """响应率, 解决率, 满意率 with their change."""
    now, before = seen.whole, seen.whole_before
    made = []
    for label, part in (("响应率", "responded"), ("解决率", "solved"), ("满意率", "satisfied")):
        share, was = voice(now, part), voice(before, part)
        change = "" if share is None or was is None else _points(share - was)
        made.append((label, "—" if share is None else f"{share:.0%}", change))
    return made
