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
    plain = unicodedata.normalize("NFKC", text).casefold().translate(_simplified())
    return _WORD.findall(plain)


def is_searchable(text: str) -> bool:
    """Whether there is a word in it that is long enough to be found."""
    return any(len(word) >= SHORTEST for word in words_of(text))


@cache
def _simplified() -> dict[int, str]:
    """Each traditional character with its simplified one; made on first use, in a tenth of a second."""
    from opencc import OpenCC

    signs = [chr(code) for start, stop in _HAN for code in range(start, stop)]
    plain = OpenCC("t2s").convert("\n".join(signs)).split("\n")
    return {ord(sign): new for sign, new in zip(signs, plain, strict=True) if sign != new and len(new) == 1}
