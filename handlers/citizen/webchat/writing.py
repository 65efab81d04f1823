"""What a visitor does on the page, taken in: words, presses, files, a language. Each of them once.

Everything sent carries a key; the same sent again after a lost answer is the same line and the same update.
"""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any

from aiohttp import web
from aiohttp.web_request import FileField

from cases.errors import FileInfected, FileUnchecked, Reason
from cases.ports.conversations import Address, Take
from cases.ports.evidence import MOST_BYTES
from cases.text_lengths import LONGEST_COMPLAINT
from cases.vocabulary import Channel
from handlers.citizen.dialogue.keyboards import MenuButton
from handlers.citizen.dialogue.pausing import incoming
from handlers.citizen.pages.reader import reader_texts
from handlers.citizen.texts import MENU_COMMANDS, split_text
from handlers.citizen.webchat.device import kept_seconds
from handlers.citizen.webchat.limits import may_write
from handlers.citizen.webchat.receipts import is_receipt
from handlers.citizen.webchat.session import FROM_CITIZEN, UPLOAD_PREFIX, ChatStores
from handlers.citizen.webchat.updates import Visitor, once
from handlers.citizen.webchat.uploads import LONGEST_KEY, MOST_PIECES, PIECE, Uploads
from handlers.citizen.webchat.visits import conversation_of, has_script, number_of, place_of
from handlers.files.names import clean_name
from handlers.files.refusals import FileNotTaken
from handlers.languages.refusals import say_reason
from handlers.web.access.bodies import BUDGET
from handlers.web.access.callers import client_address
from handlers.web.access.chats import open_chat
from handlers.web.access.cookies import LANGUAGE_COOKIE, put_cookie
from handlers.web.access.policy import citizen_of
from handlers.web.access.security import safe_path
from handlers.web.access.turns import TURNS
from handlers.web.keys import CHAT, LIMITS
from handlers.web.pages.reader_language import LANGUAGE_NAMES, reader_language

ANSWER_WITHIN = 4.0
"""Seconds a page without script waits for the answer before it is shown again."""


