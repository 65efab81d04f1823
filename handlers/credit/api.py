"""The integrity side over the API: list, read, begin, move; the rules are those of the pages.

Files are not taken here: a move that needs papers is made on the page.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_args

from aiohttp import web
from pydantic import BaseModel, ValidationError

from cases.errors import InvalidInput, NotFound, StaleCase
from cases.integrity.books import book
from cases.integrity.spine.blueprint import Blueprint
from cases.integrity.spine.dossier import AnyDossier
from cases.integrity.spine.situation import Situation
from cases.integrity.spine.vocabulary import KIND_NAMES
from cases.moves.table import Args
from cases.ports.dossiers import DossierFilter, DossierOrder
from cases.service.credit.integrity import find_move
from handlers.credit import api_shapes as shapes
from handlers.credit.reasons import NO_SUCH_KIND, PAPERS_ON_THE_PAGE
from handlers.credit.roles import ACTING, CREDIT_ROLES
from handlers.credit.showing import course, fields_shown, files_of, status_name
from handlers.web.access.policy import actor_of, api
from handlers.web.access.scopes import CREDIT_READ, CREDIT_WRITE
from handlers.web.forms.messages import first_problem
from handlers.web.keys import SERVICES
from handlers.web.pages.errors import answer_refusal
from handlers.web.programs import expected_version, idempotency_key, read_body, read_query, say


@api(CREDIT_READ, *CREDIT_ROLES)
async def list_dossiers(request: web.Request) -> web.StreamResponse:
    asked = read_query(request, shapes.DossierQuery)
    where = DossierFilter(
        kinds=frozenset({asked.kind}) if asked.kind else None,
        domain=asked.domain,
        year=asked.year,
        words=asked.words or None,
        about=asked.about or None,
        open_only=asked.open,
    )
    order = DossierOrder.DUE if asked.open else DossierOrder.NEWEST
    found = await request.app[SERVICES].integrity.list_dossiers(
        actor_of(request), where, order=order, limit=asked.limit, cursor=asked.cursor
    )
    items = tuple(shapes.DossierSummary(**_summary(one)) for one in found.dossiers)
    return say(shapes.DossierPage(items=items, next_cursor=found.next_cursor))


@api(CREDIT_READ, *CREDIT_ROLES)
async def read_dossier(request: web.Request) -> web.StreamResponse:
    at = await request.app[SERVICES].integrity.get(request.match_info["id"], actor_of(request))
    return _say(request, at)


@api(CREDIT_WRITE, *ACTING)
async def open_dossier(request: web.Request) -> web.StreamResponse:
    """201. From a case answered 属实 when `case` names one; the same Idempotency-Key opens it once."""
    integrity, actor = request.app[SERVICES].integrity, actor_of(request)
    given = await read_body(request, shapes.OpeningIn)
    opening = book(given.kind).opening
    if opening is None:
        raise NotFound(NO_SUCH_KIND)
    key = await idempotency_key(request)
    args = _args(opening.args, given.fields)
    opened = await integrity.open(given.kind, args, actor, case=given.case or None, key=key)
    return _say(request, await integrity.situation(opened, actor), status=201)


@api(CREDIT_WRITE, *ACTING)
async def make_move(request: web.Request) -> web.StreamResponse:
    """One move. With If-Match, 412 when the object has changed since; with Idempotency-Key, once."""
    integrity, actor = request.app[SERVICES].integrity, actor_of(request)
    version, key = expected_version(request), await idempotency_key(request)
    given = await read_body(request, shapes.DossierMoveIn)
    at = await integrity.get(request.match_info["id"], actor)
    blueprint = book(at.dossier.kind)
    move = find_move(blueprint, request.match_info["move"])
    blueprint.table.check(move, at)
    args = _args(blueprint.spec(move).args, given.fields)
    try:
        done = await integrity.act(at.dossier.id, move, args, actor, key=key, expected_version=version)
    except StaleCase as stale:
        return answer_refusal(request, stale, status=409 if version is None else 412)
    return _say(request, await integrity.situation(done, actor))


def _args(form: type[Args], fields: Mapping[str, Any]) -> Args:
    """Raises InvalidInput; papers never come in a body: only files this server stored itself can be named."""
    if any(_holds_files(form, name, value) for name, value in fields.items()):
        raise InvalidInput(PAPERS_ON_THE_PAGE)
    try:
        return form.model_validate(fields)
    except ValidationError as wrong:
        raise first_problem(wrong) from None


def _holds_files(form: type[BaseModel], name: str, value: Any) -> bool:
    """Whether something is given for a field of files, or in the rows of one."""
    info = form.model_fields.get(name)
    extra = info.json_schema_extra if info else None
    widget = extra.get("widget") if isinstance(extra, dict) else None
    if widget == "files":
        return True
    if widget != "parts" or info is None or not isinstance(value, list):
        return False
    item = get_args(info.annotation)[0]
    rows = (row for row in value if isinstance(row, dict))
    return any(_holds_files(item, inner, row[inner]) for row in rows for inner in row)


def _say(request: web.Request, at: Situation, *, status: int = 200) -> web.Response:
    dossier, blueprint = at.dossier, book(at.dossier.kind)
    offers = request.app[SERVICES].integrity.offers(at)
    out = shapes.DossierOut(
        **_summary(dossier),
        basis=request.app[SERVICES].integrity.basis(dossier.kind, dossier.jurisdiction).citation,
        fields=tuple(
            shapes.FieldOut(label=one.label, text=words) for one in fields_shown(at) if (words := one.words)
        ),
        files=tuple(shapes.FileOut(id=file.id, name=str(file.name)) for file in files_of(at).values()),
        clocks=tuple(
            shapes.TermOut(kind=clock.kind, basis=clock.basis, due_at=clock.due_at, running=clock.running)
            for clock in dossier.clocks
        ),
        history=tuple(
            shapes.StepOut(at=step.at, title=step.title, by=step.who, note=step.note) for step in course(at)
        ),
        moves=tuple(_move(blueprint, dossier, spec.move.value) for spec in offers),
    )
    return say(out, status=status, version=dossier.version)


def _move(blueprint: Blueprint, dossier: AnyDossier, move: str) -> shapes.DossierMove:
    spec = blueprint.spec(find_move(blueprint, move))
    return shapes.DossierMove(
        move=move,
        label=spec.label,
        href=f"/api/v1/dossiers/{dossier.id}/moves/{move}",
        fields=spec.args.model_json_schema(),
    )


def _summary(dossier: AnyDossier) -> dict[str, Any]:
    return {
        "id": dossier.id,
        "kind": dossier.kind,
        "kind_name": KIND_NAMES[dossier.kind],
        "status": dossier.status.value,
        "status_name": status_name(dossier),
        "body": "" if dossier.person else dossier.subject.name,
        "code": dossier.subject.code,
        "domain": dossier.domain,
        "about": dossier.about,
        "keeper": dossier.keeper,
        "keeper_name": dossier.keeper_name,
        "opened_at": dossier.opened_at,
        "due_at": dossier.due_at,
        "version": dossier.version,
    }
