"""Finds lexicon phrases in a message: exactly, by sound, or with one slip, in time that hardly
depends on the number of phrases.

Both sides are pinyin keys, so homophones meet by dictionary look-up. Phrases of four and more
characters are also found with one character missing, or with a wrong or added one in the middle;
these candidates are measured with rapidfuzz. It knows nothing of domains.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from classify.normalise import pinyin_key

SHORTEST_WITH_SLIP = 4
SHORTEST_BY_SOUND = 3
ACCEPTED = 75.0
"""Least rapidfuzz ratio, 0..100, between a phrase and what stands in the message."""


@dataclass(frozen=True, slots=True)
class Hit:
    """Phrase number and where it stands in the plain text."""

    phrase: int
    start: int
    end: int
    score: float


class Matcher:
    """An index over phrases; `find` is pure and may be called from several threads."""

    def __init__(self, phrases: Sequence[str], *, only_exact: Iterable[str] = ()) -> None:
        self._phrases = tuple(phrases)
        self._whole: dict[str, tuple[int, ...]] = {}
        self._slips: dict[str, tuple[int, ...]] = {}
        self._frames: dict[str, tuple[int, ...]] = {}
        self._lengths: dict[str, tuple[int, ...]] = {}
        self._by_sound = set(range(len(phrases)))
        strict = set(only_exact)
        for number, phrase in enumerate(self._phrases):
            if phrase in strict or (len(phrase) < SHORTEST_BY_SOUND) or phrase.isascii():
                self._by_sound.discard(number)
            self._enter(number, phrase, pinyin_key(phrase))

    def _enter(self, number: int, phrase: str, key: str) -> None:
        self._note(self._whole, key, key, number)
        size = len(key)
        if size < SHORTEST_WITH_SLIP or phrase.isascii() or number not in self._by_sound:
            return
        for gap in range(size):
            shorter = key[:gap] + key[gap + 1 :]
            self._note(self._slips, shorter, shorter, number)
        frame = key[:2] + key[-2:]
        self._note(self._frames, frame + chr(size), key, number)
        self._note(self._frames, frame + chr(size + 1), key + key[-1], number)

    def _note(self, table: dict[str, tuple[int, ...]], entry: str, shape: str, number: int) -> None:
        known = table.get(entry, ())
        if number not in known:
            table[entry] = (*known, number)
        lengths = self._lengths.get(shape[:2], ())
        if len(shape) not in lengths:
            self._lengths[shape[:2]] = tuple(sorted((*lengths, len(shape)), reverse=True))

    def find(self, text: str) -> list[Hit]:
        """All phrases in a normalised text; what lies inside a longer find is left out."""
        keys = pinyin_key(text)
        lengths, whole, slips, frames = self._lengths, self._whole, self._slips, self._frames
        hits: list[Hit] = []
        reach = 0
        size = len(keys)
        for start, pair in enumerate(map(str.__add__, keys, keys[1:])):
            if pair not in lengths:
                continue
            for length in lengths[pair]:
                end = start + length
                if end > size:
                    continue
                window = keys[start:end]
                found: list[Hit] | None = None
                if window in whole:
                    found = self._exact(text, start, end, whole[window])
                if not found and length > 2:
                    if window in slips:
                        found = self._measured(text, start, end, slips[window])
                    if not found and length > 3:
                        frame = window[:2] + window[-2:] + chr(length)
                        if frame in frames:
                            found = self._measured(text, start, end, frames[frame])
                if found:
                    if end > reach:
                        hits += found
                        reach = end
                    break
        return hits

    def _exact(self, text: str, start: int, end: int, numbers: tuple[int, ...]) -> list[Hit]:
        window = text[start:end]
        found = []
        for number in numbers:
            phrase = self._phrases[number]
            if phrase == window:
                if not window.isascii() or _stands_alone(text, start, end):
                    found.append(Hit(number, start, end, 100.0))
            elif number in self._by_sound:
                found.append(Hit(number, start, end, max(ACCEPTED, fuzz.ratio(phrase, window))))
        return found

    def _measured(self, text: str, start: int, end: int, numbers: tuple[int, ...]) -> list[Hit]:
        window = text[start:end]
        found = []
        for number in numbers:
            score = fuzz.ratio(self._phrases[number], window, score_cutoff=ACCEPTED)
            if score:
                found.append(Hit(number, start, end, score))
        return found


def _stands_alone(text: str, start: int, end: int) -> bool:
    before = text[start - 1 : start]
    after = text[end : end + 1]
    return not (before.isascii() and before.isalnum()) and not (after.isascii() and after.isalnum())
