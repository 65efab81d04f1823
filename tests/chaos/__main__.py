"""`python -m tests.chaos --seed 7`: the long trial, its figures, and exit code 1 when anything is wrong."""

from __future__ import annotations

import argparse
import asyncio
import random
import sys
import tempfile
from pathlib import Path

from tests.chaos.harm import Plan
from tests.chaos.trial import Verdict, hold_trial

SHORT = {"conversations": 20, "kills": 8, "elections": 1, "spread": 15.0}


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.chaos", description=__doc__)
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--conversations", type=int, default=300)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--elections", type=int, default=10)
    parser.add_argument("--spread", type=float, default=360.0, help="seconds the beginnings are spread over")
    parser.add_argument("--patience", type=float, default=900.0, help="seconds a citizen waits for an answer")
    parser.add_argument("--short", action="store_true", help="what the tests run")
    parser.add_argument("--keep", type=Path, help="a folder for the logs")
    arguments = parser.parse_args()
    if arguments.seed is None:
        arguments.seed = random.SystemRandom().randrange(10**6)
    if arguments.short:
        for name, value in SHORT.items():
            setattr(arguments, name, value)
    return arguments


def say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def report(verdict: Verdict) -> None:
    for name, value in verdict.figures.items():
        say(f"  {name}: {value}")
    for name, count in sorted(verdict.toll.counts.items()):
        say(f"  {name}: {count}")
    for name in verdict.toll.left_out:
        say(f"  left out: {name}")
    for fault in verdict.faults[:500]:
        say(f"  WRONG: {fault}")
    say("nothing lost, nothing twice" if not verdict.faults else f"{len(verdict.faults)} faults")


def main() -> int:
    arguments = read_arguments()
    say(f"chaos: seed {arguments.seed}")
    plan = Plan(kills=arguments.kills, elections=arguments.elections)
    if not arguments.short:
        plan.freezes, plan.cuts, plan.slow_calls = 2, 3, 0.05
    else:
        plan.life, plan.calm = (1.0, 5.0), (3.0, 8.0)
    with tempfile.TemporaryDirectory(prefix="shouxin-chaos-") as folder:
        trial = hold_trial(
            arguments.keep or Path(folder),
            seed=arguments.seed,
            conversations=arguments.conversations,
            spread=arguments.spread,
            patience=arguments.patience,
            plan=plan,
            say=say,
        )
        verdict = asyncio.run(trial)
    report(verdict)
    return 1 if verdict.faults else 0


if __name__ == "__main__":
    sys.exit(main())
