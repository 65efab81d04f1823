"""What became of the suggestions and proposals of a year or half a year (青海 三(一)2, 吉林 三(二)四).

Counted by the day on which they came in, as they stand now. It names bodies and numbers, never who proposed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from cases.errors import NotFound, Reason
from cases.integrity.registers.motions import (
    MOTION_NAMES,
    Judgement,
    Motion,
    MotionStatus,
    Result,
)
from cases.integrity.spine.standing import EVERYTHING
from cases.integrity.spine.vocabulary import Kind
from cases.ports.dossiers import DossierFilter, DossierStore
from cases.words import in_chinese

NO_SUCH_PERIOD = Reason("no-such-motion-period", "没有这个统计期，请写年份，例如2026、2026H1或者2026H2。")
COLUMNS = ("received", "answered", "in_time", "late", "running", *Result, *Judgement)
_PERIOD = re.compile(r"(20\d\d)(?:H([12]))?", re.ASCII)


class MotionPeriod(NamedTuple):
    key: str
    name: str
    first: date
    last: date

    @property
    def span(self) -> str:
        return f"{in_chinese(self.first)}至{in_chinese(self.last)}收到的"


def motion_period(key: str) -> MotionPeriod:
    """`2026`, `2026H1` or `2026H2`. Raises NotFound for anything else."""
    read = _PERIOD.fullmatch(key)
    if read is None:
        raise NotFound(NO_SUCH_PERIOD)
    year, half = int(read[1]), read[2]
    first = date(year, 7, 1) if half == "2" else date(year, 1, 1)
    last = date(year, 6, 30) if half == "1" else date(year, 12, 31)
    return MotionPeriod(key, f"{year}年" + {"1": "上半年", "2": "下半年"}.get(half or "", ""), first, last)


def recent_periods(year: int) -> list[MotionPeriod]:
    """Of this year and three before it, each with its halves, newest first."""
    return [motion_period(f"{one}{half}") for one in range(year, year - 4, -1) for half in ("", "H2", "H1")]


@dataclass(frozen=True, slots=True)
class MotionTally:
    motions: tuple[Motion, ...]

    @property
    def received(self) -> int:
        return len(self.motions)

    @property
    def numbers(self) -> tuple[int, ...]:
        """As `COLUMNS` names them."""
        answered = [one for one in self.motions if one.status is MotionStatus.ANSWERED]
        return (
            self.received,
            len(answered),
            sum(one.in_time for one in answered),
            sum(one.status is MotionStatus.LATE for one in self.motions),
            sum(one.status is MotionStatus.RUNNING for one in self.motions),
            *(sum(one.result is result for one in answered) for result in Result),
            *(sum(one.judged is judgement for one in answered) for judgement in Judgement),
        )


@dataclass(frozen=True, slots=True)
class MotionsReport:
    period: MotionPeriod
    whole: MotionTally
    by_kind: tuple[tuple[str, MotionTally], ...]
    by_body: tuple[tuple[str, MotionTally], ...]
    """Who has most, first."""


def report_of(period: MotionPeriod, motions: Iterable[Motion]) -> MotionsReport:
    """Withdrawn ones were entered by mistake and count nowhere."""
    counted = [
        one
        for one in motions
        if period.first <= one.received_on <= period.last and one.status is not MotionStatus.WITHDRAWN
    ]
    counted.sort(key=lambda one: (one.received_on, one.number))
    kinds = {name: [one for one in counted if one.what is what] for what, name in MOTION_NAMES.items()}
    bodies: defaultdict[str, list[Motion]] = defaultdict(list)
    for one in counted:
        bodies[one.subject.name].append(one)
    by_body = sorted(bodies.items(), key=lambda named: (-len(named[1]), named[0]))
    return MotionsReport(
        period,
        MotionTally(tuple(counted)),
        _tallied((name, found) for name, found in kinds.items() if found),
        _tallied(by_body),
    )


def _tallied(groups: Iterable[tuple[str, Sequence[Motion]]]) -> tuple[tuple[str, MotionTally], ...]:
    return tuple((name, MotionTally(tuple(motions))) for name, motions in groups)


class MotionsReports:
    def __init__(self, dossiers: DossierStore) -> None:
        self._dossiers = dossiers

    async def of(self, jurisdiction: str, period: MotionPeriod) -> MotionsReport:
        """Reads the register of the jurisdiction once; some hundreds a year."""
        where = DossierFilter(kinds=frozenset({Kind.MOTION}), jurisdiction=jurisdiction)
        found = self._dossiers.iterate(EVERYTHING, where)
        return report_of(period, [one async for one in found if isinstance(one, Motion)])
