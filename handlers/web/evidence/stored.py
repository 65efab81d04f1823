"""Stored evidence for pages and API alike: its bytes checked against the case, and how it may be shown.

Types come from content (set when the file was stored); a name never decides anything here.
"""

from __future__ import annotations

import hashlib
import re
from urllib.parse import quote

from aiohttp import web

from cases.errors import EvidenceDamaged
from cases.model import Evidence
from handlers.web.keys import EVIDENCE

PICTURES = frozenset({"image/jpeg", "image/png", "image/webp", "image/gif"})
PLAYED = ("audio/", "video/")
_RANGE = re.compile(r"bytes=(\d{0,12})-(\d{0,12})")
SANDBOX = "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; sandbox"
PDF_POLICY = "default-src 'none'; object-src 'self'; plugin-types application/pdf; frame-ancestors 'none'"
"""A browser's own PDF viewer does not start in a sandbox; without script-src nothing of ours is in reach."""


def shown_as(media_type: str) -> str:
    """picture, audio, video, pdf, text or download: how the page offers a file."""
    if media_type in PICTURES:
        return "picture"
    for kind in PLAYED:
        if media_type.startswith(kind):
            return kind.rstrip("/")
    return {"application/pdf": "pdf", "text/plain": "text"}.get(media_type, "download")


async def intact_bytes(request: web.Request, file: Evidence) -> bytes:
    """The bytes, compared with the digest the case recorded. Raises EvidenceDamaged."""
    data = await request.app[EVIDENCE].get(file.id)
    if hashlib.sha256(data).hexdigest() != file.sha256:
        raise EvidenceDamaged
    return data


def ascii_name(file: Evidence) -> str:
    """A name old programs understand: the id with the ending, never the citizen's words."""
    ending = file.name.rpartition(".")[2].lower()
    return f"{file.id[:12]}.{ending}" if re.fullmatch(r"[a-z0-9]{1,5}", ending) else file.id[:12]


def answer_file(request: web.Request, file: Evidence, data: bytes, *, inline: bool) -> web.Response:
    """The file inside the page or as a download, by parts where a player asks for one."""
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
