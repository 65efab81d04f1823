"""复查 and 复核: from when, until when and by whom an answer is looked at again (信访工作条例 第35、36条)."""

from __future__ import annotations

from datetime import date, datetime

from cases.errors import InvalidInput
from cases.instants import local_date
from cases.lifecycle.conflicts import barred
from cases.lifecycle.situation import Situation
from cases.model import Case
from cases.moves.requirements import require
from cases.rules.calendar import WorkCalendar
from cases.rules.departments import RANK, Department, ReviewEnd
from cases.rules.jurisdictions import Jurisdictions
from cases.rules.time_limits import days_for
from cases.vocabulary import ClockKind, Move, Unit

REVIEW_WINDOW_DAYS = days_for(ClockKind.REVIEW_APPLY)
"""信访工作条例 第35条、第36条: days after the written answer in which a review may be asked for."""

_IN_WRITING = frozenset({Move.ANSWER, Move.COUNTERSIGN_DECLINE})


def answered_at(case: Case) -> datetime | None:
    """When the citizen last got a decision in writing; None before that."""
    return next((e.at for e in reversed(case.history) if e.move in _IN_WRITING), None)


def last_day_to_ask(case: Case, calendar: WorkCalendar) -> date | None:
    """The last day in China on which a review may be asked for; None without an answer in writing."""
    at = answered_at(case)
    if at is None:
        return None
    return calendar.last_day(local_date(at), REVIEW_WINDOW_DAYS, Unit.CALENDAR_DAY)[0]


def find_reviewer(case: Case, jurisdictions: Jurisdictions) -> Department | None:
    """The next superior that is not barred, else the coordinator; None when that is barred too.

    None also where the next superior stands above the level at which reviews end here.
    """
    superior = _next_superior(case, jurisdictions)
    if superior is not None:
        return None if reviews_ended(case, jurisdictions) else superior
    coordinator = jurisdictions.department(jurisdictions.get(case.routing.jurisdiction).coordinator)
    own = coordinator.id in {case.department, case.review_of}
    return None if own or barred(coordinator, case.complaint.accused, jurisdictions) else coordinator


def review_end(case: Case, jurisdictions: Jurisdictions) -> ReviewEnd:
    """Up to which level reviews are asked for where this case belongs, and the rule that says so."""
    return jurisdictions.get(case.routing.jurisdiction).review_ends


def reviews_ended(case: Case, jurisdictions: Jurisdictions) -> bool:
    """Whether nobody reviews what the present department says: who would stands above the last level."""
    superior = _next_superior(case, jurisdictions)
    return superior is not None and RANK[superior.level] > RANK[review_end(case, jurisdictions).level]


def _next_superior(case: Case, jurisdictions: Jurisdictions) -> Department | None:
    accused, seen = case.complaint.accused, {case.department, case.review_of}
    home = jurisdictions.find_by_id(case.department)
    superiors = jurisdictions.superiors(home) if home is not None else ()
    free = (s for s in superiors if s.id not in seen and not barred(s, accused, jurisdictions))
    return next(iter(free), None)


@require("此件已经复查过，可以申请复核。", source="信访工作条例 第36条")
def not_reviewed_yet(at: Situation) -> bool:
    return at.case.reviews == 0


@require("请先申请复查，对复查意见不服再申请复核。", source="信访工作条例 第36条")
def reviewed_once(at: Situation) -> bool:
    return at.case.reviews > 0


@require("复核意见是最后的意见，以同一事实和理由不再受理。", source="信访工作条例 第36条")
def no_final_opinion(at: Situation) -> bool:
    return at.case.reviews < 2


@require("还没有书面答复，暂不能申请复查。", source="信访工作条例 第35条")
def answered_in_writing(at: Situation) -> bool:
    return last_day_to_ask(at.case, at.rules.calendar) is not None


@require(
    "已超过收到书面答复后{days}日的申请期限。",
    source="信访工作条例 第35条、第36条",
    params=lambda at: {"days": REVIEW_WINDOW_DAYS},
)
def still_time_to_ask(at: Situation) -> bool:
    last_day = last_day_to_ask(at.case, at.rules.calendar)
    return last_day is None or local_date(at.now) <= last_day


@require("暂时不能确定复查机关，请拨打12345由人工协助。", error=InvalidInput)
def reviewer_can_be_named(at: Situation) -> bool:
    return find_reviewer(at.case, at.rules.jurisdictions) is not None


@require(
    "复查复核到此为止（{source}），不再有上一级可以申请。",
    source="信访工作条例 第36条",
    params=lambda at: {"source": review_end(at.case, at.rules.jurisdictions).source},
)
def somebody_above(at: Situation) -> bool:
    return not reviews_ended(at.case, at.rules.jurisdictions)
