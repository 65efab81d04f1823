"""Posting a move: form to arguments, the service decides, and its sentence comes back to the form."""

from __future__ import annotations

from dataclasses import replace

from aiohttp import web

from cases.errors import (
    DomainError,
    InvalidInput,
    StaleCase,
)
from cases.lifecycle.table import MOVES
from cases.model import Case
from cases.vocabulary import Move
from handlers.department.addresses import move_of, number_of
from handlers.department.case.move_forms import MoveForm, form_of
from handlers.department.case.page import options_of, render_case
from handlers.department.roles import CASE_ROLES
from handlers.department.unsent_words import forget_words
from handlers.web.access.asking import form_key
from handlers.web.access.policy import actor_of, allow, takes_files
from handlers.web.evidence.uploads import store_files
from handlers.web.forms.fields import read_form
from handlers.web.forms.posted import CHANGED_BELOW, MARKED, NOT_FOR_THE_FORM, status_of, texts_of, version_of
from handlers.web.keys import SERVICES
from handlers.web.pages.flash import flash

DONE = {Move.WRITE: "已发送留言", Move.NOTE: "已加内部备注", Move.COUNTERSIGN_DECLINE: "已同意不予受理"}
"""What was done just now, where the history tells it in other words."""


@takes_files
@allow(*CASE_ROLES)
async def make_move(request: web.Request) -> web.StreamResponse:
    services, actor, move = request.app[SERVICES], actor_of(request), move_of(request)
    case = await services.desk.get(number_of(request), actor)
    posted = await request.post()
    options = await options_of(request, case, [MOVES[move]])
    try:
        evidence = (
            await store_files(request, case, posted, actor) if await _offers(request, case, move) else ()
        )
    except InvalidInput as refused:
        form = form_of(MOVES[move], options, values=texts_of(posted), error=str(refused))
        return await render_case(request, case, failed=form, status=422)
    hidden = {"evidence": evidence} if evidence else {}
    read = read_form(MOVES[move].args, posted, options=options, hidden=hidden)
    if read.model is None:
        error = "请选择要添加的文件。" if "evidence" in read.errors else MARKED
        form = MoveForm(MOVES[move], read.fields, error)
        return await render_case(request, case, failed=form, status=422)
    try:
        done = await services.acting.act(
            case.number,
            move,
            read.model,
            actor,
            key=form_key(request, f"desk:{actor.id}", posted),
            expected_version=version_of(posted),
            read=case,
        )
    except NOT_FOR_THE_FORM:
        raise
    except DomainError as broken:
        return await _show_again(request, case, MoveForm(MOVES[move], read.fields, str(broken)), broken)
    await forget_words(request, done.number, move)
    flash(request, f"{done.number}：{DONE.get(move, MOVES[move].past)}。", "success")
    still_here = services.desk.may_see(done, actor)
    raise web.HTTPSeeOther(f"/desk/cases/{done.number}" if still_here else "/desk")


async def _show_again(
    request: web.Request, case: Case, form: MoveForm, broken: DomainError
) -> web.StreamResponse:
    """The page as it is now, with the form as it was filled."""
    fresh = await request.app[SERVICES].desk.get(case.number, actor_of(request))
    if isinstance(broken, StaleCase):
        form = replace(form, error=CHANGED_BELOW)
    return await render_case(request, fresh, failed=form, status=status_of(broken))


async def _offers(request: web.Request, case: Case, move: Move) -> bool:
    """Files are only kept for somebody who may make the move with them."""
    if "evidence" not in MOVES[move].args.model_fields:
        return False
    specs = await request.app[SERVICES].acting.offers(case, actor_of(request))
    return any(spec.move is move for spec in specs)
