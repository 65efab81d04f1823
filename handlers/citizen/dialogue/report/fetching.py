"""Fetching a citizen's file from the messenger: at once if it comes at once, else behind the conversation.

A file that is late is remembered in the chat, so that a crash forgets none; whoever fetches it puts the bytes
into the evidence store and says so with an update of the chat, which is then taken like any other file.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Mapping
from datetime import timedelta
from io import BytesIO
from typing import Any

from aiogram import Bot
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramBadRequest,
    TelegramEntityTooLarge,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramServerError,
)
from aiogram.types import Message
from aiohttp import ClientError

from cases.errors import FileInfected, FileUnchecked, NotFound
from cases.ports.evidence import MOST_BYTES
from handlers.citizen.dialogue.drafts import Memory, WaitedFor
from handlers.citizen.dialogue.turn import Turn
from handlers.files import refusals
from handlers.files.refusals import FileRefused

QUICKLY = 3.0
"""Seconds the conversation waits for a file before it goes on without it."""
GIVES_UP_AFTER = timedelta(seconds=90)
"""How long a file is asked for that the messenger does not deliver."""
FETCHED = "fetched-"
"""Begins the id of a file that was fetched behind the conversation."""
LOST = FETCHED + "lost"
INFECTED = FETCHED + "infected"
UNCHECKED = FETCHED + "unchecked"
TOO_LARGE = FETCHED + "too-large"
AWAY = (
    *(TelegramNetworkError, TelegramServerError, TelegramRetryAfter, ClientDecodeError),
    *(ClientError, TimeoutError, ConnectionError),
)
"""What passes: the messenger cannot be reached, or cannot deliver the file now."""


class FileLate(Exception):
    """The file did not come at once."""


async def fetch_now(turn: Turn, file_id: str) -> bytes:
    """The bytes; raises FileLate where they must be waited for, FileRefused where they will never come."""
    if file_id.startswith(FETCHED):
        return await _fetched(turn, file_id)
    if turn.memory.waited_for:
        raise FileLate
    try:
        async with asyncio.timeout(QUICKLY):
            return await fetch(turn.bot, file_id)
    except AWAY:
        raise FileLate from None


async def _fetched(turn: Turn, file_id: str) -> bytes:
    if file_id == INFECTED:
        raise FileInfected
    if file_id == UNCHECKED:
        raise FileUnchecked
    if file_id in {LOST, TOO_LARGE}:
        raise FileRefused(refusals.TOO_LARGE if file_id == TOO_LARGE else refusals.EMPTY)
    turn.memory.spent.append(file_id)  # what is kept is stored anew
    try:
        return await turn.means.evidence.get(file_id)
    except NotFound:
        raise FileRefused(refusals.EMPTY) from None


async def fetch(bot: Bot, file_id: str) -> bytes:
    """The bytes as the messenger has them; trouble that passes is raised as it came."""
    try:
        file = await bot.get_file(file_id)
        if (file.file_size or 0) > MOST_BYTES or file.file_path is None:
            raise FileRefused(refusals.TOO_LARGE)
        target = BytesIO()
        await bot.download_file(file.file_path, target)
    except (TelegramBadRequest, TelegramEntityTooLarge, TelegramNotFound) as error:
        large = "too big" in str(error) or isinstance(error, TelegramEntityTooLarge)
        raise FileRefused(refusals.TOO_LARGE if large else refusals.EMPTY) from error
    return target.getvalue()


def wait_for(turn: Turn, message: Message, file_id: str, name: str, target: str, place: int) -> None:
    """Remember a file that is late. `place`: how many files of its target were sent before it."""
    turn.memory.waited_for.append(
        WaitedFor(
            update=turn.update_id,
            message=message.message_id,
            chat=message.chat.id,
            file=file_id,
            name=name,
            target=target,
            place=place,
            since=turn.now(),
        )
    )


def is_fetched(file_id: str) -> bool:
    return file_id.startswith(FETCHED)


# -- for whoever fetches ----------------------------------------------------------------------------
def messages_awaited(state: Mapping[str, Any]) -> set[int]:
    """The messages whose files a stored dialogue waits for."""
    return {int(file["message"]) for file in state.get("waited_for", ())}


def waited_for(state: Mapping[str, Any]) -> list[WaitedFor]:
    """The files a stored dialogue waits for."""
    return Memory.load(dict(state)).waited_for


def stored_as(file: WaitedFor, conversation: str) -> str:
    """The id under which the bytes are put; the same however often they are fetched."""
    return FETCHED + hashlib.sha256(f"{conversation}:{file.update}".encode()).hexdigest()[:24]


def arrival(file: WaitedFor, id: str) -> dict[str, Any]:
    """The update that says that a file has come, or that it will not (`id` is one of the words above)."""
    about = {"file_id": id, "file_unique_id": id, "file_name": file.name}
    chat = {"id": file.chat, "type": "private"}
    who = {"id": file.chat, "is_bot": False, "first_name": ""}
    content = {"message_id": file.message, "date": int(file.since.timestamp()), "chat": chat, "from": who}
    return {"update_id": file.update, "message": {**content, "document": about}}
