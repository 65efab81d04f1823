"""限期公开: what bodies had to make public, whether they did and whether in time, as page and JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aiohttp import web

from cases.integrity.registers.disclosures import PUBLIC_NAMES, Disclosure
from handlers.citizen.pages.reader import render_for_reader
from handlers.citizen.pages.searching import address_of, asked_for, day_of, region_of
from handlers.web.access.policy import machine, public
from handlers.web.keys import SERVICES
from handlers.web.pages.caching import OWN, kept

NAMES = ("words", "region", "status")


@public
async def show_disclosures(request: web.Request) -> web.StreamResponse:
    asked = asked_for(request, *NAMES)
    found, cursor = await _found(request, asked)
    context = {
        "disclosures": found,
        "asked": asked,
        "statuses": tuple(PUBLIC_NAMES),
        "next": address_of("/disclosures", {**asked, "cursor": cursor}) if cursor else "",
    }
    return kept(request, render_for_reader("citizen/disclosures.html", request, context), OWN)


@machine
async def send_disclosures(request: web.Request) -> web.StreamResponse:
    asked = asked_for(request, *NAMES)
    found, cursor = await _found(request, asked)
    more = address_of("/disclosures.json", {**asked, "cursor": cursor}) if cursor else None
    return kept(request, web.json_response({"items": [told(one) for one in found], "next": more}))


def told(disclosure: Disclosure) -> dict[str, Any]:
    """For programs: days as written, values as stored."""
    return {
        "id": disclosure.id,
        "status": disclosure.status,
        "body": disclosure.subject.name,
        "code": disclosure.subject.code,
        "region_code": disclosure.subject.region_code,
        "matter": disclosure.matter,
        "title": disclosure.title,
        "number": disclosure.number,
        "decided_on": day_of(disclosure.decided_on),
        "due_on": day_of(disclosure.due_on),
        "posted_on": day_of(disclosure.posted_on),
        "days_late": disclosure.days_late,
        "address": disclosure.address,
    }


async def _found(request: web.Request, asked: Mapping[str, str]) -> tuple[list[Disclosure], str | None]:
    found, cursor = await request.app[SERVICES].integrity.disclosures.list_newest(
        words=asked["words"] or None,
        region=region_of(request, asked),
        status=asked["status"] if asked["status"] in set(PUBLIC_NAMES) else None,
        cursor=request.query.get("cursor"),
    )
    return [one for one in found if isinstance(one, Disclosure)], cursor
