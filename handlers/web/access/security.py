"""Headers that keep pages from being framed, scripted, sniffed or cached; and redirects that stay here.

Applied to every response by a signal, streams and errors included.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from aiohttp import web

from handlers.web.access.onion import is_secure, onion_location

PAGE_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "media-src 'self' blob:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
IMAGE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
"""For SVG pictures we draw: their own styles, no script, no frame of ours."""


def permissions(*allowed: str) -> str:
    """What pages may ask the browser for: nothing, but for the features named, and those for us alone."""
    features = ("camera", "geolocation", "microphone", "payment", "usb")
    return ", ".join(f"{name}={'(self)' if name in allowed else '()'}" for name in features)


_FIXED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": permissions(),
}
_CONTROL = re.compile(r"[\x00-\x20\x7f\\]")


async def write_headers(request: web.Request, response: web.StreamResponse) -> None:
    """Signal handler: what a handler set itself stays, all else gets the strict default."""
    headers = response.headers
    for name, value in _FIXED.items():
        headers.setdefault(name, value)
    picture = response.content_type == "image/svg+xml"
    headers.setdefault("Content-Security-Policy", IMAGE_POLICY if picture else PAGE_POLICY)
    headers.setdefault("Cache-Control", "no-store")
    headers["Server"] = "shouxin"
    if is_secure(request):
        headers.setdefault("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
    if onion := onion_location(request, response):
        headers["Onion-Location"] = onion


def safe_path(target: str | None, default: str) -> str:
    """A path on this site to go on to, or the default when the target could lead anywhere else."""
    if not target or not target.startswith("/") or target.startswith("//") or _CONTROL.search(target):
        return default
    try:
        parts = urlsplit(target)
    except ValueError:
        return default
    return default if parts.scheme or parts.netloc else target
