"""One case on one page: the words, what was understood, clocks, dialogue and every allowed move."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from aiohttp import web

from cases.letters import OPINIONS, Letter
from cases.lifecycle.letters.courses import COURSES
from cases.lifecycle.permissions import HOLDERS, is_involved
from cases.lifecycle.requirements import days_to_extend
from cases.lifecycle.situation import Situation
from cases.lifecycle.table import MOVES, TABLE, Spec
from cases.model import Case
from cases.moves.history import find_break
from cases.people import Actor, Role
from cases.vocabulary import LetterMove, Move
from handlers.department import systems
from handlers.department.addresses import address_of, number_of
from handlers.department.case.move_forms import (
    MoveForm,
    arranged,
    at_most,
    form_of,
    known_values,
    options_for,
)
from handlers.department.case.timeline import dialogue, timeline
from handlers.department.case.unsent import Writing, writing_in
from handlers.department.colleagues import colleagues
from handlers.department.ready_texts import READY_TEXTS, messages_in, offered_in
from handlers.department.roles import CASE_ROLES
from handlers.web.access.policy import actor_of, allow
from handlers.web.evidence.stored import shown_as
from handlers.web.forms.fields import Options
from handlers.web.keys import SERVICES
from handlers.web.pages.templates import render


@allow(*CASE_ROLES)
async def show_case(request: web.Request) -> web.StreamResponse:
    case = await request.app[SERVICES].desk.get(number_of(request), actor_of(request))
    return await render_case(request, case)


async def render_case(
    request: web.Request,
    case: Case,
    *,
    failed: MoveForm | None = None,
    status: int = 200,
) -> web.Response:
    """The page, which is a look; `failed` is a form to show again with what is wrong."""
    services, actor = request.app[SERVICES], actor_of(request)
    await services.desk.record_look(case, actor)
    unsent = await writing_in(request, case, actor)
    at = await services.acting.situation(case, actor)
    forms = await _forms(request, at, unsent)
    if failed is not None:
        forms[failed.spec.move] = failed
    write = forms.pop(Move.WRITE, None)
    kinds, steps = services.lettering.board(at)
    texts = await offered_in(request.app[READY_TEXTS], case) if write else ()
    context = {
        "case": case,
        "unmovable": _why_not(case, actor, services.now()) if set(forms) <= {Move.NOTE} else "",
        "moves": arranged(list(forms.values()), held=bool(case.holder and case.holder.staff == actor.id)),
        "papers": _papers(case, steps),
        "opinion": next((kind for kind in kinds if kind in OPINIONS), None),
        "notices": [kind for kind in kinds if kind not in OPINIONS],
        "write": write,
        "failed": failed,
        "unsent": unsent,
        "asked": request.query.get("move", ""),
        "key": secrets.token_hex(8),
        "timeline": timeline(case),
        "dialogue": dialogue(case),
        "templates": messages_in(case.language, texts),
        "systems": systems,
        "participants": _names(services.rules.jurisdictions, case.routing.participants),
        "promises": services.filing.promises(case.complaint.domain),
        "broken_at": find_break(case.history),
        "shown_as": shown_as,
        "unsealed": services.desk.may_read_reporter(case, actor),
        "cluster": await services.similar_cases.cluster_of(case, actor) if services.similar_cases else None,
        "related": [n for n in (case.parent, case.merged_into, *case.children) if n],
        "is_supervisor": actor.has(Role.SUPERVISOR),
        "move_label": lambda move: MOVES[Move(move)].label,
        "accused_here": _accused_kept_out(case, services.rules.jurisdictions),
    }
    return render("department/case.html", request, context, status=status)


class Paper(NamedTuple):
    """A letter in the list of the page."""

    letter: Letter
    at: str
    to_sign: bool
    to_read: bool
    """The move beside it is its signing."""
    to_write: bool


def _papers(case: Case, steps: Mapping[str, frozenset[LetterMove]]) -> list[Paper]:
    """Newest first, each with what this person may do with it now."""
    by_move = {kind for kind, course in COURSES.items() if course.submit is not None}
    return [
        Paper(
            one,
            address_of(one),
            LetterMove.SIGN in steps[one.id] and one.kind not in by_move,
            LetterMove.SIGN in steps[one.id] and one.kind in by_move,
            LetterMove.WRITE in steps[one.id],
        )
        for one in reversed(case.papers)
    ]


async def _forms(request: web.Request, at: Situation, unsent: Writing) -> dict[Move, MoveForm]:
    services = request.app[SERVICES]
    case, specs = at.case, TABLE.offers(at)
    options = await options_of(request, case, specs)
    forms = {
        spec.move: form_of(
            spec, options, values=unsent.values(spec.move, options) or known_values(case, spec, options)
        )
        for spec in specs
    }
    if Move.REQUEST_EXTENSION in forms:
        days = days_to_extend(case, services.rules, services.now())
        forms[Move.REQUEST_EXTENSION] = at_most(forms[Move.REQUEST_EXTENSION], days)
    return forms


async def options_of(request: web.Request, case: Case, specs: Sequence[Spec]) -> Options:
    """What the forms of these moves offer to this person."""
    books = request.app[SERVICES].rules.jurisdictions
    actor = actor_of(request)
    return await options_for(case, specs, books, lambda: colleagues(request, actor), actor)


def _why_not(case: Case, actor: Actor, now: datetime) -> str:
    """Why somebody who may read the case can do nothing with it."""
    if actor.has(Role.SUPERVISOR) and not actor.has(*HOLDERS):
        return ""
    if not is_involved(case, actor.department):
        return f"此件现在由{case.department_name}负责。您或者您管辖的单位经手过，可以查看，不能办理。"
    if case.department != actor.department:
        return f"此件由{case.department_name}负责，您的单位协助办理：可以查看和加备注。"
    if not case.is_open:
        return "此件已经结束，没有需要办理的事项。"
    if case.holder is not None and case.holder.staff != actor.id and case.lease_until > now:
        return f"此件由{case.holder.name}承办。需要由您办理的，请本单位负责人指派给您。"
    return ""


def _names(jurisdictions: Any, ids: tuple[str, ...]) -> list[str]:
    found = (jurisdictions.find_by_id(id) for id in ids)
    return [department.title for department in found if department is not None]


def _accused_kept_out(case: Case, jurisdictions: Any) -> bool:
    """Whether one of our own departments is kept away from this case."""
    return any(
        body.department and jurisdictions.find_by_id(body.department) for body in case.complaint.accused
    )


@allow(*CASE_ROLES)
async def show_reporter(request: web.Request) -> web.StreamResponse:
    """The named reporter, once a supervisor has approved: one look, spent by this post, and audited."""
    number, actor = number_of(request), actor_of(request)
    reporter = await request.app[SERVICES].desk.reporter_for(number, actor)
    return render("department/reporter.html", request, {"number": number, "reporter": reporter})
