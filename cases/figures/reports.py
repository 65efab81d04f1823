"""A report as it was handed in: figures and sentences of a period that is over, and cases chosen by hand.

Once kept, its figures do not change, whatever becomes of the cases. What is "now" is no part of it.
"""

from __future__ import annotations

from typing import Protocol

from cases.instants import Instant
from cases.records import FreeText, Record


class ReportContent(Record):
    """Everything a report says of its period, ready to be drawn; it names and quotes no reporter."""

    title: str
    span: str
    """The days of the period in words, with what it is compared with."""
    made_at: Instant
    sentences: tuple[str, ...]
    voices: tuple[tuple[str, str], ...]
    """响应率, 解决率, 满意率."""
    unhappy: tuple[tuple[str, int], ...] = ()
    points: tuple[tuple[str, str, int, int], ...]
    """Short and full name of each day, week or month; filed; closed."""
    columns: tuple[tuple[str, str, int, bool], ...]
    """Short and full name of each share of the promise; cases; whether late."""
    rates: tuple[tuple[str, float, float, float, int], ...]
    """Department, share kept, from, to, judged."""
    average: float | None
    departments: tuple[tuple[str, ...], ...]
    domains: tuple[tuple[str, ...], ...]
    places: tuple[tuple[str, str, int], ...]
    """Code and name of each prefecture; filed."""
    counties: tuple[tuple[str, str, int], ...]
    """Prefecture, county, filed; small groups are summed up."""
    words: tuple[tuple[str, int, int], ...] = ()
    """热点词: phrase, cases, cases in the period before."""
    pairs: tuple[tuple[str, str, int], ...] = ()
    credit: tuple[str, ...] = ()
    """The integrity side in sentences; none for whoever oversees nothing."""
    recorded: tuple[tuple[str, str], ...] = ()
    """Bodies with the most records of broken faith, and how many."""


class TypicalCase(Record):
    """典型案例: chosen and worded by a supervisor, without anything that tells whose it is."""

    number: str
    words: FreeText
    by: str
    at: Instant


class KeptReport(Record):
    """`content` is None while the period still runs and only cases were chosen."""

    id: str
    content: ReportContent | None = None
    cases: tuple[TypicalCase, ...] = ()


class ReportStore(Protocol):
    async def find(self, id: str) -> KeptReport:
        """An empty one when nothing was kept yet."""

    async def freeze(self, id: str, content: ReportContent) -> KeptReport:
        """Keep this content, unless one is kept already: that one stays."""

    async def choose(self, id: str, case: TypicalCase) -> None:
        """Add a typical case, or word it anew."""

    async def leave_out(self, id: str, number: str) -> None: ...
