"""What the system itself does to cases once in a while: recount due days, let go of words.

Thin on purpose: each is one move of the life cycle, so the table, the history and the chain hold for it too.
"""

from __future__ import annotations

from cases.errors import InvalidInput
from cases.model import Case
from cases.moves.table import NoArgs
from cases.people import SYSTEM
from cases.ports.cases import CaseStore
from cases.service.acting import Acting
from cases.vocabulary import Move


class Upkeep:
    """The system as actor."""

    def __init__(self, cases: CaseStore, acting: Acting) -> None:
        self._cases = cases
        self._acting = acting

    async def recount(self, case: Case) -> Case | None:
        """Count provisional due days by the calendar of now; None when nothing changes."""
        try:
            return await self._acting.act(case.number, Move.RECOUNT, NoArgs(), SYSTEM)
        except InvalidInput:
            return None

    async def anonymise(self, case: Case) -> Case:
        """Raises InvalidInput while the case is held or its time is not over."""
        return await self._acting.act(case.number, Move.ANONYMISE, NoArgs(), SYSTEM)

    async def is_anonymous(self, number: str) -> bool:
        case = await self._cases.find(number)
        return case is not None and case.anonymised_at is not None
