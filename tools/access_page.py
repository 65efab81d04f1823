"""Who may open which route, as a table for people: made from what the routes declare, never by hand."""

from __future__ import annotations

from aiohttp import web

from cases.people import Role
from cases.words import ROLE_NAMES
from handlers.web.access.policy import Door, LoginStep, Policy, RouteRule, routes_of

ORDER = (
    Role.HANDLER,
    Role.DEPUTY,
    Role.HEAD,
    Role.TRIAGE,
    Role.SUPERVISOR,
    Role.AUDITOR,
    Role.ADMIN,
    Role.REGISTRAR,
    Role.CONFIRMER,
    Role.RELEASER,
    Role.SUBJECT,
    Role.WATCHER,
    Role.EVALUATOR,
)
DOORS: dict[Door, str] = {
    Door.PUBLIC: "anyone",
    Door.MACHINE: "programs; the handler checks its own secret where there is one",
    Door.CITIZEN: "the visitor of the web chat",
    Door.STAFF: "signed-in staff",
    Door.API: "bearer token",
}
HEAD = """# Who may open which route

Made from what each route declares with `python -m tools.written_pages`; do not edit.
`tests/web/test_every_door.py` tries every route as every role and compares this page with the routes.

A route that declares nothing is refused, and the process does not start with one. What somebody may do to
a case once inside is decided by the life cycle (`cases/lifecycle/table.py`) and by department and conflict of
interest (`cases/lifecycle/permissions.py`).

Supervisors, admins and those who keep, confirm or release records need a one-time code (TOTP) as well as a
password. The one exception is a trial on
one machine: while `HTTP_HOST` is a loopback address and `PUBLIC_URL` is not set, nobody else can reach the
pages, and no code is demanded; the start says so. Any `PUBLIC_URL` and any other `HTTP_HOST` demand it
(`tests/web/test_reach.py`).

"""


def access_table(app: web.Application) -> str:
    """The whole page, in the order of paths."""
    columns = ["Route", "Door", *(f"{role.value} {ROLE_NAMES[role]}" for role in ORDER)]
    lines = ["| " + " | ".join(columns) + " |", "|" + "---|" * len(columns)]
    lines += [_line(rule) for rule in routes_of(app) if rule.method != "HEAD"]
    return HEAD + "\n".join(lines) + "\n"


def _line(rule: RouteRule) -> str:
    policy = rule.policy
    if policy is None:
        raise ValueError(f"{rule.method} {rule.path} declares nothing")
    cells = [f"`{rule.method} {rule.path}`", _door(policy), *(_cell(policy, role) for role in ORDER)]
    return "| " + " | ".join(cells) + " |"


def _door(policy: Policy) -> str:
    words = DOORS[policy.door]
    if policy.scope:
        words += f" with `{policy.scope}`"
    if policy.door is Door.STAFF and policy.step is not LoginStep.DONE:
        words += ", login not finished"
    return words + (", takes files" if policy.files else "")


def _cell(policy: Policy, role: Role) -> str:
    if policy.door in {Door.PUBLIC, Door.MACHINE, Door.CITIZEN}:
        return "yes"
    return "yes" if role in policy.roles else "–"
