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
_HAN = ((0x3400, 0x4DC0), (0x4E00, 0xA000), (0xF900, 0xFB00))


def words_of(text: str) -> list[str]:
    """Split at everything that is no letter or digit; full width, case and traditional characters folded."""
    plain = unicodedata.normalize("NFKC", text).casefold().translate(simplified())
    return _WORD.findall(plain)


def is_searchable(text: str) -> bool:
    """Whether there is a word in it that is long enough to be found."""
    return any(len(word) >= SHORTEST for word in words_of(text))


@cache
def simplified() -> dict[int, str]:
    """For `str.translate`: traditional to simplified characters. Made on first use, which takes 0.1 s."""
    from opencc import OpenCC

    signs = [chr(code) for start, stop in _HAN for code in range(start, stop)]
    plain = OpenCC("t2s").convert("\n".join(signs)).split("\n")
    found = {ord(sign): new for sign, new in zip(signs, plain, strict=True) if sign != new and len(new) == 1}
    return {**found, ord("衞"): "卫"}
