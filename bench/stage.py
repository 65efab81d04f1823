"""A real process behind a web hook over the embedded replica set, asked by clients; what each thing costs.

Shared by the benches of this room. Commands are counted by mongod itself; processor time is read from the
system for server, mongod and client apart.
"""

from __future__ import annotations

import asyncio
import json
import os
import secrets
import signal
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from aiohttp import ClientSession, web

from bench.load import TOKEN, Started, start_bot
from bot.telegram.updates import SECRET_HEADER, WEBHOOK_PATH
from storage.database.administration import Admin
from storage.server.embedded import EmbeddedMongo

COMMANDS = ("find", "getMore", "aggregate", "count", "insert", "update", "delete", "findAndModify")
WRITES = ("insert", "update", "delete", "findAndModify")
PATIENCE = 60.0
TICK = 1000 / os.sysconf("SC_CLK_TCK")


def cpu_ms(pid: int) -> float:
    """Processor time of a process, in ms."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) * TICK


def memory_mb(pid: int) -> float:
    """Resident memory of a process."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20


class Cost(NamedTuple):
    """Of one operation: ms of processor time, and commands to mongod by name."""

    name: str
    times: int
    seconds: float
    server: float
    mongod: float
    client: float
    commands: dict[str, float]

    @property
    def all_in(self) -> float:
        return self.server + self.mongod

    @property
    def writes(self) -> float:
        return sum(self.commands.get(name, 0) for name in WRITES)

    def line(self) -> str:
        shown = ", ".join(f"{name} {n:.1f}" for name, n in self.commands.items() if n >= 0.05)
        return (
            f"{self.name:28} {self.times:6} {self.times / self.seconds:7.1f}/s  server {self.server:6.2f}  "
            f"mongod {self.mongod:6.2f}  client {self.client:6.2f} ms  | {shown}"
        )


@dataclass
class Chat:
    """One citizen's chat as the Bot API sees it."""

    id: int
    buttons: list[tuple[str, str]] = field(default_factory=list)
    """Label and data of the newest message with buttons."""
    message: int = 0
    heard: asyncio.Event = field(default_factory=asyncio.Event)
    text: str = ""


class BotApi:
    """Takes every call at once and keeps what each chat last heard."""

    def __init__(self) -> None:
        self.chats: dict[int, Chat] = {}
        self.calls: Counter[str] = Counter()

    def chat(self, id: int) -> Chat:
        return self.chats.setdefault(id, Chat(id))

    async def call(self, request: web.Request) -> web.Response:
        given, method = await request.post(), request.match_info["method"].lower()
        self.calls[method] += 1
        result: Any = True
        if method in {"sendmessage", "editmessagetext"}:
            chat = self.chat(int(str(given["chat_id"])))
            number = int(str(given.get("message_id") or self.calls.total()))
            chat.text = str(given.get("text", ""))
            if markup := given.get("reply_markup"):
                rows = json.loads(str(markup)).get("inline_keyboard", [])
                chat.buttons = [
                    (b["text"], b["callback_data"]) for r in rows for b in r if "callback_data" in b
                ]
                chat.message = number
            chat.heard.set()
            result = {
                "message_id": number,
                "date": 1,
                "chat": {"id": chat.id, "type": "private"},
                "text": "x",
            }
        return web.json_response({"ok": True, "result": result})


