"""Phone, identity and bank numbers in a message, so that they can be masked outside the case."""

from __future__ import annotations

import re
from collections.abc import Iterable

from classify.text.normalise import normalise
from classify.types import Span

_PRIVATE = re.compile(
    r"(?<![\dA-Za-z])(?:[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]"
    r"|[1-9]\d{7}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}"
    r"|(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}"
    r"|[3-6]\d{3}(?:[ -]?\d{4}){2,3}(?:[ -]?\d{1,4})?"
    r"|\(?0\d{2,3}\)?[- ]?\d{7,8})(?![\dA-Za-z])"
)

LONG_NUMBER = re.compile(r"\d[\d -]{6}")
"""What every telephone, identity or bank number begins with; most messages hold none."""


def find_private(text: str, plain: str, origin: Iterable[int]) -> tuple[Span, ...]:
    """Ranges of the original text, found in its plain form `plain` with places `origin`."""
    if not LONG_NUMBER.search(plain):
        return ()
    places = list(origin) if not isinstance(origin, range) else origin
    return tuple(
        Span(places[found.start()], places[found.end() - 1] + 1) for found in _PRIVATE.finditer(plain)
    )


def mask_private(text: str, spans: Iterable[Span]) -> str:
    """The text with each digit and letter of the ranges, but for the last two, made a star."""
    chars = list(text)
    for span in spans:
        places = [
            place for place in range(max(0, span.start), min(span.end, len(chars))) if chars[place].isalnum()
        ]
        for place in places[:-2]:
            chars[place] = "*"
    return "".join(chars)


def mask_numbers(text: str) -> str:
    """The text with every telephone, identity and bank number in it masked."""
    read = normalise(text)
    return mask_private(text, find_private(text, read.text, read.origin))
