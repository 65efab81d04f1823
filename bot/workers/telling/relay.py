"""Moves what a case has to tell into the outboxes of those it concerns, then takes it off the case.

Appending is idempotent by the notification's id, so a crash in between tells nobody twice.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Protocol

from loguru import logger

from bot.workers.telling.alerts import Alerts
from bot.workers.telling.staff_words import EMPTY_DESK, UNSUPERVISED, words_for_staff
from bot.workers.telling.systems import Systems
from cases.errors import NotFound
from cases.instants import local_date
from cases.lifecycle.permissions import HOLDERS, may_see, oversees
from cases.model import Case, Notification
from cases.people import Role
from cases.ports.accounts import Staff, StaffStore
from cases.ports.cases import CaseStore
from cases.ports.conversations import ConversationStore, Outgoing
from cases.ports.reporters import Reporter
from cases.rules.jurisdictions import Jurisdictions
from cases.vocabulary import CHATS, Audience, Language

BATCH = 50
FILED_WITHIN = timedelta(minutes=15)

Render = Callable[[str, Mapping[str, Any], Language], Sequence[dict[str, Any]]]
"""Template and values to the arguments of messages, without the chat."""


class KnowsChats(Protocol):
    async def list_conversations(self, number: str) -> Sequence[str]:
        """Every chat that is told about this case."""

    async def find(self, number: str) -> Reporter | None:
        """Who filed it; None while it is being filed, and once that was erased."""


class Relay:
    """One step = one batch of cases."""

    def __init__(
        self,
        cases: CaseStore,
        chats: KnowsChats,
        staff: StaffStore,
        conversations: ConversationStore,
        jurisdictions: Jurisdictions,
        render: Render,
        alerts: Alerts,
        systems: Systems,
        *,
        wake_outboxes: Callable[[], None],
        now: Callable[[], datetime],
        public_url: str | None = None,
    ) -> None:
        self._now = now
        self._cases = cases
        self._chats = chats
        self._staff = staff
        self._conversations = conversations
        self._jurisdictions = jurisdictions
        self._render = render
        self._alerts = alerts
        self._systems = systems
        self._wake_outboxes = wake_outboxes
        self._public_url = public_url
        self._people: dict[tuple[object, ...], Sequence[Staff]] = {}
        """Accounts that this step has asked for."""

    async def step(self) -> bool:
        waiting = await self._cases.list_notifying(BATCH)
        told: dict[str, list[str]] = {}
        try:
            for case in waiting:
                for notification in case.notifications:
                    if await self._guarded(case, notification):
                        told.setdefault(case.number, []).append(notification.id)
        finally:
            self._people.clear()
            if told:
                await self._cases.drop_notifications(told)
        summed_up = await self._alerts.sum_up()
        if waiting or summed_up:
            self._wake_outboxes()
        return len(waiting) == BATCH

    async def _guarded(self, case: Case, notification: Notification) -> bool:
        """Whether the notification is done with."""
        if notification.audience is Audience.CITIZEN and await self._is_being_filed(case):
            return False
        try:
            await self._way_to(notification.audience)(case, notification)
        except (ValueError, KeyError, LookupError, TypeError) as error:
            # One that cannot be put into words must not keep all others from being told.
            logger.opt(exception=error).critical(
                "ALERT: {} of {} could not be told", notification.template, case.number
            )
        return True

    def _way_to(self, audience: Audience) -> Callable[[Case, Notification], Awaitable[None]]:
        match audience:
            case Audience.CITIZEN:
                return self._tell_citizen
            case Audience.SYSTEMS:
                return self._systems.tell
            case _:
                return self._tell_staff

    async def _is_being_filed(self, case: Case) -> bool:
        """A crash between the case and its chat is mended by filing again: until then nobody can be told."""
        young = self._now() < case.filed_at + FILED_WITHIN
        return young and case.channel in CHATS and await self._chats.find(case.number) is None

    async def _tell_citizen(self, case: Case, notification: Notification) -> None:
        """Also those whose complaints were merged into this one, each under the own number."""
        for number in (case.number, *await self._cases.list_merged(case.number)):
            for conversation in await self._chats.list_conversations(number):
                language = await self._conversations.language(conversation) or case.language
                params = {**notification.params, "number": number}
                messages = self._render(notification.template, params, language)
                await self._conversations.send(conversation, _calls(notification.id, messages))

    async def _tell_staff(self, case: Case, notification: Notification) -> None:
        text = words_for_staff(notification, case.number, self._public_url)
        department = _department_of(case, notification)
        if department is not None and not await self._those(HOLDERS, department, limit=1):
            await self._tell_of_empty_desk(department, EMPTY_DESK)
        addressees = self._addressees(await self._people_of(case, notification), case, notification)
        if notification.audience is Audience.SUPERVISORS and not addressees:
            await self._tell_of_empty_desk(case.department, UNSUPERVISED)
        for person in addressees:
            await self._alerts.tell(person, notification.id, notification.template, text)

    async def _people_of(self, case: Case, notification: Notification) -> Sequence[Staff]:
        match notification.audience:
            case Audience.STAFF:
                return await self._one(notification.target)
            case Audience.DEPARTMENT:
                return await self._those(HOLDERS, _department_of(case, notification), linked=True)
            case _:
                return await self._those((Role.SUPERVISOR,), None)

    async def _one(self, id: str | None) -> Sequence[Staff]:
        try:
            return [await self._staff.get(id or "")]
        except NotFound:
            return []

    async def _those(
        self, roles: Sequence[Role], department: str | None, *, linked: bool = False, limit: int = 0
    ) -> Sequence[Staff]:
        """Active accounts, read once a step."""
        asked = (*roles, department, linked, limit)
        if asked not in self._people:
            self._people[asked] = await self._staff.list_active(roles, department, linked=linked, limit=limit)
        return self._people[asked]

    async def _tell_of_empty_desk(self, department: str, words: str) -> None:
        """A case lies where nobody can open it: administrators hear of the department, not of the case."""
        found = self._jurisdictions.find_by_id(department)
        text = words.format(department=found.title if found else department)
        logger.critical("ALERT: {} has cases and no account that could work or supervise them", department)
        day = local_date(self._now()).isoformat()
        for person in await self._those((Role.ADMIN,), None, linked=True):
            await self._alerts.tell(person, f"empty-desk:{department}:{day}", "staff-empty-desk", text)

    def _addressees(self, people: Sequence[Staff], case: Case, notification: Notification) -> list[Staff]:
        """Whom it concerns, without anybody who may not know that the case exists."""
        return [
            person
            for person in people
            if self._concerns(person, case, notification) and may_see(case, person.actor, self._jurisdictions)
        ]

    def _concerns(self, person: Staff, case: Case, notification: Notification) -> bool:
        match notification.audience:
            case Audience.STAFF:
                return person.id == notification.target
            case Audience.DEPARTMENT:
                return not person.roles.isdisjoint(HOLDERS)
            case _:
                return oversees(case, person.actor, self._jurisdictions)


def _department_of(case: Case, notification: Notification) -> str | None:
    """The department whose people are asked; None for all."""
    if notification.audience is Audience.DEPARTMENT:
        return notification.target or case.department
    return None


def _calls(id: str, messages: Sequence[dict[str, Any]]) -> list[Outgoing]:
    return [Outgoing(f"{id}:{n}", "SendMessage", message) for n, message in enumerate(messages)]
