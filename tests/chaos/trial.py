"""One trial: set everything up, let people write while it is broken, wait for calm, look at what is left."""

from __future__ import annotations

import asyncio
import random
import secrets
import statistics
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from bot.settings import load_settings
from bot.wiring import Core, build_core, load_rules, utc_now
from cases.errors import StorageUnavailable
from storage.opening import open_storage
from storage.sealed.key_ring import KeyRing
from storage.server.embedded import EmbeddedReplicaSet
from tests.chaos.citizens import ScriptedCitizen
from tests.chaos.desk import Handlers
from tests.chaos.harm import BotProcess, Harm, Plan, Toll, mount_small_disk, unmount
from tests.chaos.network import FarReplicaSet, may_be_cut, networks
from tests.chaos.pace import Pace
from tests.chaos.proof import Ground, count_left, find_faults, look_into_boxes, said_twice
from tests.chaos.telegram import BadDay
from tests.telegram_standin.users import NotSeen

DATABASE = "chaos"
MEMBERS = 3
FIRST_CITIZEN = 5_000_000_000
SETTLE_SECONDS = 240.0


@dataclass
class Verdict:
    """What happened, and what is wrong (nothing, it is hoped)."""

    toll: Toll
    faults: list[str] = field(default_factory=list)
    figures: dict[str, str | int | float] = field(default_factory=dict)


@dataclass
class Stage:
    mongo: EmbeddedReplicaSet
    core: Core
    telegram: BadDay
    bots: list[BotProcess]
    small_disk: Path | None


async def hold_trial(
    folder: Path,
    *,
    seed: int,
    conversations: int,
    spread: float,
    plan: Plan,
    patience: float = 900.0,
    say: Callable[[str], None] = lambda line: None,
) -> Verdict:
    """`spread`: the least seconds over which conversations begin; `patience`: the most a citizen waits."""
    since = time.monotonic()
    async with _stage(folder, seed, plan) as stage:
        desk = Handlers(stage.core, stage.telegram, seed)
        await desk.open()
        citizens: list[ScriptedCitizen] = []

        def next_citizen() -> ScriptedCitizen:
            n = len(citizens)
            chat = stage.telegram.user(FIRST_CITIZEN + n, f"群众{n}")
            citizens.append(ScriptedCitizen(chat, n, seed, patience))
            return citizens[-1]

        pace = Pace(conversations, plan.kills)
        look = partial(look_into_boxes, stage.core)
        harm = Harm(seed, plan, stage.bots, stage.mongo, stage.small_disk, pace, look)
        before = await _term(stage)
        desk_work = asyncio.create_task(desk.work())
        telling = asyncio.create_task(_tell(citizens, harm, say))
        await asyncio.gather(harm.happens(), _all_live(next_citizen, seed, spread, pace))
        telling.cancel()
        written = time.monotonic() - since
        stage.telegram.calm()
        await asyncio.sleep(1)
        desk_work.cancel()
        await asyncio.gather(desk_work, telling, return_exceptions=True)
        settled = await _settle(stage)
        verdict = Verdict(harm.toll)
        verdict.faults = await find_faults(Ground(stage.core, citizens, desk))
        verdict.figures = {
            "seed": seed,
            "conversations": len(citizens),
            "cases confirmed": sum(bool(c.confirmed.number) for c in citizens),
            "files confirmed": sum(len(c.confirmed.files) for c in citizens),
            "additions confirmed": sum(len(c.confirmed.supplements) for c in citizens),
            "desk moves confirmed": sum(map(len, desk.confirmed.values())),
            "conversations under way at a kill (fewest, median, most)": _spread_of(harm.toll.open),
            "elections seen by the database": await _term(stage) - before,
            "calls of the Bot API": len(stage.telegram.calls),
            "of these failed": sum(call.status != 200 for call in stage.telegram.calls),
            "updates delivered": stage.telegram.delivered,
            "deliveries refused and repeated": stage.telegram.refused,
            "apologies (set aside, sent again by the citizen)": sum(c.confirmed.apologies for c in citizens),
            "confirmations seen twice": said_twice(citizens),
            "longest wait of a citizen, s": round(max(c.confirmed.slowest for c in citizens), 1),
            "seconds under harm": round(written),
            "seconds until everything was delivered after it": round(settled),
        }
        return verdict


