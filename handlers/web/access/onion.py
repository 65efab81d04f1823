"""The onion address: what is reached by it stays there, and pages of the open web tell Tor Browser of it.

Knows addresses only. What comes by it is sealed by Tor itself, so that plain http is as good as https there.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from aiohttp import web

from handlers.web.access.policy import Door, policy_of
from handlers.web.keys import OPTIONS

EVERYBODYS = frozenset({Door.PUBLIC, Door.CITIZEN})


def comes_by_onion(request: web.Request) -> bool:
    onion = request.app[OPTIONS].onion_url
    return onion is not None and request.host.lower() == urlsplit(onion).netloc


def own_address(request: web.Request) -> str:
    """Where this reader reaches the pages. Only where it was never set is the visitor's own word taken."""
    onion = request.app[OPTIONS].onion_url
    return onion if onion and comes_by_onion(request) else printed_address(request)


def printed_address(request: web.Request) -> str:
    """Where others reach the pages, whoever asks: for letters, slips and codes on paper."""
    return request.app[OPTIONS].public_url or str(request.url.origin())


def is_secure(request: web.Request) -> bool:
    """Whether the browser sees https: only then does it keep Secure cookies and heed HSTS."""
    options = request.app[OPTIONS]
    if options.onion_url and comes_by_onion(request):
        return options.onion_url.startswith("https:")
    return options.secure_cookies


def onion_location(request: web.Request, response: web.StreamResponse) -> str | None:
    """The same page at the onion address: told on everybody's pages, over the https of PUBLIC_URL only,
    as Tor asks (Tor Project, Onion Services, Onion-Location)."""
    options = request.app[OPTIONS]
    public = urlsplit(options.public_url or "")
    if not options.onion_url or public.scheme != "https" or request.host.lower() != public.netloc.lower():
        return None
    policy = policy_of(request.match_info.handler)
    if policy is None or policy.door not in EVERYBODYS or response.content_type != "text/html":
        return None
    return options.onion_url + str(request.rel_url)
