"""Evidence over the API: download with its digest, upload as an attachment."""

from __future__ import annotations

from aiohttp import web

from cases.lifecycle.forms import Attach
from cases.vocabulary import Move
from handlers.department.addresses import number_of
from handlers.department.api.scopes import READ, WRITE
from handlers.department.api.showing import say_case
from handlers.department.roles import CASE_ROLES, DESK_ROLES
from handlers.web.access.policy import actor_of, api, takes_files
from handlers.web.evidence.stored import SANDBOX, ascii_name, intact_bytes
from handlers.web.evidence.uploads import store_file
from handlers.web.keys import SERVICES
from handlers.web.programs import expected_version, idempotency_key


@api(READ, *CASE_ROLES)
async def download(request: web.Request) -> web.StreamResponse:
    """The bytes as stored; `Digest` names their SHA-256, which was checked just now."""
    looks = request.app[SERVICES].files
    file = await looks.open(number_of(request), request.match_info["file"], actor_of(request))
    headers = {
        "Content-Disposition": f'attachment; filename="{ascii_name(file)}"',
        "Content-Security-Policy": SANDBOX,
        "X-Content-SHA256": file.sha256,
        "X-Media-Type": file.media_type,
    }
    data = await intact_bytes(request, file)
    return web.Response(body=data, headers=headers, content_type="application/octet-stream")


@takes_files
@api(WRITE, *DESK_ROLES)
async def upload(request: web.Request) -> web.StreamResponse:
    """One file as the raw body, its name in the query. Attached by whoever holds the case."""
    services, actor = request.app[SERVICES], actor_of(request)
    version, key = expected_version(request), await idempotency_key(request)
    case = await services.desk.get(number_of(request), actor)
    _must_be_raw(request)
    data = await request.read()
    if not any(spec.move is Move.ATTACH for spec in await services.acting.offers(case, actor)):
        await services.acting.act(case.number, Move.ATTACH, None, actor, expected_version=version)
    name = request.query.get("name", "file")
    evidence = await store_file(request, case.number, name, data, actor)
    done = await services.acting.act(
        case.number,
        Move.ATTACH,
        Attach(evidence=(evidence,)),
        actor,
        key=key,
        expected_version=version,
        read=case,
    )
    return await say_case(request, done, status=201)


def _must_be_raw(request: web.Request) -> None:
    """Anything but raw bytes would be stored with its wrapping."""
    if request.content_type != "application/octet-stream":
        raise web.HTTPUnsupportedMediaType
