"""The working-day calendar of China and the counting of days (民法典 第201、203条).

Official days come from `chinesecalendar`, or from a file per year put into a folder when the State
Council publishes the next one. A year without either is counted by weekends and the holidays fixed
by law, without shifted days, and everything that touches it is provisional (暂定).
Nothing here reads the time or guesses a shifted day.
"""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import chinese_calendar
from chinese_calendar import constants

from cases.vocabulary import Unit

_DAY = timedelta(days=1)
_STATUTORY_FILE = Path(__file__).parent / "statutory_days.toml"


class BadCalendar(ValueError):
    """A calendar file cannot be used; the text names the file and says why."""


@dataclass(frozen=True, slots=True)
class YearPlan:
    """The published schedule of one year: days off that are weekdays or weekends, and shifted workdays."""

    year: int
    source: str
    off: frozenset[date]
    work: frozenset[date]


class WorkCalendar:
    """Says which days are worked and when a period ends. Immutable once made."""

    def __init__(self, folder: Path | None = None) -> None:
        self._plans = _read_folder(folder) if folder is not None else {}
        self._package_years = frozenset(day.year for day in constants.holidays)
        self._fixed, self._movable = _read_statutory()

    def is_official(self, year: int) -> bool:
        """Whether the schedule of this year has been published and is known here."""
        return year in self._plans or year in self._package_years

    def is_working_day(self, day: date) -> bool:
        if isinstance(day, datetime):
            raise TypeError("a date is needed, not an instant; use local_date first")
        plan = self._plans.get(day.year)
        if plan is not None:
            return day in plan.work or (day.weekday() < 5 and day not in plan.off)
        if day.year in self._package_years:
            return bool(chinese_calendar.is_workday(day))
        return day.weekday() < 5 and not self._is_statutory(day)

    def last_day(self, start: date, amount: int, unit: Unit) -> tuple[date, bool]:
        """The last day of a period, and whether it rests on a year that is not published yet.

        The start day does not count; a last day on a holiday rolls on to the next working day.
        """
        if amount < 0:
            raise ValueError("a period cannot be negative")
        if unit is Unit.CALENDAR_DAY:
            return self.roll_on(start + timedelta(days=amount))
        return self.add_working_days(start, amount)

    def roll_on(self, day: date) -> tuple[date, bool]:
        """This day or, when it is not worked, the next working day."""
        provisional = not self.is_official(day.year)
        while not self.is_working_day(day):
            day += _DAY
            provisional = provisional or not self.is_official(day.year)
        return day, provisional

    def add_working_days(self, start: date, amount: int) -> tuple[date, bool]:
        """The amount-th working day after the start day; for 0 the start day rolled on."""
        if amount == 0:
            return self.roll_on(start)
        day, provisional = start, False
        while amount:
            day += _DAY
            provisional = provisional or not self.is_official(day.year)
            amount -= self.is_working_day(day)
        return day, provisional

    def working_days_between(self, after: date, until: date) -> int:
        """Working days later than `after`, up to and including `until`."""
        return sum(self.is_working_day(after + timedelta(days=n)) for n in range(1, (until - after).days + 1))

    def _is_statutory(self, day: date) -> bool:
        return (day.month, day.day) in self._fixed or day in self._movable


def _read_folder(folder: Path) -> dict[int, YearPlan]:
    if not folder.is_dir():
        raise BadCalendar(f"calendar folder {folder} does not exist")
    files = sorted(path for path in folder.iterdir() if path.suffix in {".toml", ".json"})
    plans: dict[int, YearPlan] = {}
    for path in files:
        plan = _read_plan(path)
        if plan.year in plans:
            raise BadCalendar(f"{path}: year {plan.year} is given by another file too")
        plans[plan.year] = plan
    return plans


def _read_plan(path: Path) -> YearPlan:
    """`year`, `source` (the notice), `off` and `work`: dates or ["first", "last"] ranges."""
    text = path.read_text("utf-8")
    try:
        raw: dict[str, Any] = tomllib.loads(text) if path.suffix == ".toml" else json.loads(text)
        plan = YearPlan(int(raw["year"]), str(raw["source"]), _days(raw["off"]), _days(raw["work"]))
    except (KeyError, TypeError, ValueError) as error:
        raise BadCalendar(f"{path}: needs year, source, off and work ({error!r})") from error
    return _checked(plan, path)


def _checked(plan: YearPlan, path: Path) -> YearPlan:
    if any(day.year != plan.year for day in plan.off | plan.work):
        raise BadCalendar(f"{path}: every day must lie in {plan.year}")
    if plan.off & plan.work:
        raise BadCalendar(f"{path}: a day is both off and worked")
    if not plan.off:
        raise BadCalendar(f"{path}: no day off is given")
    if any(day.weekday() < 5 for day in plan.work):
        raise BadCalendar(f"{path}: a shifted workday must be a Saturday or a Sunday")
    return plan


def _days(items: list[Any]) -> frozenset[date]:
    days: set[date] = set()
    for item in items:
        first, last = (item[0], item[1]) if isinstance(item, list) else (item, item)
        first, last = _as_date(first), _as_date(last)
        days.update(first + timedelta(days=n) for n in range((last - first).days + 1))
    return frozenset(days)


def _as_date(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)


def _read_statutory() -> tuple[frozenset[tuple[int, int]], frozenset[date]]:
    raw = tomllib.loads(_STATUTORY_FILE.read_text("utf-8"))
    fixed = frozenset((int(month), int(day)) for month, day in raw["fixed"])
    return fixed, frozenset(raw["movable"])
