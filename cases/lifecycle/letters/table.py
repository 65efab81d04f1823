"""The table of letters: draft → 核稿 → 签发 → 送达, on the same mechanism as the life cycle of a case.

A letter goes on only where the case's own move may be made: both tables are asked, and neither repeats the
other. What a step does is in `making.py`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from cases.errors import NotFound, Reason, SecondPersonNeeded
from cases.letters import OPINIONS, Letter
from cases.lifecycle.forms import Grounds
from cases.lifecycle.letters.checker import missing
from cases.lifecycle.letters.courses import COURSES, SIGNED_APART
from cases.lifecycle.permissions import DESK, HOLDERS
from cases.lifecycle.requirements import BEFORE_ALL
from cases.lifecycle.situation import Need, Situation
from cases.lifecycle.table import TABLE
from cases.moves.forms import ask
from cases.moves.requirements import Obstacle, Requirement, require
from cases.moves.table import Args, MoveSpec, NoArgs, Row, Table, by_status_and_move
from cases.people import Actor, Role
from cases.reasons import NO_SUCH_LETTER
from cases.text_lengths import LONGEST_LINE, LONGEST_REMARK
from cases.vocabulary import By, DeliveryWay, LetterMove, LetterStatus
from cases.words import DELIVERY_NAMES, LETTER_MOVE_NAMES


class Delivered(Args):
    way: DeliveryWay = ask("送达方式", "choice", choices=DELIVERY_NAMES)
    on: date = ask("送达日期", "date")
    receiver: str = ask("签收人", "text", default="", max_length=LONGEST_LINE, help="邮寄的写邮件编号")
    remark: str = ask("备注", default="", max_length=LONGEST_REMARK)


@dataclass(frozen=True)
class LetterSituation:
    """Somebody before a letter of a case."""

    letter: Letter
    of_case: Situation

    @property
    def actor(self) -> Actor:
        return self.of_case.actor

    @property
    def status(self) -> LetterStatus:
        return self.letter.status

    def stands(self, by: By) -> bool:
        """To the case; in the department that wrote it, wherever the case is by now."""
        if by is By.DEPARTMENT:
            return self.actor.department == self.letter.department
        return self.of_case.stands(by)

    def obstacle_in_case(self, step: LetterMove) -> Obstacle | None:
        """What stands against the case's move that this step of the letter is, if it is one."""
        move = COURSES[self.letter.kind].move_of(step)
        return TABLE.obstacle(move, replace(self.of_case, signing=True)) if move else None


def before_letter(at: Situation, id: str) -> LetterSituation:
    """Raises NotFound for a letter that the case has not."""
    letter = at.case.paper(id)
    if letter is None:
        raise NotFound(NO_SUCH_LETTER)
    return LetterSituation(letter, at)


LetterNeed = Requirement[LetterSituation]


def _of_case(need: Need) -> LetterNeed:
    return Requirement(
        lambda at: need.holds(at.of_case),
        need.reason,
        need.source,
        need.error,
        lambda at: need.params(at.of_case),
    )


NOT_NOW = Reason("case-lets", "此件现在不能办理这一步。")


@dataclass(frozen=True, slots=True)
class _CaseLets(LetterNeed):
    """The move of the case that a step is may be made; if not, the case's own table says why."""

    step: LetterMove = LetterMove.SIGN

    def obstacle(self, at: LetterSituation) -> Obstacle | None:
        return at.obstacle_in_case(self.step)


def _case_lets(step: LetterMove) -> LetterNeed:
    return _CaseLets(lambda at: at.obstacle_in_case(step) is None, NOT_NOW, step=step)


@require(
    "还缺：{missing}。",
    params=lambda at: {"missing": "、".join(missing(at.letter.kind, at.letter.words))},
)
def letter_is_whole(at: LetterSituation) -> bool:
    return not missing(at.letter.kind, at.letter.words)


@require("拟稿和送核的人不能自己签发，请由另一人签发。", error=SecondPersonNeeded)
def letter_signed_by_another(at: LetterSituation) -> bool:
    return not at.letter.written_by(at.actor.id)


