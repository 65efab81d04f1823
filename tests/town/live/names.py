"""A resolver that answers from a table instead of the network: the outside world of webhook tests."""

from __future__ import annotations

import ipaddress
import socket

from aiohttp.abc import AbstractResolver, ResolveResult

PUBLIC = "93.184.215.14"


class TableOfNames(AbstractResolver):
    """Names under example.org are public; all others are not known unless given. Answers may change."""

    def __init__(self, **known: str) -> None:
        self.known = {name.replace("_", "."): address for name, address in known.items()}
        self.asked = 0

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        self.asked += 1
        address = self.known.get(host)
        if address is None:
            if not host.endswith("example.org"):
                raise OSError(f"{host} is not known")
            address = PUBLIC
        version = ipaddress.ip_address(address).version
        family = socket.AF_INET if version == 4 else socket.AF_INET6
        return [
            {"hostname": host, "host": address, "port": port, "family": int(family), "proto": 0, "flags": 0}
        ]

    async def close(self) -> None:
        pass
