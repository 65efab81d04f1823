"""Which characters of a text are written so in simplified Chinese only."""

from __future__ import annotations

from functools import cache

from opencc import OpenCC

IN_BOTH = frozenset("台准")
"""Simplified for one word and traditional for another."""


@cache
def _converters() -> tuple[OpenCC, OpenCC]:
    return OpenCC("s2tw"), OpenCC("t2s")


def simplified_in(text: str) -> set[str]:
    to_traditional, to_simplified = _converters()
    return {
        sign
        for sign in set(text) - IN_BOTH
        if to_traditional.convert(sign) != sign and to_simplified.convert(sign) == sign
    }
