"""The web chat: a page that shows what the bot answers, live with script, after a reload without.

The dialogue itself is the one Telegram gets. What visitors send is taken in by `writing.py`.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from aiohttp import web
from aiohttp_sse import sse_response

from cases.ports.conversations import Take
from cases.ports.evidence import MOST_BYTES
from cases.text_lengths import LONGEST_COMPLAINT
from handlers.citizen.dialogue.steps import STEP_OF, STEPS
from handlers.citizen.pages.reader import reader_texts, render_for_reader
from handlers.citizen.texts import Texts
from handlers.citizen.webchat.device import Device, renew_life
from handlers.citizen.webchat.limits import MOST_LIVE_PAGES
from handlers.citizen.webchat.lines import LineView, line_views, render_lines
from handlers.citizen.webchat.receipts import holds_receipt, without_receipt
from handlers.citizen.webchat.session import FROM_CITIZEN, ChatStores
from handlers.citizen.webchat.uploads import PIECE, Uploads
from handlers.citizen.webchat.visits import conversation_of, number_of
from handlers.citizen.webchat.writing import Writing
from handlers.files import refusals
from handlers.files.names import clean_name
from handlers.files.refusals import FileNotTaken
from handlers.languages.refusals import say_reason
from handlers.web.access.csrf import csrf_token
from handlers.web.access.policy import citizen, public, takes_files
from handlers.web.access.security import permissions
from handlers.web.access.streams import stream_held

LOOK_EVERY = 2.0
"""Seconds after which a live page looks by itself, in case another process answered."""
ACCEPTED = (
    "image/*,audio/*,video/*,.pdf,.txt,.csv,.rtf,.doc,.docx,.wps,.xls,.xlsx,.et,.ppt,.pptx,.dps,.zip,.heic"
)
"""What a browser offers first; what a file is, is judged by its content."""
MENU = ("new", "status", "add", "privacy", "help")


class WebChat:
    """Everything the page does, over the same stores as the dialogue."""

    def __init__(self, stores: ChatStores, take: Take, pause: timedelta) -> None:
        """`pause`: how long words wait for more of them, where the page is live."""
        self._conversations, self._transcripts, self._evidence, self._live, *_ = stores
        self._uploads = Uploads(stores)
        self._writing = Writing(stores, self._uploads, take, pause)
        self._device = Device(stores)

    def add_routes(self, app: web.Application) -> None:
        bound, writing = self._bound, self._writing
        app.router.add_get("/", citizen(bound(self.show_page)))
        app.router.add_post("/chat/say", citizen(bound(writing.say)))
        app.router.add_post("/chat/press", citizen(bound(writing.press)))
        app.router.add_post("/chat/file", takes_files(citizen(bound(writing.send_file))))
        app.router.add_post("/chat/language", citizen(bound(writing.choose_language)))
        app.router.add_post("/language", public(bound(writing.choose_elsewhere)))
        app.router.add_get("/chat/lines", citizen(bound(self.list_lines)))
        app.router.add_get("/chat/live", citizen(bound(self.stream_lines)), allow_head=False)
        app.router.add_post("/chat/shown", citizen(bound(self.note_shown)))
        app.router.add_get("/chat/files/{id}", citizen(bound(self.send_back)))
        self._device.add_routes(app, bound)
        self._uploads.add_routes(app, bound)

    @staticmethod
    def _bound(method: Any) -> Any:
        """A plain function for the router, so that each can carry its own policy."""

        async def handle(request: web.Request) -> web.StreamResponse:
            response: web.StreamResponse = await method(request)
            return response

        handle.__name__ = method.__name__
        return handle

    async def show_page(self, request: web.Request) -> web.StreamResponse:
        renew_life(request)
        conversation = self._conversation(request)
        seen = await self._transcripts.read(conversation)
        say = reader_texts(request)
        views = line_views([await self._once(conversation, line, say) for line in seen.lines], say)
        asks = _asked(views)
        response = render_for_reader(
            "citizen/webchat.html",
            request,
            {
                "lines": views,
                "version": seen.version,
                "most_bytes": MOST_BYTES,
                "piece_bytes": PIECE,
                "most_words": LONGEST_COMPLAINT,
                "menu": [(f"/{name}", say.plain(f"command-{name}")) for name in MENU],
                "notice": _notice(request, say),
                "questions": _questions(say),
                "asks": asks,
                "accept": ACCEPTED,
                "page_key": secrets.token_hex(16),
            },
        )
        response.headers["Permissions-Policy"] = permissions("microphone")
        return response

    async def _once(self, conversation: str, line: dict[str, Any], say: Texts) -> dict[str, Any]:
        """A receipt code that an earlier page had shown is not on this one."""
        if line.get("from") == FROM_CITIZEN or not holds_receipt(line):
            return line
        if not line.get("rendered"):
            await self._transcripts.forget(conversation, line["id"], {"rendered": True})
            return line
        gone = {"text": without_receipt(line["text"], say)}
        await self._transcripts.forget(conversation, line["id"], gone)
        return {**line, **gone}

    async def note_shown(self, request: web.Request) -> web.StreamResponse:
        """The page has shown a receipt code: from now on nobody gets it from here again."""
        conversation = self._conversation(request)
        id = number_of(str((await request.post()).get("line") or ""))
        line = await self._transcripts.find(conversation, id)
        if line is not None and line.get("from") != FROM_CITIZEN and holds_receipt(line):
            gone = {"text": without_receipt(line["text"], reader_texts(request))}
            await self._transcripts.forget(conversation, id, gone)
        return web.json_response({"ok": True})

    async def list_lines(self, request: web.Request) -> web.StreamResponse:
        """What changed after `after`: for pages whose live connection does not work."""
        after = number_of(request.query.get("after"))
        return web.json_response(await self._payload(request, self._conversation(request), after))

    async def stream_lines(self, request: web.Request) -> web.StreamResponse:
        """Server-sent events: each carries the lines that changed."""
        conversation = self._conversation(request)
        if self._live.watchers(conversation) >= MOST_LIVE_PAGES:
            raise web.HTTPTooManyRequests(text="live")
        after = number_of(request.headers.get("Last-Event-ID") or request.query.get("after"))
        with stream_held(request):
            return await self._stream(request, conversation, after)

    async def _stream(self, request: web.Request, conversation: str, after: int) -> web.StreamResponse:
        async with sse_response(request) as stream:
            while stream.is_connected():
                if await self._transcripts.version(conversation) != after:
                    payload = await self._payload(request, conversation, after)
                    after = payload["version"]
                    await stream.send(json.dumps(payload), id=str(after))
                await self._live.wait(conversation, LOOK_EVERY)
        return stream

    async def send_back(self, request: web.Request) -> web.StreamResponse:
        """A file the bot sent into this very chat."""
        id = request.match_info["id"]
        for line in (await self._transcripts.read(self._conversation(request))).lines:
            file = line.get("file")
            if isinstance(file, dict) and file.get("id") == id and line.get("from") != FROM_CITIZEN:
                data = await self._evidence.get(id)
                name = clean_name(str(file.get("name"))).encode("ascii", "replace").decode()
                headers = {"Content-Disposition": f'attachment; filename="{name}"'}
                return web.Response(body=data, content_type="application/octet-stream", headers=headers)
        raise web.HTTPNotFound

    def _conversation(self, request: web.Request) -> str:
        return conversation_of(request, self._conversations)

    async def _payload(self, request: web.Request, conversation: str, after: int) -> dict[str, Any]:
        """The token lets a page see that its cookie was lost and another chat has begun."""
        seen = await self._transcripts.read(conversation, after)
        say = reader_texts(request)
        return {
            "version": seen.version,
            "csrf": csrf_token(request),
            "lines": render_lines(request, line_views(seen.lines, say), say),
        }


def _asked(lines: Sequence[LineView]) -> str:
    """What the newest line of the bot asks for."""
    return next((line.asks for line in reversed(lines) if not line.mine), "")


def _questions(say: Texts) -> dict[str, dict[str, str]]:
    """For each question where one is, and what the input box says."""
    words = {}
    for asks, step in STEP_OF.items():
        hint = f"web-input-{asks}"
        words[asks] = {
            "where": say.plain("step-of", step=step, steps=STEPS),
            "hint": say.plain(hint if say.has(hint) else "web-input"),
        }
    return words | {"": {"where": "", "hint": say.plain("web-input")}}


def _notice(request: web.Request, say: Texts) -> str:
    """What a page without script has to say about the last thing sent."""
    if "slow" in request.query:
        return say.plain("web-slow-down")
    reason = next((r for r in refusals.ALL if r.code == request.query.get("refused")), None)
    return say_reason(FileNotTaken(reason, say.plain("web-your-file")), say.language) if reason else ""
