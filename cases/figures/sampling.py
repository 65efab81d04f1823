"""抽查: which of the cases that ended in a month a supervisor looks at, by lot, so that nobody can choose.

The seed is made when the month is over and stands in the audit trail: whoever has the list of the month can
draw again and must find the same cases.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from itertools import zip_longest
from typing import Protocol

from cases.figures.facts import CaseFacts, Happening
from cases.vocabulary import Status

SHARE, LEAST, MOST = 0.05, 1, 10
"""Of the cases of one department, at least and at most so many."""
CHECKED = frozenset({Status.CLOSED, Status.DECLINED})
"""What was withdrawn or merged was not decided by anybody."""


class DrawLedger(Protocol):
    """Remembers the seed of each month, and whether its draw is complete."""

    async def seed(self, month: str) -> tuple[str, bool]:
        """The seed, made at the first call, and whether it was made just now."""

    async def is_drawn(self, month: str) -> bool: ...
    async def mark_drawn(self, month: str) -> None: ...


def draw(rows: Iterable[CaseFacts], seed: str) -> list[str]:
    """Numbers of the cases drawn, department by department.

    Within a department domains take turns, and what was answered at once has turns of its own and the first
    one: a department with few cases in a draw shows each kind of its work.
    """
    homes: dict[str, dict[tuple[bool, str], list[str]]] = {}
    for facts in rows:
        if facts.status in CHECKED:
            at_once = any(event.name is Happening.INSTANT for event in facts.events)
            strata = homes.setdefault(facts.home, {})
            strata.setdefault((not at_once, _lot(seed, facts.domain)), []).append(facts.number)
    return [number for home in sorted(homes) for number in _drawn(homes[home], seed)]


def _drawn(strata: dict[tuple[bool, str], list[str]], seed: str) -> list[str]:
    shuffled = [sorted(strata[key], key=lambda number: _lot(seed, number)) for key in sorted(strata)]
    in_turns = [number for turn in zip_longest(*shuffled) for number in turn if number is not None]
    return in_turns[: min(max(round(SHARE * len(in_turns)), LEAST), MOST)]


def _lot(seed: str, name: str) -> str:
    return hashlib.sha256(f"{seed}|{name}".encode()).hexdigest()
