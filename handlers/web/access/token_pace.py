"""How fast one token may ask: a department's system that has run wild slows itself and nobody else.

Each process counts for itself, in memory: an agreement of all processes would cost a write per request.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import datetime

from aiohttp import web

PACE: web.AppKey[TokenPace] = web.AppKey("token_pace")
MOST_KEPT = 1000
"""Tokens remembered; a full bucket is as good as none."""


class TooManyCalls(web.HTTPTooManyRequests):
    """Says after how many seconds the next call is taken."""

    def __init__(self, seconds: int) -> None:
        super().__init__(headers={"Retry-After": str(seconds)}, text="token")


class TokenPace:
    """A bucket for each token that holds a minute's calls. `per_minute` 0: no limit."""

    def __init__(self, per_minute: int, now: Callable[[], datetime]) -> None:
        self._per_minute = per_minute
        self._now = now
        self._buckets: dict[str, tuple[float, datetime]] = {}

    def take(self, token: str) -> None:
        """One call of the token of this hash. Raises TooManyCalls."""
        if not self._per_minute:
            return
        now, a_second = self._now(), self._per_minute / 60
        level, since = self._buckets.pop(token, (float(self._per_minute), now))
        passed = max(0.0, (now - since).total_seconds())
        level = min(float(self._per_minute), level + passed * a_second)
        allowed = level >= 1
        self._buckets[token] = (level - allowed, now)
        if len(self._buckets) > MOST_KEPT:
            del self._buckets[next(iter(self._buckets))]
        if not allowed:
            raise TooManyCalls(math.ceil((1 - level) / a_second))
