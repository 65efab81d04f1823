"""Keeps the reports of a week, month, quarter or year as soon as it is over, whether or not anybody looks.

One for each department with readers, as its page would keep it at the first look: figures of a past month do
not depend on who was curious, and when.
"""

from __future__ import annotations

from datetime import datetime

from loguru import logger

from cases.figures.reports import ReportStore
from cases.figures.statistics import Selection, Statistics
from cases.instants import local_date
from cases.people import Actor, Role
from cases.ports.accounts import StaffStore
from cases.service.services import Services
from handlers.supervisor.choices import BOARD_ROLES, Choice
from handlers.supervisor.periods import just_over, period_of
from handlers.supervisor.reports.content import compose, is_over, report_id

AT_ONCE = 50
"""Reports of one period kept in one go, well within the lease of the figures; the next go does the next."""


class ClosedPeriods:
    def __init__(
        self, services: Services, statistics: Statistics, reports: ReportStore, staff: StaffStore
    ) -> None:
        self._services = services
        self._statistics = statistics
        self._reports = reports
        self._staff = staff
        self._kept: set[str] = set()
        """Keys of periods that this process has nothing left to do for."""

    async def keep(self, now: datetime) -> None:
        """Reports of the last periods that are not kept yet; call again until there are none."""
        today = local_date(now)
        for key in just_over(today):
            period, _ = period_of(key, today)
            if key in self._kept or not await is_over(self._statistics, period, now):
                continue
            made = 0
            for reader in await self._readers():
                made += await self._keep(reader, key, now)
                if made == AT_ONCE:
                    break
            else:
                self._kept.add(key)
            if made:
                logger.info("{} reports of {} are kept", made, key)

    async def _keep(self, reader: Actor, key: str, now: datetime) -> bool:
        """Whether it had still to be done."""
        period, name = period_of(key, local_date(now))
        choice = Choice(Selection(self._services.desk.scope(reader)), period, key, name)
        id = report_id(reader, choice)
        if (await self._reports.find(id)).content is not None:
            return False
        content = await compose(self._services, self._statistics, choice, reader, now)
        await self._reports.freeze(id, content)
        return True

    async def _readers(self) -> list[Actor]:
        """Nobody in person: whoever supervises, and whoever heads, in each department that has one."""
        seen = {
            (person.department, Role.SUPERVISOR in person.roles)
            for person in await self._staff.list_staff()
            if person.active and person.roles.intersection(BOARD_ROLES)
        }
        return [
            Actor(roles=frozenset({Role.SUPERVISOR if oversees else Role.HEAD}), department=department)
            for department, oversees in sorted(seen)
        ]
