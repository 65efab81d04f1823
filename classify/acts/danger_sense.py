"""What pieces of a few words tell of danger, learnt from invented sentences: hears what no phrase foresaw.

A table `data/danger.tsv` gives per piece one number for each kind. Pieces are up to three signs or English
words, pairs of ideas (`danger_concepts.toml`) said in one breath, kinds that phrases heard, and in a chat
line the patterns of `danger.toml`. Where phrases heard something, less is needed, but not nothing: what is
news, law or long past is no danger.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import combinations, pairwise
from pathlib import Path
from typing import NamedTuple

from classify.text.normalise import normalise
from classify.text.replacing import Dialects

SHORT = 120
"""A chat line, in characters; in longer accounts words are read more strictly."""
PACK = Path(__file__).with_name("danger.toml")
CONCEPTS = Path(__file__).with_name("danger_concepts.toml")
TABLE = Path(__file__).parents[1] / "data" / "danger.tsv"
LONGEST = 3
LONGEST_IDEA = 4
"""Signs of a word that stands for an idea."""
UNIT = 1000.0
SHOWN = 4
"""Pieces that are named as reasons."""
PAUSE = ","
START = "^"
"""Stands in the table for what every window has."""
_TOKENS = re.compile(r"[a-z']+|\d+|[^\s\W]|[^\w\s,.;:，。；：、]")
_CLAUSES = re.compile(r"[，,。；;！!？?\n…]+|\.(?=\s|$)")
_BLANKS = re.compile(r"(?<![a-z'\d]) | (?![a-z'\d])")
"""Those that stand by Chinese signs."""
_MADE_UP = re.compile(r"[{&>=!^]")
"""Pieces that are no words of the writer."""
_YEAR = re.compile(r"(?:19|20)\d\d")

Heard = tuple[str, frozenset[str]]
"""A sentence as it was written, and the kinds that phrases heard in it."""


@dataclass(frozen=True)
class Clause:
    """The signs between two commas; `found`: what phrases heard in its sentence."""

    signs: Sequence[str] = ()
    found: frozenset[str] = frozenset()

    @cached_property
    def runs(self) -> frozenset[str]:
        return frozenset(_runs(self.signs))

    @cached_property
    def ideas(self) -> Sequence[str]:
        """What its words stand for, in their order."""
        return tuple(_ideas(self.signs))


class Sensed(NamedTuple):
    sure: bool
    kind: str
    """The likeliest."""
    because: tuple[str, ...]


class Limits(NamedTuple):
    """How sure is sure enough, as logarithm of the odds: without and with a phrase."""

    alone: float
    phrase: float


def pieces(one: Clause, two: Clause, *, short: bool) -> set[str]:
    """Names of all that holds for two clauses said in one breath."""
    said = {START, *one.runs, *two.runs, *_runs([*one.signs[1 - LONGEST :], *two.signs[: LONGEST - 1]])}
    ideas = (*one.ideas, *two.ideas)
    said.update(f"!{kind}" for kind in one.found | two.found)
    said.update(f"{{{idea}}}" for idea in ideas)
    said.update(f"{first}>{second}" for first, second in pairwise(ideas))
    said.update(f"{first}&{second}" for first, second in combinations(sorted(set(ideas)), 2))
    if short:
        figures, patterns = _patterns()
        words = " ".join([*one.signs, PAUSE, *two.signs])
        plain = figures.sub(" ", _BLANKS.sub("", words))
        said.update(f"={kind}" for kind, pattern in patterns.items() if pattern.search(plain))
    return said


def windows(parts: Iterable[Heard], *, short: bool) -> Iterator[tuple[Clause, Clause]]:
    """Two clauses that follow each other; in a long text only those with a phrase or an idea of danger."""
    clauses = [
        Clause(signs, found)
        for written, found in parts
        for part in _CLAUSES.split(_dialects().standard(normalise(written)).text)
        if (signs := _TOKENS.findall(part))
    ]
    if len(clauses) < 2:
        clauses = [Clause(), *(clauses or [Clause()])]
    for one, two in pairwise(clauses):
        if short or one.found or two.found or not _danger().isdisjoint((*one.ideas, *two.ideas)):
            yield one, two


def sense(parts: Sequence[Heard], *, short: bool) -> Sensed:
    """What the window that speaks loudest tells, of a text in sentences."""
    kinds, limits, table = _table()
    loudest, among = -math.inf, (0, dict[str, tuple[float, ...]]())
    for one, two in windows(parts, short=short):
        said = pieces(one, two, short=short)
        rows = {piece: table[piece] for piece in said if piece in table}
        scores = [sum(column) for column in zip(*rows.values(), strict=True)] or [0.0] * len(kinds)
        peak = max(scores)
        odds = peak + math.log(sum(math.exp(score - peak) for score in scores))
        odds -= limits[short].phrase if one.found or two.found else limits[short].alone
        if odds > loudest:
            loudest, among = odds, (scores.index(peak), rows)
    kind, rows = among
    words = [piece for piece in rows if not _MADE_UP.search(piece)] or list(rows)
    words.sort(key=lambda piece: (-rows[piece][kind], piece))
    return Sensed(loudest > 0, kinds[kind], tuple(piece.replace(" ", "") for piece in words[:SHOWN]))


def words_of_ideas() -> Iterable[str]:
    """With blanks between their signs."""
    return _concepts()


def _runs(signs: Sequence[str]) -> Iterator[str]:
    for size in range(1, LONGEST + 1):
        for at in range(len(signs) - size + 1):
            yield " ".join(signs[at : at + size])


def _ideas(signs: Sequence[str]) -> Iterator[str]:
    words, at = _concepts(), 0
    while at < len(signs):
        for size in range(min(LONGEST_IDEA, len(signs) - at), 0, -1):
            idea = words.get(" ".join(signs[at : at + size]))
            if idea:
                yield idea
                break
        else:
            size = 1
            if _YEAR.fullmatch(signs[at]):
                yield "past"
        at += size


@cache
def _concepts() -> dict[str, str]:
    """The words as they stand between blanks → their idea."""
    return {
        " ".join(_TOKENS.findall(normalise(word.replace("_", " ")).text)): idea
        for ideas in _pack().values()
        for idea, words in ideas.items()
        for word in words.split()
    }


@cache
def _danger() -> frozenset[str]:
    return frozenset(_pack()["danger"])


@cache
def _pack() -> dict[str, dict[str, str]]:
    return tomllib.loads(CONCEPTS.read_text(encoding="utf-8"))


@cache
def _dialects() -> Dialects:
    return Dialects.load()


@cache
def _patterns() -> tuple[re.Pattern[str], dict[str, re.Pattern[str]]]:
    """Figures of speech, and per kind what may be danger without them."""
    pack = tomllib.loads(PACK.read_text(encoding="utf-8"))["short"]
    ways = {
        name: re.compile("|".join(some).replace("[^，。", "[^,;，。；!?！？…")) for name, some in pack.items()
    }
    return ways.pop("figures"), ways


@cache
def _table() -> tuple[tuple[str, ...], tuple[Limits, Limits], dict[str, tuple[float, ...]]]:
    """The kinds, the limits in long and in short texts, and the numbers of each piece."""
    with TABLE.open(encoding="utf-8") as lines:
        limits, kinds = map(float, next(lines).split()), next(lines).split()
        rows = (line.rstrip("\n").split("\t") for line in lines)
        table = {piece: tuple(int(cell) / UNIT for cell in cells) for piece, *cells in rows}
    return tuple(kinds), (Limits(next(limits), next(limits)), Limits(next(limits), next(limits))), table
