"""Papers of an object: shown to whoever may see the object, from what this server stored itself."""

from __future__ import annotations

from aiohttp import web

from cases.errors import NotFound
from cases.reasons import NO_SUCH_FILE
from handlers.credit.roles import ANYBODY_HERE
from handlers.credit.showing import files_of
from handlers.web.access.policy import actor_of, allow
from handlers.web.evidence.stored import answer_file, intact_bytes, shown_as
from handlers.web.keys import SERVICES


@allow(*ANYBODY_HERE)
async def send_file(request: web.Request) -> web.StreamResponse:
    """In the page where its type is harmless there, unless a download is asked for."""
    at = await request.app[SERVICES].integrity.get(request.match_info["id"], actor_of(request))
    file = files_of(at).get(request.match_info["file"])
    if file is None:
        raise NotFound(NO_SUCH_FILE)
    inline = "download" not in request.query and shown_as(file.media_type) != "download"
    return answer_file(request, file, await intact_bytes(request, file), inline=inline)
