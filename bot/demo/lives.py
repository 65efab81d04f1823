"""How an invented case lives: real moves of the core at moved times, some departments quick, some slow.

A life is a generator of waits: it yields how long nothing happens, then makes its next move.
"""

from __future__ import annotations

import random
from collections.abc import AsyncGenerator
from datetime import date, timedelta

from bot.demo.people import People
from cases.lifecycle import forms
from cases.model import Case
from cases.moves.table import Args
from cases.people import CITIZEN, Actor
from cases.ports.cases import CaseStore
from cases.rules.laws import GOVERNMENT_INVESTMENT, PETITIONS
from cases.service.services import Services
from cases.vocabulary import DeclineReason, Move, OrderKind, Outcome, Status
from classify.types import Domain

Life = AsyncGenerator[timedelta, None]

BASES = {
    Outcome.SUPPORT: GOVERNMENT_INVESTMENT.cite("第二十二条"),
    **dict.fromkeys((Outcome.PARTLY, Outcome.EXPLAIN, Outcome.REJECT), PETITIONS.cite("第三十二条")),
}
OPINIONS = {
    Outcome.SUPPORT: "经查，所反映情况属实。责成有关单位在三十日内兑现承诺、结清款项，并书面告知投诉人。",
    Outcome.PARTLY: "经查，所反映情况部分属实。对合同约定明确的部分予以支持，其余证据不足，建议依法解决。",
    Outcome.EXPLAIN: "经查，有关事项正在按程序办理，现将政策依据、办理进度和预计完成时间向投诉人说明。",
    Outcome.REJECT: "经查，所反映的承诺没有书面依据，有关单位已按规定办理，对投诉请求不予支持。",
}


NEVER_EXTENDED = frozenset({Domain.BIDDING, Domain.PROCUREMENT})
"""Their laws know no extension."""


