"""Moves the law closes although status and role allow them: a window has passed, a limit is used up.

A move that is closed here would be refused by its effect in `effects/`; so it is not offered at all.
Whatever is not named here depends on no time limit.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from cases import clocks
from cases.instants import local_date
from cases.lifecycle.change import Rules
from cases.lifecycle.effects.citizen import REVIEW_WINDOW_DAYS, answered_at
from cases.model import Case
from cases.vocabulary import ClockKind, Move, ProposalKind, Unit


def is_lawful(case: Case, move: Move, rules: Rules, now: datetime) -> bool:
    """Whether no time limit of the law stands against the move now."""
    test = _TESTS.get(move)
    return test is None or test(case, rules, now)


def days_to_extend(case: Case, rules: Rules, now: datetime) -> int:
    """By how much the time to handle may still be extended, in the unit of its clock; 0 when it may not."""
    limit = rules.limits.find(case.complaint.domain, ClockKind.HANDLE)
    clock = next((c for c in case.clocks if c.kind is ClockKind.HANDLE and c.running), None)
    if limit is None or clock is None:
        return 0
    return clocks.days_left_to_extend(clock, limit, now)


def _may_extend(case: Case, rules: Rules, now: datetime) -> bool:
    return days_to_extend(case, rules, now) > 0


def _may_approve(case: Case, rules: Rules, now: datetime) -> bool:
    proposal = case.proposal(ProposalKind.EXTEND)
    return proposal is None or proposal.args["days"] <= days_to_extend(case, rules, now)


def _may_return(case: Case, rules: Rules, now: datetime) -> bool:
    """信访工作条例 第23条第3款: within five working days."""
    clock = case.clock(ClockKind.TRANSFER_RETURN)
    return clock is None or now <= clock.due_at


def _may_ask_review(case: Case, rules: Rules, now: datetime) -> bool:
    """信访工作条例 第35条、第36条: within 30 days of the written answer."""
    at = answered_at(case)
    if at is None:
        return False
    last_day, _ = rules.calendar.last_day(local_date(at), REVIEW_WINDOW_DAYS, Unit.CALENDAR_DAY)
    return local_date(now) <= last_day


def _may_reopen(case: Case, rules: Rules, now: datetime) -> bool:
    """信访工作条例 第36条: nothing further is accepted after the final review."""
    return case.reviews < 2


_TESTS: dict[Move, Callable[[Case, Rules, datetime], bool]] = {
    Move.REQUEST_EXTENSION: _may_extend,
    Move.APPROVE_EXTENSION: _may_approve,
    Move.RETURN_TRANSFER: _may_return,
    Move.ASK_REVIEW: _may_ask_review,
    Move.ASK_FINAL_REVIEW: _may_ask_review,
    Move.REOPEN: _may_reopen,
}
