"""Evidence as staff see it: shown safely in the page where that is possible, else downloaded; always checked.

Types come from content (set when the file was stored); a name never decides anything here.
"""

from __future__ import annotations

from aiohttp import web

from cases.errors import EvidenceDamaged, NotFound
from cases.model import Evidence
from cases.numbers import parse_number
from handlers.department.roles import CASE_ROLES
from handlers.web.access.policy import actor_of, allow
from handlers.web.evidence.stored import answer_file, intact_bytes, shown_as
from handlers.web.keys import SERVICES
from handlers.web.pages.flash import flash


@allow(*CASE_ROLES)
async def view_file(request: web.Request) -> web.StreamResponse:
    """The file inside the browser, if its type is harmless there; otherwise as a download."""
    file = await _asked_for(request)
    inline = shown_as(file.media_type) != "download"
    return answer_file(request, file, await intact_bytes(request, file), inline=inline)


@allow(*CASE_ROLES)
async def download_file(request: web.Request) -> web.StreamResponse:
    file = await _asked_for(request)
    return answer_file(request, file, await intact_bytes(request, file), inline=False)


@allow(*CASE_ROLES)
async def check_files(request: web.Request) -> web.StreamResponse:
    """Read every file of the case and compare it with the digest in the case."""
    number = parse_number(request.match_info["number"]) or request.match_info["number"]
    case = await request.app[SERVICES].desk.get(number, actor_of(request))
    damaged = [file.name for file in case.evidence if not await _is_intact(request, file)]
    if damaged:
        flash(request, f"有{len(damaged)}个文件与登记时的摘要不一致，请联系管理员。", "error")
    else:
        flash(request, f"{len(case.evidence)}个文件与登记时完全一致。", "success")
    raise web.HTTPSeeOther(f"/desk/cases/{number}#evidence")


async def _is_intact(request: web.Request, file: Evidence) -> bool:
    try:
        await intact_bytes(request, file)
    except (EvidenceDamaged, NotFound):
        return False
    return True


async def _asked_for(request: web.Request) -> Evidence:
    """The file of the address, if it belongs to a case this person may see."""
    number = parse_number(request.match_info["number"]) or request.match_info["number"]
    return await request.app[SERVICES].files.open(number, request.match_info["file"], actor_of(request))
