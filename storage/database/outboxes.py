"""What a document still has to tell: taken off once it was handed on, whatever the document is."""

from __future__ import annotations

from collections.abc import Sequence

from storage.database.collection import Collection


async def drop_told(collection: Collection, id: str, ids: Sequence[str]) -> None:
    """Leaves the version alone: what people see of the record does not change."""
    kept = {
        "$filter": {
            "input": {"$ifNull": ["$notifications", []]},
            "cond": {"$not": {"$in": ["$$this.id", {"$literal": list(ids)}]}},
        }
    }
    still_some = {"$gt": [{"$size": "$notifications"}, 0]}
    await collection.update(
        {"_id": id},
        [
            {"$set": {"notifications": kept}},
            {"$set": {"notify_at": {"$cond": [still_some, "$notify_at", "$$REMOVE"]}}},
        ],
    )
