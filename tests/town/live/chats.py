"""A citizen's chat for tests: real updates in, the dialogue's calls out, limits checked on every one."""

from __future__ import annotations

import itertools
import json
from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from aiogram import Bot
from aiogram.client.session.base import BaseSession
from aiogram.exceptions import TelegramBadRequest
from aiogram.methods import AnswerCallbackQuery, EditMessageText, GetFile, SendMessage, TelegramMethod
from aiogram.types import File, InlineKeyboardMarkup, Update

from bot.telegram.calls import pack_all, unpack
from handlers.citizen.dialogue.routers import CitizenDialogue
from handlers.citizen.texts import length
from tests.town.words import NUMBER, RECEIPT, STORY

_updates = itertools.count(1000)


class FileSession(BaseSession):
    """Stands for Telegram where the dialogue waits for it: files, and nothing else."""

    def __init__(self) -> None:
        super().__init__()
        self.files: dict[str, bytes] = {}

    async def make_request(self, bot: Bot, method: TelegramMethod[Any], timeout: int | None = None) -> Any:  # noqa: ASYNC109
        assert isinstance(method, GetFile), f"the dialogue must not send {type(method).__name__} itself"
        if method.file_id not in self.files:
            raise TelegramBadRequest(method=method, message="Bad Request: wrong file_id")
        size = len(self.files[method.file_id])
        return File(
            file_id=method.file_id, file_unique_id=method.file_id, file_size=size, file_path=method.file_id
        )

    async def stream_content(
        self,
        url: str,
        headers: dict[str, Any] | None = None,
        timeout: int = 30,  # noqa: ASYNC109
        chunk_size: int = 65536,
        raise_for_status: bool = True,
    ) -> AsyncGenerator[bytes, None]:
        yield self.files[url.rsplit("/", 1)[-1]]

    async def close(self) -> None:
        self.files.clear()


class Markup(HTMLParser):
    """Fails on tags Telegram does not know and on tags left open."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in {"b", "code", "i"}, f"unexpected markup <{tag}>"
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def check_call(call: TelegramMethod[Any]) -> None:
    """Telegram's limits and ours."""
    if isinstance(call, SendMessage | EditMessageText):
        assert call.text is not None
        assert call.text.strip()
        assert length(call.text) <= 4096
        markup = Markup()
        markup.feed(call.text)
        assert not markup.open
    if isinstance(call, AnswerCallbackQuery):
        assert len(call.text or "") <= 200
    keyboard = getattr(call, "reply_markup", None)
    if isinstance(keyboard, InlineKeyboardMarkup):
        for row in keyboard.inline_keyboard:
            for key in row:
                assert key.callback_data is not None
                assert len(key.callback_data.encode()) <= 64
                assert 0 < len(key.text) <= 64


