"""What anyone may know: how a publicly filed case stands, and whether an opinion letter is genuine.

Never what a case says, and nothing that leads to who filed it: days without hours, and in lists only how
things stood at the last midnight, so that nobody learns when somebody wrote by asking again and again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import NamedTuple

from cases.instants import local_date, start_of
from cases.letters import Letter
from cases.model import Case, OpinionLetter
from cases.ports.cases import EVERY_CASE, CaseFilter, CaseOrder, CaseStore
from cases.vocabulary import Channel, Status
from classify.types import Domain


class PublicStatus(NamedTuple):
    """Where a case lies and how far it is."""

    number: str
    status: Status
    domain: Domain
    department_name: str
    filed_on: date
    updated_on: date
    due_on: date | None

    @classmethod
    def of(cls, case: Case, before: datetime | None = None) -> PublicStatus:
        """As it stands, or as it stood after the last entry before this moment."""
        entries = [entry for entry in case.history if before is None or entry.at < before]
        last = entries[-1] if entries else case.history[0]
        due = case.due_at if before is None else _due_then(case, before)
        return cls(
            case.number,
            last.after,
            case.complaint.domain,
            case.department_name,
            local_date(case.filed_at),
            local_date(last.at),
            local_date(due) if due else None,
        )


def _due_then(case: Case, moment: datetime) -> datetime | None:
    """The earliest end of what was running."""
    times = ((clock, clock.met_at or clock.stopped_at or clock.paused_at) for clock in case.clocks)
    ran = (
        clock.due_at for clock, end in times if clock.started_at < moment and (end is None or end >= moment)
    )
    return min(ran, default=None)


class PublicView:
    """Only cases filed through the public interface (Open311) can be looked up by their number."""

    def __init__(self, cases: CaseStore, now: Callable[[], datetime]) -> None:
        self._cases = cases
        self._now = now

    async def find(self, number: str) -> PublicStatus | None:
        case = await self._cases.find(number)
        return PublicStatus.of(case) if case and case.channel is Channel.OPEN311 else None

    async def list_newest(self, where: CaseFilter, limit: int) -> tuple[PublicStatus, ...]:
        """Of those filed before today, as they stood when today began; so are the statuses asked for."""
        today = start_of(local_date(self._now()))
        until = min(where.filed_until or today, today)
        only = replace(where, channel=Channel.OPEN311, statuses=None, filed_until=until)
        page = await self._cases.list_cases(EVERY_CASE, only, order=CaseOrder.NEWEST, limit=limit)
        found = (PublicStatus.of(case, today) for case in page.cases)
        return tuple(one for one in found if where.statuses is None or one.status in where.statuses)

    async def find_letter(self, code: str) -> OpinionLetter | Letter | None:
        """The issued letter that carries this verification code, of any case."""
        page = await self._cases.list_cases(
            EVERY_CASE, CaseFilter(letter=code), order=CaseOrder.NEWEST, limit=1
        )
        for case in page.cases:
            for issued in case.letters:
                if issued.verification == code:
                    return issued
            for notice in case.papers:
                if notice.verification == code:
                    return notice
        return None
