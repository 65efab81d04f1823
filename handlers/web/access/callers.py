"""What a request says of its caller: the address it comes from, and whether a program or a person reads."""

from __future__ import annotations

from aiohttp import web

from handlers.web.keys import OPTIONS

MACHINE_PATHS = ("/api/", "/open311/", "/telegram/")


def client_address(request: web.Request) -> str:
    """Who is calling. X-Forwarded-For counts only when a proxy we were told to trust sent it."""
    trusted = request.app[OPTIONS].trusted_proxies
    address = request.remote or "unknown"
    for hop in reversed(request.headers.get("X-Forwarded-For", "").split(",")):
        if address not in trusted or not hop.strip():
            break
        address = hop.strip()
    return address


def wants_json(request: web.Request) -> bool:
    """Programs get JSON: by path, or because they ask for JSON and not for pages."""
    accept = request.headers.get("Accept", "")
    return request.path.startswith(MACHINE_PATHS) or ("json" in accept and "text/html" not in accept)
