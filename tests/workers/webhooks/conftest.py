"""A desk whose events are delivered when the test says so, and a receiver that is there."""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.settings import Settings
from bot.surroundings.network import Network
from bot.workers.loop import Worker
from cases.people import Role
from cases.ports.subscriptions import Subscription
from cases.vocabulary import EventKind
from storage.opening import Storage
from tests.town.clock import Watch
from tests.town.live.names import TableOfNames
from tests.town.live.parts import put_together
from tests.town.live.receiver import HOST, Received, Receiver
from tests.town.live.town import Town, open_town
from tests.town.places import FINANCE

LOOPBACK = ("127.0.0.0/8",)


@dataclass
class Post:
    """A desk whose relay and webhook worker are run by the test, and a receiver that is there."""

    town: Town
    worker: Worker
    receiver: Receiver

    async def subscribed(
        self, *events: EventKind, department: str = FINANCE, name: str = "王负责"
    ) -> Subscription:
        head = await self.town.person(name, Role.HEAD, department=department)
        made = Subscription(
            id=f"{head.id:0>16}"[-16:],
            department=department,
            owner=head.id,
            url=self.receiver.url,
            events=frozenset(events or EventKind),
            secret="whsec_" + "QUFB" * 8,
            created_at=self.town.now,
        )
        await self.town.storage.webhooks.add(made)
        return made

    async def delivered(self) -> list[Received]:
        """Everything the receiver got, once nothing is left to do now."""
        while await self.town.parts.relay.step():
            pass
        while await self.worker.step():
            pass
        return self.receiver.got

    async def deliver_with(
        self, settings: Settings, names: TableOfNames | None, trust: ssl.SSLContext
    ) -> None:
        """From now on by another process."""
        town = self.town
        network = Network(None, names, trust)
        other = await put_together(town.storage, town.watch, settings, network=network)
        self.worker = other.webhooks
        await other.close()

    async def state(self, subscription: Subscription) -> Subscription:
        found = await self.town.storage.webhooks.find(subscription.id)
        assert found is not None
        return found


@pytest.fixture
async def post(storage: Storage, watch: Watch, settings: Settings, tmp_path: Path) -> AsyncIterator[Post]:
    allowing = settings.model_copy(update={"webhook_allow_private": LOOPBACK})
    async with Receiver(tmp_path) as receiver:
        parts = await put_together(
            storage, watch, allowing, network=Network(None, names_with_receiver(), receiver.trust)
        )
        async with open_town(parts, watch) as town:
            yield Post(town, parts.webhooks, receiver)


def names_with_receiver() -> TableOfNames:
    return TableOfNames(**{HOST.replace(".", "_"): "127.0.0.1"})


def types_of(got: list[Received]) -> list[str]:
    return [one.said["type"] for one in got]
