"""What the API says about itself and about the rules: jurisdictions, promised times, its own description."""

from __future__ import annotations

from functools import cache
from typing import Any

from aiohttp import web

from cases.rules.departments import Jurisdiction
from cases.rules.time_limits import TimeLimits
from classify.types import Domain
from handlers.department.api import shapes
from handlers.department.api.openapi import build_document
from handlers.department.api.scopes import READ
from handlers.web.access.policy import api, machine, public
from handlers.web.keys import API_PATHS, API_SCHEMAS, SERVICES
from handlers.web.pages.openapi_page import render_openapi
from handlers.web.programs import say


@cache
def _of_the_desk() -> dict[str, Any]:
    return build_document()


def document(app: web.Application) -> dict[str, Any]:
    """Everything under /api/v1, whichever face answers."""
    desk = _of_the_desk()
    components = desk["components"]
    schemas = components["schemas"] | app[API_SCHEMAS]
    paths = desk["paths"] | app[API_PATHS]
    return {**desk, "paths": paths, "components": {**components, "schemas": schemas}}


@machine
async def send_openapi(request: web.Request) -> web.StreamResponse:
    return web.json_response(document(request.app), headers={"Cache-Control": "public, max-age=300"})


@public
async def show_docs(request: web.Request) -> web.StreamResponse:
    return render_openapi(request, document(request.app))


@api(READ)
async def list_jurisdictions(request: web.Request) -> web.StreamResponse:
    books = request.app[SERVICES].rules.jurisdictions
    return say(shapes.JurisdictionList(items=tuple(_jurisdiction(j) for j in books.all())))


def _jurisdiction(jurisdiction: Jurisdiction) -> shapes.JurisdictionOut:
    return shapes.JurisdictionOut(
        id=jurisdiction.id,
        name=jurisdiction.name,
        level=jurisdiction.level,
        citation=jurisdiction.citation,
        region_codes=jurisdiction.region_codes,
        coordinator=jurisdiction.coordinator,
        domains={domain.value: jurisdiction.label(domain) for domain in jurisdiction.domains},
        departments=tuple(
            shapes.DepartmentOut(
                id=d.id, name=d.name, title=d.title, level=d.level, superior=d.superior, source=d.source
            )
            for d in jurisdiction.departments
        ),
    )


@api(READ)
async def list_promises(request: web.Request) -> web.StreamResponse:
    limits = request.app[SERVICES].rules.limits
    return say(shapes.PromiseList(items=tuple(promises_of(limits))))


def promises_of(limits: TimeLimits) -> list[shapes.PromiseOut]:
    """Every promised time of every domain that is handled here."""
    return [
        shapes.PromiseOut(
            domain=domain,
            kind=limit.kind,
            title=limit.title,
            who=limit.who,
            amount=limit.amount,
            unit=limit.unit,
            max_extension=limit.max_extension,
            basis=limit.basis,
        )
        for domain in Domain
        if domain.in_scope
        for limit in limits.promised(domain)
    ]
