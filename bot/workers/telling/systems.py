"""From a case's event to the subscriptions of the departments it names: who may know, and what is said.

A step of the relay: the event stays in the case until every subscription has it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from cases.errors import NotFound
from cases.lifecycle.permissions import is_conflicted
from cases.model import Case, Notification
from cases.people import Role
from cases.ports.accounts import StaffStore
from cases.ports.subscriptions import PauseReason, Subscription, SubscriptionStore
from cases.rules.jurisdictions import Jurisdictions
from cases.service.subscriptions import make_event
from cases.vocabulary import EventKind

SAID = ("status", "version", "department", "due", "clock")
"""What of an event is told; everything here is a code, a number or a date."""


class Systems:
    def __init__(
        self,
        webhooks: SubscriptionStore,
        staff: StaffStore,
        jurisdictions: Jurisdictions,
        now: Callable[[], datetime],
        wake: Callable[[], None] = lambda: None,
    ) -> None:
        self._webhooks = webhooks
        self._staff = staff
        self._jurisdictions = jurisdictions
        self._now = now
        self._wake = wake

    async def tell(self, case: Case, event: Notification) -> None:
        """Idempotent by the event's id."""
        departments = frozenset(event.params["to"]) - frozenset(case.barred)
        wanting = await self._webhooks.list_wanting(departments, EventKind(event.template))
        for subscription in wanting:
            if await self._may_know(subscription, case):
                await self._append(subscription, case, event)
        if wanting:
            self._wake()

    async def _may_know(self, subscription: Subscription, case: Case) -> bool:
        """As whoever registered it: their department must not be the accused, nor they be named."""
        try:
            owner = await self._staff.get(subscription.owner)
        except NotFound:
            owner = None
        if owner is None or not owner.active or owner.department != subscription.department:
            await self._webhooks.pause(subscription.id, PauseReason.OWNER_LEFT)
            return False
        seen_as = owner.actor.model_copy(update={"roles": frozenset({Role.HANDLER})})
        return not is_conflicted(case, seen_as, self._jurisdictions)

    async def _append(self, subscription: Subscription, case: Case, event: Notification) -> None:
        data = {"number": case.number, **{name: event.params[name] for name in SAID if name in event.params}}
        made = make_event(subscription.id, event.id, event.template, event.params["at"], data)
        await self._webhooks.append(subscription.id, made, self._now())
