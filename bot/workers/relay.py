"""Moves what a case has to tell into the outboxes of those it concerns, then takes it off the case.

Appending is idempotent by the notification's id, so a crash in between tells nobody twice.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Protocol

from loguru import logger

from bot.workers.staff_words import words_for_staff
from cases.jurisdictions import Jurisdictions
from cases.model import Audience, Case, Language, Notification, Role
from cases.ports import CaseStore, ConversationStore, Outgoing, Staff, StaffStore

BATCH = 50
DESK = frozenset({Role.HANDLER, Role.DEPUTY, Role.HEAD, Role.TRIAGE})

Render = Callable[[str, Mapping[str, Any], Language], Sequence[dict[str, Any]]]
"""Template and values to the arguments of messages, without the chat."""


class KnowsChats(Protocol):
    async def list_conversations(self, number: str) -> Sequence[str]:
        """Every chat that is told about this case."""


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
        *,
        wake_outboxes: Callable[[], None],
        public_url: str | None = None,
    ) -> None:
        self._cases = cases
        self._chats = chats
        self._staff = staff
        self._conversations = conversations
        self._jurisdictions = jurisdictions
        self._render = render
        self._wake_outboxes = wake_outboxes
        self._public_url = public_url

    async def step(self) -> bool:
        waiting = await self._cases.list_notifying(BATCH)
        for case in waiting:
            for notification in case.notifications:
                await self._guarded(case, notification)
            await self._cases.drop_notifications(case.number, [n.id for n in case.notifications])
        if waiting:
            self._wake_outboxes()
        return len(waiting) == BATCH

    async def _guarded(self, case: Case, notification: Notification) -> None:
        tell: Callable[[Case, Notification], Awaitable[None]] = (
            self._tell_citizen if notification.audience is Audience.CITIZEN else self._tell_staff
        )
        try:
            await tell(case, notification)
        except (ValueError, KeyError, LookupError, TypeError) as error:
            # One that cannot be put into words must not keep all others from being told.
            logger.opt(exception=error).critical(
                "ALERT: {} of {} could not be told", notification.template, case.number
            )

    async def _tell_citizen(self, case: Case, notification: Notification) -> None:
        for conversation in await self._chats.list_conversations(case.number):
            language = await self._conversations.language(conversation) or case.language
            params = {**notification.params, "number": case.number}
            messages = self._render(notification.template, params, language)
            await self._conversations.send(conversation, _calls(notification.id, messages))

    async def _tell_staff(self, case: Case, notification: Notification) -> None:
        text = words_for_staff(notification, case.number, self._public_url)
        for person in await self._addressees(case, notification):
            if person.active and person.conversation:
                calls = _calls(f"{notification.id}:{person.id}", [{"text": text}])
                await self._conversations.send(person.conversation, calls)

    async def _addressees(self, case: Case, notification: Notification) -> Sequence[Staff]:
        target = notification.target
        if notification.audience is Audience.STAFF:
            return [person for person in await self._staff.list_staff() if person.id == target]
        if notification.audience is Audience.DEPARTMENT:
            people = await self._staff.list_staff(target or case.department)
            return [person for person in people if person.roles & DESK]
        watched = frozenset(self._jurisdictions.departments_of(target or case.routing.jurisdiction))
        return [
            person
            for person in await self._staff.list_staff()
            if Role.SUPERVISOR in person.roles and person.department in watched
        ]


def _calls(id: str, messages: Sequence[dict[str, Any]]) -> list[Outgoing]:
    return [Outgoing(f"{id}:{n}", "SendMessage", message) for n, message in enumerate(messages)]
