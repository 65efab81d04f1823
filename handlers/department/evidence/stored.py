"""Stored evidence for pages and API alike: its bytes checked against the case, and how it may be shown.

Types come from content (set when the file was stored); a name never decides anything here.
"""

from __future__ import annotations

import hashlib
import re

from aiohttp import web

from cases.errors import EvidenceDamaged
from cases.model import Evidence
from handlers.web.keys import EVIDENCE

PICTURES = frozenset({"image/jpeg", "image/png", "image/webp", "image/gif"})
PLAYED = ("audio/", "video/")
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
