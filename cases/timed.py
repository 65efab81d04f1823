"""Records with promised times, and what a move does to them: started, met, stopped, paused, resumed.

How a clock counts is in `clocks.py`; which moves touch which clocks is said by the effects of each table.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeVar

from cases import clocks
from cases.clocks import Clock, Length
from cases.moves.change import Change, Moving
from cases.rules.rule_books import Rules
from cases.vocabulary import ClockKind

M = TypeVar("M", bound=StrEnum)
S = TypeVar("S", bound=StrEnum)


class Timed(Moving[M, S]):
    """A record that moves, with the times it was promised."""

    clocks: tuple[Clock, ...] = ()

    @property
    def due_at(self) -> datetime | None:
        """The earliest instant at which a running clock runs out, or None when none runs."""
        return min((clock.due_at for clock in self.clocks if clock.running), default=None)

    def clock(self, kind: ClockKind) -> Clock | None:
        """The newest clock of this kind."""
        return next((clock for clock in reversed(self.clocks) if clock.kind == kind), None)


O = TypeVar("O", bound=Timed[Any, Any])  # noqa: E741  an object of any table


@dataclass(slots=True, kw_only=True)
class TimedChange(Change[O]):
    """One move of a record with clocks being made."""

    rules: Rules

    @property
    def _clocks(self) -> tuple[Clock, ...]:
        current: tuple[Clock, ...] = self.changes.get("clocks", self.subject.clocks)
        return current

    def start(self, length: Length, department: str | None = None) -> Clock:
        clock = clocks.start(length, self.now, self.rules.calendar, department)
        self.set(clocks=(*self._clocks, clock))
        return clock

    def change_clocks(self, change: Callable[[Clock], Clock], *kinds: ClockKind) -> None:
        """Apply to the clocks of these kinds that have not ended; to all kinds if none is named."""
        self.set(
            clocks=tuple(
                change(c) if not c.ended and (not kinds or c.kind in kinds) else c for c in self._clocks
            )
        )

    def meet_clocks(self, *kinds: ClockKind) -> None:
        self.change_clocks(lambda c: clocks.meet(c, self.now), *kinds)

    def stop_clocks(self, *kinds: ClockKind) -> None:
        self.change_clocks(lambda c: clocks.stop(c, self.now), *kinds)

    def pause_clocks(self, *kinds: ClockKind) -> None:
        self.change_clocks(lambda c: clocks.pause(c, self.now), *kinds)

    def resume_clocks(self, *kinds: ClockKind) -> None:
        self.change_clocks(lambda c: clocks.resume(c, self.now, self.rules.calendar), *kinds)
