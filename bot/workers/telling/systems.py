"""From a case's event to the subscriptions of the departments it names: who may know, and what is said.

A step of the relay: the event stays in the case until every subscription has it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from cases.errors import NotFound
from cases.lifecycle.permissions import is_conflicted
from cases.model import Case, Notification
from cases.people import Actor, Role
from cases.ports.accounts import Staff, StaffStore
from cases.ports.subscriptions import PauseReason, Subscription, SubscriptionStore
from cases.rules.jurisdictions import Jurisdictions
from cases.service.subscriptions import make_event
from cases.vocabulary import EventKind

SAID = ("kind", "status", "version", "department", "due", "clock")
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
        """Idempotent by the event's id. To nobody of the accused body, and as little to whoever is named."""
        departments = frozenset(event.params["to"]) - frozenset(case.barred)
        await self.pass_on(
            event,
            case.number,
            departments,
            lambda owner: not is_conflicted(case, as_role(owner, Role.HANDLER), self._jurisdictions),
        )

    async def pass_on(
        self, event: Notification, number: str, departments: frozenset[str], lets: Callable[[Actor], bool]
    ) -> None:
        """To the subscriptions of these departments whose owners it `lets` know."""
        wanting = await self._webhooks.list_wanting(departments, EventKind(event.template))
        for subscription in wanting:
            owner = await self._owner_of(subscription)
            if owner is not None and lets(owner.actor):
                await self._append(subscription, number, event)
        if wanting:
            self._wake()

    async def _owner_of(self, subscription: Subscription) -> Staff | None:
        """None, and the subscription paused, once whoever registered it has left the department."""
        try:
            owner = await self._staff.get(subscription.owner)
        except NotFound:
            owner = None
        if owner is None or not owner.active or owner.department != subscription.department:
            await self._webhooks.pause(subscription.id, PauseReason.OWNER_LEFT)
            return None
        return owner

    async def _append(self, subscription: Subscription, number: str, event: Notification) -> None:
        data = {"number": number, **{name: event.params[name] for name in SAID if name in event.params}}
        made = make_event(subscription.id, event.id, event.template, event.params["at"], data)
        await self._webhooks.append(subscription.id, made, self._now())


def as_role(actor: Actor, role: Role) -> Actor:
    """The owner of a subscription as whoever reads for the department."""
    return actor.model_copy(update={"roles": frozenset({role})})
