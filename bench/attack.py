"""How long a bystander waits while one address attacks: streams, slow bodies, floods, wrong passwords.

`python -m bench.attack --seconds 4`: one real process; the attacker is a process of its own at 127.0.0.1, the
bystander reads pages from 127.0.0.2. Quiet and attacked spans alternate, so that both meet the same machine:
the ratio is what counts, and how many of the bystander's requests were not answered with a page. With
`--beside PATH` a checkout of another version is attacked in the same run, span by span in turn.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import itertools
import multiprocessing
import re
import resource
import statistics
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AsyncExitStack
from multiprocessing.synchronize import Event
from pathlib import Path

from aiohttp import ClientError, ClientSession, ClientTimeout, TCPConnector
from yarl import URL

from bench.load import ROOT, stage

CONNECTIONS = 1100
"""As many as once stopped everything."""
WORKERS = 20
PAIRS = 3
PAGES = ("/", "/login", "/promises")
PAUSE = 0.05
BEGINS = 3.0
"""Seconds from the first blow until all of them fall."""


async def hold(door: URL, line: str, head: str, sign: bytes) -> None:
    """One connection that asks this and stays, with a sign a second; opened again when it is closed."""
    while True:
        with contextlib.suppress(OSError):
            reader, writer = await asyncio.open_connection(door.host, door.port)
            try:
                writer.write(f"{line} HTTP/1.1\r\nHost: {door.authority}\r\n{head}\r\n\r\n".encode())
                while not reader.at_eof():
                    with contextlib.suppress(TimeoutError):
                        await asyncio.wait_for(reader.read(1 << 16), 1)
                    writer.write(sign)
            finally:
                writer.close()
        await asyncio.sleep(0.5)


async def streams(door: URL) -> None:
    """A visitor of its own for each."""
    while True:
        with contextlib.suppress(ClientError, TimeoutError):
            async with ClientSession(door) as http, http.get("/") as answer:
                cookie = "; ".join(f"{name}={one.value}" for name, one in answer.cookies.items())
                if cookie:
                    break
    await hold(door, "GET /chat/live", f"Accept: text/event-stream\r\nCookie: {cookie}", b"")


async def slow_bodies(door: URL) -> None:
    await hold(door, "POST /chat/say", "Content-Length: 900000", b"x")


async def flood(door: URL) -> None:
    async with ClientSession(door) as http:
        while True:
            with contextlib.suppress(ClientError, TimeoutError):
                async with http.get("/") as answer:
                    await answer.read()


async def wrong_passwords(door: URL) -> None:
    async with ClientSession(door) as http:
        while True:
            with contextlib.suppress(ClientError, TimeoutError):
                page = await (await http.get("/login")).text()
                found = re.search(r'name="csrf" value="([^"]+)"', page)
                fields = {"login": "admin", "password": "wrong", "csrf": found[1] if found else ""}
                async with http.post("/login", data=fields) as answer:
                    await answer.read()


ATTACKS: dict[str, tuple[Callable[[URL], Awaitable[None]], int]] = {
    "streams": (streams, CONNECTIONS),
    "slow bodies": (slow_bodies, CONNECTIONS),
    "flood": (flood, WORKERS),
    "wrong passwords": (wrong_passwords, WORKERS),
}


def attack(name: str, door: str, begun: Event) -> None:
    """Until it is ended."""
    one, times = ATTACKS[name]
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))

    async def all_of_them() -> None:
        attacking = asyncio.gather(*(one(URL(door)) for _ in range(times)))
        await asyncio.sleep(BEGINS)
        begun.set()
        await attacking

    asyncio.run(all_of_them())


@contextlib.contextmanager
def attacked(name: str, door: str) -> Iterator[None]:
    processes = multiprocessing.get_context("spawn")
    begun = processes.Event()
    attacker = processes.Process(target=attack, args=(name, door, begun))
    attacker.start()
    try:
        if not begun.wait(60):
            raise TimeoutError
        yield
    finally:
        attacker.kill()
        attacker.join()


async def stand_by(door: str, seconds: float) -> tuple[list[float], int]:
    """Seconds each page took, and how many were none."""
    waits: list[float] = []
    missing, until = 0, time.monotonic() + seconds
    elsewhere = TCPConnector(local_addr=("127.0.0.2", 0), force_close=True)
    async with ClientSession(door, connector=elsewhere, timeout=ClientTimeout(total=10)) as http:
        for path in itertools.cycle(PAGES):
            begun = time.monotonic()
            if begun > until:
                return waits, missing
            try:
                async with http.get(path) as answer:
                    await answer.read()
                    missing += answer.status != 200
            except (ClientError, TimeoutError):
                missing += 1
            waits.append(time.monotonic() - begun)
            await asyncio.sleep(PAUSE)
    raise AssertionError("pages never end")


class Spans:
    """What the bystander of one checkout waited, in seconds, quiet and attacked."""

    def __init__(self, name: str, door: str) -> None:
        self._name, self._door = name, door
        self._quiet: list[float] = []
        self._under: list[float] = []
        self._missing = 0

    async def look(self, attack: str, seconds: float) -> None:
        """One span without and one under attack."""
        self._quiet += (await stand_by(self._door, seconds))[0]
        with attacked(attack, self._door):
            waits, failed = await stand_by(self._door, seconds)
        self._under, self._missing = self._under + waits, self._missing + failed
        await asyncio.sleep(1)

    def __str__(self) -> str:
        told = []
        for name, place in (("median", 9), ("95th percentile", 18)):
            quiet, under = (statistics.quantiles(waits, n=20)[place] for waits in (self._quiet, self._under))
            told.append(f"{name} {under / quiet:.1f} times as long as without ({under * 1000:.0f} ms)")
        longest = f"longest {max(self._under):.2f} s"
        return (
            f"{self._name}: {', '.join(told)}, {longest}; {self._missing} of {len(self._under)} not answered"
        )


async def measure(seconds: float, checkouts: list[Path]) -> None:
    async with AsyncExitStack() as stack:
        doors = [(await stack.enter_async_context(stage(1, root))).doors[0] for root in checkouts]
        for door in doors:
            await stand_by(door, seconds)
        for attack in ATTACKS:
            seen = [Spans(root.name, door) for root, door in zip(checkouts, doors, strict=True)]
            for _ in range(PAIRS):
                for one in seen:
                    await one.look(attack, seconds)
            for one in seen:
                print(f"{attack}, {one}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=4)
    parser.add_argument("--beside", type=Path, nargs="*", default=[], help="checkouts of other versions")
    chosen = parser.parse_args()
    asyncio.run(measure(chosen.seconds, [*(path.resolve() for path in chosen.beside), ROOT]))


if __name__ == "__main__":
    main()