@asynccontextmanager
async def _stage(folder: Path, seed: int, plan: Plan) -> AsyncIterator[Stage]:
    async with AsyncExitStack() as stack:
        disk: Path | None = folder / "mongo" / f"member-{MEMBERS - 1}"
        assert disk is not None
        if mount_small_disk(disk):
            stack.callback(unmount, disk)
        else:
            disk = None
        kind = EmbeddedReplicaSet
        if plan.cuts and may_be_cut():
            stack.enter_context(networks(MEMBERS))
            kind = FarReplicaSet
        mongo = await stack.enter_async_context(kind(folder, members=MEMBERS, cache_gb=0.25))
        secret = secrets.token_urlsafe(48)
        storage = await stack.enter_async_context(open_storage(mongo.uri, DATABASE, KeyRing(secret), utc_now))
        core = await build_core(storage, load_rules(load_settings(_env_file=None)), utc_now)
        telegram = await stack.enter_async_context(BadDay(seed=seed, slow_rate=plan.slow_calls))
        settings = {
            "MONGODB_URI": mongo.uri,
            "MONGODB_DATABASE": DATABASE,
            "SECRET_KEY": secret,
            "BOT_TOKEN": telegram.token,
            "TELEGRAM_API_URL": telegram.url,
            "WEBHOOK_URL": "http://127.0.0.1:1",
            "LOG_FORMAT": "json",
        }
        bots = [BotProcess(name, folder, settings) for name in ("one", "two")]
        for bot in bots:
            stack.push_async_callback(bot.kill)
            await bot.start_at_last()
        telegram.doors = [bot.address for bot in bots]
        yield Stage(mongo, core, telegram, bots, disk)


async def _all_live(
    next_citizen: Callable[[], ScriptedCitizen], seed: int, spread: float, pace: Pace
) -> None:
    """As many conversations as were planned, and more of them until nothing is left to break."""
    chance = random.Random(f"{seed}:arrivals")

    async def one(citizen: ScriptedCitizen) -> None:
        try:
            await citizen.lives()
        except NotSeen as standing:
            citizen.confirmed.left_standing = str(standing)
        finally:
            pace.ended += 1

    async with asyncio.TaskGroup() as conversations:
        while await pace.until_one_may_begin():
            pace.begun += 1
            conversations.create_task(one(next_citizen()))
            await asyncio.sleep(chance.uniform(0, 2 * spread / pace.conversations))


def _spread_of(counts: list[int]) -> str:
    return f"{min(counts)}, {statistics.median(counts):g}, {max(counts)}" if counts else ""


async def _tell(citizens: list[ScriptedCitizen], harm: Harm, say: Callable[[str], None]) -> None:
    """Where it stands, now and then."""
    since = time.monotonic()
    while True:
        await asyncio.sleep(15)
        filed, done = (sum(1 for c in citizens if test(c)) for test in (_filed, _finished))
        say(f"  {time.monotonic() - since:4.0f} s: {filed} filed, {done} finished, {dict(harm.toll.counts)}")


def _filed(citizen: ScriptedCitizen) -> bool:
    return bool(citizen.confirmed.number)


def _finished(citizen: ScriptedCitizen) -> bool:
    return citizen.confirmed.done


async def _settle(stage: Stage) -> float:
    since = time.monotonic()
    while time.monotonic() - since < SETTLE_SECONDS:
        with suppress(StorageUnavailable):
            if not stage.telegram.world.updates and not await count_left(stage.core):
                break
        await asyncio.sleep(0.5)
    return time.monotonic() - since


async def _term(stage: Stage) -> int:
    status = await stage.core.storage.database.sibling("admin").command({"replSetGetStatus": 1})
    return int(status["term"])
