"""Promised times keep their promise through holidays, midnight and everything that ends them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from cases import clocks, reasons
from cases.clocks import Clock, Pause
from cases.errors import IllegalMove
from cases.instants import local_date
from cases.rules.time_limits import TimeLimit
from cases.vocabulary import ClockKind, Colour, Unit, WarningLevel
from classify.types import Domain
from tests.cases.days_in_china import CALENDAR, LIMITS, TICK, at, due
from tests.rules.invented_limits import limit
from tests.town.refusing import refused

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


@pytest.mark.parametrize("kind", sorted(clocks.RIGHTS))
def test_a_right_that_has_run_out_is_over_and_nobody_is_late(kind: ClockKind) -> None:
    right = clocks.start(limit(5), at(11, 2), CALENDAR).model_copy(update={"kind": kind})
    assert clocks.colour(right, at(11, 3)) is Colour.GREEN
    for over in (right, clocks.meet(right, at(12, 20))):
        assert clocks.colour(over, at(12, 21)) is Colour.OVER
        assert clocks.words(over, at(12, 21)) == "已期满"
        assert not clocks.is_late(over, at(12, 21))
    used = clocks.meet(right, at(11, 3))
    assert clocks.colour(used, at(12, 21)) is Colour.MET


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


def test_a_clock_survives_being_stored_and_read_back() -> None:
    clock = clocks.start(limit(15), at(11, 2), CALENDAR, "630000:省财政厅")
    clock = clocks.resume(clocks.pause(clock, at(11, 4)), at(11, 9), CALENDAR)
    assert Clock.model_validate(clock.model_dump()) == clock
    assert Clock.model_validate_json(clock.model_dump_json()) == clock
