"""MinHash bands of a complaint: near-identical texts share at least one, so that campaigns can be seen.

The bands are keyed with the deployment's secret: from the stored bands nobody can test a guessed text.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Callable

SHINGLE = 4
BANDS, ROWS = 12, 4
SHORTEST = 12
_PRIME = (1 << 61) - 1
_MASK = (1 << 32) - 1


def make_similarity(key: bytes) -> Callable[[str], tuple[str, ...]]:
    """A function from a text to its bands; empty for texts too short to compare."""
    seeds = [
        int.from_bytes(hashlib.blake2b(f"{n}".encode(), key=key[:64], digest_size=16).digest(), "big")
        for n in range(BANDS * ROWS)
    ]
    lines = [(seed >> 64 | 1, seed & _PRIME) for seed in seeds]

    def bands_of(text: str) -> tuple[str, ...]:
        plain = "".join(sign for sign in unicodedata.normalize("NFKC", text).casefold() if sign.isalnum())
        if len(plain) < SHORTEST:
            return ()
        shingles = {
            int.from_bytes(
                hashlib.blake2b(plain[n : n + SHINGLE].encode(), key=key[:64], digest_size=8).digest(), "big"
            )
            for n in range(min(len(plain), 4000) - SHINGLE + 1)
        }
        least = [min((a * s + b) % _PRIME for s in shingles) & _MASK for a, b in lines]
        return tuple(
            hashlib.blake2b(
                repr((n, least[n * ROWS : (n + 1) * ROWS])).encode(), key=key[:64], digest_size=8
            ).hexdigest()
            for n in range(BANDS)
        )

    return bands_of
