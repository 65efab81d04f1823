"""Invented cases without a database: filed and moved by the core alone, cut off at the present. Pure, seeded.

For tests and measuring: a story told at a later present begins as the same story told before.
"""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from random import Random

from bot.demo.lives import Lives, Step, in_office_hours
from bot.demo.people import People
from bot.demo.writing import Subject, Writer
from cases import clocks
from cases.errors import DomainError
from cases.instants import local_date
from cases.lifecycle import forms
from cases.lifecycle.change import LookedUp
from cases.lifecycle.making import apply
from cases.lifecycle.situation import Situation
from cases.lifecycle.table import MOVES
from cases.model import Accused, Case, Routing
from cases.numbers import make_number
from cases.people import SYSTEM
from cases.routing import route
from cases.rules.rule_books import Rules
from cases.service.intake import Preview, complaint_of, open_case
from cases.vocabulary import Move, WarningLevel
from classify.types import Classification, Domain, Severity


class Teller:
    """Tells cases one after the other."""

    def __init__(self, rules: Rules, chance: Random, now: datetime) -> None:
        self._rules = rules
        self._chance = chance
        self._now = now
        self._people = People(rules.jurisdictions)
        self._lives = Lives(self._people, chance)
        self._writer = Writer(rules.jurisdictions)
        self._routes: dict[tuple[Domain, str, str | None], Routing] = {}
        self.refused = 0

    def tell(self, filed_at: datetime, serial: int) -> Case:
        """One case, filed at this instant, as it stands now."""
        case, at = self._file(filed_at, serial), filed_at
        life = self._lives.live(case)
        step = next(life, None)
        while step is not None:
            at = in_office_hours(at + step.wait)
            case = self._warn_until(case, min(at, self._now))
            if at > self._now:
                break
            try:
                case = self._make(case, step, at)
                step = life.send(case)
            except DomainError:
                self.refused += 1
                break
            except StopIteration:
                break
        return self._warn_until(case, self._now).model_copy(update={"notifications": ()})

    def subject(self) -> tuple[Subject, Routing]:
        """Whom the next complaint is about, and where it would lie."""
        subject = self._writer.subject(self._chance)
        return subject, self._route(subject.domain, subject.area.code, subject.office)

    def _file(self, filed_at: datetime, serial: int) -> Case:
        chance = self._chance
        report = self._writer.report(chance, filed_at.year)
        severity = chance.choices(list(Severity), [80, 15, 5])[0]
        read = Classification(report.domain or Domain.SPAM, 1.0, (), (), severity=severity)
        complaint = complaint_of(report, read).model_copy(
            update={"named": chance.random() < 0.3, "similar": (f"{chance.randrange(10**9):09d}",)}
        )
        office = complaint.accused[0].name if complaint.accused else None
        routing = self._route(complaint.domain, complaint.region_code or "", office)
        secret = hashlib.sha256(f"story:{serial}".encode()).digest()
        number = make_number(secret, local_date(filed_at), 0)
        seen = Preview(complaint, routing, ())
        return open_case(number, f"story:{serial}", report, seen, self._rules, filed_at)

    def _route(self, domain: Domain, code: str, office: str | None) -> Routing:
        key = (domain, code, office)
        if key not in self._routes:
            accused = (Accused(name=office),) if office else ()
            self._routes[key] = route(domain, code, accused, self._rules.jurisdictions)
        return self._routes[key]

    def _make(self, case: Case, step: Step, at: datetime) -> Case:
        before = Situation(case, step.by, self._rules, at)
        looked_up = LookedUp(serial=1, verification=case.number[-9:])
        return apply(before, step.move, step.args or MOVES[step.move].args(), looked_up=looked_up)

    def _warn_until(self, case: Case, limit: datetime) -> Case:
        """What the watch over the clocks would have noted by then, and what supervisors made of it."""
        for clock in case.clocks:
            for level, at in (
                (WarningLevel.AMBER, clocks.amber_at(clock)),
                (WarningLevel.RED, clock.due_at),
            ):
                if clock.running and level not in clock.warned and at < limit:
                    at += timedelta(minutes=1)
                    warning = forms.Warn(clock=clock.kind, level=level)
                    case = self._make(case, Step(timedelta(0), Move.WARN, SYSTEM, warning), at)
                    if level is WarningLevel.RED and self._chance.random() < 0.15:
                        case = self._order(case, at + timedelta(hours=3))
        return case

    def _order(self, case: Case, at: datetime) -> Case:
        order = self._lives.supervise(case, local_date(at) + timedelta(days=7))
        try:
            return self._make(case, order, at) if order else case
        except DomainError:
            return case
