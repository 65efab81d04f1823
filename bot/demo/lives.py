"""How an invented case lives: what its people do and when, some departments quick, some slow. Pure.

A life yields its next step and is sent the case as it stands after it. Whoever leads it makes the move: the
demo through the service on a real database, `telling` on the case alone. A refused move ends a life.
"""

from __future__ import annotations

import hashlib
from collections.abc import Generator
from datetime import date, datetime, timedelta
from random import Random
from typing import NamedTuple

from bot.demo.people import People
from cases.lifecycle import forms
from cases.lifecycle.conflicts import barred
from cases.model import Case
from cases.moves.table import Args
from cases.people import CITIZEN, Actor
from cases.rules.laws import GOVERNMENT_INVESTMENT, PETITIONS
from cases.vocabulary import DeclineReason, Move, OrderKind, Outcome, Status
from classify.types import Domain

PACES = (0.35, 0.5, 0.6, 0.7, 0.85, 1.0, 1.3, 1.9)
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
WORK_BEGINS, WORK_ENDS = 1, 9
"""Hours in UTC: nine to five in China."""


class Step(NamedTuple):
    """What happens next to a case: after how long, which move, by whom, with which words."""

    wait: timedelta
    move: Move
    by: Actor
    args: Args | None = None


Life = Generator[Step, Case, None]
Part = Generator[Step, Case, Case]
"""A stretch of a life, which ends with the case as it then stands."""
NOW = timedelta(0)


def pace(department: str) -> float:
    """Below 1 quick, above 1 slow; each department keeps its own."""
    return PACES[hashlib.sha256(department.encode()).digest()[0] % len(PACES)]


def in_office_hours(at: datetime) -> datetime:
    if at.hour < WORK_BEGINS:
        at = at.replace(hour=WORK_BEGINS)
    elif at.hour >= WORK_ENDS:
        at = (at + timedelta(days=1)).replace(hour=WORK_BEGINS)
    while at.weekday() >= 5:
        at += timedelta(days=1)
    return at


