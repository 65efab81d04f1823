"""People in a chat with the bot, as tests script them: they write, press, send files, and read."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Callable
from typing import Any

from tests.telegram_standin.world import Chat, Seen, World


class NotSeen(AssertionError):
    """What a test waited for did not appear in the chat."""


class ScriptedUser:
    """One person in one chat."""

    def __init__(self, world: World, chat: Chat, id: int, name: str) -> None:
        self._world = world
        self.chat = chat
        self.id = id
        self.name = name
        self._read_up_to = 0

    # ---- doing ------------------------------------------------------------------------------------

    async def says(self, text: str, **more: Any) -> int:
        """Send a text; commands carry their entity as Telegram adds it."""
        content: dict[str, Any] = {"text": text, **more}
        if text.startswith("/"):
            length = len(text.split()[0])
            content["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]
        return await self.sends(content, text)

    async def sends(self, content: dict[str, Any], text: str = "") -> int:
        """Any message content of the Bot API; the id of the message."""
        id = self.chat.take_message_id()
        message = self._message(id, content)
        self.chat.messages[id] = Seen(id, False, text, None, message)
        await self._world.push({"message": message})
        return id

    async def edits(self, message: int, text: str) -> None:
        changed = self._message(message, {"text": text}) | {"edit_date": int(time.time())}
        self.chat.messages[message].text = text
        await self._world.push({"edited_message": changed})

    async def sends_photo(self, data: bytes, caption: str = "", group: str | None = None) -> int:
        small = self._world.add_file(data[: max(1, len(data) // 4)], "thumb.jpg")
        large = self._world.add_file(data, "photo.jpg")
        sizes = [
            {"file_id": f.id, "file_unique_id": f.id[:16], "width": w, "height": w, "file_size": len(f.data)}
            for f, w in ((small, 90), (large, 1280))
        ]
        return await self.sends({"photo": sizes} | _extras(caption, group), caption)

    async def sends_document(
        self, data: bytes, name: str, media_type: str, caption: str = "", group: str | None = None
    ) -> int:
        file = self._world.add_file(data, name)
        document = {
            "file_id": file.id,
            "file_unique_id": file.id[:16],
            "file_name": name,
            "mime_type": media_type,
            "file_size": len(data),
        }
        return await self.sends({"document": document} | _extras(caption, group), caption)

    async def sends_voice(self, data: bytes) -> int:
        file = self._world.add_file(data, "voice.ogg")
        voice = {
            "file_id": file.id,
            "file_unique_id": file.id[:16],
            "duration": 3,
            "mime_type": "audio/ogg",
            "file_size": len(data),
        }
        return await self.sends({"voice": voice})

    async def presses(self, label: str, *, on: Seen | None = None) -> str:
        """Press the newest button whose text contains the label (or whose data is the label)."""
        seen, button = self._find_button(label, on)
        return await self.presses_data(button["callback_data"], seen.id)

    async def presses_data(self, data: str, message: int) -> str:
        query = secrets.token_hex(8)
        self._world.queries[query] = time.monotonic()
        seen = self.chat.messages.get(message)
        carrier: dict[str, Any] = {"message_id": message, "date": 0, "chat": self.chat.as_json()}
        if seen is not None:
            carrier = {**carrier, "date": int(time.time()), "from": self._world.bot, **seen.raw}
            if seen.markup:
                carrier["reply_markup"] = seen.markup
        await self._world.push(
            {
                "callback_query": {
                    "id": query,
                    "from": self._me(),
                    "message": carrier,
                    "chat_instance": str(self.chat.id),
                    "data": data,
                }
            }
        )
        return query

    def blocks_the_bot(self) -> None:
        self.chat.blocked = True

    # ---- reading ----------------------------------------------------------------------------------

    @property
    def seen(self) -> list[Seen]:
        """The bot's messages as they look now, oldest first."""
        return [message for message in self.chat.messages.values() if message.by_bot]

    @property
    def last(self) -> Seen:
        if not self.seen:
            raise NotSeen("the bot has said nothing yet")
        return self.seen[-1]

    async def reads(
        self, wanted: str | Callable[[Seen], bool], *, within: float = 15.0, since: int = 0
    ) -> Seen:
        """Wait for a message of the bot that has the words (or fulfils the test); newest first."""
        matches = (lambda seen: wanted in seen.text) if isinstance(wanted, str) else wanted
        deadline = time.monotonic() + within
        while True:
            for seen in reversed(self.seen):
                if seen.id > since and matches(seen):
                    return seen
            await self._wait(deadline, f"{wanted!r} was not said; last: {[s.text for s in self.seen[-3:]]}")

    async def can_press(self, label: str, *, within: float = 15.0) -> Seen:
        """Wait until a button with the label is there."""
        deadline = time.monotonic() + within
        while True:
            try:
                return self._find_button(label, None)[0]
            except NotSeen as missing:
                await self._wait(deadline, str(missing))

    async def _wait(self, deadline: float, complaint: str) -> None:
        left = deadline - time.monotonic()
        if left <= 0:
            raise NotSeen(complaint)
        async with self._world.changed:
            try:
                await asyncio.wait_for(self._world.changed.wait(), min(left, 0.5))
            except TimeoutError:
                return

    def _find_button(self, label: str, on: Seen | None) -> tuple[Seen, dict[str, Any]]:
        places = [on] if on is not None else list(reversed(self.seen))
        for seen in places:
            for button in seen.buttons:
                if label in button["text"] or button.get("callback_data") == label:
                    return seen, button
        offered = [button["text"] for seen in self.seen[-2:] for button in seen.buttons]
        raise NotSeen(f"no button {label!r}; the last messages offer {offered}")

    def _me(self) -> dict[str, Any]:
        return {"id": self.id, "is_bot": False, "first_name": self.name, "language_code": self.chat.language}

    def _message(self, id: int, content: dict[str, Any]) -> dict[str, Any]:
        return {
            "message_id": id,
            "from": self._me(),
            "chat": self.chat.as_json(),
            "date": int(time.time()),
            **content,
        }


def _extras(caption: str, group: str | None) -> dict[str, Any]:
    extras: dict[str, Any] = {}
    if caption:
        extras["caption"] = caption
    if group:
        extras["media_group_id"] = group
    return extras
