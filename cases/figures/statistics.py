"""What the board asks of storage, as a Protocol, and the shapes of question and answer.

A question always carries what the asker may see. Answers are figures and rows without anybody's words.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import NamedTuple, Protocol

from cases.figures.cells import DAY, MONTH, QUARTER, SPANS, TEN_DAYS, YEAR, Figures, at_of
from cases.figures.facts import CaseFacts, Condition, Happening
from cases.instants import local_date
from cases.ports.cases import EVERY_CASE, Scope

ALL_PARTS = ("n", "h", "q")
"""All parts of a cell: counts, durations, used shares of the promise."""
COUNT_PARTS = ("n",)
TABLE_PARTS = ("n", "h.accept", "h.answer")
"""What a line of the board's tables is made from."""
TREND = ("filed", "closed", "review_asked", "review_changed")
"""What is followed day by day and month by month."""
SMALL_GROUP = 5
"""Groups smaller than this are not broken down, so that nobody can be singled out."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Which cases are counted: what the asker may see, narrowed by what was chosen on the page."""

    scope: Scope
    jurisdiction: str | None = None
    department: str | None = None
    domain: str | None = None
    place: str | None = None


WHOLE_BOARD = Selection(EVERY_CASE)
"""For the system itself; never for somebody who reads."""


@dataclass(frozen=True, slots=True)
class Period:
    """Whole days in China; `until` is the day after the last one."""

    since: date
    until: date

    @property
    def days(self) -> int:
        return (self.until - self.since).days

    @property
    def before(self) -> Period:
        """The period of the same length just before; whole months are compared with whole months."""
        months = self._whole_months()
        if months:
            start = self.since
            for _ in range(months):
                start = (start - timedelta(days=1)).replace(day=1)
            return Period(start, self.since)
        return Period(self.since - timedelta(days=self.days), self.since)

    def _whole_months(self) -> int:
        if self.since.day != 1 or self.until.day != 1:
            return 0
        return (self.until.year - self.since.year) * 12 + self.until.month - self.since.month


def units(period: Period, spans: Sequence[str] = SPANS) -> list[str]:
    """The `at` of the fewest cells that make up a period: years, quarters, months, thirds of months, days."""
    found, day = [], period.since
    while day < period.until:
        span, end = next((s, e) for s in spans if (e := _end_of(s, day)) and e <= period.until)
        found.append(at_of(span, day.isoformat()))
        day = end
    return found


