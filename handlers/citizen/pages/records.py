"""失信记录公示: what is public of confirmed broken faith, as page, JSON and Atom, in the reader's language.

What ended leaves a tombstone without facts, which search engines are asked to forget.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from aiohttp import web

from cases.integrity.publications import Publication
from cases.integrity.record_model import BASIS_NAMES, SEVERITY_NAMES
from cases.ports.dossiers import DossierFilter
from cases.service.published import PublishedPage
from classify.types import Domain
from handlers.citizen.pages.reader import render_for_reader
from handlers.citizen.pages.records_feed import atom_of
from handlers.web.access.callers import own_address
from handlers.web.access.policy import machine, public
from handlers.web.keys import SERVICES

FRESH = {"Cache-Control": "public, max-age=60"}
FORGET = {"X-Robots-Tag": "noindex"}
DOMAINS = tuple(domain for domain in Domain if domain.in_scope)


@public
async def show_records(request: web.Request) -> web.StreamResponse:
    asked = _asked(request)
    page = await _found(request, asked)
    context = {
        "publications": page.publications,
        "asked": asked,
        "domains": DOMAINS,
        "severities": SEVERITY_NAMES,
        "next": _address("/records", {**asked, "cursor": page.next_cursor}) if page.next_cursor else "",
        "feed": _address("/records.atom", asked),
        "data": _address("/records.json", asked),
    }
    return render_for_reader("citizen/records.html", request, context)


@public
async def show_record(request: web.Request) -> web.StreamResponse:
    found = await request.app[SERVICES].published.of_record(request.match_info["id"])
    newest = found[0]
    context = {
        "publication": newest,
        "severities": SEVERITY_NAMES,
        "bases": BASIS_NAMES,
        "others": _address("/records", {"body": _body_of(newest)}),
    }
    page = render_for_reader("citizen/record.html", request, context)
    if newest.shown is None:
        page.headers.update(FORGET)
    return page


@machine
async def send_records(request: web.Request) -> web.StreamResponse:
    asked = _asked(request)
    page = await _found(request, asked)
    more = _address("/records.json", {**asked, "cursor": page.next_cursor}) if page.next_cursor else None
    return web.json_response({"items": [told(one) for one in page.publications], "next": more}, headers=FRESH)


@machine
async def send_record(request: web.Request) -> web.StreamResponse:
    found = await request.app[SERVICES].published.of_record(request.match_info["id"])
    headers = FRESH if found[0].shown else {**FRESH, **FORGET}
    return web.json_response(told(found[0]), headers=headers)


@machine
async def send_feed(request: web.Request) -> web.StreamResponse:
    """Atom, with ids that stay the same."""
    asked = _asked(request)
    page = await _found(request, asked)
    home = own_address(request)
    feed = atom_of(page.publications, home, _address("/records.atom", asked))
    return web.Response(body=feed, content_type="application/atom+xml", charset="utf-8", headers=FRESH)


def told(publication: Publication) -> dict[str, Any]:
    """A publication for programs: days, no times; codes as stored, with their Chinese names."""
    subject, shown = publication.subject, publication.shown
    said: dict[str, Any] = {
        "id": publication.about,
        "status": publication.status.value,
        "body": {
            "name": subject.name,
            "code": subject.code,
            "kind": subject.kind.value,
            "region_code": subject.region_code,
        },
        "domain": publication.domain.value if publication.domain else None,
        "released_on": _day(publication.released_on),
    }
    if shown is None:
        return {
            **said,
            "ended": {"on": _day(publication.gone_on), "reason": str(publication.tombstone or "")},
        }
    return {
        **said,
        "ends_on": _day(publication.ends_on),
        "disputed": publication.disputed,
        "facts": str(shown.facts),
        "severity": shown.severity.value,
        "severity_name": SEVERITY_NAMES[shown.severity],
        "amount_yuan": shown.amount_yuan,
        "breach_on": _day(shown.breach_on),
        "found_on": _day(shown.found_on),
        "found_by": shown.confirmed_by,
        "catalogue": shown.catalogue,
        "documents": [
            {
                "kind": BASIS_NAMES[one.kind],
                "issuer": one.issuer,
                "number": one.number,
                "dated": _day(one.dated),
            }
            for one in shown.bases
        ],
    }


async def _found(request: web.Request, asked: Mapping[str, str]) -> PublishedPage:
    cursor = request.query.get("cursor")
    return await request.app[SERVICES].published.list_published(_filter(asked), cursor=cursor)


def _asked(request: web.Request) -> dict[str, str]:
    return {
        name: request.query.get(name, "").strip()[:100]
        for name in ("words", "body", "region", "domain", "year")
    }


def _filter(asked: Mapping[str, str]) -> DossierFilter:
    """What cannot be meant is left out, so that a mistyped year shows everything instead of nothing."""
    body, year = asked["body"], asked["year"]
    return DossierFilter(
        words=asked["words"] or None,
        subject=body if ":" in body else None,
        code=body if body and ":" not in body else None,
        region_prefix=asked["region"] if asked["region"].isdecimal() else None,
        domain=Domain(asked["domain"]) if asked["domain"] in set(Domain) else None,
        year=int(year) if year.isdecimal() and len(year) == 4 else None,
    )


def _body_of(publication: Publication) -> str:
    return publication.subject.department or publication.subject.code or ""


def _address(path: str, asked: Mapping[str, str | None]) -> str:
    given = {name: value for name, value in asked.items() if value}
    return f"{path}?{urlencode(given)}" if given else path


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None
