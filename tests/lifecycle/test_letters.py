"""Letters move by a table of their own: every pair of status and step, and how it goes with the case."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from cases.errors import DomainError, IllegalMove, NotAllowed, NotFound, SecondPersonNeeded
from cases.letters import OPINIONS, Delivery, Letter, Letterhead, replaced
from cases.lifecycle.forms import Grounds
from cases.lifecycle.letters.courses import COURSES, SIGNED_APART
from cases.lifecycle.letters.diagram import LETTERS_PAGE
from cases.lifecycle.letters.making import begin, step, without_what_is_past, without_words
from cases.lifecycle.letters.table import LETTER_MOVES, LETTERS, LetterSituation, before_letter
from cases.lifecycle.making import apply
from cases.lifecycle.situation import Situation
from cases.model import Case
from cases.moves.history import find_break
from cases.moves.table import NoArgs
from cases.people import CITIZEN, Actor, Role
from cases.records import FreeText
from cases.vocabulary import DeliveryWay, LetterKind, LetterMove, LetterStatus, Move, Status
from tests.town.clock import MONDAY
from tests.town.moves import ARGS, after, args_of, before, in_status, looked_up_for, prepared
from tests.town.people import DEPUTY, HANDLER, HEAD, RECEIVER, SUPERVISOR, TRIAGE, staff
from tests.town.places import ELSEWHERE, FINANCE, REFORM
from tests.town.words import OPINION

_S, _M = LetterStatus, LetterMove
PAIRS = list(itertools.product(LetterStatus, LetterMove))
WORDS: dict[LetterKind, dict[str, Any]] = {
    **{kind: {**OPINION, "ruling": "change"} for kind in OPINIONS},
    LetterKind.OPINION: OPINION,
    LetterKind.DECLINE: {**ARGS[Move.PROPOSE_DECLINE], "legal_basis": "《信访工作条例》第三十一条"},
    LetterKind.SUPPLEMENT: {"items": ["合同"]},
    LetterKind.EXTENSION: {"days": 10, "reason": "等待审计结论"},
    LetterKind.TRANSFER: ARGS[Move.TRANSFER],
}
PEOPLE = (HANDLER, DEPUTY, HEAD, SUPERVISOR, RECEIVER, staff("s-x", "外省人", Role.HEAD, ELSEWHERE))


def at(status: LetterStatus, actor: Actor, kind: LetterKind = LetterKind.OPINION) -> LetterSituation:
    """A letter of a case that is where such a letter is written, begun by its handler."""
    case = in_status(min(COURSES[kind].begins))
    letter = begin(case, kind, HANDLER, MONDAY, WORDS[kind]).model_copy(update={"status": status})
    head = Letterhead(department=case.department)
    return LetterSituation(letter, replace(before(case, actor), letterhead=head))


@pytest.mark.parametrize(("status", "move"), PAIRS)
def test_what_the_table_does_not_name_nobody_may_do(status: LetterStatus, move: LetterMove) -> None:
    if (status, move) in LETTERS.rows:
        return
    for person in PEOPLE:
        with pytest.raises((IllegalMove, NotFound)):
            LETTERS.check(move, at(status, person))


ALLOWED: dict[tuple[LetterStatus, LetterMove], set[str]] = {
    (_S.DRAFT, _M.WRITE): {HANDLER.name, HEAD.name},
    (_S.DRAFT, _M.SUBMIT): {HANDLER.name, HEAD.name},
    (_S.DRAFT, _M.SIGN_ALONE): set(),
    (_S.DRAFT, _M.DISCARD): {HANDLER.name, HEAD.name},
    (_S.CHECKING, _M.RETURN): {HANDLER.name, HEAD.name, SUPERVISOR.name},
    (_S.CHECKING, _M.SIGN): {HEAD.name, SUPERVISOR.name},
    (_S.SIGNED, _M.DELIVER): {HANDLER.name, DEPUTY.name, HEAD.name},
}
"""Of an opinion in a department as it begins: the second person signs."""


@pytest.mark.parametrize(("status", "move"), sorted(LETTERS.rows))
def test_who_may_take_each_step_of_an_opinion(status: LetterStatus, move: LetterMove) -> None:
    able = {person.name for person in PEOPLE if _passes(move, at(status, person))}
    assert able == ALLOWED[status, move]
    for person in PEOPLE:
        offered = {spec.move for spec in LETTERS.offers(at(status, person))}
        assert (move in offered) == (person.name in able)


def _passes(move: LetterMove, situation: LetterSituation) -> bool:
    try:
        LETTERS.check(move, situation)
    except DomainError:
        return False
    return True


@pytest.mark.parametrize(("status", "move"), sorted(LETTERS.rows))
def test_each_step_leads_where_the_table_says_and_keeps_the_chain(
    status: LetterStatus, move: LetterMove
) -> None:
    letter = at(status, HEAD).letter
    done = step(letter, move, HEAD, MONDAY, note="说明")
    assert done.status is LETTERS.rows[status, move].to
    assert (done.history[-1].move, done.version) == (move, letter.version + 1)
    assert find_break(done.history) is None
    assert LETTER_MOVES[move].label


@pytest.mark.parametrize("kind", LetterKind)
def test_who_wrote_a_letter_never_signs_it_where_two_persons_are_asked_for(kind: LetterKind) -> None:
    case = in_status(min(COURSES[kind].begins))
    head = Letterhead(department=case.department, second_person=frozenset(LetterKind))
    writer = staff("s-writer", "孙负责", Role.HEAD, case.department)
    draft = begin(case, kind, writer, MONDAY, WORDS[kind])
    alone = LetterSituation(draft, replace(before(case, writer), letterhead=head))
    with pytest.raises(SecondPersonNeeded):
        LETTERS.check(_M.SIGN_ALONE, alone)
    sent = step(draft, _M.SUBMIT, writer, MONDAY)
    with pytest.raises((SecondPersonNeeded, NotAllowed)):
        LETTERS.check(_M.SIGN, replace(alone, letter=sent))


@pytest.mark.parametrize("kind", sorted(OPINIONS | {LetterKind.SUPPLEMENT}))
def test_a_department_may_leave_letters_that_no_law_gives_to_two_to_one_person(kind: LetterKind) -> None:
    case = in_status(min(COURSES[kind].begins))
    writer = staff("s-writer", "孙负责", Role.HEAD, case.department)
    head = Letterhead(department=case.department, second_person=frozenset())
    of_case = replace(before(case, writer), letterhead=head)
    LETTERS.check(_M.SIGN_ALONE, LetterSituation(begin(case, kind, writer, MONDAY, WORDS[kind]), of_case))


@pytest.mark.parametrize("missing", ["facts", "opinion", "legal_basis", "outcome", "request"])
def test_a_letter_that_lacks_something_is_not_sent_on_and_says_what(missing: str) -> None:
    situation = at(_S.DRAFT, HANDLER)
    lacking = situation.letter.model_copy(update={"words": {**OPINION, missing: ""}})
    with pytest.raises(IllegalMove) as refused:
        LETTERS.check(_M.SUBMIT, replace(situation, letter=lacking))
    assert str(refused.value).startswith("还缺：")


# -- with the moves of the case --------------------------------------------------------------------
DISPUTED = [(Move.TRANSFER, HANDLER), (Move.DISPUTE, RECEIVER)]
LETTER_OF: list[tuple[list[tuple[Move, Actor]], LetterKind, LetterStatus]] = [
    ([(Move.ANSWER, HANDLER)], LetterKind.OPINION, _S.SIGNED),
    ([(Move.ASK_SUPPLEMENT, HANDLER)], LetterKind.SUPPLEMENT, _S.SIGNED),
    ([(Move.REQUEST_EXTENSION, HANDLER)], LetterKind.EXTENSION, _S.CHECKING),
    ([(Move.REQUEST_EXTENSION, HANDLER), (Move.APPROVE_EXTENSION, HEAD)], LetterKind.EXTENSION, _S.SIGNED),
    ([(Move.REQUEST_EXTENSION, HANDLER), (Move.REFUSE_EXTENSION, HEAD)], LetterKind.EXTENSION, _S.DRAFT),
    ([(Move.REQUEST_EXTENSION, HANDLER), (Move.ANSWER, HANDLER)], LetterKind.EXTENSION, _S.VOID),
    ([(Move.TRANSFER, HANDLER)], LetterKind.TRANSFER, _S.CHECKING),
    ([(Move.TRANSFER, HANDLER), (Move.ACCEPT_TRANSFER, RECEIVER)], LetterKind.TRANSFER, _S.SIGNED),
    ([(Move.TRANSFER, HANDLER), (Move.RETURN_TRANSFER, RECEIVER)], LetterKind.TRANSFER, _S.DRAFT),
    ([*DISPUTED, (Move.DECIDE_DISPUTE, SUPERVISOR)], LetterKind.TRANSFER, _S.DRAFT),
]


def _after_moves(case: Case, moves: list[tuple[Move, Actor]]) -> Case:
    for move, actor in moves:
        case = after(case, move, actor)
    return case


@pytest.mark.parametrize(("moves", "kind", "status"), LETTER_OF)
def test_every_move_that_writes_to_a_citizen_has_its_letter(
    moves: list[tuple[Move, Actor]], kind: LetterKind, status: LetterStatus
) -> None:
    case = _after_moves(in_status(Status.ACCEPTED), moves)
    letter = next(one for one in case.papers if one.kind is kind)
    assert letter.status is status
    assert bool(letter.serial) == (status is _S.SIGNED)
    assert find_break(letter.history) is None


def test_who_gives_a_case_to_a_department_tells_the_citizen_by_a_letter() -> None:
    """By 分办, and by a ruling: on the letter that waited for the other, or on one of who asked for it."""
    routed = after(prepared(in_status(Status.REGISTERED), Move.ROUTE), Move.ROUTE, TRIAGE)
    offered = _after_moves(in_status(Status.ACCEPTED), DISPUTED)
    returned = after(after(in_status(Status.ACCEPTED), Move.TRANSFER), Move.RETURN_TRANSFER, RECEIVER)
    asked = after(returned, Move.DISPUTE)
    ruled = [
        after(case, Move.DECIDE_DISPUTE, SUPERVISOR, department=REFORM, reason="属于发展改革部门职责")
        for case in (offered, asked)
    ]
    for case, by in ((routed, TRIAGE), (ruled[0], SUPERVISOR), (ruled[1], SUPERVISOR)):
        letter = case.papers[-1]
        assert not any(other.waits for other in case.papers)
        assert (letter.kind, letter.status) == (LetterKind.TRANSFER, _S.SIGNED)
        assert (letter.department, letter.signed_by) == (FINANCE, by.name)
        assert letter.words["department"] == case.department == REFORM
        assert letter.serial == "青海省财政厅〔2026〕第1号"
        assert find_break(letter.history) is None


@pytest.mark.parametrize(
    ("moves", "status"),
    [
        ([(Move.PROPOSE_DECLINE, HANDLER)], _S.CHECKING),
        ([(Move.PROPOSE_DECLINE, HANDLER), (Move.COUNTERSIGN_DECLINE, HEAD)], _S.SIGNED),
        ([(Move.PROPOSE_DECLINE, HANDLER), (Move.REFUSE_DECLINE, HEAD)], _S.DRAFT),
        ([(Move.PROPOSE_DECLINE, HANDLER), (Move.WITHDRAW, CITIZEN)], _S.VOID),
    ],
)
def test_a_refusal_is_a_letter_from_its_proposal_on(
    moves: list[tuple[Move, Actor]], status: LetterStatus
) -> None:
    case = _after_moves(in_status(Status.REGISTERED), moves)
    assert [(x.kind, x.status) for x in case.papers] == [(LetterKind.DECLINE, status)]


def test_a_proposal_from_the_time_before_letters_gets_its_letter_when_it_is_decided() -> None:
    asked = after(in_status(Status.REGISTERED), Move.PROPOSE_DECLINE).model_copy(update={"papers": ()})
    letter = after(asked, Move.COUNTERSIGN_DECLINE, HEAD).papers[0]
    assert [e.actor.name for e in letter.history] == [HANDLER.name, HANDLER.name, HEAD.name]
    assert (letter.status, letter.words["reason"]) == (_S.SIGNED, "in_court")


def test_an_opinion_says_its_words_once_and_a_refused_draft_keeps_the_reason() -> None:
    answered = after(in_status(Status.ACCEPTED), Move.ANSWER)
    assert (answered.papers[0].words, answered.papers[0].serial) == ({}, answered.letters[0].serial)
    back = _after_moves(
        in_status(Status.REGISTERED), [(Move.PROPOSE_DECLINE, HANDLER), (Move.REFUSE_DECLINE, HEAD)]
    )
    assert back.papers[0].history[-1].note == ARGS[Move.REFUSE_DECLINE]["reason"]


HEADED = Letterhead(department="d", code="青财信", contact="政务信用处", phone="0971-0000000")


@pytest.mark.parametrize("by_another", [False, True])
def test_a_letter_written_beforehand_is_the_one_that_is_signed(by_another: bool) -> None:
    case = in_status(Status.ACCEPTED)
    other, mine = (begin(case, LetterKind.OPINION, HANDLER, MONDAY, OPINION) for _ in range(2))
    mine = mine.model_copy(update={"id": f"{case.number}-W2"})
    if by_another:
        mine = step(mine, _M.SUBMIT, HANDLER, MONDAY)
    case = case.model_copy(update={"papers": (other, mine)})
    known = replace(looked_up_for(case), letter=mine.id, letterhead=HEADED)
    signed = apply(before(case, HEAD, MONDAY), Move.ANSWER, args_of(Move.ANSWER), looked_up=known).paper(
        mine.id
    )
    assert signed is not None
    assert signed.history[-1].move is (_M.SIGN if by_another else _M.SIGN_ALONE)
    assert (signed.contact, signed.phone, signed.at) == (HEADED.contact, HEADED.phone, MONDAY)
    assert (signed.serial, signed.signed_by) == ("青财信〔2026〕1号", HEAD.name)


def test_words_of_a_letter_are_kept_as_they_are_stored() -> None:
    asked = after(in_status(Status.REGISTERED), Move.PROPOSE_DECLINE)
    assert asked.papers[0].words == args_of(Move.PROPOSE_DECLINE).model_dump(mode="json")
    assert type(asked.papers[0].words["reason"]) is str
    supplement = after(in_status(Status.ACCEPTED), Move.ASK_SUPPLEMENT, until=date(2026, 12, 20)).papers[0]
    assert supplement.words["until"] == "2026-12-20"
    assert type(supplement.words["items"]) is list


@pytest.mark.parametrize(
    ("changes", "void"),
    [
        ({}, False),
        ({"status": Status.AWAITING_CITIZEN}, False),
        ({"status": Status.REGISTERED}, True),
        ({"status": Status.CLOSED}, True),
        ({"department": ELSEWHERE}, True),
        ({"status": Status.AWAITING_CITIZEN, "department": ELSEWHERE}, True),
    ],
)
def test_a_draft_is_void_where_it_can_no_longer_be_sent(changes: dict[str, Any], void: bool) -> None:
    case = in_status(Status.ACCEPTED)
    draft = begin(case, LetterKind.OPINION, HANDLER, MONDAY, OPINION)
    signed = draft.model_copy(update={"id": "W2", "status": _S.SIGNED})
    moved = case.model_copy(update={"papers": (draft, signed), **changes})
    left, untouched = without_what_is_past(case, moved)
    assert (left.status is _S.VOID, untouched) == (void, signed)
    assert find_break(left.history) is None
    assert len(left.history) == 1 + void


def test_when_retention_has_ended_a_letter_keeps_its_course_and_nobodys_words() -> None:
    delivery = Delivery(way=DeliveryWay.POST, at=MONDAY, receiver=FreeText("甲"), remark=FreeText("乙"))
    letter = begin(in_status(Status.ACCEPTED), LetterKind.OPINION, HANDLER, MONDAY, OPINION)
    letter = step(step(letter, _M.SUBMIT, HANDLER, MONDAY), _M.RETURN, HEAD, MONDAY, note="不够清楚")
    bare = without_words(letter.model_copy(update={"delivery": delivery}))
    assert bare.words == {}
    assert [entry.move for entry in bare.history] == [entry.move for entry in letter.history]
    assert all(entry.note is None for entry in bare.history)
    assert bare.delivery == delivery.model_copy(update={"receiver": None, "remark": None})
    assert find_break(bare.history) is None
    assert without_words(letter).delivery is None


def test_what_each_step_of_a_letter_asks_for() -> None:
    asked = {move: spec.args for move, spec in LETTER_MOVES.items()}
    assert {move for move, args in asked.items() if args is not NoArgs} == {_M.RETURN, _M.DELIVER}
    assert asked[_M.RETURN] is Grounds
    fields = asked[_M.DELIVER].model_fields
    assert {name: field.json_schema_extra["widget"] for name, field in fields.items()} == {  # type: ignore[index]
        "way": "choice",
        "on": "date",
        "receiver": "text",
        "remark": "textarea",
    }


def test_a_letter_that_goes_with_a_move_waits_for_what_the_move_waits_for() -> None:
    """Two extensions cannot be asked for at once, nor one taken back that nobody asked for."""
    asked = after(in_status(Status.ACCEPTED), Move.REQUEST_EXTENSION)
    another = begin(asked, LetterKind.EXTENSION, HANDLER, MONDAY, WORDS[LetterKind.EXTENSION])
    head = Letterhead(department=asked.department)
    there = replace(before(asked, HANDLER), letterhead=head)
    assert not _passes(_M.SUBMIT, LetterSituation(another, there))
    free = in_status(Status.ACCEPTED)
    assert _passes(_M.SUBMIT, LetterSituation(another, replace(before(free, HANDLER), letterhead=head)))
    sent = step(another, _M.SUBMIT, HANDLER, MONDAY)
    assert not _passes(_M.RETURN, LetterSituation(sent, replace(before(free, HEAD), letterhead=head)))
    assert _passes(_M.RETURN, LetterSituation(sent, replace(before(asked, HEAD), letterhead=head)))


def test_a_letter_that_is_not_there_is_not_found() -> None:
    case = in_status(Status.ACCEPTED)
    letter = begin(case, LetterKind.OPINION, HANDLER, MONDAY, OPINION)
    kept = case.model_copy(update={"papers": (letter,)})
    assert before_letter(before(kept, HANDLER), letter.id).letter == letter
    with pytest.raises(NotFound) as missing:
        before_letter(before(case, HANDLER), letter.id)
    assert missing.value.reason.code == "no-such-letter"


def test_what_no_department_may_leave_to_one_person_is_never_signed_alone() -> None:
    writer = staff("s-writer", "孙负责", Role.HEAD, in_status(Status.ACCEPTED).department)
    for kind in set(LetterKind) - SIGNED_APART:
        case = in_status(min(COURSES[kind].begins))
        head = Letterhead(department=case.department, second_person=frozenset())
        of_case = replace(before(case, writer), letterhead=head)
        draft = begin(case, kind, writer, MONDAY, WORDS[kind])
        assert not _passes(_M.SIGN_ALONE, LetterSituation(draft, of_case)), kind
    opinion = begin(in_status(Status.ACCEPTED), LetterKind.OPINION, writer, MONDAY, OPINION)
    nobody_said = replace(before(in_status(Status.ACCEPTED), writer), letterhead=None)
    with pytest.raises(SecondPersonNeeded, match="先送核稿"):
        LETTERS.check(_M.SIGN_ALONE, LetterSituation(opinion, nobody_said))


@pytest.mark.parametrize(("kind", "may"), [(LetterKind.SUPPLEMENT, True), (LetterKind.OPINION, False)])
def test_only_opinions_need_whoever_heads_to_sign(kind: LetterKind, may: bool) -> None:
    case = in_status(Status.ACCEPTED)
    writer = staff("s-writer", "孙经办", Role.HANDLER, case.department)
    sent = step(begin(case, kind, writer, MONDAY, WORDS[kind]), _M.SUBMIT, writer, MONDAY)
    there = replace(before(case, HANDLER), letterhead=Letterhead(department=case.department))
    assert _passes(_M.SIGN, LetterSituation(sent, there)) is may


def test_a_draft_in_checking_is_taken_back_by_its_writer_or_who_heads() -> None:
    case = in_status(Status.ACCEPTED)
    writer = staff("s-writer", "孙经办", Role.HANDLER, case.department)
    sent = step(begin(case, LetterKind.OPINION, writer, MONDAY, OPINION), _M.SUBMIT, writer, MONDAY)
    head = Letterhead(department=case.department)
    held = case.model_copy(update={"holder": None})
    able = {
        person.id
        for person in (writer, HEAD, staff("s-third", "钱经办", Role.HANDLER, case.department))
        if _passes(_M.RETURN, LetterSituation(sent, replace(before(held, person), letterhead=head)))
    }
    assert able >= {HEAD.id}
    assert "s-third" not in able


def test_a_department_numbers_by_its_code_and_without_one_by_its_name() -> None:
    head = Letterhead(department="d", code="青财信")
    assert head.serial("青海省财政厅", 2026, 3) == "青财信〔2026〕3号"
    assert Letterhead(department="d").serial("青海省财政厅", 2026, 3) == "青海省财政厅〔2026〕第3号"


def test_a_letter_takes_its_place_and_leaves_the_others() -> None:
    case = in_status(Status.ACCEPTED)
    first = begin(case, LetterKind.OPINION, HANDLER, MONDAY, {})
    second = first.model_copy(update={"id": f"{case.number}-W2"})
    changed = step(first, _M.DISCARD, HANDLER, MONDAY)
    kept: tuple[Letter, ...] = replaced(replaced((first,), second), changed)
    assert kept == (changed, second)


def test_situations_of_letters_ask_the_case_who_somebody_is() -> None:
    situation = at(_S.SIGNED, HANDLER)
    moved = situation.of_case.case.model_copy(update={"department": ELSEWHERE})
    gone = LetterSituation(situation.letter, Situation(moved, HANDLER, situation.of_case.rules, MONDAY))
    assert _passes(_M.DELIVER, gone), "the department that wrote it proves the delivery wherever the case is"


def test_the_page_in_the_docs_is_up_to_date() -> None:
    page = Path(__file__).parents[2] / "docs" / "letters.md"
    assert page.read_text("utf-8") == LETTERS_PAGE.text(), "run: python -m tools.written_pages"
