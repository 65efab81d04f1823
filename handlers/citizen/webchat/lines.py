"""Lines of a transcript as the page shows them: safe HTML, and buttons named by their place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import aiohttp_jinja2
from aiohttp import web
from markupsafe import Markup, escape

from cases.instants import CHINA
from handlers.citizen.texts import Texts
from handlers.citizen.webchat.markup import tidy
from handlers.citizen.webchat.session import FROM_CITIZEN
from handlers.web.access.csrf import csrf_token


@dataclass(frozen=True, slots=True)
class LineView:
    id: int
    mine: bool
    text: Markup
    time: str
    at: str
    buttons: tuple[tuple[tuple[str, str], ...], ...]
    """Rows of label, and place as `line:row:column`."""
    file: str | None
    """Address of a file to download, if it is the bot's."""


def line_views(lines: Iterable[Mapping[str, Any]], say: Texts) -> list[LineView]:
    return [_view(line, say) for line in lines]


def _view(line: Mapping[str, Any], say: Texts) -> LineView:
    mine = line.get("from") == FROM_CITIZEN
    at = str(line.get("at") or "")
    return LineView(
        id=int(line["id"]),
        mine=mine,
        text=_words(line, say, mine=mine),
        time=datetime.fromisoformat(at).astimezone(CHINA).strftime("%H:%M") if at else "",
        at=at,
        buttons=tuple(
            tuple((str(key["label"]), f"{line['id']}:{row}:{column}") for column, key in enumerate(keys))
            for row, keys in enumerate(line.get("buttons") or [])
        ),
        file=None if mine or not line.get("file") else f"/chat/files/{line['file']['id']}",
    )


def _words(line: Mapping[str, Any], say: Texts, *, mine: bool) -> Markup:
    text = str(line.get("text") or "")
    if not mine:
        file = line.get("file")
        return tidy(text or (str(file["name"]) if file else ""))
    if line.get("pressed"):
        return escape(say.plain("web-pressed", label=text))
    if line.get("file"):
        sent = say.plain("web-sent-file", name=str(line["file"]["name"]))
        return escape(f"{sent}\n{text}" if text else sent)
    return escape(text)


def render_lines(request: web.Request, lines: list[LineView], say: Texts) -> list[dict[str, Any]]:
    """Each line as HTML, for the live page to put in its place."""
    template = aiohttp_jinja2.get_env(request.app).get_template("citizen/line.html")
    token = csrf_token(request)
    return [{"id": line.id, "html": template.render(line=line, say=say.plain, token=token)} for line in lines]
