"""政务承诺登记簿: every public promise, as page and JSON, with a code to put up where it was given."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any
from urllib.parse import urlencode

import segno
from aiohttp import web

from cases.integrity.commitments import CommitmentStatus
from cases.service.public_commitments import Promise
from classify.types import Domain
from handlers.citizen.pages.reader import render_for_reader
from handlers.web.access.onion import printed_address
from handlers.web.access.policy import machine, public
from handlers.web.keys import SERVICES

FRESH = {"Cache-Control": "public, max-age=60"}
DOMAINS = tuple(domain for domain in Domain if domain.in_scope)
STATUSES = tuple(
    status
    for status in CommitmentStatus
    if status not in {CommitmentStatus.DRAFTED, CommitmentStatus.WITHDRAWN}
)
TONES = {
    CommitmentStatus.KEPT: "green",
    CommitmentStatus.DUE_SOON: "amber",
    CommitmentStatus.LATE: "red",
    CommitmentStatus.NOT_KEPT: "red",
    CommitmentStatus.UNLAWFUL: "violet",
}


@public
async def show_commitments(request: web.Request) -> web.StreamResponse:
    asked = _asked(request)
    promises, cursor = await _found(request, asked)
    context = {
        "promises": promises,
        "asked": asked,
        "domains": DOMAINS,
        "statuses": STATUSES,
        "tones": TONES,
        "next": _address({**asked, "cursor": cursor}) if cursor else "",
    }
    return render_for_reader("citizen/commitments.html", request, context)


@public
async def show_commitment(request: web.Request) -> web.StreamResponse:
    promise = await request.app[SERVICES].integrity.commitments.find(request.match_info["id"])
    return render_for_reader("citizen/commitment.html", request, {"p": promise, "tones": TONES})


@public
async def send_code(request: web.Request) -> web.StreamResponse:
    """The page's address as a QR code, to be printed and put up."""
    promise = await request.app[SERVICES].integrity.commitments.find(request.match_info["id"])
    drawn = io.BytesIO()
    segno.make(f"{printed_address(request)}/commitments/{promise.id}", error="m").save(
        drawn, kind="svg", scale=5
    )
    return web.Response(body=drawn.getvalue(), content_type="image/svg+xml", headers=FRESH)


@machine
async def send_commitments(request: web.Request) -> web.StreamResponse:
    asked = _asked(request)
    promises, cursor = await _found(request, asked)
    more = _address({**asked, "cursor": cursor}, "/commitments.json") if cursor else None
    return web.json_response({"items": [told(one) for one in promises], "next": more}, headers=FRESH)


def told(promise: Promise) -> dict[str, Any]:
    """For programs: days as written, values as stored."""
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in asdict(promise).items()
    }


async def _found(request: web.Request, asked: Mapping[str, str]) -> tuple[tuple[Promise, ...], str | None]:
    """What cannot be meant is left out, so that a mistyped place shows everything instead of nothing."""
    return await request.app[SERVICES].integrity.commitments.list_promises(
        words=asked["words"] or None,
        region=asked["region"] if asked["region"].isdecimal() else None,
        domain=Domain(asked["domain"]) if asked["domain"] in set(Domain) else None,
        status=CommitmentStatus(asked["status"]) if asked["status"] in set(CommitmentStatus) else None,
        cursor=request.query.get("cursor"),
    )


def _asked(request: web.Request) -> dict[str, str]:
    names = ("words", "region", "domain", "status")
    return {name: request.query.get(name, "").strip()[:100] for name in names}


def _address(asked: Mapping[str, str | None], path: str = "/commitments") -> str:
    given = {name: value for name, value in asked.items() if value}
    return f"{path}?{urlencode(given)}" if given else path
