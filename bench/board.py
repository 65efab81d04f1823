"""How fast the board answers over the rows `bench.generate_cases --rows` made; prints a table.

The pages are asked for over HTTP, with login and templates, from a process that has only just started its
database (cold: the very first request) and again (warm: the median of seven). Nothing caches answers.
On a busy machine read the processor times.

    python -m bench.board --data-dir var/bench
    python -m bench.board --data-dir var/bench --export csv:3y xlsx:3y
"""

from __future__ import annotations

import argparse
import asyncio
import os
import resource
import statistics as stats
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import NamedTuple

import aiohttp
from aiohttp import web

from bench.generate_cases import NAME, SECRET
from bot.settings import load_settings
from bot.wiring import build_core, compose, load_rules, utc_now
from cases.people import Role
from cases.ports.accounts import Staff
from handlers.web.signing_in.passwords import Passwords
from storage.opening import Storage, open_storage
from storage.sealed.key_ring import KeyRing
from storage.server.embedded import EmbeddedMongo

PASSWORD = "a long enough password"  # noqa: S105
PAGES = (
    ("30 days, one jurisdiction", "/board"),
    ("90 days", "/board?period=90d"),
    ("12 months", "/board?period=12m"),
    ("three years", "/board?period=3y"),
    ("one department", "/board?department=630000:省财政厅"),
    ("one domain, 12 months", "/board?period=12m&domain=debt"),
    ("by month", "/board?by=month"),
    ("by person", "/board?by=person"),
    ("list: overdue", "/board/cases?state=overdue"),
    ("list: filed, 12 months", "/board/cases?event=filed&period=12m"),
    ("ranking, 12 months", "/board/ranking?period=12m"),
    ("monthly report", "/board/report/2026-10"),
    ("yearly statistics", "/board/yearly/2025"),
    ("early warning, 12 months", "/board/warning?period=12m"),
    ("what to see to", "/board/attention"),
    ("morning digest", "/board/digest"),
)


@asynccontextmanager
async def serving(storage: Storage) -> AsyncIterator[str]:
    """The pages of the product over this storage; gives their address."""
    settings = load_settings(_env_file=None, disk_reserve_mb=0)
    core = await build_core(storage, load_rules(settings), utc_now)
    parts = compose(core, settings, Passwords())
    runner = web.AppRunner(parts.pages)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()
        await parts.close()


async def sign_in(storage: Storage, client: aiohttp.ClientSession, address: str) -> None:
    if await storage.staff.find_by_login("bench") is None:
        hashed = await Passwords().hash(PASSWORD)
        roles = frozenset({Role.SUPERVISOR})
        await storage.staff.add(
            Staff("bench", "bench", "督办", "630000:省发展改革委", roles, password_hash=hashed)
        )
    page = await (await client.get(f"{address}/login")).text()
    token = page.split('name="csrf" value="')[1].split('"')[0]
    form = {"csrf": token, "login": "bench", "password": PASSWORD, "next": "/healthz"}
    answer = await client.post(f"{address}/login", data=form)
    if answer.status != 200:
        raise SystemExit(f"signing in failed: {answer.status}")


class Spent(NamedTuple):
    """Milliseconds: on the clock, and of processor time in this process (client included) and in mongod."""

    wall: float
    ours: float
    mongod: float


def _mongod_ms(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")


async def measure(client: aiohttp.ClientSession, url: str, pid: int, *answers: int) -> Spent:
    """One request; its answer must be a page, or one of these."""
    started, ours, theirs = time.perf_counter(), time.process_time(), _mongod_ms(pid)
    async with client.get(url) as answer:
        body = await answer.read()
    if answer.status not in {200, *answers}:
        raise SystemExit(f"{url}: {answer.status} {body[:300]!r}")
    wall = (time.perf_counter() - started) * 1000
    return Spent(wall, (time.process_time() - ours) * 1000, _mongod_ms(pid) - theirs)


async def export(client: aiohttp.ClientSession, address: str, kind: str, period: str) -> None:
    """Stream everything filed in a period; the process must not grow, and must answer others meanwhile."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started, ours, size, begun = time.perf_counter(), time.process_time(), 0, 0.0
    waits: list[float] = []
    others = asyncio.create_task(_look_on(client, f"{address}/healthz", waits))
    async with client.get(f"{address}/board/export.{kind}?event=filed&period={period}") as answer:
        async for block in answer.content.iter_chunked(1 << 16):
            begun = begun or time.perf_counter() - started
            size += len(block)
    others.cancel()
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    seconds = time.perf_counter() - started
    print(
        f"{kind} of {period}: {size / 1e6:.0f} MB in {seconds:.0f} s, first bytes after {begun:.1f} s, "
        f"{time.process_time() - ours:.0f} s of processor time, peak memory +{grown:.0f} MB; "
        f"another page meanwhile: median {stats.median(waits):.0f} ms, worst {max(waits):.0f} ms",
        flush=True,
    )


async def _look_on(client: aiohttp.ClientSession, url: str, waits: list[float]) -> None:
    """How long somebody else waits for a small page, twice a second."""
    while True:
        started = time.perf_counter()
        async with client.get(url) as answer:
            await answer.read()
        waits.append((time.perf_counter() - started) * 1000)
        await asyncio.sleep(0.5)


async def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data-dir", type=Path, default=Path("var/bench"))
    parser.add_argument("--export", nargs="*", default=[], help="only these: csv:3y xlsx:3y csv:90d …")
    given = parser.parse_args()
    async with (
        EmbeddedMongo(given.data_dir) as mongo,
        open_storage(mongo.uri, NAME, KeyRing(SECRET), utc_now) as storage,
    ):
        jar = aiohttp.CookieJar(unsafe=True)
        timeout = aiohttp.ClientTimeout(total=None)
        async with (
            serving(storage) as address,
            aiohttp.ClientSession(cookie_jar=jar, timeout=timeout) as client,
        ):
            await sign_in(storage, client, address)
            for wanted in given.export:
                await export(client, address, *wanted.split(":"))
            if given.export:
                return
            pid = mongo.members[0].pid or 0
            print(f"{'page':<28}{'first ms':>10}{'warm ms':>10}{'cpu ours':>10}{'cpu mongod':>12}")
            for name, path in PAGES:
                first = await measure(client, address + path, pid)
                warm = [await measure(client, address + path, pid) for _ in range(7)]
                wall, ours = (stats.median(times) for times in (list(zip(*warm, strict=True))[:2]))
                theirs = stats.mean(spent.mongod for spent in warm)
                print(f"{name:<28}{first.wall:>10.0f}{wall:>10.0f}{ours:>10.0f}{theirs:>12.0f}", flush=True)
            facts = await storage.database["facts"].count({"_id": {"$gt": ""}})
            cells = await storage.database["cells"].count({"_id": {"$gt": ""}})
            print(f"{facts:,} rows, {cells:,} cells")


if __name__ == "__main__":
    asyncio.run(main())
