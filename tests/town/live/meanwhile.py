"""A story that mostly waits, for a lease or an answer that never comes, goes on beside others of its file.

It must not look at the machine as a whole, nor use what those tests change.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from typing import Any


@asynccontextmanager
async def meanwhile(story: Coroutine[Any, Any, None]) -> AsyncIterator[asyncio.Task[None]]:
    """Begun with the file. The test that awaits it stands last and fails as the story does."""
    task = asyncio.create_task(story)
    try:
        yield task
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
