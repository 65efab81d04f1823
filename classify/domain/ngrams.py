"""A second opinion from single characters, pairs and triples, as a readable table of small numbers.

The table `data/ngrams.tsv` gives per n-gram one whole number for each domain (thousandths before scaling).
Rows are packed into one integer each, so that a message is scored by adding integers. The lexicons'
evidence explains a decision; this only leans on it.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Iterable
from itertools import compress
from operator import add
from pathlib import Path

from classify.text.pairs import numbered, pair_codes
from classify.types import Domain

NGRAMS = Path(__file__).parents[1] / "data" / "ngrams.tsv"
READ = 1500
"""Characters of a message that are looked at."""
NORM = 5.6
UNIT = 1000.0
_BITS = 32
"""Of one field: far more than the numbers of READ n-grams add up to."""


def length(text: str) -> float:
    """By how much the sum over a text is divided: the root of its different pairs of characters."""
    return NORM * math.sqrt(max(1, len(set(map(add, text, text[1:])))))


class SecondOpinion:
    """Scores per domain from n-grams; pure after loading."""

    def __init__(self, domains: tuple[Domain, ...], rows: Iterable[tuple[str, Iterable[int]]]) -> None:
        self.domains = domains
        self._fields = struct.Struct(f"<{len(domains)}i")
        self._signs = sum(1 << (_BITS * place + _BITS - 1) for place in range(len(domains)))
        packed: dict[int, dict[str, int]] = {1: {}, 2: {}, 3: {}}
        for ngram, row in rows:
            packed[len(ngram)][ngram] = self._pack(row)
        self._singles, pairs, self._triples = packed[1], packed[2], packed[3]
        starts = {ngram[:2] for ngram in self._triples}
        codes = numbered(starts | pairs.keys())
        self._pairs = {codes[ngram]: value for ngram, value in pairs.items()}
        self._known = frozenset(self._pairs)
        self._starts = frozenset(map(codes.__getitem__, starts))

    @classmethod
    def load(cls, path: Path = NGRAMS) -> SecondOpinion:
        with path.open(encoding="utf-8") as lines:
            domains = tuple(Domain(name) for name in next(lines).split()[1:])
            rows = (line.split("\t") for line in lines)
            return cls(domains, ((ngram, map(int, cells)) for ngram, *cells in rows))

    def scores(self, text: str) -> list[float]:
        """One score per domain, all zero when no n-gram is known."""
        pairs = pair_codes(text[:READ])
        different = set(pairs)
        begun = compress(range(len(pairs) - 1), map(self._starts.__contains__, pairs))
        triples = {text[place : place + 3] for place in begun}
        total = sum(map(self._pairs.__getitem__, different & self._known))
        total += sum(filter(None, map(self._triples.get, triples)))
        total += sum(filter(None, map(self._singles.get, set(text[:READ]))))
        scale = UNIT * NORM * math.sqrt(max(1, len(different)))
        return [value / scale for value in self._unpack(total)]

    def pieces(self, text: str, domain: Domain, other: Domain) -> list[tuple[str, float]]:
        """Each known n-gram of the text with how far it speaks for `domain` against `other`."""
        one, two = self.domains.index(domain), self.domains.index(other)
        text = text[:READ]
        pairs = list(map(add, text, text[1:]))
        codes = numbered(pairs)
        found = []
        for ngram in dict.fromkeys([*text, *pairs, *map(add, pairs, text[2:])]):
            longer = self._triples if len(ngram) == 3 else self._singles
            packed = self._pairs.get(codes[ngram]) if len(ngram) == 2 else longer.get(ngram)
            if packed is not None:
                row = self._unpack(packed)
                found.append((ngram, (row[one] - row[two]) / UNIT))
        return found

    def _pack(self, row: Iterable[int]) -> int:
        """One integer whose fields add up on their own; the last step gives negative fields their sign."""
        return (int.from_bytes(self._fields.pack(*row), "little") ^ self._signs) - self._signs

    def _unpack(self, total: int) -> tuple[int, ...]:
        """The fields of a sum of packed rows."""
        return self._fields.unpack(
            ((total + self._signs) ^ self._signs).to_bytes(self._fields.size, "little")
        )
