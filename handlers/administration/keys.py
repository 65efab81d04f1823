"""What the administrator's pages are given beside what all pages share."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from aiohttp import web

from cases.service.staff.accounts import Accounts

ACCOUNTS: web.AppKey[Accounts] = web.AppKey("accounts")
SET_ASIDE: web.AppKey[Callable[[], Awaitable[Sequence[Mapping[str, Any]]]]] = web.AppKey("set_aside")
"""Updates and answers that were given up, newest first: which box, when and why, never what they said."""
