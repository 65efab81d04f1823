"""What stands around the name of a body, as signs whose weight is learnt: characters, and marks of clauses.

Which role the words give it is read in `roles.py`.
"""

from __future__ import annotations

import re

from classify.bodies.finding import Body

BEFORE, AFTER = 30, 60
"""Characters that are looked at."""
NEAR = 9
"""Characters of its own clause on either side whose pairs are signs."""
AT_END = 0.85
LONG = 150
"""In a message longer than this a body named behind that share of it is often only asked for help."""
_ENDS = str.maketrans(dict.fromkeys(",。;!?:", "\n"))
_BLANKS = str.maketrans(dict.fromkeys(" \t\n\u3000", "_"))
_BREACH = re.compile(r"[没未不无拒拖欠骗乱强私违侵贪克扣停推]|敷衍|假|至今|一直|迟迟|竟")
_ASKS = re.compile(r"[请望恳求]|希望|建议")
_MINE = re.compile(r"[我本贵]们?$")


def clauses_of(text: str) -> str:
    """The text, as long as before, with one sign for every end of a clause: to be given to `signs_around`."""
    return text.translate(_ENDS)


def signs_around(text: str, clauses: str, body: Body) -> frozenset[str]:
    """Signs of one mention: `<` and `>` with the characters next to it, `~<` and `~>` with pairs of them
    anywhere in its clause, and marks of its clauses.
    """
    left = clauses[max(0, body.start - BEFORE) : body.start].rsplit("\n", 2)
    right = clauses[body.end : body.end + AFTER].split("\n", 2)
    before = text[max(0, body.start - 3) : body.start].translate(_BLANKS)
    after = text[body.end : body.end + 3].translate(_BLANKS)
    own_left, own_right = left[-1], right[0]
    signs = {"<" + before[-size:] for size in range(1, len(before) + 1)} or {"<"}
    signs |= {">" + after[:size] for size in range(1, len(after) + 1)} or {">"}
    signs |= {"~<" + own_left[-start : 2 - start or None] for start in range(2, min(NEAR, len(own_left)) + 1)}
    signs |= {"~>" + own_right[start : start + 2] for start in range(min(NEAR, len(own_right)) - 1)}
    signs |= {f"left:{min(4, len(own_left) // 3)}", f"right:{min(4, len(own_right) // 4)}"}
    for sign, pattern, words in (
        ("breach<", _BREACH, own_left),
        ("breach<<", _BREACH, left[-2] if len(left) > 1 else ""),
        ("breach>", _BREACH, own_right),
        ("breach>>", _BREACH, right[1] if len(right) > 1 else ""),
        ("asks<", _ASKS, own_left),
        ("asks<<", _ASKS, left[-2] if len(left) > 1 else ""),
        ("mine", _MINE, before[-2:]),
    ):
        if words and pattern.search(words):
            signs.add(sign)
    if len(text) > LONG and body.start > AT_END * len(text):
        signs.add("at_end")
    return frozenset(signs)
