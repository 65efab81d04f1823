"""热点词: which phrases of the lexicons lead complaints to their domains, alone and in pairs, and how often.

Only phrases that the lexicons hold are counted, never what somebody wrote; rare ones are left out, so that
nobody can be singled out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import NamedTuple, TypeVar

from cases.figures.statistics import SMALL_GROUP

K = TypeVar("K", str, tuple[str, str])
WORDS_SHOWN, PAIRS_SHOWN = 20, 10


class HotWords(NamedTuple):
    words: tuple[tuple[str, int], ...]
    """Phrase, and in how many complaints; the most frequent first."""
    pairs: tuple[tuple[str, str, int], ...]


def count_words(complaints: Iterable[Sequence[str]]) -> HotWords:
    """Each complaint counts once for a phrase and once for a pair of them."""
    words, pairs = Counter[str](), Counter[tuple[str, str]]()
    for phrases in complaints:
        found = sorted(set(phrases))
        words.update(found)
        pairs.update((a, b) for a, b in combinations(found, 2) if a not in b and b not in a)
    return HotWords(
        tuple((word, n) for word, n in _most(words, WORDS_SHOWN)),
        tuple((a, b, n) for (a, b), n in _most(pairs, PAIRS_SHOWN)),
    )


def _most(counted: Counter[K], shown: int) -> list[tuple[K, int]]:
    enough = [(key, n) for key, n in counted.items() if n >= SMALL_GROUP]
    return sorted(enough, key=lambda one: (-one[1], one[0]))[:shown]
