"""Follows the calendar folder while the process runs: a year that is published counts at once.

A file that cannot be used changes nothing and is named in the log.
"""

from __future__ import annotations

from loguru import logger

from bot.surroundings.calendar_folder import FolderCalendar
from cases.errors import DomainError, StorageUnavailable
from cases.model import Case
from cases.rules.calendar import BadCalendar, WorkCalendar
from cases.service.upkeep import Upkeep
from storage.upkeep.retention import MongoRetention

BATCH = 100


class CalendarWatch:
    """Looks into the folder, and counts provisional due days anew when a calendar has arrived."""

    def __init__(self, calendar: WorkCalendar, retention: MongoRetention, upkeep: Upkeep) -> None:
        self._calendar = calendar
        self._cases = retention
        self._upkeep = upkeep
        self._counted = False

    def look(self) -> None:
        """Every process does this for itself."""
        if not isinstance(self._calendar, FolderCalendar):
            return
        try:
            if self._calendar.refresh():
                logger.info("the calendar folder was read again")
                self._counted = False
        except (BadCalendar, OSError) as error:
            logger.error("ALERT: the calendar folder cannot be used: {}", error)

    async def recount(self) -> int:
        """One process does this: at its start and after every change. How many cases changed."""
        if self._counted:
            return 0
        changed, after = 0, ""
        while cases := await self._cases.list_provisional(after, BATCH):
            for case in cases:
                changed += await self._recount_one(case)
            after = cases[-1].number
        self._counted = True
        if changed:
            logger.info("the due days of {} cases were counted anew", changed)
        return changed

    async def _recount_one(self, case: Case) -> bool:
        try:
            return await self._upkeep.recount(case) is not None
        except StorageUnavailable:
            raise
        except DomainError as error:
            logger.warning("{} could not be counted anew: {}", case.number, error)
            return False
