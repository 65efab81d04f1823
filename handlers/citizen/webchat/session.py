"""The web chat's side of aiogram: the bot's calls land in a transcript instead of at Telegram.

The same routers and workers serve both channels; only the last hop differs. No network here.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from datetime import datetime
from typing import Any, NamedTuple

from aiogram import Bot, methods
from aiogram.client.session.base import BaseSession
from aiogram.exceptions import TelegramBadRequest
from aiogram.methods import TelegramMethod
from aiogram.types import BufferedInputFile, Chat, File, InlineKeyboardMarkup, Message

from cases.errors import NotFound
from cases.ports.conversations import Address, ConversationStore, Transcripts
from cases.ports.evidence import EvidenceStore
from cases.ports.uploads import UploadStore
from cases.vocabulary import Channel
from handlers.citizen.dialogue.routers import WEB_BOT_ID

FROM_BOT = "bot"
FROM_CITIZEN = "citizen"
UPLOAD_PREFIX = "u"


class LiveLines:
    """Wakes the pages of this process when a transcript changes; other processes are found by polling."""

    def __init__(self) -> None:
        self._waiting: dict[str, set[asyncio.Event]] = {}

    def wake(self, conversation: str) -> None:
        for event in self._waiting.get(conversation, ()):
            event.set()

    async def wait(self, conversation: str, seconds: float) -> None:
        """Returns at the next change, or after the time given."""
        event = asyncio.Event()
        waiting = self._waiting.setdefault(conversation, set())
        waiting.add(event)
        try:
            async with asyncio.timeout(seconds):
                await event.wait()
        except TimeoutError:
            return
        finally:
            waiting.discard(event)
            if not waiting:
                self._waiting.pop(conversation, None)

    def watchers(self, conversation: str) -> int:
        return len(self._waiting.get(conversation, ()))


class ChatStores(NamedTuple):
    """What the web chat works on: its session, its page, and what the page takes in."""

    conversations: ConversationStore
    transcripts: Transcripts
    evidence: EvidenceStore
    live: LiveLines
    now: Callable[[], datetime]
    uploads: UploadStore


class WebChatSession(BaseSession):
    """Carries out the few Bot API calls the dialogue and the relay make."""

    def __init__(self, stores: ChatStores) -> None:
        super().__init__()
        self._conversations, self._transcripts, self._evidence, self._live, self._now, _ = stores

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[Any],
        timeout: int | None = None,  # noqa: ASYNC109
    ) -> Any:
        """Raises TelegramBadRequest where Telegram would."""
        if isinstance(method, methods.SendMessage):
            return await self._send(method.chat_id, method.text, method.reply_markup)
        if isinstance(method, methods.SendDocument):
            return await self._send_document(method)
        if isinstance(method, methods.EditMessageText):
            changes = {"text": method.text, "buttons": _buttons(method.reply_markup)}
            return await self._edit(method, method.chat_id, method.message_id, changes)
        if isinstance(method, methods.EditMessageReplyMarkup):
            changes = {"buttons": _buttons(method.reply_markup)}
            return await self._edit(method, method.chat_id, method.message_id, changes)
        if isinstance(method, methods.AnswerCallbackQuery):
            return await self._notice(method)
        if isinstance(method, methods.GetFile):
            return await self._find_file(method)
        return True

    async def _send(self, chat: int | str, text: str, markup: Any, **more: Any) -> Message:
        conversation = self._conversation(chat)
        line = {
            "from": FROM_BOT,
            "text": text,
            "buttons": _buttons(markup),
            "at": self._now().isoformat(),
            **more,
        }
        id = await self._transcripts.append(conversation, line, self._now())
        self._live.wake(conversation)
        return Message(message_id=id, date=self._now(), chat=Chat(id=int(chat), type="private"), text=text)

    async def _send_document(self, method: methods.SendDocument) -> Message:
        """A file for the citizen: kept sealed, offered for download in the chat."""
        document = method.document
        if not isinstance(document, BufferedInputFile):
            raise TelegramBadRequest(method=method, message="Bad Request: wrong file identifier")
        conversation = self._conversation(method.chat_id)
        id = f"d{conversation[:16]}{self._now().timestamp():.6f}".replace(".", "")
        name = document.filename or "file"
        await self._evidence.put(
            id, document.data, name=name, media_type="application/octet-stream", stripped=False
        )
        caption = method.caption or ""
        return await self._send(method.chat_id, caption, method.reply_markup, file={"id": id, "name": name})

    async def _edit(
        self,
        method: TelegramMethod[Any],
        chat: int | str | None,
        message_id: int | None,
        changes: dict[str, Any],
    ) -> bool:
        conversation = self._conversation(chat or 0)
        if not await self._transcripts.change(conversation, message_id or 0, changes, self._now()):
            raise TelegramBadRequest(method=method, message="Bad Request: message to edit not found")
        self._live.wake(conversation)
        return True

    async def _notice(self, method: methods.AnswerCallbackQuery) -> bool:
        """Pop-up words become a line; the query's id begins with the chat it came from."""
        chat = method.callback_query_id.partition("-")[0]
        if not chat.isdigit():
            raise TelegramBadRequest(method=method, message="Bad Request: query is too old")
        if method.text and method.show_alert:
            await self._send(int(chat), _plain(method.text), None, notice=True)
        else:
            self._live.wake(self._conversation(int(chat)))
        return True

    async def _find_file(self, method: methods.GetFile) -> File:
        if not method.file_id.startswith(UPLOAD_PREFIX):
            raise TelegramBadRequest(method=method, message="Bad Request: wrong file_id")
        return File(file_id=method.file_id, file_unique_id=method.file_id, file_path=method.file_id)

    async def stream_content(
        self,
        url: str,
        headers: dict[str, Any] | None = None,
        timeout: int = 30,  # noqa: ASYNC109
        chunk_size: int = 65536,
        raise_for_status: bool = True,
    ) -> AsyncGenerator[bytes, None]:
        """An uploaded file out of the evidence store; gone means an empty file, which is refused politely."""
        try:
            yield await self._evidence.get(url.rsplit("/", 1)[-1])
        except NotFound:
            return

    def _conversation(self, chat: int | str) -> str:
        return self._conversations.key(Address(Channel.WEB, str(chat)))

    async def close(self) -> None:
        """Nothing is held."""


def _buttons(markup: Any) -> list[list[dict[str, str]]]:
    if not isinstance(markup, InlineKeyboardMarkup):
        return []
    return [
        [{"label": key.text, "data": key.callback_data} for key in row if key.callback_data]
        for row in markup.inline_keyboard
    ]


def _plain(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def web_bot(session: WebChatSession) -> Bot:
    """The bot of the web chat: a name for the routers, not an account anywhere."""
    return Bot(f"{WEB_BOT_ID}:web-chat", session=session)
