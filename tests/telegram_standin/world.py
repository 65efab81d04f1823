"""What the stand-in remembers: chats, messages, files, updates on their way, and every call made."""

from __future__ import annotations

import asyncio
import hashlib
import time
from dataclasses import dataclass, field
from typing import Any

from tests.telegram_standin.errors import Refused


@dataclass(slots=True)
class Seen:
    """One message as a reader sees it now."""

    id: int
    by_bot: bool
    text: str
    markup: dict[str, Any] | None = None
    raw: dict[str, Any] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)
    edits: int = 0

    @property
    def buttons(self) -> list[dict[str, Any]]:
        rows = (self.markup or {}).get("inline_keyboard", [])
        return [button for row in rows for button in row]


@dataclass(slots=True)
class Chat:
    id: int
    kind: str = "private"
    first_name: str = ""
    language: str = "zh-hans"
    blocked: bool = False
    deleted: bool = False
    started: bool = True
    messages: dict[int, Seen] = field(default_factory=dict)
    sent_at: list[float] = field(default_factory=list)
    next_message: int = 1

    def as_json(self) -> dict[str, Any]:
        if self.kind == "private":
            return {"id": self.id, "type": "private", "first_name": self.first_name}
        return {"id": self.id, "type": self.kind, "title": self.first_name}

    def take_message_id(self) -> int:
        self.next_message += 1
        return self.next_message - 1


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the bot and what it got."""

    method: str
    params: dict[str, Any]
    status: int
    at: float


@dataclass(slots=True)
class Upload:
    id: str
    data: bytes
    name: str
    path: str


class World:
    """State shared by the methods, the server and the scripted users."""

    def __init__(self, token: str) -> None:
        self.token = token
        self.bot = {
            "id": int(token.split(":")[0]),
            "is_bot": True,
            "first_name": "守信",
            "username": "shouxin_test_bot",
            "can_join_groups": True,
            "can_read_all_group_messages": False,
            "supports_inline_queries": False,
        }
        self.chats: dict[int, Chat] = {}
        self.files: dict[str, Upload] = {}
        self.calls: list[Call] = []
        self.updates: list[dict[str, Any]] = []
        self.next_update = 700_000_001
        self.confirmed = 0
        self.webhook: dict[str, Any] | None = None
        self.queries: dict[str, float | None] = {}
        """Button presses by id: when pressed, None once answered."""
        self.commands: dict[tuple[str, str], list[dict[str, str]]] = {}
        self.changed = asyncio.Condition()

    async def tell(self) -> None:
        """Something changed: wake whoever waits."""
        async with self.changed:
            self.changed.notify_all()

    async def push(self, update: dict[str, Any]) -> int:
        number = self.next_update
        self.next_update += 1
        self.updates.append({"update_id": number, **update})
        await self.tell()
        return number

    def pending(self, offset: int | None, limit: int = 100) -> list[dict[str, Any]]:
        """getUpdates semantics: a positive offset confirms everything before it, for good."""
        if offset is not None and offset > 0:
            self.updates = [u for u in self.updates if u["update_id"] >= offset]
            self.confirmed = max(self.confirmed, offset - 1)
        elif offset is not None and offset < 0:
            self.updates = self.updates[offset:]
        return self.updates[:limit]

    def chat(self, raw: object) -> Chat:
        """The chat a call names, reachable for the bot. Raises Refused in Telegram's words."""
        try:
            chat = self.chats.get(int(str(raw)))
        except ValueError:
            chat = None
        if raw in (None, ""):
            raise Refused(400, "chat_id is empty")
        if chat is None:
            raise Refused(400, "chat not found")
        if chat.deleted:
            raise Refused(403, "user is deactivated")
        if chat.blocked:
            raise Refused(403, "bot was blocked by the user")
        if not chat.started:
            raise Refused(403, "bot can't initiate conversation with a user")
        return chat

    def add_file(self, data: bytes, name: str) -> Upload:
        mark = hashlib.sha256(data + name.encode()).hexdigest()[:24]
        upload = Upload(id=f"F{mark}", data=data, name=name, path=f"documents/{mark}")
        self.files[upload.id] = upload
        return upload

    def store(self, chat: Chat, seen: Seen) -> dict[str, Any]:
        chat.messages[seen.id] = seen
        message = {
            "message_id": seen.id,
            "date": int(time.time()),
            "chat": chat.as_json(),
            "from": {key: self.bot[key] for key in ("id", "is_bot", "first_name", "username")},
            **seen.raw,
        }
        if seen.markup and "inline_keyboard" in seen.markup:
            message["reply_markup"] = seen.markup
        return message
