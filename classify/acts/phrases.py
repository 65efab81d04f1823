"""Phrases of a chat and how they are found: exactly, by sound, and in English as whole words.

A phrase may have several parts, all of which must stand in one sentence. What cancels a phrase is taken out
of the sentence first. Nothing here knows what a phrase means.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product

from classify.text.normalise import normalise, pinyin_key

SHORTEST_BY_SOUND = 4
"""Shorter ones sound like too many others: 都是血 like 都是学."""
NEAR = 20
NEAR_IN_ENGLISH = 80
"""Characters that parts of a phrase with {name} may reach over: far apart they mean little."""
MOST_PLACES = 6
"""Of each part in one sentence; more are not compared."""
_ENDS = re.compile(r"(?<=[。！？!?；;\n…])")
_GLUE = re.compile(r"(?<=[\u4e00-\u9fff])[^\w\n]+(?=[\u4e00-\u9fff])")


@dataclass(frozen=True)
class Sentence:
    """One sentence as it was written, and as it is compared."""

    written: str

    @cached_property
    def plain(self) -> str:
        """Simplified, lower case; signs put between characters to hide a word are gone."""
        return _GLUE.sub("", normalise(self.written).text)

    @cached_property
    def sound(self) -> str:
        return pinyin_key(self.plain)


def sentences(text: str) -> list[Sentence]:
    """What stands between full stops and line ends, ends included; together they are the text."""
    return [Sentence(part) for part in _ENDS.split(text) if part]


@dataclass(frozen=True, slots=True)
class Part:
    """One of several ways to say it, as it is written, and for long ones as it sounds."""

    written: re.Pattern[str]
    heard: re.Pattern[str] | None

    @classmethod
    def of(cls, ways: Iterable[str], *, by_sound: bool = True) -> Part:
        plain = sorted({normalise(way).text for way in ways}, key=len, reverse=True)
        heard = [way for way in plain if not way.isascii() and len(way) >= SHORTEST_BY_SOUND]
        sounds = [pinyin_key(way) for way in heard] if by_sound else []
        return cls(
            re.compile("|".join(map(_pattern, plain))),
            re.compile("|".join(map(re.escape, sounds))) if sounds else None,
        )

    def places(self, sentence: Sentence) -> list[tuple[int, int]]:
        """Where it stands, as ranges of the plain text."""
        found = [match.span() for match in self.written.finditer(sentence.plain)]
        if not found and self.heard is not None:
            found = [match.span() for match in self.heard.finditer(sentence.sound)]
        return found

    def stands_in(self, sentence: Sentence) -> bool:
        return bool(self.written.search(sentence.plain)) or bool(
            self.heard and self.heard.search(sentence.sound)
        )


def _pattern(way: str) -> str:
    """English only as whole words."""
    return rf"(?<![a-z0-9]){re.escape(way.strip())}(?![a-z0-9])" if way.isascii() else re.escape(way)


class Phrasebook:
    """The phrases of one act or topic, with what cancels them. `words`: what {name} stands for."""

    def __init__(
        self,
        phrases: Iterable[str],
        cancels: Iterable[str] = (),
        words: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        named = words or {}
        ways = {phrase: [_ways(part, named) for part in phrase.split("+")] for phrase in phrases}
        self._phrases = tuple(
            (text, tuple(Part.of(p, by_sound=len(p) == 1) for p in parts)) for text, parts in ways.items()
        )
        self._first = Part.of([way for parts in ways.values() for way in parts[0]]) if ways else None
        """Most sentences hold the beginning of no phrase at all."""
        self._cancels: Sequence[str] = sorted((normalise(c).text for c in cancels), key=len, reverse=True)

    def find(self, sentence: Sentence) -> tuple[str, ...]:
        """The phrases that stand in the sentence, with the words found for {name}."""
        if self._first is None or not self._first.stands_in(sentence):
            return ()
        left = self._without_cancelled(sentence)
        found = (_found(text, parts, left) for text, parts in self._phrases)
        return tuple(phrase for phrase in found if phrase)

    def _without_cancelled(self, sentence: Sentence) -> Sentence:
        plain = sentence.plain
        for cancel in self._cancels:
            parts = cancel.split("+")
            if all(part in plain for part in parts):
                for part in parts:
                    plain = plain.replace(part, "\n")
        return sentence if plain == sentence.plain else Sentence(plain)


def _ways(part: str, words: Mapping[str, Sequence[str]]) -> Sequence[str]:
    """政府 is one way; 是{gov} is as many as the word named so has."""
    named = re.search(r"\{(\w+)\}", part)
    return [part.replace(named.group(), word) for word in words[named[1]]] if named else [part]


def _found(text: str, parts: Sequence[Part], sentence: Sentence) -> str | None:
    """The phrase if all its parts stand there; with {name} near each other, and shown as found."""
    if "{" not in text:
        return text if all(part.stands_in(sentence) for part in parts) else None
    places = [part.places(sentence) for part in parts]
    if not all(places):
        return None
    far = NEAR_IN_ENGLISH if sentence.plain.isascii() else NEAR
    for some in product(*(found[:MOST_PLACES] for found in places)):
        if max(end for _, end in some) - min(start for start, _ in some) <= far:
            return "+".join(sentence.plain[start:end] for start, end in some)
    return None
