"""What pieces of a few words tell of danger, learnt from invented sentences: hears what no phrase foresaw.

A table `data/danger.tsv` gives per piece (up to three signs or English words) one number for each kind. It
adds to the phrases and patterns and never takes back what they heard.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path

from classify.text.normalise import normalise

TABLE = Path(__file__).parents[1] / "data" / "danger.tsv"
LONGEST = 3
UNIT = 1000.0
START = "^"
"""Stands in the table for what every window has."""
_TOKENS = re.compile(r"[a-z']+|\d+|[^\s\W]|[^\w\s,.;:，。；：、]")
_CLAUSES = re.compile(r"[，,。；;！!？?\n…]+|\.(?=\s|$)")


def pieces(window: str) -> set[str]:
    """Runs of one to three signs, English words and numbers counting as one."""
    tokens = _TOKENS.findall(window)
    found = {START}
    for size in range(1, LONGEST + 1):
        found.update(" ".join(tokens[at : at + size]) for at in range(len(tokens) - size + 1))
    return found


def windows(text: str) -> Iterator[str]:
    """Two clauses that follow each other, in plain signs; all there is of a short text."""
    clauses = [clause for part in _CLAUSES.split(normalise(text).text) if (clause := part.strip())]
    if len(clauses) <= 2:
        yield " , ".join(clauses)
    for one, two in pairwise(clauses):
        if len(clauses) > 2:
            yield f"{one} , {two}"


@cache
def _table() -> tuple[tuple[str, ...], float, float, dict[str, tuple[float, ...]]]:
    """The kinds, how sure is sure enough in short and in long texts, and the numbers of each piece."""
    with TABLE.open(encoding="utf-8") as lines:
        short, long, *kinds = next(lines).split()
        rows = (line.rstrip("\n").split("\t") for line in lines)
        table = {piece: tuple(int(cell) / UNIT for cell in cells) for piece, *cells in rows}
    return tuple(kinds), float(short), float(long), table


def sense(text: str, *, short: bool) -> str | None:
    """The kind of danger most likely meant; None when nothing is sure enough."""
    kinds, sure_short, sure_long, table = _table()
    loudest, kind = sure_short if short else sure_long, None
    for window in windows(text):
        rows = [table[piece] for piece in pieces(window) if piece in table]
        scores = [sum(column) for column in zip(*rows, strict=True)] or [0.0] * len(kinds)
        peak = max(scores)
        odds = peak + math.log(sum(math.exp(score - peak) for score in scores))
        if odds > loudest:
            loudest, kind = odds, kinds[scores.index(peak)]
    return kind
