"""A second opinion from pairs and triples of characters, as a readable table of small numbers.

The table `data/ngrams.tsv` gives per n-gram one whole number for each domain (thousandths before scaling).
Rows are packed into one integer each, so that a message is scored by adding integers. The lexicons'
evidence explains a decision; this only leans on it.
"""

from __future__ import annotations

import math
from itertools import compress
from operator import add
from pathlib import Path

from classify.pairs import pair_code, pair_codes
from classify.types import Domain

NGRAMS = Path(__file__).parent / "data" / "ngrams.tsv"
READ = 1500
"""Characters of a message that are looked at."""
NORM = 5.6
UNIT = 1000.0
_BITS = 40
_HALF = 1 << (_BITS - 1)
_FIELD = (1 << _BITS) - 1


def length(text: str) -> float:
    """By how much the sum over a text is divided: the root of its different pairs of characters."""
    return NORM * math.sqrt(max(1, len(set(map(add, text, text[1:])))))


class SecondOpinion:
    """Scores per domain from n-grams; pure after loading."""

    def __init__(self, domains: tuple[Domain, ...], rows: dict[str, tuple[int, ...]]) -> None:
        self.domains = domains
        packed = {
            ngram: sum(value << (_BITS * place) for place, value in enumerate(row))
            for ngram, row in rows.items()
        }
        self._pairs = {pair_code(ngram): row for ngram, row in packed.items() if len(ngram) == 2}
        self._triples = {ngram: row for ngram, row in packed.items() if len(ngram) == 3}
        self._known = frozenset(self._pairs)
        self._starts = frozenset(pair_code(ngram[:2]) for ngram in self._triples)

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
        """One score per domain, all zero when no n-gram is known."""
        pairs = pair_codes(text[:READ])
        different = set(pairs)
        begun = compress(range(len(pairs) - 1), map(self._starts.__contains__, pairs))
        triples = {text[place : place + 3] for place in begun}
        total = sum(map(self._pairs.__getitem__, different & self._known))
        total += sum(filter(None, map(self._triples.get, triples)))
        scale = UNIT * NORM * math.sqrt(max(1, len(different)))
        return [value / scale for value in _unpacked(total, len(self.domains))]

    def pieces(self, text: str, domain: Domain, other: Domain) -> list[tuple[str, float]]:
        """Each known n-gram of the text with how far it speaks for `domain` against `other`."""
        one, two = self.domains.index(domain), self.domains.index(other)
        text = text[:READ]
        pairs = list(map(add, text, text[1:]))
        found = []
        for ngram in dict.fromkeys([*pairs, *map(add, pairs, text[2:])]):
            packed = self._triples.get(ngram) if len(ngram) == 3 else self._pairs.get(pair_code(ngram))
            if packed is not None:
                row = _unpacked(packed, len(self.domains))
                found.append((ngram, (row[one] - row[two]) / UNIT))
        return found


def _unpacked(total: int, count: int) -> list[int]:
    """The sums of signed fields, lowest first."""
    values = []
    for _ in range(count):
        value = ((total + _HALF) & _FIELD) - _HALF
        values.append(value)
        total = (total - value) >> _BITS
    return values
