"""The early warning: quiet when it is quiet, awake when cases double, and every alarm explained."""

from __future__ import annotations

from datetime import date, timedelta

from cases.figures.early_warning import SeriesKey, evidence, explain_alarm, look, weekday_pattern
from tests.town.series import KEY, TODAY, steady
from tools.warning_trial import delays, false_alarms


def test_a_doubling_is_an_alarm_that_says_since_when_and_how_much() -> None:
    alarms = look({KEY: steady(5, 5, 11)}, TODAY)
    assert len(alarms) == 1
    assert alarms[0].since == TODAY - timedelta(days=5)
    assert alarms[0].seen == 55
    assert "55件" in explain_alarm(alarms[0])
    assert "2.2倍" in explain_alarm(alarms[0])


def test_a_steady_series_is_no_alarm() -> None:
    assert look({KEY: steady(5)}, TODAY) == []


def test_a_new_body_needs_several_cases_before_it_is_an_alarm() -> None:
    yesterday = (TODAY - timedelta(days=1)).isoformat()
    assert look({KEY: {yesterday: 2}}, TODAY) == []
    assert look({KEY: {yesterday: 12}}, TODAY)


def test_a_rise_does_not_hide_itself_in_the_baseline() -> None:
    assert look({KEY: steady(5, 12, 11)}, TODAY)


def test_the_weekday_pattern_is_learnt_from_all_series() -> None:
    first = date(2026, 1, 5)
    days = [first + timedelta(days=n) for n in range(56)]
    series = [{d.isoformat(): 2 if d.weekday() >= 5 else 10 for d in days}]
    pattern = weekday_pattern(series, first, first + timedelta(days=55))
    assert pattern[0] > 1.1
    assert pattern[6] < 0.5


def test_in_quiet_months_there_is_at_most_one_false_alarm_a_month() -> None:
    assert false_alarms(seed=11, days=60, busy=3, quiet=40, spread=1.0) <= 1


def test_a_doubling_at_five_a_day_is_seen_within_five_days() -> None:
    found = sorted(delays(range(8), busy=2, quiet=20, spread=1.0))
    assert found[len(found) // 2] <= 5
    assert sum(delay <= 5 for delay in found) >= 6


def rate_of(spread: float) -> float:
    return sum(false_alarms(seed, days=30, busy=4, quiet=40, spread=spread) for seed in range(4)) / 4


def test_counts_that_vary_more_than_chance_bring_no_more_false_alarms() -> None:
    assert rate_of(1.3) <= 1
    assert rate_of(1.6) <= 1


def test_how_much_counts_vary_is_learnt_from_all_series() -> None:
    restless = {f"{n}": {d: 10 * (i % 2) for i, d in enumerate(steady(5))} for n in range(4)}
    series: dict[SeriesKey, dict[str, int]] = {KEY._replace(body=name): c for name, c in restless.items()}
    rise = {KEY: steady(5, 3, 10)}
    assert [alarm.key for alarm in look(rise, TODAY)] == [KEY]
    assert look(series | rise, TODAY) == []


def test_a_rise_is_dated_from_the_day_that_explains_it_best() -> None:
    days = steady(5)
    for n, x in ((6, 6), (5, 4), (4, 14), (3, 12), (2, 13), (1, 11)):
        days[(TODAY - timedelta(days=n)).isoformat()] = x
    (alarm,) = look({KEY: days}, TODAY)
    assert alarm.since == TODAY - timedelta(days=4)


def test_more_cases_than_expected_are_evidence_and_fewer_speak_against() -> None:
    assert evidence(20, 10, 20, 1.1) > 0 > evidence(10, 10, 20, 1.1)
    assert evidence(20, 10, 20, 1.1) > evidence(20, 10, 20, 1.6)


def test_a_burst_about_a_body_nobody_complained_of_is_seen_within_three_days() -> None:
    lately = [TODAY - timedelta(days=n) for n in (3, 2, 1)]
    (alarm,) = look({KEY: dict(zip((day.isoformat() for day in lately), (3, 3, 2), strict=True))}, TODAY)
    assert (alarm.seen, alarm.since) == (8, lately[0])
