"""The life cycle: one table from which buttons, permissions, API, docs diagram and tests derive.

A row says: from this status, this move leads there, may be made by these roles, standing in this relation
to the case. What else a move needs is in `requirements.py`; what it does is in `effects/`.
"""

from __future__ import annotations

from cases.errors import Reason
from cases.lifecycle import forms
from cases.lifecycle.permissions import DESK
from cases.lifecycle.requirements import BEFORE_ALL, REQUIREMENTS
from cases.lifecycle.situation import Situation
from cases.moves.table import SAME, Args, MoveSpec, NoArgs, Row, Table, by_status_and_move, rows
from cases.people import Role
from cases.vocabulary import ENDED, OPEN, By, Move, Status
from cases.words import MOVE_NAMES

Spec = MoveSpec[Move]
Transition = Row[Status, Move, By]


def _spec(move: Move, args: type[Args] = NoArgs, *, told: bool = False) -> tuple[Move, Spec]:
    return move, MoveSpec(move, *MOVE_NAMES[move], args, told)


MOVES: dict[Move, Spec] = dict(
    [
        _spec(Move.REGISTER, told=True),
        _spec(Move.CLAIM),
        _spec(Move.RELEASE, forms.OptionalRemark),
        _spec(Move.ASSIGN, forms.Assign),
        _spec(Move.TAKE_OVER, forms.OptionalRemark),
        _spec(Move.ACCEPT, forms.OptionalRemark, told=True),
        _spec(Move.PROPOSE_DECLINE, forms.Decline),
        _spec(Move.COUNTERSIGN_DECLINE, forms.OptionalRemark, told=True),
        _spec(Move.REFUSE_DECLINE, forms.Grounds),
        _spec(Move.ASK_SUPPLEMENT, forms.SupplementRequest, told=True),
        _spec(Move.SUPPLEMENT, forms.Supplement, told=True),
        _spec(Move.TRANSFER, forms.Transfer),
        _spec(Move.ACCEPT_TRANSFER, forms.OptionalRemark, told=True),
        _spec(Move.RETURN_TRANSFER, forms.Grounds),
        _spec(Move.DISPUTE, forms.Transfer),
        _spec(Move.DECIDE_DISPUTE, forms.DecideDispute, told=True),
        _spec(Move.ROUTE, forms.Route, told=True),
        _spec(Move.CORRECT, forms.Correct),
        _spec(Move.ACCUSE, forms.Accuse),
        _spec(Move.INVITE, forms.Invite),
        _spec(Move.WRITE, forms.Message, told=True),
        _spec(Move.NOTE, forms.Message),
        _spec(Move.ATTACH, forms.Attach),
        _spec(Move.REQUEST_EXTENSION, forms.Extension),
        _spec(Move.APPROVE_EXTENSION, forms.OptionalRemark, told=True),
        _spec(Move.REFUSE_EXTENSION, forms.Grounds),
        _spec(Move.ANSWER, forms.Opinion, told=True),
        _spec(Move.CLOSE, forms.OptionalRemark, told=True),
        _spec(Move.REOPEN, forms.Grounds, told=True),
        _spec(Move.WITHDRAW, forms.OptionalRemark, told=True),
        _spec(Move.MERGE, forms.Merge, told=True),
        _spec(Move.SPLIT, forms.Split, told=True),
        _spec(Move.LINK_COMMITMENT, forms.LinkCommitment, told=True),
        _spec(Move.UNLINK_COMMITMENT, forms.UnlinkCommitment, told=True),
        _spec(Move.ASK_REVIEW, forms.Grounds, told=True),
        _spec(Move.ASK_FINAL_REVIEW, forms.Grounds, told=True),
        _spec(Move.RATE, forms.Rate, told=True),
        _spec(Move.FOLLOW_UP, told=True),
        _spec(Move.RECORD_RATING, forms.Rate),
        _spec(Move.ORDER, forms.OrderArgs),
        _spec(Move.ANSWER_ORDER, forms.AnswerOrder),
        _spec(Move.INSTRUCT, forms.Instruction),
        _spec(Move.CONSULT, forms.Consultation),
        _spec(Move.GIVE_TASK, forms.Task),
        _spec(Move.REPLY, forms.Reply),
        _spec(Move.WARN, forms.Warn),
        _spec(Move.MARK_URGENT),
        _spec(Move.OPEN_ACCOUNTABILITY, forms.OpenAccountability),
        _spec(Move.CLOSE_ACCOUNTABILITY, forms.CloseAccountability),
        _spec(Move.SAMPLE, forms.Sample),
        _spec(Move.CHECK, forms.CheckFindings),
        _spec(Move.RELEASE_QUARANTINE, forms.OptionalRemark),
        _spec(Move.REQUEST_UNSEAL, forms.Grounds),
        _spec(Move.APPROVE_UNSEAL, forms.ApproveLook),
        _spec(Move.REFUSE_UNSEAL, forms.Grounds),
        _spec(Move.UNSEAL),
        _spec(Move.HOLD, forms.Grounds),
        _spec(Move.LIFT_HOLD, forms.Grounds),
        _spec(Move.ANONYMISE),
        _spec(Move.RECOUNT),
    ]
)

