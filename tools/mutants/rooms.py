"""Which code is broken on purpose, which tests must notice, and how much of it at least.

The tests of a room are its pure ones: no database, no server. A fault that only another room's tests would
notice counts as unnoticed.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]


class Room(NamedTuple):
    name: str
    sources: tuple[str, ...]
    """Files or globs, from the root."""
    tests: tuple[str, ...]
    aim: float
    """The share of faults that must be noticed."""

    def files(self) -> Iterator[Path]:
        for pattern in self.sources:
            yield from sorted(path for path in ROOT.glob(pattern) if path.read_text("utf-8").strip())

    def test_files(self) -> Iterator[Path]:
        for name in self.tests:
            path = ROOT / name
            yield from sorted(path.glob("test_*.py")) if path.is_dir() else [path]


CLOCK_TESTS = tuple(
    f"tests/cases/test_{name}.py" for name in ("clocks", "clock_pauses", "clocks_without_calendar")
)
LETTER_TESTS = tuple(
    f"tests/lifecycle/test_{name}.py" for name in ("letters", "letter_checker", "grounds", "desk_moves")
)
ROOMS: tuple[Room, ...] = (
    Room("moves", ("cases/moves/*.py",), ("tests/moves", "tests/lifecycle"), 0.95),
    Room("lifecycle", ("cases/lifecycle/*.py",), ("tests/lifecycle",), 0.95),
    Room("letters", ("cases/lifecycle/letters/*.py",), LETTER_TESTS, 0.95),
    Room("effects", ("cases/lifecycle/effects/*.py",), ("tests/lifecycle",), 0.95),
    Room("routing", ("cases/routing.py",), ("tests/cases/test_routing.py",), 0.95),
    Room("clocks", ("cases/clocks.py",), CLOCK_TESTS, 0.95),
    Room("integrity", ("cases/integrity/**/*.py",), ("tests/integrity",), 0.90),
    Room(
        "core",
        (
            "cases/instants.py",
            "cases/model.py",
            "cases/numbers.py",
            "cases/people.py",
            "cases/records.py",
            "cases/search_words.py",
            "cases/service/intake.py",
        ),
        ("tests/cases",),
        0.90,
    ),
    Room("rules", ("cases/rules/*.py",), ("tests/rules", "tests/lifecycle/test_conflicts.py"), 0.90),
    Room("figures", ("cases/figures/*.py",), ("tests/figures", "tests/cases/test_vocabulary.py"), 0.90),
)
