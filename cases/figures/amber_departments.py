"""黄灯单位, departments on amber: much of what one holds is late or nearly so. Told once, not at every case.

Going in takes more than staying in, so that a department at the line does not flicker.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple, Protocol

from cases.figures.statistics import Backlog

ENTER_CASES, ENTER_SHARE = 5, 0.30
LEAVE_CASES, LEAVE_SHARE = 3, 0.20


class Pressure(NamedTuple):
    """What a department holds now."""

    open: int
    pressed: int
    """Overdue or amber."""

    @property
    def share(self) -> float:
        return self.pressed / self.open if self.open else 0.0


class AmberDepartment(NamedTuple):
    """A department that has crossed amber and not come back."""

    department: str
    since: datetime
    told: bool = False
    """Whether its supervisors have been told."""


class AmberDepartmentStore(Protocol):
    async def list_amber(self) -> list[AmberDepartment]: ...
    async def keep_amber(self, departments: Sequence[AmberDepartment]) -> None:
        """These instead of those kept before."""


def pressures(backlog: Backlog) -> dict[str, Pressure]:
    found: dict[str, Pressure] = {}
    for row in backlog.standing:
        known = found.get(row.department, Pressure(0, 0))
        pressed = row.cases if row.amber or row.overdue else 0
        found[row.department] = Pressure(known.open + row.cases, known.pressed + pressed)
    return found


def follow_amber(
    known: Sequence[AmberDepartment], now_held: Mapping[str, Pressure], now: datetime
) -> list[AmberDepartment]:
    """Who is across now: those that stay, then those that have just crossed."""
    before = {one.department: one for one in known}
    stay = [c for c in known if c.department in now_held and not _is_back(now_held[c.department])]
    new = [
        AmberDepartment(department, now)
        for department, pressure in sorted(now_held.items())
        if department not in before and _is_across(pressure)
    ]
    return [*stay, *new]


def _is_across(pressure: Pressure) -> bool:
    return pressure.pressed >= ENTER_CASES and pressure.share >= ENTER_SHARE


def _is_back(pressure: Pressure) -> bool:
    return pressure.pressed < LEAVE_CASES or pressure.share < LEAVE_SHARE
