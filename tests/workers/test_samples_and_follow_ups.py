"""The month's sample and 回访, over a real database: once each, whoever runs and however often."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.settings import Settings
from cases.errors import DomainError
from cases.figures.measures import facts_of
from cases.figures.sampling import draw
from cases.instants import local_date
from cases.letters import Letterhead
from cases.lifecycle import forms
from cases.model import Case
from cases.people import CITIZEN, Actor, Role
from cases.ports.audit import AuditAction
from cases.vocabulary import CHATS, Move, RatedBy, Status
from storage.coordination.leases import MongoLeaseStore
from storage.opening import Storage
from tests.town.clock import Watch
from tests.town.live.parts import put_together
from tests.town.moves import args_of
from tests.town.people import staff
from tests.town.stories import START, case_at, rules

JUNE = START + timedelta(days=91, hours=3)
"""Noon in China on the first of June."""


async def settle(storage: Storage, watch: Watch, settings: Settings, name: str = "one") -> None:
    """All there is to do now, done by this process, which has just been started (again)."""
    one = replace(storage, leases=MongoLeaseStore(storage.database, name))
    parts = await put_together(one, watch, settings, rules=rules())
    while await parts.rollups.step():
        pass
    await parts.close()


@pytest.fixture
async def filled(storage: Storage) -> list[Case]:
    cases = [case for case in (case_at(serial, JUNE) for serial in range(80)) if case.filed_at <= JUNE]
    for case in cases:
        await storage.cases.insert(case)
    return cases


async def test_a_month_is_drawn_once_and_can_be_drawn_again_by_anybody(
    storage: Storage, settings: Settings, filled: list[Case]
) -> None:
    watch = Watch(JUNE)
    await settle(storage, watch, settings)
    drawn = {case.number for case in filled if (await storage.cases.get(case.number)).checks}
    (entry,) = await storage.audit.list_entries(subject="2026-05")
    assert entry.action == AuditAction.SAMPLE_SEEDED
    rows = [facts_of(case) for case in filled]
    may = [r for r in rows if r.close and date(2026, 5, 1) <= local_date(r.close.at) < date(2026, 6, 1)]
    assert set(draw(may, entry.data["seed"])) == drawn
    assert drawn
    watch.later(minutes=61)
    for name in ("one", "two"):
        await settle(storage, watch, settings, name)
    assert len(await storage.audit.list_entries(subject="2026-05")) == 1
    for number in drawn:
        case = await storage.cases.get(number)
        assert [check.month for check in case.checks] == ["2026-05"]
        assert [entry.move for entry in case.history].count(Move.SAMPLE) == 1


async def test_who_was_answered_is_asked_once_some_days_later_and_rates_it(
    storage: Storage, settings: Settings, filled: list[Case]
) -> None:
    answered = {
        case.number: local_date(facts.answer.at)
        for case in filled
        if (facts := facts_of(case)).answer and not facts.rated_at and case.status in {"answered", "closed"}
    }
    watch = Watch(JUNE)
    for _ in range(3):
        await settle(storage, watch, settings)
        today = local_date(watch())
        for number, day in answered.items():
            case = await storage.cases.get(number)
            asked = sum(entry.move is Move.FOLLOW_UP for entry in case.history)
            assert asked == ((today - day).days >= 7 and (local_date(JUNE) - day).days < 22), (day, today)
            told = {n.template for n in case.notifications}
            assert ("told-follow-up" in told) is bool(asked)
            assert ("staff-follow-up" in told) is (bool(asked) and case.channel not in CHATS)
        watch.later(days=2)
    number = next(n for n, day in answered.items() if (local_date(JUNE) - day).days in range(7, 22))
    await rate_by(storage, watch, settings, number)


async def test_who_was_answered_again_is_asked_again(storage: Storage, settings: Settings) -> None:
    """The answer of a review, and one after a case was taken up again: each is asked about once."""
    answered = next(
        case
        for case in (case_at(serial, JUNE) for serial in range(200))
        if case.status is Status.ANSWERED
        and not case.rating
        and (JUNE - case.letters[-1].at).days in range(8, 13)
    )
    watch = Watch(JUNE)
    await storage.cases.insert(answered)
    await settle(storage, watch, settings)
    acting = (parts := await put_together(storage, watch, settings, rules=rules())).core.services.acting
    alone = Letterhead(department=answered.department, second_person=frozenset())
    await storage.letterheads.put(alone)
    head = staff("s-head", "另一位负责人", Role.HEAD, answered.department)
    for turn in (1, 2):
        assert await asked_of(storage, answered.number) == turn
        for move in (Move.REOPEN, Move.ANSWER):
            await acting.act(answered.number, move, args_of(move), head)
        for days, asked in ((6, turn), (1, turn + 1), (1, turn + 1)):
            watch.later(days=days)
            await settle(storage, watch, settings)
            assert await asked_of(storage, answered.number) == asked
    await parts.close()


async def asked_of(storage: Storage, number: str) -> int:
    return sum(e.move is Move.FOLLOW_UP for e in (await storage.cases.get(number)).history)


async def rate_by(storage: Storage, watch: Watch, settings: Settings, number: str) -> None:
    """A colleague may write down what is said, the handler may not; the citizen has the last word."""
    parts = await put_together(storage, watch, settings, rules=rules())
    acting, case = parts.core.services.acting, await storage.cases.get(number)
    rating = forms.Rate(responded=True, solved=False, satisfied=2, reasons=("slow",), words="拖了三个月")
    answerer = next(entry.actor for entry in case.history if entry.move is Move.ANSWER)
    handler = answerer.model_copy(update={"department": case.department})
    colleague: Actor = staff("s-other", "另一人", Role.HANDLER, case.department)
    with pytest.raises(DomainError):
        await acting.act(number, Move.RECORD_RATING, rating, handler)
    told = await acting.act(number, Move.RECORD_RATING, rating, colleague)
    assert told.rating is not None
    assert (told.rating.by, told.rating.reasons, told.rating.words) == (
        RatedBy.STAFF,
        ("slow",),
        "拖了三个月",
    )
    own = await acting.act(number, Move.RATE, rating.model_copy(update={"satisfied": 1}), CITIZEN)
    assert own.rating is not None
    assert (own.rating.by, own.rating.satisfied) == (RatedBy.ASKED, 1)
    with pytest.raises(DomainError):
        await acting.act(number, Move.RECORD_RATING, rating, colleague)
    await parts.close()


async def test_nobody_is_asked_at_night_or_where_it_is_turned_off(
    storage: Storage, settings: Settings, filled: list[Case]
) -> None:
    night = Watch(JUNE + timedelta(hours=10))
    await settle(storage, night, settings)
    await settle(storage, Watch(JUNE), settings.model_copy(update={"follow_up_days": 0}))
    for case in filled:
        if case.status in {Status.ANSWERED, Status.CLOSED}:
            history = (await storage.cases.get(case.number)).history
            assert all(entry.move is not Move.FOLLOW_UP for entry in history)
