"""Messages per second that the intake holds, with the 99th percentile of the answer time.

`python -m bench.load --seconds 60 --processes 2`: real processes behind a web hook, the embedded replica
set, a Bot API stand-in that answers at once. With `--flood` it takes twice as long, and a
citizen floods in every other eighth, so that both halves meet the same machine: the ratio is what counts.
An answer counts from the delivery of an update until its first reply arrives at the Bot API.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import itertools
import random
import secrets
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from aiohttp import ClientError, ClientSession, web

from bot.telegram.updates import SECRET_HEADER, WEBHOOK_PATH
from storage.server.embedded import EmbeddedMongo
from storage.server.mongod import free_port

ROOT = Path(__file__).parent.parent
TOKEN = "7000000001:AAF-standin-token-for-measuring-00000"  # noqa: S105 - made up
WORDS = (
    "在吗",
    "/help",
    "/status",
    "青海省西宁市城东区住房和城乡建设局拖欠我公司工程款50万元，至今没有支付。",
    "/cancel",
)
FLOODER = 1
PATIENCE = 60.0
START_SECONDS = 120
WARM_UP = 5.0
PAIRS = 4
"""Pairs of spans, one quiet and one flooded, when there is a flooder."""


@dataclass
class Telegram:
    """Takes every call and measures how long each question waited for the first message after it."""

    asked: dict[int, tuple[float, list[float], asyncio.Event]] = field(default_factory=dict)
    waits: list[float] = field(default_factory=list)
    """Seconds that those waited who ask now; whoever measures puts another list here."""
    calls: int = 0

    def ask(self, chat: int) -> asyncio.Event:
        """The event of the answer to what is asked now."""
        answered = asyncio.Event()
        self.asked[chat] = (time.monotonic(), self.waits, answered)
        return answered

    async def call(self, request: web.Request) -> web.Response:
        given = dict(await request.post())
        result: Any = True
        if request.match_info["method"].lower() == "sendmessage":
            chat = int(str(given["chat_id"]))
            self.calls += 1
            if chat in self.asked:
                since, waits, answered = self.asked.pop(chat)
                waits.append(time.monotonic() - since)
                answered.set()
            result = {
                "message_id": self.calls,
                "date": 1,
                "chat": {"id": chat, "type": "private"},
                "text": "x",
            }
        return web.json_response({"ok": True, "result": result})


@dataclass
class Crowd:
    """Citizens who write one message after the other, each when the last one was answered."""

    telegram: Telegram
    doors: list[str]
    secret: str
    http: ClientSession
    chance: random.Random
    sent: int = 0

    async def citizens(self, place: int, until: float) -> None:
        """One after the other: each writes ten messages, waits for every answer, and goes."""
        for chat in itertools.count(place, 1000):
            for _ in range(10):
                if time.monotonic() > until:
                    return
                answered = self.telegram.ask(chat)
                await self.send(chat)
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(answered.wait(), PATIENCE)
                await asyncio.sleep(1.0)  # Telegram's own pace per chat

    async def flooder(self) -> None:
        while True:
            await self.send(FLOODER)
            await asyncio.sleep(0.02)

    async def send(self, chat: int) -> None:
        self.sent += 1
        who = {"id": chat, "is_bot": False, "first_name": "某"}
        message = {"message_id": self.sent, "date": 1, "chat": {"id": chat, "type": "private"}, "from": who}
        update = {"update_id": self.sent, "message": {**message, "text": self.chance.choice(WORDS)}}
        while True:
            door = self.chance.choice(self.doors)
            with contextlib.suppress(ClientError):
                async with self.http.post(
                    door + WEBHOOK_PATH, json=update, headers={SECRET_HEADER: self.secret}
                ) as answer:
                    if answer.status == 200:
                        return
            await asyncio.sleep(0.05)


class Held(NamedTuple):
    """What one run held: a line for people, and median and p99 of those who did not flood, in seconds."""

    line: str
    p50: float
    p99: float


class Started(NamedTuple):
    door: str
    pid: int


async def start_bot(
    stack: AsyncExitStack,
    folder: Path,
    settings: dict[str, str],
    root: Path = ROOT,
    module: tuple[str, ...] = ("bot", "run"),
) -> Started:
    port = free_port()
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", *module),
        cwd=folder,
        env={
            **settings,
            "PYTHONPATH": str(root),
            "HTTP_PORT": str(port),
            "TURN_PAUSE": "0",
            "DATA_DIR": str(folder),
        },
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )

    async def end() -> None:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()

    stack.push_async_callback(end)
    assert process.stdout is not None
    async with asyncio.timeout(START_SECONDS):
        while "Ctrl-C" not in (line := (await process.stdout.readline()).decode()):
            assert line, "the process did not start"
    return Started(f"http://127.0.0.1:{port}", process.pid)


@asynccontextmanager
async def stage(processes: int, root: Path = ROOT) -> AsyncIterator[Crowd]:
    """Database, Bot API and processes of the checkout at `root`, ready to be asked."""
    telegram, secret = Telegram(), "load-" + secrets.token_hex(8)
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="shouxin-load-")))
        mongo = await stack.enter_async_context(EmbeddedMongo(folder))
        api = web.Application()
        api.router.add_post("/bot{token}/{method}", telegram.call)
        runner = web.AppRunner(api, access_log=None)
        await runner.setup()
        stack.push_async_callback(runner.cleanup)
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        settings = {
            "MONGODB_URI": mongo.uri,
            "SECRET_KEY": secrets.token_urlsafe(48),
            "BOT_TOKEN": TOKEN,
            "TELEGRAM_API_URL": f"http://127.0.0.1:{runner.addresses[0][1]}",
            "WEBHOOK_URL": "http://127.0.0.1:1",
            "WEBHOOK_SECRET": secret,
            "LOG_LEVEL": "WARNING",
        }
        doors = [(await start_bot(stack, folder, settings, root)).door for _ in range(processes)]
        http = await stack.enter_async_context(ClientSession())
        yield Crowd(telegram, doors, secret, http, random.Random(1))


async def measure(seconds: float, processes: int, citizens: int, *, flood: bool) -> list[Held]:
    """One run: all of it quiet, or twice as long with the flooder in every other span."""
    spans = [False, True] * PAIRS if flood else [False]
    waits: dict[bool, list[float]] = {False: [], True: []}
    async with stage(processes) as load:
        until = time.monotonic() + WARM_UP + seconds * len(set(spans))
        writing = [asyncio.create_task(load.citizens(100 + place, until)) for place in range(citizens)]
        await asyncio.sleep(WARM_UP)
        for flooded in spans:
            load.telegram.waits = waits[flooded]
            flooding = asyncio.create_task(load.flooder()) if flooded else None
            await asyncio.sleep(seconds * len(set(spans)) / len(spans))
            if flooding is not None:
                flooding.cancel()
                await asyncio.gather(flooding, return_exceptions=True)
        await asyncio.gather(*writing)
    return [
        _held(sorted(waits[kind]), seconds, processes, citizens, flood=kind) for kind in sorted(set(spans))
    ]


def _held(waits: list[float], seconds: float, processes: int, citizens: int, *, flood: bool) -> Held:
    p50, p99 = statistics.median(waits), waits[int(len(waits) * 0.99)]
    line = (
        f"{processes} process(es), {citizens} citizens{', one floods' if flood else ''}, {seconds:.0f} s: "
        f"{len(waits) / seconds:.1f} answered messages/s, p50 {p50:.2f} s, p99 {p99:.2f} s"
    )
    return Held(line, p50, p99)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.load", description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--processes", type=int, nargs="*", default=[1, 2])
    parser.add_argument("--citizens", type=int, default=25)
    parser.add_argument(
        "--flood", action="store_true", help="as long again, while one citizen writes 50 messages a second"
    )
    chosen = parser.parse_args()
    for count in chosen.processes:
        held = asyncio.run(measure(chosen.seconds, count, chosen.citizens, flood=chosen.flood))
        for one in held:
            print(one.line)
        if chosen.flood:
            quiet, flooded = held
            print(
                f"the others, with the flooder to without: p50 {flooded.p50 / quiet.p50:.2f}, "
                f"p99 {flooded.p99 / quiet.p99:.2f}"
            )
        sys.stdout.flush()


if __name__ == "__main__":
    main()
