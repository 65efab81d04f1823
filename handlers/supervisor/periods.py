"""Spans of days and months: the ones to choose from, and how they are named. Days count in China."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import NamedTuple

from cases.errors import InvalidInput
from cases.figures.cells import DAY, MONTH
from cases.figures.statistics import Period
from cases.words import in_chinese
from handlers.supervisor import reasons

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
_MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")
_WEEK = re.compile(r"(20\d\d)-W(\d\d)")
_QUARTER = re.compile(r"(20\d\d)-Q([1-4])")
_YEAR = re.compile(r"(20\d\d)")
_DAYS = re.compile(r"(20\d\d-\d\d-\d\d)_(20\d\d-\d\d-\d\d)")
_LONGEST = 366 * 3
"""Days of a free period."""


def period_of(key: str, today: date) -> tuple[Period, str]:
    """The period a key names, and its name. Days count in China; today is included."""
    tomorrow = today + timedelta(days=1)
    first = first_of_month(today)
    match = _MONTH.fullmatch(key)
    if match:
        start = date(int(match[1]), int(match[2]), 1)
        return Period(start, first_of_month(start, 1)), f"{start.year}年{start.month}月"
    if (named := _named_span(key)) is not None:
        return named
    if key in {"7d", "30d", "90d"}:
        return Period(tomorrow - timedelta(days=int(key[:-1])), tomorrow), PERIODS[key]
    if key == "month":
        return Period(first, tomorrow), PERIODS[key]
    if key == "last":
        return Period(first_of_month(today, -1), first), PERIODS[key]
    if key == "year":
        return Period(date(today.year, 1, 1), tomorrow), PERIODS[key]
    if key == "12m":
        return Period(first_of_month(today, -11), tomorrow), PERIODS[key]
    if key == "3y":
        return Period(first_of_month(today, -35), tomorrow), PERIODS[key]
    raise InvalidInput(reasons.NO_SUCH_PERIOD)


def _named_span(key: str) -> tuple[Period, str] | None:
    """2026-W48, 2026-Q4, 2026, 2026-11-01_2026-11-20 (both days included)."""
    if match := _WEEK.fullmatch(key):
        try:
            start = date.fromisocalendar(int(match[1]), int(match[2]), 1)
        except ValueError:
            raise InvalidInput(reasons.NO_SUCH_PERIOD) from None
        return Period(start, start + timedelta(days=7)), f"{match[1]}年第{int(match[2])}周"
    if match := _QUARTER.fullmatch(key):
        start = date(int(match[1]), int(match[2]) * 3 - 2, 1)
        return Period(start, first_of_month(start, 3)), f"{match[1]}年第{'一二三四'[int(match[2]) - 1]}季度"
    if match := _YEAR.fullmatch(key):
        return Period(date(int(match[1]), 1, 1), date(int(match[1]) + 1, 1, 1)), f"{match[1]}年"
    if match := _DAYS.fullmatch(key):
        try:
            period = Period(date.fromisoformat(match[1]), date.fromisoformat(match[2]) + timedelta(days=1))
        except ValueError:
            raise InvalidInput(reasons.DATE_FORM) from None
        if period.days <= 0:
            raise InvalidInput(reasons.ENDS_BEFORE_IT_BEGINS)
        if period.days > _LONGEST:
            raise InvalidInput(reasons.NO_SUCH_PERIOD)
        return period, span_words(period)
    return None


def just_over(today: date) -> tuple[str, ...]:
    """The last week, month, quarter and year that are over."""
    week = (today - timedelta(days=today.weekday() + 1)).isocalendar()
    month, quarter = first_of_month(today, -1), first_of_month(today, -1 - (today.month - 1) % 3)
    return (
        f"{week.year}-W{week.week:02}",
        f"{month:%Y-%m}",
        f"{quarter.year}-Q{(quarter.month + 2) // 3}",
        str(today.year - 1),
    )


class Comparison(NamedTuple):
    """What a period is held against, as it is called in statistics, and in a sentence."""

    kind: str
    name: str
    period: Period


def compared_with(key: str, period: Period) -> Comparison:
    """今年 with the same days of last year (同比); every other with as many days just before (环比)."""
    if key == "year":
        return Comparison("同比", "去年同期", Period(_a_year_ago(period.since), _a_year_ago(period.until)))
    return Comparison("环比", "上期", period.before)


def a_year_before(key: str, period: Period) -> Period:
    """去年同期: the same days, or the week of the same number, a year earlier."""
    if match := _WEEK.fullmatch(key):
        last = date(int(match[1]) - 1, 12, 28).isocalendar().week
        start = date.fromisocalendar(int(match[1]) - 1, min(int(match[2]), last), 1)
        return Period(start, start + timedelta(days=7))
    return Period(_a_year_ago(period.since), _a_year_ago(period.until))


def _a_year_ago(day: date) -> date:
    """29 February is held against the 1st of March, so that the days before it are as many."""
    leap = (day.month, day.day) == (2, 29)
    return date(day.year - 1, 3, 1) if leap else day.replace(year=day.year - 1)


def span_words(period: Period) -> str:
    """2026年10月24日至11月22日."""
    last = last_day(period)
    start = in_chinese(period.since)
    if last == period.since:
        return start
    year = f"{last.year}年" if last.year != period.since.year else ""
    return f"{start}至{year}{last.month}月{last.day}日"


def trend_span(period: Period) -> str:
    """Whether a trend is drawn from figures of days or of months."""
    return DAY if period.days <= 200 else MONTH


def last_day(period: Period) -> date:
    return period.until - timedelta(days=1)


def first_of_month(day: date, later: int = 0) -> date:
    """The first day of the month so many months later (or, below zero, earlier)."""
    year, month = divmod(day.year * 12 + day.month - 1 + later, 12)
    return date(year, month + 1, 1)


def whole_months(period: Period) -> Period:
    """The months a period touches: what figures by channel and by person are kept for."""
    return Period(first_of_month(period.since), first_of_month(last_day(period), 1))
