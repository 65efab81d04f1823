"""Keeping what stands in a form of whoever is signed in, until it is sent: sealed, and theirs alone."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import parse_qsl, urlencode

from aiohttp import web
from multidict import MultiDict

from cases.ports.unsent import Unsent
from cases.records import FreeText
from handlers.web.access.policy import actor_of
from handlers.web.keys import SERVICES, UNSENT

MOST = 500_000
"""Bytes of an encoded form that are kept, some 50,000 Chinese signs; more stays on the page only."""


def words_of(kept: Unsent) -> MultiDict[str]:
    """As a browser would post them."""
    return MultiDict(parse_qsl(kept.words))


async def keep_words(
    request: web.Request, number: str, form: str, fields: Iterable[str], key: str, *, briefly: bool = False
) -> web.Response:
    """Keep the filled ones of these fields for whoever is signed in."""
    actor, now = actor_of(request), request.app[SERVICES].now()
    known = set(fields)
    filled = [
        (name, value)
        for name, value in (await request.post()).items()
        if isinstance(value, str) and value.strip() and name.partition(".")[0] in known
    ]
    words = urlencode(filled)
    if not filled:
        await forget_words(request, number, form)
    elif len(words) <= MOST:
        unsent = Unsent(
            number=number,
            form=form,
            staff=actor.id or "",
            name=actor.name,
            words=FreeText(words),
            key=key,
            since=now,
            at=now,
        )
        await request.app[UNSENT].put(unsent, briefly=briefly)
    return web.Response(status=204)


async def forget_words(request: web.Request, number: str, form: str) -> None:
    """They were sent, or taken back."""
    await request.app[UNSENT].drop(number, actor_of(request).id or "", form)
