"""Pages of cases as staff read them: overdue first, then by severity and due date, with a cursor.

Asks `Services` only, so that what may be seen is decided there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

from cases.errors import InvalidInput
from cases.model import Case
from cases.people import Actor
from cases.ports.cases import CaseFilter, CaseOrder
from cases.reasons import PAGE_MARK_INVALID
from cases.search_words import is_searchable
from cases.service.services import Services
from cases.vocabulary import Colour, Status
from classify.types import Domain
from handlers.department.lists.views import SOON, WORST_FIRST, ListView, colour_of, find_view

PAGE_SIZE = 50
MOST_COUNTED = 1000
"""On a tab; more is shown as 1000+."""
_MOST_READS = 8
"""How many pages one request reads at most while it looks for cases that only code can tell apart."""

OVERDUE, REST = "o", "r"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A view and what the person narrowed it by, as read from the address."""

    view: ListView
    words: str = ""
    status: str = ""
    domain: str = ""
    colour: str = ""
    holder: str = ""
    """mine, unheld, a staff id, or empty for all."""

    def query(self) -> dict[str, str]:
        """The address parameters that lead back here, without the cursor."""
        named = {
            "view": self.view.key,
            "q": self.words,
            "status": self.status,
            "domain": self.domain,
            "colour": self.colour,
            "holder": self.holder,
        }
        return {key: value for key, value in named.items() if value}

    @property
    def too_short(self) -> bool:
        """Whether words are asked for that no search can find."""
        return bool(self.words) and not is_searchable(self.words)

    @property
    def narrowed(self) -> bool:
        return len(self.query()) > 1

    def where(self, actor: Actor, now: datetime) -> CaseFilter:
        where = self.view.narrow(actor, now)
        if self.words:
            where = replace(where, words=self.words)
        if self.status:
            chosen = frozenset({Status(self.status)})
            both = chosen if where.statuses is None else where.statuses & chosen
            where = replace(where, statuses=both)
        if self.domain:
            where = replace(where, domain=Domain(self.domain))
        if self.holder == "unheld":
            where = replace(where, unheld=True)
        elif self.holder:
            where = replace(where, holder=actor.id if self.holder == "mine" else self.holder)
        return self._by_colour(where, now)

    def _by_colour(self, where: CaseFilter, now: datetime) -> CaseFilter:
        if self.colour == Colour.RED:
            return replace(where, due_before=now)
        if self.colour == Colour.AMBER:
            return replace(where, due_after=now, due_before=now + SOON)
        return replace(where, due_after=now) if self.colour == Colour.GREEN else where

    def keeps(self, case: Case, actor: Actor, now: datetime) -> bool:
        if self.colour and colour_of(case, now) != self.colour:
            return False
        return self.view.keep is None or self.view.keep(case, actor, now)


def read_wanted(query: Mapping[str, str], actor: Actor) -> Wanted:
    """What the address asks for; values that mean nothing are left out."""
    return Wanted(
        view=find_view(query.get("view", "open"), actor),
        words=query.get("q", "").strip()[:100],
        status=_known(query.get("status", ""), Status),
        domain=_known(query.get("domain", ""), Domain),
        colour=query.get("colour", "") if query.get("colour") in WORST_FIRST else "",
        holder=query.get("holder", "")[:80],
    )


def _known(value: str, kind: type[Status] | type[Domain]) -> str:
    return value if value in {member.value for member in kind} else ""


class Listed(NamedTuple):
    cases: tuple[Case, ...]
    next_cursor: str | None


async def list_wanted(
    services: Services,
    actor: Actor,
    wanted: Wanted,
    cursor: str | None = None,
    limit: int = PAGE_SIZE,
) -> Listed:
    """One page. In queue order what is overdue comes first, whatever its severity."""
    now = services.now()
    where = wanted.where(actor, now)
    split = wanted.view.order is CaseOrder.QUEUE and where.due_before is None and where.due_after is None
    if not split:
        return await _read(services, actor, wanted, where, cursor, limit)
    phase, inner = _unmark(cursor)
    found: tuple[Case, ...] = ()
    if phase == OVERDUE:
        late = await _read(services, actor, wanted, replace(where, due_before=now), inner, limit)
        if late.next_cursor:
            return Listed(late.cases, OVERDUE + late.next_cursor)
        if len(late.cases) >= limit:
            return Listed(late.cases, REST)
        found, inner = late.cases, None
    rest = await _read(services, actor, wanted, replace(where, due_after=now), inner, limit - len(found))
    return Listed(found + rest.cases, REST + rest.next_cursor if rest.next_cursor else None)


def _unmark(cursor: str | None) -> tuple[str, str | None]:
    if not cursor:
        return OVERDUE, None
    if cursor[0] not in {OVERDUE, REST}:
        raise InvalidInput(PAGE_MARK_INVALID)
    return cursor[0], cursor[1:] or None


async def _read(
    services: Services, actor: Actor, wanted: Wanted, where: CaseFilter, cursor: str | None, limit: int
) -> Listed:
    """Reads on while a page keeps too few, but not for ever."""
    kept: list[Case] = []
    for _ in range(_MOST_READS):
        page = await services.desk.list_cases(
            actor, where, order=wanted.view.order, limit=max(limit - len(kept), 1), cursor=cursor
        )
        now = services.now()
        kept.extend(case for case in page.cases if wanted.keeps(case, actor, now))
        cursor = page.next_cursor
        if cursor is None or len(kept) >= limit:
            break
    return Listed(tuple(kept), cursor)


async def count_views(services: Services, actor: Actor, views: Sequence[ListView]) -> list[int]:
    """How many cases each view holds, to `MOST_COUNTED`; where no index can tell, how many of a page."""
    now = services.now()
    counts = await services.desk.count_each(actor, [view.narrow(actor, now) for view in views], MOST_COUNTED)
    return [
        await _count_kept(services, actor, view) if count and view.keep else count
        for view, count in zip(views, counts, strict=True)
    ]


async def _count_kept(services: Services, actor: Actor, view: ListView) -> int:
    return len((await list_wanted(services, actor, Wanted(view=view), limit=PAGE_SIZE)).cases)
