"""What supervisors are told without asking: the digest in the morning, and departments that cross amber.

Run by the process that keeps the figures, so one at a time. Every message has an id of its own, and a chat
takes an id only once: a crash between telling and remembering tells nobody twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Protocol

from bot.workers.telling.alerts import Alerts
from cases.figures.early_warning import AlarmStore
from cases.figures.statistics import Selection, Statistics
from cases.figures.under_pressure import Crossing, CrossingStore, Pressure, follow, pressures
from cases.instants import CHINA, local_date
from cases.people import Actor, Role
from cases.ports.accounts import Staff, StaffStore
from cases.ports.cases import Scope
from cases.rules.calendar import WorkCalendar
from cases.service.services import Services
from handlers.supervisor.attention.briefing import compose_briefing
from handlers.supervisor.places import department_name

MORNING_BEGINS, MORNING_ENDS = time(8), time(12)
"""In China. A process that starts after the morning leaves the day's digest out."""
EVERYTHING = Selection(Scope(departments=None))


class DigestLedger(Protocol):
    """Remembers who had today's digest."""

    async def told(self, day: date) -> frozenset[str]: ...
    async def mark(self, day: date, staff: str) -> None: ...


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
    ) -> None:
        self._services = services
        self._statistics = statistics
        self._alarms = alarms
        self._crossings: CrossingStore = alarms
        self._digests = digests
        self._staff = staff
        self._alerts = alerts
        self._calendar = calendar
        self._public_url = public_url

    async def tell(self, now: datetime) -> None:
        """Everything that is due at this instant; may be called at any time and as often as one likes."""
        await self.tell_crossings(now)
        await self.send_digests(now)

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
                    self._services, self._statistics, self._alarms, actor_for(person), now
                )
                text = self._with_link(digest.message, "/board/digest")
                await self._alerts.hand_over(person, f"morning:{day.isoformat()}", text)
                await self._digests.mark(day, person.id)

    async def tell_crossings(self, now: datetime) -> None:
        """Once when a department crosses; again only after it came back and crosses anew."""
        known = await self._crossings.list_crossings()
        held = pressures(await self._statistics.backlog(EVERYTHING, now))
        across = follow(known, held, now)
        if across != known:
            await self._crossings.keep_crossings(across)
        untold = [crossing for crossing in across if not crossing.told]
        if untold:
            await self._tell_of(untold, now)
            await self._crossings.keep_crossings([crossing._replace(told=True) for crossing in across])

    async def _tell_of(self, crossings: Sequence[Crossing], now: datetime) -> None:
        for person in await self._supervisors():
            overseen = self._services.desk.scope(actor_for(person)).departments or frozenset()
            for crossing in crossings:
                if crossing.department in overseen:
                    await self._tell_one(person, crossing, now)

    async def _tell_one(self, person: Staff, crossing: Crossing, now: datetime) -> None:
        """With the figures this person may see, which can be smaller than those that made the light."""
        selection = Selection(self._services.desk.scope(actor_for(person)), department=crossing.department)
        held = pressures(await self._statistics.backlog(selection, now)).get(
            crossing.department, Pressure(0, 0)
        )
        name = department_name(crossing.department, self._services.rules.jurisdictions)
        words = crossing_words(name, held)
        id = f"crossing:{crossing.department}:{crossing.since.isoformat()}"
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


def crossing_words(name: str, held: Pressure) -> str:
    return (
        f"{name}列入黄灯单位：在办{held.open}件，其中已超期和即将到期{held.pressed}件，"
        f"占{held.share:.0%}。请督促。"
    )


def actor_for(person: Staff) -> Actor:
    return Actor(roles=person.roles, id=person.id, name=person.name, department=person.department)
