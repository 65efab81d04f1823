"""Telegram's side of the intake: every update is stored before Telegram hears that it arrived.

Polling asks for the next batch only after the last one is stored; the webhook answers 200 only then.
Nothing is processed here, and pending updates are never dropped.
"""

from __future__ import annotations

import asyncio
import hmac
import json
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from aiogram import Bot
from aiogram.exceptions import AiogramError, TelegramConflictError, TelegramRetryAfter
from aiogram.methods import DeleteWebhook, GetUpdates, SetWebhook, TelegramMethod
from aiohttp import web
from loguru import logger

from bot.backoff import backoff
from cases.errors import InvalidInput, StorageUnavailable
from cases.ports.conversations import Address, Take
from cases.reasons import NO_SPACE_LEFT
from cases.vocabulary import Channel
from handlers.citizen.dialogue.pausing import incoming
from handlers.web.access.policy import machine

WEBHOOK_PATH = "/telegram/webhook"
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105
ALLOWED_UPDATES = ["message", "edited_message", "callback_query", "my_chat_member"]
LONG_POLL = 25
LARGEST_UPDATE = 1024 * 1024


class GetRawUpdates(TelegramMethod[list[dict[str, Any]]]):
    """getUpdates without parsing: an update aiogram cannot read must not hide the others of its batch."""

    __returning__ = list[dict[str, Any]]
    __api_method__ = GetUpdates.__api_method__

    offset: int | None = None
    timeout: int = LONG_POLL
    allowed_updates: list[str] = ALLOWED_UPDATES


class Intake:
    """Hands updates to `take`, which stores them under their chat; words may wait for more for `pause`.

    With `no_space` nothing is taken.
    """

    def __init__(
        self,
        take: Take,
        now: Callable[[], datetime],
        *,
        pause: timedelta = timedelta(0),
        no_space: Callable[[], bool] = lambda: False,
    ) -> None:
        self._take = take
        self._now = now
        self._pause = pause
        self._no_space = no_space

    async def receive(self, update: dict[str, Any]) -> None:
        """Durable when this returns. Raises StorageUnavailable: Telegram then keeps the update.

        One that no record can hold is left, as it would come again for ever and hold up all others.
        """
        if self._no_space():
            raise StorageUnavailable(NO_SPACE_LEFT)
        chat = chat_of(update)
        if chat is None:
            logger.debug("an update without a chat was left: {}", ", ".join(sorted(update)))
            return
        taken_in = incoming(update, self._now(), self._pause)
        try:
            await self._take(Address(Channel.TELEGRAM, chat), taken_in)
        except InvalidInput as error:
            logger.critical(
                "ALERT: an update was left because it cannot be stored: {}", error.params["fault"]
            )


def chat_of(update: dict[str, Any]) -> str | None:
    """Id of the chat an update belongs to; None when there is nobody to answer."""
    for kind in ("message", "edited_message", "my_chat_member"):
        if isinstance(update.get(kind), dict):
            return _id(update[kind].get("chat"))
    query = update.get("callback_query")
    if isinstance(query, dict):
        message = query.get("message")
        # A button of an inline message has no chat; the private chat has its owner's id.
        return _id(message.get("chat")) if isinstance(message, dict) else _id(query.get("from"))
    return None


def _id(owner: object) -> str | None:
    value = owner.get("id") if isinstance(owner, dict) else None
    return str(value) if isinstance(value, int) else None


class Polling:
    """Long polling for one process; a second one on the same token waits until the first is gone."""

    def __init__(self, bot: Bot, receive: Callable[[dict[str, Any]], Awaitable[None]]) -> None:
        self._bot = bot
        self._receive = receive
        self._offset: int | None = None
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._task = asyncio.create_task(self._run(), name="polling")

    async def stop(self) -> None:
        """What was fetched but not stored stays with Telegram and comes again."""
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    async def _run(self) -> None:
        failures = 0
        webhook_gone = False
        while True:
            try:
                if not webhook_gone:
                    await self._bot(DeleteWebhook(drop_pending_updates=False))
                    webhook_gone = True
                await self._fetch()
                failures = 0
            except TelegramConflictError:
                failures += 1
                webhook_gone = False
                logger.warning("another process polls with the same BOT_TOKEN; waiting")
                await asyncio.sleep(5)
            except TelegramRetryAfter as error:
                await asyncio.sleep(error.retry_after)
            except (AiogramError, StorageUnavailable, OSError) as error:
                failures += 1
                wait = backoff(failures).total_seconds()
                logger.warning("no updates, trying again in {:.1f} s: {}", wait, error)
                await asyncio.sleep(wait)
            except Exception:
                failures += 1
                logger.exception("ALERT: polling failed and will be tried again")
                await asyncio.sleep(backoff(failures).total_seconds())

    async def _fetch(self) -> None:
        updates = await self._bot(GetRawUpdates(offset=self._offset), request_timeout=LONG_POLL + 15)
        for update in updates:
            await self._receive(update)
            self._offset = int(update["update_id"]) + 1


def webhook_route(receive: Callable[[dict[str, Any]], Awaitable[None]], secret: str) -> web.RouteDef:
    """The route Telegram calls. Whoever does not know the secret learns nothing."""
    expected = secret.encode()

    @machine
    async def take_update(request: web.Request) -> web.StreamResponse:
        given = request.headers.get(SECRET_HEADER, "").encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(given, expected):
            raise web.HTTPUnauthorized
        if (request.content_length or 0) > LARGEST_UPDATE:
            raise web.HTTPRequestEntityTooLarge(LARGEST_UPDATE, request.content_length or 0)
        try:
            update = json.loads(await request.text())
            int(update["update_id"])
        except (ValueError, TypeError, KeyError, RecursionError):
            raise web.HTTPBadRequest from None
        try:
            await receive(update)
        except StorageUnavailable:
            raise web.HTTPServiceUnavailable(headers={"Retry-After": "5"}) from None
        return web.Response()

    return web.post(WEBHOOK_PATH, take_update)


async def announce_webhook(bot: Bot, address: str, secret: str) -> None:
    """Tell Telegram where to deliver, as often as it takes; updates that wait there are kept."""
    call = SetWebhook(
        url=address + WEBHOOK_PATH,
        secret_token=secret,
        allowed_updates=ALLOWED_UPDATES,
        drop_pending_updates=False,
        max_connections=40,
    )
    failures = 0
    while True:
        try:
            await bot(call)
            return
        except (AiogramError, OSError) as error:
            failures += 1
            wait = backoff(failures).total_seconds()
            logger.warning("the webhook is not announced yet, trying again in {:.1f} s: {}", wait, error)
            await asyncio.sleep(wait)
