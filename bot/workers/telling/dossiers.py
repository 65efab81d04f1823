"""Moves what an object of the integrity side has to tell to those it concerns, then takes it off the object.

A citizen hears through the source case, like everything else of it; staff and representatives in their chats.
Both are idempotent by the notification's id, so a crash in between tells nobody twice.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from loguru import logger

from bot.workers.telling.alerts import Alerts
from bot.workers.telling.systems import Systems, as_role
from cases.errors import DomainError, StorageUnavailable
from cases.instants import read_day
from cases.integrity.books import BOOKS
from cases.integrity.spine.dossier import AnyDossier
from cases.integrity.spine.situation import BEFORE_ALL, Situation
from cases.integrity.spine.told import FOR_STAFF, OTHERWISE
from cases.model import Notification
from cases.people import Actor, Role
from cases.ports.accounts import Staff, StaffStore
from cases.ports.cases import CaseStore
from cases.ports.dossiers import DossierStore, SourceStore
from cases.rules.rule_books import Rules
from cases.service.credit.integrity import Integrity
from cases.vocabulary import Audience
from cases.words import in_chinese

BATCH = 50


class DossierRelay:
    """One step = one batch of objects that have something to tell."""

    def __init__(
        self,
        dossiers: DossierStore,
        sources: SourceStore,
        cases: CaseStore,
        staff: StaffStore,
        rules: Rules,
        alerts: Alerts,
        systems: Systems,
        *,
        wake: Callable[[], None],
        now: Callable[[], datetime],
        public_url: str | None = None,
    ) -> None:
        self._dossiers = dossiers
        self._sources = sources
        self._cases = cases
        self._staff = staff
        self._rules = rules
        self._alerts = alerts
        self._systems = systems
        self._wake = wake
        self._now = now
        self._public_url = public_url

    async def step(self) -> bool:
        waiting = await self._dossiers.list_notifying(BATCH)
        for dossier in waiting:
            for notification in dossier.notifications:
                await self._tell(dossier, notification)
            await self._dossiers.drop_notifications(dossier.id, [n.id for n in dossier.notifications])
        if waiting:
            self._wake()
        return len(waiting) == BATCH

    async def _tell(self, dossier: AnyDossier, notification: Notification) -> None:
        if notification.audience is Audience.CITIZEN:
            number = await self._sources.resolve(dossier.source) if dossier.source else None
            if number is not None:
                await self._cases.tell(number, _of_case(notification, number))
            return
        if notification.audience is Audience.SYSTEMS:
            departments = frozenset(notification.params["to"])
            await self._systems.pass_on(
                notification, dossier.id, departments, lambda owner: self._system_may_know(dossier, owner)
            )
            return
        text = self._words(dossier, notification)
        for person in await self._addressees(dossier, notification):
            await self._alerts.tell(person, notification.id, notification.template, text)

    def _words(self, dossier: AnyDossier, notification: Notification) -> str:
        until = notification.params.get("until")
        day = in_chinese(read_day(str(until))) if until else ""
        line = FOR_STAFF.get(notification.template, OTHERWISE).format(id=dossier.id, until=day)
        return f"{line}\n{self._public_url}/credit/{dossier.id}" if self._public_url else line

    async def _addressees(self, dossier: AnyDossier, notification: Notification) -> list[Staff]:
        """Whom it concerns, without anybody who may not know of it."""
        people = await self._asked(dossier, notification)
        roles = set(notification.params.get("roles", ()))
        return [
            person
            for person in people
            if person.active
            and (not roles or not roles.isdisjoint(person.roles))
            and self._may_know(dossier, person.actor)
        ]

    async def _asked(self, dossier: AnyDossier, notification: Notification) -> list[Staff]:
        match notification.audience:
            case Audience.STAFF:
                return [one for one in await self._staff.list_staff() if one.id == notification.target]
            case Audience.DEPARTMENT:
                return list(await self._staff.list_staff(notification.target or dossier.keeper))
            case _:
                return [one for one in await self._staff.list_staff() if one.department != dossier.keeper]

    def _system_may_know(self, dossier: AnyDossier, owner: Actor) -> bool:
        role = Role.SUBJECT if owner.department == dossier.subject.department else Role.REGISTRAR
        return self._may_know(dossier, as_role(owner, role))

    def _may_know(self, dossier: AnyDossier, actor: Actor) -> bool:
        at = Situation(dossier, actor, self._rules, self._now(), BOOKS)
        return all(needed.holds(at) for needed in BEFORE_ALL)


def _of_case(notification: Notification, number: str) -> Notification:
    params = {name: value for name, value in notification.params.items() if name != "id"}
    return notification.model_copy(update={"params": {**params, "number": number}})


class DossierWatch:
    """Lets time do what it does to objects: deadlines pass, publications and sanctions end."""

    def __init__(self, integrity: Integrity, *, wake: Callable[[], None] = lambda: None) -> None:
        self._integrity = integrity
        self._wake = wake

    async def step(self) -> bool:
        """Harmless if two processes do it: each change happens once, under its key."""
        due = await self._integrity.list_waking(BATCH)
        moved = 0
        for dossier in due:
            try:
                moved += await self._integrity.wake(dossier) is not None
            except StorageUnavailable:
                raise
            except DomainError as error:
                logger.warning("{} could not be moved on: {}", dossier.id, error)
        if moved:
            self._wake()
        return len(due) == BATCH and moved > 0
