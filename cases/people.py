"""Who acts: roles and actors. Nothing here knows what they act on."""

from __future__ import annotations

from enum import StrEnum

from cases.records import Record


class Role(StrEnum):
    HANDLER = "handler"
    DEPUTY = "deputy"
    HEAD = "head"
    TRIAGE = "triage"
    SUPERVISOR = "supervisor"
    AUDITOR = "auditor"
    ADMIN = "admin"
    REGISTRAR = "registrar"
    """信用牵头经办: keeps the integrity side's objects."""
    CONFIRMER = "confirmer"
    """认定人."""
    RELEASER = "releaser"
    """发布复核人."""
    SUBJECT = "subject"
    """被记录单位代表: speaks for the own body, and sees nothing else."""
    WATCHER = "watcher"
    """社会监督员: sees the own tasks and what is public, no case."""
    EVALUATOR = "evaluator"
    """第三方评价员: sees anonymised aggregates while a mandate runs; no case, no person, no body."""
    CITIZEN = "citizen"
    SYSTEM = "system"


class Actor(Record):
    """Who acts. A citizen or the system has no id: who filed a case is not in the case."""

    roles: frozenset[Role]
    id: str | None = None
    name: str = ""
    department: str | None = None

    def has(self, *roles: Role) -> bool:
        return not self.roles.isdisjoint(roles)


CITIZEN = Actor(roles=frozenset({Role.CITIZEN}), name="投诉人")
SYSTEM = Actor(roles=frozenset({Role.SYSTEM}), name="系统")
