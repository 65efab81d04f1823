"""督办单 and 会签单 as people print them. Either is a look at the case."""

from __future__ import annotations

from aiohttp import web

from cases.errors import NotFound
from cases.reasons import NO_SUCH_LETTER
from cases.vocabulary import ErrandKind, Move
from handlers.department.addresses import number_of
from handlers.department.roles import CASE_ROLES
from handlers.web.access.policy import actor_of, allow
from handlers.web.keys import SERVICES
from handlers.web.pages.templates import render


@allow(*CASE_ROLES)
async def print_order(request: web.Request) -> web.StreamResponse:
    """What was demanded, by when, and what was answered; with room to sign."""
    case = await request.app[SERVICES].desk.look(number_of(request), actor_of(request))
    place = int(request.match_info["order"]) - 1
    if not 0 <= place < len(case.orders):
        raise NotFound(NO_SUCH_LETTER)
    order = case.orders[place]
    answers = (e for e in case.history if e.move is Move.ANSWER_ORDER and e.data.get("order") == order.id)
    context = {"case": case, "order": order, "answer": next(answers, None)}
    return render("department/order.html", request, context)


@allow(*CASE_ROLES)
async def print_consultation(request: web.Request) -> web.StreamResponse:
    """Every opinion of the departments that were asked, with its date."""
    case = await request.app[SERVICES].desk.look(number_of(request), actor_of(request))
    asked = [errand for errand in case.errands if errand.kind is ErrandKind.CONSULTATION]
    if not asked:
        raise NotFound(NO_SUCH_LETTER)
    return render("department/consultation.html", request, {"case": case, "asked": asked})
