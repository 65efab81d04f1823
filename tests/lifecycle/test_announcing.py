"""What the systems of departments are told of a move: which event, to whom, and nothing anybody wrote."""

from __future__ import annotations

import json

import pytest

from cases.lifecycle.announcing import announce
from cases.model import Case
from cases.people import CITIZEN, SYSTEM, Actor
from cases.vocabulary import Audience, ClockKind, EventKind, Move, Status, WarningLevel
from tests.lifecycle.news import added, news_for_systems, said
from tests.town.cases import registered
from tests.town.clock import MONDAY
from tests.town.moves import after, in_status, prepared
from tests.town.people import DEPUTY, HANDLER, HEAD, RECEIVER, SUPERVISOR, TRIAGE
from tests.town.places import FINANCE, REFORM
from tests.town.words import OPINION

HELD, WORKED_ON, ANSWERED = Status.REGISTERED, Status.ACCEPTED, Status.ANSWERED
PARTICIPANT = "630000:省审计厅"
WORKING = [FINANCE, PARTICIPANT]
REVIEWER = "630000:青海省人民政府"


def shared(status: Status, move: Move) -> Case:
    """With a department taking part."""
    case = prepared(in_status(status), move)
    routing = case.routing.model_copy(update={"participants": (PARTICIPANT,)})
    return case.model_copy(update={"routing": routing})


TOLD: list[tuple[Move, Status, Actor, dict[EventKind, list[str]]]] = [
    (Move.ACCEPT, HELD, HANDLER, {EventKind.ACCEPTED: WORKING}),
    (Move.COUNTERSIGN_DECLINE, HELD, HEAD, {EventKind.DECLINED: WORKING}),
    (Move.SUPPLEMENT, Status.AWAITING_CITIZEN, CITIZEN, {EventKind.SUPPLEMENTED: WORKING}),
    (Move.WITHDRAW, WORKED_ON, CITIZEN, {EventKind.WITHDRAWN: WORKING}),
    (Move.APPROVE_EXTENSION, WORKED_ON, HEAD, {EventKind.EXTENDED: WORKING}),
    (Move.ORDER, WORKED_ON, SUPERVISOR, {EventKind.ORDERED: WORKING}),
    (Move.ANSWER, WORKED_ON, HANDLER, {EventKind.ANSWERED: WORKING}),
    (Move.CLOSE, ANSWERED, HANDLER, {EventKind.CLOSED: WORKING}),
    (Move.REOPEN, ANSWERED, HEAD, {EventKind.REOPENED: WORKING}),
    (Move.MERGE, WORKED_ON, HANDLER, {EventKind.MERGED: WORKING}),
    (Move.RELEASE_QUARANTINE, HELD, TRIAGE, {EventKind.REGISTERED: WORKING}),
    (Move.WRITE, WORKED_ON, CITIZEN, {EventKind.MESSAGE: WORKING}),
    (Move.WRITE, WORKED_ON, HANDLER, {}),
    (Move.WARN, WORKED_ON, SYSTEM, {EventKind.CLOCK_AMBER: WORKING}),
    (Move.TRANSFER, HELD, HANDLER, {EventKind.TRANSFER_OFFERED: [REFORM]}),
    (Move.RETURN_TRANSFER, HELD, RECEIVER, {EventKind.TRANSFER_RETURNED: [FINANCE]}),
    (
        Move.ACCEPT_TRANSFER,
        HELD,
        RECEIVER,
        {EventKind.TRANSFERRED_OUT: [FINANCE], EventKind.TRANSFERRED_IN: [REFORM]},
    ),
    (
        Move.ROUTE,
        HELD,
        TRIAGE,
        {EventKind.TRANSFERRED_OUT: [FINANCE], EventKind.TRANSFERRED_IN: [REFORM]},
    ),
    (Move.INVITE, HELD, HANDLER, {EventKind.INVITED: [REFORM]}),
    (
        Move.ASK_REVIEW,
        ANSWERED,
        CITIZEN,
        {EventKind.TRANSFERRED_OUT: [FINANCE], EventKind.REVIEW_ASKED: [REVIEWER]},
    ),
    *(
        (move, WORKED_ON, by, {})
        for move, by in [
            (Move.CLAIM, HANDLER),
            (Move.RELEASE, HANDLER),
            (Move.ASSIGN, HEAD),
            (Move.ASK_SUPPLEMENT, HANDLER),
            (Move.CORRECT, HANDLER),
            (Move.ACCUSE, SUPERVISOR),
            (Move.NOTE, HANDLER),
            (Move.ATTACH, HANDLER),
            (Move.REQUEST_EXTENSION, HANDLER),
            (Move.REFUSE_EXTENSION, HEAD),
            (Move.DISPUTE, HANDLER),
            (Move.ANSWER_ORDER, HANDLER),
            (Move.OPEN_ACCOUNTABILITY, SUPERVISOR),
            (Move.REQUEST_UNSEAL, HANDLER),
            (Move.HOLD, SUPERVISOR),
        ]
    ),
]


