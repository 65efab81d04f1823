"""What the public lists (records, promises) share: what was asked for, and addresses that carry it on.

What cannot be meant is left out, so that a mistyped year or place shows everything instead of nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from urllib.parse import urlencode

from aiohttp import web

from classify.types import Domain

FRESH = {"Cache-Control": "public, max-age=60"}
"""For what is the same for every reader: data, feeds, pictures."""
DOMAINS = tuple(domain for domain in Domain if domain.in_scope)
ON_A_PAGE = 30
_LONGEST = 100


def asked_for(request: web.Request, *names: str) -> dict[str, str]:
    return {name: request.query.get(name, "").strip()[:_LONGEST] for name in names}


def domain_of(asked: Mapping[str, str]) -> Domain | None:
    return Domain(asked["domain"]) if asked["domain"] in set(Domain) else None


def region_of(asked: Mapping[str, str]) -> str | None:
    return asked["region"] if asked["region"].isdecimal() else None


def address_of(path: str, asked: Mapping[str, str | None]) -> str:
    given = {name: value for name, value in asked.items() if value}
    return f"{path}?{urlencode(given)}" if given else path


def day_of(day: date | None) -> str | None:
    """As programs are told it."""
    return day.isoformat() if day else None
