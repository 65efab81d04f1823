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
from random import Random

from cases.figures.early_warning import QUIET_DAYS, evidence
from tools.warning_trial import BUSY, WEEK, delays, draw, false_alarms

CONFIGURATIONS = ((5, 200, 1.0), (5, 200, 1.3), (5, 200, 1.6), (5, 800, 1.3), (20, 400, 1.3))


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
