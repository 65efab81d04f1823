"""政务承诺登记簿: every public promise, as page and JSON, with a code to put up where it was given."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

import segno
from aiohttp import web

from cases.integrity.registers.commitment_model import CommitmentStatus
from cases.integrity.registers.commitments import PUBLIC_NAMES
from cases.service.credit.public_commitments import Promise
from handlers.citizen.pages.reader import render_for_reader
from handlers.citizen.pages.searching import DOMAINS, address_of, asked_for, domain_of, region_of
from handlers.web.access.onion import printed_address
from handlers.web.access.policy import machine, public
from handlers.web.keys import SERVICES
from handlers.web.pages.caching import OWN, kept

NAMES = ("words", "region", "domain", "status")
TONES = {
    CommitmentStatus.KEPT: "green",
    CommitmentStatus.DUE_SOON: "amber",
    CommitmentStatus.LATE: "red",
    CommitmentStatus.NOT_KEPT: "red",
    CommitmentStatus.UNLAWFUL: "violet",
}


@public
async def show_commitments(request: web.Request) -> web.StreamResponse:
    asked = asked_for(request, *NAMES)
    promises, cursor = await _found(request, asked)
    context = {
        "promises": promises,
        "asked": asked,
        "domains": DOMAINS,
        "statuses": tuple(PUBLIC_NAMES),
        "tones": TONES,
        "next": address_of("/commitments", {**asked, "cursor": cursor}) if cursor else "",
    }
    return kept(request, render_for_reader("citizen/commitments.html", request, context), OWN)


@public
async def show_commitment(request: web.Request) -> web.StreamResponse:
    promise = await request.app[SERVICES].integrity.commitments.find(request.match_info["id"])
    page = render_for_reader("citizen/commitment.html", request, {"p": promise, "tones": TONES})
    return kept(request, page, OWN)


@public
async def send_code(request: web.Request) -> web.StreamResponse:
    """The page's address as a QR code, to be printed and put up."""
    promise = await request.app[SERVICES].integrity.commitments.find(request.match_info["id"])
    drawn = io.BytesIO()
    segno.make(f"{printed_address(request)}/commitments/{promise.id}", error="m").save(
        drawn, kind="svg", scale=5
    )
    return kept(request, web.Response(body=drawn.getvalue(), content_type="image/svg+xml"))


@machine
async def send_commitments(request: web.Request) -> web.StreamResponse:
    asked = asked_for(request, *NAMES)
    promises, cursor = await _found(request, asked)
    more = address_of("/commitments.json", {**asked, "cursor": cursor}) if cursor else None
    return kept(request, web.json_response({"items": [told(one) for one in promises], "next": more}))


def told(promise: Promise) -> dict[str, Any]:
    """For programs: days as written, values as stored."""
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in asdict(promise).items()
    }


async def _found(request: web.Request, asked: Mapping[str, str]) -> tuple[tuple[Promise, ...], str | None]:
    return await request.app[SERVICES].integrity.commitments.list_promises(
        words=asked["words"] or None,
        region=region_of(request, asked),
        domain=domain_of(asked),
        status=CommitmentStatus(asked["status"]) if asked["status"] in set(CommitmentStatus) else None,
        cursor=request.query.get("cursor"),
    )
