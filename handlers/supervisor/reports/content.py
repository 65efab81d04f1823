"""What a report says of its period, gathered once; when the period is over it is kept as it is."""

from __future__ import annotations

import asyncio
import hashlib
import json
from datetime import datetime

from aiohttp import web

from cases.figures.cells import total
from cases.figures.hot_words import count_words
from cases.figures.reports import KeptReport, ReportContent
from cases.figures.statistics import COUNT_PARTS, SMALL_GROUP, Period, Selection, Statistics
from cases.instants import local_date, start_of
from cases.people import Actor, Role
from cases.rules.jurisdictions import Jurisdictions
from cases.service.services import Services
from handlers.supervisor.choices import Choice, choice_of
from handlers.supervisor.keys import REPORTS, STATISTICS
from handlers.supervisor.overview import pictures
from handlers.supervisor.overview.credit import credit_figures, lines_of
from handlers.supervisor.overview.seen import Seen, see
from handlers.supervisor.overview.tables import BreakdownRow, names_for, rows_of
from handlers.supervisor.overview.tallies import days, unhappy, voices
from handlers.supervisor.periods import a_year_before, period_of, span_words
from handlers.supervisor.places import place_name
from handlers.supervisor.reports.summary import summary
from handlers.web.access.policy import actor_of
from handlers.web.keys import NOW, SERVICES

RECORDED = 20
"""Bodies with records that a report names."""


async def report_asked(request: web.Request) -> tuple[Choice, ReportContent, KeptReport]:
    """The choice, what the report says, and what is kept of it. Raises InvalidInput for no period of ours."""
    base, now, key = choice_of(request), request.app[NOW](), request.match_info["key"]
    period, name = period_of(key, local_date(now))
    choice = Choice(base.selection, period, key, name)
    store, id = request.app[REPORTS], report_id(actor_of(request), choice)
    kept = await store.find(id)
    if kept.content is not None:
        return choice, kept.content, kept
    statistics = request.app[STATISTICS]
    content = await compose(request.app[SERVICES], statistics, choice, actor_of(request), now)
    if await is_over(statistics, period, now):
        kept = await store.freeze(id, content)
    return choice, kept.content or content, kept


async def is_over(statistics: Statistics, period: Period, now: datetime) -> bool:
    """With everything that happened in it in the figures."""
    known, end = await statistics.caught_up_to(), start_of(period.until)
    return known is not None and known >= end and now >= end


def report_id(actor: Actor, choice: Choice) -> str:
    """One for each period, choice, and department whose eyes it is made for."""
    chosen = choice.selection
    seen = [actor.department, actor.has(Role.SUPERVISOR), choice.period_key]
    narrowed = [chosen.jurisdiction, chosen.department, chosen.domain, chosen.place]
    return hashlib.sha256(json.dumps([*seen, *narrowed]).encode()).hexdigest()[:32]


async def compose(
    services: Services, statistics: Statistics, choice: Choice, reader: Actor, now: datetime
) -> ReportContent:
    """What is to be said of the choice's period to this reader's department, from the figures as they are."""
    selection, period, books = choice.selection, choice.period, services.rules.jurisdictions
    year_before = a_year_before(choice.period_key, period)
    seen, earlier, counties, words, words_before, credit = await asyncio.gather(
        see(statistics, choice, now),
        statistics.figures("work", selection, year_before, ("home",), COUNT_PARTS),
        statistics.by_county(selection, period),
        _words(statistics, selection, period),
        _words(statistics, selection, period.before),
        _credit(services, choice, reader),
    )
    against = [(f"{choice.against.kind}{choice.against.name}", seen.whole_before)]
    if choice.against.period != year_before:
        against.append(("同比去年同期", total(earlier.values())))
    rates, _ = pictures.comparison(seen.by_home, choice, books)
    kept, judged = seen.whole.counts["handle_kept"], seen.whole.judged("handle")
    before = dict(words_before[0])
    return ReportContent(
        title=f"{choice.period_name}办理情况报告",
        span=f"{span_words(period)}；{choice.against.kind}{choice.against.name}："
        f"{span_words(choice.against.period)}",
        made_at=now,
        sentences=tuple(summary(seen.whole, against)),
        voices=tuple((label, share) for label, share, _ in voices(seen)),
        unhappy=tuple((name, n) for name, n, _ in unhappy(seen)),
        points=tuple(
            (p.label, p.words, p.filed, p.closed) for p in pictures.trend_points(seen.points, choice)
        ),
        columns=tuple(
            (c.label, c.words, c.cases, c.late)
            for c in pictures.distribution(seen.whole, choice, "handle", "").columns
        ),
        rates=tuple((r.name, r.kept, r.low, r.high, r.judged) for r in rates),
        average=kept / judged if judged else None,
        departments=_rows(seen, 1, choice, "department", books),
        domains=_rows(seen, 2, choice, "domain", books),
        places=_places(seen, books),
        counties=_counties(counties, services),
        words=tuple((word, n, before.get(word, 0)) for word, n in words[0]),
        pairs=words[1],
        credit=credit[0],
        recorded=credit[1],
    )


