"""The plan of what is broken when, all drawn from the seed, and the hands that break it.

Processes and database members are ended with SIGKILL, one member's disk fills, clocks jump; primaries are
frozen, and cut off from the other members.
"""

from __future__ import annotations

import asyncio
import ctypes
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from aiohttp import ClientError, ClientSession, ClientTimeout

from cases.errors import StorageUnavailable
from storage.server.embedded import EmbeddedReplicaSet
from storage.server.mongod import Member, free_port
from tests.chaos.network import FarMember, FarReplicaSet
from tests.chaos.pace import Pace
from tests.chaos.process import READY
from tests.town.live.running import environment

DISK_BYTES = 640 * 1024 * 1024
START_SECONDS = 90
MOST_STARTS = 20
LONGER = 4.0
SHARE_OF_WORK = 0.3
FROZEN_SECONDS = 40.0
CUT_SECONDS = (5.0, 20.0)


@dataclass
class Plan:
    """How much is broken; `life` bounds the seconds a process lives, `calm` those between elections.

    A process that gets little of a busy machine lives longer, up to `LONGER` times: it is to be killed at
    work, not while it waits for the processor.
    """

    kills: int
    elections: int
    life: tuple[float, float] = (1.0, 12.0)
    calm: tuple[float, float] = (8.0, 25.0)
    jumps: tuple[float, ...] = (15.0, -15.0, 5.0, -5.0)
    fill_disk: bool = True
    slow_calls: float = 0.0
    """Share of the calls of the Bot API that take seconds."""
    freezes: int = 0
    """How often the primary stands still for `FROZEN_SECONDS`, alive but without an answer."""
    cuts: int = 0
    """How often the primary is cut off from the other members while clients still reach it."""


@dataclass
class Toll:
    """What was really broken."""

    counts: Counter[str] = field(default_factory=Counter)
    left_out: list[str] = field(default_factory=list)
    open: list[int] = field(default_factory=list)
    """Conversations under way at each kill of a process."""


