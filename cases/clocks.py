"""Clocks: the times a case was promised, their pauses and their colours.

Rules come from `time_limits.toml` (law and article for each); nothing here reads the time itself.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from pydantic import BaseModel, ConfigDict


class Unit(StrEnum):
    CALENDAR_DAY = "calendar_day"
    WORKING_DAY = "working_day"


class Clock(BaseModel):
    """One promised time. `due_at` is the last instant (end of the last day in Asia/Shanghai), aware UTC."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: str
    """accept, handle, transfer_return, review, final_review, order …"""
    basis: str
    """Law and article the length comes from, as shown to people."""
    amount: int
    unit: Unit
    started_at: datetime
    due_at: datetime
    department: str | None = None
    paused_at: datetime | None = None
    paused_seconds: int = 0
    met_at: datetime | None = None
    stopped_at: datetime | None = None
    """Set when the clock ended without being met or missed (withdrawn, merged, transferred away)."""
    provisional: bool = False
    """The working-day calendar of a year it touches is not published yet (暂定)."""
    extended_days: int = 0
    warned: tuple[str, ...] = ()
    """amber and red, once each was told."""

    @property
    def running(self) -> bool:
        return self.met_at is None and self.stopped_at is None and self.paused_at is None
