"""Who works where in invented lives: made department by department as cases arrive. Pure.

The same department always has the same people; the numbers in their logins go by who came first.
"""

from __future__ import annotations

import hashlib
from typing import NamedTuple

from cases.people import Actor, Role
from cases.rules.departments import Jurisdiction
from cases.rules.jurisdictions import Jurisdictions

FAMILY = "赵钱孙李周吴郑王冯陈卫蒋沈韩杨朱秦许何吕张孔曹严华金魏陶姜"
GIVEN = ("安平", "晓明", "文静", "立新", "春华", "秋实", "志远", "海宁", "雨桐", "思源", "启航", "明德")


class Team(NamedTuple):
    handler: Actor
    second: Actor
    """B岗."""
    head: Actor


class People:
    """Everybody by login, in the order in which they came."""

    def __init__(self, jurisdictions: Jurisdictions) -> None:
        self.jurisdictions = jurisdictions
        self.by_login: dict[str, Actor] = {}
        self._teams: dict[str, Team] = {}
        self._counts: dict[str, int] = {}

    def begin(self) -> None:
        """Who is there before any case: an administrator, overseers, coordinators and leads."""
        books = self.jurisdictions
        self._add("admin", "admin", books.default.coordinator, {Role.ADMIN})
        for jurisdiction in books.all():
            self._supervisor(jurisdiction)
            for role in (Role.REGISTRAR, Role.CONFIRMER, Role.RELEASER):
                self.on_credit(jurisdiction, role)
            if "third_party" in jurisdiction.mechanisms:
                self.on_credit(jurisdiction, Role.EVALUATOR)
            leads = (rule.lead for rule in jurisdiction.domains.values())
            for department in (jurisdiction.coordinator, *leads):
                if books.find_by_id(department) is not None:
                    self.team(department)

    def team(self, department: str) -> Team:
        if department not in self._teams:
            home = self.jurisdictions.jurisdiction_of(department)
            area = home.id if home else "region"
            number = self._counts[area] = self._counts.get(area, 0) + 1
            coordinator = home is not None and home.coordinator == department
            desk = {Role.HANDLER, Role.TRIAGE} if coordinator else {Role.HANDLER}
            roles = {"handler": desk, "second": desk | {Role.DEPUTY}, "head": {Role.HEAD}}
            self._teams[department] = Team(
                *(self._add(f"{post}.{area}.{number}", post, department, roles[post]) for post in roles)
            )
        return self._teams[department]

    def supervisor_of(self, department: str) -> Actor | None:
        """At the coordinator of the jurisdiction."""
        home = self.jurisdictions.jurisdiction_of(department)
        return self._supervisor(home) if home else None

    def on_credit(self, jurisdiction: Jurisdiction, role: Role) -> Actor:
        """Who has this role of the integrity side where the jurisdiction keeps its records."""
        login = f"{role.value}.{jurisdiction.id}"
        if login not in self.by_login:
            self._add(login, role.value, jurisdiction.record_keeper, {role})
        return self.by_login[login]

    def _supervisor(self, jurisdiction: Jurisdiction) -> Actor:
        login = f"supervisor.{jurisdiction.id}"
        if login not in self.by_login:
            self._add(login, "supervisor", jurisdiction.coordinator, {Role.SUPERVISOR})
        return self.by_login[login]

    def _add(self, login: str, post: str, department: str, roles: set[Role]) -> Actor:
        digest = hashlib.sha256(f"{post} of {department}".encode()).digest()
        name = FAMILY[digest[0] % len(FAMILY)] + GIVEN[digest[1] % len(GIVEN)]
        person = Actor(roles=frozenset(roles), id=digest.hex()[:16], name=name, department=department)
        self.by_login[login] = person
        return person
