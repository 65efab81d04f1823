"""Members of a replica set each in a network of its own, so that one can be cut off from the others.

Needs the right to make network namespaces (root); `may_be_cut` says whether it is there. Clients reach
every member all the time: one that is cut off still takes their connections, as after a fault between two
machine rooms.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from storage.database.administration import Admin
from storage.server.embedded import SET_NAME, EmbeddedReplicaSet
from storage.server.mongod import Member

NAME = f"sx{os.getpid() % 100_000}"
BRIDGE_ADDRESS = "10.213.0.1"


def may_be_cut() -> bool:
    trial = f"{NAME}-try"
    return shutil.which("ip") is not None and _ip("netns", "add", trial) and _ip("netns", "del", trial)


def _ip(*words: str) -> bool:
    return subprocess.run(["ip", *words], capture_output=True, check=False).returncode == 0


def _must(*words: str) -> None:
    if not _ip(*words):
        raise RuntimeError(f"not permitted: ip {' '.join(words)}")


@contextmanager
def networks(count: int) -> Iterator[None]:
    """A bridge, and behind it a network with one address for each member."""
    _must("link", "add", NAME, "type", "bridge")
    try:
        _must("addr", "add", f"{BRIDGE_ADDRESS}/24", "dev", NAME)
        _must("link", "set", NAME, "up")
        for place in range(count):
            space, here, there = _space(place), f"{NAME}h{place}", f"{NAME}m{place}"
            _must("netns", "add", space)
            _must("link", "add", here, "type", "veth", "peer", "name", there, "netns", space)
            _must("link", "set", here, "master", NAME, "up")
            _must("-n", space, "addr", "add", f"{_address(place)}/24", "dev", there)
            _must("-n", space, "link", "set", there, "up")
            _must("-n", space, "link", "set", "lo", "up")
        yield
    finally:
        for place in range(count):
            _ip("netns", "del", _space(place))
        _ip("link", "del", NAME)


def _space(place: int) -> str:
    return f"{NAME}-{place}"


def _address(place: int) -> str:
    return f"10.213.0.{place + 2}"


class FarMember(Member):
    """A mongod in the network of its place."""

    @property
    def place(self) -> int:
        return int(self._folder.name.rpartition("-")[2])

    @property
    def host(self) -> str:
        return f"{_address(self.place)}:{self.port}"

    def arguments(self) -> list[str]:
        address = _address(self.place)
        own = [address if word == "127.0.0.1" else word for word in super().arguments()]
        return ["ip", "netns", "exec", _space(self.place), *own]

    async def _answers(self) -> bool:
        with suppress(OSError):
            _, writer = await asyncio.open_connection(_address(self.place), self.port)
            writer.close()
            await writer.wait_closed()
            return True
        return False

    def cut_off(self, others: list[Member]) -> None:
        """Nothing it sends to other members leaves any more; what they send goes unanswered."""
        self._roads("add", others)

    def joined(self, others: list[Member]) -> None:
        self._roads("del", others)

    def _roads(self, change: str, others: list[Member]) -> None:
        for other in others:
            if other is not self and isinstance(other, FarMember):
                _must("-n", _space(self.place), "route", change, "blackhole", f"{_address(other.place)}/32")


class FarReplicaSet(EmbeddedReplicaSet):
    """Set up from outside: no client is local to its members, so the key of the set itself is used once."""

    member_type = FarMember

    async def _initiate(self) -> None:
        key = (self._folder / "keyfile").read_text().strip()
        account = f"mongodb://__system:{key}@"
        first = f"{account}{self.members[0].host}/?directConnection=true&authSource=local"
        async with Admin(first) as admin:
            await admin.run({"replSetInitiate": self._config(1)})
        hosts = ",".join(member.host for member in self.members)
        async with Admin(f"{account}{hosts}/?replicaSet={SET_NAME}&authSource=local") as admin:
            await self._until_primary(admin)
            await self._create_user(admin)
