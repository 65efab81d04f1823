"""Jinja for all faces: one environment, escaping always on, an unknown name is an error.

Templates are named by face: `web/base.html`, `department/queue.html`.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import CodeType
from typing import Any
from urllib.parse import urlsplit

import aiohttp_jinja2
import jinja2
from aiohttp import web
from jinja2.bccache import Bucket
from markupsafe import Markup

from cases import clocks
from handlers.web.access.cookies import THEME_COOKIE, read_cookie
from handlers.web.access.csrf import FIELD, SAFE_METHODS, csrf_token
from handlers.web.access.policy import LoginStep, has_role
from handlers.web.access.security import safe_path
from handlers.web.access.sessions import step_of
from handlers.web.keys import NAVIGATION, NOW, REQUEST_ID, SESSION, SIGNED_IN, WAITING, NavItem
from handlers.web.pages.filters import FILTERS
from handlers.web.pages.flash import take_flash
from handlers.web.pages.reader_language import LANGUAGE_NAMES
from handlers.web.pages.static_files import STATIC

THEMES = {"auto": "跟随系统", "light": "浅色", "dark": "深色"}
FACES = ("web", "department", "supervisor", "citizen", "credit", "administration")
CSRF_INPUT = Markup('<input type="hidden" name="{}" value="{}">')
HANDLERS = Path(__file__).resolve().parents[2]


class CompiledOnce(jinja2.BytecodeCache):
    """Applications of one process share what was compiled: it takes longer than most pages."""

    def __init__(self) -> None:
        self._codes: dict[tuple[str, str], CodeType | None] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._codes.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._codes[bucket.key, bucket.checksum] = bucket.code


COMPILED = CompiledOnce()


def install_templates(app: web.Application) -> None:
    loaders = {
        face: jinja2.FileSystemLoader(folder)
        for face in FACES
        if (folder := HANDLERS / face / "templates").is_dir()
    }
    environment = aiohttp_jinja2.setup(
        app,
        loader=jinja2.PrefixLoader(loaders),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        bytecode_cache=COMPILED,
    )
    environment.filters.update(FILTERS, language_name=LANGUAGE_NAMES.__getitem__)
    environment.globals.update(themes=THEMES)


def render(
    template: str, request: web.Request, context: Mapping[str, Any], *, status: int = 200
) -> web.Response:
    """A page. The layout's own values (staff, navigation, csrf, flash …) are always there."""
    return aiohttp_jinja2.render_template(template, request, {**_layout(request), **context}, status=status)


def _layout(request: web.Request) -> dict[str, Any]:
    now = request.app[NOW]()
    theme = read_cookie(request, THEME_COOKIE)
    return {
        "staff": request.get(SIGNED_IN),
        "navigation": _navigation(request),
        "waiting": request.get(WAITING, {}),
        "path": request.path,
        "this_page": _this_page(request),
        "now": now,
        "theme": theme if theme in THEMES else "auto",
        "flash": take_flash(request),
        "csrf_token": lambda: csrf_token(request),
        "csrf_field": lambda: CSRF_INPUT.format(FIELD, csrf_token(request)),
        "static": request.app[STATIC].url,
        "clock_colour": lambda clock: clocks.colour(clock, now),
        "clock_words": lambda clock: clocks.words(clock, now),
        "request_id": request.get(REQUEST_ID, ""),
    }


def _this_page(request: web.Request) -> str:
    """Where a form that changes only the looks goes back to: a page that can be opened by its address."""
    if request.method in SAFE_METHODS:
        return request.path_qs
    referrer = urlsplit(request.headers.get("Referer", ""))
    same_site = referrer.netloc == request.host
    return safe_path(f"{referrer.path}?{referrer.query}".rstrip("?"), "/") if same_site else "/"


def _navigation(request: web.Request) -> list[NavItem]:
    """What this person may open; nothing while the login is not complete."""
    if SESSION not in request or step_of(request.app, request[SIGNED_IN], request[SESSION]) < LoginStep.DONE:
        return []
    waiting, person = request.get(WAITING, {}), request[SIGNED_IN]
    return [
        item
        for item in request.app[NAVIGATION]
        if has_role(person, item.roles) and (item.count is None or waiting.get(item.href))
    ]
