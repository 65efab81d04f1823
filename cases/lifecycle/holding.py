"""Holding a case: how long a pulled case waits for its holder, and when the B role may take over (AB岗)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from cases.errors import AlreadyClaimed, NotAllowed
from cases.instants import local_date
from cases.lifecycle.situation import Situation
from cases.model import Case
from cases.moves.requirements import require
from cases.rules.calendar import WorkCalendar

CLAIM_LEASE = timedelta(hours=4)
"""How long a pulled case may lie unaccepted before others may pull it."""

IDLE_LIMIT_DAYS = 2
"""Working days without an act of the holder after which the B role may take over."""


def is_idle(case: Case, calendar: WorkCalendar, now: datetime) -> bool:
    """Whether whoever holds the case has let it lie past the limit."""
    holder = case.holder
    if holder is None:
        return False
    last = max((e.at for e in case.history if e.actor.id == holder.staff), default=holder.since)
    return calendar.working_days_between(local_date(last), local_date(now)) >= IDLE_LIMIT_DAYS


def _holder_name(at: Situation) -> Mapping[str, object]:
    return {"holder": at.case.holder.name if at.case.holder else ""}


@require("{holder}已领取此件。", error=AlreadyClaimed, params=_holder_name)
def free_to_claim(at: Situation) -> bool:
    """A claim that was never followed by acceptance lapses with its lease."""
    return at.case.holder is None or at.case.lease_until <= at.now


@require("此件没有承办人，可以直接领取。")
def held_by_somebody(at: Situation) -> bool:
    return at.case.holder is not None


@require("您已经是此件的承办人。")
def held_by_another(at: Situation) -> bool:
    return at.case.holder is None or at.case.holder.staff != at.actor.id


@require(
    "承办人在岗，且未超过{days}个工作日没有办理，B岗暂不能接办。",
    source="哈政综〔2007〕37号 六（AB岗工作制）",
    error=NotAllowed,
    params=lambda at: {"days": IDLE_LIMIT_DAYS},
)
def holder_away_or_idle(at: Situation) -> bool:
    return at.holder_away or is_idle(at.case, at.rules.calendar, at.now)