@dataclass
class Stage:
    """Everything that runs, and what it has cost so far."""

    api: BotApi
    doors: list[str]
    servers: list[int]
    mongod: int
    admin: Admin
    http: ClientSession
    secret: str
    uri: str
    settings: dict[str, str]
    start: Callable[..., Awaitable[Started]]
    """One more process, by its module."""
    updates: int = 0

    async def start_again(self) -> float:
        """Stop the first process as a service manager does and start it; the moment it was started."""
        os.kill(self.servers[0], signal.SIGTERM)
        for _ in range(600):
            if not _runs(self.servers[0]):
                break
            await asyncio.sleep(0.05)
        started_at = time.time()
        self.doors[0], self.servers[0] = await self.start()
        return started_at

    async def post(self, body: dict[str, Any]) -> None:
        self.updates += 1
        door = self.doors[self.updates % len(self.doors)]
        update = {"update_id": self.updates, **body}
        async with self.http.post(
            door + WEBHOOK_PATH, json=update, headers={SECRET_HEADER: self.secret}
        ) as got:
            assert got.status == 200, await got.text()

    async def says(self, chat: Chat, words: str) -> None:
        chat.heard.clear()
        await self.post({"message": {**_message(chat), "message_id": self.updates + 1, "text": words}})
        await asyncio.wait_for(chat.heard.wait(), PATIENCE)

    async def presses(self, label: str, chat: Chat) -> None:
        data = next(data for words, data in chat.buttons if label in words)
        chat.heard.clear()
        query = {"id": str(self.updates), "from": _who(chat), "chat_instance": "1", "data": data}
        message = {**_message(chat), "message_id": chat.message, "text": "x"}
        await self.post({"callback_query": {**query, "message": message}})
        await asyncio.wait_for(chat.heard.wait(), PATIENCE)

    async def commands(self) -> Counter[str]:
        known = (await self.admin.run({"serverStatus": 1, "repl": 0}))["metrics"]["commands"]
        return Counter({name: int(known.get(name, {}).get("total", 0)) for name in COMMANDS})

    def spent(self) -> tuple[float, float, float]:
        return sum(map(cpu_ms, self.servers)), cpu_ms(self.mongod), time.process_time() * 1000

    async def measure(
        self, name: str, count: int, work: Callable[[], Awaitable[object]], rest: float = 1.0
    ) -> Cost:
        """The cost of each of `count` operations that `work` does; what follows in `rest` seconds counts."""
        commands, before, started = await self.commands(), self.spent(), time.perf_counter()
        await work()
        seconds = time.perf_counter() - started
        await asyncio.sleep(rest)
        after = self.spent()
        made = await self.commands() - commands
        server, mongod, client = ((b - a) / count for a, b in zip(before, after, strict=True))
        each = {command: n / count for command, n in made.items()}
        return Cost(name, count, seconds, server, mongod, client, each)


def _runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def _who(chat: Chat) -> dict[str, Any]:
    return {"id": chat.id, "is_bot": False, "first_name": "某"}


def _message(chat: Chat) -> dict[str, Any]:
    return {"message_id": 1, "date": 1, "chat": {"id": chat.id, "type": "private"}, "from": _who(chat)}


@asynccontextmanager
async def stage(processes: int, **settings: str) -> AsyncIterator[Stage]:
    """Database, Bot API and processes, ready to be asked."""
    api, secret = BotApi(), "load-" + secrets.token_hex(8)
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="shouxin-bench-")))
        mongo = await stack.enter_async_context(EmbeddedMongo(folder))
        app = web.Application()
        app.router.add_post("/bot{token}/{method}", api.call)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        stack.push_async_callback(runner.cleanup)
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        given = {
            "MONGODB_URI": mongo.uri,
            "SECRET_KEY": secrets.token_urlsafe(48),
            "BOT_TOKEN": TOKEN,
            "TELEGRAM_API_URL": f"http://127.0.0.1:{runner.addresses[0][1]}",
            "WEBHOOK_URL": "http://127.0.0.1:1",
            "WEBHOOK_SECRET": secret,
            "LOG_LEVEL": "WARNING",
            "TELEGRAM_PER_SECOND": "1000",
            "TOKEN_PER_MINUTE": "0",
            **settings,
        }
        start = partial(start_bot, stack, folder, given)
        started = [await start() for _ in range(processes)]
        http = await stack.enter_async_context(ClientSession())
        admin = await stack.enter_async_context(Admin(mongo.uri))
        pid = (await admin.run({"serverStatus": 1}))["pid"]
        doors, servers = [one.door for one in started], [one.pid for one in started]
        yield Stage(api, doors, servers, int(pid), admin, http, secret, mongo.uri, given, start)


async def at_once(flight: int, chats: list[Chat], step: Callable[[Chat], Awaitable[object]]) -> None:
    """One step of every chat, `flight` at a time."""
    gate = asyncio.Semaphore(flight)

    async def one(chat: Chat) -> None:
        async with gate:
            await step(chat)

    await asyncio.gather(*map(one, chats))
