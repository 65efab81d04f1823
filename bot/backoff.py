"""How long whoever failed waits before the next try."""

from __future__ import annotations

import random
from datetime import timedelta

LONGEST_BACKOFF = 30.0


def backoff(attempts: int, *, base: float = 0.5, longest: float = LONGEST_BACKOFF) -> timedelta:
    """Exponential with full jitter in the upper half, so that many retries do not come at once."""
    ceiling = min(longest, base * 2 ** min(attempts, 16))
    return timedelta(seconds=ceiling * (0.5 + random.random() / 2))  # noqa: S311
