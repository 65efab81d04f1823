"""The web chat: a page that stores what visitors write as updates and shows what the bot answers.

The dialogue itself is the one Telegram gets. The page works without script; script makes it live.
"""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from aiohttp import web
from aiohttp.web_request import FileField
from aiohttp_sse import sse_response

from cases.errors import FileInfected, FileUnchecked, Reason
from cases.ports.conversations import Address, ConversationStore, Transcripts
from cases.ports.evidence import MOST_BYTES, EvidenceStore
from cases.text_lengths import LONGEST_COMPLAINT
from cases.vocabulary import Channel
from handlers.citizen.dialogue.keyboards import MenuButton
from handlers.citizen.dialogue.pausing import incoming, wake_in_time
from handlers.citizen.pages.reader import reader_texts, render_for_reader
from handlers.citizen.texts import Texts, split_text
from handlers.citizen.webchat.limits import MOST_LIVE_PAGES, may_write
from handlers.citizen.webchat.lines import line_views, render_lines
from handlers.citizen.webchat.session import FROM_CITIZEN, UPLOAD_PREFIX, LiveLines
from handlers.citizen.webchat.updates import Visitor
from handlers.files import refusals
from handlers.files.names import clean_name
from handlers.files.refusals import FileNotTaken
from handlers.languages.refusals import say_reason
from handlers.web.access.callers import client_address
from handlers.web.access.chats import open_chat
from handlers.web.access.cookies import LANGUAGE_COOKIE, put_cookie
from handlers.web.access.policy import citizen, citizen_of, public, takes_files
from handlers.web.access.security import safe_path
from handlers.web.access.streams import stream_held
from handlers.web.keys import CHAT, LIMITS
from handlers.web.pages.reader_language import LANGUAGE_NAMES, reader_language

ANSWER_WITHIN = 4.0
"""Seconds a page without script waits for the answer before it is shown again."""
LOOK_EVERY = 2.0
"""Seconds after which a live page looks by itself, in case another process answered."""
_PLACE = re.compile(r"([0-9]{1,9}):([0-9]{1,3}):([0-9]{1,3})")
_YEAR = 365 * 24 * 3600
MENU = ("new", "status", "add", "privacy", "help")


