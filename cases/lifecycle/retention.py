"""How long what is kept, and when it goes (个人信息保护法 第19条: the shortest necessary time).

Only says when; `bot/workers` makes it happen through the ANONYMISE move, which a legal hold stops.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from cases.model import Case
from cases.vocabulary import ENDED

DRAFTS = timedelta(days=30)
"""After the last word in a conversation that filed nothing."""
UNREFERRED = timedelta(days=7)
"""How long a file is kept that neither a case nor a chat refers to."""
ENDED_CASES = timedelta(days=3 * 365)
QUARANTINED = timedelta(days=180)


def expires_at(case: Case) -> datetime | None:
    """When the words of this case are to be erased; None while it is open, held or erased already."""
    if case.legal_hold or case.anonymised_at is not None:
        return None
    if case.quarantined:
        return case.filed_at + QUARANTINED
    return case.updated_at + ENDED_CASES if case.status in ENDED else None
