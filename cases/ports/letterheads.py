"""How departments write their letters. As in `cases/ports/cases.py`: `get` here always answers."""

from __future__ import annotations

from typing import Protocol

from cases.letters import Letterhead


class LetterheadStore(Protocol):
    async def get(self, department: str) -> Letterhead:
        """As the department set it, or the one everybody begins with."""

    async def put(self, letterhead: Letterhead) -> None:
        """Raises CodeTaken when another department numbers its letters by the same 机关代字."""


class CodeTaken(Exception):
    """Two departments would give the same numbers."""
