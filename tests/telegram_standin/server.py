"""The HTTP server around the methods: tokens, parameters, updates, rate limits and planned failures."""

from __future__ import annotations

import asyncio
import math
import random
import re
import time
from collections.abc import Sequence
from typing import Any, Self

from aiohttp import BodyPartReader, ClientError, ClientSession, ClientTimeout, web

from tests.telegram_standin.errors import Refused
from tests.telegram_standin.methods import TABLE, Params, check_names
from tests.telegram_standin.users import ScriptedUser
from tests.telegram_standin.world import Call, Chat, World

MESSAGES = {"sendmessage", "sendphoto", "senddocument", "sendvoice", "sendmediagroup"}
DEFAULT_TOKEN = "7000000001:AAF-standin-token-for-tests-only-000"
PER_SECOND_OVERALL = 30


class StandIn:
    """`async with StandIn() as telegram:` — then point TELEGRAM_API_URL at `telegram.url`.

    `burst`: messages one chat may get within a second. `fail_rate`: share of calls that fail at random
    (one of `ways_to_fail`: 429, 500, 502 with HTML, reset of the connection, silence for `silence`
    seconds), always before they take effect; `lose_rate`: share of calls whose answer is lost after
    they took effect.
    """

    def __init__(
        self,
        token: str = DEFAULT_TOKEN,
        *,
        burst: int = 1,
        fail_rate: float = 0.0,
        lose_rate: float = 0.0,
        seed: int = 0,
        port: int = 0,
        ways_to_fail: Sequence[str] = ("500", "502", "reset"),
        silence: float = 30.0,
    ) -> None:
        self.world = World(token)
        self.burst = burst
        self.fail_rate = fail_rate
        self.lose_rate = lose_rate
        self.slow_chats: set[int] = set()
        self.files_fail: int = 0
        """The status every download is answered with; 0: the file."""
        self.files_come = asyncio.Event()
        """While it is not set, downloads say nothing."""
        self.files_come.set()
        self._chance = random.Random(seed)
        self._ways_to_fail = ways_to_fail
        self._silence = silence
        self._port = port
        self._poller: asyncio.Task[Any] | None = None
        self._runner: web.AppRunner | None = None
        self._deliverer: asyncio.Task[None] | None = None
        self._sent_at: list[float] = []
        self.url = ""

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=64 * 1024 * 1024)
        app.router.add_route("*", "/bot{token}/{method}", self._call)
        app.router.add_get("/file/bot{token}/{path:.+}", self._download)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self._port)
        await site.start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        self._deliverer = asyncio.create_task(self._deliver())
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in (self._deliverer, self._poller):
            if task is not None:
                task.cancel()
                await asyncio.gather(task, return_exceptions=True)
        if self._runner is not None:
            await self._runner.cleanup()

    # ---- what tests use ---------------------------------------------------------------------------

    @property
    def token(self) -> str:
        return self.world.token

    @property
    def calls(self) -> list[Call]:
        return self.world.calls

    def calls_of(self, method: str) -> list[Call]:
        return [call for call in self.calls if call.method == method.lower()]

    def user(self, id: int, name: str = "小李", language: str = "zh-hans") -> ScriptedUser:
        """A person with a private chat with the bot."""
        chat = self.world.chats.setdefault(id, Chat(id, "private", name, language))
        return ScriptedUser(self.world, chat, id, name)

    def in_group(self, user: ScriptedUser, group: int, title: str = "村民群") -> ScriptedUser:
        """The same person writing in a group."""
        chat = self.world.chats.setdefault(group, Chat(group, "supergroup", title))
        return ScriptedUser(self.world, chat, user.id, user.name)

    # ---- the server -------------------------------------------------------------------------------

    async def _call(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["method"].lower()
        params: Params = {}
        try:
            if request.match_info["token"] != self.world.token:
                raise Refused(401)
            params = await _params(request)
            fate = self._fate(name)
            if fate == "silence":
                await asyncio.sleep(self._silence)
            if fate in {"reset", "silence"}:
                return _reset(request)
            if fate == "429":
                raise Refused(429, "retry after 1", retry_after=1)
            if fate:
                raise Refused(int(fate))
            check_names(name, params)
            result = await self._answer(name, params)
        except Refused as refusal:
            self._note(name, params, refusal.code)
            if refusal.code == 502:
                return web.Response(status=502, text="<html>Bad Gateway</html>", content_type="text/html")
            return web.json_response(refusal.as_json(), status=refusal.code)
        self._note(name, params, 200)
        await self.world.tell()
        if name in MESSAGES and self._chance.random() < self.lose_rate:
            return _reset(request)
        return web.json_response({"ok": True, "result": result})

    async def _answer(self, name: str, params: Params) -> Any:
        if name == "getupdates":
            return await self._get_updates(params)
        if name == "setwebhook":
            return self._set_webhook(params)
        if name == "deletewebhook":
            return self._delete_webhook(params)
        if name == "getwebhookinfo":
            hook = self.world.webhook or {"url": ""}
            return {
                "url": hook["url"],
                "has_custom_certificate": False,
                "pending_update_count": len(self.world.updates),
            }
        if name not in TABLE:
            raise Refused(404, "method not found")
        if name in MESSAGES:
            self._check_rate(params)
        result = await TABLE[name](self.world, params)
        if name in MESSAGES:
            self._sent_at.append(time.monotonic())
            chat = self.world.chats[int(params["chat_id"])]
            chat.sent_at.append(time.monotonic())
            if chat.id in self.slow_chats:
                await asyncio.sleep(3)
        return result

    def _fate(self, name: str) -> str:
        if name in {"getme"} or self._chance.random() >= self.fail_rate:
            return ""
        return self._chance.choice(self._ways_to_fail)

    def _check_rate(self, params: Params) -> None:
        now = time.monotonic()
        chat = self.world.chat(params.get("chat_id"))
        recent = [at for at in chat.sent_at if at > now - 1]
        if len(recent) >= self.burst:
            wait = max(1, math.ceil(recent[0] + 1 - now))
            raise Refused(429, f"retry after {wait}", retry_after=wait)
        self._sent_at = [at for at in self._sent_at if at > now - 1]
        if len(self._sent_at) >= PER_SECOND_OVERALL * 1.5:
            raise Refused(429, "retry after 1", retry_after=1)

    def _note(self, name: str, params: Params, status: int) -> None:
        kept = {key: value for key, value in params.items() if not key.startswith("file:")}
        self.world.calls.append(Call(name, kept, status, time.monotonic()))

    async def _get_updates(self, params: Params) -> Any:
        if self.world.webhook:
            raise Refused(
                409,
                "can't use getUpdates method while webhook is active; "
                "use deleteWebhook to delete the webhook first",
            )
        if self._poller is not None and not self._poller.done():
            self._poller.cancel()
        self._poller = asyncio.create_task(self._wait_for_updates(params))
        mine = self._poller
        try:
            return await asyncio.shield(mine)
        except asyncio.CancelledError:
            if mine.cancelled() and mine is not self._poller:
                raise Refused(
                    409,
                    "terminated by other getUpdates request; make sure that only one bot instance is running",
                ) from None
            mine.cancel()
            raise

    async def _wait_for_updates(self, params: Params) -> list[dict[str, Any]]:
        offset = int(params["offset"]) if params.get("offset") else None
        limit = int(params.get("limit") or 100)
        deadline = time.monotonic() + min(50, int(params.get("timeout") or 0))
        while True:
            found = self.world.pending(offset, limit)
            left = deadline - time.monotonic()
            if found or left <= 0:
                return found
            async with self.world.changed:
                try:
                    await asyncio.wait_for(self.world.changed.wait(), left)
                except TimeoutError:
                    return []

    def _set_webhook(self, params: Params) -> bool:
        url = params.get("url", "")
        secret = params.get("secret_token", "")
        if not re.match(r"https?://[^\s/]+", url):
            raise Refused(400, "bad webhook: An HTTPS URL must be provided for webhook")
        if secret and not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", secret):
            raise Refused(400, "secret token contains unallowed characters")
        self.world.webhook = {"url": url, "secret": secret}
        self._drop_if_asked(params)
        return True

    def _delete_webhook(self, params: Params) -> bool:
        self.world.webhook = None
        self._drop_if_asked(params)
        return True

    def _drop_if_asked(self, params: Params) -> None:
        if str(params.get("drop_pending_updates", "")).lower() in {"true", "1"}:
            self.world.updates.clear()

    async def _deliver(self) -> None:
        """Webhook delivery: one update at a time, again and again until it is answered 2xx."""
        async with ClientSession(timeout=ClientTimeout(total=10)) as session:
            while True:
                hook = self.world.webhook
                if hook is None or not self.world.updates:
                    await asyncio.sleep(0.02)
                    continue
                update = self.world.updates[0]
                headers = {"X-Telegram-Bot-Api-Secret-Token": hook["secret"]} if hook["secret"] else {}
                try:
                    async with session.post(hook["url"], json=update, headers=headers) as answer:
                        delivered = answer.status < 300
                except (ClientError, TimeoutError):
                    delivered = False
                if delivered:
                    self.world.updates = [
                        u for u in self.world.updates if u["update_id"] != update["update_id"]
                    ]
                    self.world.confirmed = update["update_id"]
                else:
                    await asyncio.sleep(0.2)

    async def _download(self, request: web.Request) -> web.StreamResponse:
        if request.match_info["token"] != self.world.token:
            return web.json_response(Refused(401).as_json(), status=401)
        await self.files_come.wait()
        if self.files_fail:
            return web.Response(status=self.files_fail, text="")
        for upload in self.world.files.values():
            if upload.path == request.match_info["path"]:
                return web.Response(body=upload.data, content_type="application/octet-stream")
        return web.json_response(Refused(404).as_json(), status=404)


def _reset(request: web.Request) -> web.StreamResponse:
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=500)


async def _params(request: web.Request) -> Params:
    params: Params = dict(request.query)
    if request.method != "POST":
        return params
    if request.content_type == "application/json":
        return params | dict(await request.json())
    if request.content_type == "multipart/form-data":
        async for part in await request.multipart():
            if not isinstance(part, BodyPartReader):
                raise Refused(400, "nested parts")
            data = bytes(await part.read())
            if part.filename is not None:
                params["file:" + str(part.name)] = (data, part.filename)
            else:
                params[str(part.name)] = data.decode()
        return params
    return params | dict(await request.post())
