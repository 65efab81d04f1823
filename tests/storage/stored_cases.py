"""Cases laid where a test wants them, and whom they are shown to."""

from __future__ import annotations

from datetime import timedelta

from cases.model import Case
from cases.ports.cases import Scope
from storage.opening import Storage

HOUR = timedelta(hours=1)
MILLISECOND = timedelta(milliseconds=1)


async def put(storage: Storage, *cases: Case) -> None:
    for case in cases:
        await storage.cases.insert(case)


def scope(*departments: str, staff_name: str | None = None, participants_too: bool = True) -> Scope:
    return Scope(frozenset(departments), staff_name, participants_too)
