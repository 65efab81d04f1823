"""Somebody who writes to the process, stepped by the test: updates in by its door, answers from its box."""

from __future__ import annotations

import itertools
from datetime import timedelta
from typing import Any

from cases.model import Complaint
from cases.ports.conversations import Address
from cases.vocabulary import Channel, Language
from handlers.citizen.dialogue.drafts import Draft, Memory
from tests.town.live.town import Town

_ids = itertools.count(8_000)


def new_id() -> int:
    """For chats, messages and updates alike."""
    return next(_ids)


class Writer:
    """Somebody who writes to the process; what is said to them is read from the outbox."""

    def __init__(self, town: Town, channel: Channel = Channel.TELEGRAM) -> None:
        self.town = town
        self.channel = channel
        self.chat = new_id()
        self.replies: list[str] = []
        self.buttons: list[dict[str, str]] = []

    @property
    def address(self) -> Address:
        return Address(self.channel, str(self.chat))

    async def says(self, text: str) -> None:
        await self.gives({"message": self.message_of({"text": text})})

    async def presses(self, label: str) -> None:
        data = next(key["callback_data"] for key in self.buttons if label in key["text"])
        query = {"id": "1", "from": self._user(), "chat_instance": "1", "data": data}
        await self.gives({"callback_query": {**query, "message": self.message_of({"text": "…"})}})

    async def gives(self, body: dict[str, Any]) -> None:
        await self.town.parts.intake.receive({"update_id": new_id(), **body})

    async def sends(self, file_id: str, name: str, size: int, **more: Any) -> None:
        """A document that lies with the messenger."""
        about = {"file_id": file_id, "file_unique_id": file_id[:16], "file_name": name, "file_size": size}
        await self.gives({"message": self.message_of({"document": about, **more})})

    async def is_answered(self) -> list[str]:
        """What is said now, after everything that is ready was worked on."""
        while await self.town.parts.inbox.step():
            pass
        return await self.reads()

    async def reads(self) -> list[str]:
        said: list[str] = []
        chats, now = self.town.storage.conversations, self.town.now + timedelta(hours=1)
        while delivery := await chats.claim_delivery(now, now, self.channel):
            if delivery.call.method == "SendMessage":
                said.append(str(delivery.call.payload["text"]))
                rows = delivery.call.payload.get("reply_markup", {}).get("inline_keyboard", [])
                self.buttons = [key for row in rows for key in row]
            await chats.ack(delivery, self.town.now)
        self.replies += said
        return said

    async def memory(self) -> Memory:
        chats = self.town.storage.conversations
        found = await self.town.storage.database["conversations"].find_one({"_id": chats.key(self.address)})
        return Memory.load(chats.open_dialogue(found or {}))

    async def draft(self) -> Draft:
        draft = (await self.memory()).draft
        assert draft is not None
        return draft

    async def understood(self) -> Complaint:
        draft = await self.draft()
        return self.town.services.filing.complaint_of(draft.report(self.channel, Language.ZH_HANS))

    def _user(self) -> dict[str, Any]:
        return {"id": self.chat, "is_bot": False, "first_name": "某", "language_code": "zh-hans"}

    def message_of(self, content: dict[str, Any]) -> dict[str, Any]:
        chat = {"id": self.chat, "type": "private", "first_name": "某"}
        return {"message_id": new_id(), "date": 1, "chat": chat, "from": self._user(), **content}
