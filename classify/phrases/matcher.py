"""Finds lexicon phrases in a message: exactly, by sound, or with one slip, in time that hardly
depends on the number of phrases.

Both sides are pinyin keys, so homophones meet by dictionary look-up. Phrases of four and more
characters are also found with one character missing, or with a wrong or added one in the middle;
these candidates are measured with rapidfuzz. It knows nothing of domains.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import compress
from typing import NamedTuple

from rapidfuzz import fuzz

from classify.text.normalise import pinyin_key
from classify.text.pairs import numbered, pair_codes

SHORTEST_WITH_SLIP = 4
SHORTEST_BY_SOUND = 3
SHORTEST_CUT = 6
"""From this length on a phrase is also found without its first or last character."""
NEGATIONS = frozenset("不没未无非")
"""A slip never adds or drops one of these: it would turn the meaning round."""
ACCEPTED = 75.0
"""Least rapidfuzz ratio, 0..100, between a phrase and what stands in the message."""


class Hit(NamedTuple):
    """Phrase number and where it stands in the plain text."""

    phrase: int
    start: int
    end: int
    score: float


_Frames = tuple[tuple[int, dict[int, tuple[int, ...]]], ...]
_Ready = tuple[bool, dict[str, tuple[int, ...]], _Frames, frozenset[int], int]


@dataclass(slots=True)
class _Entry:
    """What can begin with one pair of keys."""

    two: bool = False
    """Whether some phrase has just these keys."""
    longer: dict[str, tuple[int, ...]] = field(default_factory=dict)
    """Third key → lengths of whole phrases and of phrases with one key missing, longest first."""
    frames: dict[int, dict[str, tuple[int, ...]]] = field(default_factory=dict)
    """Length → last pair of keys → phrases that begin and end so, the middle being open to a slip."""
    tails: set[str] = field(default_factory=set)
    """All last pairs in `frames`, to pass over most places at once."""
    reach: int = 0
    """Longest length in `frames`."""

    def ready(self, codes: dict[str, int]) -> _Ready:
        """The same for looking up, pairs being numbers."""
        frames = tuple(
            (length, {codes[tail]: numbers for tail, numbers in tails.items()})
            for length, tails in self.frames.items()
        )
        return self.two, self.longer, frames, frozenset(codes[tail] for tail in self.tails), self.reach


class Matcher:
    """An index over phrases; `find` is pure and may be called from several threads."""

    def __init__(self, phrases: Sequence[str], *, only_exact: Iterable[str] = ()) -> None:
        self._phrases = tuple(phrases)
        strict = set(only_exact)
        self._by_sound = {
            number
            for number, phrase in enumerate(self._phrases)
            if len(phrase) >= SHORTEST_BY_SOUND and phrase not in strict and not phrase.isascii()
        }
        self._whole: dict[str, tuple[int, ...]] = {}
        self._slips: dict[str, tuple[int, ...]] = {}
        self._entries: defaultdict[str, _Entry] = defaultdict(_Entry)
        self._twos: dict[str, int] = {}
        for number, phrase in enumerate(self._phrases):
            self._enter(number, phrase, pinyin_key(phrase))
        codes = numbered(
            {*self._entries, *(tail for entry in self._entries.values() for tail in entry.tails)}
        )
        self._index = {codes[pair]: entry.ready(codes) for pair, entry in self._entries.items()}
        self._entries.clear()

    def _enter(self, number: int, phrase: str, key: str) -> None:
        size = len(key)
        if size < 2:
            return
        if size == 2:
            self._twos[phrase] = number
            self._entries[key].two = True
            return
        self._note(self._whole, key, number)
        if size < SHORTEST_WITH_SLIP or number not in self._by_sound:
            return
        edge = 0 if size >= SHORTEST_CUT else 1
        gaps = range(edge, size - edge)
        for slip in {key[:gap] + key[gap + 1 :] for gap in gaps if phrase[gap] not in NEGATIONS}:
            self._note(self._slips, slip, number)
        entry = self._entries[key[:2]]
        last = key[-2:]
        entry.tails.add(last)
        entry.reach = max(entry.reach, size + 1)
        for length in (size, size + 1):
            tails = entry.frames.setdefault(length, {})
            tails[last] = (*tails.get(last, ()), number)

    def _note(self, table: dict[str, tuple[int, ...]], key: str, number: int) -> None:
        table[key] = (*table[key], number) if key in table else (number,)
        lengths = self._entries[key[:2]].longer
        if len(key) not in lengths.get(key[2], ()):
            lengths[key[2]] = tuple(sorted((*lengths.get(key[2], ()), len(key)), reverse=True))

    def find(self, text: str) -> list[Hit]:
        """All phrases in a normalised text; what lies inside a longer find is left out."""
        keys = pinyin_key(text)
        pairs = pair_codes(keys)
        thirds = keys[2:] + "\0\0"
        hits: list[Hit] = []
        reach = 0
        index = self._index
        for start in compress(range(len(pairs)), map(index.__contains__, pairs)):
            two, longer, frames, tails, far = index[pairs[start]]
            found = None
            lengths = longer.get(thirds[start])
            if lengths:
                found = self._longer(text, keys, start, reach, lengths)
            if not found and frames and not tails.isdisjoint(pairs[start + 2 : start + far]):
                found = self._framed(text, pairs, start, reach, frames)
            if two and not found and start + 2 > reach and text[start : start + 2] in self._twos:
                found = self._two(text, start)
            if found:
                hits += found
                reach = found[0].end
        return hits

    def _two(self, text: str, start: int) -> list[Hit] | None:
        window = text[start : start + 2]
        if window.isascii() and not _stands_alone(text, start, start + 2):
            return None
        return [Hit(self._twos[window], start, start + 2, 100.0)]

    def _longer(
        self, text: str, keys: str, start: int, reach: int, lengths: tuple[int, ...]
    ) -> list[Hit] | None:
        for length in lengths:
            end = start + length
            if end <= reach:
                return None
            if end > len(keys):
                continue
            window = keys[start:end]
            numbers = self._whole.get(window)
            if numbers:
                found = self._exact(text, start, end, numbers)
                if found:
                    return found
            numbers = self._slips.get(window)
            if numbers:
                found = self._measured(text, start, end, numbers)
                if found:
                    return found
        return None

    def _framed(
        self,
        text: str,
        pairs: list[int],
        start: int,
        reach: int,
        frames: _Frames,
    ) -> list[Hit] | None:
        for length, tails in frames:
            end = start + length
            if reach < end <= len(text):
                numbers = tails.get(pairs[end - 2])
                if numbers:
                    found = self._measured(text, start, end, numbers)
                    if found:
                        return found
        return None

    def _exact(self, text: str, start: int, end: int, numbers: tuple[int, ...]) -> list[Hit]:
        window = text[start:end]
        found = []
        for number in numbers:
            phrase = self._phrases[number]
            if phrase == window:
                if not window.isascii() or _stands_alone(text, start, end):
                    found.append(Hit(number, start, end, 100.0))
            elif number in self._by_sound and _same_negations(phrase, window):
                found.append(Hit(number, start, end, max(ACCEPTED, fuzz.ratio(phrase, window))))
        return found

    def _measured(self, text: str, start: int, end: int, numbers: tuple[int, ...]) -> list[Hit]:
        window = text[start:end]
        found = []
        for number in numbers:
            phrase = self._phrases[number]
            score = fuzz.ratio(phrase, window, score_cutoff=ACCEPTED)
            if score and _same_negations(phrase, window):
                found.append(Hit(number, start, end, score))
        return found


def _same_negations(phrase: str, window: str) -> bool:
    return NEGATIONS.intersection(phrase) == NEGATIONS.intersection(window)


def _stands_alone(text: str, start: int, end: int) -> bool:
    before = text[start - 1 : start]
    after = text[end : end + 1]
    return not (before.isascii() and before.isalnum()) and not (after.isascii() and after.isalnum())
