"""Making a move on a stored case, and saying which moves may be made: the only way a case changes.

Looks up what pure functions cannot, asks the table, and saves with one conditional write.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from pydantic import ValidationError

from cases.clocks import Clock
from cases.errors import ConflictOfInterest, IllegalMove, InvalidInput, NotAllowed, NotFound
from cases.instants import local_date, to_instant
from cases.lifecycle import forms
from cases.lifecycle.change import LookedUp
from cases.lifecycle.conflicts import accusing
from cases.lifecycle.holding import is_idle
from cases.lifecycle.letters.courses import COURSES
from cases.lifecycle.letters.grounds import must_be_grounded
from cases.lifecycle.letters.table import LETTERS, before_letter
from cases.lifecycle.making import apply
from cases.lifecycle.permissions import HOLDERS, is_conflicted
from cases.lifecycle.reviews import find_reviewer
from cases.lifecycle.situation import Situation
from cases.lifecycle.table import MOVES, TABLE, Spec
from cases.model import Case, LinkedCommitment
from cases.moves.saving import change_stored
from cases.moves.table import Args
from cases.people import SYSTEM, Actor
from cases.reasons import (
    ACCUSED_THERE_FIRST,
    AWAY,
    NEEDS_WORDS,
    NO_SUCH_CASE,
    NO_SUCH_PERSON,
    NOT_TO_MERGE_INTO,
    OTHERS_WAIT,
    PERSON_CONCERNED,
    PERSON_MAY_NOT_HOLD,
)
from cases.records import FreeText
from cases.rules.rule_books import Rules
from cases.service.credit.public_commitments import PublicCommitments
from cases.service.filing import Filing, Secrets, Stores
from cases.service.intake import route_complaint
from cases.service.past_looks import PastLooks
from cases.service.staff.staffing import PROPOSED, Staffing
from cases.vocabulary import LetterKind, LetterMove, Move, Status, WarningLevel

_TAKING = frozenset({Move.SPLIT, *(course.sign for course in COURSES.values())})
"""Moves that use up a letter number or store cases of their own."""

_WRITTEN_IN = frozenset(status for course in COURSES.values() for status in course.begins)
_TAKING_IN_HAND = frozenset({Move.CLAIM, Move.TAKE_OVER})
LOOK_WITHIN = timedelta(days=7)
"""After that what an approval opened is locked again."""
_REVIEWS = frozenset({Move.ASK_REVIEW, Move.ASK_FINAL_REVIEW})


class Acting:
    """One instance serves the whole process; it keeps no state of its own."""

    def __init__(
        self,
        stores: Stores,
        filing: Filing,
        rules: Rules,
        secrets: Secrets,
        now: Callable[[], datetime],
        commitments: PublicCommitments,
    ) -> None:
        self._cases = stores.cases
        self._past_looks = PastLooks(stores.audit, stores.staff, now)
        self._staff = stores.staff
        self._letterheads = stores.letterheads
        self._reporters = stores.reporters
        self._staffing = Staffing(stores.staff, rules)
        self._filing = filing
        self._rules = rules
        self._secrets = secrets
        self._commitments = commitments
        self._now = now

    async def act(
        self,
        number: str,
        move: Move,
        args: Args | None,
        actor: Actor,
        *,
        key: str = "",
        expected_version: int | None = None,
        read: Case | None = None,
        on_reporter_page: bool = False,
        filed_as: str = "",
        letter: str = "",
        step: LetterMove = LetterMove.SIGN,
    ) -> Case:
        """Make one move. With a key, the same move happens once. `read`: the case, if it was just read.

        `filed_as`: the number of the merged case whose citizen makes the move on the main case.
        `letter`: id of the letter by whose `step` the move is made.

        Raises the errors of `cases.errors`; StaleCase when `expected_version` is no longer the newest.
        """
        given = args if args is not None else _without_words(move)
        taken: dict[str, dict[str, Any]] = {}

        async def make(case: Case) -> Case:
            at = replace(
                await self.situation(case, actor), on_reporter_page=on_reporter_page, signing=bool(letter)
            )
            if letter:
                LETTERS.check(step, before_letter(at, letter))
            TABLE.check(move, at)
            must_be_grounded(given)
            known = await self._look_up(at, move, given)
            if _takes(case, move, given, known) and case.department not in taken:
                taken[case.department] = await self._take(case, given, key)
            used = taken.get(case.department, {})
            known = replace(known, **used, filed_as=filed_as, letterhead=at.letterhead, letter=letter)
            changed = apply(at, move, given, looked_up=known, key=key)
            if changed.barred != case.barred:
                await self._past_looks.record(case, changed)
            return changed

        return await change_stored(
            self._cases,
            number,
            make,
            actor=actor,
            missing=NO_SUCH_CASE,
            key=key,
            expected_version=expected_version,
            read=read,
        )

    async def offers(self, case: Case, actor: Actor) -> tuple[Spec, ...]:
        """The moves this actor may make now, exactly those that `act` would let pass."""
        return TABLE.offers(await self.situation(case, actor))

    async def situation(self, case: Case, actor: Actor) -> Situation:
        """With what the account of the holder says, where a B role may depend on it."""
        head = await self._letterheads.get(case.department) if case.status in _WRITTEN_IN else None
        at = Situation(case, actor, self._rules, to_instant(self._now()), letterhead=head)
        away = replace(at, holder_away=True)
        if is_idle(case, self._rules.calendar, at.now) or TABLE.obstacle(Move.TAKE_OVER, away):
            return at
        return away if case.holder and await self._is_away(case.holder.staff) else at

    async def must_be_here(self, actor: Actor) -> None:
        """离岗: whoever is away takes no case in hand. Raises NotAllowed."""
        try:
            person = await self._staff.get(actor.id or "")
        except NotFound:
            return
        if person.preferences.get("away"):
            raise NotAllowed(AWAY)

    async def _is_away(self, staff: str) -> bool:
        person = await self._staff.get(staff)
        return not person.active or bool(person.preferences.get("away"))

    # -- the system -------------------------------------------------------------------------------
    async def warn(self, case: Case, clock: Clock, level: WarningLevel) -> Case | None:
        """Tell amber or red once; None when the clock ended meanwhile."""
        key = f"warn:{clock.kind}:{clock.started_at.isoformat()}:{level}"
        try:
            return await self.act(
                case.number, Move.WARN, forms.Warn(clock=clock.kind, level=level), SYSTEM, key=key
            )
        except InvalidInput:
            return None

    async def close_answered(self, case: Case) -> Case | None:
        """Close an answered case once the time for review has passed."""
        if case.status is not Status.ANSWERED:
            return None
        return await self.act(
            case.number, Move.CLOSE, forms.OptionalRemark(), SYSTEM, key=f"close:{len(case.letters)}"
        )

    # -- what a move needs from the stores --------------------------------------------------------
    async def _take(self, case: Case, args: Args, key: str) -> dict[str, Any]:
        """What a move uses up or stores before it is made, as fields of LookedUp: once, however often."""
        children = dict[str, Any]()
        if isinstance(args, forms.Split):
            numbers = await self._filing.split_off(case, args, key or str(len(case.children)))
            children = {"children": numbers}
            if all(part.department == case.department for part in args.parts):
                return children
        serial = await self._cases.next_serial(case.department, local_date(self._now()).year)
        code = self._secrets.derive(f"letter:{case.number}:{serial}").hex()[:12].upper()
        return {**children, "serial": serial, "verification": code}

    async def _look_up(self, at: Situation, move: Move, args: Args) -> LookedUp:
        case = at.case
        if isinstance(args, forms.Transfer | forms.DecideDispute | forms.Route):
            return LookedUp(unstaffed=await self._staffing.unstaffed(case.complaint, args.department))
        if isinstance(args, forms.ApproveLook):
            await self._reporters.lend(case.number, args.opening_code, to_instant(self._now()) + LOOK_WITHIN)
        if move in _TAKING_IN_HAND:
            await self.must_be_here(at.actor)
        if move is Move.WITHDRAW and await self._cases.list_merged(case.number):
            raise IllegalMove(OTHERS_WAIT)
        if move in _REVIEWS:
            reviewer = find_reviewer(case, self._rules.jurisdictions)
            id = reviewer.id if reviewer else None
            return LookedUp(unstaffed=await self._staffing.unstaffed(case.complaint, id))
        if move in PROPOSED:
            return LookedUp(alone=await self._staffing.is_alone(at, PROPOSED[move]))
        if isinstance(args, forms.Assign | forms.Task) or (
            isinstance(args, forms.Instruction) and args.staff
        ):
            return LookedUp(assignee=await self._find_assignee(case, args.staff))
        if isinstance(args, forms.Accuse):
            known = self._rules.jurisdictions
            complaint = accusing(case.complaint, args.bodies, known)
            routing = route_complaint(complaint, known)
            unstaffed = await self._staffing.unstaffed(complaint, routing.department)
            return LookedUp(routing=routing, unstaffed=unstaffed)
        if move is Move.LINK_COMMITMENT and isinstance(args, forms.LinkCommitment):
            return LookedUp(commitment=await self._find_commitment(args.commitment))
        if isinstance(args, forms.Merge):
            target = await self._cases.find(args.into)
            if target is None or target.department != case.department or not target.is_open:
                raise InvalidInput(NOT_TO_MERGE_INTO)
            if not set(case.barred) <= set(target.barred):
                bodies = "、".join(body.name for body in case.complaint.accused)
                raise InvalidInput(ACCUSED_THERE_FIRST, bodies=bodies)
        return LookedUp()

    async def _find_commitment(self, id: str) -> LinkedCommitment | None:
        """As everybody reads it; None for what is not public."""
        try:
            found = await self._commitments.find(id)
        except NotFound:
            return None
        return LinkedCommitment(
            id=found.id, body=found.body, matter=FreeText(found.matter), due_on=found.due_on
        )

    async def _find_assignee(self, case: Case, id: str) -> Actor:
        """Who is to hold the case: somebody who is here and whom it does not concern."""
        try:
            staff = await self._staff.get(id)
        except NotFound:
            raise InvalidInput(NO_SUCH_PERSON) from None
        person = staff.actor
        if is_conflicted(case, person, self._rules.jurisdictions):
            raise ConflictOfInterest(PERSON_CONCERNED, person=staff.name)
        if not staff.active or not person.has(*HOLDERS):
            raise InvalidInput(PERSON_MAY_NOT_HOLD, person=staff.name)
        return person


def _takes(case: Case, move: Move, args: Args, known: LookedUp) -> bool:
    """Whether a number or cases of its own are used up: always, or where a letter says where a case goes."""
    if not isinstance(args, forms.DecideDispute | forms.Route):
        return move in _TAKING
    leaves = args.department not in (case.department, *known.unstaffed)
    return leaves and case.status in COURSES[LetterKind.TRANSFER].begins


def _without_words(move: Move) -> Args:
    """The arguments of a move made without a word. Raises InvalidInput when it needs some."""
    try:
        return MOVES[move].args()
    except ValidationError:
        raise InvalidInput(NEEDS_WORDS, move=move) from None
