"""Suggestions and proposals: one number once, late by itself, answered, judged, done again."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from cases.errors import IllegalMove, InvalidInput
from cases.instants import local_date
from cases.integrity.spine.vocabulary import Kind
from cases.people import Role
from tests.town.dossiers import ARGS
from tests.town.live.bureau import Bureau
from tests.town.live.town import Town

ANSWER = ARGS[(Kind.MOTION, "answer")]


async def test_a_motion_is_late_by_itself_answered_and_done_again(town: Town) -> None:
    bureau = await Bureau.of(town)
    today = local_date(town.watch.now)
    motion = await bureau.open(Kind.MOTION, received_on=today, due_on=today + timedelta(days=30))
    with pytest.raises(InvalidInput, match="这一编号已经登记"):
        await bureau.open(Kind.MOTION, number="第 123 号", received_on=today, due_on=today, key="2")
    town.later(days=32)
    late = await bureau.wake(motion)
    assert late.status.value == "late"
    with pytest.raises(InvalidInput, match="答复日期"):
        await bureau.act(late, "answer", Role.SUBJECT, **{**ANSWER, "answered_on": date(2020, 1, 1)})
    on = local_date(town.watch.now)
    answered = await bureau.act(late, "answer", Role.SUBJECT, **{**ANSWER, "answered_on": on})
    assert not answered.in_time
    with pytest.raises(IllegalMove, match="没有表示不满意"):
        await bureau.act(answered, "reopen", Role.REGISTRAR, reason="再办", due_on=on)
    judged = await bureau.act(answered, "judge", Role.REGISTRAR, judged="dissatisfied")
    with pytest.raises(InvalidInput, match="不能早于今天"):
        await bureau.act(judged, "reopen", Role.REGISTRAR, reason="对方不满意", due_on=on - timedelta(days=1))
    again = await bureau.act(judged, "reopen", Role.REGISTRAR, reason="对方不满意", due_on=on)
    assert (again.status.value, again.due_on) == ("running", on)


async def test_a_due_day_lies_after_the_day_of_receipt(town: Town) -> None:
    bureau = await Bureau.of(town)
    today = local_date(town.watch.now)
    for received, due in (
        (today, today - timedelta(days=1)),
        (today + timedelta(days=1), today + timedelta(9)),
    ):
        with pytest.raises(InvalidInput, match="答复期限"):
            await bureau.open(Kind.MOTION, received_on=received, due_on=due, key=str(received))
