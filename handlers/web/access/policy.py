"""Who may call a route: each declares it, and what declares nothing is refused.

Decides on doors only; what may be done to a case is the core's business (`Services`).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from enum import IntEnum, StrEnum
from typing import TypeVar

from aiohttp import web

from cases.errors import NotAllowed
from cases.people import CITIZEN, Actor, Role
from cases.ports.accounts import Staff
from handlers.web.keys import CHAT, SIGNED_IN
from handlers.web.reasons import OPEN_CHAT_FIRST, SIGN_IN_FIRST

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
H = TypeVar("H", bound=Handler)

STAFF_ROLES = frozenset(Role) - {Role.CITIZEN, Role.SYSTEM}


class Door(StrEnum):
    PUBLIC = "public"
    """Anyone; forms are protected by a cookie of the visitor's own."""
    MACHINE = "machine"
    """Anyone without cookies (webhook, Open311): the handler checks secrets itself."""
    CITIZEN = "citizen"
    """The web chat: a cookie names the conversation."""
    STAFF = "staff"
    """A signed-in member of staff with one of the roles."""
    API = "api"
    """A bearer token with the scope."""


class LoginStep(IntEnum):
    """How far a login has come. A route needs its step reached; work needs them all."""

    CODE = 0
    PASSWORD = 1
    ENROL = 2
    DONE = 3


@dataclass(frozen=True, slots=True)
class Policy:
    door: Door
    roles: frozenset[Role] = field(default_factory=frozenset)
    scope: str = ""
    step: LoginStep = LoginStep.DONE
    files: bool = False
    """Takes uploads: the larger body limit applies."""


_ATTRIBUTE = "__shouxin_policy__"


def policy_of(handler: object) -> Policy | None:
    """The declared policy of a handler, or None."""
    return getattr(handler, _ATTRIBUTE, None)


def _declare(handler: H, policy: Policy) -> H:
    if policy_of(handler) is not None:
        raise TypeError(f"{handler!r} declares its policy twice")
    setattr(handler, _ATTRIBUTE, policy)
    return handler


def public(handler: H) -> H:
    """Open to anyone."""
    return _declare(handler, Policy(Door.PUBLIC))


def machine(handler: H) -> H:
    """Open to programs without cookies; the handler itself checks whatever secret there is."""
    return _declare(handler, Policy(Door.MACHINE))


def citizen(handler: H) -> H:
    """Open to the visitor of the web chat; `citizen_of` names the conversation."""
    return _declare(handler, Policy(Door.CITIZEN))


def allow(*roles: Role) -> Callable[[H], H]:
    """Open to signed-in staff with at least one of the roles."""
    if not roles or not STAFF_ROLES.issuperset(roles):
        raise TypeError("allow() needs roles of staff")
    return lambda handler: _declare(handler, Policy(Door.STAFF, frozenset(roles)))


def signed_in(step: LoginStep = LoginStep.DONE) -> Callable[[H], H]:
    """Open to all staff who have come this far with their login."""
    return lambda handler: _declare(handler, Policy(Door.STAFF, STAFF_ROLES, step=step))


def api(scope: str, *roles: Role) -> Callable[[H], H]:
    """Open to bearer tokens with the scope (such as `cases:read`) whose owner has one of the roles."""
    allowed = frozenset(roles) or STAFF_ROLES
    return lambda handler: _declare(handler, Policy(Door.API, allowed, scope))


def takes_files(handler: H) -> H:
    """Raises the body limit of a route that accepts uploads. Written above the policy decorator."""
    policy = policy_of(handler)
    if policy is None:
        raise TypeError("takes_files stands above the policy of the route")
    setattr(handler, _ATTRIBUTE, replace(policy, files=True))
    return handler


@dataclass(frozen=True, slots=True)
class RouteRule:
    method: str
    path: str
    policy: Policy | None


def routes_of(app: web.Application) -> list[RouteRule]:
    """Every route of the application with what it declares, in the order of path and method."""
    rules = [
        RouteRule(route.method, route.resource.canonical, policy_of(route.handler))
        for route in app.router.routes()
        if route.resource is not None
    ]
    return sorted(rules, key=lambda rule: (rule.path, rule.method))


async def refuse_undeclared_routes(app: web.Application) -> None:
    """Start-up check: an application with a route that declares nothing does not start."""
    missing = [f"{rule.method} {rule.path}" for rule in routes_of(app) if rule.policy is None]
    if missing:
        raise RuntimeError("These routes do not declare who may call them: " + ", ".join(missing))


def has_role(staff: Staff, roles: frozenset[Role]) -> bool:
    return not staff.roles.isdisjoint(roles)


def staff_of(request: web.Request) -> Staff:
    """Who is signed in, by session or by token. Raises NotAllowed when nobody is."""
    if SIGNED_IN not in request:
        raise NotAllowed(SIGN_IN_FIRST)
    return request[SIGNED_IN]


def actor_of(request: web.Request) -> Actor:
    """The actor for `Services`: the signed-in member of staff, or the citizen of the web chat."""
    if SIGNED_IN in request:
        staff = request[SIGNED_IN]
        return staff.actor
    if CHAT in request:
        return CITIZEN
    raise NotAllowed(SIGN_IN_FIRST)


def citizen_of(request: web.Request) -> str:
    """The address of the visitor's web chat. Raises NotAllowed outside `@citizen` routes."""
    if CHAT not in request:
        raise NotAllowed(OPEN_CHAT_FIRST)
    return request[CHAT]
