"""How often the early warning errs and how soon it sees, by simulation. Seeded; prints a table.

Beside our figures stands what nobody can beat by much: a test that knows the true mean, the weekday pattern,
how much counts vary and that a rise is exactly a doubling (likelihood-ratio CUSUM), and may spend the whole
allowance of one false alarm in thirty days on the busy series. What it misses is chance, not method.

    python -m bench.board_warning [--worlds 40] [--days 240] [--rises 600]
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from cases.figures.early_warning import (
    BASELINE_DAYS,
    GAP_DAYS,
    QUIET_DAYS,
    WATCHED_DAYS,
    SeriesKey,
    evidence,
    look,
)

WEEK = (1.25, 1.15, 1.1, 1.05, 1.1, 0.75, 0.6)
HISTORY = BASELINE_DAYS + GAP_DAYS + WATCHED_DAYS + 1
START = date(2026, 1, 5)
BUSY = 5.0
NEVER = 99
CONFIGURATIONS = ((5, 200, 1.0), (5, 200, 1.3), (5, 200, 1.6), (5, 800, 1.3), (20, 400, 1.3))


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


class World:
    """Series day after day, and the alarms a supervisor would get of them."""

    def __init__(self, seed: int, busy: int, quiet: int, spread: float) -> None:
        self._rng = Random(seed)
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
    world = World(seed, busy, quiet, spread)
    return sum(world.day()[0] for _ in range(days)) * 30 / days


def delays(seeds: range, busy: int, quiet: int, spread: float) -> list[int]:
    """Days until a doubling at five a day is seen, on whichever weekday it begins."""
    return [_delay(World(seed, busy, quiet, spread), seed % 7) for seed in seeds]


def _delay(world: World, quiet_days: int) -> int:
    for _ in range(quiet_days):
        world.day()
    return next((n for n in range(1, 11) if world.day(2.0)[1]), NEVER)


def best_share(busy: int, spread: float, runs: int = 3000, days: int = 150_000) -> float:
    """The share of doublings seen within five days by the test that knows everything but when."""
    rng, spread = Random(17), max(spread, 1.001)

    def step(n: int, factor: float) -> float:
        usual = BUSY * WEEK[n % 7]
        return evidence(draw(rng, usual * factor, spread), usual, 2 * usual, spread)

    limit = _limit([step(n, 1.0) for n in range(days)], QUIET_DAYS * busy)
    seen = 0
    for run in range(runs):
        level, begins = 0.0, 28 + run % 7
        for n in range(begins):
            level = max(level + step(n, 1.0), 0.0)
            level = 0.0 if level >= limit else level
        for n in range(begins, begins + 5):
            level = max(level + step(n, 2.0), 0.0)
            if level >= limit:
                seen += 1
                break
    return seen / runs


def _limit(steps: Sequence[float], every: float) -> float:
    """How high the sum may climb so that quiet days err once in so many days."""
    low, high = 0.0, 12.0
    for _ in range(12):
        middle, level, errors = (low + high) / 2, 0.0, 0
        for step in steps:
            level = max(level + step, 0.0)
            if level >= middle:
                level, errors = 0.0, errors + 1
        low, high = (middle, high) if errors * every > len(steps) else (low, middle)
    return high


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--worlds", type=int, default=40)
    parser.add_argument("--days", type=int, default=240)
    parser.add_argument("--rises", type=int, default=600)
    given = parser.parse_args()
    columns = (("series", 12), ("spread", 7), ("false/30 days", 14), ("seen in 5 days", 15), ("at best", 8))
    print(" ".join(f"{name:>{width}}" for name, width in columns), f"{'median':>7}")
    for busy, quiet, spread in CONFIGURATIONS:
        rates = [false_alarms(seed, given.days, busy, quiet, spread) for seed in range(given.worlds)]
        rate = sum(rates) / len(rates)
        error = math.sqrt(sum((one - rate) ** 2 for one in rates) / max(len(rates) - 1, 1) / len(rates))
        seen = sorted(delays(range(10_000, 10_000 + given.rises), busy, quiet, spread))
        share = sum(delay <= 5 for delay in seen) / len(seen)
        print(
            f"{f'{busy}+{quiet}':>12} {spread:>7} {f'{rate:.2f} ± {error:.2f}':>14} {share:>15.0%}"
            f" {best_share(busy, spread):>8.0%} {seen[len(seen) // 2]:>7}",
            flush=True,
        )


if __name__ == "__main__":
    main()