@require("请由本单位负责人或者上级督办员签发。", error=SecondPersonNeeded)
def signed_by_who_heads(at: LetterSituation) -> bool:
    return at.letter.kind not in OPINIONS or at.actor.has(Role.HEAD, Role.SUPERVISOR)


@require("请由拟稿人撤回，或者由核稿的负责人、督办员退回。")
def returned_by_writer_or_head(at: LetterSituation) -> bool:
    decided_in_case = COURSES[at.letter.kind].send_back is not None
    return decided_in_case or at.actor.has(Role.HEAD, Role.SUPERVISOR) or at.letter.written_by(at.actor.id)


@require("本单位的这类文书由另一人签发，请先送核稿。", error=SecondPersonNeeded)
def one_person_signs(at: LetterSituation) -> bool:
    head = at.of_case.letterhead
    apart = at.letter.kind in SIGNED_APART
    return apart and head is not None and at.letter.kind not in head.second_person


@require("此件已不在可以写这份文书的阶段，可以作废。")
def case_still_there(at: LetterSituation) -> bool:
    return at.of_case.status in COURSES[at.letter.kind].begins


_S, _M = LetterStatus, LetterMove
_ARGS: dict[LetterMove, type[Args]] = {_M.RETURN: Grounds, _M.DELIVER: Delivered}

LETTER_MOVES: dict[LetterMove, MoveSpec[LetterMove]] = {
    move: MoveSpec(move, name.label, name.past, _ARGS.get(move, NoArgs))
    for move, name in LETTER_MOVE_NAMES.items()
}

LETTER_REQUIREMENTS: dict[LetterMove, tuple[LetterNeed, ...]] = {
    _M.WRITE: (case_still_there,),
    _M.SUBMIT: (case_still_there, letter_is_whole, _case_lets(_M.SUBMIT)),
    _M.RETURN: (returned_by_writer_or_head, _case_lets(_M.RETURN)),
    _M.SIGN: (letter_signed_by_another, signed_by_who_heads, _case_lets(_M.SIGN)),
    _M.SIGN_ALONE: (one_person_signs, case_still_there, letter_is_whole, _case_lets(_M.SIGN)),
}

_DESK = frozenset(DESK)
_ANY = frozenset({*HOLDERS, Role.SUPERVISOR})
_WHOEVER = (By.HOLDER, By.DEPARTMENT, By.OVERSEER, By.RECEIVER)
"""The case's own move says which of them."""

Line = Row[LetterStatus, LetterMove, By]


def _row(status: LetterStatus, move: LetterMove, to: LetterStatus, roles: frozenset[Role], *by: By) -> Line:
    return Row(status, move, to, roles, frozenset(by))


def _rows() -> Iterable[Line]:
    return (
        _row(_S.DRAFT, _M.WRITE, _S.DRAFT, _DESK, By.HOLDER),
        _row(_S.DRAFT, _M.SUBMIT, _S.CHECKING, _DESK, By.HOLDER),
        _row(_S.DRAFT, _M.SIGN_ALONE, _S.SIGNED, _DESK, By.HOLDER),
        _row(_S.DRAFT, _M.DISCARD, _S.VOID, _DESK, By.HOLDER),
        _row(_S.CHECKING, _M.RETURN, _S.DRAFT, _ANY, *_WHOEVER),
        _row(_S.CHECKING, _M.SIGN, _S.SIGNED, _ANY, *_WHOEVER),
        _row(_S.SIGNED, _M.DELIVER, _S.DELIVERED, _DESK, By.DEPARTMENT),
    )


LETTERS: Table[LetterStatus, LetterMove, By, LetterSituation] = Table(
    rows=by_status_and_move(_rows()),
    specs=LETTER_MOVES,
    requirements=LETTER_REQUIREMENTS,
    before_all=tuple(map(_of_case, BEFORE_ALL)),
    outsider=Reason("letter-outsider", "请先领取此件，或者请承办人办理这份文书。"),
)
