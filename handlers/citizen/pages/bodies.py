"""One body on one page, for everybody: records, promises, honours; and finding a body by its name."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from aiohttp import web

from cases.integrity.registers.honours import Honour
from cases.service.credit.public_bodies import PublicBody
from handlers.citizen.pages import commitments, disclosures, evaluations, records
from handlers.citizen.pages.reader import render_for_reader
from handlers.citizen.pages.searching import address_of, asked_for, day_of, region_of
from handlers.web.access.policy import machine, public
from handlers.web.keys import SERVICES
from handlers.web.pages.caching import OWN, kept

NAMES = ("words", "region")


@public
async def find_bodies(request: web.Request) -> web.StreamResponse:
    asked = asked_for(request, *NAMES)
    region = region_of(request, asked)
    bodies = request.app[SERVICES].integrity.bodies
    found = await bodies.search(asked["words"], region) if asked["words"] or region else ()
    name_of = request.app[SERVICES].filing.name_of_region
    shown = [(one.name, name_of(one.region_code) or "", body_address(one.keys[0])) for one in found]
    context = {"asked": asked, "bodies": shown}
    return kept(request, render_for_reader("citizen/bodies.html", request, context), OWN)


@public
async def show_body(request: web.Request) -> web.StreamResponse:
    body = await _found(request)
    context = {
        "body": body,
        "place": request.app[SERVICES].filing.name_of_region(body.region_code) or "",
        "tones": commitments.TONES,
        "feed": address_of("/records.atom", {"body": body.key}),
        "data": f"{body_address(body.key)}.json",
    }
    page = render_for_reader("citizen/body.html", request, context)
    if body.gone:
        page.headers.update(records.FORGET)
    return kept(request, page, OWN)


@machine
async def send_body(request: web.Request) -> web.StreamResponse:
    body = await _found(request)
    answer = web.json_response(told(body), headers=records.FORGET if body.gone else None)
    return kept(request, answer)


def told(body: PublicBody) -> dict[str, Any]:
    """For programs; each part as the list of its kind tells it."""
    return {
        "key": body.key,
        "name": body.name,
        "code": body.code,
        "region_code": body.region_code,
        "records": [records.told(one) for one in body.entries],
        "promises": [commitments.told(one) for one in body.promises],
        "disclosures": [disclosures.told(one) for one in body.disclosures],
        "honours": [_honour(one) for one in body.honours],
        "evaluations": [evaluations.told(one, one.profile) for one in body.evaluations if one.profile],
        "lists": [
            {
                "id": names.id,
                "name": names.name,
                "begins_on": day_of(entry.begins_on),
                "ends_on": day_of(entry.ends_on),
            }
            for names, entry in body.listed
        ],
        "more": body.more,
    }


def _honour(honour: Honour) -> dict[str, Any]:
    return {
        "id": honour.id,
        "title": honour.title,
        "awarded_by": honour.awarded_by,
        "document": honour.document,
        "awarded_on": day_of(honour.awarded_on),
    }


def body_address(key: str) -> str:
    return f"/bodies/{quote(key, safe='')}"


async def _found(request: web.Request) -> PublicBody:
    return await request.app[SERVICES].integrity.bodies.find(request.match_info["key"])