class Writing:
    """Takes in what the page sends, over the same stores as the dialogue."""

    def __init__(self, stores: ChatStores, uploads: Uploads, take: Take, pause: timedelta) -> None:
        """`pause`: how long words wait for more of them, where the page is live."""
        self._uploads = uploads
        self._conversations, self._transcripts, self._evidence, self._live, self._now, _ = stores
        self._take = take
        self._pause = pause

    async def say(self, request: web.Request) -> web.StreamResponse:
        """Words; long ones are cut into messages as a messenger would."""
        form = await request.post()
        words = str(form.get("text") or "").replace("\r\n", "\n").strip()[:LONGEST_COMPLAINT]
        if not words:
            return self._done(request)
        if not await self._allowed(request):
            return self._too_fast(request)
        visitor, key = self._visitor(request), _key(form)
        for place, piece in enumerate(split_text(words)):
            name = once(key, "say", str(place), words)
            line = await self._echo(request, self._shown(request, piece), name)
            await self._receive(request, visitor.text(line, self._now(), piece, name))
        return await self._answered(request)

    @staticmethod
    def _shown(request: web.Request, words: str) -> dict[str, Any]:
        """A command is a button pressed; a receipt code is not shown again."""
        if words.startswith("/") and words[1:] in MENU_COMMANDS:
            return {"text": words, "pressed": True}
        return {"text": reader_texts(request).plain("web-receipt-sent") if is_receipt(words) else words}

    async def press(self, request: web.Request) -> web.StreamResponse:
        """A button, named by line, row and column: what it carries comes from the transcript."""
        if not await self._allowed(request):
            return self._too_fast(request)
        visitor, form = self._visitor(request), await request.post()
        on, row, column = place_of(str(form.get("button") or ""))
        shown = await self._transcripts.find(conversation_of(request, self._conversations), on)
        try:
            button = (shown or {})["buttons"][row][column]
        except (KeyError, IndexError):
            return self._done(request)
        name = once(_key(form), "press", f"{on}:{row}:{column}", str(button["data"]))
        line = await self._echo(request, {"text": button["label"], "pressed": True}, name)
        await self._receive(request, visitor.press(line, self._now(), on, str(button["data"]), name))
        return await self._answered(request)

    async def send_file(self, request: web.Request) -> web.StreamResponse:
        """A file, or the last word on one whose pieces are here: sealed first, then told to the dialogue."""
        form = await request.post()
        pieces = number_of(str(form.get("pieces") or ""))
        with request.app[BUDGET].holding(min(pieces, MOST_PIECES) * PIECE, client_address(request)):
            return await self._take_file(request, form, pieces)

    async def _take_file(self, request: web.Request, form: Any, pieces: int) -> web.StreamResponse:
        given = form.get("file")
        if not pieces and not (isinstance(given, FileField) and given.filename):
            return self._done(request)
        if not await self._allowed(request):
            return self._too_fast(request)
        data: bytes | None
        if isinstance(given, FileField):
            data, file_name = given.file.read(MOST_BYTES + 1), clean_name(given.filename)
        else:
            data = await self._uploads.whole(request, _key(form), pieces)
            file_name = clean_name(str(form.get("name") or ""))
        if data is None:
            raise web.HTTPConflict(text="pieces")
        caption = str(form.get("text") or "").strip()[:1000]
        name = once(_key(form), "file", file_name, caption, data)
        conversation = conversation_of(request, self._conversations)
        id = UPLOAD_PREFIX + once(name, conversation)[:30]
        known = await self._transcripts.find_key(conversation, name) is not None
        if data and len(data) <= MOST_BYTES and not known:
            try:
                await self._evidence.put(
                    id, data, name=file_name, media_type="application/octet-stream", stripped=False
                )
            except (FileInfected, FileUnchecked) as refused:
                return self._refused(request, refused.reason, file_name)
        line = await self._echo(request, {"text": caption, "file": {"name": file_name}}, name)
        update = self._visitor(request).document(line, self._now(), id, file_name, len(data), caption, name)
        await self._receive(request, update)
        if pieces:
            await self._uploads.forget(request, _key(form))
        return await self._answered(request)

    async def choose_language(self, request: web.Request) -> web.StreamResponse:
        """For the page by cookie, for the dialogue by the same button Telegram shows."""
        told = await self._speak(request)
        return await self._answered(request) if told else self._done(request)

    async def choose_elsewhere(self, request: web.Request) -> web.StreamResponse:
        """The same from a page outside the chat; the visitor's chat follows if there is one."""
        open_chat(request)
        await self._speak(request)
        raise web.HTTPSeeOther(safe_path(str((await request.post()).get("next") or ""), "/"))

    async def _speak(self, request: web.Request) -> bool:
        """Whether the dialogue was told as well: only one that has begun and may be written to."""
        form = await request.post()
        chosen = str(form.get("language") or "")
        if chosen not in LANGUAGE_NAMES:
            return False
        put_cookie(request, LANGUAGE_COOKIE, chosen, max_age=kept_seconds(request))
        if CHAT not in request:
            return False
        conversation = conversation_of(request, self._conversations)
        if await self._transcripts.version(conversation) == 0 or not await self._allowed(request):
            return False
        name = once(_key(form), "language", chosen)
        line = await self._echo(request, {"text": LANGUAGE_NAMES[chosen], "pressed": True}, name)
        data = MenuButton(act="language", arg=chosen).pack()
        await self._receive(request, self._visitor(request).press(line, self._now(), line, data, name))
        return True

    # -- pieces -----------------------------------------------------------------------------------
    @staticmethod
    def _visitor(request: web.Request) -> Visitor:
        return Visitor.of(citizen_of(request), reader_language(request).value)

    async def _allowed(self, request: web.Request) -> bool:
        limits = request.app[LIMITS]
        return await may_write(limits, citizen_of(request), client_address(request), self._now())

    async def _echo(self, request: web.Request, line: dict[str, Any], name: str) -> int:
        """The visitor's own line on the page; its number becomes the message's."""
        conversation = conversation_of(request, self._conversations)
        line = {"from": FROM_CITIZEN, "at": self._now().isoformat(), **line}
        id = await self._transcripts.append(conversation, line, self._now(), name)
        self._live.wake(conversation)
        return id

    async def _receive(self, request: web.Request, update: dict[str, Any]) -> None:
        taken_in = incoming(update, self._now(), self._pause if has_script(request) else timedelta(0))
        address = Address(Channel.WEB, str(self._visitor(request).chat))
        await self._take(address, taken_in)

    async def _answered(self, request: web.Request) -> web.StreamResponse:
        """Back to the page; without script only after the answer is there, or a few seconds."""
        if has_script(request):
            return self._done(request)
        conversation = conversation_of(request, self._conversations)
        until = self._now() + timedelta(seconds=ANSWER_WITHIN)
        request.app[TURNS].give_back(request)
        for _ in range(int(ANSWER_WITHIN / 0.25)):
            lines = (await self._transcripts.read(conversation)).lines
            if (lines and lines[-1]["from"] != FROM_CITIZEN) or self._now() > until:
                break
            await self._live.wait(conversation, 0.25)
        return self._done(request)

    @staticmethod
    def _done(request: web.Request) -> web.StreamResponse:
        if has_script(request):
            return web.json_response({"ok": True})
        raise web.HTTPSeeOther("/#end")

    @staticmethod
    def _refused(request: web.Request, reason: Reason, name: str) -> web.StreamResponse:
        """The page says why; the dialogue never hears of a file that was not kept."""
        words = say_reason(FileNotTaken(reason, name), reader_language(request))
        if has_script(request):
            return web.json_response({"ok": False, "text": words}, status=422)
        raise web.HTTPSeeOther(f"/?refused={reason.code}#end")

    @staticmethod
    def _too_fast(request: web.Request) -> web.StreamResponse:
        if has_script(request):
            words = reader_texts(request).plain("web-slow-down")
            return web.json_response({"ok": False, "text": words}, status=429)
        raise web.HTTPSeeOther("/?slow=1#end")


def _key(form: Any) -> str:
    """What the page sent along to know a repeat by; whoever sends none repeats nothing."""
    return str(form.get("key") or secrets.token_hex(16))[:LONGEST_KEY]
