"""Promised times keep their promise through pauses, holidays, midnight and a year without a calendar."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cases import clocks, reasons
from cases.clocks import Clock, Pause
from cases.errors import IllegalMove
from cases.instants import CHINA, end_of, local_date
from cases.rules.calendar import WorkCalendar
from cases.rules.time_limits import TimeLimit, load_time_limits
from cases.vocabulary import ClockKind, Colour, Unit, WarningLevel
from classify.types import Domain
from tests.rules.invented_limits import limit
from tests.town.refusing import refused

CALENDAR = WorkCalendar()
LIMITS = load_time_limits()
TICK = timedelta(milliseconds=1)


def at(month: int, day: int, hour: int = 10, minute: int = 0, year: int = 2026) -> datetime:
    """An instant by the clock on a wall in China."""
    return datetime(year, month, day, hour, minute, tzinfo=CHINA).astimezone(UTC)


def due(clock: Clock) -> date:
    assert clock.due_at == end_of(local_date(clock.due_at)), "a due instant is the end of a day in China"
    return local_date(clock.due_at)


# ---- start ----------------------------------------------------------------------------------------------


def test_a_clock_knows_its_law_its_department_and_its_last_instant() -> None:
    clock = clocks.start(LIMITS.for_case(Domain.BIDDING, ClockKind.ACCEPT), at(11, 23), CALENDAR, "d")
    assert clock.basis == "《招标投标法实施条例》第六十一条"
    assert clock.department == "d"
    assert clock.due_at == datetime(2026, 11, 26, 15, 59, 59, 999_000, tzinfo=UTC)
    assert clock.running


def test_a_minute_before_and_after_midnight_in_china_are_two_start_days() -> None:
    assert due(clocks.start(limit(1, Unit.WORKING_DAY), at(11, 23, 23, 59), CALENDAR)) == date(2026, 11, 24)
    assert due(clocks.start(limit(1, Unit.WORKING_DAY), at(11, 24, 0, 0), CALENDAR)) == date(2026, 11, 25)


def test_a_clock_started_on_friday_evening_does_not_count_the_weekend_in_working_days() -> None:
    friday = at(11, 27, 23, 30)
    assert due(clocks.start(limit(3, Unit.WORKING_DAY), friday, CALENDAR)) == date(2026, 12, 2)
    assert due(clocks.start(limit(3, Unit.CALENDAR_DAY), friday, CALENDAR)) == date(2026, 11, 30)


def test_five_working_days_over_the_national_holiday_use_the_shifted_saturday() -> None:
    clock = clocks.start(limit(5, Unit.WORKING_DAY), at(9, 29), CALENDAR)
    assert due(clock) == date(2026, 10, 11) + timedelta(days=1)
    worked = [date(2026, 9, 30), date(2026, 10, 8), date(2026, 10, 9), date(2026, 10, 10), date(2026, 10, 12)]
    assert [d for d in worked if CALENDAR.is_working_day(d)] == worked


# ---- colours and words ----------------------------------------------------------------------------------


def test_the_last_millisecond_is_in_time_and_the_next_is_not() -> None:
    clock = clocks.start(limit(3), at(11, 23), CALENDAR)
    tick = timedelta(milliseconds=1)
    assert clocks.colour(clock, clock.due_at) == "amber"
    assert clocks.colour(clock, clock.due_at + tick) == "red"
    assert clocks.colour(clocks.meet(clock, clock.due_at), at(12, 31)) == "met"
    assert clocks.colour(clocks.meet(clock, clock.due_at + tick), at(12, 31)) == "late"
    assert clocks.is_late(clocks.meet(clock, clock.due_at + tick), at(12, 31))


def test_a_clock_turns_amber_when_a_fifth_of_the_time_is_left() -> None:
    clock = clocks.start(limit(10), at(11, 2, 0), CALENDAR)
    amber = clocks.amber_at(clock)
    assert clock.due_at - amber == (clock.due_at - clock.started_at) / 5
    assert clocks.colour(clock, amber - timedelta(milliseconds=1)) == "green"
    assert clocks.colour(clock, amber) == "amber"
    assert clocks.colour(clock, amber - timedelta(days=1), share=0.5) == "amber"


def test_a_promise_is_broken_from_the_first_moment_after_it_unless_the_clock_stood_still() -> None:
    clock = clocks.start(limit(3), at(11, 23), CALENDAR)
    late = clock.due_at + TICK
    assert not clocks.is_late(clock, clock.due_at)
    assert clocks.is_late(clock, late)
    assert not clocks.is_late(clocks.meet(clock, clock.due_at), late)
    assert not clocks.is_late(clocks.pause(clock, clock.due_at), late)
    assert clocks.is_late(clocks.pause(clock, late), late)
    assert not clocks.is_late(clocks.stop(clock, late), late)


def test_each_level_is_told_once_and_only_of_a_running_clock() -> None:
    clock = clocks.start(limit(10), at(11, 2), CALENDAR)
    amber, late = clocks.amber_at(clock), clock.due_at + TICK
    told = clock.model_copy(update={"warned": (WarningLevel.AMBER,)})
    assert clocks.levels_left(clock) == {WarningLevel.AMBER, WarningLevel.RED}
    assert clocks.levels_left(told) == {WarningLevel.RED}
    assert clocks.level_to_tell(clock, amber - TICK) is None
    assert clocks.level_to_tell(clock, amber) is WarningLevel.AMBER
    assert clocks.level_to_tell(told, amber) is None
    assert clocks.level_to_tell(told, late) is WarningLevel.RED
    for still in (clocks.pause(clock, amber), clocks.meet(clock, late), clocks.stop(clock, late)):
        assert clocks.levels_left(still) == frozenset()
        assert clocks.level_to_tell(still, late) is None


def test_the_time_of_a_pause_is_not_part_of_what_was_given() -> None:
    """Ten days given, six of pause: amber on the last two of sixteen."""
    clock = clocks.start(limit(10), at(11, 2, 0), CALENDAR)
    resumed = clocks.resume(clocks.pause(clock, at(11, 4)), at(11, 10), CALENDAR)
    given = resumed.due_at - resumed.started_at - timedelta(days=6)
    assert resumed.due_at - clocks.amber_at(resumed) == given / 5


def test_amber_never_begins_before_the_clock() -> None:
    clock = clocks.start(limit(1), at(11, 2), CALENDAR)
    assert clocks.amber_at(clock, share=2) == clock.started_at
    overtaken = clock.model_copy(update={"paused_seconds": 9 * 86400})
    assert clocks.amber_at(overtaken) == clock.due_at


def test_the_state_is_told_in_words() -> None:
    clock = clocks.start(limit(3), at(11, 23), CALENDAR)
    assert clocks.words(clock, at(11, 23)) == "剩余3天"
    assert clocks.words(clock, at(11, 26, 23, 59)) == "今天到期"
    assert clocks.words(clock, at(11, 27, 0, 1)) == "已超期1天"
    assert clocks.words(clock, at(11, 28)) == "已超期2天"
    assert clocks.words(clocks.pause(clock, at(11, 24)), at(12, 24)) == "已暂停"
    assert clocks.words(clocks.meet(clock, at(11, 26)), at(12, 24)) == "已按期完成"
    assert clocks.words(clocks.meet(clock, at(11, 28)), at(12, 24)) == "已完成，超期2天"
    assert clocks.words(clocks.stop(clock, at(11, 24)), at(12, 24)) == "已终止"


def test_a_provisional_time_says_so() -> None:
    clock = clocks.start(limit(15), at(12, 25), CALENDAR)
    assert clock.provisional
    assert clocks.words(clock, at(12, 25)).endswith("（暂定）")


# ---- pause and resume -----------------------------------------------------------------------------------


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


# ---- meet, stop, extend ---------------------------------------------------------------------------------


def test_the_first_answer_counts_and_nothing_moves_an_ended_clock() -> None:
    clock = clocks.start(limit(15), at(11, 2), CALENDAR)
    met = clocks.meet(clock, at(11, 3))
    assert clocks.meet(met, at(11, 30)) == met
    assert clocks.stop(met, at(11, 30)) == met
    stopped = clocks.stop(clock, at(11, 3))
    assert clocks.meet(stopped, at(11, 4)) == stopped
    assert clocks.colour(stopped, at(12, 31)) == "stopped"
    for ended in (met, stopped):
        assert not ended.running
        with refused(reasons.CLOCK_ENDED, IllegalMove):
            clocks.pause(ended, at(11, 5))
        with refused(reasons.CLOCK_ENDED, IllegalMove):
            clocks.resume(ended, at(11, 5), CALENDAR)
        with refused(reasons.CLOCK_ENDED, IllegalMove):
            clocks.extend(ended, 1, CALENDAR, limit(15, more=5), ended.started_at)


def test_an_answer_while_the_clock_stands_still_meets_it() -> None:
    paused = clocks.pause(clocks.start(limit(5), at(11, 2), CALENDAR), at(11, 3))
    met = clocks.meet(paused, at(12, 20))
    assert met.paused_at is None
    assert not met.running
    assert clocks.colour(met, at(12, 21)) == "met", "the days of the pause do not count against it"


def test_the_days_of_a_pause_are_not_held_against_what_is_done_in_it() -> None:
    clock = clocks.start(limit(5), at(11, 2), CALENDAR)
    for since in (at(11, 3), clock.due_at):
        met = clocks.meet(clocks.pause(clock, since), at(12, 20))
        assert met.pauses == (Pause(since=since, until=at(12, 20)),)
        assert due(met) == due(clock) + (date(2026, 12, 20) - local_date(since))
        assert clocks.colour(met, at(12, 21)) is Colour.MET


def test_a_pause_that_came_too_late_saves_nothing() -> None:
    clock = clocks.start(limit(5), at(11, 2), CALENDAR)
    met = clocks.meet(clocks.pause(clock, clock.due_at + TICK), at(12, 20))
    assert (met.due_at, met.pauses, met.paused_at) == (clock.due_at, (), None)
    assert clocks.colour(met, at(12, 21)) is Colour.LATE


def test_an_extension_stays_within_the_legal_maximum_and_happens_once() -> None:
    rule = LIMITS.for_case(Domain.GENERAL, ClockKind.HANDLE)
    clock = clocks.start(rule, at(7, 1), CALENDAR)
    longer = clocks.extend(clock, 30, CALENDAR, rule, clock.started_at)
    assert due(longer) == date(2026, 9, 29)
    assert longer.extended_days == 30
    with refused(reasons.EXTENDED_ALREADY, IllegalMove):
        clocks.extend(longer, 1, CALENDAR, rule, longer.started_at)
    for days in (0, -1, 31):
        with refused(reasons.EXTENSION_LENGTH) as raised:
            clocks.extend(clock, days, CALENDAR, rule, clock.started_at)
        assert raised.value.params == {"most": 30}


def test_arrears_last_at_most_ninety_days_in_total() -> None:
    rule = LIMITS.for_case(Domain.DEBT, ClockKind.HANDLE)
    clock = clocks.start(rule, at(7, 1), CALENDAR)
    assert due(clocks.extend(clock, 60, CALENDAR, rule, clock.started_at)) == date(2026, 9, 29)
    with refused(reasons.EXTENSION_LENGTH):
        clocks.extend(clock, 61, CALENDAR, rule, clock.started_at)


def test_what_the_law_does_not_extend_cannot_be_extended() -> None:
    rule = LIMITS.for_case(Domain.BIDDING, ClockKind.HANDLE)
    with refused(reasons.NO_EXTENSION, IllegalMove) as raised:
        clocks.extend(clocks.start(rule, at(7, 1), CALENDAR), 1, CALENDAR, rule, at(7, 2))
    assert raised.value.params == {"basis": rule.basis}


RULE = limit(5, more=5)
REVIEW_RULE = RULE.model_copy(update={"kind": ClockKind.REVIEW})


@pytest.mark.parametrize("rule", [limit(5, Unit.WORKING_DAY, more=5), REVIEW_RULE])
def test_an_extension_needs_the_rule_of_its_own_clock(rule: TimeLimit) -> None:
    clock = clocks.start(RULE, at(11, 2), CALENDAR)
    with refused(reasons.EXTENSION_OF_ANOTHER_RULE):
        clocks.extend(clock, 1, CALENDAR, rule, clock.started_at)
    assert clocks.days_left_to_extend(clock, rule, at(11, 3)) == 0


def test_an_extension_must_come_in_time_unless_the_clock_stands_still() -> None:
    clock = clocks.start(RULE, at(11, 2), CALENDAR)
    late = clock.due_at + TICK
    with refused(reasons.TOO_LATE_TO_EXTEND, IllegalMove):
        clocks.extend(clock, 1, CALENDAR, RULE, late)
    assert clocks.days_left_to_extend(clock, RULE, late) == 0
    paused = clocks.pause(clock, at(11, 3))
    for held, now in ((clock, at(11, 3)), (clock, clock.due_at), (paused, late)):
        assert clocks.extend(held, 5, CALENDAR, RULE, now).extended_days == 5
        assert clocks.days_left_to_extend(held, RULE, now) == 5


def test_a_clock_that_ended_or_was_extended_cannot_be_extended() -> None:
    clock = clocks.start(RULE, at(11, 2), CALENDAR)
    for done in (clocks.meet(clock, at(11, 3)), clocks.extend(clock, 1, CALENDAR, RULE, clock.started_at)):
        assert clocks.days_left_to_extend(done, RULE, at(11, 3)) == 0


def test_extension_and_pause_in_either_order_end_on_the_same_day() -> None:
    rule = limit(15, more=10)
    clock = clocks.start(rule, at(11, 2), CALENDAR)
    first = clocks.extend(clock, 10, CALENDAR, rule, clock.started_at)
    first = clocks.resume(clocks.pause(first, at(11, 4)), at(11, 9), CALENDAR)
    second = clocks.resume(clocks.pause(clock, at(11, 4)), at(11, 9), CALENDAR)
    second = clocks.extend(second, 10, CALENDAR, rule, second.started_at)
    assert first.due_at == second.due_at


def test_an_extension_is_warned_of_anew() -> None:
    rule = limit(15, more=10)
    warned = clocks.start(rule, at(11, 2), CALENDAR).model_copy(update={"warned": ("amber",)})
    assert clocks.extend(warned, 5, CALENDAR, rule, warned.started_at).warned == ()


# ---- the year without a calendar ------------------------------------------------------------------------


@pytest.fixture
def with_2027(tmp_path: Path) -> WorkCalendar:
    (tmp_path / "2027.toml").write_text(
        'year = 2027\nsource = "a notice"\noff = [[2027-01-01, 2027-01-05]]\nwork = [2027-01-09]\n', "utf-8"
    )
    return WorkCalendar(tmp_path)


def test_a_clock_over_the_year_end_is_set_right_when_the_calendar_arrives(with_2027: WorkCalendar) -> None:
    clock = clocks.start(limit(10, Unit.WORKING_DAY), at(12, 25), CALENDAR)
    assert clock.provisional
    assert due(clock) == date(2027, 1, 11)
    final = clocks.recompute(clock, with_2027)
    assert not final.provisional
    assert due(final) == date(2027, 1, 12)
    assert clocks.recompute(final, with_2027) == final


def test_recomputing_keeps_pauses_and_extension(with_2027: WorkCalendar) -> None:
    rule = limit(10, Unit.WORKING_DAY, more=3)
    clock = clocks.start(rule, at(12, 21), CALENDAR)
    clock = clocks.resume(clocks.pause(clock, at(12, 23)), at(12, 28), CALENDAR)
    clock = clocks.extend(clock, 3, CALENDAR, rule, clock.started_at)
    again = clocks.start(rule, at(12, 21), with_2027)
    again = clocks.resume(clocks.pause(again, at(12, 23)), at(12, 28), with_2027)
    again = clocks.extend(again, 3, with_2027, rule, again.started_at)
    assert clocks.recompute(clock, with_2027) == again


def test_without_the_calendar_a_provisional_clock_stays_as_it_is() -> None:
    clock = clocks.start(limit(10, Unit.WORKING_DAY), at(12, 25), CALENDAR)
    assert clocks.recompute(clock, CALENDAR) == clock


def test_an_ended_clock_and_an_official_one_are_not_recomputed(with_2027: WorkCalendar) -> None:
    clock = clocks.start(limit(10, Unit.WORKING_DAY), at(12, 25), CALENDAR)
    met = clocks.meet(clock, at(12, 28))
    assert clocks.recompute(met, with_2027) == met
    official = clocks.start(limit(3), at(11, 2), CALENDAR)
    assert clocks.recompute(official, with_2027) == official


def test_working_days_entered_as_calendar_days_are_set_right_by_the_limit() -> None:
    rule = LIMITS.for_case(Domain.BIDDING, ClockKind.HANDLE)
    wrong = clocks.start(rule, at(9, 18), CALENDAR).model_copy(update={"unit": Unit.CALENDAR_DAY})
    right = clocks.recompute(wrong, CALENDAR, rule)
    assert right.unit is Unit.WORKING_DAY
    assert due(right) == date(2026, 11, 5)


def test_a_clock_survives_being_stored_and_read_back() -> None:
    clock = clocks.start(limit(15), at(11, 2), CALENDAR, "630000:省财政厅")
    clock = clocks.resume(clocks.pause(clock, at(11, 4)), at(11, 9), CALENDAR)
    assert Clock.model_validate(clock.model_dump()) == clock
    assert Clock.model_validate_json(clock.model_dump_json()) == clock


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
