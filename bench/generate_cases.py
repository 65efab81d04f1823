"""Fills a database with plausible cases for measuring and for looking at full pages. Seeded.

Two ways, and they say which they are:
  --cases N   whole cases: told by the real core (`bot/demo/telling.py`), encoded by the real storage
              mapping with every word sealed, inserted in bulk. About 3 ms each.
  --rows N    rows of facts only, drawn from distributions fitted by eye to those stories; no case documents
              stand behind them, so pages that open a case need --cases. The cells are then counted by the
              same code as always. This is what a million is made with.

With --jurisdiction all of them lie under one supervisor, which is the hardest for the board.

    python -m bench.generate_cases --rows 1000000 --jurisdiction qinghai --data-dir var/bench
"""

from __future__ import annotations

import argparse
import asyncio
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from bot.demo.lives import pace
from bot.demo.people import FAMILY
from bot.demo.telling import Teller
from bot.settings import load_settings
from bot.wiring import load_rules, utc_now
from cases.figures.facts import CaseFacts, Event, Happening, Spell, Verdict
from cases.figures.measures import prefecture
from cases.instants import end_of, local_date, to_instant
from cases.rules.rule_books import Rules
from cases.vocabulary import Channel, Status
from classify.types import Domain, Severity
from storage.database.encoding import Document
from storage.figures.documents import FactsMapper
from storage.figures.rollups import Accumulator, Rollups
from storage.opening import Storage, open_storage
from storage.sealed.key_ring import KeyRing
from storage.server.embedded import EmbeddedMongo

SECRET = "a-secret-for-measuring-only-0123456789"  # noqa: S105
NAME = "shouxin_bench"
YEARS = 3
HOUR = 3600.0


def rules_of(only: list[str] | None = None) -> Rules:
    return load_rules(load_settings(_env_file=None, jurisdictions=tuple(only or ())))


class Rows:
    """Rows of facts as `facts_of` would make them."""

    def __init__(self, seed: int, now: datetime, only: list[str] | None = None) -> None:
        self._rng = Random(seed)
        self._now = now
        self._teller = Teller(rules_of(only), self._rng, now)

    def make(self, count: int) -> Iterator[CaseFacts]:
        """In the order of filing, spread over three years with a slow rise."""
        span = timedelta(days=365 * YEARS)
        for serial in range(count):
            share = (serial + self._rng.random()) / count
            yield self._row(serial, to_instant(self._now - span * (1 - share**0.85)))

    def _row(self, serial: int, filed: datetime) -> CaseFacts:
        rng, (subject, routing) = self._rng, self._teller.subject()
        domain, slow = subject.domain, pace(routing.department)
        person = rng.randrange(6)
        read = filed + self._days(2 * slow)
        accept = read + self._days(4 * slow)
        answer = accept + self._days(22 * slow)
        close = answer + self._days(20)
        declined = rng.random() < 0.05
        fields: dict[str, object] = {
            "number": f"SX{local_date(filed):%Y%m%d}-{serial:07d}-0",
            "version": 4,
            "jurisdiction": routing.jurisdiction,
            "department": routing.department,
            "home": routing.department,
            "home_name": routing.department_name,
            "domain": domain.value,
            "place": prefecture(subject.area.code),
            "channel": rng.choices(list(Channel), [50, 30, 12, 4, 4])[0].value,
            "severity": rng.choices(list(Severity), [80, 15, 5])[0].value,
            "person": f"{routing.department}-{person}",
            "person_name": FAMILY[(person * 7 + len(routing.department)) % len(FAMILY)] + "志远",
            "bodies": (subject.office,),
            "amount": rng.randrange(2, 400) * 10_000 if domain is Domain.DEBT else None,
            "band": f"band{serial - serial % 4 if serial % 100 < 4 else serial}",
            "filed_at": filed,
        }
        if declined:
            answer = close = accept
        fields |= self._course(filed, read, accept, answer, close, declined)
        return CaseFacts.model_construct(**fields)  # type: ignore[arg-type]

    def _days(self, mean: float) -> timedelta:
        return timedelta(days=self._rng.gammavariate(2.2, mean / 2.2))

    def _course(
        self,
        filed: datetime,
        read: datetime,
        accept: datetime,
        answer: datetime,
        close: datetime,
        declined: bool,
    ) -> dict[str, object]:
        now, rng = self._now, self._rng
        read, accept, answer, close = (to_instant(at) for at in (read, accept, answer, close))
        accept_due = end_of(local_date(filed) + timedelta(days=15))
        handle_due = end_of(local_date(accept) + timedelta(days=60))
        events: list[Event] = []
        fields: dict[str, object] = {"status": Status.REGISTERED, "open": True, "events": ()}
        due = accept_due
        if read <= now:
            fields["read"] = _spell(filed, read)
        fields["accept_verdict"] = _verdict(filed, accept, accept_due, now)
        if accept <= now:
            fields["reply"] = _spell(filed, accept)
            if declined:
                events.append(Event(Happening.DECLINED, accept))
                fields |= {"status": Status.DECLINED, "open": False, "outcome": "declined"}
                fields["close"] = _spell(filed, accept)
            else:
                fields |= {"status": Status.ACCEPTED, "accept": _spell(filed, accept)}
                fields["handle_verdict"] = _verdict(accept, answer, handle_due, now)
                due = handle_due
        if not declined and answer <= now:
            outcome = rng.choices(("support", "partly", "explain", "reject"), (42, 23, 22, 13))[0]
            fields |= {"status": Status.ANSWERED, "open": False, "outcome": outcome}
            fields["answer"] = _spell(filed, answer)
            if rng.random() < 0.4:
                satisfied = min(5, max(1, round(rng.gauss(3.6, 1))))
                fields |= {"rated_at": answer, "responded": rng.random() < 0.9, "satisfied": satisfied}
                fields["solved"] = rng.random() < 0.6
        if not declined and close <= now:
            fields |= {"status": Status.CLOSED, "close": _spell(filed, close)}
        if rng.random() < 0.04 and read <= now:
            events.append(Event(Happening.TRANSFERRED, read))
        if fields["open"]:
            fields |= {"due_at": due, "amber_at": due - timedelta(days=5)}
        fields["events"] = tuple(events)
        return fields


