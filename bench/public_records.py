"""How fast everybody finds public records among many, and how much the database looks at for it.

Writes records with their publications, of four years and many bodies, as copies of one that made its
way by real moves; then asks for pages, feeds and searches, with other words each time. Prints median and 99th
percentile, the processor time of one request (here, client included, and in mongod: on a busy machine read
these), and the most objects looked at for one request: that must not grow with what is stored.

    python -m bench.public_records --records 100000 --data-dir var/bench-records
"""

from __future__ import annotations

import argparse
import asyncio
import statistics as stats
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import quote

import aiohttp

from bench.board import measure, serving, sign_in
from bench.generate_cases import NAME, SECRET
from bot.wiring import utc_now
from cases.instants import local_date, to_instant
from cases.integrity.breaches.publication_model import PublicationMove
from cases.integrity.breaches.record_model import RecordMove, add_months
from cases.integrity.spine.dossier import AnyDossier, Subject
from cases.integrity.spine.making import number_of
from cases.integrity.spine.vocabulary import Kind
from cases.people import Actor, Role
from classify.types import OUTSIDE, Domain
from storage.database.connection import Database
from storage.integrity.documents import DossierMapper
from storage.opening import Storage, open_storage
from storage.sealed.key_ring import KeyRing
from storage.server.embedded import EmbeddedMongo
from tests.integrity.worlds import REGISTRAR, World, do, opened
from tests.town.clock import MONDAY
from tests.town.places import FINANCE
from tests.town.rules import RULES

YEARS, VILLAGES, TIMES = 4, 3000, 60
DOMAINS = tuple(domain for domain in Domain if domain not in OUTSIDE)


def made_its_way() -> tuple[Any, Any]:
    """One record and its publication, as the moves leave them."""
    confirmer, releaser = (
        Actor(roles=frozenset({role}), id=f"b-{role}", name="乙", department=FINANCE)
        for role in (Role.CONFIRMER, Role.RELEASER)
    )
    record: AnyDossier = opened(Kind.RECORD)
    world = do(World({record.id: record}, MONDAY), record, RecordMove.NOTIFY, REGISTRAR)
    world = World(world.dossiers, MONDAY + timedelta(days=9))
    for move, who in (
        (RecordMove.CONFIRM, confirmer),
        (RecordMove.ENTER, REGISTRAR),
        (RecordMove.PUBLISH, REGISTRAR),
    ):
        world = do(world, record, move, who)
    publication = next(one for one in world.dossiers.values() if one.kind is Kind.PUBLICATION)
    world = do(world, publication, PublicationMove.RELEASE, releaser)
    return world.dossiers[record.id], world.dossiers[publication.id]


def subjects(chance: Random) -> list[tuple[str, Subject]]:
    """Departments and villages of all jurisdictions, each with the jurisdiction's id."""
    known = RULES.jurisdictions
    found = [
        (home.id, Subject(name=one.full_name, department=one.id, region_code=one.region_code))
        for home in known.all()
        for id in sorted(known.departments_of(home.id))
        if (one := known.find_by_id(id))
    ]
    for n in range(VILLAGES):
        home, near = chance.choice(found)
        name = f"示例{n}村村民委员会"
        found.append((home, Subject(name=name, region_code=near.region_code)))
    return found


def copies(count: int, now: datetime, chance: Random) -> Iterator[AnyDossier]:
    record, publication = made_its_way()
    bodies = subjects(chance)
    for n in range(count):
        home, subject = chance.choice(bodies)
        opened_at = to_instant(now - timedelta(days=365 * YEARS * chance.random() ** 2))
        found_on = local_date(opened_at)
        ids = [number_of(kind, f"bench-{n}", opened_at) for kind in (Kind.RECORD, Kind.PUBLICATION)]
        common = {
            "jurisdiction": home,
            "subject": subject,
            "domain": chance.choice(DOMAINS),
            "opened_at": opened_at,
            "updated_at": opened_at,
        }
        breach_on = found_on - timedelta(days=chance.randrange(30, 900))
        dates = {"found_on": found_on, "breach_on": breach_on, "sharing": None, "notifications": ()}
        yield record.model_copy(
            update={**common, **dates, "id": ids[0], "filing_key": f"r{n}", "bases": (), "clocks": ()}
        )
        shown = publication.shown.model_copy(update={"found_on": found_on, "breach_on": breach_on})
        dates = {"released_on": found_on, "ends_on": add_months(found_on, 12), "notifications": ()}
        named = {"id": ids[1], "filing_key": f"p{n}", "about": ids[0], "shown": shown}
        yield publication.model_copy(update={**common, **dates, **named, "clocks": ()})


