"""What there is to do: what waits for this person, what runs, and what was found true but not ordered yet."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from aiohttp import web

from cases.integrity.books import BOOKS
from cases.integrity.spine.vocabulary import KIND_NAMES, Kind
from cases.people import Actor, Role
from cases.ports.dossiers import DossierFilter, DossierOrder
from cases.words import DOMAIN_NAMES
from classify.types import Domain
from handlers.credit.roles import AGGREGATE_ROLES, ARCHIVE_ROLES, AWARD_ROLES, CREDIT_ROLES, WORKING
from handlers.web.access.policy import actor_of, allow
from handlers.web.keys import EXCHANGE, SERVICES
from handlers.web.pages.templates import render

VIEWS = {"mine": "待我办理", "open": "正在办理", "all": "全部"}
SHOWN = 50


@allow(*CREDIT_ROLES)
async def show_work(request: web.Request) -> web.StreamResponse:
    integrity, actor = request.app[SERVICES].integrity, actor_of(request)
    view = _view(request, actor)
    asked = {name: request.query.get(name, "").strip() for name in ("kind", "domain", "words", "year")}
    where = [_filter(asked, role) for role in _waiting_for(actor)] if view == "mine" else [_filter(asked)]
    if view == "open":
        where = [_filter(asked, open_only=True)]
    order = DossierOrder.NEWEST if view == "all" else DossierOrder.DUE
    cursor = request.query.get("cursor") if len(where) == 1 else None
    pages = [
        await integrity.list_dossiers(actor, one, order=order, limit=SHOWN, cursor=cursor) for one in where
    ]
    found = {dossier.id: dossier for page in pages for dossier in page.dossiers}
    more = pages[0].next_cursor if len(pages) == 1 else None
    kinds = [kind for kind in _kinds(request, actor) if BOOKS[kind].opening]
    context: dict[str, Any] = {
        "view": view,
        "tabs": [(label, _address(asked, key), None, key == view) for key, label in VIEWS.items()],
        "dossiers": list(found.values()),
        "next": _address(asked, view, more) if more else "",
        "asked": asked,
        "kinds": KIND_NAMES,
        "domains": DOMAIN_NAMES,
        "findings": await integrity.findings(actor) if view == "mine" else (),
        "may_count": actor.has(*AWARD_ROLES),
        "may_archive": actor.has(*ARCHIVE_ROLES),
        "may_check": actor.has(*AWARD_ROLES),
        "may_see_aggregates": actor.has(*AGGREGATE_ROLES) and _has_third_party(request, actor),
        "has_motions": actor.has(*AWARD_ROLES) and Kind.MOTION in _kinds(request, actor),
        "may_receive": actor.has(*AWARD_ROLES) and bool(request.app[EXCHANGE].partners.senders),
        "openings": [(kind, KIND_NAMES[kind]) for kind in kinds if actor.has(*_opening_roles(kind))],
    }
    return render("credit/work.html", request, context)


def _view(request: web.Request, actor: Actor) -> str:
    asked = request.query.get("view", "")
    return asked if asked in VIEWS else "mine" if _waiting_for(actor) else "open"


def _waiting_for(actor: Actor) -> tuple[Role, ...]:
    return tuple(role for role in WORKING if actor.has(role))


def _kinds(request: web.Request, actor: Actor) -> tuple[Kind, ...]:
    services = request.app[SERVICES]
    home = services.rules.jurisdictions.jurisdiction_of(actor.department) if actor.department else None
    return services.integrity.kinds_in(home.id) if home else ()


def _has_third_party(request: web.Request, actor: Actor) -> bool:
    return actor.has(Role.EVALUATOR) or Kind.MANDATE in _kinds(request, actor)


def _opening_roles(kind: Kind) -> frozenset[Role]:
    opening = BOOKS[kind].opening
    return opening.roles if opening else frozenset()


def _filter(asked: dict[str, str], role: Role | None = None, *, open_only: bool = False) -> DossierFilter:
    """An unknown kind, domain or year is left out, so that a mistyped address still shows something."""
    return DossierFilter(
        kinds=frozenset({Kind(asked["kind"])}) if asked["kind"] in set(Kind) else None,
        domain=Domain(asked["domain"]) if asked["domain"] in set(Domain) else None,
        year=int(asked["year"]) if asked["year"].isdecimal() and len(asked["year"]) == 4 else None,
        words=asked["words"] or None,
        waits_for=role,
        open_only=open_only,
    )


def _address(asked: dict[str, str], view: str, cursor: str | None = None) -> str:
    given = {"view": view, **asked, "cursor": cursor or ""}
    return "/credit?" + urlencode({name: value for name, value in given.items() if value})
