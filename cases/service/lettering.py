"""Writing letters: beginning one, each step of its table, and what may be done with it now.

A step that is a move of the case is made as that move (`Acting.act`); any other changes the letter alone.
Either is one conditional write of the case.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Any

from cases.errors import InvalidInput
from cases.instants import start_of, to_instant
from cases.letters import Delivery, Letter, Letterhead, replaced
from cases.lifecycle.forms import Grounds, OptionalRemark
from cases.lifecycle.letters.courses import COURSES, kept, read
from cases.lifecycle.letters.making import begin, step
from cases.lifecycle.letters.table import LETTERS, Delivered, LetterSituation, before_letter
from cases.lifecycle.situation import Situation
from cases.lifecycle.table import TABLE
from cases.model import Case, Notification
from cases.moves.saving import change_stored
from cases.moves.table import Args, MoveSpec
from cases.people import Actor
from cases.ports.letterheads import CodeTaken
from cases.reasons import CODE_TAKEN, LETTER_UNREADABLE, NO_SUCH_CASE
from cases.records import FreeText
from cases.service.acting import Acting
from cases.service.filing import Stores
from cases.service.staff.staffing import Staffing
from cases.vocabulary import Audience, LetterKind, LetterMove, LetterStatus


class Lettering:
    """One instance serves the whole process."""

    def __init__(
        self, stores: Stores, acting: Acting, staffing: Staffing, now: Callable[[], datetime]
    ) -> None:
        self._cases = stores.cases
        self._letterheads = stores.letterheads
        self._acting = acting
        self._staffing = staffing
        self._now = now

    # -- what may be done -------------------------------------------------------------------------
    def board(self, at: Situation) -> tuple[tuple[LetterKind, ...], dict[str, frozenset[LetterMove]]]:
        """What may be begun, and what may be done with each letter of the case, by its id."""
        steps = {one.id: LETTERS.offers(LetterSituation(one, at)) for one in at.case.papers}
        kinds = tuple(kind for kind in COURSES if self._may_begin(at, kind))
        return kinds, {id: frozenset(spec.move for spec in offered) for id, offered in steps.items()}

    async def offers(self, case: Case, letter: Letter, actor: Actor) -> tuple[MoveSpec[LetterMove], ...]:
        """The steps this person may make now, exactly those that `make` would let pass."""
        return LETTERS.offers(LetterSituation(letter, await self._acting.situation(case, actor)))

    @staticmethod
    def spec(move: LetterMove) -> MoveSpec[LetterMove]:
        """A step as people see it."""
        return LETTERS.specs[move]

    def _may_begin(self, at: Situation, kind: LetterKind) -> bool:
        before = LetterSituation(self._begun(at, kind, {}), at)
        first = LetterMove.SUBMIT if COURSES[kind].submit else LetterMove.SIGN
        return LETTERS.obstacle(LetterMove.WRITE, before) is None and before.obstacle_in_case(first) is None

    @staticmethod
    def _begun(at: Situation, kind: LetterKind, words: Mapping[str, Any]) -> Letter:
        return begin(at.case, kind, at.actor, at.now, kept(kind, words))

    # -- writing ----------------------------------------------------------------------------------
    async def begin(self, number: str, kind: LetterKind, words: Mapping[str, Any], actor: Actor) -> Letter:
        """The draft of this kind in the case, or a new one. Raises what stands against writing it."""

        case = await self._cases.get(number)
        waiting = case.waiting_paper(kind)
        if waiting is not None and waiting.status is LetterStatus.DRAFT:
            LETTERS.check(
                LetterMove.WRITE, LetterSituation(waiting, await self._acting.situation(case, actor))
            )
            return waiting

        async def make(at: Situation) -> Letter:
            letter = self._begun(at, kind, words)
            LETTERS.check(LetterMove.WRITE, LetterSituation(letter, at))
            return letter

        case = await self._change(number, actor, make)
        letter = case.waiting_paper(kind)
        if letter is None:
            raise LookupError(f"the letter just begun in {number} is gone")
        return letter

    async def make(
        self,
        number: str,
        id: str,
        move: LetterMove,
        actor: Actor,
        *,
        words: Mapping[str, Any] | None = None,
        args: Args | None = None,
        key: str = "",
        expected_version: int | None = None,
    ) -> Case:
        """Make one step. `words`: what stands in the letter from now on; drafts alone take them.

        Raises the errors of `cases.errors`, whichever table refuses.
        """
        if words is not None:
            await self._write(number, id, words, actor, expected_version)
            expected_version = None
        case = await self._cases.get(number)
        letter = before_letter(await self._acting.situation(case, actor), id).letter
        in_case = COURSES[letter.kind].move_of(move)
        if move is LetterMove.WRITE:
            return case
        if in_case is None:
            return await self._step(number, id, move, args, actor, expected_version)
        given = args
        if move is not LetterMove.RETURN and TABLE.specs[in_case].args is not OptionalRemark:
            given = read(letter.kind, letter.words)
            if given is None:
                # The table says better what is missing, if it is that.
                LETTERS.check(move, before_letter(await self._acting.situation(case, actor), id))
                raise InvalidInput(LETTER_UNREADABLE)
        return await self._acting.act(
            number,
            in_case,
            given,
            actor,
            key=key,
            letter=id,
            step=move,
            expected_version=expected_version,
        )

    async def _write(
        self, number: str, id: str, words: Mapping[str, Any], actor: Actor, expected_version: int | None
    ) -> None:
        async def make(at: Situation) -> Letter:
            before = before_letter(at, id)
            LETTERS.check(LetterMove.WRITE, before)
            new = kept(before.letter.kind, words)
            if before.letter.words == new:
                return before.letter
            return step(before.letter, LetterMove.WRITE, at.actor, at.now, words=new)

        await self._change(number, actor, make, expected_version)

    async def _step(
        self,
        number: str,
        id: str,
        move: LetterMove,
        args: Args | None,
        actor: Actor,
        expected_version: int | None,
    ) -> Case:
        async def make(at: Situation) -> Letter:
            before = before_letter(at, id)
            LETTERS.check(move, before)
            note = args.reason if isinstance(args, Grounds) else None
            return step(before.letter, move, at.actor, at.now, note=note, **_delivered(args))

        return await self._change(number, actor, make, expected_version, move)

    async def _change(
        self,
        number: str,
        actor: Actor,
        make: Callable[[Situation], Awaitable[Letter]],
        expected_version: int | None = None,
        told: LetterMove = LetterMove.WRITE,
    ) -> Case:
        async def changed(case: Case) -> Case:
            at = await self._acting.situation(case, actor)
            letter = await make(at)
            return case.model_copy(
                update={
                    "papers": replaced(case.papers, letter),
                    "updated_at": to_instant(self._now()),
                    "notifications": (*case.notifications, *await self._news(at, letter, told)),
                }
            )

        return await change_stored(
            self._cases,
            number,
            changed,
            actor=actor,
            missing=NO_SUCH_CASE,
            expected_version=expected_version,
        )

    # -- who is told ------------------------------------------------------------------------------
    async def _news(self, at: Situation, letter: Letter, move: LetterMove) -> list[Notification]:
        case, told = at.case, list[tuple[Audience, str | None, str]]()
        if move is LetterMove.SUBMIT:
            told.append((Audience.DEPARTMENT, case.department, "staff-letter-waits"))
            if not await self._staffing.another_head(at):
                told.append((Audience.SUPERVISORS, case.routing.jurisdiction, "staff-letter-waits"))
        elif move is LetterMove.RETURN:
            drafter = letter.history[0].actor.id
            told.append((Audience.STAFF, drafter, "staff-letter-returned"))
        return [
            Notification(
                id=f"{letter.id}:{len(letter.history)}:{place}",
                audience=audience,
                target=target,
                template=template,
                params={"number": case.number},
            )
            for place, (audience, target, template) in enumerate(told)
        ]

    # -- letterheads ------------------------------------------------------------------------------
    async def letterhead(self, department: str) -> Letterhead:
        return await self._letterheads.get(department)

    async def set_letterhead(self, letterhead: Letterhead) -> None:
        """Raises InvalidInput when another department numbers by the same 机关代字."""
        try:
            await self._letterheads.put(letterhead)
        except CodeTaken:
            raise InvalidInput(CODE_TAKEN, code=letterhead.code) from None


def _delivered(args: Args | None) -> dict[str, Any]:
    if not isinstance(args, Delivered):
        return {}
    delivery = Delivery(
        way=args.way,
        at=start_of(args.on),
        receiver=FreeText(args.receiver) if args.receiver.strip() else None,
        remark=FreeText(args.remark) if args.remark.strip() else None,
    )
    return {"delivery": delivery}
