"""A clock that stood still has as much time left as it had, whichever days it stood still on."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import example, given
from hypothesis import strategies as st

from cases import clocks, reasons
from cases.instants import end_of, local_date
from cases.vocabulary import ClockKind, Unit
from classify.types import Domain
from tests.cases.days_in_china import CALENDAR, LIMITS, at, due
from tests.rules.invented_limits import limit
from tests.town.refusing import refused


def test_a_pause_moves_a_calendar_clock_by_the_days_it_lasted() -> None:
    clock = clocks.start(limit(15), at(11, 2), CALENDAR)
    assert due(clock) == date(2026, 11, 17)
    resumed = clocks.resume(clocks.pause(clock, at(11, 4)), at(11, 10), CALENDAR)
    assert due(resumed) == date(2026, 11, 23)
    assert resumed.paused_seconds == 6 * 86400
    assert resumed.running


def test_a_pause_does_not_gain_the_weekend_on_which_the_first_due_day_fell() -> None:
    """Nominal end Saturday 14th, rolled to Monday 16th; three days of pause lead to the 17th."""
    clock = clocks.start(limit(5), at(11, 9), CALENDAR)
    assert due(clock) == date(2026, 11, 16)
    assert due(clocks.resume(clocks.pause(clock, at(11, 10)), at(11, 13), CALENDAR)) == date(2026, 11, 17)


def test_a_pause_of_a_working_day_clock_keeps_the_working_days_left() -> None:
    clock = clocks.start(limit(5, Unit.WORKING_DAY), at(9, 28), CALENDAR)
    paused = clocks.pause(clock, at(9, 29))
    resumed = clocks.resume(paused, at(10, 3), CALENDAR)
    assert CALENDAR.working_days_between(date(2026, 9, 29), due(clock)) == 4
    assert CALENDAR.working_days_between(date(2026, 10, 3), due(resumed)) == 4
    assert due(resumed) == date(2026, 10, 12)


def test_pausing_and_resuming_within_a_day_changes_nothing() -> None:
    for unit in Unit:
        clock = clocks.start(limit(10, unit), at(11, 2), CALENDAR)
        again = clocks.resume(clocks.pause(clock, at(11, 4, 9)), at(11, 4, 17), CALENDAR)
        assert again.due_at == clock.due_at


def test_a_clock_paused_on_its_last_day_ends_on_the_day_it_resumes() -> None:
    for unit in Unit:
        clock = clocks.start(limit(3, unit), at(11, 23), CALENDAR)
        resumed = clocks.resume(clocks.pause(clock, at(11, 26, 23, 59)), at(12, 8), CALENDAR)
        assert due(resumed) == date(2026, 12, 8)


def test_a_pause_after_the_time_is_over_does_not_revive_the_clock() -> None:
    for unit in Unit:
        clock = clocks.start(limit(3, unit), at(11, 24), CALENDAR)
        late = clocks.pause(clock, at(11, 29))
        assert clocks.is_late(late, at(11, 29)) is (due(clock) < date(2026, 11, 29))
        resumed = clocks.resume(clocks.pause(clock, at(12, 5)), at(12, 20), CALENDAR)
        assert resumed.due_at == clock.due_at
        assert clocks.colour(resumed, at(12, 20)) == "red"


def test_a_paused_clock_has_no_colour_of_time_however_long_it_stands() -> None:
    paused = clocks.pause(clocks.start(limit(3), at(11, 23), CALENDAR), at(11, 24))
    assert clocks.colour(paused, at(12, 31)) == "paused"
    assert not clocks.is_late(paused, at(12, 31))


def test_pausing_twice_and_resuming_twice_is_once() -> None:
    clock = clocks.start(limit(15), at(11, 2), CALENDAR)
    paused = clocks.pause(clock, at(11, 3))
    assert clocks.pause(paused, at(11, 5)) == paused
    resumed = clocks.resume(paused, at(11, 6), CALENDAR)
    assert clocks.resume(resumed, at(11, 9), CALENDAR) == resumed


def test_several_pauses_add_up() -> None:
    clock = clocks.start(limit(15), at(11, 2), CALENDAR)
    for since, until in ((4, 6), (10, 13)):
        clock = clocks.resume(clocks.pause(clock, at(11, since)), at(11, until), CALENDAR)
    assert due(clock) == date(2026, 11, 23), "17 + 2 + 3 is Sunday the 22nd, rolled on"
    assert len(clock.pauses) == 2


def test_time_never_runs_backwards() -> None:
    clock = clocks.start(limit(15), at(11, 5), CALENDAR)
    with refused(reasons.BEFORE_LAST_STEP):
        clocks.pause(clock, at(11, 4))
    paused = clocks.pause(clock, at(11, 6))
    with refused(reasons.BEFORE_LAST_STEP):
        clocks.resume(paused, at(11, 5), CALENDAR)
    resumed = clocks.resume(paused, at(11, 8), CALENDAR)
    with refused(reasons.BEFORE_LAST_STEP):
        clocks.pause(resumed, at(11, 7))
    assert clocks.pause(resumed, at(11, 8)).paused_at == at(11, 8), "the same instant is not earlier"


@given(
    st.dates(date(2026, 1, 1), date(2026, 6, 30)),
    st.integers(1, 60),
    st.sampled_from(Unit),
    st.lists(st.integers(0, 9 * 24), min_size=2, max_size=6),
)
@example(date(2026, 1, 1), 7, Unit.WORKING_DAY, [0, 39, 216, 120, 0, 48])
def test_pauses_never_shorten_a_clock_and_leave_as_much_time_as_there_was(
    start: date, amount: int, unit: Unit, hours: list[int]
) -> None:
    now = end_of(start) - timedelta(hours=14)
    clock = clocks.start(limit(amount, unit), now, CALENDAR)
    left, counted_from = amount, start
    for wait, rest in zip(hours[::2], hours[1::2], strict=False):
        now += timedelta(hours=wait)
        before = clock
        clock = clocks.pause(clock, now)
        since = local_date(now)
        now += timedelta(hours=rest)
        clock = clocks.resume(clock, now, CALENDAR)
        assert clock.due_at >= before.due_at
        if since > due(before):
            assert clock.due_at == before.due_at
        elif unit is Unit.WORKING_DAY:
            left = max(left - CALENDAR.working_days_between(counted_from, since), 0)
            counted_from = local_date(now)
            assert due(clock) == CALENDAR.last_day(counted_from, left, unit)[0]


def test_a_second_pause_on_the_last_day_ends_when_it_ends() -> None:
    """The first pause begins on the last day and ends on a Sunday; the second begins on the Monday after."""
    limit = LIMITS.for_case(Domain.BIDDING, ClockKind.ACCEPT)
    clock = clocks.start(limit, datetime(2026, 11, 24, 2, 0, tzinfo=UTC), CALENDAR)
    assert local_date(clock.due_at) == date(2026, 11, 27)
    for since, until in ((27, 29), (30, 32)):
        first = datetime(2026, 11, 1, 2, 0, tzinfo=UTC)
        paused = clocks.pause(clock, first + timedelta(days=since - 1))
        clock = clocks.resume(paused, first + timedelta(days=until - 1), CALENDAR)
    assert local_date(clock.due_at) == date(2026, 12, 2)
