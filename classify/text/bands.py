"""MinHash bands of a complaint: near-identical texts share at least one, so that campaigns can be seen.

The bands are keyed with the deployment's secret: from the stored bands nobody can test a guessed text.
One permutation (Li, Owen, Zhang 2012): every shingle falls into one bin, the least of a bin speaks for it,
and an empty bin borrows from the first full one of an order of its own (Shrivastava 2017).
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Callable

SHINGLE = 4
BANDS, ROWS = 12, 4
BINS = BANDS * ROWS
SHORTEST = 12
LONGEST = 4000


def make_similarity(key: bytes) -> Callable[[str], tuple[str, ...]]:
    """A function from a text to its bands; empty for texts too short to compare."""

    def digest(words: str) -> bytes:
        return hashlib.blake2b(words.encode(), key=key[:64], digest_size=8).digest()

    def order(place: int) -> list[int]:
        return sorted(range(BINS), key=lambda lender: digest(f"{place} {lender}"))

    lenders = [order(place) for place in range(BINS)]

    def bands_of(text: str) -> tuple[str, ...]:
        plain = "".join(sign for sign in unicodedata.normalize("NFKC", text).casefold() if sign.isalnum())
        if len(plain) < SHORTEST:
            return ()
        least: dict[int, int] = {}
        for start in range(min(len(plain), LONGEST) - SHINGLE + 1):
            value, place = divmod(int.from_bytes(digest(plain[start : start + SHINGLE]), "big"), BINS)
            if value < least.get(place, value + 1):
                least[place] = value
        filled = [least[next(place for place in places if place in least)] for places in lenders]
        return tuple(
            digest(repr((band, filled[band * ROWS : (band + 1) * ROWS]))).hex() for band in range(BANDS)
        )

    return bands_of
