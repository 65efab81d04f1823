"""How many event streams stand open, in all and for one address: a thousand of one take nobody's place.

Counts only; what a stream tells is its handler's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from aiohttp import web

from handlers.web.access.callers import client_address
from handlers.web.access.turns import TURNS
from handlers.web.keys import OPTIONS

OPEN: web.AppKey[Counter[str]] = web.AppKey("open_streams")


class TooManyStreams(web.HTTPTooManyRequests):
    """The page works without: it asks again from time to time."""

    def __init__(self) -> None:
        super().__init__(headers={"Retry-After": "60"}, text="streams")


@contextmanager
def stream_held(request: web.Request) -> Iterator[None]:
    """One stream more while it is served. Raises TooManyStreams."""
    options, streams, address = request.app[OPTIONS], request.app[OPEN], client_address(request)
    if streams.total() >= options.streams or streams[address] >= options.streams_of_one:
        raise TooManyStreams
    streams[address] += 1
    request.app[TURNS].give_back(request)
    try:
        yield
    finally:
        streams[address] -= 1
        if not streams[address]:
            del streams[address]