_S = Status
_WORKING = (_S.REGISTERED, _S.ACCEPTED, _S.IN_REVIEW, _S.IN_FINAL_REVIEW)
_BEFORE_ANSWER = (_S.REGISTERED, _S.ACCEPTED)
_ANYTIME = tuple(_S)
_DESK = frozenset(DESK)
_DESK_TRIAGE = _DESK | {Role.TRIAGE}
_HEADS = frozenset({Role.HEAD})
_OVERSIGHT = frozenset({Role.SUPERVISOR})
_CITIZEN = frozenset({Role.CITIZEN})
_SYSTEM = frozenset({Role.SYSTEM})


def _rows_of_all_moves() -> list[Transition]:
    return [
        *rows((*_WORKING, _S.AWAITING_CITIZEN), Move.CLAIM, SAME, _DESK_TRIAGE, By.DEPARTMENT),
        *rows((*_WORKING, _S.AWAITING_CITIZEN), Move.RELEASE, SAME, _DESK_TRIAGE, By.HOLDER),
        *rows((*_WORKING, _S.AWAITING_CITIZEN), Move.ASSIGN, SAME, _HEADS, By.DEPARTMENT),
        *rows(
            (*_WORKING, _S.AWAITING_CITIZEN), Move.TAKE_OVER, SAME, frozenset({Role.DEPUTY}), By.DEPARTMENT
        ),
        *rows((_S.REGISTERED,), Move.ACCEPT, _S.ACCEPTED, _DESK, By.HOLDER),
        *rows((_S.REGISTERED,), Move.PROPOSE_DECLINE, SAME, _DESK, By.HOLDER),
        *rows(
            (_S.REGISTERED,),
            Move.COUNTERSIGN_DECLINE,
            _S.DECLINED,
            _HEADS | _OVERSIGHT,
            By.DEPARTMENT,
            By.OVERSEER,
        ),
        *rows((_S.REGISTERED,), Move.REFUSE_DECLINE, SAME, _HEADS | _OVERSIGHT, By.DEPARTMENT, By.OVERSEER),
        *rows(
            _BEFORE_ANSWER,
            Move.ASK_SUPPLEMENT,
            _S.AWAITING_CITIZEN,
            _DESK | _OVERSIGHT,
            By.HOLDER,
            By.OVERSEER,
        ),
        *rows((_S.AWAITING_CITIZEN,), Move.SUPPLEMENT, None, _CITIZEN, By.CITIZEN),
        *rows(_WORKING, Move.SUPPLEMENT, SAME, _CITIZEN, By.CITIZEN),
        *rows(_BEFORE_ANSWER, Move.TRANSFER, SAME, _DESK_TRIAGE, By.HOLDER),
        *rows(_BEFORE_ANSWER, Move.ACCEPT_TRANSFER, SAME, _DESK_TRIAGE, By.RECEIVER),
        *rows(_BEFORE_ANSWER, Move.RETURN_TRANSFER, SAME, _DESK_TRIAGE, By.RECEIVER),
        *rows(_BEFORE_ANSWER, Move.DISPUTE, SAME, _DESK_TRIAGE, By.DEPARTMENT, By.RECEIVER),
        *rows(_BEFORE_ANSWER, Move.DECIDE_DISPUTE, SAME, _OVERSIGHT, By.OVERSEER),
        *rows(
            _WORKING,
            Move.ROUTE,
            SAME,
            frozenset({Role.TRIAGE}) | _OVERSIGHT,
            By.DEPARTMENT,
            By.OVERSEER,
        ),
        *rows(_BEFORE_ANSWER, Move.CORRECT, SAME, _DESK_TRIAGE, By.HOLDER),
        *rows(
            (*_WORKING, _S.AWAITING_CITIZEN, _S.ANSWERED),
            Move.ACCUSE,
            SAME,
            _DESK_TRIAGE | _OVERSIGHT | _CITIZEN,
            By.HOLDER,
            By.OVERSEER,
            By.CITIZEN,
        ),
        *rows(_WORKING, Move.INVITE, SAME, _DESK, By.HOLDER),
        *rows(
            (*_WORKING, _S.AWAITING_CITIZEN, _S.ANSWERED),
            Move.WRITE,
            SAME,
            _DESK_TRIAGE | _CITIZEN,
            By.HOLDER,
            By.CITIZEN,
        ),
        *rows(_ANYTIME, Move.NOTE, SAME, _DESK_TRIAGE | _OVERSIGHT, By.INVOLVED, By.OVERSEER),
        *rows((*_WORKING, _S.AWAITING_CITIZEN), Move.ATTACH, SAME, _DESK_TRIAGE, By.HOLDER),
        *rows((_S.ACCEPTED,), Move.REQUEST_EXTENSION, SAME, _DESK, By.HOLDER),
        *rows((_S.ACCEPTED,), Move.APPROVE_EXTENSION, SAME, _HEADS | _OVERSIGHT, By.DEPARTMENT, By.OVERSEER),
        *rows((_S.ACCEPTED,), Move.REFUSE_EXTENSION, SAME, _HEADS | _OVERSIGHT, By.DEPARTMENT, By.OVERSEER),
        *rows(
            (_S.ACCEPTED, _S.IN_REVIEW),
            Move.ANSWER,
            _S.ANSWERED,
            _DESK | _OVERSIGHT,
            By.HOLDER,
            By.OVERSEER,
        ),
        *rows((_S.IN_FINAL_REVIEW,), Move.ANSWER, _S.CLOSED, _DESK | _OVERSIGHT, By.HOLDER, By.OVERSEER),
        *rows((_S.ANSWERED,), Move.CLOSE, _S.CLOSED, _DESK | _SYSTEM, By.HOLDER, By.SYSTEM),
        *rows(
            (_S.ANSWERED, _S.CLOSED, _S.DECLINED),
            Move.REOPEN,
            _S.ACCEPTED,
            _HEADS | _OVERSIGHT,
            By.DEPARTMENT,
            By.OVERSEER,
        ),
        *rows((*_WORKING, _S.AWAITING_CITIZEN), Move.WITHDRAW, _S.WITHDRAWN, _CITIZEN, By.CITIZEN),
        *rows(_BEFORE_ANSWER, Move.MERGE, _S.MERGED, _DESK_TRIAGE, By.HOLDER),
        *rows((_S.REGISTERED,), Move.SPLIT, SAME, _DESK_TRIAGE, By.HOLDER),
        *rows((*_WORKING, _S.AWAITING_CITIZEN, _S.ANSWERED), Move.LINK_COMMITMENT, SAME, _DESK, By.HOLDER),
        *rows((*_WORKING, _S.AWAITING_CITIZEN, _S.ANSWERED), Move.UNLINK_COMMITMENT, SAME, _DESK, By.HOLDER),
        *rows((_S.ANSWERED, _S.CLOSED, _S.DECLINED), Move.ASK_REVIEW, _S.IN_REVIEW, _CITIZEN, By.CITIZEN),
        *rows((_S.ANSWERED, _S.CLOSED), Move.ASK_FINAL_REVIEW, _S.IN_FINAL_REVIEW, _CITIZEN, By.CITIZEN),
        *rows((_S.ANSWERED, _S.CLOSED, _S.DECLINED, _S.MERGED), Move.RATE, SAME, _CITIZEN, By.CITIZEN),
        *rows((_S.ANSWERED, _S.CLOSED), Move.FOLLOW_UP, SAME, _SYSTEM, By.SYSTEM),
        *rows(
            (_S.ANSWERED, _S.CLOSED),
            Move.RECORD_RATING,
            SAME,
            _DESK_TRIAGE | _OVERSIGHT,
            By.DEPARTMENT,
            By.OVERSEER,
        ),
        *rows((*_WORKING, _S.AWAITING_CITIZEN, _S.ANSWERED), Move.ORDER, SAME, _OVERSIGHT, By.OVERSEER),
        *rows(_ANYTIME, Move.ANSWER_ORDER, SAME, _DESK, By.DEPARTMENT),
        *rows(
            (*_WORKING, _S.AWAITING_CITIZEN),
            Move.INSTRUCT,
            SAME,
            _HEADS | _OVERSIGHT,
            By.DEPARTMENT,
            By.OVERSEER,
        ),
        *rows(_WORKING, Move.CONSULT, SAME, _DESK, By.HOLDER),
        *rows(_WORKING, Move.GIVE_TASK, SAME, _DESK, By.HOLDER),
        *rows(_ANYTIME, Move.REPLY, SAME, _DESK, By.INVOLVED),
        *rows(tuple(s for s in _S if s in OPEN), Move.WARN, SAME, _SYSTEM, By.SYSTEM),
        *rows(tuple(s for s in _S if s in OPEN), Move.MARK_URGENT, SAME, _SYSTEM, By.SYSTEM),
        *rows(_ANYTIME, Move.OPEN_ACCOUNTABILITY, SAME, _OVERSIGHT, By.OVERSEER),
        *rows(_ANYTIME, Move.CLOSE_ACCOUNTABILITY, SAME, _OVERSIGHT, By.OVERSEER),
        *rows((_S.CLOSED, _S.DECLINED), Move.SAMPLE, SAME, _SYSTEM, By.SYSTEM),
        *rows(_ANYTIME, Move.CHECK, SAME, _OVERSIGHT, By.OVERSEER),
        *rows(
            (_S.REGISTERED,),
            Move.RELEASE_QUARANTINE,
            SAME,
            frozenset({Role.TRIAGE}) | _OVERSIGHT,
            By.DEPARTMENT,
            By.OVERSEER,
        ),
        *rows(_ANYTIME, Move.REQUEST_UNSEAL, SAME, _DESK, By.HOLDER),
        *rows(_ANYTIME, Move.APPROVE_UNSEAL, SAME, _OVERSIGHT, By.OVERSEER),
        *rows(_ANYTIME, Move.REFUSE_UNSEAL, SAME, _OVERSIGHT, By.OVERSEER),
        *rows(_ANYTIME, Move.UNSEAL, SAME, _DESK, By.INVOLVED),
        *rows(_ANYTIME, Move.HOLD, SAME, _OVERSIGHT, By.OVERSEER),
        *rows(_ANYTIME, Move.LIFT_HOLD, SAME, _OVERSIGHT, By.OVERSEER),
        *rows((*sorted(ENDED), _S.REGISTERED), Move.ANONYMISE, SAME, _SYSTEM, By.SYSTEM),
        *rows(tuple(s for s in _S if s in OPEN), Move.RECOUNT, SAME, _SYSTEM, By.SYSTEM),
    ]


TABLE: Table[Status, Move, By, Situation] = Table(
    rows=by_status_and_move(_rows_of_all_moves()),
    specs=MOVES,
    requirements=REQUIREMENTS,
    before_all=BEFORE_ALL,
    outsider=Reason("not-holder", "请先领取此件，或者请承办人办理。"),
)
TRANSITIONS = TABLE.rows
