"""Twelve people work through hundreds of cases, over a holiday and a shifted workday; then all is recounted.

Real services, real mongod, time from a clock the test moves. By default a tenth of the full size;
SIMULATED_CASES=500 is the whole of it.
"""

from __future__ import annotations

import os
import random
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from cases import clocks
from cases.errors import DomainError
from cases.lifecycle.table import MOVES
from cases.model import Case
from cases.moves.history import find_break
from cases.people import CITIZEN, Actor, Role
from cases.vocabulary import ClockKind, Move
from classify.types import Domain
from tests.department.day_counting import Recount
from tests.town.live.town import Town, actor
from tests.town.places import FINANCE, REFORM
from tests.town.words import OPINION

CASES = int(os.environ.get("SIMULATED_CASES", "40"))
MOVES_A_CASE = 14
START = datetime(2026, 4, 24, 1, 0, tzinfo=UTC)
"""A Friday: the week holds two weekends, 劳动节 (1 to 5 May) and the Saturday worked for it (9 May)."""
FILING = timedelta(days=8)
BUSY = timedelta(days=20)
END = timedelta(days=75)
PROVINCE = "630000:青海省人民政府"
CABINET = "000000:国务院办公厅"
SEED = 20260425

ARGS: dict[Move, dict[str, Any]] = {
    Move.CLAIM: {},
    Move.RELEASE: {},
    Move.ACCEPT: {},
    Move.PROPOSE_DECLINE: {
        "reason": "in_court",
        "legal_basis": "《信访工作条例》第三十一条",
        "explanation": "此事已由法院立案，请等待判决。",
    },
    Move.COUNTERSIGN_DECLINE: {},
    Move.REFUSE_DECLINE: {"reason": "应当受理"},
    Move.ASK_SUPPLEMENT: {"items": ["合同复印件"]},
    Move.SUPPLEMENT: {"text": "合同在此"},
    Move.TRANSFER: {"reason": "不属本单位职责"},
    Move.ACCEPT_TRANSFER: {},
    Move.RETURN_TRANSFER: {"reason": "不属本单位职责"},
    Move.DISPUTE: {"reason": "请裁定"},
    Move.DECIDE_DISPUTE: {"reason": "按职责确定"},
    Move.CORRECT: {"reason": "按内容更正"},
    Move.WRITE: {"text": "您好"},
    Move.REQUEST_EXTENSION: {"days": 10, "reason": "情况复杂"},
    Move.APPROVE_EXTENSION: {},
    Move.REFUSE_EXTENSION: {"reason": "不复杂"},
    Move.ANSWER: OPINION,
    Move.CLOSE: {},
    Move.REOPEN: {"reason": "发现新的事实"},
    Move.WITHDRAW: {},
    Move.ASK_REVIEW: {"reason": "不服"},
    Move.ASK_FINAL_REVIEW: {"reason": "仍不服"},
}
WEIGHTS: dict[Move, float] = {
    Move.CLAIM: 6,
    Move.RELEASE: 0.3,
    Move.ACCEPT: 6,
    Move.PROPOSE_DECLINE: 2.5,
    Move.SUPPLEMENT: 2,
    Move.ASK_SUPPLEMENT: 2,
    Move.WITHDRAW: 0.15,
    Move.WRITE: 0.3,
    Move.REOPEN: 0.3,
    Move.CLOSE: 0.3,
    Move.CORRECT: 0.3,
    Move.ANSWER: 2,
    Move.REQUEST_EXTENSION: 8,
    Move.APPROVE_EXTENSION: 12,
    Move.ASK_REVIEW: 6,
    Move.ASK_FINAL_REVIEW: 12,
}
DECISIONS = {
    Move.COUNTERSIGN_DECLINE,
    Move.REFUSE_DECLINE,
    Move.APPROVE_EXTENSION,
    Move.REFUSE_EXTENSION,
    Move.ACCEPT_TRANSFER,
    Move.RETURN_TRANSFER,
    Move.DECIDE_DISPUTE,
}
PEOPLE = (
    ("李一", FINANCE, Role.HANDLER),
    ("周二", FINANCE, Role.HANDLER),
    ("王三", FINANCE, Role.HEAD),
    ("何三", FINANCE, Role.HEAD),
    ("赵四", FINANCE, Role.DEPUTY),
    ("钱五", REFORM, Role.HANDLER),
    ("吴六", REFORM, Role.HANDLER),
    ("孙七", REFORM, Role.HEAD),
    ("褚八", REFORM, Role.TRIAGE),
    ("杜九", REFORM, Role.SUPERVISOR),
    ("郑十", PROVINCE, Role.HANDLER),
    ("冯一", PROVINCE, Role.HEAD),
    ("陈二", CABINET, Role.HANDLER),
)
DOMAINS = (Domain.PROCUREMENT, Domain.BIDDING, Domain.DEBT, Domain.GENERAL, Domain.INVESTMENT)


