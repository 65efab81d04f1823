"""Pages anyone may read: the promised times (服务承诺制) and the check of opinion letters.

Nothing here tells anything about a citizen or about what a case says.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from aiohttp import web

from cases.departments import PREFECTURE, Jurisdiction
from cases.jurisdictions import Jurisdictions
from cases.time_limits import TimeLimit
from classify.types import Domain
from handlers.department import systems
from handlers.web.keys import SERVICE
from handlers.web.policy import public
from handlers.web.templates import render

_CODE = re.compile(r"[0-9A-F]{12}")
ABOUT_RECORDS = frozenset({"objection", "objection_mark", "repair_accept", "repair"})
"""Times about integrity records; the same for every domain, so they stand once at the end."""


@dataclass(frozen=True, slots=True)
class DomainPromises:
    domain: Domain
    label: str
    department: str
    section: str
    limits: tuple[TimeLimit, ...]


@public
async def show_promises(request: web.Request) -> web.StreamResponse:
    """Every promised time of every domain, with who is responsible and the law behind it."""
    service = request.app[SERVICE]
    books = service.jurisdictions
    chosen = next((j for j in books.all() if j.id == request.query.get("jurisdiction")), books.default)
    limits = service.rules.limits
    of_case = {
        domain: tuple(one for one in limits.promised(domain) if one.kind not in ABOUT_RECORDS)
        for domain in chosen.domains
    }
    shared = _shared(list(of_case.values()))
    context = {
        "tabs": [(j.name, f"/promises?jurisdiction={j.id}", None, j.id == chosen.id) for j in books.all()],
        "jurisdiction": chosen,
        "coordinator": books.department(chosen.coordinator).title,
        "promises": [
            _promises(chosen, domain, tuple(one for one in limits if one not in shared), books)
            for domain, limits in of_case.items()
        ],
        "shared": shared,
        "records": [one for one in limits.all() if one.kind in ABOUT_RECORDS],
        "systems": systems,
    }
    return render("department/promises.html", request, context)


def _shared(lists: Sequence[tuple[TimeLimit, ...]]) -> tuple[TimeLimit, ...]:
    """Steps that every domain has alike: told once, after the domains."""
    if len(lists) < 2:
        return ()
    return tuple(one for one in lists[0] if all(one in other for other in lists[1:]))


def _promises(
    jurisdiction: Jurisdiction, domain: Domain, limits: tuple[TimeLimit, ...], books: Jurisdictions
) -> DomainPromises:
    rule = jurisdiction.domains[domain]
    lead = "所在地政府" if rule.lead == PREFECTURE else books.department(rule.lead).title
    return DomainPromises(domain, rule.label, lead, rule.section or "", limits)


@public
async def verify_letter(request: web.Request) -> web.StreamResponse:
    """Whether a letter with this code was issued here, by whom and when: nothing about the case."""
    given = request.query.get("code", "")[:60]
    code = read_code(given)
    letter = await request.app[SERVICE].public.find_letter(code) if code else None
    context = {"given": given, "asked": bool(given.strip()), "letter": letter}
    return render("department/verify.html", request, context)


def read_code(text: str) -> str | None:
    """The code as printed; spaces, dashes, width and case do not matter."""
    plain = re.sub(r"[\s\-]", "", unicodedata.normalize("NFKC", text)).upper()
    return plain if _CODE.fullmatch(plain) else None
