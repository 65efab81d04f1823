"""Bot API calls as data: packed by the inbox worker, kept in the outbox, unpacked by whoever delivers them.

Only the methods named here are ever rebuilt, so that nothing stored can make the process call anything else.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from enum import Enum
from typing import Any

from aiogram import methods
from aiogram.client.default import Default
from aiogram.methods import TelegramMethod
from aiogram.types import BufferedInputFile, FSInputFile, InputFile
from aiogram.types.base import UNSET_TYPE
from pydantic import BaseModel, ValidationError

from cases.ports.conversations import Outgoing

SENDING = (
    methods.SendMessage,
    methods.SendPhoto,
    methods.SendDocument,
    methods.SendVoice,
    methods.SendMediaGroup,
    methods.SendLocation,
)
"""What counts against Telegram's one message a second per chat."""

SILENT = (
    methods.EditMessageText,
    methods.EditMessageCaption,
    methods.EditMessageReplyMarkup,
    methods.DeleteMessage,
    methods.AnswerCallbackQuery,
    methods.SendChatAction,
    methods.SetMessageReaction,
    methods.LeaveChat,
    methods.SetMyCommands,
)

ALLOWED: dict[str, type[TelegramMethod[Any]]] = {cls.__name__: cls for cls in (*SENDING, *SILENT)}
LARGEST_FILE = 2 * 1024 * 1024
"""A file travels inside the conversation's document, which MongoDB limits to 16 MB."""


class UnknownCall(Exception):
    """The outbox holds something that is not an allowed Bot API call."""


def pack(id: str, method: TelegramMethod[Any]) -> Outgoing:
    """The call as data. Raises UnknownCall for a method that could not be rebuilt."""
    name = type(method).__name__
    if name not in ALLOWED:
        raise UnknownCall(f"{name} is not an allowed call")
    return Outgoing(id=id, method=name, payload=_plain(method))


def pack_all(prefix: str, calls: Sequence[TelegramMethod[Any]]) -> list[Outgoing]:
    """Each call under `prefix:n`, so that doing the same work twice appends them once."""
    return [pack(f"{prefix}:{n}", call) for n, call in enumerate(calls)]


def unpack(call: Outgoing, chat: str) -> TelegramMethod[Any]:
    """The call as aiogram makes it; `chat` fills in a chat id that was left open."""
    cls = ALLOWED.get(call.method)
    if cls is None:
        raise UnknownCall(f"{call.method} is not an allowed call")
    payload = _revive(dict(call.payload))
    if "chat_id" in cls.model_fields and not payload.get("chat_id"):
        payload["chat_id"] = int(chat) if chat.lstrip("-").isdigit() else chat
    try:
        return cls.model_validate(payload)
    except ValidationError as error:
        raise UnknownCall(f"{call.method} cannot be rebuilt: {error.error_count()} fields") from None


def counts_as_message(call: Outgoing) -> bool:
    cls = ALLOWED.get(call.method)
    return cls is not None and issubclass(cls, SENDING)


def _plain(value: Any) -> Any:
    if isinstance(value, BaseModel):
        fields = {name: getattr(value, name) for name in type(value).model_fields}
        return {name: _plain(item) for name, item in fields.items() if not _absent(item)}
    if isinstance(value, InputFile):
        return _file(value)
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items() if not _absent(item)}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return int(value.timestamp())
    if isinstance(value, timedelta):
        return int(value.total_seconds())
    return value


def _absent(value: Any) -> bool:
    return value is None or isinstance(value, Default | UNSET_TYPE)


def _file(value: InputFile) -> dict[str, Any]:
    if isinstance(value, BufferedInputFile):
        data = value.data
    elif isinstance(value, FSInputFile):
        with open(value.path, "rb") as source:
            data = source.read(LARGEST_FILE + 1)
    else:
        raise UnknownCall(f"{type(value).__name__} cannot be kept in the outbox")
    if len(data) > LARGEST_FILE:
        raise UnknownCall("the file is too large for the outbox")
    return {"$file": b64encode(data).decode("ascii"), "name": value.filename or "file"}


def _revive(value: Any) -> Any:
    if isinstance(value, dict):
        if "$file" in value:
            return BufferedInputFile(b64decode(value["$file"]), filename=str(value["name"]))
        return {key: _revive(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_revive(item) for item in value]
    return value
