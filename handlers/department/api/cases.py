"""Cases over the API: list, read, pull the next, file for a citizen, make a move."""

from __future__ import annotations

import secrets
from typing import Any

from aiohttp import web
from pydantic import ValidationError

from cases.errors import InvalidInput, NotAllowed, NotFound, StaleCase
from cases.lifecycle.table import MOVES, TRANSITIONS
from cases.moves.table import Args
from cases.people import Role
from cases.records import FreeText
from cases.search_words import is_searchable
from cases.service.intake import Report, told_in_a_field
from cases.vocabulary import Channel, DecidedBy, Move
from handlers.department import reasons
from handlers.department.addresses import move_of, number_of
from handlers.department.api import shapes, showing
from handlers.department.api.scopes import FILE, READ, WRITE
from handlers.department.lists.views import find_view
from handlers.department.lists.wanted import Wanted, list_wanted
from handlers.department.roles import CASE_ROLES, DESK_ROLES
from handlers.web.access.policy import actor_of, api
from handlers.web.forms.messages import first_problem
from handlers.web.keys import SERVICES
from handlers.web.pages.errors import answer_refusal
from handlers.web.programs import (
    expected_version,
    idempotency_key,
    read_body,
    read_query,
    say,
)

_NOT_OF_STAFF = frozenset({Role.CITIZEN, Role.SYSTEM})
API_MOVES: tuple[Move, ...] = tuple(
    move
    for move in MOVES
    if move not in {Move.ATTACH, Move.UNSEAL}
    and any(row.move is move and not row.roles <= _NOT_OF_STAFF for row in TRANSITIONS.values())
)
"""Moves that staff make with words alone; files and the reporter have routes of their own."""


@api(READ, *CASE_ROLES)
async def list_cases(request: web.Request) -> web.StreamResponse:
    query = read_query(request, shapes.CaseQuery)
    actor = actor_of(request)
    if query.q.strip() and not is_searchable(query.q):
        raise InvalidInput(reasons.WORDS_TOO_SHORT)
    view = find_view(query.view, actor)
    if view.key != query.view:
        raise NotAllowed(reasons.NOT_YOUR_VIEW)
    wanted = Wanted(
        view=view,
        words=query.q.strip(),
        status=query.status or "",
        domain=query.domain or "",
        colour=query.colour or "",
        holder=query.holder,
    )
    try:
        page = await list_wanted(request.app[SERVICES], actor, wanted, query.cursor, query.limit)
    except InvalidInput:
        raise NotFound(reasons.NO_SUCH_PAGE) from None
    items = tuple(showing.summary_of(case) for case in page.cases)
    return say(shapes.CasePage(items=items, next_cursor=page.next_cursor))


@api(READ, *CASE_ROLES)
async def read_case(request: web.Request) -> web.StreamResponse:
    case = await request.app[SERVICES].desk.get(number_of(request), actor_of(request))
    if request.headers.get("If-None-Match") == f'"{case.version}"':
        return web.Response(status=304, headers={"ETag": f'"{case.version}"'})
    return await showing.say_case(request, case)


@api(READ, *CASE_ROLES)
async def list_moves(request: web.Request) -> web.StreamResponse:
    """What the token's owner may do with the case now."""
    services, actor = request.app[SERVICES], actor_of(request)
    case = await services.desk.get(number_of(request), actor)
    offered = [spec for spec in await services.acting.offers(case, actor) if spec.move in API_MOVES]
    items = tuple(showing.move_of(spec, case.number) for spec in offered)
    return say(shapes.MoveList(items=items))


@api(WRITE, *DESK_ROLES)
async def pull_next(request: web.Request) -> web.StreamResponse:
    """The best case that may be pulled; 204 when there is none."""
    case = await request.app[SERVICES].desk.claim_next(actor_of(request))
    return web.Response(status=204) if case is None else await showing.say_case(request, case)


@api(WRITE, *CASE_ROLES)
async def make_move(request: web.Request) -> web.StreamResponse:
    """One move. With If-Match, 412 when the case has changed since; with Idempotency-Key, once."""
    services, actor = request.app[SERVICES], actor_of(request)
    move = _move(request)
    version, key = expected_version(request), await idempotency_key(request)
    case = await services.desk.get(number_of(request), actor)
    args = await _read_args(request, move)
    try:
        done = await services.acting.act(
            case.number, move, args, actor, key=key, expected_version=version, read=case
        )
    except StaleCase as stale:
        return answer_refusal(request, stale, status=409 if version is None else 412)
    return await showing.say_case(request, done)


def _move(request: web.Request) -> Move:
    move = move_of(request)
    if move not in API_MOVES:
        raise NotFound(reasons.NO_SUCH_MOVE)
    return move


async def _read_args(request: web.Request, move: Move) -> Args:
    """Evidence never comes in a body: only files this server stored itself can be named."""
    model = MOVES[move].args
    args = await read_body(request, model)
    if "evidence" in args.model_fields_set:
        raise InvalidInput(reasons.FILES_BY_UPLOAD)
    return args


@api(FILE, *DESK_ROLES)
async def file_report(request: web.Request) -> web.StreamResponse:
    """File for a citizen; the same Idempotency-Key gives the same number and receipt."""
    given = await read_body(request, shapes.ReportIn)
    actor = actor_of(request)
    key = await idempotency_key(request) or f"api:{actor.id}:{secrets.token_hex(16)}"
    filed = await request.app[SERVICES].filing.file(_report(given), key=key, conversation=None, actor=actor)
    out = shapes.FiledOut(
        number=filed.case.number,
        receipt=filed.receipt,
        department=filed.case.department,
        department_name=filed.case.department_name,
        promises=tuple(shapes.PromiseMade(**promise._asdict()) for promise in filed.promises),
    )
    return say(out, status=201)


def _report(given: shapes.ReportIn) -> Report:
    free: dict[str, Any] = {
        name: FreeText(value) if value and value.strip() else None
        for name, value in (
            ("wish", given.wish),
            ("name", given.name),
            ("contact", given.contact),
            ("period", given.period),
        )
    }
    try:
        return Report(
            channel=Channel.API,
            text=FreeText(given.text),
            domain_by=DecidedBy.STAFF if given.domain else DecidedBy.CLASSIFIER,
            **free,
            **given.model_dump(include={"language", "domain", "region_code", "region_name", "amount_yuan"}),
            **told_in_a_field(given.accused or ""),
        )
    except ValidationError as wrong:
        raise first_problem(wrong) from None
