"""Each requirement where it holds and where it does not, with its error and what its sentence says."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from cases.errors import (
    AlreadyClaimed,
    ConflictOfInterest,
    IllegalMove,
    InvalidInput,
    NotAllowed,
    NotFound,
    SecondPersonNeeded,
)
from cases.letters import Letterhead
from cases.lifecycle import requirements
from cases.lifecycle.requirements import BEFORE_ALL, REQUIREMENTS
from cases.lifecycle.situation import Need, Situation
from cases.model import Case, Holder
from cases.people import CITIZEN, SYSTEM, Actor, Role
from cases.vocabulary import ClockKind, LetterKind, Move, Status, WarningLevel
from classify.types import Domain
from tests.town.cases import registered
from tests.town.clock import MONDAY
from tests.town.moves import after, before, in_status, prepared
from tests.town.people import ACCUSED, COLLEAGUE, DEPUTY, HANDLER, HEAD, RECEIVER, SUPERVISOR, staff

DAY, MOMENT = timedelta(days=1), timedelta(milliseconds=1)
HELD, WORKED_ON, ANSWERED = (in_status(s) for s in (Status.REGISTERED, Status.ACCEPTED, Status.ANSWERED))
STRANGER = staff("s-x", "外人", Role.HANDLER, "630000:省审计厅")
PULLED = after(registered(), Move.CLAIM)


def need_called(name: str) -> Need:
    found: Need = getattr(requirements, name)
    return found


def at(case: Case, actor: Actor = HANDLER, **known: Any) -> Situation:
    when = known.pop("at", MONDAY)
    return before(case, actor, when, **known)


def waiting(move: Move, case: Case = HELD) -> Case:
    return prepared(case, move)


def by(proposer: Actor, move: Move, case: Case = HELD) -> Case:
    """The proposal that this move decides, made by this person."""
    ready = prepared(case, move)
    return ready.model_copy(
        update={"proposals": tuple(p.model_copy(update={"by": proposer}) for p in ready.proposals)}
    )


def having(case: Case = HELD, **changes: Any) -> Case:
    return case.model_copy(update=changes)


def clocks_with(case: Case, **changes: Any) -> Case:
    return having(case, clocks=tuple(c.model_copy(update=changes) for c in case.clocks))


def due(case: Case, kind: ClockKind) -> Any:
    clock = case.clock(kind)
    assert clock is not None
    return clock.due_at


RATED_BY_STAFF = after(waiting(Move.RECORD_RATING, ANSWERED), Move.RECORD_RATING, SUPERVISOR, MONDAY + DAY)
OFFERED = after(HELD, Move.TRANSFER)
RETURNED = after(OFFERED, Move.RETURN_TRANSFER, RECEIVER)
ASKED = after(WORKED_ON, Move.REQUEST_EXTENSION)
EXTENDED = after(ASKED, Move.APPROVE_EXTENSION, HEAD)
LONG_AGO = prepared(in_status(Status.CLOSED), Move.ANONYMISE)
ANONYMOUS = having(complaint=HELD.complaint.model_copy(update={"named": False}))
HEADED = Letterhead(department=WORKED_ON.department)
ELSE = Holder(staff="s-else", name="别的人", since=MONDAY)

Pair = tuple[str, Situation, Situation]
"""Its name, where it holds, where it does not."""

PAIRS: list[Pair] = [
    ("actor_not_concerned", at(HELD), at(HELD, staff("s-1", ACCUSED, Role.HANDLER))),
    ("case_known_to_actor", at(HELD), at(HELD, STRANGER)),
    ("free_to_claim", at(registered()), at(PULLED, HEAD)),
    ("held_by_somebody", at(HELD), at(registered())),
    ("held_by_another", at(HELD, DEPUTY), at(HELD)),
    ("holder_away_or_idle", at(HELD, DEPUTY, holder_away=True), at(HELD, DEPUTY)),
    ("decline_waits", at(waiting(Move.REFUSE_DECLINE)), at(OFFERED)),
    ("no_decline_waits", at(OFFERED), at(waiting(Move.REFUSE_DECLINE))),
    ("extension_waits", at(ASKED), at(OFFERED)),
    ("no_extension_waits", at(OFFERED), at(ASKED)),
    ("transfer_waits", at(OFFERED), at(ASKED)),
    ("no_transfer_waits", at(ASKED), at(OFFERED)),
    ("dispute_waits", at(waiting(Move.DECIDE_DISPUTE)), at(OFFERED)),
    ("no_dispute_waits", at(OFFERED), at(waiting(Move.DECIDE_DISPUTE))),
    ("unseal_waits", at(waiting(Move.APPROVE_UNSEAL)), at(OFFERED)),
    ("no_unseal_waits", at(OFFERED), at(waiting(Move.APPROVE_UNSEAL))),
    *(
        (f"{name}_decided_by_another", at(by(HANDLER, move), HEAD), at(by(HEAD, move), HEAD))
        for name, move in [
            ("decline", Move.REFUSE_DECLINE),
            ("extension", Move.REFUSE_EXTENSION),
            ("dispute", Move.DECIDE_DISPUTE),
            ("unseal", Move.REFUSE_UNSEAL),
        ]
    ),
    ("first_notice_or_supervisor", at(HELD), at(having(supplements_asked=1))),
    (
        "opinion_signed",
        at(WORKED_ON, HEAD, letterhead=HEADED, signing=True),
        at(WORKED_ON, letterhead=HEADED),
    ),
    (
        "notice_of_supplement_signed",
        at(HELD, letterhead=HEADED),
        at(HELD, letterhead=HEADED.model_copy(update={"second_person": frozenset(LetterKind)})),
    ),
    ("handling_time_runs", at(WORKED_ON), at(HELD)),
    ("not_extended_before", at(WORKED_ON), at(EXTENDED)),
    ("may_be_extended", at(WORKED_ON), at(EXTENDED)),
    ("proposed_days_allowed", at(ASKED), at(ASKED, at=due(ASKED, ClockKind.HANDLE) + MOMENT)),
    ("waits_for_triage", at(waiting(Move.ROUTE)), at(HELD)),
    (
        "still_time_to_return",
        at(OFFERED, at=due(OFFERED, ClockKind.TRANSFER_RETURN)),
        at(OFFERED, at=due(OFFERED, ClockKind.TRANSFER_RETURN) + MOMENT),
    ),
    ("transfer_was_contested", at(OFFERED), at(HELD)),
    ("not_reviewed_yet", at(ANSWERED), at(having(ANSWERED, reviews=1))),
    ("reviewed_once", at(having(ANSWERED, reviews=1)), at(ANSWERED)),
    ("no_final_opinion", at(having(ANSWERED, reviews=1)), at(having(ANSWERED, reviews=2))),
    ("answered_in_writing", at(ANSWERED), at(HELD)),
    ("still_time_to_ask", at(ANSWERED), at(ANSWERED, at=MONDAY + 40 * DAY)),
    ("reviewer_can_be_named", at(ANSWERED), at(ANSWERED)),
    ("somebody_above", at(ANSWERED), at(ANSWERED)),
    ("order_waits", at(waiting(Move.ANSWER_ORDER)), at(after(waiting(Move.ANSWER_ORDER), Move.ANSWER_ORDER))),
    ("errand_waits", at(waiting(Move.REPLY)), at(after(waiting(Move.REPLY), Move.REPLY))),
    (
        "commitment_linked",
        at(waiting(Move.UNLINK_COMMITMENT)),
        at(after(waiting(Move.UNLINK_COMMITMENT), Move.UNLINK_COMMITMENT)),
    ),
    (
        "item_open",
        at(waiting(Move.CLOSE_ACCOUNTABILITY)),
        at(after(waiting(Move.CLOSE_ACCOUNTABILITY), Move.CLOSE_ACCOUNTABILITY, SUPERVISOR)),
    ),
    ("not_followed_up", at(ANSWERED, SYSTEM), at(waiting(Move.RECORD_RATING, ANSWERED), SYSTEM)),
    ("follow_up_was_asked", at(waiting(Move.RECORD_RATING, ANSWERED)), at(ANSWERED)),
    ("not_rated_by_citizen", at(RATED_BY_STAFF), at(after(ANSWERED, Move.RATE, CITIZEN, MONDAY + DAY))),
    ("rating_taken_by_another", at(ANSWERED, COLLEAGUE), at(ANSWERED, HANDLER)),
    ("not_sampled_yet", at(ANSWERED, SYSTEM), at(waiting(Move.CHECK, ANSWERED), SYSTEM)),
    ("check_waits", at(waiting(Move.CHECK)), at(after(waiting(Move.CHECK), Move.CHECK, SUPERVISOR))),
    ("checked_by_another", at(ANSWERED, SUPERVISOR), at(ANSWERED, HANDLER)),
    ("is_quarantined", at(having(quarantined=True)), at(HELD)),
    ("reporter_is_named", at(HELD), at(ANONYMOUS)),
    ("asked_on_reporter_page", at(HELD, on_reporter_page=True), at(HELD)),
    (
        "look_was_granted",
        at(waiting(Move.UNSEAL), HANDLER.model_copy(update={"id": "s-involved"})),
        at(waiting(Move.UNSEAL)),
    ),
    ("no_legal_hold", at(HELD), at(having(legal_hold=True))),
    ("under_legal_hold", at(having(legal_hold=True)), at(HELD)),
    ("level_left_to_tell", at(HELD), at(clocks_with(HELD, warned=tuple(WarningLevel)))),
    ("retention_is_over", at(LONG_AGO, SYSTEM), at(in_status(Status.CLOSED), SYSTEM)),
    ("due_days_change", at(waiting(Move.RECOUNT, WORKED_ON)), at(WORKED_ON)),
]
IMPOSSIBLE_HERE = {"reviewer_can_be_named", "somebody_above"}
"""No department of the story is without a reviewer or above the last level; see test_citizen_moves."""


@pytest.mark.parametrize(("name", "holds", "fails"), PAIRS, ids=[name for name, *_ in PAIRS])
def test_each_requirement_opens_and_closes(name: str, holds: Situation, fails: Situation) -> None:
    need = need_called(name)
    assert need.obstacle(holds) is None
    if name in IMPOSSIBLE_HERE:
        return
    obstacle = need.obstacle(fails)
    assert obstacle is not None
    assert obstacle.reason is need.reason
    assert "{" not in str(obstacle.as_error())


def test_no_requirement_is_left_out() -> None:
    tried = {id(need_called(name)) for name, *_ in PAIRS}
    assert tried == {id(need) for needs in (BEFORE_ALL, *REQUIREMENTS.values()) for need in needs}


ERRORS: dict[type[Exception], set[str]] = {
    ConflictOfInterest: {"actor_not_concerned"},
    NotFound: {"case_known_to_actor"},
    AlreadyClaimed: {"free_to_claim"},
    SecondPersonNeeded: {
        *(f"{name}_decided_by_another" for name in ("decline", "extension", "dispute", "unseal")),
        "opinion_signed",
        "notice_of_supplement_signed",
    },
    NotAllowed: {
        "holder_away_or_idle",
        "first_notice_or_supervisor",
        "asked_on_reporter_page",
        "look_was_granted",
        "rating_taken_by_another",
        "checked_by_another",
    },
    InvalidInput: {"reviewer_can_be_named", "level_left_to_tell", "retention_is_over", "due_days_change"},
}


def test_each_requirement_raises_the_error_of_its_kind() -> None:
    special = {name: error for error, names in ERRORS.items() for name in names}
    for name, *_ in PAIRS:
        assert need_called(name).error is special.get(name, IllegalMove), name


@pytest.mark.parametrize(
    ("name", "fails", "expected"),
    [
        ("free_to_claim", at(PULLED, HEAD), {"holder": "李承办"}),
        ("holder_away_or_idle", at(HELD, DEPUTY), {"days": 2}),
        ("proposed_days_allowed", at(ASKED, at=due(ASKED, ClockKind.HANDLE) + MOMENT), {"days": 0}),
        ("still_time_to_return", at(OFFERED, at=MONDAY + 30 * DAY), {"days": 5}),
        ("still_time_to_ask", at(ANSWERED, at=MONDAY + 40 * DAY), {"days": 30}),
    ],
)
def test_a_sentence_says_who_and_how_many(name: str, fails: Situation, expected: dict[str, object]) -> None:
    obstacle = need_called(name).obstacle(fails)
    assert obstacle is not None
    assert obstacle.params == expected


# -- edges ----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("name", "situation", "holds"),
    [
        ("free_to_claim", at(PULLED, HEAD, at=PULLED.lease_until - MOMENT), False),
        ("free_to_claim", at(PULLED, HEAD, at=PULLED.lease_until), True),
        ("free_to_claim", at(having(registered(), lease_until=MONDAY + DAY)), True),
        ("held_by_another", at(registered()), True),
        ("holder_away_or_idle", at(HELD, DEPUTY, at=MONDAY + DAY), False),
        ("holder_away_or_idle", at(HELD, DEPUTY, at=MONDAY + 2 * DAY), True),
        ("decline_decided_by_another", at(HELD, HEAD), True),
        ("first_notice_or_supervisor", at(having(supplements_asked=1), SUPERVISOR), True),
        ("first_notice_or_supervisor", at(HELD, HEAD), True),
        ("not_extended_before", at(clocks_with(HELD, extended_days=5)), True),
        ("may_be_extended", at(WORKED_ON, at=due(WORKED_ON, ClockKind.HANDLE)), True),
        ("may_be_extended", at(WORKED_ON, at=due(WORKED_ON, ClockKind.HANDLE) + MOMENT), False),
        ("may_be_extended", at(HELD), False),
        ("proposed_days_allowed", at(WORKED_ON), True),
        ("still_time_to_return", at(HELD, at=MONDAY + 99 * DAY), True),
        ("transfer_was_contested", at(RETURNED), True),
        ("no_final_opinion", at(ANSWERED), True),
        ("reviewed_once", at(having(ANSWERED, reviews=2)), True),
        ("still_time_to_ask", at(HELD, at=MONDAY + 99 * DAY), True),
        ("retention_is_over", at(LONG_AGO, SYSTEM, at=LONG_AGO.updated_at + 1095 * DAY - MOMENT), False),
        ("retention_is_over", at(LONG_AGO, SYSTEM, at=LONG_AGO.updated_at + 1095 * DAY), True),
        ("retention_is_over", at(HELD, SYSTEM, at=MONDAY + 9999 * DAY), False),
        ("level_left_to_tell", at(clocks_with(HELD, stopped_at=MONDAY)), False),
        ("actor_not_concerned", at(having(HELD, complaint=HELD.complaint), CITIZEN), True),
        ("case_known_to_actor", at(HELD, CITIZEN), True),
        ("case_known_to_actor", at(HELD, SYSTEM), True),
    ],
)
def test_the_moment_at_which_it_changes(name: str, situation: Situation, holds: bool) -> None:
    assert need_called(name).holds(situation) is holds


@pytest.mark.parametrize(("days", "allowed"), [(30, True), (31, False)])
def test_more_days_than_the_law_allows_are_not_approved(days: int, allowed: bool) -> None:
    """信访工作条例 第34条: at most thirty."""
    (proposal,) = ASKED.proposals
    asked = having(ASKED, proposals=(proposal.model_copy(update={"args": {"days": days}}),))
    assert requirements.proposed_days_allowed.holds(at(asked)) is allowed


def test_a_domain_without_an_extension_has_no_day_to_give() -> None:
    procurement = WORKED_ON.complaint.model_copy(update={"domain": Domain.PROCUREMENT})
    assert not requirements.may_be_extended.holds(at(having(WORKED_ON, complaint=procurement)))


def test_who_is_concerned_is_told_so_first() -> None:
    concerned = staff("s-1", ACCUSED, Role.HANDLER, "630000:省审计厅")
    assert [need.holds(at(HELD, concerned)) for need in BEFORE_ALL] == [False, False]
    assert list(BEFORE_ALL) == [requirements.actor_not_concerned, requirements.case_known_to_actor]