class BotProcess:
    """One process of the pair: started, killed, started again on the same port."""

    def __init__(self, name: str, folder: Path, settings: dict[str, str]) -> None:
        self.folder = folder / name
        self.folder.mkdir(parents=True)
        self.port = free_port()
        self.clock = self.folder / "clock"
        self.log = self.folder / "log"
        own = {
            "DATA_DIR": str(self.folder),
            "HTTP_PORT": str(self.port),
            "CHAOS_CLOCK": str(self.clock),
            "TURN_PAUSE": "0.5",
        }
        self._environment = environment(**settings, **own)
        self._process: asyncio.subprocess.Process | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def start_at_last(self) -> int:
        """Start as often as it takes, as a service manager would; how often it had to be repeated."""
        for repeated in range(MOST_STARTS):
            if await self._start():
                return repeated
            await asyncio.sleep(0.5)
        raise RuntimeError(f"the process does not start; see {self.log}")

    async def _start(self) -> bool:
        """Whether it became ready; False when it ended instead, as it may while there is no primary."""
        with self.log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                *("-m", "tests.chaos.process"),
                cwd=self.folder,
                env=self._environment,
                stdout=subprocess.PIPE,
                stderr=log,
            )
        assert self._process.stdout is not None
        line = await asyncio.wait_for(self._process.stdout.readline(), START_SECONDS)
        if line.decode().strip() != READY:
            await self._process.wait()
            return False
        return True

    async def lives(self, seconds: float) -> None:
        """Let it work for so long, were the machine its own."""
        since, worked = time.monotonic(), self._worked()
        while time.monotonic() - since < seconds * LONGER:
            passed = time.monotonic() - since
            if passed >= seconds and self._worked() - worked >= seconds * SHARE_OF_WORK:
                return
            await asyncio.sleep(0.1)

    def _worked(self) -> float:
        """Seconds of processor time so far."""
        assert self._process is not None
        try:
            fields = Path(f"/proc/{self._process.pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            return 0.0
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    async def kill(self) -> None:
        if self._process is not None:
            with suppress(ProcessLookupError):
                self._process.kill()
            await self._process.wait()

    async def stop(self) -> float:
        """Ask it to end, as a service manager does; the seconds it took."""
        assert self._process is not None
        since = time.monotonic()
        with suppress(ProcessLookupError):
            self._process.send_signal(signal.SIGTERM)
        await self._process.wait()
        return time.monotonic() - since


class Harm:
    """Breaks things until the plan is used up. One member of the database at a time."""

    def __init__(
        self,
        seed: int,
        plan: Plan,
        bots: list[BotProcess],
        mongo: EmbeddedReplicaSet,
        small_disk: Path | None,
        pace: Pace,
        look: Callable[[], Awaitable[dict[str, int]]],
    ) -> None:
        """`look`: how many chats have something waiting, by box."""
        self._seed = seed
        self._plan = plan
        self._pace = pace
        self._look = look
        self._bots = bots
        self._mongo = mongo
        self._small_disk = small_disk
        """Where the last member keeps its data, when that is a small disk of its own."""
        self._one_at_a_time = asyncio.Lock()
        self.toll = Toll()

    async def happens(self) -> None:
        share, rest = divmod(self._plan.kills, len(self._bots))
        quotas = [share + (place < rest) for place in range(len(self._bots))]
        async with asyncio.TaskGroup() as harms:
            for bot, quota in zip(self._bots, quotas, strict=True):
                harms.create_task(self._kill_again_and_again(bot, quota))
            harms.create_task(self._kill_primaries())
            harms.create_task(self._freeze_primaries())
            harms.create_task(self._cut_off_primaries())
            if self._plan.fill_disk:
                harms.create_task(self._fill_a_disk())
        for bot in self._bots:
            bot.clock.unlink(missing_ok=True)
        self._pace.harmed = True

    def _chance(self, *what: object) -> random.Random:
        return random.Random(":".join(map(str, (self._seed, *what))))

    async def _kill_again_and_again(self, bot: BotProcess, quota: int) -> None:
        chance = self._chance("kills", bot.folder.name)
        for _ in range(quota):
            await bot.lives(chance.uniform(*self._plan.life))
            await self._meet_somebody()
            await bot.kill()
            self._pace.killed += 1
            self.toll.counts["processes killed"] += 1
            if self._plan.jumps and chance.random() < 0.5:
                bot.clock.write_text(str(chance.choice((0.0, *self._plan.jumps))))
                self.toll.counts["clock jumps"] += 1
            self.toll.counts["starts repeated (no primary at that moment)"] += await bot.start_at_last()

    async def _meet_somebody(self) -> None:
        """Wait for the moment and note what a kill interrupts."""
        while True:
            await self._pace.until_someone_is_served()
            waiting = await self._look()
            if self._pace.open:
                break
        self.toll.open.append(self._pace.open)
        for box, chats in waiting.items():
            self.toll.counts[f"kills that met {box}"] += chats > 0

    async def _kill_primaries(self) -> None:
        async for primary, chance in self._met("elections", self._plan.elections):
            primary.kill()
            await self._primary()
            self.toll.counts["primaries killed, others elected"] += 1
            await asyncio.sleep(chance.uniform(0.5, 3.0))
            await primary.start()

    async def _freeze_primaries(self) -> None:
        async for primary, _ in self._met("frozen", self._plan.freezes):
            assert primary.pid is not None
            os.kill(primary.pid, signal.SIGSTOP)
            await asyncio.sleep(FROZEN_SECONDS)
            os.kill(primary.pid, signal.SIGCONT)
            self.toll.counts["primaries frozen"] += 1

    async def _cut_off_primaries(self) -> None:
        if self._plan.cuts and not isinstance(self._mongo, FarReplicaSet):
            self.toll.left_out.append("a network that is cut: namespaces are not permitted here")
            return
        async for primary, chance in self._met("cut", self._plan.cuts):
            assert isinstance(primary, FarMember)
            primary.cut_off(self._mongo.members)
            await asyncio.sleep(chance.uniform(*CUT_SECONDS))
            primary.joined(self._mongo.members)
            self.toll.counts["primaries cut off from the others"] += 1

    async def _met(self, what: str, times: int) -> AsyncIterator[tuple[Member, random.Random]]:
        """The primary, so often, each time while somebody is served and no other member is harmed."""
        chance = self._chance(what)
        for place in range(times):
            await asyncio.sleep(chance.uniform(*self._plan.calm))
            await self._pace.until_someone_is_served(place / times)
            async with self._one_at_a_time:
                yield await self._primary(), chance

    async def _primary(self) -> Member:
        while True:
            with suppress(StorageUnavailable):
                return await self._mongo.primary()

    async def _fill_a_disk(self) -> None:
        member, folder = self._mongo.members[-1], self._small_disk
        if folder is None:
            self.toll.left_out.append("a full disk: mounting is not permitted here")
            return
        await asyncio.sleep(self._chance("disk").uniform(*self._plan.calm))
        async with self._one_at_a_time:
            filler = folder / "filler"
            fill(filler)
            await self._until_it_fails(member)
            self.toll.counts["full disks"] += 1
            filler.unlink()
            member.kill()
            await member.start()

    async def _until_it_fails(self, member: Member) -> None:
        for _ in range(60):
            if not member.running:
                self.toll.counts["members ended by a full disk"] += 1
                return
            await asyncio.sleep(0.25)


def fill(file: Path) -> None:
    """Take all the space there is."""
    with suppress(OSError), file.open("wb", buffering=0) as target:
        while True:
            target.write(b"\0" * 65536)


def mount_small_disk(folder: Path) -> bool:
    """A disk of its own for a folder; False where this is not permitted."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    libc = ctypes.CDLL(None, use_errno=True)
    options = f"size={DISK_BYTES},mode=0700".encode()
    return bool(libc.mount(b"tmpfs", str(folder).encode(), b"tmpfs", 0, options) == 0)


def unmount(folder: Path) -> None:
    if os.path.ismount(folder):
        ctypes.CDLL(None).umount2(str(folder).encode(), 2)


async def answers(address: str) -> bool:
    """Whether a process says it is ready."""
    try:
        async with (
            ClientSession(timeout=ClientTimeout(total=3)) as session,
            session.get(address + "/readyz") as answer,
        ):
            return answer.status == 200
    except (ClientError, TimeoutError):
        return False
