"""The early warning by hand: what is usual, how strong evidence is, and where its limit lies."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest

from cases.figures.early_warning import (
    BASELINE_DAYS,
    GAP_DAYS,
    LEAST_CASES,
    QUIET_DAYS,
    SLACK,
    SPREAD_CASES,
    WATCHED_DAYS,
    Alarm,
    SeriesKey,
    evidence,
    explain_alarm,
    look,
    look_for_rises,
    weekday_pattern,
)
from cases.figures.statistics import Period
from cases.ports.cases import Scope
from tests.town.series import KEY, TODAY, steady

YESTERDAY = TODAY - timedelta(days=1)
OTHER = KEY._replace(body="海东市教育局")
BASE_LAST = TODAY - timedelta(days=WATCHED_DAYS + GAP_DAYS + 1)
BASE_FIRST = BASE_LAST - timedelta(days=BASELINE_DAYS - 1)


def on(day: date, n: int) -> dict[str, int]:
    return {day.isoformat(): n}


def likelihood(n: int, mean: float, spread: float) -> float:
    """ln of the probability of n cases: negative binomial, factor by factor."""
    r, p = mean / (spread - 1), 1 / spread
    steps = sum(math.log((r + i) / (i + 1)) for i in range(n))
    return steps + r * math.log(p) + n * math.log(1 - p)


def level(seen: int, usual: float, days: float, spread: float = 1.0) -> float:
    """The evidence for a doubling or a burst, each by its share of the errors allowed."""
    expected, wider = usual * days, spread * (1 + days / (BASELINE_DAYS + 0.5))
    return max(
        likelihood(seen, max(times * expected, a_day * days), wider)
        - likelihood(seen, expected, wider)
        + math.log(share)
        for times, a_day, share in ((2.0, 0.0, 0.95), (10.0, 1.0, 0.05))
    )


def limits(*means: float) -> list[float]:
    """ln of the days until one series alone may err; larger series get more of what is allowed."""
    shares = [min(mean, 6.0) ** 2 + 0.005 for mean in means]
    return [math.log(30 * sum(shares) / share / 4) for share in shares]


def mean_of(cases: int) -> float:
    return (cases + 0.5) / (BASELINE_DAYS + 0.5)


def test_the_method_is_tuned_as_the_board_was_tried_with() -> None:
    """tools/warning_trial.py tries exactly this; eight weeks are what the alarm's sentence says."""
    assert (BASELINE_DAYS, GAP_DAYS, WATCHED_DAYS) == (56, 7, 14)
    assert (SPREAD_CASES, LEAST_CASES, QUIET_DAYS, SLACK) == (200, 5, 30.0, 4.0)


# -- evidence -------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("seen", "usual", "raised", "spread"), [(12, 5, 10, 1.2), (3, 5, 10, 1.5), (0, 2, 20, 3)]
)
def test_evidence_is_the_ratio_of_two_likelihoods(
    seen: int, usual: float, raised: float, spread: float
) -> None:
    expected = likelihood(seen, raised, spread) - likelihood(seen, usual, spread)
    assert evidence(seen, usual, raised, spread) == pytest.approx(expected)


def test_an_alarm_says_how_far_above_its_limit_it_stands() -> None:
    """Five days of eleven where five are usual; nothing varies, and no other series shares the allowance."""
    (alarm,) = look({KEY: steady(5, 5, 11)}, TODAY)
    usual = mean_of(5 * BASELINE_DAYS)
    assert (alarm.key, alarm.on, alarm.since) == (KEY, YESTERDAY, TODAY - timedelta(days=5))
    assert (alarm.seen, alarm.days) == (55, 5)
    assert (alarm.usual, alarm.expected) == (round(usual, 3), round(5 * usual, 2))
    assert alarm.times == 55 / alarm.expected
    (limit,) = limits(usual)
    assert alarm.strength == round(level(55, usual, 5) / limit, 2)


def test_a_body_nobody_complained_of_is_seen_by_its_burst() -> None:
    (alarm,) = look({KEY: on(YESTERDAY, 12)}, TODAY)
    (limit,) = limits(mean_of(0))
    assert alarm.strength == round(level(12, mean_of(0), 1) / limit, 2)
    assert (alarm.usual, alarm.expected) == (round(mean_of(0), 3), round(mean_of(0), 2))


