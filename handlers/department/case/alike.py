"""Cases like this one: side by side with what differs marked, merged into it together; and how others ended.

Only what the viewer may see. Precedents are shown without what could give their writers away.
"""

from __future__ import annotations

import asyncio

from aiohttp import web

from cases.errors import DomainError
from cases.lifecycle.forms import Merge
from cases.model import Case
from cases.people import Actor
from cases.ports.cases import CaseFilter, CaseOrder
from cases.service.services import Services
from cases.vocabulary import Move, Status
from handlers.department.addresses import number_of
from handlers.department.case.differences import differing
from handlers.department.roles import CASE_ROLES, DESK_ROLES
from handlers.web.access.policy import actor_of, allow
from handlers.web.keys import SERVICES
from handlers.web.pages.flash import flash
from handlers.web.pages.templates import render

MOST_BESIDE = 10
PRECEDENTS = 5
LOOKED_THROUGH = 200
"""Newest answered cases of the domain among which precedents are looked for."""
ENDED_WELL = frozenset({Status.ANSWERED, Status.CLOSED})


@allow(*CASE_ROLES)
async def show_alike(request: web.Request) -> web.StreamResponse:
    """Each case shown with its words is a look at it, on record."""
    services, actor = request.app[SERVICES], actor_of(request)
    case = await services.desk.look(number_of(request), actor)
    similar = services.similar_cases
    cluster = await similar.cluster_of(case, actor) if similar else None
    beside = cluster.cases[:MOST_BESIDE] if cluster else ()
    for other in beside:
        await services.desk.record_look(other, actor)
    text = case.complaint.text
    pairs = await asyncio.to_thread(lambda: [differing(text, other.complaint.text) for other in beside])
    found = await _precedents(services, case, actor)
    mergeable = {other.number for other in beside if await _may_make(services, other, actor, Move.MERGE)}
    context = {
        "case": case,
        "cluster": cluster,
        "beside": list(zip(beside, pairs, strict=True)),
        "mergeable": mergeable,
        "followed": await services.integrity.states_of(case),
        "linked": {one.id for one in case.commitments},
        "linkable": await _may_make(services, case, actor, Move.LINK_COMMITMENT),
        "meant": await services.integrity.commitments.meant_by(case.complaint),
        "precedents": [
            (other, services.filing.mask_words(other.complaint.text), other.letters[-1]) for other in found
        ],
    }
    return render("department/alike.html", request, context)


@allow(*DESK_ROLES)
async def merge_into(request: web.Request) -> web.StreamResponse:
    """Each ticked case becomes part of this one; says how many went and what stopped the first other."""
    services, actor = request.app[SERVICES], actor_of(request)
    main = await services.desk.get(number_of(request), actor)
    done, refused = 0, ""
    for mark in (await request.post()).getall("number", [])[:MOST_BESIDE]:
        number, _, version = str(mark).partition(":")
        try:
            await services.acting.act(
                number,
                Move.MERGE,
                Merge(into=main.number),
                actor,
                expected_version=int(version) if version.isdecimal() and len(version) < 10 else 0,
            )
            done += 1
        except DomainError as broken:
            refused = refused or f"{number[:24]}：{broken}"
    flash(request, f"已把{done}件并入本件。{refused}", "warning" if refused or not done else "success")
    raise web.HTTPSeeOther(f"/desk/cases/{main.number}/alike")


async def _may_make(services: Services, case: Case, actor: Actor, move: Move) -> bool:
    return any(spec.move is move for spec in await services.acting.offers(case, actor))


async def _precedents(services: Services, case: Case, actor: Actor) -> tuple[Case, ...]:
    """Answered cases of the same domain, the most alike first."""
    if services.similar_cases is None:
        return ()
    where = CaseFilter(statuses=ENDED_WELL, domain=case.complaint.domain)
    page = await services.desk.list_cases(actor, where, order=CaseOrder.UPDATED, limit=LOOKED_THROUGH)
    others = [one for one in page.cases if one.letters and one.number != case.number]
    return services.similar_cases.most_alike(case, others)[:PRECEDENTS]
