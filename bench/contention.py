"""Thirty-two people pull from two queues at once until both are empty: how fast, how evenly, nothing twice.

`python -m bench.contention --cases 400`: the real core on the embedded mongod, every worker in a loop of
"pull the next case". A pull counts from the question until the case is stored as held by the one who asked.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import tempfile
import time
from collections import Counter
from pathlib import Path

from bot.settings import load_settings
from bot.wiring import Core, build_core, load_rules, utc_now
from cases.model import Case
from cases.people import Actor, Role
from cases.records import FreeText
from cases.service.intake import Report
from cases.vocabulary import Channel, Language, Move
from classify.types import Domain
from storage.opening import open_storage
from storage.sealed.key_ring import KeyRing
from storage.server.embedded import EmbeddedMongo

QUEUES = {Domain.PROCUREMENT: "630000:省财政厅", Domain.BIDDING: "630000:省发展改革委"}
SECRET = "a-secret-for-measuring-only-0123456789abcdef"  # noqa: S105 - made up
WORDS = "第{n}号合同约定三十日内付清采购款，货物早已验收，至今没有支付。"


async def file_all(core: Core, count: int) -> None:
    """`count` cases for each queue, a few at a time."""
    gate = asyncio.Semaphore(16)

    async def file_one(domain: Domain, n: int) -> None:
        report = Report(
            channel=Channel.WEB,
            language=Language.ZH_HANS,
            text=FreeText(WORDS.format(n=n)),
            domain=domain,
            domain_by="citizen",
            region_code="630000",
        )
        async with gate:
            await core.services.filing.file(report, key=f"{domain}-{n}", conversation=None)

    await asyncio.gather(*(file_one(domain, n) for domain in QUEUES for n in range(count)))


class Puller:
    def __init__(self, name: str, department: str) -> None:
        self.actor = Actor(roles=frozenset({Role.HANDLER}), id=name, name=name, department=department)
        self.held: list[Case] = []
        self.waits: list[float] = []

    async def pull_all(self, core: Core) -> None:
        while True:
            asked = time.perf_counter()
            case = await core.services.desk.claim_next(self.actor)
            if case is None:
                return
            self.waits.append(time.perf_counter() - asked)
            self.held.append(case)


async def measure(core: Core, count: int, workers: int) -> list[str]:
    await file_all(core, count)
    departments = tuple(QUEUES.values())
    people = [Puller(f"承办{n}号", departments[n % len(departments)]) for n in range(workers)]
    began = time.perf_counter()
    await asyncio.gather(*(person.pull_all(core) for person in people))
    took = time.perf_counter() - began
    given = Counter(case.number for person in people for case in person.held)
    claims = [
        sum(entry.move == Move.CLAIM for entry in (await core.storage.cases.get(number)).history)
        for number in given
    ]
    waits = sorted(wait for person in people for wait in person.waits)
    share = [len(person.held) for person in people]
    strangers = sum(case.department != p.actor.department for p in people for case in p.held)
    return [
        f"workers {workers}, departments {len(departments)}, cases {count * len(departments)}",
        f"pulled {sum(given.values())} in {took:.1f} s: {sum(given.values()) / took:.0f} a second",
        f"wait median {statistics.median(waits) * 1000:.0f} ms, "
        f"p99 {waits[int(len(waits) * 0.99)] * 1000:.0f} ms",
        f"given twice {sum(n > 1 for n in given.values())}, claimed twice {sum(n != 1 for n in claims)}, "
        f"left lying {count * len(departments) - len(given)}, of another department {strangers}",
        f"cases a worker: least {min(share)}, most {max(share)}",
    ]


async def run(count: int, workers: int) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        async with (
            EmbeddedMongo(Path(folder)) as mongo,
            open_storage(mongo.uri, "contention", KeyRing(SECRET), utc_now) as storage,
        ):
            core = await build_core(storage, load_rules(load_settings(_env_file=None)), utc_now)
            return await measure(core, count, workers)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=400, help="cases in each queue")
    parser.add_argument("--workers", type=int, default=32)
    given = parser.parse_args()
    print("\n".join(asyncio.run(run(given.cases, given.workers))))


if __name__ == "__main__":
    main()
