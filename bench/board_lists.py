"""What the database looks at for every list behind a mark of the board; prints the worst.

Every link of the board's pages to a list is followed once, as a supervisor would, while the database notes
what each query examined. A list shows fifty rows: what it examines must not grow with what is stored.

    python -m bench.board_lists --data-dir var/bench
"""

from __future__ import annotations

import argparse
import asyncio
import html
import re
import statistics as stats
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple
from urllib.parse import parse_qsl, urlsplit

import aiohttp

from bench.board import Spent, measure, serving, sign_in
from bench.generate_cases import NAME, SECRET
from bot.wiring import utc_now
from storage.database.connection import Database
from storage.opening import open_storage
from storage.sealed.key_ring import KeyRing
from storage.server.embedded import EmbeddedMongo

PAGES = (
    "/board?period=30d",
    "/board?period=90d",
    "/board?period=12m",
    "/board?period=3y",
    "/board?period=12m&by=domain",
    "/board?period=12m&by=place",
    "/board?period=12m&by=month",
)
LINK = re.compile(r'href="(/board/cases\?[^"]+)"')


class Looked(NamedTuple):
    link: str
    spent: Spent
    keys: int
    documents: int
    plan: str


async def links_of(client: aiohttp.ClientSession, address: str) -> list[str]:
    found: dict[str, None] = {}
    for page in PAGES:
        async with client.get(address + page) as answer:
            found |= dict.fromkeys(html.unescape(link) for link in LINK.findall(await answer.text()))
    return list(found)


async def follow(
    client: aiohttp.ClientSession, address: str, database: Database, link: str, pid: int
) -> Looked:
    """One list, and what its query on the rows examined."""
    begun = datetime.now(UTC)
    spent = await measure(client, address + link, pid)
    asked = {"ns": f"{database.name}.facts", "op": "query", "ts": {"$gte": begun}}
    notes = await database["system.profile"].find_all(asked)
    note = max(notes, key=lambda n: n["docsExamined"])
    return Looked(link, spent, note["keysExamined"], note["docsExamined"], note["planSummary"][:60])


def kind_of(link: str) -> str:
    """What is asked, without what it is narrowed to."""
    query = dict(parse_qsl(urlsplit(link).query))
    asked = [
        f"{name}={query[name]}" for name in ("state", "left", "event", "outcome", "age") if name in query
    ]
    narrowed = [name for name in ("department", "domain", "place") if name in query]
    return " ".join([*asked, *narrowed])


def table(seen: list[Looked]) -> None:
    kinds: dict[str, list[Looked]] = defaultdict(list)
    for one in seen:
        kinds[kind_of(one.link)].append(one)
    print(f"{'list':<48}{'links':>6}{'most keys':>11}{'most rows':>11}{'median ms':>11}{'worst ms':>10}")
    for kind, ones in sorted(kinds.items(), key=lambda item: -max(o.documents for o in item[1])):
        keys, rows = max(o.keys for o in ones), max(o.documents for o in ones)
        walls = [o.spent.wall for o in ones]
        print(
            f"{kind:<48}{len(ones):>6}{keys:>11,}{rows:>11,}{stats.median(walls):>11.0f}{max(walls):>10.0f}"
        )
    worst = max(seen, key=lambda one: one.documents)
    print(f"{len(seen)} lists; most rows: {worst.link} {worst.plan}")


async def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data-dir", type=Path, default=Path("var/bench"))
    parser.add_argument(
        "--most", type=int, default=400, help="so many lists, spread over all that are linked"
    )
    given = parser.parse_args()
    async with (
        EmbeddedMongo(given.data_dir) as mongo,
        open_storage(mongo.uri, NAME, KeyRing(SECRET), utc_now) as storage,
    ):
        jar = aiohttp.CookieJar(unsafe=True)
        async with serving(storage) as address, aiohttp.ClientSession(cookie_jar=jar) as client:
            await sign_in(storage, client, address)
            links = await links_of(client, address)
            chosen = links[:: max(len(links) // given.most, 1)]
            pid = mongo.members[0].pid or 0
            await storage.database.command({"profile": 2})
            try:
                table([await follow(client, address, storage.database, link, pid) for link in chosen])
            finally:
                await storage.database.command({"profile": 0})


if __name__ == "__main__":
    asyncio.run(main())