@pytest.mark.parametrize(
    ("move", "status", "by", "expected"), TOLD, ids=[f"{m}, {next(iter(b.roles))}" for m, _, b, _ in TOLD]
)
def test_these_systems_are_told_and_no_others(
    move: Move, status: Status, by: Actor, expected: dict[EventKind, list[str]]
) -> None:
    case = shared(status, move)
    assert news_for_systems(case, after(case, move, by)) == expected


def test_a_broken_promise_is_another_event_than_one_nearly_due() -> None:
    case = shared(WORKED_ON, Move.WARN)
    done = after(case, Move.WARN, SYSTEM, level=WarningLevel.RED)
    assert news_for_systems(case, done) == {EventKind.CLOCK_RED: WORKING}
    assert said(case, done, EventKind.CLOCK_RED)["clock"] == "handle"


def test_a_dispute_decided_for_the_department_that_has_the_case_is_no_event() -> None:
    case = shared(HELD, Move.DECIDE_DISPUTE)
    stays = after(case, Move.DECIDE_DISPUTE, SUPERVISOR, department=FINANCE)
    goes = after(case, Move.DECIDE_DISPUTE, SUPERVISOR, department=REFORM)
    assert news_for_systems(case, stays) == {}
    assert news_for_systems(case, goes) == {
        EventKind.TRANSFERRED_OUT: [FINANCE],
        EventKind.TRANSFERRED_IN: [REFORM],
    }


def test_only_who_is_newly_invited_is_told() -> None:
    case = shared(HELD, Move.INVITE)
    again = after(case, Move.INVITE, departments=[PARTICIPANT])
    assert news_for_systems(case, again) == {}
    both = after(case, Move.INVITE, departments=[PARTICIPANT, REFORM])
    assert news_for_systems(case, both) == {EventKind.INVITED: [REFORM]}


def test_the_final_review_is_told_to_whom_it_comes() -> None:
    reviewed = in_status(ANSWERED).model_copy(update={"reviews": 1})
    asked = after(reviewed, Move.ASK_FINAL_REVIEW, CITIZEN)
    assert news_for_systems(reviewed, asked) == {
        EventKind.TRANSFERRED_OUT: [FINANCE],
        EventKind.REVIEW_ASKED: [asked.department],
    }


def test_a_deputy_taking_over_is_no_event() -> None:
    case = in_status(WORKED_ON)
    late = MONDAY.replace(month=12, day=20)
    assert news_for_systems(case, after(case, Move.TAKE_OVER, DEPUTY, late)) == {}


def test_an_event_says_when_where_and_what_runs_by_codes_and_dates() -> None:
    case = shared(HELD, Move.ACCEPT)
    done = after(case, Move.ACCEPT)
    handle = done.clock(ClockKind.HANDLE)
    assert handle is not None
    assert said(case, done, EventKind.ACCEPTED) == {
        "to": WORKING,
        "at": MONDAY.isoformat(),
        "status": "accepted",
        "version": case.version + 1,
        "department": FINANCE,
        "due": [{"kind": "handle", "due_at": handle.due_at.isoformat(), "provisional": True}],
    }


def test_an_event_has_an_id_of_its_own() -> None:
    case = shared(HELD, Move.ACCEPT_TRANSFER)
    done = after(case, Move.ACCEPT_TRANSFER, RECEIVER)
    ids = [n.id for n in added(case, done)]
    assert len(set(ids)) == len(ids)
    place = len(case.history) + 1
    assert f"{case.number}:{place}:case.transferred_out" in ids


def test_a_new_case_is_told_under_the_version_it_has() -> None:
    case = registered()
    (told,) = announce(None, case, case.history[0])
    assert (told.template, told.params["to"]) == (EventKind.REGISTERED, [FINANCE])
    assert told.params["version"] == case.version


@pytest.mark.parametrize(
    ("move", "by", "written"),
    [
        (Move.WRITE, CITIZEN, "您好"),
        (Move.SUPPLEMENT, CITIZEN, "合同在此"),
        (Move.ANSWER, HANDLER, OPINION["opinion"]),
        (Move.TRANSFER, HANDLER, "不属本单位"),
        (Move.INVITE, HANDLER, "协助"),
        (Move.ORDER, SUPERVISOR, "抓紧"),
    ],
)
def test_nothing_anybody_wrote_reaches_a_system(move: Move, by: Actor, written: str) -> None:
    case = shared(WORKED_ON, move)
    done = after(case, move, by)
    told = [n.params for n in added(case, done) if n.audience is Audience.SYSTEMS]
    dumped = json.dumps(told, ensure_ascii=False)
    assert written in done.model_dump_json()
    assert told
    assert written not in dumped
    assert HANDLER.name not in dumped
