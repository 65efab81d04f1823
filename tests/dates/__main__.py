"""`python -m tests.dates --on +40d --on 2028-02-29 tests/cases …`: pytest on other days, one after the other.

A day is so many days from now, or a date. Children inherit it: mongod, and the processes beside the tests.
That they do is tried each time (`another_day`). It must not know any other test.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import typer

from tests.dates import BEGAN

PRELOAD = Path(__file__).parent / "preload"
THAT_DAY = str(Path(__file__).parent / "another_day.py")
MORNING = time(2, 0, tzinfo=UTC)
"""Ten o'clock in China: the same date there and in UTC, whatever the tests take."""
ROOT = Path(__file__).parents[2]
MEMORY = Path("/dev/shm")


def moment_of(day: str, now: datetime) -> datetime:
    """`+40d`, or a date. Raises ValueError."""
    if days := re.fullmatch(r"\+(\d+)d", day):
        return now + timedelta(days=int(days.group(1)))
    return datetime.combine(date.fromisoformat(day), MORNING)


def environment(began: datetime, folder: str) -> dict[str, str]:
    path = os.pathsep.join(filter(None, [str(PRELOAD), os.environ.get("PYTHONPATH")]))
    return {
        **os.environ,
        BEGAN: began.isoformat(),
        "PYTHONPATH": path,
        # By that day's clock, folders of today's other runs are long forgotten: pytest would clear them away.
        "PYTEST_DEBUG_TEMPROOT": folder,
        # The server's waits are on the monotonic clock, which is left alone: nothing of them is to be mended.
        "FAKETIME_FORCE_MONOTONIC_FIX": "0",
        # Files keep their times: compiled modules would look stale otherwise.
        "NO_FAKE_STAT": "1",
    }


def run(day: str, words: list[str]) -> int:
    """pytest's exit code."""
    now = datetime.now(UTC)
    began = moment_of(day, now)
    typer.echo(f"== {day}: {began:%Y-%m-%d %H:%M} UTC")
    seconds = round((began - now).total_seconds())
    moved = ["faketime", "-m", "--exclude-monotonic", "-f", f"{seconds:+d}"]
    with TemporaryDirectory(prefix="day-", dir=MEMORY if MEMORY.is_dir() else None) as folder:
        return subprocess.run(
            [*moved, sys.executable, "-m", "pytest", THAT_DAY, *words],
            cwd=ROOT,
            env=environment(began, folder),
            check=False,
        ).returncode


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.dates", description=__doc__)
    parser.add_argument("--on", action="append", required=True, metavar="DAY", help="+40d or 2028-02-29")
    options, words = parser.parse_known_args()
    if shutil.which("faketime") is None:
        typer.echo("faketime is missing: apt-get install faketime", err=True)
        return 1
    return max([run(day, words) for day in options.on])


if __name__ == "__main__":
    sys.exit(main())
