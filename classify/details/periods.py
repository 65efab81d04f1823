"""The time a complaint is about: 2021年3月至今, 拖了两年, 去年8月起, as a range of days.

Durations count back from `today`; without it they stay unread. No clock is asked here.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import pairwise

from classify.money.numerals import chinese_number, matches
from classify.types import StatedPeriod

_DATE = re.compile(
    r"(?P<year>(?:19|20)\d{2}(?=年|\.|/|-\d)|[零一二三四五六七八九〇]{4}(?=年)|今(?=年)|去(?=年)|前(?=年[^后来]))(?:年|[./-])"
    r"(?:(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])(?![\d十一二三四五六七八九]?岁|\d(?:[^\d月日号./-]|$))(?:月份?|[./-])?)?(?:(?P<day>[12]\d|3[01]|0?[1-9])(?:日|号)?(?!\d|岁))?"
)
_YEAR = re.compile(r"[12零一二三四五六七八九〇今去前]")
_OPEN = re.compile(r"^(?P<between>[^,。;!?\n]{0,10}?)(?P<open>至今|到现在|到目前|以来|迄今|起)")
_UNTIL = re.compile(r"^[^,。;!?\n]{0,3}?(?:至|到|-|—|~)[^,。;!?\n]{0,2}?$")
_DURATION = re.compile(
    r"(?P<number>(?<!\d)\d{1,3}|[一二三四五六七八九十两几半数]{1,3})(?P<more>多|余|来)?(?P<unit>个?半?(?:年|个月|月|天|周|星期))(?P<half>半)?(?P<tail>多|了|有余|之久|以来|没|未|不)?"
)
_NUMBER = re.compile(r"[\d一二三四五六七八九十两几半数]")
_WAITED = re.compile(r"拖|已经?|历时|历经|长达|近|快|欠|至今|都|等|过去|整整|将近|有|超过|达|了|停")
DAYS = {"年": 365, "月": 30, "个月": 30, "天": 1, "周": 7, "星期": 7}


def find_period(text: str, today: date | None) -> StatedPeriod | None:
    """The first range that is said to last, else the span of the dates named, else a duration."""
    dates = list(_dates(text, today))
    for start, end, when, _ in dates:
        opened = _OPEN.match(text[end : end + 16])
        if opened:
            gap = "……" if opened["between"] else ""
            return StatedPeriod(when, None, text[start:end] + gap + opened["open"])
    for (start, end, since, _), (start2, end2, _, until) in pairwise(dates):
        if _UNTIL.match(text[end:start2]) and since <= until:
            return StatedPeriod(since, until, text[start:end2])
    lasted = _duration(text, today)
    if lasted:
        return lasted
    if dates:
        start, end, when, _ = min(dates, key=lambda item: item[2])
        return StatedPeriod(when, None, text[start:end])
    return None


def _dates(text: str, today: date | None) -> list[tuple[int, int, date, date]]:
    found = []
    for match in matches(_DATE, _YEAR, text):
        year = _year(match["year"], today)
        if year is None or not 1949 <= year <= 2100:
            continue
        month = _small(match["month"])
        try:
            first = date(year, month or 1, int(match["day"] or 1) if month else 1)
        except ValueError:
            continue
        last = first if match["day"] and month else _last_day(year, month)
        if today is None or first <= today:
            found.append((match.start(), match.end(), first, last))
    return found


def _year(written: str, today: date | None) -> int | None:
    back = {"今": 0, "去": 1, "前": 2}.get(written)
    if back is not None:
        return today.year - back if today else None
    value = chinese_number(written) if not written.isdigit() else float(written)
    return int(value) if value else None


def _small(written: str | None) -> int | None:
    if not written:
        return None
    value = float(written) if written.isdigit() else chinese_number(written)
    return int(value) if value and 1 <= value <= 12 else None


def _last_day(year: int, month: int | None) -> date:
    following = date(year + 1, 1, 1) if month in (None, 12) else date(year, (month or 0) + 1, 1)
    return following - timedelta(days=1)


def _duration(text: str, today: date | None) -> StatedPeriod | None:
    if today is None:
        return None
    for match in matches(_DURATION, _NUMBER, text):
        before = text[max(0, match.start() - 4) : match.start()]
        if not match["tail"] and not _WAITED.search(before):
            continue
        number = float(match["number"]) if match["number"].isdigit() else chinese_number(match["number"])
        unit = match["unit"].removeprefix("个") if "月" in match["unit"] else match["unit"]
        days = DAYS.get(unit.replace("半", "").replace("个", ""))
        if not number or not days:
            continue
        length = (number + (0.5 if match["half"] or "半" in match["unit"] else 0)) * days
        if length < 36500:
            return StatedPeriod(today - timedelta(days=round(length)), None, match.group())
    return None
