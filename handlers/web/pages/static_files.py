"""Style, script and pictures of the pages, read once at start and served from memory.

Only names found at start are served, so no path can reach outside; addresses carry the content's hash,
so browsers may keep files for ever and still see every change.
"""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass
from pathlib import Path

from aiohttp import web

from handlers.web.access.policy import public

MEDIA_TYPES = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".ico": "image/x-icon",
    ".webmanifest": "application/manifest+json",
}
_TEXT = (".css", ".js", ".svg", ".webmanifest")
_FOREVER = "public, max-age=31536000, immutable"

STATIC: web.AppKey[StaticFiles] = web.AppKey("static")


@dataclass(frozen=True, slots=True)
class StaticFile:
    body: bytes
    packed: bytes | None
    media_type: str
    version: str


class StaticFiles:
    """The files of all faces by name: `shouxin.css`, `citizen/chat.js`."""

    def __init__(self) -> None:
        self._files: dict[str, StaticFile] = {}

    def add_folder(self, folder: Path, prefix: str = "") -> None:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.suffix in MEDIA_TYPES:
                self._files[prefix + path.relative_to(folder).as_posix()] = _read(path)

    def find(self, name: str) -> StaticFile | None:
        return self._files.get(name)

    def url(self, name: str) -> str:
        """Address of a file with its version. Raises KeyError for a file that is not there."""
        return f"/static/{name}?v={self._files[name].version}"


def _read(path: Path) -> StaticFile:
    body = path.read_bytes()
    packed = gzip.compress(body, mtime=0) if path.suffix in _TEXT else None
    version = hashlib.sha256(body).hexdigest()[:12]
    return StaticFile(body, packed, MEDIA_TYPES[path.suffix], version)


@public
async def send_file(request: web.Request) -> web.StreamResponse:
    found = request.app[STATIC].find(request.match_info["name"])
    if found is None:
        raise web.HTTPNotFound
    versioned = request.query.get("v") == found.version
    headers = {
        "Cache-Control": _FOREVER if versioned else "no-cache",
        "ETag": f'"{found.version}"',
        "Vary": "Accept-Encoding",
    }
    if any(tag.value == found.version for tag in request.if_none_match or ()):
        return web.Response(status=304, headers=headers)
    body = found.body
    if found.packed is not None and "gzip" in request.headers.get("Accept-Encoding", ""):
        headers["Content-Encoding"], body = "gzip", found.packed
    charset = "utf-8" if found.media_type.startswith("text/") else None
    return web.Response(body=body, headers=headers, content_type=found.media_type, charset=charset)
