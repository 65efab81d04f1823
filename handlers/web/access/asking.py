"""What a request asks, as a keyed digest: whether a repeat is one is decided by it, and it tells nothing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from aiohttp import web

from cases.moves.once import once
from handlers.web.access.csrf import FIELD
from handlers.web.keys import HASH

_ABOUT_THE_FORM = frozenset({FIELD, "key", "version"})


def asked(request: web.Request, body: bytes) -> str:
    """Of the address with its query, and the body."""
    return request.app[HASH](f"asked:{request.raw_path}:{hashlib.sha256(body).hexdigest()}")[:32]


def form_key(request: web.Request, whose: str, posted: Mapping[str, Any]) -> str:
    """The key of the form that was shown, with what was filled in; files count by name.

    A browser sends a file field without a file as empty bytes, which have no name.
    """
    filled = [
        (name, value if isinstance(value, str) else getattr(value, "filename", ""))
        for name, value in posted.items()
        if name not in _ABOUT_THE_FORM
    ]
    shown = str(posted.get("key", ""))[:64]
    return once(f"{whose}:{shown}", asked(request, json.dumps(filled).encode()))
