"""What the public lists (records, promises) share: what was asked for, and addresses that carry it on.

What cannot be meant is left out, so that a mistyped year or place shows everything instead of nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from urllib.parse import urlencode

from aiohttp import web

from cases.rules.departments import trim
from classify.types import Domain
from handlers.web.keys import SERVICES

DOMAINS = tuple(domain for domain in Domain if domain.in_scope)
AREAS = (2, 4, 6, 9, 12)
"""How long codes of areas are, without the zeros that fill them up."""
ON_A_PAGE = 30
_LONGEST = 100


def asked_for(request: web.Request, *names: str) -> dict[str, str]:
    return {name: request.query.get(name, "").strip()[:_LONGEST] for name in names}


def domain_of(asked: Mapping[str, str]) -> Domain | None:
    return Domain(asked["domain"]) if asked["domain"] in set(Domain) else None


def region_of(request: web.Request, asked: Mapping[str, str]) -> str | None:
    """The code of the area that is meant by its code or its name."""
    words = asked["region"]
    if words.isdecimal() and words.isascii():
        return words if len(trim(words)) in AREAS else None
    found = request.app[SERVICES].filing.read_place(words) if words else ()
    return found[0].code if len(found) == 1 else None


def year_of(asked: Mapping[str, str]) -> int | None:
    year = asked["year"]
    return int(year) if len(year) == 4 and year.isdecimal() else None


def address_of(path: str, asked: Mapping[str, str | None]) -> str:
    given = {name: value for name, value in asked.items() if value}
    return f"{path}?{urlencode(given)}" if given else path


def day_of(day: date | None) -> str | None:
    """As programs are told it."""
    return day.isoformat() if day else None
