"""The use cases with a clock that tests move, on the test's own database."""

from __future__ import annotations

from dataclasses import dataclass

from bot.wiring.core import Core
from tests.town.world import World


@dataclass
class Office:
    """A desk with the core behind it; `world.later(days=1)` moves both."""

    world: World
    core: Core