async def write(storage: Storage, count: int, seed: int) -> None:
    dossiers, mapper = storage.database["dossiers"], DossierMapper(storage.keys)
    await dossiers.delete_many({"_id": {"$gt": ""}})
    started, batch = time.perf_counter(), []
    for dossier in copies(count, utc_now(), Random(seed)):
        document = mapper.to_document(dossier)
        document.pop("wakes_at", None)
        batch.append(document)
        if len(batch) == 2000:
            await dossiers.insert_many(batch)
            batch = []
    if batch:
        await dossiers.insert_many(batch)
    print(f"{2 * count:,} objects in {time.perf_counter() - started:.0f} s", flush=True)


def questions(chance: Random) -> dict[str, Callable[[], str]]:
    """What is asked for, by name; other words each time."""
    bodies = [subject for _, subject in subjects(Random(1))]

    def body() -> Subject:
        return chance.choice(bodies)

    def searched(path: str, **asked: Callable[[], object]) -> Callable[[], str]:
        return lambda: f"{path}?" + "&".join(f"{name}={quote(str(ask()))}" for name, ask in asked.items())

    domain, year = lambda: chance.choice(DOMAINS).value, lambda: chance.randrange(2022, 2028)
    return {
        "list": lambda: "/records",
        "a body's full name": searched("/records", words=lambda: body().name),
        "a word of most names": searched(
            "/records", words=lambda: chance.choice(["政局", "人民", "村民", "委员"])
        ),
        "a word of no name": searched("/records", words=lambda: f"无此{chance.randrange(999)}单位"),
        "region": searched("/records", region=lambda: body().region_code),
        "region by name": searched(
            "/records", region=lambda: chance.choice(["西宁市", "吉林省", "哈尔滨市"])
        ),
        "domain": searched("/records", domain=domain),
        "year": searched("/records", year=year),
        "region, domain, year": searched(
            "/records", region=lambda: body().region_code, domain=domain, year=year
        ),
        "words, domain, year": searched("/records", words=lambda: body().name[-4:], domain=domain, year=year),
        "a body's records": searched("/records", body=lambda: body().keys[0]),
        "JSON": searched("/records.json", domain=domain),
        "Atom": lambda: "/records.atom",
        "Atom of a region": searched("/records.atom", region=lambda: body().region_code),
        "bodies by name": searched("/bodies", words=lambda: body().name),
        "page of a body": lambda: f"/bodies/{quote(body().keys[0], safe='')}",
        "figures of a year": searched("/records/figures", year=year),
        "board, 12 months": lambda: "/board/credit?period=12m",
    }


async def looked_at(database: Database, since: datetime) -> tuple[int, str]:
    """The most objects read for one query since then, and by which plan."""
    asked = {"ns": f"{database.name}.dossiers", "ts": {"$gte": since}, "docsExamined": {"$gte": 0}}
    notes = await database["system.profile"].find_all(asked)
    worst = max(notes, key=lambda note: int(note["docsExamined"]), default={})
    return int(worst.get("docsExamined", 0)), str(worst.get("planSummary", ""))[:60]


async def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--records", type=int, default=0, help="write so many first; the old ones go")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--data-dir", type=Path, default=Path("var/bench-records"))
    given = parser.parse_args()
    async with (
        EmbeddedMongo(given.data_dir) as mongo,
        open_storage(mongo.uri, NAME, KeyRing(SECRET), utc_now) as storage,
    ):
        if given.records:
            await write(storage, given.records, given.seed)
        database, jar = storage.database, aiohttp.CookieJar(unsafe=True)
        async with serving(storage) as address, aiohttp.ClientSession(cookie_jar=jar) as client:
            await sign_in(storage, client, address)
            pid = mongo.members[0].pid or 0
            columns = f"{'median ms':>10}{'p99 ms':>9}{'cpu ours':>10}{'cpu mongod':>12}{'most objects':>14}"
            print(f"{'asked':<24}{columns}  plan")
            for name, question in questions(Random(given.seed)).items():
                spent = [await measure(client, address + question(), pid, 404) for _ in range(TIMES)]
                await database.command({"profile": 2})
                begun = utc_now()
                for _ in range(10):
                    await measure(client, address + question(), pid, 404)
                await database.command({"profile": 0})
                most, plan = await looked_at(database, begun)
                walls, ours, theirs = (sorted(times) for times in zip(*spent, strict=True))
                p99 = walls[min(TIMES - 1, TIMES * 99 // 100)]
                cpu = f"{stats.median(ours):>10.0f}{stats.mean(theirs):>12.0f}"
                print(
                    f"{name:<24}{stats.median(walls):>10.0f}{p99:>9.0f}{cpu}{most:>14,}  {plan}", flush=True
                )


if __name__ == "__main__":
    asyncio.run(main())
