"""Evidence as staff see it: shown safely in the page where that is possible, else downloaded; always checked.

Types come from content (set when the file was stored); a name never decides anything here.
"""

from __future__ import annotations

import re
from urllib.parse import quote

from aiohttp import web

from cases.errors import EvidenceDamaged, NotFound
from cases.model import Evidence
from cases.numbers import parse_number
from handlers.department.evidence.stored import PDF_POLICY, SANDBOX, ascii_name, intact_bytes, shown_as
from handlers.department.roles import CASE_ROLES
from handlers.web.access.policy import actor_of, allow
from handlers.web.keys import SERVICES
from handlers.web.pages.flash import flash

_RANGE = re.compile(r"bytes=(\d{0,12})-(\d{0,12})")


@allow(*CASE_ROLES)
async def view_file(request: web.Request) -> web.StreamResponse:
    """The file inside the browser, if its type is harmless there; otherwise as a download."""
    file = await _asked_for(request)
    kind = shown_as(file.media_type)
    data = await intact_bytes(request, file)
    if kind == "download":
        return _answer(request, file, data, inline=False)
    return _answer(request, file, data, inline=True)


@allow(*CASE_ROLES)
async def download_file(request: web.Request) -> web.StreamResponse:
    file = await _asked_for(request)
    return _answer(request, file, await intact_bytes(request, file), inline=False)


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


def _answer(request: web.Request, file: Evidence, data: bytes, *, inline: bool) -> web.Response:
    kind = "inline" if inline else "attachment"
    names = f"filename=\"{ascii_name(file)}\"; filename*=UTF-8''{quote(file.name, safe='')}"
    media_type = file.media_type if inline else "application/octet-stream"
    headers = {
        "Content-Disposition": f"{kind}; {names}",
        "Content-Security-Policy": PDF_POLICY if inline and media_type == "application/pdf" else SANDBOX,
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
        "Accept-Ranges": "bytes",
        "Content-Type": f"text/plain; charset={_charset(data)}" if media_type == "text/plain" else media_type,
    }
    part = _part(request.headers.get("Range", ""), len(data))
    if part is None:
        return web.Response(body=data, headers=headers)
    first, last = part
    headers["Content-Range"] = f"bytes {first}-{last}/{len(data)}"
    return web.Response(status=206, body=data[first : last + 1], headers=headers)


def _charset(data: bytes) -> str:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "gb18030"
    return "utf-8"


def _part(wanted: str, size: int) -> tuple[int, int] | None:
    """First and last byte of a range request players make; None for the whole file."""
    match = _RANGE.fullmatch(wanted.strip())
    if match is None or not size:
        return None
    first, last = match.groups()
    if not first:
        return (max(size - int(last), 0), size - 1) if last else None
    start, end = int(first), min(int(last) if last else size - 1, size - 1)
    return (start, end) if start <= end else None
