"""Splits a text at the phrases that decided its domain, so that the page can mark them."""

from __future__ import annotations

import re
from collections.abc import Iterable


def split_marked(text: str, phrases: Iterable[str]) -> list[tuple[str, bool]]:
    """Pieces of the text in order, each with whether it is one of the phrases; together they are the text."""
    wanted = sorted({p for p in phrases if p}, key=len, reverse=True)
    if not wanted:
        return [(text, False)]
    pattern = re.compile("(" + "|".join(map(re.escape, wanted)) + ")")
    return [(piece, index % 2 == 1) for index, piece in enumerate(pattern.split(text)) if piece]
