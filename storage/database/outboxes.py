"""What a document still has to tell: taken off once it was handed on, whatever the document is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from storage.database.collection import Collection, UpdateOne
from storage.database.encoding import Document


async def drop_told(collection: Collection, told: Mapping[str, Sequence[str]]) -> None:
    """Leaves the version alone: what people see of the record does not change."""
    await collection.write_many([UpdateOne({"_id": id}, _without(ids)) for id, ids in told.items()])


def _without(ids: Sequence[str]) -> list[Document]:
    kept = {
        "$filter": {
            "input": {"$ifNull": ["$notifications", []]},
            "cond": {"$not": {"$in": ["$$this.id", {"$literal": list(ids)}]}},
        }
    }
    still_some = {"$gt": [{"$size": "$notifications"}, 0]}
    return [
        {"$set": {"notifications": kept}},
        {"$set": {"notify_at": {"$cond": [still_some, "$notify_at", "$$REMOVE"]}}},
    ]
