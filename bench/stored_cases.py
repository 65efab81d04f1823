"""Many cases that are over, laid beside those at work: copies made by the server; none can be opened.

Only for what must not depend on how much is stored: pages of the desk read those at work.
"""

from __future__ import annotations

from cases.instants import FOREVER
from storage.database.connection import Database
from storage.database.encoding import Document

PAGE = 5000


async def copy_as_ended(database: Database, count: int) -> None:
    """`count` copies of the cases that are there, each answered and closed long ago."""
    cases = database["cases"]
    templates = await cases.find_all({"filed_at": {"$exists": True}}, {"_id": 1}, limit=PAGE)
    made = 0
    while made < count:
        batch = templates[: count - made]
        mark = f"-{made}"
        ended: Document = {
            "_id": {"$concat": ["$_id", mark]},
            "filing_key": {"$concat": ["$filing_key", mark]},
            "status": "closed",
            "queue.open": False,
            "queue.due_at": FOREVER,
            "flags": [],
            "search": [],
        }
        gone = ["uncounted", "notify_at", "next_due", "holder", "notifications", "similar"]
        stages: list[Document] = [
            {"$match": {"_id": {"$in": [row["_id"] for row in batch]}}},
            {"$set": ended},
            {"$unset": gone},
            {"$merge": {"into": "cases", "whenMatched": "fail", "whenNotMatched": "insert"}},
        ]
        async for _ in cases.aggregate(stages):
            continue
        made += len(batch)
