"""What statistics keep of a case: one small row, without a word anybody wrote.

Everything counted about cases is counted from these rows, so a figure means the same wherever it is
shown. Nothing here knows how rows are stored or drawn.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from cases.records import Record
from cases.vocabulary import FILED_BY_STAFF, RatedBy, Status


class Happening(StrEnum):
    """What happens to a case and is counted on its day. Values are stored and stand in addresses."""

    FILED = "filed"
    ASSISTED = "assisted"
    CLOSED = "closed"
    ANSWERED = "answered"
    ANSWERED_AGAIN = "answered_again"
    INSTANT = "instant"
    ACCEPTED = "accepted"
    FOLLOWED_UP = "followed_up"
    RATED = "rated"
    ACCEPT_KEPT = "accept_kept"
    ACCEPT_BROKEN = "accept_broken"
    HANDLE_KEPT = "handle_kept"
    HANDLE_BROKEN = "handle_broken"
    DECLINED = "declined"
    TRANSFERRED = "transferred"
    RETURNED = "returned"
    REOPENED = "reopened"
    EXTENDED = "extended"
    SUPPLEMENT = "supplement"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"
    ORDERED = "ordered"
    ACCOUNTABLE = "accountable"
    SAMPLED = "sampled"
    CHECK_SOUND = "check_sound"
    CHECK_FLAWED = "check_flawed"
    CHECK_FAILED = "check_failed"
    REVIEW_ASKED = "review_asked"
    REVIEW_CHANGED = "review_changed"
    REVIEW_UPHELD = "review_upheld"


class Condition(StrEnum):
    """What a case is in now, by time and oversight; its status says something else. Stands in addresses."""

    OPEN = "open"
    OVERDUE = "overdue"
    AMBER = "amber"
    ORDERED = "ordered"
    ACCOUNTABLE = "accountable"
    TO_CHECK = "to_check"


class Verdict(NamedTuple):
    """How a promised time ended. A promise is judged when it is kept or when its time runs out."""

    at: datetime
    kept: bool
    share: int | None
    """Hundredths of the promised time that were used; None while a broken promise is still open."""


class Event(NamedTuple):
    """What may happen to a case more than once, or not at all; the rest has a field of its own."""

    name: Happening
    at: datetime


class Spell(NamedTuple):
    """A time somebody waited for something, pauses left out."""

    at: datetime
    seconds: int


class CaseFacts(Record):
    """One case as figures. `home` answered for it; `department` owes something now (see reviews)."""

    number: str
    version: int
    status: Status
    open: bool
    jurisdiction: str
    department: str
    home: str
    home_name: str
    domain: str
    place: str | None
    """Prefecture by GB/T 2260, such as 630100; None when the place is not known."""
    county: str | None = None
    """By GB/T 2260, such as 630104; None when no more than the prefecture is known."""
    channel: str
    severity: str
    person: str | None = None
    """Staff id of who answered, else accepted, else holds it."""
    person_name: str = ""
    bodies: tuple[str, ...] = ()
    """Every accused body as named, each once; organisations, never persons."""
    amount: int | None = None
    band: str | None = None
    """First MinHash band: near-identical complaints share it."""
    filed_at: datetime
    due_at: datetime | None = None
    amber_at: datetime | None = None
    order_due_at: datetime | None = None
    """When the next unanswered order of a supervisor is due."""
    accountable: bool = False
    """Has an accountability item that is not closed."""
    to_check: bool = False
    """Drawn for a check that nobody has made yet."""
    read: Spell | None = None
    accept: Spell | None = None
    reply: Spell | None = None
    answer: Spell | None = None
    close: Spell | None = None
    accept_verdict: Verdict | None = None
    handle_verdict: Verdict | None = None
    outcome: str | None = None
    """support, partly, explain or reject of the last letter; else declined, withdrawn or merged."""
    events: tuple[Event, ...] = ()
    rated_at: datetime | None = None
    responded: bool = False
    solved: bool = False
    satisfied: int = 0
    rated_by: str = RatedBy.CITIZEN
    unhappy: tuple[str, ...] = ()
    """Values of Dissatisfaction."""

    @property
    def by_staff(self) -> bool:
        """Written down by staff: shown apart, and no part of a rank."""
        return self.channel in FILED_BY_STAFF