def test_a_larger_series_gets_more_of_the_allowance_and_the_strongest_comes_first() -> None:
    alarms = look({OTHER: steady(1, 6, 4), KEY: steady(5, 5, 13)}, TODAY)
    small, large = limits(mean_of(56), mean_of(280))
    assert [alarm.key for alarm in alarms] == [KEY, OTHER]
    assert alarms[0].strength == round(level(65, mean_of(280), 5) / large, 2)
    assert alarms[1].strength == round(level(24, mean_of(56), 6) / small, 2)
    assert small > large


def test_a_series_above_six_a_day_gets_no_more_than_one_of_six() -> None:
    alarms = look({OTHER: steady(6, 5, 14), KEY: steady(60, 5, 140)}, TODAY)
    by_key = {alarm.key: alarm.strength for alarm in alarms}
    limit = limits(mean_of(336), mean_of(3360))
    assert by_key[OTHER] == round(level(70, mean_of(336), 5) / limit[0], 2)


def test_counts_that_vary_make_evidence_weaker() -> None:
    """By hand: the variance over the mean of the series, and of 200 cases that vary like all."""
    counts = {d: 10 * (i % 2) for i, d in enumerate(steady(5))}
    for n in range(1, 6):
        counts[(TODAY - timedelta(days=n)).isoformat()] = 30
    (alarm,) = look({KEY: counts}, TODAY)
    base = [counts[(BASE_FIRST + timedelta(days=n)).isoformat()] for n in range(BASELINE_DAYS)]
    pattern = weekday_pattern([counts], BASE_FIRST, BASE_LAST)
    weights = [pattern[(BASE_FIRST + timedelta(days=n)).weekday()] for n in range(BASELINE_DAYS)]
    mean = (sum(base) + 0.5) / (sum(weights) + 0.5)
    off = sum((n - mean * weight) ** 2 for n, weight in zip(base, weights, strict=True)) * 56 / 55
    spread = (off + 200 * off / sum(base)) / (sum(base) + 200)
    assert spread > 4
    assert alarm.usual == round(mean, 3)
    days = sum(pattern[(TODAY - timedelta(days=n)).weekday()] for n in range(1, 6))
    assert alarm.strength == round(level(150, mean, days, spread) / limits(mean)[0], 2)


# -- what is looked at ----------------------------------------------------------------------------
def usual_with(day: date) -> float:
    """What is usual when one case came in on this day and sixty yesterday."""
    (alarm,) = look({KEY: on(YESTERDAY, 60) | on(day, 1)}, TODAY)
    return alarm.usual


@pytest.mark.parametrize(
    ("day", "counts"),
    [
        (BASE_FIRST - timedelta(days=1), False),
        (BASE_FIRST, True),
        (BASE_LAST, True),
        (BASE_LAST + timedelta(days=1), False),
        (BASE_LAST + timedelta(days=GAP_DAYS), False),
    ],
)
def test_usual_is_what_came_in_during_eight_weeks_before_the_gap(day: date, counts: bool) -> None:
    assert usual_with(day) == round(mean_of(1 if counts else 0), 3)


def test_a_rise_may_begin_two_weeks_ago_and_no_earlier() -> None:
    for days, since in ((14, 14), (16, 14)):
        (alarm,) = look({KEY: steady(5, days, 9)}, TODAY)
        assert alarm.since == TODAY - timedelta(days=since)


def test_today_is_not_over_and_does_not_count() -> None:
    assert look({KEY: on(TODAY, 60)}, TODAY) == []


@pytest.mark.parametrize(("cases", "found"), [(4, False), (5, True)])
def test_fewer_than_five_cases_are_never_an_alarm(cases: int, found: bool) -> None:
    assert bool(look({KEY: on(YESTERDAY, cases)}, TODAY)) is found


def test_an_alarm_keeps_its_id_while_the_same_rise_goes_on() -> None:
    (today,) = look({KEY: steady(5, 5, 12)}, TODAY)
    (tomorrow,) = look({KEY: steady(5, 5, 12) | on(TODAY, 12)}, TODAY + timedelta(days=1))
    assert tomorrow.id == today.id
    (other,) = look({OTHER: steady(5, 5, 12)}, TODAY)
    (earlier,) = look({KEY: steady(5, 6, 12)}, TODAY)
    assert len({today.id, other.id, earlier.id}) == 3
    assert len(today.id) == 16


