"""What the reader chose on the page: period, jurisdiction, department, domain, place; and links that keep it.

Decides nothing about rights: the scope comes from `Services` and is part of every selection.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache
from typing import TypeVar
from urllib.parse import quote_plus

from aiohttp import web

from cases.errors import InvalidInput
from cases.figures.cells import SHARES_SHOWN
from cases.figures.facts import Condition, Happening
from cases.figures.measures import ENDING_NAMES
from cases.figures.statistics import AGE_LIMITS, LEFT_LIMITS, FactFilter, Period, Selection
from cases.instants import local_date
from cases.people import Role
from classify.types import Domain
from handlers.supervisor import reasons
from handlers.supervisor.periods import Comparison, compared_with, period_of
from handlers.web.access.policy import actor_of
from handlers.web.keys import NOW, SERVICES

V = TypeVar("V")

BOARD_ROLES = (Role.SUPERVISOR, Role.HEAD)
CREDIT_FIGURES_ROLES = (Role.SUPERVISOR, Role.REGISTRAR, Role.CONFIRMER, Role.RELEASER, Role.AUDITOR)
"""The integrity side's figures: heads of departments see nothing of it (INTEGRITY, who sees what)."""
DEFAULT_PERIOD = "30d"
_CHOSEN = ("jurisdiction", "department", "domain", "place")


@dataclass(frozen=True)
class Choice:
    """The page's question."""

    selection: Selection
    period: Period
    period_key: str
    period_name: str

    @cached_property
    def against(self) -> Comparison:
        """What the figures of the period are held against."""
        return compared_with(self.period_key, self.period)

    @cached_property
    def parameters(self) -> dict[str, str]:
        """What a link must repeat."""
        chosen = {name: getattr(self.selection, name) for name in _CHOSEN}
        return {"period": self.period_key} | {name: value for name, value in chosen.items() if value}

    def link(self, path: str = "/board", **changes: str | int | None) -> str:
        """A link that keeps the choice; a change to None drops that part."""
        values = {**self.parameters, **changes}
        query = "&".join(
            [f"{name}={_quoted(value)}" for name, value in values.items() if value not in (None, "")]
        )
        return f"{path}?{query}" if query else path

    def cases(self, **conditions: str | int | None) -> str:
        """The list behind a mark."""
        return self.link("/board/cases", **conditions)


@lru_cache(5000)
def _quoted(value: str | int | None) -> str:
    """A page repeats the same departments, places and days in hundreds of links."""
    return quote_plus(str(value))


def choice_of(request: web.Request) -> Choice:
    """Raises InvalidInput for a domain or period that does not exist."""
    query = request.query
    key = query.get("period", DEFAULT_PERIOD)
    now = request.app[NOW]()
    if "since" in query or "until" in query:
        period, name = _from_dates(query), "所选日期"
    else:
        period, name = period_of(key, local_date(now))
    selection = Selection(
        request.app[SERVICES].desk.scope(actor_of(request)),
        jurisdiction=query.get("jurisdiction") or None,
        department=query.get("department") or None,
        domain=_domain(query.get("domain")),
        place=query.get("place") or None,
    )
    return Choice(selection, period, key, name)


def _domain(text: str | None) -> str | None:
    if not text:
        return None
    try:
        return Domain(text).value
    except ValueError:
        raise InvalidInput(reasons.NO_SUCH_DOMAIN) from None


def _from_dates(query: Mapping[str, str]) -> Period:
    """`since` and `until` are both included."""
    try:
        since = date.fromisoformat(query["since"])
        until = date.fromisoformat(query.get("until", query["since"])) + timedelta(days=1)
    except (KeyError, ValueError):
        raise InvalidInput(reasons.DATE_FORM) from None
    if not since < until or since.year < 2000 or until.year > 2100:
        raise InvalidInput(reasons.ENDS_BEFORE_IT_BEGINS)
    return Period(since, until)


def filter_of(request: web.Request, choice: Choice) -> FactFilter:
    """What the address asks for. Raises InvalidInput for a list that there is not."""
    query = request.query
    event = _one_of({one.value: one for one in Happening}, query.get("event"))
    return FactFilter(
        state=_one_of({one.value: one for one in Condition}, query.get("state")),
        left=_one_of({key: key for key, _, _ in LEFT_LIMITS}, query.get("left")) or "",
        age=_one_of({str(n): n for n in range(len(AGE_LIMITS))}, query.get("age")),
        event=event,
        period=choice.period if event else None,
        outcome=_one_of({key: key for key in ENDING_NAMES}, query.get("outcome")) or "",
        share=_one_of({str(n): n for n in SHARES_SHOWN}, query.get("share")),
        body=query.get("body") or None,
        person=query.get("person") or None,
        band=query.get("band") or None,
    )


def _one_of(known: Mapping[str, V], text: str | None) -> V | None:
    if text and text not in known:
        raise InvalidInput(reasons.NO_SUCH_LIST)
    return known[text] if text else None
