"""Words as a search compares them: one spelling for what people write in several ways.

Store and page ask the same functions, so a page can say beforehand what a search cannot find.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

SHORTEST = 2
"""Neighbouring letters or digits that a search needs: pairs are what is kept."""

_WORD = re.compile(r"[^\W_]+")
_HAN = range(0x3400, 0xA000)
"""What NFKC leaves of the signs in common use."""


def words_of(text: str) -> list[str]:
    """Split at everything that is no letter or digit; full width, case and traditional characters folded."""
    plain = unicodedata.normalize("NFKC", text).casefold().translate(simplified())
    return _WORD.findall(plain)


def is_searchable(text: str) -> bool:
    """Whether there is a word in it that is long enough to be found."""
    return any(len(word) >= SHORTEST for word in words_of(text))


@cache
def simplified() -> dict[int, str]:
    """For `str.translate` after NFKC: traditional to simplified. Made on first use, which takes 0.1 s."""
    from opencc import OpenCC

    signs = [chr(code) for code in _HAN]
    plain = OpenCC("t2s").convert("\n".join(signs)).split("\n")
    found = {ord(sign): new for sign, new in zip(signs, plain, strict=True) if sign != new and len(new) == 1}
    return {**found, ord("衞"): "卫"}
