"""Lines of a transcript as the page shows them: safe HTML, and buttons named by their place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import aiohttp_jinja2
from aiohttp import web
from markupsafe import Markup, escape

from cases.instants import CHINA
from handlers.citizen.dialogue.keyboards import act_of
from handlers.citizen.dialogue.steps import STEP_OF
from handlers.citizen.texts import MENU_COMMANDS, Texts
from handlers.citizen.webchat.markup import tidy
from handlers.citizen.webchat.receipts import holds_receipt
from handlers.citizen.webchat.session import FROM_CITIZEN
from handlers.web.access.csrf import csrf_token

ONWARD = (
    "confirm",
    "join",
    "continue",
    "anonymous",
    "enough",
    "nothing",
    "told",
    "send-masked",
    "send",
    "resume",
    "noted",
    "undo",
    "withdraw-now",
    "erase-now",
)
"""What leads on. The first of them in a line is what the page colours and keeps in view."""
AWAY = frozenset({"discard", "anew", "stop"})
"""What gives something up: it never looks like going on."""
_COMMAND = re.compile(r"(?<![\w/])/(" + "|".join(MENU_COMMANDS) + r"|cancel)(?![\w/])")


@dataclass(frozen=True, slots=True)
class ButtonView:
    label: str
    place: str
    """`line:row:column`."""
    look: str
    """onward, away, or nothing in particular."""


@dataclass(frozen=True, slots=True)
class LineView:
    id: int
    mine: bool
    text: Markup
    time: str
    at: str
    buttons: tuple[tuple[ButtonView, ...], ...]
    file: str | None
    """Address of a file to download, if it is the bot's."""
    asks: str
    """What the line asks for, as `STEP_OF` calls it; empty when it asks nothing."""
    once: bool
    """It shows a receipt code."""


def line_views(lines: Iterable[Mapping[str, Any]], say: Texts) -> list[LineView]:
    return [_view(line, say) for line in lines]


def _view(line: Mapping[str, Any], say: Texts) -> LineView:
    mine = line.get("from") == FROM_CITIZEN
    at = str(line.get("at") or "")
    keys = [key for row in line.get("buttons") or [] for key in row]
    return LineView(
        id=int(line["id"]),
        mine=mine,
        text=_words(line, say, mine=mine),
        time=datetime.fromisoformat(at).astimezone(CHINA).strftime("%H:%M") if at else "",
        at=at,
        buttons=_button_views(line),
        file=None if mine or not line.get("file") else f"/chat/files/{line['file']['id']}",
        asks=next((asked for key in keys if (asked := _asked_by(str(key["data"]))) in STEP_OF), ""),
        once=not mine and holds_receipt(line),
    )


def _button_views(line: Mapping[str, Any]) -> tuple[tuple[ButtonView, ...], ...]:
    rows = line.get("buttons") or []
    acts = [act_of(str(key["data"])) for row in rows for key in row]
    primary = next((act for act in ONWARD if act in acts), None)

    def look(act: str) -> str:
        return "onward" if act == primary else "away" if act in AWAY else ""

    return tuple(
        tuple(
            ButtonView(str(key["label"]), f"{line['id']}:{row}:{column}", look(act_of(str(key["data"]))))
            for column, key in enumerate(keys)
        )
        for row, keys in enumerate(rows)
    )


def _asked_by(data: str) -> str:
    """`d:draft:skip:place` asks for the place, `d:draft:confirm:` for the confirmation."""
    act = act_of(data)
    return data.rsplit(":", 1)[-1] if act == "skip" else act


def _words(line: Mapping[str, Any], say: Texts, *, mine: bool) -> Markup:
    text = str(line.get("text") or "")
    if not mine:
        file = line.get("file")
        shown = text or (str(file["name"]) if file else "")
        return tidy(_COMMAND.sub(lambda found: _said_for(found[1], say), shown))
    if line.get("pressed"):
        name = text[1:] if text.startswith("/") else ""
        label = say.plain(f"command-{name}") if name in MENU_COMMANDS else text
        return escape(say.plain("web-pressed", label=label))
    if line.get("file"):
        sent = say.plain("web-sent-file", name=str(line["file"]["name"]))
        return escape(f"{sent}\n{text}" if text else sent)
    return escape(text)


def _said_for(command: str, say: Texts) -> str:
    """A page has buttons where a messenger has commands."""
    return say("web-quoted", words=say.plain(f"command-{command}"))


def render_lines(request: web.Request, lines: list[LineView], say: Texts) -> list[dict[str, Any]]:
    """Each line as HTML, for the live page to put in its place."""
    template = aiohttp_jinja2.get_env(request.app).get_template("citizen/line.html")
    token = csrf_token(request)
    return [
        {"id": line.id, "html": template.render(line=line, say=say.plain, token=token, page_key="")}
        for line in lines
    ]
