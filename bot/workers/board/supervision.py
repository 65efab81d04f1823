"""What supervisors are told without asking: the morning digest, departments across amber, mass reading.

Run by the process that keeps the figures, so one at a time. Every message has an id of its own, and a chat
takes an id only once: a crash between telling and remembering tells nobody twice.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Protocol

from loguru import logger

from bot.workers.telling.alerts import Alerts
from cases.errors import NotFound
from cases.figures.amber_departments import (
    AmberDepartment,
    AmberDepartmentStore,
    Pressure,
    follow_amber,
    pressures,
)
from cases.figures.early_warning import AlarmStore
from cases.figures.statistics import WHOLE_BOARD, Selection, Statistics
from cases.instants import CHINA, local_date
from cases.people import Role
from cases.ports.accounts import Staff, StaffStore
from cases.ports.audit import AuditAction
from cases.rules.calendar import WorkCalendar
from cases.service.services import Services
from handlers.supervisor.attention.briefing import compose_briefing
from handlers.supervisor.places import department_name

MORNING_BEGINS, MORNING_ENDS = time(8), time(12)
"""In China. A process that starts after the morning leaves the day's digest out."""


class DigestLedger(Protocol):
    """Remembers who had today's digest."""

    async def told(self, day: date) -> frozenset[str]: ...
    async def mark(self, day: date, staff: str) -> None: ...


class CountsLooks(Protocol):
    async def count_subjects(self, action: AuditAction, since: datetime) -> Mapping[str, int]:
        """How many different subjects each actor did this to since then."""


class Supervision:
    """Tells supervisors who linked a chat; within what each may see."""

    def __init__(
        self,
        services: Services,
        statistics: Statistics,
        alarms: AlarmStore,
        digests: DigestLedger,
        staff: StaffStore,
        alerts: Alerts,
        calendar: WorkCalendar,
        public_url: str | None = None,
        *,
        audit: CountsLooks,
        looks_an_hour: int,
    ) -> None:
        self._audit = audit
        self._looks_an_hour = looks_an_hour
        self._services = services
        self._statistics = statistics
        self._alarms = alarms
        self._amber: AmberDepartmentStore = alarms
        self._digests = digests
        self._staff = staff
        self._alerts = alerts
        self._calendar = calendar
        self._public_url = public_url

    async def tell(self, now: datetime) -> None:
        """Everything that is due at this instant; may be called at any time and as often as one likes."""
        await self.tell_amber_departments(now)
        await self.send_digests(now)
        await self.tell_mass_reading(now)

    async def tell_mass_reading(self, now: datetime) -> None:
        """Whoever opened more cases within the hour than anybody needs to: once a day, told to overseers."""
        looks = await self._audit.count_subjects(AuditAction.CASE_VIEWED, now - timedelta(hours=1))
        for reader, count in looks.items():
            if count > self._looks_an_hour and (person := await self._account(reader)) is not None:
                await self._tell_of_reader(person, count, now)

    async def _account(self, id: str) -> Staff | None:
        try:
            return await self._staff.get(id)
        except NotFound:
            return None

    async def _tell_of_reader(self, reader: Staff, count: int, now: datetime) -> None:
        name = department_name(reader.department, self._services.rules.jurisdictions)
        words = f"{name}{reader.name}一小时内打开了{count}件，请核实是否为办理所需。"
        logger.warning("ALERT: the account {} opened {} cases within an hour", reader.login, count)
        for person in await self._supervisors():
            overseen = self._services.desk.scope(person.actor).departments or frozenset()
            if person.id != reader.id and reader.department in overseen:
                id = f"mass-reading:{reader.id}:{local_date(now).isoformat()}"
                await self._alerts.tell(person, id, "staff-mass-reading", self._with_link(words, "/audit"))

    async def send_digests(self, now: datetime) -> None:
        """Once per person and working day, in the morning."""
        day = local_date(now)
        if not MORNING_BEGINS <= now.astimezone(CHINA).time() < MORNING_ENDS:
            return
        if not self._calendar.is_working_day(day):
            return
        told = await self._digests.told(day)
        for person in await self._supervisors():
            if person.id not in told:
                digest = await compose_briefing(
                    self._services, self._statistics, self._alarms, person.actor, now
                )
                text = self._with_link(digest.message, "/board/digest")
                await self._alerts.hand_over(person, f"morning:{day.isoformat()}", text)
                await self._digests.mark(day, person.id)

    async def tell_amber_departments(self, now: datetime) -> None:
        """Once when a department crosses; again only after it came back and crosses anew."""
        known = await self._amber.list_amber()
        held = pressures(await self._statistics.backlog(WHOLE_BOARD, now))
        across = follow_amber(known, held, now)
        if across != known:
            await self._amber.keep_amber(across)
        untold = [amber for amber in across if not amber.told]
        if untold:
            await self._tell_of(untold, now)
            await self._amber.keep_amber([amber._replace(told=True) for amber in across])

    async def _tell_of(self, departments: Sequence[AmberDepartment], now: datetime) -> None:
        for person in await self._supervisors():
            overseen = self._services.desk.scope(person.actor).departments or frozenset()
            for amber in departments:
                if amber.department in overseen:
                    await self._tell_one(person, amber, now)

    async def _tell_one(self, person: Staff, amber: AmberDepartment, now: datetime) -> None:
        """With the figures this person may see, which can be smaller than those that made the light."""
        selection = Selection(self._services.desk.scope(person.actor), department=amber.department)
        held = pressures(await self._statistics.backlog(selection, now)).get(amber.department, Pressure(0, 0))
        name = department_name(amber.department, self._services.rules.jurisdictions)
        words = amber_words(name, held)
        id = f"crossing:{amber.department}:{amber.since.isoformat()}"
        await self._alerts.tell(
            person, id, "staff-crossing", self._with_link(words, "/board/attention?list=crossings")
        )

    async def _supervisors(self) -> list[Staff]:
        return [
            person
            for person in await self._staff.list_staff()
            if person.active and person.conversation is not None and Role.SUPERVISOR in person.roles
        ]

    def _with_link(self, text: str, path: str) -> str:
        return f"{text}\n{self._public_url}{path}" if self._public_url else text


def amber_words(name: str, held: Pressure) -> str:
    return (
        f"{name}列入黄灯单位：在办{held.open}件，其中已超期和即将到期{held.pressed}件，"
        f"占{held.share:.0%}。请督促。"
    )