def _end_of(span: str, first: date) -> date | None:
    """The day after the span that begins on this day; None when none begins then."""
    if span == DAY:
        return first + timedelta(days=1)
    if span == TEN_DAYS:
        if first.day not in {1, 11, 21}:
            return None
        return _next_month(first) if first.day == 21 else first + timedelta(days=10)
    if first.day != 1 or (first.month - 1) % MONTHS_IN[span]:
        return None
    count = first.year * 12 + first.month - 1 + MONTHS_IN[span]
    return date(count // 12, count % 12 + 1, 1)


MONTHS_IN = {MONTH: 1, QUARTER: 3, YEAR: 12}


def _next_month(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1)


LEFT_LIMITS: tuple[tuple[str, str, int | None], ...] = (
    ("over30", "超期30天以上", -30),
    ("over7", "超期8至30天", -7),
    ("over", "超期7天以内", 0),
    ("in3", "剩3天以内", 3),
    ("in7", "剩4至7天", 7),
    ("in15", "剩8至15天", 15),
    ("later", "剩15天以上", None),
    ("paused", "暂停或未起算", None),
)
"""Key, label, and the last day (counted from today, by dates in China) of the steps to the due day.
What is late is so from the instant its time is over."""


class Standing(NamedTuple):
    """Open cases of one kind now."""

    department: str
    domain: str
    place: str
    left: str
    """Key of LEFT_LIMITS."""
    amber: bool
    cases: int

    @property
    def overdue(self) -> bool:
        return self.left.startswith("over")


@dataclass(frozen=True, slots=True)
class Backlog:
    """Everything that is open now, and how old it is (days since filing → cases)."""

    standing: tuple[Standing, ...] = ()
    ages: Mapping[str, int] = field(default_factory=dict)

    def count(self, *, overdue: bool | None = None, amber: bool | None = None) -> int:
        return sum(
            row.cases
            for row in self.standing
            if (overdue is None or row.overdue is overdue) and (amber is None or row.amber is amber)
        )


AGE_LIMITS: tuple[tuple[str, int | None], ...] = (
    ("7天以内", 7),
    ("8至15天", 15),
    ("16至30天", 30),
    ("31至60天", 60),
    ("61至90天", 90),
    ("90天以上", None),
)


@dataclass(frozen=True, slots=True)
class FactFilter:
    """Which rows a list shows. All given conditions hold together."""

    state: Condition | None = None
    left: str = ""
    """Key of LEFT_LIMITS."""
    age: int | None = None
    """Index into AGE_LIMITS."""
    event: Happening | None = None
    """What must have happened in the period."""
    period: Period | None = None
    outcome: str = ""
    """Key of measures.ENDING_NAMES."""
    share: int | None = None
    """Bucket of the used share of the promise, for accept_… and handle_… events."""
    body: str | None = None
    person: str | None = None
    band: str | None = None


class FactPage(NamedTuple):
    facts: tuple[CaseFacts, ...]
    next_cursor: str | None


class Progress(Protocol):
    def __call__(self, done: int, total: int) -> None: ...


class Statistics(Protocol):
    """Figures and rows about cases."""

    async def figures(
        self,
        view: str,
        selection: Selection,
        period: Period,
        by: Sequence[str],
        parts: Sequence[str] = ALL_PARTS,
    ) -> dict[tuple[str, ...], Figures]:
        """Cells of a view added up by these fields (`at` gives the cell's own day or month).

        `parts`: what is read of each cell, such as `n`, `n.filed` or `h.answer`. Asking for less is quicker.
        """

    async def trend(self, selection: Selection, period: Period, span: str) -> dict[str, Figures]:
        """The counts named in TREND, by day or month."""

    async def backlog(self, selection: Selection, now: datetime) -> Backlog: ...
    async def list_facts(
        self,
        selection: Selection,
        where: FactFilter,
        now: datetime,
        *,
        limit: int = 50,
        cursor: str | None = None,
    ) -> FactPage: ...
    def iterate_facts(
        self, selection: Selection, where: FactFilter, now: datetime
    ) -> AsyncIterator[CaseFacts]: ...
    async def daily_filings(
        self, scope: Scope, period: Period
    ) -> dict[tuple[str, str, str, str], dict[str, int]]:
        """(jurisdiction, domain, place, body) → day → cases, for early warning: once under each body."""

    async def top_bodies(self, selection: Selection, year: int, limit: int) -> list[tuple[str, int]]:
        """The bodies most complained about in a year."""

    async def clusters(
        self, selection: Selection, period: Period, limit: int
    ) -> list[tuple[str, int, CaseFacts]]:
        """(band, cases, newest case) of the largest groups of near-identical complaints."""

    async def by_county(self, selection: Selection, period: Period) -> dict[tuple[str, str], int]:
        """(prefecture, county) → cases filed; an empty county where it is not known."""

    def phrases(self, selection: Selection, period: Period) -> AsyncIterator[tuple[str, ...]]:
        """Of each case filed (of very many the newest), which lexicon phrases led to its domain."""

    async def names_of(self, selection: Selection, people: Sequence[str]) -> dict[str, str]:
        """Staff id → name, as written in the cases they handled."""

    async def caught_up_to(self) -> datetime | None:
        """Changes before this instant are in the figures."""


def today(now: datetime) -> date:
    return local_date(now)
