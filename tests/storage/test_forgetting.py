"""What the server itself forgets in time: docs/privacy.md says after how long."""

from __future__ import annotations

import pytest

from storage.opening import Storage

DAY = 24 * 3600


@pytest.mark.parametrize(
    ("collection", "field", "seconds"),
    [
        ("transcripts", "updated_at", 180 * DAY),
        ("webhook_events", "expires_at", 0),
        ("unsent", "erase_at", 0),
        ("uploads", "erase_at", 0),
        ("lent", "erase_at", 0),
        ("emergencies", "erase_at", 0),
        ("sessions", "expires_at", 0),
    ],
)
async def test_the_server_forgets_in_time(
    storage: Storage, collection: str, field: str, seconds: int
) -> None:
    told = await storage.database.command({"listIndexes": collection})
    forgetting = {
        next(iter(row["key"])): row["expireAfterSeconds"]
        for row in told["cursor"]["firstBatch"]
        if "expireAfterSeconds" in row
    }
    assert forgetting == {field: seconds}