class WebChat:
    """Everything the page does, over the same stores as the dialogue."""

    def __init__(
        self,
        conversations: ConversationStore,
        transcripts: Transcripts,
        evidence: EvidenceStore,
        live: LiveLines,
        now: Callable[[], datetime],
        wake_inbox: Callable[[], None],
        pause: timedelta = timedelta(0),
    ) -> None:
        """`pause`: how long words wait for more of them, where the page is live."""
        self._conversations = conversations
        self._transcripts = transcripts
        self._evidence = evidence
        self._live = live
        self._now = now
        self._wake_inbox = wake_inbox
        self._pause = pause

    def add_routes(self, app: web.Application) -> None:
        app.router.add_get("/", citizen(self._bound(self.show_page)))
        app.router.add_post("/chat/say", citizen(self._bound(self.say)))
        app.router.add_post("/chat/press", citizen(self._bound(self.press)))
        app.router.add_post("/chat/file", takes_files(citizen(self._bound(self.send_file))))
        app.router.add_post("/chat/language", citizen(self._bound(self.choose_language)))
        app.router.add_post("/language", public(self._bound(self.choose_elsewhere)))
        app.router.add_get("/chat/lines", citizen(self._bound(self.list_lines)))
        app.router.add_get("/chat/live", citizen(self._bound(self.stream_lines)), allow_head=False)
        app.router.add_get("/chat/files/{id}", citizen(self._bound(self.send_back)))

    @staticmethod
    def _bound(method: Any) -> Any:
        """A plain function for the router, so that each can carry its own policy."""

        async def handle(request: web.Request) -> web.StreamResponse:
            response: web.StreamResponse = await method(request)
            return response

        handle.__name__ = method.__name__
        return handle

    # -- showing ----------------------------------------------------------------------------------
    async def show_page(self, request: web.Request) -> web.StreamResponse:
        _, conversation = self._who(request)
        seen = await self._transcripts.read(conversation)
        say = reader_texts(request)
        return render_for_reader(
            "citizen/webchat.html",
            request,
            {
                "lines": line_views(seen.lines, say),
                "version": seen.version,
                "most_bytes": MOST_BYTES,
                "most_words": LONGEST_COMPLAINT,
                "menu": [(f"/{name}", say.plain(f"command-{name}")) for name in MENU],
                "notice": _notice(request, say),
            },
        )

    async def list_lines(self, request: web.Request) -> web.StreamResponse:
        """What changed after `after`: for pages whose live connection does not work."""
        _, conversation = self._who(request)
        seen = await self._transcripts.read(conversation, _number(request.query.get("after")))
        return web.json_response(self._payload(request, seen.version, seen.lines))

    async def stream_lines(self, request: web.Request) -> web.StreamResponse:
        """Server-sent events: each carries the lines that changed."""
        _, conversation = self._who(request)
        if self._live.watchers(conversation) >= MOST_LIVE_PAGES:
            raise web.HTTPTooManyRequests(text="live")
        after = _number(request.headers.get("Last-Event-ID") or request.query.get("after"))
        with stream_held(request):
            return await self._stream(request, conversation, after)

    async def _stream(self, request: web.Request, conversation: str, after: int) -> web.StreamResponse:
        async with sse_response(request) as stream:
            while stream.is_connected():
                if await self._transcripts.version(conversation) > after:
                    seen = await self._transcripts.read(conversation, after)
                    after = seen.version
                    payload = json.dumps(self._payload(request, seen.version, seen.lines))
                    await stream.send(payload, id=str(after))
                await self._live.wait(conversation, LOOK_EVERY)
        return stream

    async def send_back(self, request: web.Request) -> web.StreamResponse:
        """A file the bot sent into this very chat."""
        _, conversation = self._who(request)
        id = request.match_info["id"]
        for line in (await self._transcripts.read(conversation)).lines:
            file = line.get("file")
            if isinstance(file, dict) and file.get("id") == id and line.get("from") != FROM_CITIZEN:
                data = await self._evidence.get(id)
                name = clean_name(str(file.get("name"))).encode("ascii", "replace").decode()
                headers = {"Content-Disposition": f'attachment; filename="{name}"'}
                return web.Response(body=data, content_type="application/octet-stream", headers=headers)
        raise web.HTTPNotFound

    def _payload(
        self, request: web.Request, version: int, lines: tuple[dict[str, Any], ...]
    ) -> dict[str, Any]:
        say = reader_texts(request)
        return {"version": version, "lines": render_lines(request, line_views(lines, say), say)}

    # -- writing ----------------------------------------------------------------------------------
    async def say(self, request: web.Request) -> web.StreamResponse:
        """Words; long ones are cut into messages as a messenger would."""
        words = (
            str((await request.post()).get("text") or "").replace("\r\n", "\n").strip()[:LONGEST_COMPLAINT]
        )
        if not words:
            return self._done(request)
        if not await self._allowed(request):
            return self._too_fast(request)
        for piece in split_text(words):
            line = await self._echo(request, {"text": piece})
            visitor, _ = self._who(request)
            await self._receive(request, visitor.text(line, self._now(), piece))
        return await self._answered(request)

    async def press(self, request: web.Request) -> web.StreamResponse:
        """A button, named by line, row and column: what it carries comes from the transcript."""
        if not await self._allowed(request):
            return self._too_fast(request)
        visitor, conversation = self._who(request)
        place = _PLACE.fullmatch(str((await request.post()).get("button") or ""))
        on, row, column = (int(part) for part in place.groups()) if place else (0, 0, 0)
        shown = await self._transcripts.find(conversation, on)
        try:
            button = (shown or {})["buttons"][row][column]
        except (KeyError, IndexError):
            return self._done(request)
        line = await self._echo(request, {"text": button["label"], "pressed": True})
        await self._receive(request, visitor.press(line, self._now(), on, str(button["data"])))
        return await self._answered(request)

    async def send_file(self, request: web.Request) -> web.StreamResponse:
        """A file: sealed first, then told to the dialogue, which judges it."""
        form = await request.post()
        given = form.get("file")
        if not isinstance(given, FileField) or not given.filename:
            return self._done(request)
        if not await self._allowed(request):
            return self._too_fast(request)
        visitor, _ = self._who(request)
        data = given.file.read(MOST_BYTES + 1)
        id, name = UPLOAD_PREFIX + secrets.token_hex(15), clean_name(given.filename)
        if data and len(data) <= MOST_BYTES:
            try:
                await self._evidence.put(
                    id, data, name=name, media_type="application/octet-stream", stripped=False
                )
            except (FileInfected, FileUnchecked) as refused:
                return self._refused(request, refused.reason, name)
        caption = str(form.get("text") or "").strip()[:1000]
        line = await self._echo(request, {"text": caption, "file": {"name": name}})
        update = visitor.document(line, self._now(), id, name, len(data), caption)
        await self._receive(request, update)
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
        chosen = str((await request.post()).get("language") or "")
        if chosen not in LANGUAGE_NAMES:
            return False
        put_cookie(request, LANGUAGE_COOKIE, chosen, max_age=_YEAR)
        if CHAT not in request:
            return False
        visitor, conversation = self._who(request)
        if await self._transcripts.version(conversation) == 0 or not await self._allowed(request):
            return False
        line = await self._echo(request, {"text": chosen, "pressed": True})
        data = MenuButton(act="language", arg=chosen).pack()
        await self._receive(request, visitor.press(line, self._now(), line, data))
        return True

    # -- pieces -----------------------------------------------------------------------------------
    def _who(self, request: web.Request) -> tuple[Visitor, str]:
        visitor = Visitor.of(citizen_of(request), reader_language(request).value)
        return visitor, self._conversations.key(Address(Channel.WEB, str(visitor.chat)))

    async def _allowed(self, request: web.Request) -> bool:
        limits = request.app[LIMITS]
        return await may_write(limits, citizen_of(request), client_address(request), self._now())

    async def _echo(self, request: web.Request, line: dict[str, Any]) -> int:
        """The visitor's own line on the page; its number becomes the message's."""
        _, conversation = self._who(request)
        line = {"from": FROM_CITIZEN, "at": self._now().isoformat(), **line}
        id = await self._transcripts.append(conversation, line, self._now())
        self._live.wake(conversation)
        return id

    async def _receive(self, request: web.Request, update: dict[str, Any]) -> None:
        visitor, _ = self._who(request)
        pause = self._pause if _has_script(request) else timedelta(0)
        taken_in = incoming(update, self._now(), pause)
        await self._conversations.receive(Address(Channel.WEB, str(visitor.chat)), taken_in)
        wake_in_time(taken_in, self._wake_inbox)

    async def _answered(self, request: web.Request) -> web.StreamResponse:
        """Back to the page; without script only after the answer is there, or a few seconds."""
        if _has_script(request):
            return self._done(request)
        _, conversation = self._who(request)
        until = self._now() + timedelta(seconds=ANSWER_WITHIN)
        for _ in range(int(ANSWER_WITHIN / 0.25)):
            lines = (await self._transcripts.read(conversation)).lines
            if (lines and lines[-1]["from"] != FROM_CITIZEN) or self._now() > until:
                break
            await self._live.wait(conversation, 0.25)
        return self._done(request)

    def _done(self, request: web.Request) -> web.StreamResponse:
        if _has_script(request):
            return web.json_response({"ok": True})
        raise web.HTTPSeeOther("/#end")

    def _refused(self, request: web.Request, reason: Reason, name: str) -> web.StreamResponse:
        """The page says why; the dialogue never hears of a file that was not kept."""
        words = say_reason(FileNotTaken(reason, name), reader_language(request))
        if _has_script(request):
            return web.json_response({"ok": False, "text": words}, status=422)
        raise web.HTTPSeeOther(f"/?refused={reason.code}#end")

    def _too_fast(self, request: web.Request) -> web.StreamResponse:
        if _has_script(request):
            words = reader_texts(request).plain("web-slow-down")
            return web.json_response({"ok": False, "text": words}, status=429)
        raise web.HTTPSeeOther("/?slow=1#end")


def _notice(request: web.Request, say: Texts) -> str:
    """What a page without script has to say about the last thing sent."""
    if "slow" in request.query:
        return say.plain("web-slow-down")
    reason = next((r for r in refusals.ALL if r.code == request.query.get("refused")), None)
    return say_reason(FileNotTaken(reason, say.plain("web-your-file")), say.language) if reason else ""


def _has_script(request: web.Request) -> bool:
    return "application/json" in request.headers.get("Accept", "")


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 16 else 0
