"""Which reports there are to read and to take away."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from aiohttp import web

from cases.instants import local_date
from cases.rules.laws import PETITIONS
from handlers.supervisor.choices import BOARD_ROLES
from handlers.supervisor.periods import first_of_month, period_of, span_words
from handlers.web.access.policy import allow
from handlers.web.chinese_font import has_font
from handlers.web.keys import NOW, OPTIONS
from handlers.web.pages.templates import render


@allow(*BOARD_ROLES)
async def list_reports(request: web.Request) -> web.StreamResponse:
    """With `since` and `until` it leads to the report of these days."""
    if request.query.get("since") and request.query.get("until"):
        raise web.HTTPSeeOther(f"/board/report/{request.query['since']}_{request.query['until']}")
    today = local_date(request.app[NOW]())
    kinds = [
        (name, [(key, *_named(key, today)) for key in keys])
        for name, keys in (
            ("月报", list(months(today))),
            ("周报", list(weeks(today))),
            ("季报", list(quarters(today))),
            ("年报", [str(today.year - n) for n in range(3)]),
        )
    ]
    context = {
        "kinds": kinds,
        "years": [today.year - n for n in range(4)],
        "law": PETITIONS.cite("第四十一条"),
        "has_font": has_font(request.app[OPTIONS].letter_font),
    }
    return render("supervisor/reports.html", request, context)


def _named(key: str, today: date) -> tuple[str, str, bool]:
    """Its name, its days, and whether it still runs."""
    period, name = period_of(key, today)
    return name, span_words(period), period.until > today


def months(today: date) -> Iterator[str]:
    yield from (f"{first_of_month(today, -n):%Y-%m}" for n in range(13))


def weeks(today: date) -> Iterator[str]:
    for n in range(6):
        year, week, _ = (today - timedelta(weeks=n)).isocalendar()
        yield f"{year}-W{week:02}"


def quarters(today: date) -> Iterator[str]:
    for n in range(5):
        day = first_of_month(today, -3 * n)
        yield f"{day.year}-Q{(day.month + 2) // 3}"
