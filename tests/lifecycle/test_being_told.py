"""Who is told of each move, and that nobody else is: citizen, holder, department, supervisors."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cases.model import Case
from cases.people import CITIZEN, SYSTEM, Actor, Role
from cases.vocabulary import Audience, ClockKind, Move, ProposalKind, Status, WarningLevel
from tests.lifecycle.news import News, added, news_for_people, said
from tests.town.cases import registered
from tests.town.clock import MONDAY
from tests.town.moves import after, in_status, prepared, reviewer_of
from tests.town.people import DEPUTY, HANDLER, HEAD, RECEIVER, SUPERVISOR, TRIAGE, staff
from tests.town.places import FINANCE, REFORM
from tests.town.words import OPINION

HELD, WORKED_ON, ANSWERED = Status.REGISTERED, Status.ACCEPTED, Status.ANSWERED
REVIEWER = "630000:青海省人民政府"


def citizen(template: str) -> News:
    return News(Audience.CITIZEN, None, template)


def holder(template: str) -> News:
    return News(Audience.STAFF, HANDLER.id, template)


def department(template: str, id: str = FINANCE) -> News:
    return News(Audience.DEPARTMENT, id, template)


def supervisors(template: str) -> News:
    return News(Audience.SUPERVISORS, "qinghai", template)


TOLD: list[tuple[Move, Status, Actor, list[News]]] = [
    (Move.CLAIM, HELD, HANDLER, []),
    (Move.RELEASE, HELD, HANDLER, []),
    (Move.ASSIGN, HELD, HEAD, [News(Audience.STAFF, "s-colleague", "staff-assigned")]),
    (Move.ACCEPT, HELD, HANDLER, [citizen("told-accepted")]),
    (Move.PROPOSE_DECLINE, HELD, HANDLER, [department("staff-decline-proposed")]),
    (Move.COUNTERSIGN_DECLINE, HELD, HEAD, [citizen("told-declined"), supervisors("staff-declined")]),
    (Move.REFUSE_DECLINE, HELD, HEAD, [holder("staff-decline-refused")]),
    (Move.ASK_SUPPLEMENT, WORKED_ON, HANDLER, [citizen("told-supplement-asked")]),
    (Move.SUPPLEMENT, Status.AWAITING_CITIZEN, CITIZEN, [holder("staff-supplemented")]),
    (Move.SUPPLEMENT, WORKED_ON, CITIZEN, [holder("staff-supplemented")]),
    (Move.TRANSFER, HELD, HANDLER, [department("staff-transfer-offered", REFORM)]),
    (
        Move.ACCEPT_TRANSFER,
        HELD,
        RECEIVER,
        [citizen("told-transferred"), department("staff-new-case", REFORM)],
    ),
    (Move.RETURN_TRANSFER, HELD, RECEIVER, [department("staff-transfer-returned")]),
    (Move.DISPUTE, HELD, HANDLER, [supervisors("staff-dispute")]),
    (Move.ROUTE, HELD, TRIAGE, [citizen("told-transferred"), department("staff-new-case", REFORM)]),
    (Move.CORRECT, HELD, HANDLER, []),
    (Move.ACCUSE, HELD, HANDLER, []),
    (Move.INVITE, HELD, HANDLER, [department("staff-invited", REFORM)]),
    (Move.WRITE, HELD, HANDLER, [citizen("told-message")]),
    (Move.WRITE, HELD, CITIZEN, [holder("staff-citizen-wrote")]),
    (Move.NOTE, HELD, HANDLER, []),
    (Move.ATTACH, HELD, HANDLER, []),
    (Move.REQUEST_EXTENSION, WORKED_ON, HANDLER, [department("staff-extension-asked")]),
    (Move.APPROVE_EXTENSION, WORKED_ON, HEAD, [citizen("told-extended")]),
    (Move.REFUSE_EXTENSION, WORKED_ON, HEAD, [holder("staff-extension-refused")]),
    (Move.ANSWER, WORKED_ON, HANDLER, [citizen("told-answered")]),
    (Move.CLOSE, ANSWERED, HANDLER, [citizen("told-closed")]),
    (Move.REOPEN, ANSWERED, HEAD, [citizen("told-reopened"), holder("staff-reopened")]),
    (Move.WITHDRAW, WORKED_ON, CITIZEN, [holder("staff-withdrawn")]),
    (Move.MERGE, WORKED_ON, HANDLER, [citizen("told-merged")]),
    (Move.SPLIT, HELD, HANDLER, [citizen("told-split")]),
    (Move.LINK_COMMITMENT, WORKED_ON, HANDLER, [citizen("told-commitment-linked")]),
    (Move.UNLINK_COMMITMENT, WORKED_ON, HANDLER, [citizen("told-commitment-unlinked")]),
    (
        Move.ASK_REVIEW,
        ANSWERED,
        CITIZEN,
        [citizen("told-review-started"), department("staff-review-asked", REVIEWER)],
    ),
    (Move.RATE, ANSWERED, CITIZEN, []),
    (Move.FOLLOW_UP, ANSWERED, SYSTEM, [citizen("told-follow-up")]),
    (Move.RECORD_RATING, ANSWERED, SUPERVISOR, []),
    (Move.SAMPLE, Status.CLOSED, SYSTEM, []),
    (Move.CHECK, Status.CLOSED, SUPERVISOR, [holder("staff-checked")]),
    (Move.ORDER, WORKED_ON, SUPERVISOR, [holder("staff-ordered")]),
    (Move.ANSWER_ORDER, WORKED_ON, HANDLER, [supervisors("staff-order-answered")]),
    (Move.INSTRUCT, WORKED_ON, HEAD, [department("staff-errand")]),
    (Move.CONSULT, WORKED_ON, HANDLER, [department("staff-errand", REFORM)]),
    (Move.GIVE_TASK, WORKED_ON, HANDLER, [News(Audience.STAFF, "s-colleague", "staff-errand")]),
    (Move.REPLY, WORKED_ON, HANDLER, [holder("staff-errand-answered")]),
    (Move.WARN, WORKED_ON, SYSTEM, [holder("staff-amber")]),
    (Move.MARK_URGENT, WORKED_ON, SYSTEM, [holder("staff-danger"), supervisors("staff-danger")]),
    (Move.OPEN_ACCOUNTABILITY, WORKED_ON, SUPERVISOR, []),
    (Move.CLOSE_ACCOUNTABILITY, WORKED_ON, SUPERVISOR, []),
    (Move.RELEASE_QUARANTINE, HELD, TRIAGE, [department("staff-new-case")]),
    (Move.REQUEST_UNSEAL, WORKED_ON, HANDLER, [supervisors("staff-unseal-asked")]),
    (Move.APPROVE_UNSEAL, WORKED_ON, SUPERVISOR, []),
    (Move.REFUSE_UNSEAL, WORKED_ON, SUPERVISOR, []),
    (Move.HOLD, WORKED_ON, SUPERVISOR, []),
    (Move.LIFT_HOLD, WORKED_ON, SUPERVISOR, []),
    (Move.ANONYMISE, Status.CLOSED, SYSTEM, []),
]


@pytest.mark.parametrize(
    ("move", "status", "by", "expected"),
    TOLD,
    ids=[f"{m}, {s}, {next(iter(b.roles))}" for m, s, b, _ in TOLD],
)
def test_these_people_are_told_and_nobody_else(
    move: Move, status: Status, by: Actor, expected: list[News]
) -> None:
    case = prepared(in_status(status), move)
    done = after(case, move, by)
    assert news_for_people(case, done) == expected
    for place, new in enumerate(added(case, done)[: len(expected)]):
        assert new.params["number"] == case.number
        assert new.id == f"{case.number}:{len(case.history) + 1}:{place}"


def test_every_move_says_whom_it_tells() -> None:
    elsewhere = {Move.REGISTER, Move.TAKE_OVER, Move.DECIDE_DISPUTE, Move.ASK_FINAL_REVIEW, Move.UNSEAL}
    assert {move for move, *_ in TOLD} == set(Move) - elsewhere - {Move.RECOUNT}


@pytest.mark.parametrize(
    ("move", "status", "by"),
    [
        (Move.SUPPLEMENT, Status.AWAITING_CITIZEN, CITIZEN),
        (Move.WRITE, WORKED_ON, CITIZEN),
        (Move.WITHDRAW, WORKED_ON, CITIZEN),
        (Move.ORDER, WORKED_ON, SUPERVISOR),
        (Move.WARN, WORKED_ON, SYSTEM),
        (Move.REOPEN, ANSWERED, HEAD),
    ],
)
def test_the_department_is_told_where_nobody_holds_the_case(move: Move, status: Status, by: Actor) -> None:
    case = prepared(in_status(status), move).model_copy(update={"holder": None})
    told = [news for news in news_for_people(case, after(case, move, by)) if news.audience != "citizen"]
    assert [(news.audience, news.target) for news in told] == [(Audience.DEPARTMENT, FINANCE)]


def test_the_deputy_who_takes_over_tells_nobody() -> None:
    case = in_status(WORKED_ON)
    assert news_for_people(case, after(case, Move.TAKE_OVER, DEPUTY, MONDAY + timedelta(days=9))) == []


def test_a_head_who_takes_a_case_is_not_told_of_it() -> None:
    case = in_status(HELD)
    mine = after(case, Move.ASSIGN, staff("s-colleague", "周同事", Role.HEAD))
    assert news_for_people(case, mine) == []


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [(FINANCE, []), (REFORM, [citizen("told-transferred"), department("staff-new-case", REFORM)])],
)
def test_a_decided_dispute_is_news_only_when_the_case_goes_elsewhere(
    chosen: str, expected: list[News]
) -> None:
    case = prepared(in_status(HELD), Move.DECIDE_DISPUTE)
    done = after(case, Move.DECIDE_DISPUTE, SUPERVISOR, department=chosen)
    assert news_for_people(case, done) == expected


def test_a_broken_promise_is_told_to_all_it_concerns() -> None:
    case = prepared(in_status(WORKED_ON), Move.WARN)
    done = after(case, Move.WARN, SYSTEM, level=WarningLevel.RED)
    assert news_for_people(case, done) == [
        holder("staff-red"),
        supervisors("staff-red"),
        citizen("told-overdue"),
    ]


def test_the_final_review_says_that_it_is_the_last() -> None:
    reviewed = after(in_status(Status.IN_REVIEW), Move.ANSWER, reviewer_of(in_status(Status.IN_REVIEW)))
    asked = after(reviewed, Move.ASK_FINAL_REVIEW, CITIZEN)
    assert said(reviewed, asked, "told-review-started")["final"] is True
    first = in_status(ANSWERED)
    assert said(first, after(first, Move.ASK_REVIEW, CITIZEN), "told-review-started")["final"] is False


@pytest.mark.parametrize(
    ("status", "template", "final"),
    [
        (WORKED_ON, "told-answered", False),
        (Status.IN_REVIEW, "told-review-answered", False),
        (Status.IN_FINAL_REVIEW, "told-review-answered", True),
    ],
)
def test_an_answer_says_what_was_found_and_whether_it_is_the_last(
    status: Status, template: str, final: bool
) -> None:
    case = in_status(status)
    done = after(case, Move.ANSWER, reviewer_of(case) if case.reviews else HANDLER)
    letter = done.letters[-1]
    assert said(case, done, template) == {
        "number": case.number,
        "department": case.department_name,
        "outcome": "support",
        "opinion": OPINION["opinion"],
        "serial": letter.serial,
        "verification": "0123456789AB",
        "final": final,
    }


def due(case: Case, kind: ClockKind) -> str:
    clock = case.clock(kind)
    assert clock is not None
    return clock.due_at.isoformat()


def test_an_accepted_complaint_is_told_by_whom_and_until_when() -> None:
    case = in_status(HELD)
    done = after(case, Move.ACCEPT)
    assert said(case, done, "told-accepted") == {
        "number": case.number,
        "department": "青海省财政厅",
        "due": due(done, ClockKind.HANDLE),
        "provisional": True,
    }


def test_a_refusal_is_told_with_its_reason_its_law_and_its_explanation() -> None:
    case = prepared(in_status(HELD), Move.COUNTERSIGN_DECLINE)
    done = after(case, Move.COUNTERSIGN_DECLINE, HEAD)
    assert said(case, done, "told-declined") == {
        "number": case.number,
        "department": "青海省财政厅",
        "reason": "in_court",
        "basis": "条例第十九条",
        "explanation": "已经起诉",
    }
    assert said(case, done, "staff-declined") == {"number": case.number, "reason": "in_court"}


@pytest.mark.parametrize("until", [None, "2026-12-10"])
def test_a_citizen_is_told_what_to_add_and_until_when(until: str | None) -> None:
    case = in_status(WORKED_ON)
    done = after(case, Move.ASK_SUPPLEMENT, items=["合同复印件", "付款凭证"], until=until)
    assert said(case, done, "told-supplement-asked") == {
        "number": case.number,
        "department": "青海省财政厅",
        "items": ["合同复印件", "付款凭证"],
        "until": until,
    }


def test_an_extension_is_told_with_its_new_day_and_why() -> None:
    case = after(in_status(WORKED_ON), Move.REQUEST_EXTENSION)
    done = after(case, Move.APPROVE_EXTENSION, HEAD)
    assert case.proposal(ProposalKind.EXTEND) is not None
    assert said(case, done, "told-extended") == {
        "number": case.number,
        "department": "青海省财政厅",
        "until": due(done, ClockKind.HANDLE),
        "reason": "情况复杂",
    }


def test_what_else_the_citizen_is_told_names_the_department_and_the_matter() -> None:
    worked, answered = in_status(WORKED_ON), in_status(ANSWERED)
    name = {"number": answered.number, "department": "青海省财政厅"}
    told = said(worked, after(worked, Move.WRITE), "told-message")
    assert told == {**name, "number": worked.number, "text": "您好"}
    assert said(answered, after(answered, Move.CLOSE), "told-closed") == name
    again = after(answered, Move.REOPEN, HEAD)
    assert said(answered, again, "told-reopened") == {**name, "due": due(again, ClockKind.HANDLE)}
    merged = after(worked, Move.MERGE)
    assert said(worked, merged, "told-merged") == {"number": worked.number, "into": merged.merged_into}
    whole = registered(holder=in_status(HELD).holder)
    parts = after(whole, Move.SPLIT)
    assert said(whole, parts, "told-split") == {"number": whole.number, "children": list(parts.children)}
    passed = after(prepared(whole, Move.ACCEPT_TRANSFER), Move.ACCEPT_TRANSFER, RECEIVER)
    waiting = prepared(whole, Move.ACCEPT_TRANSFER)
    assert said(waiting, passed, "told-transferred")["department"] == passed.department_name


def test_a_warning_says_which_clock_and_when_it_runs_out() -> None:
    case = prepared(in_status(WORKED_ON), Move.WARN)
    words = {"number": case.number, "clock": "handle", "due": due(case, ClockKind.HANDLE)}
    assert said(case, after(case, Move.WARN, SYSTEM), "staff-amber") == words
    red = after(case, Move.WARN, SYSTEM, level=WarningLevel.RED)
    assert [n.params for n in added(case, red) if n.template == "staff-red"] == [words, words]
    assert said(case, red, "told-overdue")["department"] == "青海省财政厅"


def test_an_order_says_until_when() -> None:
    case = in_status(WORKED_ON)
    assert said(case, after(case, Move.ORDER, SUPERVISOR), "staff-ordered")["until"] == "2026-12-31"
