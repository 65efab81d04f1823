"""Indexes of the rows that statistics keep: every list of the board is read from the top of one of them.

A list is some departments, newest (or due) first; by the department in front and the order behind it, the
server merges their tops and never sorts. A domain or a place that is rare in most departments would be
sought in all of them; such lists begin at the domain or place. What narrows a list further lies behind.
"""

from __future__ import annotations

from cases.figures.measures import VERDICTS
from storage.database.layout import DATE, SEALED, TEXT, WHOLE, Index, Layout, index, shape


def _listed(first: str, moment: str, *judged: str) -> Index:
    """Rows in the order of a moment, newest first: a page of a list is read from its top."""
    narrowing = [name for name in ("home", "domain", "place") if name != first]
    keys = (first, *judged, f"-{moment}", "-_id", *narrowing)
    always = moment == "filed_at"
    return index(*keys) if always else index(*keys, partialFilterExpression={moment: {"$exists": True}})


FACTS = Layout(
    shape(
        {"_id": TEXT, "version": WHOLE, "home": TEXT, "department": TEXT, "filed_at": DATE, "sealed": SEALED}
    ),
    (
        index(
            "open",
            "department",
            "domain",
            "place",
            "due_at",
            "amber_at",
            "filed_at",
            partialFilterExpression={"open": True},
        ),
        index("department", "due_at", "_id", "amber_at", partialFilterExpression={"open": True}),
        index("department", "-filed_at", "-_id", partialFilterExpression={"open": True}),
        *(_listed(name, "filed_at") for name in ("home", "domain", "place")),
        index("-filed_at", "home"),
        *(
            index(name, "-filed_at", "-_id", partialFilterExpression={name: {"$exists": True}})
            for name in ("person", "bodies", "band")
        ),
        index("-filed_at", partialFilterExpression={"in_group": True}),
        *(_listed("home", moment) for moment in ("close.at", "answer.at", "accept.at", "rated_at")),
        *(_listed(name, "close.at") for name in ("domain", "place")),
        *(_listed("home", f"{kind}_verdict.at", f"{kind}_verdict.kept") for kind in VERDICTS),
        index("events.name", "events.at"),
        index("shut_out", partialFilterExpression={"shut_out": {"$exists": True}}),
        index("order_due_at", partialFilterExpression={"order_due_at": {"$exists": True}}),
        *(
            index(name, "-filed_at", partialFilterExpression={name: True})
            for name in ("accountable", "to_check")
        ),
    ),
)
