"""Every two neighbours of a text as one whole number, so that tables of pairs are looked up fast.

Making numbers costs a quarter of cutting strings, and most places of a message are settled by one look-up
of their pair. A number means nothing but its pair, and only within one process.
"""

from __future__ import annotations

from collections.abc import Iterable

PARTS = 3
"""Bytes that tell a character."""


def pair_codes(text: str) -> list[int]:
    """One number per place but the last: the same number for the same two characters.

    The low bytes of both characters stand lowest, because sets and dictionaries go by the lowest bits.
    """
    raw = text.encode("utf-32-le", "surrogatepass")
    codes = bytearray(8 * max(0, len(text) - 1))
    for part in range(PARTS):
        codes[2 * part :: 8] = raw[part:-4:4]
        codes[2 * part + 1 :: 8] = raw[part + 4 :: 4]
    return memoryview(codes).cast("Q").tolist()


def numbered(pairs: Iterable[str]) -> dict[str, int]:
    """The number of each pair of characters."""
    known = tuple(pairs)
    return dict(zip(known, pair_codes("".join(known))[::2], strict=True))
