"""The desk for every test of this folder."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from storage.opening import Storage
from tests.desk.world import World, open_world


@pytest.fixture
async def world(storage: Storage) -> AsyncIterator[World]:
    opened = await open_world(storage)
    yield opened
    await opened.client.close()
