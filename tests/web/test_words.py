"""How dates, amounts and spans read."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from cases.people import Role
from cases.vocabulary import Status
from cases.words import DOMAIN_NAMES
from classify.types import Domain
from handlers.web.pages.filters import (
    FILTERS,
    STATUS_TONES,
    chinese_date,
    chinese_datetime,
    duration,
    file_size,
    money,
)


def test_a_late_evening_in_utc_is_the_next_day_in_china() -> None:
    late = datetime(2026, 11, 21, 16, 5, tzinfo=UTC)
    assert chinese_date(late) == "2026年11月22日"
    assert chinese_datetime(late) == "2026年11月22日 00:05"
    assert chinese_date(date(2026, 1, 2)) == "2026年1月2日"
    assert chinese_date(None) == "—"


@pytest.mark.parametrize(
    ("yuan", "text"),
    [
        (0, "0元"),
        (8000, "8,000元"),
        (9999.5, "9,999.5元"),
        (10_000, "1万元"),
        (1_250_000, "125万元"),
        (123_456, "12.35万元"),
        (230_000_000, "2.3亿元"),
        (-50_000, "-5万元"),
        (None, "—"),
    ],
)
def test_amounts_read_in_the_unit_people_use(yuan: int, text: str) -> None:
    assert money(yuan) == text


@pytest.mark.parametrize(
    ("span", "text"),
    [
        (timedelta(seconds=20), "不到1分"),
        (timedelta(minutes=65), "1小时5分"),
        (timedelta(hours=2), "2小时"),
        (timedelta(days=3, hours=4, minutes=9), "3天4小时"),
        (timedelta(days=15, hours=4), "15天"),
        (None, "—"),
    ],
)
def test_spans_have_at_most_two_parts(span: timedelta, text: str) -> None:
    assert duration(span) == text


def test_sizes_read_in_kb_and_mb() -> None:
    assert [file_size(n) for n in (10, 2048, 5 * 1024 * 1024)] == ["10 B", "2 KB", "5.0 MB"]


def test_every_status_role_and_domain_has_a_name() -> None:
    assert set(STATUS_TONES) == set(Status)
    assert set(DOMAIN_NAMES) == set(Domain)
    for status in Status:
        assert FILTERS["status_name"](status) != status.value
    for role in Role:
        assert FILTERS["role_name"](role.value) != role.value
    assert FILTERS["domain_name"](None) == "—"
    assert FILTERS["outcome_name"]("something new") == "something new"
