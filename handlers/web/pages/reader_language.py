"""Which of our languages somebody reads: by what was chosen, by the browser, by what a messenger says."""

from __future__ import annotations

from aiohttp import web

from cases.vocabulary import Language
from handlers.web.access.cookies import LANGUAGE_COOKIE, read_cookie
from handlers.web.keys import OPTIONS

LANGUAGE_NAMES: dict[str, str] = {
    Language.ZH_HANS: "简体中文",
    Language.ZH_HANT: "繁體中文",
    Language.EN: "English",
}
"""Each in its own words, so that whoever looks for it finds it."""


def reader_language(request: web.Request) -> Language:
    """What was chosen in the chat, else the first language of the browser that we speak, else the default."""
    chosen = find_language(read_cookie(request, LANGUAGE_COOKIE) or "")
    return chosen or asked_language(request) or request.app[OPTIONS].default_language


def asked_language(request: web.Request) -> Language | None:
    """The first language of the request's own header that we speak."""
    wishes = [part.split(";")[0] for part in request.headers.get("Accept-Language", "").split(",")[:10]]
    return next(filter(None, (find_language(wish.strip()) for wish in wishes)), None)


def find_language(code: str) -> Language | None:
    """Our language for an IETF code such as `zh-hant`, `zh-TW` or `en-GB`."""
    parts = code.lower().replace("_", "-").split("-")
    if parts[0] == "zh":
        return Language.ZH_HANT if {"hant", "tw", "hk", "mo"}.intersection(parts) else Language.ZH_HANS
    return Language.EN if parts[0] == "en" else None
