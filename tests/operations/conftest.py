"""The use cases with a clock that tests move, on the test's own database."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from bot.wiring.core import Core, build_core
from cases.instants import to_instant
from storage.opening import Storage
from tests.desk.world import RULES, SUNDAY_MORNING, World, open_world


@dataclass
class Office:
    """A desk with the core behind it; `world.later(days=1)` moves both."""

    world: World
    core: Core


@pytest.fixture
async def office(storage: Storage):  # type: ignore[no-untyped-def]
    world = await open_world(storage)
    core = await build_core(storage, RULES, lambda: to_instant(world.now))
    assert world.now == SUNDAY_MORNING
    world.later(days=0)
    yield Office(world, core)
    await world.client.close()