@dataclass
class CitizenChat:
    """One chat; what it remembers passes through JSON each time, as in the store."""

    dialogue: CitizenDialogue
    bot: Bot
    files: dict[str, bytes]
    conversation: str
    id: int = 4711
    language: str = "zh-hans"
    kind: str = "private"
    state: dict[str, Any] = field(default_factory=dict)
    last: list[TelegramMethod[Any]] = field(default_factory=list)
    sent: list[SendMessage] = field(default_factory=list)
    messages: int = 0

    # -- what the citizen does ---------------------------------------------------------------------
    async def say(self, text: str, **more: Any) -> list[str]:
        return await self.message(text=text, **more)

    async def message(self, **content: Any) -> list[str]:
        self.messages += 1
        return await self.give({"message": self._message(self.messages, content)})

    async def edit(self, message_id: int, **content: Any) -> list[str]:
        return await self.give({"edited_message": self._message(message_id, {"edit_date": 2, **content})})

    async def press(self, label: str) -> list[str]:
        """Press the newest button with this label."""
        return await self.press_data(self.data_of(label))

    async def press_data(self, data: str) -> list[str]:
        query = {
            "id": str(next(_updates)),
            "from": self._user(),
            "chat_instance": "1",
            "data": data,
            "message": self._message(900, {"text": "…"}),
        }
        return await self.give({"callback_query": query})

    async def photo(self, data: bytes, **more: Any) -> list[str]:
        self.files["small"], self.files["large"] = b"tiny", data
        sizes = [
            {"file_id": "large", "file_unique_id": "l", "width": 800, "height": 600, "file_size": len(data)},
            {"file_id": "small", "file_unique_id": "s", "width": 90, "height": 60, "file_size": 4},
        ]
        return await self.message(photo=sizes, **more)

    async def document(self, data: bytes, name: str, **more: Any) -> list[str]:
        self.files["doc"] = data
        about = {"file_id": "doc", "file_unique_id": "d", "file_name": name, "file_size": len(data)}
        return await self.message(document=about, **more)

    async def give(self, body: dict[str, Any], update_id: int | None = None) -> list[str]:
        """Any update; returns the texts sent in answer."""
        update = Update.model_validate(
            {"update_id": next(_updates) if update_id is None else update_id, **body},
            context={"bot": self.bot},
        )
        return await self.take(
            await self.dialogue.handle(update, self.bot, self.state, conversation=self.conversation)
        )

    async def take(self, calls: Sequence[TelegramMethod[Any]]) -> list[str]:
        """What the dialogue answers, as it comes through the store and Telegram's limits."""
        self.state = json.loads(json.dumps(self.state))
        self.last = [unpack(call, str(self.id)) for call in pack_all("1", calls)]
        for call in self.last:
            check_call(call)
        texts = [call for call in self.last if isinstance(call, SendMessage)]
        self.sent.extend(texts)
        return [call.text for call in texts]

    # -- what the citizen sees ---------------------------------------------------------------------
    def buttons(self) -> list[str]:
        """Labels under the newest message."""
        keyboard = self.sent[-1].reply_markup if self.sent else None
        if not isinstance(keyboard, InlineKeyboardMarkup):
            return []
        return [key.text for row in keyboard.inline_keyboard for key in row]

    def data_of(self, label: str) -> str:
        for call in reversed(self.sent):
            if isinstance(call.reply_markup, InlineKeyboardMarkup):
                keys = [key for row in call.reply_markup.inline_keyboard for key in row]
                for key in sorted(keys, key=lambda key: key.text != label):
                    if label in key.text:
                        return str(key.callback_data)
        raise AssertionError(f"no button {label!r}; the newest are {self.buttons()}")

    def notices(self) -> list[str]:
        """What the last button press popped up."""
        return [call.text or "" for call in self.last if isinstance(call, AnswerCallbackQuery)]

    async def file_story(self, story: str = STORY) -> tuple[str, str]:
        """A whole filing; number and receipt."""
        await self.say(story)
        await self.press("没有问题")
        for _ in range(4):
            if any("匿名" in label for label in self.buttons()):
                break
            await self.press("不清楚" if "不清楚" in self.buttons() else "跳过")
        await self.press("匿名")
        await self.press("没有材料")
        text = (await self.press("确认提交"))[-1]
        if not NUMBER.search(text) or not RECEIPT.search(text):  # it tells an own case again
            text = (await self.press("新的一件"))[-1]
        number, receipt = NUMBER.search(text), RECEIPT.search(text)
        assert number
        assert receipt
        return number.group(), receipt.group().replace(" ", "")

    def message_of(self, message_id: int, text: str) -> dict[str, Any]:
        return self._message(message_id, {"text": text})

    def _message(self, message_id: int, content: dict[str, Any]) -> dict[str, Any]:
        chat: dict[str, Any] = {"id": self.id, "type": self.kind}
        if self.kind != "private":
            chat["title"] = "群"
        return {"message_id": message_id, "date": 1, "chat": chat, "from": self._user(), **content}

    def _user(self) -> dict[str, Any]:
        return {"id": abs(self.id), "is_bot": False, "first_name": "某", "language_code": self.language}
