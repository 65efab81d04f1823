"""The list behind every mark: rows of cases without a word of what they say."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from cases.figures.measures import CONDITION_NAMES, ENDING_NAMES, HAPPENING_NAMES
from cases.figures.statistics import AGE_LIMITS, LEFT_LIMITS, FactFilter
from cases.people import Role
from cases.rules.jurisdictions import Jurisdictions
from cases.words import OUTCOME_NAMES
from handlers.supervisor.charts.distribution import share_words
from handlers.supervisor.choices import BOARD_ROLES, Choice, choice_of, filter_of
from handlers.supervisor.keys import STATISTICS
from handlers.supervisor.overview.tables import names_for
from handlers.supervisor.periods import span_words
from handlers.supervisor.places import department_name, place_name
from handlers.web.access.policy import actor_of, allow
from handlers.web.keys import NOW, SERVICES
from handlers.web.pages.templates import render

_ASKED = (
    "state",
    "left",
    "age",
    "event",
    "outcome",
    "share",
    "body",
    "person",
    "band",
    "since",
    "until",
)


@allow(*BOARD_ROLES)
async def show_list(request: web.Request) -> web.StreamResponse:
    choice = choice_of(request)
    where, now = filter_of(request, choice), request.app[NOW]()
    page = await request.app[STATISTICS].list_facts(
        choice.selection, where, now, limit=50, cursor=request.query.get("after")
    )
    jurisdictions = request.app[SERVICES].rules.jurisdictions
    kept = {name: request.query[name] for name in _ASKED if request.query.get(name)}
    context: dict[str, Any] = {
        "choice": choice,
        "title": title_of(where, choice),
        "chosen": chosen_words(choice, jurisdictions),
        "rows": page.facts,
        "next": choice.link("/board/cases", **kept, after=page.next_cursor) if page.next_cursor else "",
        "csv": choice.link("/board/export.csv", **kept),
        "xlsx": choice.link("/board/export.xlsx", **kept),
        "place_name": lambda code: place_name(code or "", jurisdictions),
        "department_name": lambda id: department_name(id, jurisdictions),
        "outcomes": OUTCOME_NAMES,
        "may_order": actor_of(request).has(Role.SUPERVISOR),
    }
    return render("supervisor/list.html", request, context)


def title_of(where: FactFilter, choice: Choice) -> str:
    """What the list holds, in words."""
    parts = []
    if where.event:
        parts.append(f"{span_words(choice.period)}{HAPPENING_NAMES[where.event]}")
    if where.state:
        parts.append(CONDITION_NAMES[where.state])
    parts += [label for key, label, _ in LEFT_LIMITS if key == where.left]
    if where.age is not None:
        parts.append(f"已有{AGE_LIMITS[where.age][0]}")
    if where.outcome:
        parts.append(f"结果为{ENDING_NAMES[where.outcome]}")
    if where.share is not None:
        parts.append(share_words(where.share))
    if where.body:
        parts.append(f"反映{where.body}")
    if where.band:
        parts.append("内容相近")
    told = "、".join(parts)
    return f"{told}的件" if told else "全部件"


def chosen_words(choice: Choice, jurisdictions: Jurisdictions) -> list[str]:
    fields = ("jurisdiction", "department", "domain", "place")
    return [
        names_for(field, jurisdictions)(value)
        for field in fields
        if (value := getattr(choice.selection, field)) is not None
    ]
