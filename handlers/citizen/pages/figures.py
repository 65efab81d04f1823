"""失信与修复的数字: records, repairs, objections upheld in a year, and how long; each with its meaning.

No body is named and no place below a jurisdiction asked for: of what is not public nobody can be made out.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from aiohttp import web

from cases.figures.statistics import SMALL_GROUP
from cases.instants import local_date
from cases.service.credit.figures import CreditFigures, Spells
from handlers.citizen.pages.reader import render_for_reader
from handlers.citizen.pages.searching import address_of, asked_for, year_of
from handlers.web.access.policy import machine, public
from handlers.web.keys import NOW, SERVICES
from handlers.web.pages.caching import OWN, kept

NAMES = ("jurisdiction", "year")
YEARS = 4


class Asked(NamedTuple):
    jurisdiction: str
    year: int
    years: tuple[int, ...]


@public
async def show_figures(request: web.Request) -> web.StreamResponse:
    asked = _asked(request)
    found = await _found(request, asked)
    chosen = {"jurisdiction": asked.jurisdiction, "year": str(asked.year)}
    context = {
        "asked": asked,
        "homes": request.app[SERVICES].rules.jurisdictions.all(),
        "found": found,
        "spells": {name: _days(getattr(found, name)) for name in ("to_record", "to_repair")},
        "small": SMALL_GROUP,
        "data": address_of("/records/figures.json", chosen),
    }
    return kept(request, render_for_reader("citizen/figures.html", request, context), OWN)


@machine
async def send_figures(request: web.Request) -> web.StreamResponse:
    asked = _asked(request)
    found = await _found(request, asked)
    told: dict[str, Any] = {
        "jurisdiction": asked.jurisdiction or None,
        "year": asked.year,
        "records": found.records,
        "repaired": found.repaired,
        "objections": {"decided": found.decided, "upheld": found.upheld},
        "evaluations": {"published": found.evaluated, "objections": found.disputed},
        "days": {name: _days(getattr(found, name)) for name in ("to_record", "to_repair")},
        "by_domain": {domain.value if domain else "": n for domain, n in found.by_domain.items()},
        "least_records": SMALL_GROUP,
    }
    return kept(request, web.json_response(told))


def _days(spells: Spells) -> dict[str, int | None]:
    """Of few nothing is said."""
    if spells.number < SMALL_GROUP:
        return {"records": spells.number, "median": None, "p90": None}
    return {"records": spells.number, "median": spells.quantile(0.5), "p90": spells.quantile(0.9)}


def _asked(request: web.Request) -> Asked:
    """A jurisdiction or year that there is not is left out."""
    given = asked_for(request, *NAMES)
    this_year = local_date(request.app[NOW]()).year
    years = tuple(range(this_year, this_year - YEARS, -1))
    year = year_of(given)
    homes = {home.id for home in request.app[SERVICES].rules.jurisdictions.all()}
    home = given["jurisdiction"] if given["jurisdiction"] in homes else ""
    return Asked(home, year if year in years and year else this_year, years)


async def _found(request: web.Request, asked: Asked) -> CreditFigures:
    figures = request.app[SERVICES].integrity.figures
    return await figures.for_everybody(asked.jurisdiction or None, asked.year)
