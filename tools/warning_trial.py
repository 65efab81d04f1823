"""The early warning tried on invented days: how often it errs, and how soon it sees a doubling. Seeded.

Counts of series with a pattern of weekdays, quiet and busy ones, that vary as chance has it or more.
"""

from __future__ import annotations

import math
from datetime import date, timedelta
from random import Random

from cases.figures.early_warning import BASELINE_DAYS, GAP_DAYS, WATCHED_DAYS, SeriesKey, look

WEEK = (1.25, 1.15, 1.1, 1.05, 1.1, 0.75, 0.6)
HISTORY = BASELINE_DAYS + GAP_DAYS + WATCHED_DAYS + 1
START = date(2026, 1, 5)
BUSY = 5.0
NEVER = 99


def poisson(rng: Random, mean: float) -> int:
    limit, product, n = math.exp(-mean), rng.random(), 0
    while product > limit:
        product *= rng.random()
        n += 1
    return n


def draw(rng: Random, mean: float, spread: float) -> int:
    """Poisson, or negative binomial with variance `spread` times the mean."""
    if spread > 1:
        mean = rng.gammavariate(mean / (spread - 1), spread - 1)
    return poisson(rng, mean)


def means_of(rng: Random, busy: int, quiet: int) -> dict[SeriesKey, float]:
    """`busy` series with five a day, and many with few."""
    means = {SeriesKey("qinghai", "debt", "630100", f"busy{n}"): BUSY for n in range(busy)}
    for n in range(quiet):
        means[SeriesKey("qinghai", "general", "630200", f"quiet{n}")] = rng.paretovariate(1.1) * 0.02
    return {key: min(mean, BUSY) for key, mean in means.items()}


class Trial:
    """Series day after day, and the alarms a supervisor would get of them."""

    def __init__(self, seed: int, busy: int, quiet: int, spread: float) -> None:
        self._rng = Random(seed)  # noqa: S311 - nothing here is secret
        self._spread = spread
        self._means = means_of(self._rng, busy, quiet)
        self._series: dict[SeriesKey, dict[str, int]] = {key: {} for key in self._means}
        self._alarmed: dict[SeriesKey, date] = {}
        self._day = START
        self.target = next(iter(self._means))
        for _ in range(HISTORY):
            self._pass()

    def _pass(self, factor: float = 1.0) -> None:
        forgotten = (self._day - timedelta(days=HISTORY)).isoformat()
        today, weight = self._day.isoformat(), WEEK[self._day.weekday()]
        for key, mean in self._means.items():
            x = draw(self._rng, mean * weight * (factor if key == self.target else 1.0), self._spread)
            counts = self._series[key]
            counts.pop(forgotten, None)
            if x:
                counts[today] = x
        self._day += timedelta(days=1)

    def day(self, factor: float = 1.0) -> tuple[int, bool]:
        """How many new alarms a day brings (one that goes on is not new), and whether one is the target's."""
        self._pass(factor)
        new, found = 0, False
        for alarm in look(self._series, self._day):
            before = self._alarmed.get(alarm.key)
            new += before is None or before < alarm.since
            found = found or alarm.key == self.target
            self._alarmed[alarm.key] = alarm.on
        return new, found


def false_alarms(seed: int, days: int, busy: int, quiet: int, spread: float) -> float:
    """Per 30 quiet days, over all series."""
    trial = Trial(seed, busy, quiet, spread)
    return sum(trial.day()[0] for _ in range(days)) * 30 / days


def delays(seeds: range, busy: int, quiet: int, spread: float) -> list[int]:
    """Days until a doubling at five a day is seen, on whichever weekday it begins."""
    return [_delay(Trial(seed, busy, quiet, spread), seed % 7) for seed in seeds]


def _delay(trial: Trial, quiet_days: int) -> int:
    for _ in range(quiet_days):
        trial.day()
    return next((n for n in range(1, 11) if trial.day(2.0)[1]), NEVER)