def test_without_any_case_there_is_nothing_to_see() -> None:
    assert look({}, TODAY) == []
    assert look({KEY: {}}, TODAY) == []


# -- weekdays -------------------------------------------------------------------------------------
MONDAY = date(2026, 1, 5)


def test_the_pattern_is_each_weekday_against_the_mean_held_back_by_one_usual_day() -> None:
    counts = {(MONDAY + timedelta(days=n)).isoformat(): 12 if n % 7 == 0 else 5 for n in range(28)}
    pattern = weekday_pattern([counts], MONDAY, MONDAY + timedelta(days=27))
    mean = (4 * 12 + 24 * 5) / 28
    assert pattern[0] == pytest.approx((48 + mean) / 5 / mean)
    assert pattern[1:] == pytest.approx([(20 + mean) / 5 / mean] * 6)


def test_series_are_taken_together_and_days_outside_left_out() -> None:
    inside = {(MONDAY + timedelta(days=n)).isoformat(): 6 for n in range(14)}
    outside = {(MONDAY - timedelta(days=1)).isoformat(): 99, (MONDAY + timedelta(days=14)).isoformat(): 99}
    assert weekday_pattern([inside, outside], MONDAY, MONDAY + timedelta(days=13)) == pytest.approx([1.0] * 7)


def test_too_few_cases_or_days_teach_no_pattern() -> None:
    days = [(MONDAY + timedelta(days=n)).isoformat() for n in range(7)]
    last = MONDAY + timedelta(days=6)
    monday_only = dict.fromkeys(days, 0) | {days[0]: 69}
    assert weekday_pattern([monday_only], MONDAY, last) == [1.0] * 7
    assert weekday_pattern([monday_only | {days[0]: 70}], MONDAY, last) != [1.0] * 7
    assert weekday_pattern([{days[0]: 500}], MONDAY, last - timedelta(days=1)) == [1.0] * 7


# -- in words -------------------------------------------------------------------------------------
def test_an_alarm_is_explained_in_one_sentence() -> None:
    alarm = Alarm("id", KEY, date(2026, 11, 22), date(2026, 11, 20), 12, 4.04, 1.3, 2.0)
    assert explain_alarm(alarm) == ("11月20日起3天收到12件，照此前八周的情形大约应有4.0件，是平常的3.0倍。")
    burst = Alarm("id", KEY, date(2026, 11, 22), date(2026, 11, 22), 12, 0.0, 0.0, 2.0)
    assert explain_alarm(burst).startswith("11月22日起当天收到12件")
    assert burst.times == 12
    rare = Alarm("id", KEY, date(2026, 11, 22), date(2026, 11, 22), 9, 0.22, 0.1, 2.0)
    assert explain_alarm(rare) == "11月22日起当天收到9件，照此前八周的情形应当不到1件。"


class Counted:
    """Statistics that know one rising series, and a list of the alarms that were kept."""

    def __init__(self) -> None:
        self.asked: tuple[Scope, Period] | None = None
        self.kept: list[Alarm] = []

    async def daily_filings(
        self, scope: Scope, period: Period
    ) -> dict[tuple[str, str, str, str], dict[str, int]]:
        self.asked = scope, period
        return {tuple(KEY): steady(5, 5, 11)}  # type: ignore[dict-item]

    async def put(self, alarms: Sequence[Alarm]) -> int:
        self.kept.extend(alarms)
        return len(alarms)


async def test_the_hourly_look_sees_every_series_and_keeps_what_it_finds() -> None:
    counted = Counted()
    evening = datetime.combine(TODAY, datetime.min.time(), UTC) - timedelta(hours=6)
    assert await look_for_rises(counted, counted, evening) == 1  # type: ignore[arg-type]
    assert counted.asked == (Scope(departments=None), Period(BASE_FIRST - timedelta(days=1), TODAY))
    assert counted.kept == look({SeriesKey(*KEY): steady(5, 5, 11)}, TODAY)
