"""失信记录公示: what is public of confirmed broken faith, as page, JSON and Atom, in the reader's language.

What ended leaves a tombstone without facts, which search engines are asked to forget.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aiohttp import web

from cases.integrity.breaches.record_model import BASIS_NAMES, SEVERITY_NAMES
from cases.service.credit.public_records import PublicEntry, PublicPage
from handlers.citizen.pages.reader import render_for_reader
from handlers.citizen.pages.records_feed import atom_of
from handlers.citizen.pages.searching import (
    DOMAINS,
    ON_A_PAGE,
    address_of,
    asked_for,
    day_of,
    domain_of,
    region_of,
    year_of,
)
from handlers.web.access.onion import own_address
from handlers.web.access.policy import machine, public
from handlers.web.keys import SERVICES
from handlers.web.pages.caching import OWN, kept

NAMES = ("words", "body", "region", "domain", "year")
FORGET = {"X-Robots-Tag": "noindex"}


@public
async def show_records(request: web.Request) -> web.StreamResponse:
    asked = asked_for(request, *NAMES)
    page = await _found(request, asked)
    context = {
        "entries": page.entries,
        "asked": asked,
        "domains": DOMAINS,
        "next": address_of("/records", {**asked, "cursor": page.next_cursor}) if page.next_cursor else "",
        "feed": address_of("/records.atom", asked),
        "data": address_of("/records.json", asked),
    }
    return kept(request, render_for_reader("citizen/records.html", request, context), OWN)


@public
async def show_record(request: web.Request) -> web.StreamResponse:
    entry = await request.app[SERVICES].integrity.public.find(request.match_info["id"])
    page = render_for_reader("citizen/record.html", request, {"entry": entry, "bases": BASIS_NAMES})
    if not entry.stands:
        page.headers.update(FORGET)
    return kept(request, page, OWN)


@machine
async def send_records(request: web.Request) -> web.StreamResponse:
    asked = asked_for(request, *NAMES)
    page = await _found(request, asked)
    more = address_of("/records.json", {**asked, "cursor": page.next_cursor}) if page.next_cursor else None
    return kept(request, web.json_response({"items": [told(one) for one in page.entries], "next": more}))


@machine
async def send_record(request: web.Request) -> web.StreamResponse:
    entry = await request.app[SERVICES].integrity.public.find(request.match_info["id"])
    return kept(request, web.json_response(told(entry), headers=None if entry.stands else FORGET))


@machine
async def send_feed(request: web.Request) -> web.StreamResponse:
    """Atom, with ids that stay the same: what was published, corrected, marked as disputed, or ended."""
    asked = asked_for(request, *NAMES)
    page = await _found(request, asked, changed=True)
    feed = atom_of(page.entries, own_address(request), address_of("/records.atom", asked))
    return kept(request, web.Response(body=feed, content_type="application/atom+xml", charset="utf-8"))


def told(entry: PublicEntry) -> dict[str, Any]:
    """An entry for programs: days, no times; codes as stored, with their Chinese names."""
    subject, shown = entry.subject, entry.shown
    said: dict[str, Any] = {
        "id": entry.id,
        "kind": entry.kind.value,
        "record": entry.record,
        "status": entry.status,
        "body": {
            "key": subject.keys[0],
            "name": subject.name,
            "code": subject.code,
            "kind": subject.kind.value,
            "region_code": subject.region_code,
        },
        "domain": entry.domain.value if entry.domain else None,
        "published_on": day_of(entry.published_on),
    }
    if not entry.stands:
        return {**said, "ended": {"on": day_of(entry.gone_on), "reason": entry.tombstone}}
    if shown is None:
        return {**said, "serial": entry.serial, "facts": entry.facts}
    return {
        **said,
        "ends_on": day_of(entry.ends_on),
        "disputed": entry.disputed,
        "facts": str(shown.facts),
        "severity": shown.severity.value,
        "severity_name": SEVERITY_NAMES[shown.severity],
        "amount_yuan": shown.amount_yuan,
        "breach_on": day_of(shown.breach_on),
        "found_on": day_of(shown.found_on),
        "found_by": shown.confirmed_by,
        "catalogue": shown.catalogue,
        "documents": [
            {
                "kind": BASIS_NAMES[one.kind],
                "issuer": one.issuer,
                "number": one.number,
                "dated": day_of(one.dated),
            }
            for one in shown.bases
        ],
    }


async def _found(request: web.Request, asked: Mapping[str, str], *, changed: bool = False) -> PublicPage:
    return await request.app[SERVICES].integrity.public.list_entries(
        words=asked["words"] or None,
        body=asked["body"] or None,
        region=region_of(request, asked),
        domain=domain_of(asked),
        year=year_of(asked),
        changed=changed,
        limit=ON_A_PAGE,
        cursor=request.query.get("cursor"),
    )
