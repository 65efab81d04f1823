"""What a merged case is to the one who filed it: the main case goes on, and everything of it is theirs too.

Words of the other complainants are not: they are left out of what is shown here.
"""

from __future__ import annotations

from cases.model import Case, HistoryEntry
from cases.people import Role
from cases.vocabulary import Move

FILED_AS = "filed_as"
"""In the history of the main case: the number under which the citizen who made the move filed."""

OWN_AFTER_MERGING = frozenset({Move.RATE})
"""What each complainant does on the own case; everything else is done on the main case."""

KEPT_TOGETHER = frozenset({Move.WITHDRAW})
"""What nobody of several complainants may do to the main case, for the others go on."""


def as_followed(own: Case, main: Case) -> Case:
    """The main case under the own number, with the own words, rating and history before the merging."""
    merged_at = next((e.at for e in reversed(own.history) if e.move == Move.MERGE), own.filed_at)
    since = tuple(e for e in main.history if e.at >= merged_at and _concerns(e, own))
    return main.model_copy(
        update={
            "number": own.number,
            "filing_key": own.filing_key,
            "filed_at": own.filed_at,
            "channel": own.channel,
            "language": own.language,
            "complaint": own.complaint,
            "evidence": own.evidence,
            "rating": own.rating,
            "parent": own.parent,
            "children": own.children,
            "merged_into": main.number,
            "history": (*own.history, *since),
            "notifications": (),
        }
    )


def _concerns(entry: HistoryEntry, own: Case) -> bool:
    return not entry.actor.has(Role.CITIZEN) or entry.data.get(FILED_AS) == own.number
