"""How values read on a page of staff, as filters of its template: dates, amounts, names in Chinese.

Formats only; decides nothing.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from cases.clocks import Clock, days_left
from cases.instants import CHINA
from cases.people import Role
from cases.vocabulary import Channel, Status
from cases.words import (
    CHANNEL_NAMES,
    CLOCK_NAMES,
    DOMAIN_NAMES,
    OUTCOME_NAMES,
    ROLE_NAMES,
    SEVERITY_NAMES,
    STATUS_NAMES,
    UNIT_NAMES,
    in_chinese,
)
from classify.types import Domain, Severity

STATUS_TONES: dict[Status, str] = {
    Status.REGISTERED: "blue",
    Status.ACCEPTED: "teal",
    Status.AWAITING_CITIZEN: "amber",
    Status.ANSWERED: "green",
    Status.CLOSED: "grey",
    Status.DECLINED: "red",
    Status.WITHDRAWN: "grey",
    Status.MERGED: "grey",
    Status.IN_REVIEW: "violet",
    Status.IN_FINAL_REVIEW: "violet",
}


def chinese_date(value: date | datetime | None) -> str:
    """2026年11月22日, in Asia/Shanghai for instants; a dash for nothing."""
    return "—" if value is None else in_chinese(value)


def chinese_datetime(value: datetime | None) -> str:
    """2026年11月22日 10:05, in Asia/Shanghai."""
    if value is None:
        return "—"
    return f"{chinese_date(value)} {value.astimezone(CHINA):%H:%M}"


def short_datetime(value: datetime | None) -> str:
    """11月22日 10:05, for dense tables."""
    if value is None:
        return "—"
    local = value.astimezone(CHINA)
    return f"{local.month}月{local.day}日 {local:%H:%M}"


def machine_time(value: datetime | date | None) -> str:
    """For the datetime attribute of <time>."""
    return "" if value is None else value.isoformat()


def money(yuan: int | float | Decimal | None) -> str:
    """8000 → 8,000元, 1250000 → 125万元, 230000000 → 2.3亿元."""
    if yuan is None:
        return "—"
    amount = Decimal(str(yuan))
    for unit, name in ((Decimal(100_000_000), "亿元"), (Decimal(10_000), "万元")):
        if abs(amount) >= unit:
            return f"{_plain(amount / unit)}{name}"
    return f"{_plain(amount)}元"


def _plain(amount: Decimal) -> str:
    rounded = amount.quantize(Decimal("0.01"), ROUND_HALF_UP)
    return f"{rounded:,f}".rstrip("0").rstrip(".")


def file_size(count: int) -> str:
    """Bytes as 312 KB or 1.5 MB."""
    if count < 1024:
        return f"{count} B"
    if count < 1024 * 1024:
        return f"{count / 1024:.0f} KB"
    return f"{count / 1024 / 1024:.1f} MB"


def duration(value: timedelta | None) -> str:
    """3天4小时, 4小时5分, 5分; never more than two parts."""
    if value is None:
        return "—"
    minutes = int(abs(value).total_seconds() // 60)
    days, rest = divmod(minutes, 24 * 60)
    hours, minutes = divmod(rest, 60)
    if days:
        return f"{days}天{hours}小时" if hours and days < 10 else f"{days}天"
    if hours:
        return f"{hours}小时{minutes}分" if minutes else f"{hours}小时"
    return f"{minutes}分" if minutes else "不到1分"


def clock_length(clock: Clock) -> str:
    """15日, 3个工作日."""
    return f"{clock.amount}{UNIT_NAMES[clock.unit]}"


def named(names: dict[Any, str], kind: type) -> Any:
    """A filter that gives the Chinese name of a value, or of its key; unknown values read as they are."""

    def name_of(value: Any) -> str:
        if value is None or value == "":
            return "—"
        try:
            return names[kind(value)]
        except (KeyError, ValueError):
            return str(value)

    return name_of


FILTERS: dict[str, Any] = {
    "date": chinese_date,
    "datetime": chinese_datetime,
    "short_datetime": short_datetime,
    "machine_time": machine_time,
    "money": money,
    "file_size": file_size,
    "duration": duration,
    "clock_length": clock_length,
    "time_left": days_left,
    "in_chinese": in_chinese,
    "status_name": named(STATUS_NAMES, Status),
    "status_tone": lambda status: STATUS_TONES.get(Status(status), "grey"),
    "role_name": named(ROLE_NAMES, Role),
    "domain_name": named(DOMAIN_NAMES, Domain),
    "outcome_name": named(OUTCOME_NAMES, str),
    "severity_name": named(SEVERITY_NAMES, Severity),
    "channel_name": named(CHANNEL_NAMES, Channel),
    "clock_name": named(CLOCK_NAMES, str),
}
