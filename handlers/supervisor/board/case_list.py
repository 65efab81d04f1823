"""The list behind every mark: rows of cases without a word of what they say."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from cases.figures.measures import ENDING_NAMES, EVENTS
from cases.figures.statistics import AGE_LIMITS, LEFT_LIMITS, FactFilter
from cases.people import Role
from cases.rules.jurisdictions import Jurisdictions
from cases.vocabulary import Colour
from cases.words import COLOUR_NAMES
from handlers.supervisor.choices import BOARD_ROLES, Choice, choice_of, filter_of
from handlers.supervisor.keys import STATISTICS
from handlers.supervisor.overview.tables import names_for
from handlers.supervisor.periods import span_words
from handlers.supervisor.places import department_name, place_name
from handlers.web.access.policy import actor_of, allow
from handlers.web.keys import NOW, SERVICES
from handlers.web.pages.templates import render

STATES = {
    "open": "在办",
    "overdue": COLOUR_NAMES[Colour.RED],
    "amber": COLOUR_NAMES[Colour.AMBER],
    "ordered": "有未回复的督办",
    "accountable": "有未了结的追究事项",
}
WHAT = {
    "filed": "登记",
    "closed": "办结",
    "answered": "答复",
    "accepted": "受理",
    "rated": "评价",
    "accept_kept": "按期受理",
    "accept_broken": "受理超期",
    "handle_kept": "按期答复",
    "handle_broken": "答复超期",
    **EVENTS,
}
_CONDITIONS = (
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
    kept = {name: request.query[name] for name in _CONDITIONS if request.query.get(name)}
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
        "outcomes": ENDING_NAMES,
        "may_order": actor_of(request).has(Role.SUPERVISOR),
    }
    return render("supervisor/list.html", request, context)


def title_of(where: FactFilter, choice: Choice) -> str:
    """What the list holds, in words."""
    parts = []
    if where.event:
        parts.append(f"{span_words(choice.period)}{WHAT.get(where.event, '')}")
    if where.state:
        parts.append(STATES.get(where.state, ""))
    parts += [label for key, label, _ in LEFT_LIMITS if key == where.left]
    if where.age is not None and where.age < len(AGE_LIMITS):
        parts.append(f"已有{AGE_LIMITS[where.age][0]}")
    if where.outcome:
        parts.append(f"结果为{ENDING_NAMES.get(where.outcome, where.outcome)}")
    if where.share is not None:
        parts.append(f"用去承诺时间的{where.share * 10}%至{where.share * 10 + 20}%")
    if where.body:
        parts.append(f"反映{where.body}")
    if where.band:
        parts.append("内容相近")
    told = "、".join(part for part in parts if part)
    return f"{told}的件" if told else "全部件"


def chosen_words(choice: Choice, jurisdictions: Jurisdictions) -> list[str]:
    fields = ("jurisdiction", "department", "domain", "place")
    return [
        names_for(field, jurisdictions)(value)
        for field in fields
        if (value := getattr(choice.selection, field)) is not None
    ]
