"""Early warning (监测预警; 惠城, 青海): unusual rises per domain, prefecture and accused body.

Method: for each series two CUSUMs of the likelihood ratio between "twice (or ten times) as many as usual" and
"as usual", for counts that vary a little more than chance, with a weekday pattern common to all series.
How high the sum must climb follows from how rare false alarms must be over all series together; a series
with more cases gets a larger share of that allowance, because a rise there matters and shows sooner.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import NamedTuple, Protocol

from cases.crossing import CrossingStore

BASELINE_DAYS = 56
GAP_DAYS = 7
"""Days just before the watched ones that the baseline leaves out, so that a rise does not hide itself."""
WATCHED_DAYS = 14
FACTORS: tuple[tuple[float, float], ...] = ((2.0, 0.99), (10.0, 0.01))
"""The rises the method is tuned to see soonest, each with its share of the errors allowed: a doubling of what
comes in every day, and a burst about a body that nobody used to complain about."""
QUIET_DAYS = 30.0
"""Over all series together at most one false alarm in this many days."""
SLACK = 1.5
"""The allowance counts on sums that jump exactly onto their limit; they jump past it, so errors are rarer."""
SPREAD_OF_CHANCE = 1.05
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


class AlarmStore(CrossingStore, Protocol):
    async def put(self, alarms: Sequence[Alarm]) -> int:
        """Store new ones and update known ones, whose note stays; how many are new."""

    async def list_alarms(
        self, jurisdictions: Sequence[str] | None, since: date, *, limit: int = 100
    ) -> list[Alarm]:
        """Newest first."""

    async def acknowledge(self, id: str, note: str, by: str, at: datetime) -> Alarm | None: ...


Counts = Mapping[str, int]


def weekday_pattern(series: Sequence[Counts], first: date, last: date) -> list[float]:
    """How much more or less than usual comes in on each weekday, over all series; Monday first."""
    sums, days = [0.0] * 7, [0] * 7
    for n in range((last - first).days + 1):
        day = first + timedelta(days=n)
        days[day.weekday()] += 1
        sums[day.weekday()] += sum(counts.get(day.isoformat(), 0) for counts in series)
    whole = sum(sums)
    if whole < 70 or 0 in days:
        return [1.0] * 7
    mean = whole / sum(days)
    return [(sums[w] + mean) / (days[w] + 1) / mean for w in range(7)]


def look(series: Mapping[SeriesKey, Counts], today: date) -> list[Alarm]:
    """The series that rise unusually, looking at whole days up to the day before `today`."""
    last = today - timedelta(days=1)
    first_watched = last - timedelta(days=WATCHED_DAYS - 1)
    base_last = first_watched - timedelta(days=GAP_DAYS + 1)
    base_first = base_last - timedelta(days=BASELINE_DAYS - 1)
    pattern = weekday_pattern(list(series.values()), base_first, base_last)
    usual = {key: _usual(counts, base_first, pattern) for key, counts in series.items()}
    limits = _limits({key: mean for key, (mean, _) in usual.items()})
    alarms = []
    for key, counts in series.items():
        mean, spread = usual[key]
        seen = [
            _follow(key, counts, mean, spread, pattern, (first_watched, last), limits[key], factor, share)
            for factor, share in FACTORS
        ]
        alarms += sorted((a for a in seen if a is not None), key=lambda alarm: -alarm.strength)[:1]
    return sorted(alarms, key=lambda alarm: -alarm.strength)


def _usual(counts: Counts, first: date, pattern: Sequence[float]) -> tuple[float, float]:
    """Cases a day in the baseline without the weekday pattern, and variance over mean (at least 1)."""
    values, whole, weight = [], 0, 0.0
    for n in range(BASELINE_DAYS):
        day = first + timedelta(days=n)
        x = counts.get(day.isoformat(), 0)
        values.append((x, pattern[day.weekday()]))
        whole += x
        weight += pattern[day.weekday()]
    mean = (whole + PRIOR_CASES) / (weight + PRIOR_DAYS)
    if whole < 14:
        return mean, 1.0
    chi = sum((x - mean * p) ** 2 / (mean * p) for x, p in values) / (BASELINE_DAYS - 1)
    return mean, max(chi, 1.0)


def _limits(means: Mapping[SeriesKey, float]) -> dict[SeriesKey, float]:
    """How high each sum may climb: ln of the days until one series alone may err."""
    shares = {key: min(mean, 6.0) ** 1.5 + 0.005 for key, mean in means.items()}
    whole = sum(shares.values())
    return {key: math.log(QUIET_DAYS * whole / share / SLACK) for key, share in shares.items()}


def _evidence(x: int, mu: float, spread: float, factor: float) -> float:
    """ln of how much likelier x is at `factor` times the usual: Poisson, or negative binomial."""
    if spread <= SPREAD_OF_CHANCE:
        return x * math.log(factor) - mu * (factor - 1)
    r = mu / (spread - 1)
    more = factor * r
    gamma = math.lgamma
    return gamma(x + more) - gamma(more) - gamma(x + r) + gamma(r) - (more - r) * math.log(spread)


def _follow(
    key: SeriesKey,
    counts: Counts,
    mean: float,
    spread: float,
    pattern: Sequence[float],
    watched: tuple[date, date],
    limit: float,
    factor: float,
    share: float,
) -> Alarm | None:
    """Run the sum over the watched days; an alarm when it stands above its limit on the last one."""
    first, last = watched
    limit -= math.log(share)
    level, since, seen, expected = 0.0, first, 0, 0.0
    for n in range((last - first).days + 1):
        day = first + timedelta(days=n)
        x, mu = counts.get(day.isoformat(), 0), mean * pattern[day.weekday()]
        step = _evidence(x, mu, spread, factor)
        if level + step <= 0:
            level, since, seen, expected = 0.0, day + timedelta(days=1), 0, 0.0
        else:
            level, seen, expected = level + step, seen + x, expected + mu
    if level < limit or seen < LEAST_CASES:
        return None
    made = hashlib.sha256("|".join((*key, since.isoformat())).encode()).hexdigest()[:16]
    return Alarm(made, key, last, since, seen, round(expected, 2), round(mean, 3), round(level / limit, 2))


def acknowledged(alarm: Alarm, note: str, by: str, at: datetime) -> Alarm:
    return replace(alarm, note=note, acknowledged_by=by, acknowledged_at=at)


def explain(alarm: Alarm) -> str:
    """Why, in one sentence a reader can check against the list."""
    when = "当天" if alarm.days == 1 else f"{alarm.days}天"
    return (
        f"{alarm.since.month}月{alarm.since.day}日起{when}收到{alarm.seen}件，"
        f"照此前八周的情形大约应有{alarm.expected:.1f}件，是平常的{alarm.times:.1f}倍。"
    )
