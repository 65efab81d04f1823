"""What a request says of its caller: the address it comes from, and whether a program or a person reads."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from aiohttp import web
from loguru import logger

from handlers.web.keys import OPTIONS, IPNetwork

ENOUGH = 500
"""Requests after which visitors of a public deployment have come from more than one address."""
MACHINE_PATHS = ("/api/", "/open311/", "/telegram/")


def client_address(request: web.Request) -> str:
    """Who is calling (one caller). X-Forwarded-For counts only when a proxy we were told to trust sent it."""
    trusted = request.app[OPTIONS].trusted_proxies
    address = request.remote or "unknown"
    hops = ",".join(request.headers.getall("X-Forwarded-For", ()))
    for hop in reversed(hops.split(",")):
        before = read_address(hop)
        if before is None or not lies_within(address, trusted):
            break
        address = str(before)
    return one_caller(address)


def one_caller(address: str) -> str:
    """Public IPv6 by its /64, all of which one subscriber has; others, and circuits of Tor, as they are."""
    ip = read_address(address)
    if isinstance(ip, IPv6Address) and ip.is_global:
        return str(ip_network((ip, 64), strict=False)[0])
    return address


class Crossroads:
    """Notices a public deployment whose visitors all seem to have one address: a proxy it was not told of.

    All of them would share one count of wrong passwords and one share of connections. It keeps one address.
    """

    def __init__(self) -> None:
        self._first: str | None = None
        self._left = ENOUGH

    def pass_by(self, request: web.Request) -> None:
        if not self._left or request.app[OPTIONS].public_url is None:
            return
        address = client_address(request)
        self._first = self._first or address
        self._left = self._left - 1 if address == self._first else 0
        if address == self._first and not self._left:
            logger.warning(
                "ALERT: the last {} visitors have one address; is TRUSTED_PROXIES set to the proxy's?", ENOUGH
            )


CROSSROADS: web.AppKey[Crossroads] = web.AppKey("crossroads")


def lies_within(address: str, networks: tuple[IPNetwork, ...]) -> bool:
    """Whether a peer is one of these; an IPv4 peer of a socket for both kinds is one too."""
    ip = read_address(address)
    return ip is not None and any(ip.version == net.version and ip in net for net in networks)


def read_address(words: str) -> IPv4Address | IPv6Address | None:
    """An address as proxies write it, with or without a port; None for what is none."""
    words = words.strip()
    if words.startswith("["):
        words = words[1:].partition("]")[0]
    elif words.count(":") == 1:
        words = words.partition(":")[0]
    try:
        ip = ip_address(words.partition("%")[0])
    except ValueError:
        return None
    return (ip.ipv4_mapped or ip) if isinstance(ip, IPv6Address) else ip


def wants_json(request: web.Request) -> bool:
    """Programs get JSON: by path, or because they ask for JSON and not for pages."""
    accept = request.headers.get("Accept", "")
    return request.path.startswith(MACHINE_PATHS) or ("json" in accept and "text/html" not in accept)
