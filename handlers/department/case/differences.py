"""Two texts beside each other: which pieces of each the other does not have."""

from __future__ import annotations

from difflib import SequenceMatcher

LONGEST = 1500
"""Signs of each text that are compared; the rest is shown unmarked."""
Pieces = list[tuple[str, bool]]


def differing(one: str, other: str) -> tuple[Pieces, Pieces]:
    """The pieces of both in order, each with whether it differs; together they are the texts."""
    left: Pieces = []
    right: Pieces = []
    head, tail = one[:LONGEST], other[:LONGEST]
    for same, a, b, c, d in SequenceMatcher(None, head, tail, autojunk=False).get_opcodes():
        left.append((head[a:b], same != "equal"))
        right.append((tail[c:d], same != "equal"))
    left.append((one[LONGEST:], False))
    right.append((other[LONGEST:], False))
    return [piece for piece in left if piece[0]], [piece for piece in right if piece[0]]
