"""A second opinion from pairs and triples of characters, as a readable table of small numbers.

The table `data/ngrams.tsv` gives per n-gram one whole number for each domain (thousandths before scaling).
Rows are packed into one integer each, so that a message is scored by adding integers. The lexicons'
evidence explains a decision; this only leans on it.
"""

from __future__ import annotations

import math
from operator import add
from pathlib import Path

from classify.types import Domain

NGRAMS = Path(__file__).parent / "data" / "ngrams.tsv"
READ = 1500
"""Characters of a message that are looked at."""
NORM = 4.0
UNIT = 1000.0
_BITS = 40
_OFFSET = 1 << 24


def distinct(text: str) -> set[str]:
    """All different pairs and triples of characters."""
    pairs = list(map(add, text, text[1:]))
    found = set(pairs)
    found.update(map(add, pairs, text[2:]))
    return found


class SecondOpinion:
    """Scores per domain from n-grams; pure after loading."""

    def __init__(self, domains: tuple[Domain, ...], rows: dict[str, tuple[int, ...]]) -> None:
        self.domains = domains
        self._packed = {
            ngram: sum((value + _OFFSET) << (_BITS * place) for place, value in enumerate(row))
            for ngram, row in rows.items()
        }
        self._known = frozenset(self._packed)

    @classmethod
    def load(cls, path: Path = NGRAMS) -> SecondOpinion:
        head, *lines = path.read_text(encoding="utf-8").splitlines()
        domains = tuple(Domain(name) for name in head.split("\t")[1:])
        rows = {}
        for line in lines:
            ngram, *cells = line.split("\t")
            rows[ngram] = tuple(map(int, cells))
        return cls(domains, rows)

    def scores(self, text: str) -> list[float]:
        """One score per domain; all zero when no n-gram is known."""
        grams = distinct(text[:READ])
        known = [self._packed[gram] for gram in self._known & grams]
        total = sum(known)
        offset = len(known) * _OFFSET
        scale = UNIT * NORM * math.sqrt(max(1, len(grams)))
        mask = (1 << _BITS) - 1
        return [(((total >> (_BITS * place)) & mask) - offset) / scale for place in range(len(self.domains))]
