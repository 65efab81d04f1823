"""What the reader chose on the page: period, jurisdiction, department, domain, place; and links that keep it.

Decides nothing about rights: the scope comes from `CaseService` and is part of every selection.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache
from urllib.parse import quote_plus

from aiohttp import web

from cases.errors import InvalidInput
from cases.figures.statistics import Period, Selection
from cases.instants import local_date
from cases.people import Role
from classify.types import Domain
from handlers.web.access.policy import actor_of
from handlers.web.keys import NOW, SERVICE

BOARD_ROLES = (Role.SUPERVISOR, Role.HEAD)
PERIODS: dict[str, str] = {
    "7d": "近7天",
    "30d": "近30天",
    "90d": "近90天",
    "month": "本月",
    "last": "上月",
    "year": "今年",
    "12m": "近12个月",
    "3y": "近三年",
}
DEFAULT_PERIOD = "30d"
_MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")
_CHOSEN = ("jurisdiction", "department", "domain", "place")


@dataclass(frozen=True)
class Choice:
    """The page's question."""

    selection: Selection
    period: Period
    period_key: str
    period_name: str

    @cached_property
    def parameters(self) -> dict[str, str]:
        """What a link must repeat."""
        chosen = {name: getattr(self.selection, name) for name in _CHOSEN}
        return {"period": self.period_key} | {name: value for name, value in chosen.items() if value}

    def link(self, path: str = "/board", **changes: str | int | None) -> str:
        """A link that keeps the choice; a change to None drops that part."""
        values = {**self.parameters, **changes}
        query = "&".join(
            [f"{name}={_quoted(value)}" for name, value in values.items() if value not in (None, "")]
        )
        return f"{path}?{query}" if query else path

    def cases(self, **conditions: str | int | None) -> str:
        """The list behind a mark."""
        return self.link("/board/cases", **conditions)


@lru_cache(5000)
def _quoted(value: str | int | None) -> str:
    """A page repeats the same departments, places and days in hundreds of links."""
    return quote_plus(str(value))


def choice_of(request: web.Request) -> Choice:
    """Raises InvalidInput for a domain or period that does not exist."""
    query = request.query
    key = query.get("period", DEFAULT_PERIOD)
    now = request.app[NOW]()
    if "since" in query or "until" in query:
        period, name = _from_dates(query), "所选日期"
    else:
        period, name = period_of(key, local_date(now))
    selection = Selection(
        request.app[SERVICE].scope(actor_of(request)),
        jurisdiction=query.get("jurisdiction") or None,
        department=query.get("department") or None,
        domain=_domain(query.get("domain")),
        place=query.get("place") or None,
    )
    return Choice(selection, period, key, name)


def _domain(text: str | None) -> str | None:
    if not text:
        return None
    try:
        return Domain(text).value
    except ValueError:
        raise InvalidInput("没有这个重点领域。") from None


def _from_dates(query: Mapping[str, str]) -> Period:
    """`since` and `until` are both included."""
    try:
        since = date.fromisoformat(query["since"])
        until = date.fromisoformat(query.get("until", query["since"])) + timedelta(days=1)
    except (KeyError, ValueError):
        raise InvalidInput("日期应写成 2026-11-22。") from None
    if not since < until or since.year < 2000 or until.year > 2100:
        raise InvalidInput("结束日期不能早于开始日期。")
    return Period(since, until)


def period_of(key: str, today: date) -> tuple[Period, str]:
    """The period a key names, and its name. Days count in China; today is included."""
    tomorrow = today + timedelta(days=1)
    first = today.replace(day=1)
    match = _MONTH.fullmatch(key)
    if match:
        start = date(int(match[1]), int(match[2]), 1)
        return Period(start, _next_month(start)), f"{start.year}年{start.month}月"
    if key in {"7d", "30d", "90d"}:
        return Period(tomorrow - timedelta(days=int(key[:-1])), tomorrow), PERIODS[key]
    if key == "month":
        return Period(first, tomorrow), PERIODS[key]
    if key == "last":
        return Period((first - timedelta(days=1)).replace(day=1), first), PERIODS[key]
    if key == "year":
        return Period(date(today.year, 1, 1), tomorrow), PERIODS[key]
    if key == "12m":
        return Period(first.replace(year=first.year - 1), tomorrow), PERIODS[key]
    if key == "3y":
        return Period(first.replace(year=first.year - 3), tomorrow), PERIODS[key]
    raise InvalidInput("没有这个统计期。")


def _next_month(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1)


def span_words(period: Period) -> str:
    """2026年10月24日至11月22日."""
    last = period.until - timedelta(days=1)
    start = f"{period.since.year}年{period.since.month}月{period.since.day}日"
    if last == period.since:
        return start
    year = f"{last.year}年" if last.year != period.since.year else ""
    return f"{start}至{year}{last.month}月{last.day}日"
