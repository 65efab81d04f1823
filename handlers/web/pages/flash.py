"""One sentence shown on the next page, carried by a short-lived cookie.

For our own words only, never for what people wrote: a cookie is no place for that.
"""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import quote, unquote

from aiohttp import web

from handlers.web.access.cookies import FLASH_COOKIE, drop_cookie, put_cookie, read_cookie

KINDS = ("info", "success", "warning", "error")


class Flash(NamedTuple):
    kind: str
    text: str


def flash(request: web.Request, text: str, kind: str = "info") -> None:
    """Show `text` at the top of the next page. Kinds: info, success, warning, error."""
    put_cookie(request, FLASH_COOKIE, f"{kind}.{quote(text, safe='')}", max_age=60)


def take_flash(request: web.Request) -> Flash | None:
    """The sentence to show on this page; it is shown once."""
    value = read_cookie(request, FLASH_COOKIE)
    if not value:
        return None
    drop_cookie(request, FLASH_COOKIE)
    kind, _, text = value.partition(".")
    return Flash(kind, unquote(text)[:300]) if kind in KINDS else None
