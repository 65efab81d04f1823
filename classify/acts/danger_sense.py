"""What pieces of a few words tell of danger, learnt from invented sentences: hears what no phrase foresaw.

A table `data/danger.tsv` gives per piece (up to three signs or English words) one number for each kind; in a
chat line the patterns of `danger.toml` are pieces too. It adds to the phrases and takes back none of them.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path

from classify.text.normalise import normalise

SHORT = 120
"""A chat line, in characters; in longer accounts words are read more strictly."""
PACK = Path(__file__).with_name("danger.toml")
TABLE = Path(__file__).parents[1] / "data" / "danger.tsv"
LONGEST = 3
UNIT = 1000.0
SHOWN = 4
"""Pieces that are named as reasons."""
START = "^"
"""Stands in the table for what every window has."""
_TOKENS = re.compile(r"[a-z']+|\d+|[^\s\W]|[^\w\s,.;:，。；：、]")
_CLAUSES = re.compile(r"[，,。；;！!？?\n…]+|\.(?=\s|$)")


def pieces(window: str, *, short: bool) -> set[str]:
    """Runs of one to three signs, words and numbers counting as one; in a short text patterns as well."""
    tokens = _TOKENS.findall(window)
    found = {START}
    for size in range(1, LONGEST + 1):
        found.update(" ".join(tokens[at : at + size]) for at in range(len(tokens) - size + 1))
    if short:
        figures, patterns = _patterns()
        plain = figures.sub(" ", window)
        found.update(f"={kind}" for kind, pattern in patterns.items() if pattern.search(plain))
    return found


def windows(text: str) -> Iterator[str]:
    """Two clauses that follow each other, in plain signs; all there is of a short text."""
    clauses = [clause for part in _CLAUSES.split(normalise(text).text) if (clause := part.strip())]
    if len(clauses) <= 2:
        yield " , ".join(clauses)
    for one, two in pairwise(clauses):
        if len(clauses) > 2:
            yield f"{one} , {two}"


def sense(text: str) -> tuple[str, tuple[str, ...]] | None:
    """The kind of danger most likely meant, and the pieces that say so; None when nothing is sure enough."""
    kinds, sure_short, sure_long, table = _table()
    short = len(text) <= SHORT
    loudest, heard = sure_short if short else sure_long, None
    for window in windows(text):
        rows = {piece: table[piece] for piece in pieces(window, short=short) if piece in table}
        scores = [sum(column) for column in zip(*rows.values(), strict=True)] or [0.0] * len(kinds)
        peak = max(scores)
        odds = peak + math.log(sum(math.exp(score - peak) for score in scores))
        if odds > loudest:
            loudest, heard = odds, (scores.index(peak), rows)
    if heard is None:
        return None
    kind, rows = heard
    said = sorted(rows, key=lambda piece: (-rows[piece][kind], piece))[:SHOWN]
    return kinds[kind], tuple(piece.replace(" ", "") for piece in said)


@cache
def _patterns() -> tuple[re.Pattern[str], dict[str, re.Pattern[str]]]:
    """Figures of speech, and per kind what may be danger without them."""
    pack = tomllib.loads(PACK.read_text(encoding="utf-8"))["short"]
    ways = {
        name: re.compile("|".join(some).replace("[^，。", "[^,;，。；!?！？…")) for name, some in pack.items()
    }
    return ways.pop("figures"), ways


@cache
def _table() -> tuple[tuple[str, ...], float, float, dict[str, tuple[float, ...]]]:
    """The kinds, how sure is sure enough in short and in long texts, and the numbers of each piece."""
    with TABLE.open(encoding="utf-8") as lines:
        short, long, *kinds = next(lines).split()
        rows = (line.rstrip("\n").split("\t") for line in lines)
        table = {piece: tuple(int(cell) / UNIT for cell in cells) for piece, *cells in rows}
    return tuple(kinds), float(short), float(long), table
