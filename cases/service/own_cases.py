"""The citizen's own cases: those a chat filed, and those it opened with a receipt."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from cases.errors import NotFound
from cases.instants import to_instant
from cases.lifecycle.situation import Situation
from cases.lifecycle.table import TABLE, Spec
from cases.model import Case
from cases.moves.table import Args
from cases.numbers import parse_receipt
from cases.people import CITIZEN
from cases.reasons import NO_CASE_IN_THIS_CHAT
from cases.rules.rule_books import Rules
from cases.service.acting import Acting
from cases.service.filing import Secrets, Stores
from cases.vocabulary import Move

_MOST = 200
"""Cases of one chat that are looked through."""


class OwnCases:
    """One instance serves the whole process."""

    def __init__(
        self, stores: Stores, acting: Acting, rules: Rules, secrets: Secrets, now: Callable[[], datetime]
    ) -> None:
        self._cases = stores.cases
        self._reporters = stores.reporters
        self._acting = acting
        self._rules = rules
        self._secrets = secrets
        self._now = now

    async def list_of(self, conversation: str) -> list[Case]:
        """The cases this chat filed or adopted, newest first."""
        numbers = await self._reporters.list_numbers(conversation)
        found = [await self._cases.find(number) for number in numbers]
        return [case for case in found if case is not None]

    async def get(self, number: str, conversation: str) -> Case:
        """Raises NotFound unless this chat filed or adopted the case."""
        if number not in await self._reporters.list_numbers(conversation, limit=_MOST):
            raise NotFound(NO_CASE_IN_THIS_CHAT)
        return await self._cases.get(number)

    def offers(self, case: Case) -> tuple[Spec, ...]:
        """What the citizen may do with the case now."""
        return TABLE.offers(Situation(case, CITIZEN, self._rules, to_instant(self._now())))

    async def act(self, number: str, move: Move, args: Args, conversation: str, *, key: str) -> Case:
        """A move by the one who filed. Raises NotFound unless this chat filed or adopted the case."""
        case = await self.get(number, conversation)
        return await self._acting.act(number, move, args, CITIZEN, key=key, read=case)

    async def open_by_receipt(self, receipt: str, conversation: str | None) -> Case | None:
        """The receipt opens the case from any device; that chat is then told as well."""
        code = parse_receipt(receipt)
        reporter = await self._reporters.find_by_receipt(self._secrets.hash_receipt(code)) if code else None
        if reporter is None:
            return None
        if conversation is not None:
            await self._reporters.adopt(reporter.number, conversation)
        return await self._cases.find(reporter.number)
