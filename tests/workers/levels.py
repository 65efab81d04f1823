"""Two deployments, one above the other, and records of the lower that travel up."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

from bot.workers.telling.exchange import Post, Reporting, UpperLevel
from cases.errors import StaleCase, StorageUnavailable
from cases.integrity.breaches.record_model import ShareState
from cases.integrity.spine.vocabulary import Kind
from cases.people import Role
from cases.service.credit.exchange import Exchange, Partners, Sender
from storage.database.connection import Database
from storage.integrity.exchange import MongoExchangeStore
from storage.integrity.store import MongoDossierStore
from storage.opening import assemble
from storage.schema.preparing import prepare
from storage.sealed.key_ring import KeyRing
from tests.town.clock import Watch
from tests.town.dossiers import OPENINGS
from tests.town.live.bureau import Bureau
from tests.town.live.deployment import town_settings
from tests.town.live.parts import put_together
from tests.town.live.signing import one_person_signs
from tests.town.live.town import Town

CONFIRMED: dict[str, Any] = {"severity": "general", "severity_reason": "金额较大", "catalogue": "other"}
DOCUMENT = OPENINGS[Kind.RECORD]["bases"][0]
NAME = "xining"
BELOW_SECRET = "another-secret-for-tests-0123456789abcdef"


class Fate:
    """Every so often the next call to a store finds nobody there."""

    def __init__(self) -> None:
        self.chance = random.Random(15)
        self.strikes = 0
        self.on = False

    def strike(self) -> None:
        if self.on and self.chance.random() < 0.2:
            self.strikes += 1
            raise StorageUnavailable


class MortalStore(MongoExchangeStore):
    fate: Fate

    async def find(self, kind: Any, id: str) -> Any:
        self.fate.strike()
        return await super().find(kind, id)

    async def save(self, kept: Any) -> Any:
        self.fate.strike()
        saved = await super().save(kept)
        self.fate.strike()
        return saved


class MortalDossiers(MongoDossierStore):
    fate: Fate

    async def mark_sharing(self, id: str, sharing: Any) -> None:
        self.fate.strike()
        await super().mark_sharing(id, sharing)


class Levels:
    """The town is the level above; below it another deployment reports to it."""

    def __init__(self, upper: Town, lower: Town, uri: str) -> None:
        self.upper, self.lower, self.uri, self.fate = upper, lower, uri, Fate()
        theirs, ours = lower.core.signer.public_key, upper.core.signer.public_key
        self.above = self._exchange(upper, Partners("qinghai", {NAME: Sender(theirs, ("630000",))}))
        self.below = self._exchange(lower, Partners(NAME, upper=ours))
        # The route of the level above takes what this test configured.
        upper.parts.exchange.partners = self.above.partners
        self.reporting = self.over(UpperLevel(str(upper.address).rstrip("/")).post)

    def _exchange(self, town: Town, partners: Partners) -> Exchange:
        storage = town.storage
        store = MortalStore(storage.database, storage.keys)
        dossiers = MortalDossiers(storage.database, storage.keys)
        store.fate = dossiers.fate = self.fate
        return Exchange(dossiers, store, town.core.signer, partners, town.core.now)

    def over(self, post: Post) -> Reporting:
        return Reporting(self.below, post, self.lower.storage.leases, self.lower.core.now)

    async def works(self, reporting: Reporting, steps: int = 12) -> None:
        """Step after step; what fails is tried again, after its pause."""
        for _ in range(steps):
            with suppress(StorageUnavailable, StaleCase):
                await reporting.step()
            self.lower.later(hours=2)

    async def received(self) -> dict[str, Any]:
        return {one.record: one async for one in self.upper.storage.exchange.iterate_received(NAME)}

    async def states(self) -> set[tuple[ShareState, str | None]]:
        shared = [one.sharing async for one in self.lower.storage.dossiers.iterate_shared()]
        return {(one.state, one.said) for one in shared if one is not None}


async def entered(bureau: Bureau, *given: dict[str, Any]) -> list[Any]:
    records = [await bureau.open(Kind.RECORD, **one) for one in given]
    records = [await bureau.act(one, "notify", Role.REGISTRAR, consequences="拟定") for one in records]
    bureau.town.later(days=9)
    records = [await bureau.act(one, "confirm", **CONFIRMED) for one in records]
    return [await bureau.act(one, "enter", Role.REGISTRAR) for one in records]


def numbered(n: int) -> dict[str, Any]:
    return {"key": f"k{n}", "bases": [{**DOCUMENT, "number": f"（2026）青01民终{n}号"}]}


@asynccontextmanager
async def below(
    town: Town, database: Database, watch: Watch, folder: Path, uri: str
) -> AsyncIterator[Levels]:
    """The town, and under it a second deployment on this empty database."""
    await prepare(database)
    storage = assemble(database, KeyRing(BELOW_SECRET), watch)
    await one_person_signs(storage)
    partners = folder / "upper.toml"
    partners.write_text(f'[upper]\nkey = "{town.core.signer.public_key.hex()}"')
    reports = {
        "exchange_upper": town.address,
        "exchange_name": NAME,
        "exchange_partners": partners,
    }
    parts = await put_together(storage, watch, town_settings(folder / "below", **reports))
    yield Levels(town, Town(parts, watch), uri)
    await parts.close()
    await storage.cases.close()
