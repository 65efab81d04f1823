"""Search over sealed words: pairs of neighbouring characters, each kept as a short keyed hash.

A document carries the set of its pairs, unordered and so short (20 bits) that many different pairs share
a value; without the key they cannot be turned back into words, and even with a guess they only say
"perhaps". A search asks for all pairs of its words. It must not be used for anything that needs certainty.
"""

from __future__ import annotations

import hashlib
import operator
from collections.abc import Iterable

from cases.search_words import words_of
from storage.sealed.key_ring import KeyRing

BITS = 20
LONGEST = 2_000
"""Characters of one text that are searchable."""


class SearchHashes:
    """Turns texts into the values that are stored, and words into the values that are asked for."""

    def __init__(self, keys: KeyRing) -> None:
        self._key = keys.purpose_key("search")
        self._known: dict[str, int] = {}

    def of_texts(self, texts: Iterable[str | None]) -> list[int]:
        """All pairs of all texts, each once."""
        pairs: set[str] = set()
        for text in texts:
            for word in words_of(text[:LONGEST]) if text else ():
                pairs.update(map(operator.add, word, word[1:]))
        known = self._known
        return [known[pair] if pair in known else self._hash(pair) for pair in pairs]

    def of_words(self, words: str) -> list[int] | None:
        """What a matching document must hold all of; None when the words are too short to search for."""
        values = self.of_texts([words])
        return values[:60] or None

    def _hash(self, pair: str) -> int:
        if len(self._known) > 200_000:
            self._known.clear()
        raw = pair.encode("utf-8", "surrogatepass")
        digest = hashlib.blake2b(raw, key=self._key, digest_size=4).digest()
        value = self._known[pair] = int.from_bytes(digest) >> (32 - BITS)
        return value
