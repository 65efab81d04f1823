"""The public check of opinion letters: whether one was issued here, by whom and when, and nothing else."""

from __future__ import annotations

import re
import unicodedata

from aiohttp import web

from handlers.citizen.pages.reader import reader_texts, render_for_reader
from handlers.web.access.policy import public
from handlers.web.keys import SERVICES

_CODE = re.compile(r"[0-9A-F]{12}")


@public
async def verify_letter(request: web.Request) -> web.StreamResponse:
    """Whether a letter with this code was issued here, by whom and when: nothing about the case."""
    given = request.query.get("code", "")[:60]
    code = read_code(given)
    letter = await request.app[SERVICES].public.find_letter(code) if code else None
    date = reader_texts(request).date
    context = {"given": given, "asked": bool(given.strip()), "letter": letter, "date": date}
    return render_for_reader("citizen/verify.html", request, context)


def read_code(text: str) -> str | None:
    """The code as printed; spaces, dashes, width and case do not matter."""
    plain = re.sub(r"[\s\-]", "", unicodedata.normalize("NFKC", text)).upper()
    return plain if _CODE.fullmatch(plain) else None
