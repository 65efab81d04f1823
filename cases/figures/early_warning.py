"""Early warning (监测预警; 惠城, 青海): unusual rises per domain, prefecture and accused body.

Method: a window-limited likelihood-ratio chart for negative binomial counts. For each series and each of the
last two weeks' days: how much likelier is what has come in since that day if twice as many (or, for a burst,
ten times as many) come in as usual than if as many do? "Usual" is the eight weeks before, with a weekday
pattern common to all series; how much counts vary is learnt from all series together and, the more cases it
has, from the series itself; that the usual rate is itself only estimated makes the counts vary more.
How high the evidence must stand follows from how rare false alarms must be over all series together; a
series with more cases gets a larger share of that allowance, because a rise there matters and shows sooner.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple, Protocol

from cases.figures.amber_departments import AmberDepartmentStore
from cases.figures.statistics import Period, Statistics, today
from cases.ports.cases import EVERY_CASE

BASELINE_DAYS = 56
GAP_DAYS = 7
"""Days just before the watched ones that the baseline leaves out, so that a rise does not hide itself."""
WATCHED_DAYS = 14


class Rise(NamedTuple):
    """What the method is tuned to see soonest."""

    times: float
    """So many times the usual,"""
    a_day: float
    """and at least so many cases a day."""
    share: float
    """Of the errors allowed."""


RISES = (Rise(2.0, 0.0, 0.95), Rise(10.0, 1.0, 0.05))
"""A doubling of what comes in every day, and a burst about a body that nobody used to complain about."""
QUIET_DAYS = 30.0
"""Over all series together at most one false alarm in this many days."""
SLACK = 4.0
"""The allowance counts on evidence that creeps up to its limit; it jumps past it, so errors are rarer.
Chosen by simulation (`bench/board_warning.py`)."""
SPREAD_CASES = 200
"""How much counts vary is taken from all series as if each had seen so many cases that vary like the rest."""
LEAST_CASES = 5
PRIOR_CASES, PRIOR_DAYS = 0.5, 0.5
"""What a new series is taken for, so that its very first cases are not a rise."""


class SeriesKey(NamedTuple):
    jurisdiction: str
    domain: str
    place: str
    body: str


@dataclass(frozen=True, slots=True)
class Alarm:
    """One unusual rise, with what it takes to explain it."""

    id: str
    key: SeriesKey
    on: date
    """The last day looked at."""
    since: date
    """The day the rise began, as far as the method can tell."""
    seen: int
    """Cases from `since` to `on`."""
    expected: float
    usual: float
    """Cases a day in the baseline."""
    strength: float
    """How far above its limit the sum stands; 1 is the limit."""
    acknowledged_at: datetime | None = None
    acknowledged_by: str = ""
    note: str = ""

    @property
    def days(self) -> int:
        return (self.on - self.since).days + 1

    @property
    def times(self) -> float:
        return self.seen / self.expected if self.expected else float(self.seen)


class AlarmStore(AmberDepartmentStore, Protocol):
    async def put(self, alarms: Sequence[Alarm]) -> int:
        """Store new ones and update known ones, whose note stays; how many are new.

        A rise of a series that was in alarm on a day of this rise is the same rise going on.
        """

    async def list_alarms(
        self, jurisdictions: Sequence[str] | None, since: date, *, limit: int = 100
    ) -> list[Alarm]:
        """Newest first."""

    async def acknowledge(self, id: str, note: str, by: str, at: datetime) -> Alarm | None: ...


Counts = Mapping[str, int]


class Usual(NamedTuple):
    """What a series was like in the baseline, without the weekday pattern."""

    mean: float
    """Cases a day."""
    days: float
    """How many days `mean` rests on."""
    spread: float
    """Variance over mean, at least 1."""


def weekday_pattern(series: Sequence[Counts], first: date, last: date) -> list[float]:
    """How much more or less than usual comes in on each weekday, over all series; Monday first."""
    sums, days = [0.0] * 7, [0] * 7
    for n in range((last - first).days + 1):
        day = first + timedelta(days=n)
        text = day.isoformat()
        days[day.weekday()] += 1
        sums[day.weekday()] += sum(counts.get(text, 0) for counts in series)
    whole = sum(sums)
    if whole < 70 or 0 in days:
        return [1.0] * 7
    mean = whole / sum(days)
    return [(sums[w] + mean) / (days[w] + 1) / mean for w in range(7)]


def look(series: Mapping[SeriesKey, Counts], today: date) -> list[Alarm]:
    """The series that rise unusually, looking at whole days up to the day before `today`."""
    watched = [today - timedelta(days=n) for n in range(1, WATCHED_DAYS + 1)]
    base_last = watched[-1] - timedelta(days=GAP_DAYS + 1)
    baseline = [base_last - timedelta(days=n) for n in range(BASELINE_DAYS)]
    pattern = weekday_pattern(list(series.values()), baseline[-1], base_last)
    usual = _usual(series, {day.isoformat(): pattern[day.weekday()] for day in baseline})
    limits = _limits({key: one.mean for key, one in usual.items()})
    weights = [(day, pattern[day.weekday()]) for day in watched]
    seen = (_rise(key, counts, usual[key], weights, limits[key]) for key, counts in series.items())
    return sorted((alarm for alarm in seen if alarm is not None), key=lambda alarm: -alarm.strength)


def _usual(series: Mapping[SeriesKey, Counts], weights: Mapping[str, float]) -> dict[SeriesKey, Usual]:
    """`weights`: the days of the baseline, each with how much of a usual day it is."""
    days, squares = sum(weights.values()), sum(weight * weight for weight in weights.values())
    found: dict[SeriesKey, tuple[float, int, float]] = {}
    for key, counts in series.items():
        here = [(n, weights[day]) for day, n in counts.items() if day in weights]
        cases = sum(n for n, _ in here)
        mean = (cases + PRIOR_CASES) / (days + PRIOR_DAYS)
        off = sum(n * n - 2 * n * mean * weight for n, weight in here) + mean * mean * squares
        found[key] = (mean, cases, off * BASELINE_DAYS / (BASELINE_DAYS - 1))
    whole = sum(cases for _, cases, _ in found.values())
    common = SPREAD_CASES * (sum(off for _, _, off in found.values()) / whole if whole else 1.0)
    return {
        key: Usual(mean, days + PRIOR_DAYS, max((off + common) / (cases + SPREAD_CASES), 1.0))
        for key, (mean, cases, off) in found.items()
    }


def _limits(means: Mapping[SeriesKey, float]) -> dict[SeriesKey, float]:
    """How high the evidence may stand: ln of the days until one series alone may err."""
    shares = {key: min(mean, 6.0) ** 2 + 0.005 for key, mean in means.items()}
    whole = sum(shares.values())
    return {key: math.log(QUIET_DAYS * whole / share / SLACK) for key, share in shares.items()}


def evidence(cases: int, usual: float, raised: float, spread: float) -> float:
    """ln of how much likelier so many cases are if `raised` are expected, not `usual`; `spread` above 1."""
    r, more, gamma = usual / (spread - 1), raised / (spread - 1), math.lgamma
    return gamma(cases + more) - gamma(more) - gamma(cases + r) + gamma(r) - (more - r) * math.log(spread)


def _rise(
    key: SeriesKey, counts: Counts, usual: Usual, watched: Sequence[tuple[date, float]], limit: float
) -> Alarm | None:
    """The rise that explains best what came in until yesterday, if it stands above the limit."""
    on, strongest = watched[0][0], limit
    seen, days = 0, 0.0
    alarm = None
    for since, weight in watched:
        seen, days = seen + counts.get(since.isoformat(), 0), days + weight
        if seen < LEAST_CASES:
            continue
        expected, spread = usual.mean * days, usual.spread * (1 + days / usual.days)
        level = max(
            evidence(seen, expected, max(rise.times * expected, rise.a_day * days), spread)
            + math.log(rise.share)
            for rise in RISES
        )
        if level >= strongest:
            strongest = level
            made = hashlib.sha256("|".join((*key, since.isoformat())).encode()).hexdigest()[:16]
            strength = round(level / limit, 2)
            alarm = Alarm(made, key, on, since, seen, round(expected, 2), round(usual.mean, 3), strength)
    return alarm


def explain_alarm(alarm: Alarm) -> str:
    """Why, in one sentence a reader can check against the list."""
    when = "当天" if alarm.days == 1 else f"{alarm.days}天"
    told = f"{alarm.since.month}月{alarm.since.day}日起{when}收到{alarm.seen}件，照此前八周的情形"
    if alarm.expected < 1:
        return f"{told}应当不到1件。"
    return f"{told}大约应有{alarm.expected:.1f}件，是平常的{alarm.times:.1f}倍。"


async def look_for_rises(statistics: Statistics, alarms: AlarmStore, now: datetime) -> int:
    """The hourly look at every series; how many alarms are new."""
    day = today(now)
    history = BASELINE_DAYS + GAP_DAYS + WATCHED_DAYS + 1
    counts = await statistics.daily_filings(EVERY_CASE, Period(day - timedelta(days=history), day))
    series = {SeriesKey(*key): days for key, days in counts.items()}
    return await alarms.put(look(series, day))
