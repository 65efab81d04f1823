"""The citizen's own cases: those a chat filed, and those it opened with a receipt."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from cases.errors import IllegalMove, NotFound
from cases.instants import to_instant
from cases.lifecycle.merging import KEPT_TOGETHER, OWN_AFTER_MERGING, as_followed
from cases.lifecycle.situation import Situation
from cases.lifecycle.table import TABLE, Spec
from cases.model import Case
from cases.moves.table import Args, NoArgs
from cases.numbers import parse_receipt
from cases.people import CITIZEN, SYSTEM
from cases.reasons import NO_CASE_IN_THIS_CHAT, OTHERS_WAIT
from cases.rules.rule_books import Rules
from cases.service.acting import Acting
from cases.service.filing import Secrets, Stores
from cases.vocabulary import OPEN, Move
from classify.types import Severity

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
        """The cases this chat filed or adopted, newest first; a merged one as its main case stands."""
        numbers = await self._reporters.list_numbers(conversation)
        found = [await self._cases.find(number) for number in numbers]
        return [await self._followed(case) for case in found if case is not None]

    async def get(self, number: str, conversation: str) -> Case:
        """Raises NotFound unless this chat filed or adopted the case."""
        return await self._followed(await self._own(number, conversation))

    def offers(self, case: Case) -> tuple[Spec, ...]:
        """What the citizen may do with the case now."""
        offered = TABLE.offers(Situation(case, CITIZEN, self._rules, to_instant(self._now())))
        shut = KEPT_TOGETHER if case.merged_into else frozenset()
        return tuple(spec for spec in offered if spec.move not in shut)

    async def act(self, number: str, move: Move, args: Args, conversation: str, *, key: str) -> Case:
        """A move by the one who filed. Raises NotFound unless this chat filed or adopted the case.

        On a merged case it is made on the main case, for all who complained of the same matter.
        """
        own = await self._own(number, conversation)
        if own.merged_into is None or move in OWN_AFTER_MERGING:
            done = await self._acting.act(number, move, args, CITIZEN, key=key, read=own)
            return await self._followed(done)
        if move in KEPT_TOGETHER:
            raise IllegalMove(OTHERS_WAIT)
        main = await self._main(own)
        done = await self._acting.act(main.number, move, args, CITIZEN, key=key, filed_as=number)
        return as_followed(own, done)

    async def mark_urgent(self, case: Case, *, key: str) -> None:
        """Danger was heard in what is added to the case; once it is urgent, or has ended, nothing changes."""
        if case.complaint.severity is not Severity.URGENT and case.status in OPEN:
            await self._acting.act(case.number, Move.MARK_URGENT, NoArgs(), SYSTEM, key=key)

    async def open_by_receipt(self, receipt: str, conversation: str | None) -> Case | None:
        """The receipt opens the case from any device, with its parts; that chat is then told as well."""
        code = parse_receipt(receipt)
        reporter = await self._reporters.find_by_receipt(self._secrets.hash_receipt(code)) if code else None
        case = await self._cases.find(reporter.number) if reporter else None
        if case is None:
            return None
        if conversation is not None:
            for number in (case.number, *case.children):
                await self._reporters.adopt(number, conversation)
        return await self._followed(case)

    async def _own(self, number: str, conversation: str) -> Case:
        if number not in await self._reporters.list_numbers(conversation, limit=_MOST):
            raise NotFound(NO_CASE_IN_THIS_CHAT)
        return await self._cases.get(number)

    async def _followed(self, case: Case) -> Case:
        return as_followed(case, await self._main(case)) if case.merged_into else case

    async def _main(self, case: Case) -> Case:
        """The case that goes on, however often one was merged into the next."""
        while case.merged_into:
            case = await self._cases.get(case.merged_into)
        return case
