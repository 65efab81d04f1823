"""What people send is held in memory, within a budget, and never lies unsealed on a disk.

Reads bodies for the guard; it must not know what they mean. One budget serves the whole process.
"""

from __future__ import annotations

import asyncio
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from aiohttp import web, web_request
from aiohttp.http_exceptions import HttpProcessingError

from handlers.web.access.callers import client_address
from handlers.web.keys import OPTIONS

BROKEN = (HttpProcessingError, web.RequestPayloadError)
READ_WITHIN = 300
"""Seconds in which a body must be there; what it holds of the budget is free again then."""
OF_ONE_ADDRESS = 4
"""One address holds at most this part of the budget (a quarter)."""

_SPOOL = "_FILE_SPOOL_MAX_SIZE"
if not hasattr(web_request, _SPOOL):  # it would lay uploads on the disk again
    raise RuntimeError("This aiohttp keeps uploads in another way: see handlers/web/access/bodies.py")
setattr(web_request, _SPOOL, sys.maxsize)  # `request.post` rolls no file over into a temporary one


class TooManyUploads(web.HTTPServiceUnavailable):
    """The memory for uploads is in use; nothing of this one was read."""

    def __init__(self) -> None:
        super().__init__(headers={"Retry-After": "30"}, text="uploads")


class UploadBudget:
    """How many bytes of uploads the process holds, in all and by address."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._held: Counter[str] = Counter()

    @contextmanager
    def holding(self, size: int, address: str) -> Iterator[None]:
        """Raises TooManyUploads. An address that holds nothing may always begin one upload of its share."""
        mine = self._held[address]
        of_one = self.most // OF_ONE_ADDRESS
        if self._held.total() + size > self.most or (mine and mine + size > of_one):
            raise TooManyUploads
        self._held[address] += size
        try:
            yield
        finally:
            self._held[address] -= size
            self._held += Counter()  # addresses that hold nothing are forgotten


BUDGET: web.AppKey[UploadBudget] = web.AppKey("upload_budget")


@contextmanager
def upload_held(request: web.Request) -> Iterator[None]:
    """Holds what a body may take while its request is served. Raises TooManyUploads."""
    options = request.app[OPTIONS]
    size = request.content_length
    if size is None and request.can_read_body:
        size = options.upload_limit
    if not size or size <= options.form_limit:
        yield
        return
    with request.app[BUDGET].holding(size, client_address(request)):
        yield


async def read_form(request: web.Request) -> Mapping[str, Any]:
    """A form read whole; `request.post` answers at once then. Raises HTTPBadRequest for a broken one."""
    try:
        async with asyncio.timeout(READ_WITHIN):
            return await request.post()
    except TimeoutError:
        raise web.HTTPRequestTimeout(text="slow") from None
    except (*BROKEN, ValueError, LookupError, AssertionError, RuntimeError, TypeError):
        raise web.HTTPBadRequest(text="body") from None
