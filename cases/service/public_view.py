"""What anyone may know: how a publicly filed case stands, and whether an opinion letter is genuine.

Never what a case says, and nothing that leads to who filed it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

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
    filed_at: datetime
    updated_at: datetime
    due_at: datetime | None

    @classmethod
    def of(cls, case: Case) -> PublicStatus:
        return cls(
            case.number,
            case.status,
            case.complaint.domain,
            case.department_name,
            case.filed_at,
            case.updated_at,
            case.due_at,
        )


class PublicView:
    """Only cases filed through the public interface (Open311) can be looked up by their number."""

    def __init__(self, cases: CaseStore) -> None:
        self._cases = cases

    async def find(self, number: str) -> PublicStatus | None:
        case = await self._cases.find(number)
        return PublicStatus.of(case) if case and case.channel is Channel.OPEN311 else None

    async def list_newest(self, where: CaseFilter, limit: int) -> tuple[PublicStatus, ...]:
        only = replace(where, channel=Channel.OPEN311)
        page = await self._cases.list_cases(EVERY_CASE, only, order=CaseOrder.NEWEST, limit=limit)
        return tuple(PublicStatus.of(case) for case in page.cases)

    async def find_letter(self, code: str) -> OpinionLetter | None:
        """The opinion letter that carries this verification code, of any case."""
        page = await self._cases.list_cases(
            EVERY_CASE, CaseFilter(letter=code), order=CaseOrder.NEWEST, limit=1
        )
        letters = (letter for case in page.cases for letter in case.letters)
        return next((letter for letter in letters if letter.verification == code), None)
