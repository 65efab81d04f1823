"""What may be kept by whoever reads it: an answer with its tag, and 304 for those who have it already."""

from __future__ import annotations

import hashlib

from aiohttp import web

from handlers.web.access.csrf import SAFE_METHODS

SHARED = "public, max-age=60"
"""For what is the same for every reader: data, feeds, pictures."""
OWN = "private, no-cache"
"""For pages, which hold the reader's language and a token: only the browser keeps them, and asks again."""


def kept(request: web.Request, response: web.Response, control: str = SHARED) -> web.Response:
    """The answer, or that it has not changed. Only of pages that everybody may read."""
    if request.method not in SAFE_METHODS or response.status != 200 or not isinstance(response.body, bytes):
        return response
    tag = hashlib.sha256(response.body).hexdigest()[:32]
    headers = {"Cache-Control": control, "ETag": f'"{tag}"'}
    if control == OWN:
        headers["Vary"] = "Accept-Language, Cookie"
    if any(asked.value in {tag, "*"} for asked in request.if_none_match or ()):
        kept_back = {name: response.headers[name] for name in ("X-Robots-Tag",) if name in response.headers}
        return web.Response(status=304, headers={**headers, **kept_back})
    response.headers.update(headers)
    return response
