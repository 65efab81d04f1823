"""Which addresses on the network this process may call on behalf of others: public ones, and those named.

Whoever registers a webhook chooses where we connect to. So every address is judged at the moment its socket
is made, whatever name, redirect or changed DNS answer led to it; nothing connects around `socket_for`.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urlsplit

from aiohttp.abc import AbstractResolver
from aiohttp.resolver import ThreadedResolver

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
IPNetwork = ipaddress.IPv4Network | ipaddress.IPv6Network


def _networks(*written: str) -> tuple[IPNetwork, ...]:
    return tuple(map(ipaddress.ip_network, written))


GIVEN_OUT: dict[int, tuple[IPNetwork, ...]] = {4: _networks("0.0.0.0/0"), 6: _networks("2000::/3")}
SPECIAL: dict[int, tuple[IPNetwork, ...]] = {
    4: _networks(
        *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"),
        *("192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15"),
        *("198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"),
    ),
    6: _networks("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"),
}
"""IANA's registries of special-purpose addresses, without those that are globally reachable. Our own table:
what Python's own table says of 192.0.0.0/24 and others differs from one patch release to the next."""
NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
LONGEST_LOOKUP = 5.0
"""Seconds in which a name must resolve."""


class ForbiddenAddress(OSError):
    """The address lies in a network that may not be called from here."""


class OutgoingAddresses:
    """`allowed` names private networks that may be called all the same."""

    def __init__(self, allowed: Iterable[str] = (), resolver: AbstractResolver | None = None) -> None:
        self._allowed: tuple[IPNetwork, ...] = tuple(ipaddress.ip_network(a, strict=False) for a in allowed)
        self._resolver = resolver
        """Instead of the system's own."""

    def permits(self, address: str) -> bool:
        try:
            ip = _plain(ipaddress.ip_address(address.partition("%")[0]))
        except ValueError:
            return False
        return is_public(ip) or any(ip.version == net.version and ip in net for net in self._allowed)

    def socket_for(self, info: tuple[Any, ...]) -> socket.socket:
        """A socket for one answer of getaddrinfo. Raises ForbiddenAddress before anything is sent."""
        family, kind, proto, _, target = info
        if not self.permits(str(target[0])):
            raise ForbiddenAddress("the address is not a public one")
        made = socket.socket(family, kind, proto)
        made.setblocking(False)
        return made

    def resolver(self) -> AbstractResolver:
        return self._resolver or ThreadedResolver()

    async def admits(self, url: str) -> bool:
        """Whether the host resolves now, and to permitted addresses only: tells early, protects nothing."""
        parts = urlsplit(url)
        try:
            async with asyncio.timeout(LONGEST_LOOKUP):
                found = await self._look_up(parts.hostname or "", parts.port or 443)
        except (OSError, TimeoutError, UnicodeError, ValueError):
            return False
        return bool(found) and all(map(self.permits, found))

    async def _look_up(self, host: str, port: int) -> Sequence[str]:
        try:
            return [str(ipaddress.ip_address(host))]
        except ValueError:
            answers = await self.resolver().resolve(host, port)
        return [answer["host"] for answer in answers]


def is_public(ip: IPAddress) -> bool:
    """Reachable by everybody: within what is given out to the world, and for no special purpose."""
    return _in_any(ip, GIVEN_OUT) and not _in_any(ip, SPECIAL)


def _in_any(ip: IPAddress, table: dict[int, tuple[IPNetwork, ...]]) -> bool:
    return any(ip in network for network in table[ip.version])


def _plain(ip: IPAddress) -> IPAddress:
    """The IPv4 address that an IPv6 address stands for, where it does."""
    if isinstance(ip, ipaddress.IPv4Address):
        return ip
    if ip.ipv4_mapped is not None:
        return ip.ipv4_mapped
    if ip.sixtofour is not None:
        return ip.sixtofour
    if ip.teredo is not None:
        return ip.teredo[1]
    if ip in NAT64:
        return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip
