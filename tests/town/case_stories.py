"""Invented cases that went through the real core: filed by `open_case`, moved by `apply`, cut off at now.

Used by the generator and by the board's tests. Seeded: the same seed tells the same stories.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from cases import clocks
from cases.errors import DomainError
from cases.instants import local_date
from cases.lifecycle import forms
from cases.lifecycle.change import LookedUp
from cases.lifecycle.making import apply
from cases.lifecycle.situation import Situation
from cases.model import Accused, Case, Complaint, Routing
from cases.moves.table import Args, NoArgs
from cases.numbers import make_number
from cases.people import CITIZEN, SYSTEM, Actor, Role
from cases.records import FreeText
from cases.routing import route
from cases.rules.calendar import WorkCalendar
from cases.rules.jurisdictions import Jurisdictions
from cases.rules.rule_books import Rules
from cases.rules.time_limits import load_time_limits
from cases.service.intake import Preview, Report, open_case
from cases.vocabulary import (
    Channel,
    DeclineReason,
    Language,
    Move,
    OrderKind,
    Outcome,
    Status,
)
from classify.types import Domain, Severity

DOMAINS: tuple[tuple[Domain, int], ...] = (
    (Domain.DEBT, 26),
    (Domain.BIDDING, 16),
    (Domain.GENERAL, 16),
    (Domain.TOWNSHIP, 15),
    (Domain.INVESTMENT, 12),
    (Domain.PROCUREMENT, 11),
    (Domain.PPP, 4),
)
BODIES = (
    "住房和城乡建设局",
    "交通运输局",
    "自然资源局",
    "水务局",
    "开发区管理委员会",
    "城市管理局",
    "教育局",
)
SURNAMES = "王李张刘陈杨赵黄周吴徐孙马朱胡郭何高林罗"
_LETTER = forms.Opinion(
    outcome=Outcome.SUPPORT,
    request="请求履行承诺",
    facts="经查，情况属实",
    opinion="责成有关单位限期履行",
    legal_basis="《信访工作条例》第三十二条",
)


def load_rules(only: list[str] | None = None) -> Rules:
    return Rules(WorkCalendar(), load_time_limits(), Jurisdictions.load(only))


@dataclass(slots=True)
class Stories:
    """Tells cases one after the other."""

    rules: Rules
    rng: Random
    now: datetime
    _routes: dict[tuple[str, str, str], Routing] = field(default_factory=dict)
    _places: list[tuple[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._places = places_of(self.rules.jurisdictions)

    def tell(self, filed_at: datetime, serial: int) -> Case:
        """One case, filed at this instant, as it stands now."""
        rng = self.rng
        code, name = rng.choice(self._places)
        domain = rng.choices([d for d, _ in DOMAINS], [w for _, w in DOMAINS])[0]
        body = name + rng.choice(BODIES)
        routing = self._route(domain, code, body)
        complaint = Complaint(
            text=FreeText(f"第{serial}件：有关单位没有履行承诺"),
            domain=domain,
            region_code=code,
            region_name=name,
            accused=Accused(name=body),
            amount_yuan=rng.randrange(2, 400) * 10_000 if domain is Domain.DEBT else None,
            severity=rng.choices(list(Severity), [80, 15, 5])[0],
            named=rng.random() < 0.3,
            similar=(f"{rng.randrange(10**9):09d}",),
        )
        report = Report(
            channel=rng.choices(list(Channel), [50, 30, 12, 4, 4])[0],
            language=Language.ZH_HANS,
            text=complaint.text,
        )
        seen = Preview(complaint, routing, ())
        secret = hashlib.sha256(f"story:{serial}".encode()).digest()
        number = make_number(secret, local_date(filed_at), 0)
        case = open_case(number, f"story:{serial}", report, seen, self.rules, filed_at)
        return Course(self, case, filed_at).run()

    def _route(self, domain: Domain, code: str, body: str) -> Routing:
        key = (domain.value, code, body)
        if key not in self._routes:
            self._routes[key] = route(domain, code, Accused(name=body), self.rules.jurisdictions)
        return self._routes[key]

    def pace(self, department: str) -> float:
        """Some departments are slow, and always the same ones."""
        digest = hashlib.sha256(department.encode()).digest()
        return (0.35, 0.5, 0.6, 0.8, 1.0, 1.35)[digest[0] % 6]


def places_of(jurisdictions: Jurisdictions) -> list[tuple[str, str]]:
    """Codes and names of the areas below each jurisdiction, down to the county."""
    places = []
    for jurisdiction in jurisdictions.all():
        for code, government in jurisdiction.local_governments.items():
            if len(code) == 6:
                name = jurisdictions.department(government).full_name
                places.append((code, name.removesuffix("人民政府")))
    return places or [(j.region_codes[0], j.name) for j in jurisdictions.all()]


@dataclass(slots=True)
class Course:
    """What happens to one case after it was filed."""

    stories: Stories
    case: Case
    at: datetime

    def run(self) -> Case:
        rng = self.stories.rng
        pace = self.stories.pace(self.case.department)
        steps: list[tuple[float, Callable[[], None]]] = [(0.9 * pace, self._claim)]
        if rng.random() < 0.05:
            steps += [(3.0 * pace, self._decline)]
        else:
            steps += [(6.5 * pace, self._accept)]
            if rng.random() < 0.12:
                steps += [(3, self._ask), (4, self._supply)]
            if rng.random() < 0.04:
                steps += [(5, self._transfer), (2, self._claim)]
            steps += [(26 * pace, self._answer)]
            if rng.random() < 0.04:
                steps += [(8, self._review), (9, self._answer_review)]
            if rng.random() < 0.4:
                steps += [(4, self._rate)]
            steps += [(20, self._close)]
        for days, step in steps:
            self.at += timedelta(days=rng.gammavariate(2.2, days / 2.2))
            self._warn_until(min(self.at, self.stories.now))
            if self.at > self.stories.now:
                break
            step()
        return self.case.model_copy(update={"notifications": ()})

    def _do(self, move: Move, args: Args, actor: Actor, at: datetime | None = None) -> bool:
        try:
            before = Situation(self.case, actor, self.stories.rules, at or self.at)
            looked_up = LookedUp(serial=1, verification=self.case.number[-9:])
            self.case = apply(before, move, args, looked_up=looked_up)
        except DomainError:
            return False
        return True

    def _warn_until(self, limit: datetime) -> None:
        for clock in self.case.clocks:
            for level, at in (("amber", clocks.amber_at(clock)), ("red", clock.due_at)):
                if clock.running and level not in clock.warned and at < limit:
                    at += timedelta(minutes=1)
                    self._do(Move.WARN, forms.Warn(clock=clock.kind, level=level), SYSTEM, at)
                    if level == "red" and self.stories.rng.random() < 0.15:
                        self._order(at)

    def _order(self, at: datetime) -> None:
        until: date = local_date(at + timedelta(days=7))
        made = forms.OrderArgs(kind=OrderKind.SUPERVISE, what="请说明超期原因并尽快办理", until=until)
        self._do(Move.ORDER, made, self._actor(Role.SUPERVISOR), at + timedelta(hours=3))

    def _actor(self, role: Role) -> Actor:
        digest = hashlib.sha256(
            f"{self.case.department}{role}{self.stories.rng.randrange(3)}".encode()
        ).digest()
        name = SURNAMES[digest[0] % len(SURNAMES)] + "文明建华立新志远"[digest[1] % 8]
        staff = digest.hex()[:12]
        return Actor(roles=frozenset({role}), id=staff, name=name, department=self.case.department)

    def _holder(self) -> Actor:
        holder = self.case.holder
        if holder is None:
            return self._actor(Role.HANDLER)
        roles = frozenset({Role.HANDLER})
        return Actor(roles=roles, id=holder.staff, name=holder.name, department=self.case.department)

    def _claim(self) -> None:
        self._do(Move.CLAIM, NoArgs(), self._actor(Role.HANDLER))

    def _accept(self) -> None:
        self._do(Move.ACCEPT, forms.OptionalRemark(), self._holder())

    def _decline(self) -> None:
        reason = self.stories.rng.choice(list(DeclineReason)[:5])
        basis = "《信访工作条例》第十九条第三款"
        refusal = forms.Decline(reason=reason, legal_basis=basis, explanation="请向有管辖权的机关提出")
        self._do(Move.PROPOSE_DECLINE, refusal, self._holder())
        self.at += timedelta(hours=20)
        self._do(Move.COUNTERSIGN_DECLINE, forms.OptionalRemark(), self._actor(Role.HEAD))

    def _ask(self) -> None:
        self._do(Move.ASK_SUPPLEMENT, forms.SupplementRequest(items=("合同复印件",)), self._holder())

    def _supply(self) -> None:
        self._do(Move.SUPPLEMENT, forms.Supplement(text="已补充"), CITIZEN)

    def _transfer(self) -> None:
        home = self.stories.rules.jurisdictions.departments_of(self.case.routing.jurisdiction)
        target = self.stories.rng.choice(sorted(home))
        if self._do(Move.TRANSFER, forms.Transfer(department=target, reason="属其职权"), self._holder()):
            roles = frozenset({Role.HANDLER})
            receiver = Actor(roles=roles, id=f"r{target[:6]}", name="接收人", department=target)
            self.at += timedelta(days=1)
            if self.stories.rng.random() < 0.6:
                self._do(Move.ACCEPT_TRANSFER, forms.OptionalRemark(), receiver)
            else:
                self._do(Move.RETURN_TRANSFER, forms.Grounds(reason="不属本单位"), receiver)

    def _answer(self) -> None:
        for order in self.case.orders:
            if order.answered_at is None:
                self._do(
                    Move.ANSWER_ORDER, forms.AnswerOrder(order=order.id, answer="已办理"), self._holder()
                )
        if self.case.status is Status.REGISTERED:
            self._accept()
        outcome = self.stories.rng.choices(list(Outcome), [42, 23, 22, 13])[0]
        self._do(Move.ANSWER, _LETTER.model_copy(update={"outcome": outcome}), self._holder())

    def _review(self) -> None:
        self._do(Move.ASK_REVIEW, forms.Grounds(reason="对答复不服"), CITIZEN)

    def _answer_review(self) -> None:
        if self.case.status is Status.IN_REVIEW:
            self._claim()
            self._answer()

    def _rate(self) -> None:
        rng, fast = self.stories.rng, 1.4 - self.stories.pace(self.case.department)
        solved = rng.random() < 0.3 + fast / 2
        satisfied = min(5, max(1, round(rng.gauss(3.1 + fast + solved, 0.9))))
        rate = forms.Rate(responded=rng.random() < 0.9, solved=solved, satisfied=satisfied)
        self._do(Move.RATE, rate, CITIZEN)

    def _close(self) -> None:
        self._do(Move.CLOSE, forms.OptionalRemark(), SYSTEM)


__all__ = ["Course", "Stories", "load_rules", "places_of"]
