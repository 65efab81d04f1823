"""Which bodies some words mean: names are few where objects are many, so they are looked through first.

What is found here only says where to look; the objects themselves are asked again.
"""

from __future__ import annotations

import time
from collections.abc import Iterable

from cases.search_words import words_of
from storage.database.collection import Collection

MOST = 100
"""Keys asked for at once; what more bodies hold is soon met by looking at the newest objects."""
FRESH = 60.0
"""Seconds; what this process adds it knows at once."""


class BodyNames:
    """Remembers the names of all bodies for a minute."""

    def __init__(self, dossiers: Collection) -> None:
        self._dossiers = dossiers
        self._names: dict[str, str] = {}
        self._until = 0.0

    async def meant(self, words: str) -> list[str] | None:
        """Keys (`Subject.keys`) of the bodies whose names hold all of the words; None for too many."""
        if time.monotonic() > self._until:
            keys = await self._dossiers.distinct("bodies")  # None for what is about no body
            self._names = {
                key: " ".join(words_of(key.partition(":")[2])) for key in keys if key and ":" in key
            }
            self._until = time.monotonic() + FRESH
        asked = words_of(words)
        found = [key for key, name in self._names.items() if all(word in name for word in asked)]
        return found if len(found) <= MOST else None

    def learn(self, keys: Iterable[str]) -> None:
        """Of an object that was stored."""
        if any(":" in key and key not in self._names for key in keys):
            self._until = 0.0