async def _credit(
    services: Services, choice: Choice, reader: Actor
) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    """As the department's supervisors see it, whoever of them asks: a kept report is the same for all."""
    if not reader.has(Role.SUPERVISOR):
        return (), ()
    office = Actor(roles=frozenset({Role.SUPERVISOR}), department=reader.department)
    found = await credit_figures(services, choice, office)
    if not found.anything:
        return (), ()
    sentences = tuple(f"{line.words}。" for line in lines_of(found, now=False))
    return sentences, tuple((name, str(number)) for _, name, number in found.by_body[:RECORDED])


async def _words(
    statistics: Statistics, selection: Selection, period: Period
) -> tuple[tuple[tuple[str, int], ...], tuple[tuple[str, str, int], ...]]:
    return count_words([phrases async for phrases in statistics.phrases(selection, period)])


def _rows(
    seen: Seen, part: int, choice: Choice, field: str, books: Jurisdictions
) -> tuple[tuple[str, ...], ...]:
    """Without what is open now: that is no figure of the period."""
    names = names_for(field, books)
    rows = rows_of(*seen.by(part), {}, choice, field, names)
    return tuple(_cells(row) for row in rows)


def _cells(row: BreakdownRow) -> tuple[str, ...]:
    def percent(share: float | None) -> str:
        return "—" if share is None else f"{share:.0%}"

    return (
        row.name, str(row.filed), str(row.closed), percent(row.accept_on_time), days(row.accept_median),
        percent(row.handle_on_time), days(row.answer_median), str(row.declined), percent(row.satisfied),
    )  # fmt: skip


def _places(seen: Seen, books: Jurisdictions) -> tuple[tuple[str, str, int], ...]:
    named = [(code, place_name(code, books), f.counts["filed"]) for code, f in seen.places.items()]
    return tuple(sorted((p for p in named if p[2]), key=lambda p: (not p[0], -p[2])))


def _counties(counted: dict[tuple[str, str], int], services: Services) -> tuple[tuple[str, str, int], ...]:
    """Prefectures in the order of their counties' cases; what is small or not known is one line each."""
    rows = list[tuple[str, str, int]]()
    books = services.rules.jurisdictions
    for prefecture in sorted({place for place, _ in counted if place}):
        inside = {county: n for (place, county), n in counted.items() if place == prefecture}
        large = {c: n for c, n in inside.items() if c and n >= SMALL_GROUP}
        name = place_name(prefecture, books)
        for county, n in sorted(large.items(), key=lambda one: -one[1]):
            rows.append((name, _within(services.filing.name_of_region(county) or county, name), n))
        if rest := sum(inside.values()) - sum(large.values()):
            rows.append((name, "其余和不明", rest))
    return tuple(rows)


def _within(full: str, prefecture: str) -> str:
    """城东区 for 青海省西宁市城东区 in 西宁市."""
    return full.partition(prefecture)[2] or full