class Week:
    """The people, the cases, and what chance makes of them."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.chance = random.Random(SEED)
        self.people: list[Actor] = [CITIZEN, CITIZEN]
        self.numbers: list[str] = []
        self.made: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()

    async def run(self) -> None:
        for name, department, role in PEOPLE:
            self.people.append(actor(await self.town.person(name, role, department=department)))
        for at, what in self._plan():
            self.town.watch.now = at
            if what == "file":
                case = await self.town.filed(domain=self.chance.choice(DOMAINS), text=self._words())
                self.numbers.append(case.number)
            elif what == "watch":
                while await self.town.parts.clock_watch.step():
                    continue
            elif self.numbers:
                await self._move(self.chance.choice(self.numbers))

    def _plan(self) -> list[tuple[datetime, str]]:
        """Instants at any hour of any day, nights and weekends included; the watch looks twice a day."""
        moves = CASES * MOVES_A_CASE
        plan = [(self._within(FILING), "file") for _ in range(CASES)]
        plan += [(self._within(BUSY if n % 2 else END), "move") for n in range(moves)]
        plan += [(START + timedelta(hours=12 * n), "watch") for n in range(END.days * 2 + 1)]
        return sorted(plan)

    def _within(self, span: timedelta) -> datetime:
        return START + timedelta(milliseconds=self.chance.randrange(int(span.total_seconds() * 1000)))

    def _words(self) -> str:
        number = self.chance.randrange(10**6)
        return f"西宁市城西区教育局第{number}号合同约定的款项至今没有支付，请督促付清。"

    async def _move(self, number: str) -> None:
        case = await self.town.storage.cases.get(number)
        deciding = bool(case.proposals) and self.chance.random() < 0.6
        wanted = DECISIONS if deciding else ARGS.keys()
        for who in self.chance.sample(self.people, len(self.people)):
            offered = [s.move for s in await self.town.services.acting.offers(case, who) if s.move in wanted]
            if offered:
                move = self.chance.choices(offered, [WEIGHTS.get(m, 3) for m in offered])[0]
                await self._act(case, move, who)
                return

    async def _act(self, case: Case, move: Move, who: Actor) -> None:
        args = MOVES[move].args.model_validate(ARGS[move] | self._where_to(case, move))
        try:
            await self.town.services.acting.act(case.number, move, args, who)
        except DomainError as error:
            self.refused[f"{move}: {error}"] += 1
        else:
            self.made[move] += 1

    def _where_to(self, case: Case, move: Move) -> dict[str, Any]:
        if move in {Move.TRANSFER, Move.DISPUTE, Move.DECIDE_DISPUTE}:
            return {"department": self.chance.choice([FINANCE, REFORM, PROVINCE])}
        return {"domain": self.chance.choice(DOMAINS).value} if move is Move.CORRECT else {}


def as_told(clock: clocks.Clock, now: datetime) -> tuple[Any, ...]:
    """A stored clock in the words of the recount."""
    shown = clocks.colour(clock, now)
    verdict = {"red": "over", "green": "in time", "amber": "in time"}.get(shown, shown)
    return clock.kind, clock.started_at, clock.due_at, clock.met_at, verdict


@pytest.mark.timeout(900)
async def test_after_a_week_of_work_every_clock_equals_an_independent_count(town: Town) -> None:
    town.watch.now = START
    week = Week(town)
    await week.run()
    assert len(week.numbers) == CASES
    now, verdicts, paused_over_weekend = town.now, Counter[str](), 0
    for number in week.numbers:
        case = await town.storage.cases.get(number)
        told = [as_told(clock, now) for clock in case.clocks]
        counted = Recount(case.history[0].data["domain"]).read(case.history)
        expected = [(c.kind, c.started_at, c.due_at(), c.met_at, c.verdict(now)) for c in counted]
        assert told == expected, f"{number}: {[(e.at, e.move) for e in case.history]}"
        assert find_break(case.history) is None
        _check_reminders(case, now)
        verdicts.update(row[-1] for row in told)
        paused_over_weekend += any(_has_weekend(*pause) for c in counted for pause in c.pauses)
    assert verdicts.keys() >= {"met", "late", "stopped", "in time", "over", "paused"}
    assert paused_over_weekend >= CASES // 20
    wanted = {Move.ACCEPT, Move.ANSWER, Move.SUPPLEMENT, Move.ACCEPT_TRANSFER, Move.RETURN_TRANSFER}
    wanted |= {Move.APPROVE_EXTENSION, Move.COUNTERSIGN_DECLINE, Move.ASK_REVIEW, Move.ASK_FINAL_REVIEW}
    assert wanted <= week.made.keys(), week.refused


def _check_reminders(case: Case, now: datetime) -> None:
    """Whatever ran out while it ran was told once, as a late act was; nothing after the case had ended."""
    told = [(e.data["clock"], e.data["due"], e.data["level"]) for e in case.history if e.move == Move.WARN]
    assert len(told) == len(set(told))
    for clock in case.clocks:
        if clocks.colour(clock, now) == "red":
            assert "red" in clock.warned
    over = 0
    for entry in case.history:
        if entry.move == Move.WARN:
            assert entry.before is not None
            over += entry.data["level"] == "red"
            due = datetime.fromisoformat(entry.data["due"])
            assert (entry.at > due) == (entry.data["level"] == "red")
    late_acts = sum(clock.kind in {ClockKind.SUPPLEMENT_ASK, ClockKind.TRANSFER} for clock in case.clocks)
    assert sum(item.kind == "missed_clock" for item in case.accountability) == over + late_acts


def _has_weekend(since: date, until: date) -> bool:
    days = ((since + timedelta(days=n)).isoweekday() for n in range((until - since).days + 1))
    return {6, 7} <= set(days)
