"""Posting: an object opened, a move made on it; the core decides, its sentence comes back to the form."""

from __future__ import annotations

import secrets
from dataclasses import replace
from typing import Any

from aiohttp import web
from aiohttp.web import FileField

from cases.errors import (
    DomainError,
    InvalidInput,
    NotAllowed,
    NotFound,
    StaleCase,
)
from cases.integrity.books import book
from cases.integrity.spine.blueprint import Opening
from cases.integrity.spine.vocabulary import Kind
from cases.model import Evidence
from cases.moves.table import Args
from cases.service.credit.integrity import NOT_YOURS_TO_OPEN, find_move
from handlers.credit.page import Form, form_of, render_dossier
from handlers.credit.reasons import NO_SUCH_KIND
from handlers.credit.roles import ACTING, CONCERNED
from handlers.web.access.asking import form_key
from handlers.web.access.policy import actor_of, allow, takes_files
from handlers.web.evidence.uploads import store_files_at
from handlers.web.forms.fields import FilledForm, fields_of, read_form
from handlers.web.forms.posted import CHANGED_BELOW, MARKED, NOT_FOR_THE_FORM, texts_of, version_of
from handlers.web.keys import SERVICES
from handlers.web.pages.flash import flash
from handlers.web.pages.templates import render


# -- opening --------------------------------------------------------------------------------------
@allow(*ACTING)
async def show_opening(request: web.Request) -> web.StreamResponse:
    """The empty form, or filled from the findings of the answer to a case."""
    integrity, actor, kind = request.app[SERVICES].integrity, actor_of(request), kind_of(request)
    case = request.query.get("case", "")
    suggested = await integrity.suggest_opening(kind, actor, case) if case else {}
    return _opening_page(request, kind, fields_of(args_of(kind), values=suggested), case)


@takes_files
@allow(*ACTING)
async def open_dossier(request: web.Request) -> web.StreamResponse:
    integrity, actor, kind = request.app[SERVICES].integrity, actor_of(request), kind_of(request)
    posted = await request.post()
    case = str(posted.get("case", ""))
    shown = f"{kind}:{posted.get('key', '')}"
    try:
        read = await _read(request, args_of(kind), posted, place=shown)
    except InvalidInput as refused:
        fields = fields_of(args_of(kind), values=texts_of(posted))
        return _opening_page(request, kind, fields, case, str(refused), status=422)
    if read.model is None:
        return _opening_page(request, kind, read.fields, case, MARKED, status=422)
    key = form_key(request, f"credit:{actor.id}", posted)
    try:
        opened = await integrity.open(kind, read.model, actor, case=case or None, key=key)
    except NOT_FOR_THE_FORM:
        raise
    except DomainError as broken:
        return _opening_page(request, kind, read.fields, case, str(broken), status=422)
    flash(request, f"{opened.id}：{book(kind).spec(book(kind).first[0]).past}。", "success")
    raise web.HTTPSeeOther(f"/credit/{opened.id}")


def _opening_page(
    request: web.Request, kind: Kind, fields: Any, case: str, error: str = "", *, status: int = 200
) -> web.Response:
    spec = book(kind).spec(book(kind).first[0])
    context = {
        "kind": kind,
        "from_case": _opening_of(kind).from_case,
        "form": Form(spec.move.value, spec.label, fields, error),
        "case": case,
        "key": secrets.token_hex(8),
    }
    return render("credit/opening.html", request, context, status=status)


def kind_of(request: web.Request) -> Kind:
    """Raises NotFound for what cannot be begun by itself, NotAllowed for who may not begin it."""
    try:
        kind = Kind(request.match_info["kind"])
    except ValueError:
        raise NotFound(NO_SUCH_KIND) from None
    if not actor_of(request).has(*_opening_of(kind).roles):
        raise NotAllowed(NOT_YOURS_TO_OPEN, kind=book(kind).name)
    return kind


def args_of(kind: Kind) -> type[Args]:
    return _opening_of(kind).args


def _opening_of(kind: Kind) -> Opening:
    """Raises NotFound for what cannot be begun by itself."""
    opening = book(kind).opening
    if opening is None:
        raise NotFound(NO_SUCH_KIND)
    return opening


# -- moves ----------------------------------------------------------------------------------------
@takes_files
@allow(*CONCERNED)
async def make_move(request: web.Request) -> web.StreamResponse:
    integrity, actor = request.app[SERVICES].integrity, actor_of(request)
    at = await integrity.get(request.match_info["id"], actor)
    blueprint = book(at.dossier.kind)
    spec = blueprint.spec(find_move(blueprint, request.match_info["move"]))
    posted = await request.post()
    blueprint.table.check(spec.move, at)
    try:
        read = await _read(request, spec.args, posted, place=at.dossier.id)
    except InvalidInput as refused:
        return await render_dossier(
            request, at, failed=form_of(spec, texts_of(posted), str(refused)), status=422
        )
    if read.model is None:
        failed = Form(spec.move.value, spec.label, read.fields, MARKED)
        return await render_dossier(request, at, failed=failed, status=422)
    try:
        done = await integrity.act(
            at.dossier.id,
            spec.move,
            read.model,
            actor,
            key=form_key(request, f"credit:{actor.id}", posted),
            expected_version=version_of(posted),
        )
    except NOT_FOR_THE_FORM:
        raise
    except DomainError as broken:
        failed = Form(spec.move.value, spec.label, read.fields, str(broken))
        return await _show_again(request, failed, broken)
    flash(request, f"{done.id}：{spec.past}。", "success")
    raise web.HTTPSeeOther(f"/credit/{done.id}")


async def _show_again(request: web.Request, form: Form, broken: DomainError) -> web.StreamResponse:
    """The page as it is now, with the form as it was filled."""
    fresh = await request.app[SERVICES].integrity.get(request.match_info["id"], actor_of(request))
    if isinstance(broken, StaleCase):
        changed = replace(form, error=CHANGED_BELOW)
        return await render_dossier(request, fresh, failed=changed, status=409)
    return await render_dossier(request, fresh, failed=form, status=422)


async def _read(request: web.Request, args: type[Args], posted: Any, *, place: str) -> FilledForm[Args]:
    """The form with its files, which are stored first. Raises InvalidInput for a file that is not taken."""
    files: dict[str, tuple[Evidence, ...]] = {}
    for name in {name for name, value in posted.items() if isinstance(value, FileField) and value.filename}:
        files[name] = await store_files_at(request, place, posted, actor_of(request), field=name)
    return read_form(args, posted, files=files)