def _spell(filed: datetime, at: datetime) -> Spell:
    return Spell(at, int((at - filed).total_seconds()))


def _verdict(start: datetime, met: datetime, due: datetime, now: datetime) -> Verdict | None:
    share = min(int((met - start) / (due - start) * 100), 999)
    if met <= now:
        return Verdict(met if met <= due else due, met <= due, share)
    return Verdict(due, False, None) if due <= now else None


async def write_rows(
    storage: Storage, count: int, seed: int, now: datetime, only: list[str] | None = None
) -> None:
    """Rows and cells; the old ones go."""
    database = storage.database
    await database["facts"].delete_many({"_id": {"$gt": ""}})
    cells, batch, mapper = Accumulator(), list[Document](), FactsMapper(storage.keys)
    started = time.perf_counter()
    for done, facts in enumerate(Rows(seed, now, only).make(count), start=1):
        cells.add(mapper.counted(facts))
        batch.append(mapper.to_document(facts, []))
        if len(batch) == 2000 or done == count:
            await database["facts"].insert_many(batch)
            batch = []
        if done % 50_000 == 0:
            print(f"{done:>9,} rows  {done / (time.perf_counter() - started):,.0f}/s", flush=True)
    rollups = Rollups(database, storage.keys)
    await rollups.mark_all_groups()
    await rollups.replace_cells(cells)
    await rollups.mark_whole(now)


async def write_cases(storage: Storage, count: int, seed: int, now: datetime, days: int) -> None:
    """Whole cases, then their figures through `Rollups.rebuild`."""
    teller = Teller(rules_of(), Random(seed), now)
    batch: list[Document] = []
    started = time.perf_counter()
    for serial in range(count):
        filed_at = now - timedelta(days=days * (1 - (serial + 0.5) / count))
        batch.append(storage.cases._mapper.to_document(teller.tell(filed_at, seed * 10_000_000 + serial)))
        if len(batch) == 500 or serial + 1 == count:
            await storage.database["cases"].insert_many(batch)
            batch = []
        if (serial + 1) % 5000 == 0:
            print(
                f"{serial + 1:>9,} cases {(serial + 1) / (time.perf_counter() - started):,.0f}/s", flush=True
            )
    started = time.perf_counter()
    await Rollups(storage.database, storage.keys).rebuild(now)
    print(f"rebuild of {count:,} cases: {time.perf_counter() - started:.1f} s")


async def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--cases", type=int, default=0)
    parser.add_argument("--rows", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--days", type=int, default=120, help="over how many days --cases are spread")
    parser.add_argument("--jurisdiction", action="append", help="only rows of this one; may be repeated")
    parser.add_argument("--data-dir", type=Path, default=Path("var/bench"))
    given = parser.parse_args()
    now = to_instant(datetime.now(UTC))
    async with (
        EmbeddedMongo(given.data_dir) as mongo,
        open_storage(mongo.uri, NAME, KeyRing(SECRET), utc_now) as storage,
    ):
        if given.cases:
            await write_cases(storage, given.cases, given.seed, now, given.days)
        if given.rows:
            await write_rows(storage, given.rows, given.seed, now, given.jurisdiction)


if __name__ == "__main__":
    asyncio.run(main())
