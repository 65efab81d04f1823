"""Phrases of a chat and how they are found: exactly, by sound, and in English as whole words.

A phrase may have several parts, all of which must stand in one sentence. What cancels a phrase is taken out
of the sentence first. Nothing here knows what a phrase means.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from classify.text.normalise import normalise, pinyin_key

SHORTEST_BY_SOUND = 4
"""Shorter ones sound like too many others: 都是血 like 都是学."""
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
class Phrase:
    text: str
    """As the pack has it; parts joined by +."""
    parts: tuple[tuple[str, str | re.Pattern[str]], ...]
    """Each with its sound, or as a pattern of whole words."""

    @classmethod
    def of(cls, text: str) -> Phrase:
        return cls(text, tuple(_part(part) for part in text.split("+")))

    def stands_in(self, sentence: Sentence) -> bool:
        return all(_stands(part, how, sentence) for part, how in self.parts)


def _part(text: str) -> tuple[str, str | re.Pattern[str]]:
    plain = normalise(text).text
    if plain.isascii():
        return plain, re.compile(rf"(?<![a-z0-9]){re.escape(plain)}(?![a-z0-9])")
    return plain, pinyin_key(plain) if len(plain) >= SHORTEST_BY_SOUND else ""


def _stands(part: str, how: str | re.Pattern[str], sentence: Sentence) -> bool:
    if isinstance(how, re.Pattern):
        return how.search(sentence.plain) is not None
    return part in sentence.plain or (bool(how) and how in sentence.sound)


class Phrasebook:
    """The phrases of one act or topic, with what cancels them."""

    def __init__(self, phrases: Iterable[str], cancels: Iterable[str] = ()) -> None:
        self._phrases = tuple(Phrase.of(phrase) for phrase in phrases)
        firsts = [phrase.parts[0] for phrase in self._phrases]
        self._seen = re.compile("|".join(re.escape(part) for part, _ in firsts))
        sounds = [re.escape(how) for _, how in firsts if isinstance(how, str) and how]
        self._heard = re.compile("|".join(sounds) or "(?!)")
        """Most sentences hold the beginning of no phrase at all."""
        self._cancels: Sequence[str] = sorted((normalise(c).text for c in cancels), key=len, reverse=True)

    def find(self, sentence: Sentence) -> tuple[str, ...]:
        """The phrases that stand in the sentence, as the pack has them."""
        if not self._seen.search(sentence.plain) and not self._heard.search(sentence.sound):
            return ()
        left = self._without_cancelled(sentence)
        return tuple(phrase.text for phrase in self._phrases if phrase.stands_in(left))

    def _without_cancelled(self, sentence: Sentence) -> Sentence:
        plain = sentence.plain
        for cancel in self._cancels:
            parts = cancel.split("+")
            if all(part in plain for part in parts):
                for part in parts:
                    plain = plain.replace(part, "\n")
        return sentence if plain == sentence.plain else Sentence(plain)