class Lives:
    """Leads cases through what these people do."""

    def __init__(self, people: People, chance: Random) -> None:
        self._people = people
        self._chance = chance

    def live(self, case: Case) -> Life:
        """From registration to wherever this case gets."""
        if case.quarantined:
            return
        if self._happens(0.03):
            talked = forms.OptionalRemark(remark="已经协商解决")
            yield Step(self._between(0.3, 6), Move.WITHDRAW, CITIZEN, talked)
            return
        idle = self._days(2, case)
        if self._happens(0.06):
            idle += self._between(14, 35)  # nobody looked: every desk has such cases
        team = self._people.team(case.department)
        worker = team.second if self._happens(0.3) else team.handler
        case = yield Step(idle, Move.CLAIM, worker)
        if not case.complaint.domain.in_scope or self._happens(0.06):
            yield from self._decline(case, worker, team.head)
            return
        if self._happens(0.14):
            case = yield from self._supplement(case, worker)
            if case.status is not Status.REGISTERED:
                return
        if self._happens(0.05):
            case, worker = yield from self._transfer(case, worker)
        case = yield Step(self._days(4, case), Move.ACCEPT, worker)
        case = yield from self._work(case, worker)
        yield from self._afterwards(case, worker)

    def supervise(self, case: Case, until: date) -> Step | None:
        """督办 of an overdue case, by who oversees its department."""
        supervisor = self._people.supervisor_of(case.department)
        what = "此件已超过时限，请说明原因，明确办结时间。"
        order = forms.OrderArgs(kind=OrderKind.SUPERVISE, what=what, until=until)
        return Step(NOW, Move.ORDER, supervisor, order) if supervisor else None

    def _decline(self, case: Case, worker: Actor, head: Actor) -> Life:
        outside = not case.complaint.domain.in_scope
        args = forms.Decline(
            reason=DeclineReason.OUT_OF_SCOPE if outside else DeclineReason.IN_COURT,
            legal_basis=PETITIONS.cite("第十九条"),
            explanation="此事不属于本单位受理范围，可以向当地12345热线或者人力资源社会保障部门反映。"
            if outside
            else "此事已在诉讼程序中，请依照生效裁判办理。",
        )
        yield Step(self._days(2, case), Move.PROPOSE_DECLINE, worker, args)
        yield Step(self._between(0.2, 1.5), Move.COUNTERSIGN_DECLINE, head)

    def _supplement(self, case: Case, worker: Actor) -> Part:
        items = ("合同或协议的照片", "付款或验收的凭据", "可以联系到的时间")
        asked = forms.SupplementRequest(items=items)
        case = yield Step(self._days(1, case), Move.ASK_SUPPLEMENT, worker, asked)
        if self._happens(0.85):
            words = "合同和验收单的内容已经补充在这里：双方盖章，约定的付款时间已过。"
            given = forms.Supplement(text=words)
            case = yield Step(self._between(0.5, 6), Move.SUPPLEMENT, CITIZEN, given)
        return case

    def _transfer(self, case: Case, worker: Actor) -> Generator[Step, Case, tuple[Case, Actor]]:
        """To a department that may have it: it takes the case, or sends it back."""
        books = self._people.jurisdictions
        others = sorted(books.departments_of(case.routing.jurisdiction) - {case.department})
        target = self._chance.choice(others)
        if barred(books.department(target), case.complaint.accused, books):
            return case, worker
        receiver = self._people.team(target).handler
        offer = forms.Transfer(department=target, reason="属该单位职权。")
        case = yield Step(self._days(2, case), Move.TRANSFER, worker, offer)
        if self._happens(0.4):
            reason = forms.Grounds(reason="不属于本单位职权。")
            case = yield Step(self._between(0.5, 3), Move.RETURN_TRANSFER, receiver, reason)
            return case, worker
        case = yield Step(self._between(0.5, 3), Move.ACCEPT_TRANSFER, receiver)
        case = yield Step(self._days(1, case), Move.CLAIM, receiver)
        return case, receiver

    def _work(self, case: Case, worker: Actor) -> Part:
        """From acceptance to the answer."""
        if self._happens(0.3):
            words = forms.Message(text="您好，已收到您的材料，正在向有关单位核实，请保持联系。")
            case = yield Step(self._days(4, case), Move.WRITE, worker, words)
            if self._happens(0.6):
                thanks = forms.Message(text="好的，等你们消息。")
                case = yield Step(self._between(0.1, 2), Move.WRITE, CITIZEN, thanks)
        if case.complaint.domain not in NEVER_EXTENDED and self._happens(0.12):
            wanted = forms.Extension(days=30, reason="涉及多个单位，需要审计核对账目。")
            case = yield Step(self._days(8, case), Move.REQUEST_EXTENSION, worker, wanted)
            head = self._people.team(case.department).head
            case = yield Step(self._between(0.2, 2), Move.APPROVE_EXTENSION, head)
        return (yield from self._answer(case, worker, self._days(24, case)))

    def _answer(self, case: Case, worker: Actor, wait: timedelta) -> Part:
        """The opinion letter, and what an order of a supervisor asks before it."""
        for order in case.orders:
            if order.answered_at is None:
                answer = forms.AnswerOrder(order=order.id, answer="正在办理，将按期办结。")
                case = yield Step(wait, Move.ANSWER_ORDER, worker, answer)
                wait = NOW
        (outcome,) = self._chance.choices(list(OPINIONS), [5, 3, 2, 1])
        args = forms.Opinion(
            outcome=outcome,
            request=str(case.complaint.wish or "请依法处理"),
            facts="本单位调阅了合同、会议纪要和付款记录，并向当事各方了解了情况。",
            opinion=OPINIONS[outcome],
            legal_basis=BASES[outcome],
        )
        return (yield Step(wait, Move.ANSWER, worker, args))

    def _afterwards(self, case: Case, worker: Actor) -> Life:
        quick = pace(case.department) < 1
        if self._happens(0.55):
            solved = self._happens(0.65 if quick else 0.4)
            satisfied = self._chance.randint(3, 5) if solved else self._chance.randint(1, 3)
            rating = forms.Rate(responded=quick or self._happens(0.7), solved=solved, satisfied=satisfied)
            case = yield Step(self._between(0.1, 5), Move.RATE, CITIZEN, rating)
            if not solved and self._happens(0.3):
                reason = forms.Grounds(reason="答复没有说明什么时候付款，请上级复查。")
                case = yield Step(self._between(0.5, 4), Move.ASK_REVIEW, CITIZEN, reason)
                yield from self._review(case)
                return
        if self._happens(0.7):
            yield Step(self._between(2, 12), Move.CLOSE, worker)

    def _review(self, case: Case) -> Life:
        """复查 by the department above."""
        worker = self._people.team(case.department).handler
        case = yield Step(self._days(3, case), Move.CLAIM, worker)
        yield from self._answer(case, worker, self._days(14, case))

    def _days(self, mean: float, case: Case) -> timedelta:
        days = self._chance.gammavariate(2.2, mean / 2.2)
        return timedelta(days=days * pace(case.department))

    def _between(self, least: float, most: float) -> timedelta:
        return timedelta(days=self._chance.uniform(least, most))

    def _happens(self, share: float) -> bool:
        return self._chance.random() < share
