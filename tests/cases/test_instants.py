"""Instants are aware UTC to the millisecond; days are those of China."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from cases.instants import CHINA, EPOCH, FOREVER, end_of, local_date, read_day, start_of, to_instant


def test_an_instant_is_utc_to_the_millisecond() -> None:
    written = datetime(2026, 11, 23, 10, 0, 0, 123_999, timezone(timedelta(hours=8)))
    assert to_instant(written) == datetime(2026, 11, 23, 2, 0, 0, 123_000, UTC)
    assert to_instant(written).tzinfo is UTC
    assert to_instant(written.replace(microsecond=999)).microsecond == 0


@pytest.mark.parametrize("read", [to_instant, local_date])
def test_a_time_without_a_zone_is_refused(read: object) -> None:
    with pytest.raises(ValueError, match="zone"):
        read(datetime(2026, 11, 23))  # type: ignore[operator]  # noqa: DTZ001


def test_the_day_begins_at_four_in_the_afternoon_utc() -> None:
    assert local_date(datetime(2026, 11, 22, 15, 59, 59, tzinfo=UTC)) == date(2026, 11, 22)
    assert local_date(datetime(2026, 11, 22, 16, 0, tzinfo=UTC)) == date(2026, 11, 23)
    assert CHINA.utcoffset(None) == timedelta(hours=8)


def test_a_day_is_read_from_a_day_or_from_an_instant() -> None:
    assert read_day("2026-11-22") == date(2026, 11, 22)
    assert read_day("2026-11-22T17:00:00+00:00") == date(2026, 11, 23)
    with pytest.raises(ValueError, match="tomorrow"):
        read_day("tomorrow")


def test_a_day_begins_when_the_one_before_has_ended() -> None:
    assert start_of(date(2026, 11, 23)) == datetime(2026, 11, 22, 16, 0, tzinfo=UTC)
    assert start_of(date(2026, 11, 23)) - end_of(date(2026, 11, 22)) == timedelta(milliseconds=1)


def test_a_day_ends_with_its_last_millisecond() -> None:
    end = end_of(date(2026, 11, 23))
    assert end == datetime(2026, 11, 23, 15, 59, 59, 999_000, UTC)
    assert end.tzinfo is UTC
    assert local_date(end + timedelta(milliseconds=1)) == date(2026, 11, 24)
    assert to_instant(end) == end


def test_there_is_a_first_and_a_last_instant() -> None:
    assert EPOCH.timestamp() == 0
    assert datetime(9999, 12, 31, tzinfo=UTC) == FOREVER
