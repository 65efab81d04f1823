"""aiogram is imported the quick way, before a test of this room asks for it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.telegram.quick_import import import_aiogram
from tests.town.clock import Watch

if TYPE_CHECKING:
    from storage.database.connection import Database
    from tests.town.live.town import Town
    from tests.workers.levels import Levels

import_aiogram()


@pytest.fixture
async def levels(
    town: Town, bare_database: Database, watch: Watch, tmp_path: Path, mongo_uri: str
) -> AsyncIterator[Levels]:
    """The town, and below it another deployment that reports to it."""
    from tests.workers.levels import below

    async with below(town, bare_database, watch, tmp_path, mongo_uri) as both:
        yield both
