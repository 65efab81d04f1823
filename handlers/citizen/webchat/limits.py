"""How fast visitors of the page may write: a bucket per chat, one per address and one for all together.

Slows floods; what was accepted is never dropped because of it. All processes draw on the same buckets.
"""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from cases.ports.accounts import RateLimits

MOST_LIVE_PAGES = 4


class Bucket(NamedTuple):
    """`burst` at once, and `per_minute` after that."""

    burst: int
    per_minute: float


PER_CHAT = Bucket(20, 40.0)
PER_ADDRESS = Bucket(120, 240.0)
EVERYBODY = Bucket(600, 1800.0)
"""What the pages of a deployment take in together, above what two processes were measured to answer."""
SELDOM = Bucket(30, 6.0)
"""So often a person writes and hardly a flood: from an address with no more, the reserve is open."""
RESERVE = Bucket(600, 1800.0)
"""For those, when others have used up what is for everybody: to use this up too, one needs 300 addresses."""


PIECES_PER_CHAT = Bucket(160, 240.0)
PIECES_PER_ADDRESS = Bucket(480, 480.0)
"""Of files on their way: two of the largest at once, and one of them every twenty seconds after that."""


async def may_send_piece(limits: RateLimits, chat: str, address: str, now: datetime) -> bool:
    """As `may_write`."""
    return await limits.take(f"piece-chat:{chat}", *PIECES_PER_CHAT, now) and await limits.take(
        f"piece-address:{address}", *PIECES_PER_ADDRESS, now
    )


async def may_write(limits: RateLimits, chat: str, address: str, now: datetime) -> bool:
    """The narrowest bucket first, so that one flooder does not empty those of the others."""
    return (
        await limits.take(f"web-chat:{chat}", *PER_CHAT, now)
        and await limits.take(f"web-address:{address}", *PER_ADDRESS, now)
        and (
            await limits.take("web-everybody", *EVERYBODY, now)
            or (
                await limits.take(f"web-seldom:{address}", *SELDOM, now)
                and await limits.take("web-reserve", *RESERVE, now)
            )
        )
    )
