"""The queue: what lies in the department's hands, and the button that hands over the next case."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from aiohttp import web

from cases.errors import NotAllowed
from cases.numbers import parse_number
from cases.people import Actor, Role
from cases.ports.accounts import Staff
from cases.service.services import Services
from cases.words import COLOUR_NAMES, DOMAIN_NAMES, STATUS_NAMES
from classify.details.private import mask_numbers
from handlers.department.addresses import address_of
from handlers.department.colleagues import colleagues, own_department_name
from handlers.department.lists.views import (
    TO_CHECK,
    WORST_FIRST,
    colour_of,
    find_view,
    letters_to_check,
    views_for,
)
from handlers.department.lists.wanted import (
    MOST_COUNTED,
    Wanted,
    count_views,
    list_wanted,
    read_wanted,
)
from handlers.department.queue.saved_filters import filters_of, shared_filters
from handlers.department.roles import CASE_ROLES, DESK_ROLES
from handlers.web.access.policy import actor_of, allow, staff_of
from handlers.web.forms.fields import FormField
from handlers.web.keys import SERVICES
from handlers.web.pages.flash import flash
from handlers.web.pages.templates import render

SHOWN = 200
"""Signs of a complaint that its row is made from: enough that no number is cut before it is masked."""
ALWAYS = frozenset({"open", "mine", "unheld", "overdue"})
COLOURS = {colour: COLOUR_NAMES[colour] for colour in WORST_FIRST}


@allow(*CASE_ROLES)
async def show_queue(request: web.Request) -> web.StreamResponse:
    services, actor = request.app[SERVICES], actor_of(request)
    wanted = read_wanted(request.query, actor)
    page = await list_wanted(services, actor, wanted, request.query.get("cursor"))
    now, people = services.now(), await colleagues(request, actor)
    context = {
        "wanted": wanted,
        "tabs": await _tabs(services, actor, wanted),
        "cases": [(case, colour_of(case, now)) for case in page.cases],
        "next": address(wanted, page.next_cursor) if page.next_cursor else "",
        "first": address(wanted) if request.query.get("cursor") else "",
        "here": address(wanted, request.query.get("cursor")),
        "department": own_department_name(request, actor),
        "brief": lambda case: mask_numbers(case.complaint.text[:SHOWN]),
        "letters_of": lambda case: [(one, address_of(one)) for one in letters_to_check(case, actor)],
        "statuses": STATUS_NAMES,
        "domains": DOMAIN_NAMES,
        "colours": COLOURS,
        "colleagues": people,
        "departments": _transfer_targets(services, actor),
        "saved": filters_of(staff_of(request)),
        "shared": shared_filters(people, staff_of(request)),
        "may_pull": actor.has(*DESK_ROLES) and actor.department is not None,
        "is_head": actor.has(Role.HEAD),
        "emergencies": await services.emergencies.count_open(actor),
        "away": bool(staff_of(request).preferences.get("away")),
    }
    return render("department/queue.html", request, context)


async def _tabs(services: Services, actor: Actor, wanted: Wanted) -> list[tuple[str, str, str | None, bool]]:
    """Label, address, count and whether it is the present one; rare views only show when they hold a case."""
    views = views_for(actor)
    counted = [view for view in views if view.counted]
    counts = dict(zip(counted, await count_views(services, actor, counted), strict=True))
    return [
        (view.label, address(Wanted(view)), _shown(counts.get(view)), view == wanted.view)
        for view in views
        if counts.get(view) != 0 or view == wanted.view or view.key in ALWAYS
    ]


def _shown(count: int | None) -> str | None:
    if count is None:
        return None
    return f"{count}+" if count >= MOST_COUNTED else str(count)


def _transfer_targets(services: Services, actor: Actor) -> FormField:
    """Where a bulk transfer may go; whether each case may is decided case by case."""
    books = services.rules.jurisdictions
    others = [d for d in books.departments() if d.id != actor.department]
    return FormField(
        name="department",
        label="转给哪个单位",
        widget="choice",
        required=False,
        choices=tuple(books.labels(others).items()),
        elsewhere=books.elsewhere(others, actor.department),
    )


def address(wanted: Wanted, cursor: str | None = None, extra: Mapping[str, Any] | None = None) -> str:
    """The page's own address with its filters."""
    query = {**wanted.query(), **({"cursor": cursor} if cursor else {}), **(extra or {})}
    return "/desk?" + urlencode(query)


async def count_letters(app: web.Application, person: Staff) -> int:
    """Letters of the own department that wait for this head's check."""
    (count,) = await count_views(app[SERVICES], person.actor, [find_view(TO_CHECK, person.actor)])
    return count


@allow(*DESK_ROLES)
async def pull_next(request: web.Request) -> web.StreamResponse:
    """领取下一件: the best case that may be pulled, straight to its page."""
    try:
        case = await request.app[SERVICES].desk.claim_next(actor_of(request))
    except NotAllowed as refused:
        flash(request, str(refused), "warning")
        raise web.HTTPSeeOther("/desk?view=mine") from None
    if case is None:
        flash(request, "现在没有可以领取的件。", "info")
        raise web.HTTPSeeOther("/desk?view=mine")
    flash(request, f"已领取 {case.number}。", "success")
    raise web.HTTPSeeOther(f"/desk/cases/{case.number}")


@allow(*CASE_ROLES)
async def go_to_number(request: web.Request) -> web.StreamResponse:
    """Jump to a case by its number, as read from a letter or heard on the phone."""
    text = request.query.get("q", "")
    number = parse_number(text)
    if number is None:
        raise web.HTTPSeeOther("/desk?" + urlencode({"view": "all", "q": text[:100]}))
    raise web.HTTPSeeOther(f"/desk/cases/{number}")
