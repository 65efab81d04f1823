"""A page in the language of whoever reads it, with the choice of another one.

Which language that is, is decided in `web/pages/reader_language.py`; the words are those of the dialogue.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aiohttp import web

from handlers.citizen.texts import Texts, texts
from handlers.web.keys import OPTIONS
from handlers.web.pages.reader_language import LANGUAGE_NAMES, reader_language
from handlers.web.pages.templates import render


def reader_texts(request: web.Request) -> Texts:
    return texts(reader_language(request))


def render_for_reader(
    template: str, request: web.Request, context: Mapping[str, Any], *, status: int = 200
) -> web.Response:
    """A page of `citizen/`; it finds `say`, `language` and `languages` as well as the layout's own values."""
    say = reader_texts(request)
    words = {
        "say": say.plain,
        "language": say.language.value,
        "languages": LANGUAGE_NAMES,
        "exit_address": request.app[OPTIONS].exit_address,
        "publishes_motions": request.app[OPTIONS].publish_motions,
    }
    return render(template, request, {**words, **context}, status=status)
