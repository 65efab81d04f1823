"""How often the early warning errs and how soon it sees, by simulation. Seeded; prints a table.

python -m bench.board_warning [--days 600]
"""

from __future__ import annotations

import argparse
import math
from datetime import date, timedelta
from random import Random

from cases.warning import BASELINE_DAYS, GAP_DAYS, WATCHED_DAYS, SeriesKey, look

WEEK = (1.25, 1.15, 1.1, 1.05, 1.1, 0.75, 0.6)
HISTORY = BASELINE_DAYS + GAP_DAYS + WATCHED_DAYS + 1
START = date(2026, 1, 5)


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
    means = {SeriesKey("qinghai", "debt", "630100", f"busy{n}"): 5.0 for n in range(busy)}
    for n in range(quiet):
        means[SeriesKey("qinghai", "general", "630200", f"quiet{n}")] = rng.paretovariate(1.1) * 0.02
    return {key: min(mean, 5.0) for key, mean in means.items()}


def simulate(
    seed: int, days: int, busy: int, quiet: int, spread: float, rise_on: int | None = None
) -> tuple[int, int | None]:
    """False alarms in `days` quiet days (each run counted once), and days until a doubling was seen."""
    rng = Random(seed)
    means = means_of(rng, busy, quiet)
    target = next(iter(means))
    series: dict[SeriesKey, dict[str, int]] = {key: {} for key in means}
    false: set[str] = set()
    for n in range(HISTORY + days):
        day = START + timedelta(days=n)
        for key, mean in means.items():
            factor = 2.0 if rise_on is not None and key == target and n >= HISTORY + rise_on else 1.0
            x = draw(rng, mean * factor * WEEK[day.weekday()], spread)
            if x:
                series[key][day.isoformat()] = x
        if n < HISTORY:
            continue
        for alarm in look(series, day + timedelta(days=1)):
            if rise_on is None or n < HISTORY + rise_on:
                false.add(alarm.id)
            elif alarm.key == target:
                return len(false), n - HISTORY - rise_on + 1
    return len(false), None


def false_alarms(seed: int, days: int, busy: int, quiet: int, spread: float) -> float:
    """Per 30 quiet days, over all series."""
    return simulate(seed, days, busy, quiet, spread)[0] * 30 / days


def delays(seeds: range, busy: int, quiet: int, spread: float) -> list[int]:
    """Days until a doubling at five a day is seen; 99 for later than ten days."""
    found = (simulate(seed, 12, busy, quiet, spread, rise_on=2)[1] for seed in seeds)
    return [99 if delay is None else delay for delay in found]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--days", type=int, default=300)
    parser.add_argument("--runs", type=int, default=60)
    given = parser.parse_args()
    print(f"{'series':>8} {'spread':>7} {'false/30d':>10} {'seen in 5 d':>12} {'median delay':>13}")
    for busy, quiet, spread in ((5, 200, 1.0), (5, 200, 1.3), (5, 800, 1.0), (20, 400, 1.0)):
        rate = false_alarms(1, given.days, busy, quiet, spread)
        seen = sorted(delays(range(100, 100 + given.runs), busy, quiet, spread))
        share = sum(delay <= 5 for delay in seen) / len(seen)
        print(f"{busy + quiet:>8} {spread:>7} {rate:>10.2f} {share:>12.0%} {seen[len(seen) // 2]:>13}")


if __name__ == "__main__":
    main()
