"""People of the town who have no account: for moves that no service makes."""

from __future__ import annotations

from cases.people import Actor, Role
from tests.town.places import FINANCE, REFORM

ACCUSED = "冯被诉"
"""Named in the complaint; works wherever the case is."""


def staff(id: str, name: str, role: Role, department: str = FINANCE) -> Actor:
    return Actor(roles=frozenset({role}), id=id, name=name, department=department)


HANDLER = staff("s-handler", "李承办", Role.HANDLER)
COLLEAGUE = staff("s-colleague", "周同事", Role.HANDLER)
DEPUTY = staff("s-deputy", "赵副岗", Role.DEPUTY)
HEAD = staff("s-head", "王负责", Role.HEAD)
TRIAGE = staff("s-triage", "孙分办", Role.TRIAGE)
RECEIVER = staff("s-receiver", "钱接收", Role.HANDLER, REFORM)
SUPERVISOR = staff("s-supervisor", "杜督办", Role.SUPERVISOR, REFORM)
AUDITOR = staff("s-auditor", "审计员", Role.AUDITOR)
ADMIN = staff("s-admin", "管理员", Role.ADMIN)