class Living:
    """What every life needs."""

    def __init__(self, services: Services, cases: CaseStore, people: People, chance: random.Random) -> None:
        self.services = services
        self.cases = cases
        self.people = people
        self.chance = chance
        self._pace: dict[str, float] = {}

    def pace(self, department: str) -> float:
        """Below 1 quick, above 1 slow; each department keeps its own."""
        if department not in self._pace:
            self._pace[department] = self.chance.choice((0.35, 0.5, 0.6, 0.7, 0.85, 1.0, 1.3, 1.9))
        return self._pace[department]

    def days(self, mean: float, department: str) -> timedelta:
        return timedelta(days=self.chance.gammavariate(2.2, mean / 2.2) * self.pace(department))

    def happens(self, share: float) -> bool:
        return self.chance.random() < share

    async def live(self, case: Case) -> Life:
        """From registration to wherever this case gets."""
        if case.quarantined:
            return
        if self.happens(0.03):
            yield timedelta(days=self.chance.uniform(0.3, 6))
            await self._act(case, Move.WITHDRAW, CITIZEN, forms.OptionalRemark(remark="已经协商解决"))
            return
        yield self.days(2.5, case.department)
        if self.happens(0.06):
            yield timedelta(days=self.chance.uniform(14, 35))  # nobody looked: every desk has such cases
        team = await self.people.team(case.department)
        worker = team["second"] if self.happens(0.3) else team["handler"]
        case = await self._act(case, Move.CLAIM, worker)
        outside = not case.complaint.domain.in_scope
        if outside or self.happens(0.06):
            async for wait in self._decline(case, worker, team["head"], outside):
                yield wait
            return
        if self.happens(0.14):
            async for wait in self._supplement(case, worker):
                yield wait
            case = await self.cases.get(case.number)
            if case.status is not Status.REGISTERED:
                return
        yield self.days(1.6, case.department)
        case = await self._act(case, Move.ACCEPT, worker)
        async for wait in self._handle(case, worker, team["head"]):
            yield wait

    async def _decline(self, case: Case, worker: Actor, head: Actor, outside: bool) -> Life:
        yield self.days(2, case.department)
        args = forms.Decline(
            reason=DeclineReason.OUT_OF_SCOPE if outside else DeclineReason.IN_COURT,
            legal_basis=PETITIONS.cite("第十九条"),
            explanation="此事不属于本单位受理范围，可以向当地12345热线或者人力资源社会保障部门反映。"
            if outside
            else "此事已在诉讼程序中，请依照生效裁判办理。",
        )
        case = await self._act(case, Move.PROPOSE_DECLINE, worker, args)
        yield timedelta(days=self.chance.uniform(0.2, 1.5))
        await self._act(case, Move.COUNTERSIGN_DECLINE, head)

    async def _supplement(self, case: Case, worker: Actor) -> Life:
        yield self.days(1, case.department)
        items = ("合同或协议的照片", "付款或验收的凭据", "可以联系到的时间")
        await self._act(case, Move.ASK_SUPPLEMENT, worker, forms.SupplementRequest(items=items))
        if self.happens(0.85):
            yield timedelta(days=self.chance.uniform(0.5, 6))
            words = "合同和验收单的内容已经补充在这里：双方盖章，约定的付款时间已过。"
            await self._act(case, Move.SUPPLEMENT, CITIZEN, forms.Supplement(text=words))

    async def _handle(self, case: Case, worker: Actor, head: Actor) -> Life:
        if self.happens(0.3):
            yield self.days(4, case.department)
            words = "您好，已收到您的材料，正在向有关单位核实，请保持联系。"
            await self._act(case, Move.WRITE, worker, forms.Message(text=words))
            if self.happens(0.6):
                yield timedelta(days=self.chance.uniform(0.1, 2))
                await self._act(case, Move.WRITE, CITIZEN, forms.Message(text="好的，等你们消息。"))
        if case.complaint.domain not in NEVER_EXTENDED and self.happens(0.12):
            yield self.days(8, case.department)
            wanted = forms.Extension(days=30, reason="涉及多个单位，需要审计核对账目。")
            await self._act(case, Move.REQUEST_EXTENSION, worker, wanted)
            yield timedelta(days=self.chance.uniform(0.2, 2))
            await self._act(case, Move.APPROVE_EXTENSION, head)
        yield self.days(16, case.department)
        await self._answer(case, worker)
        async for wait in self._afterwards(case, worker):
            yield wait

    async def _answer(self, case: Case, worker: Actor) -> None:
        (outcome,) = self.chance.choices(list(OPINIONS), [5, 3, 2, 1])
        args = forms.Opinion(
            outcome=Outcome(outcome),
            request=str(case.complaint.wish or "请依法处理"),
            facts="本单位调阅了合同、会议纪要和付款记录，并向当事各方了解了情况。",
            opinion=OPINIONS[outcome],
            legal_basis=BASES[outcome],
        )
        await self._act(case, Move.ANSWER, worker, args)

    async def _afterwards(self, case: Case, worker: Actor) -> Life:
        quick = self.pace(case.department) < 1
        if self.happens(0.55):
            yield timedelta(days=self.chance.uniform(0.1, 5))
            solved = self.happens(0.65 if quick else 0.4)
            satisfied = self.chance.randint(3, 5) if solved else self.chance.randint(1, 3)
            rating = forms.Rate(responded=quick or self.happens(0.7), solved=solved, satisfied=satisfied)
            await self._act(case, Move.RATE, CITIZEN, rating)
            if not solved and self.happens(0.3):
                yield timedelta(days=self.chance.uniform(0.5, 4))
                reason = forms.Grounds(reason="答复没有说明什么时候付款，请上级复查。")
                case = await self._act(case, Move.ASK_REVIEW, CITIZEN, reason)
                async for wait in self._review(case):
                    yield wait
                return
        if self.happens(0.7):
            yield timedelta(days=self.chance.uniform(2, 12))
            await self._act(case, Move.CLOSE, worker)

    async def _review(self, case: Case) -> Life:
        """复查 by the department above."""
        yield self.days(3, case.department)
        worker = (await self.people.team(case.department))["handler"]
        case = await self._act(case, Move.CLAIM, worker)
        yield self.days(14, case.department)
        await self._answer(case, worker)

    async def supervise(self, case: Case, until: date) -> None:
        """督办 of an overdue case."""
        supervisor = self.people.supervisor_of(case.department)
        if supervisor is not None:
            what = "此件已超过时限，请说明原因，明确办结时间。"
            order = forms.OrderArgs(kind=OrderKind.SUPERVISE, what=what, until=until)
            await self._act(case, Move.ORDER, supervisor, order)

    async def _act(self, case: Case, move: Move, actor: Actor, args: Args | None = None) -> Case:
        return await self.services.acting.act(case.number, move, args, actor)
