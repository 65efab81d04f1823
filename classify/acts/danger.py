"""Whether somebody is in danger: self-harm, violence, an attack going on, a child, a threat of reprisal.

Looks at every sentence of whatever a citizen writes, at every step. Decides nothing about what is done.
"""

from __future__ import annotations

import re
import tomllib
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import NamedTuple

from classify.acts.danger_sense import SHORT, sense, words_of_ideas
from classify.acts.phrases import Phrasebook, sentences
from classify.text.normalise import normalise, spelling
from classify.text.replacing import put
from classify.text.spelling import Pinyin

SENSED = "几处词语合起来："
"""Said before the pieces where no phrase was found."""
_YOUNG = re.compile(
    r"(?<![\d一二三四五六七八九十])(?:[5-9]|1[0-7]|[五六七八九]|十[一二三四五六七]?)岁|未成年|(?:小学|初中|高中|中学)生|(?:初|高)[一二三](?:学生|了|的|，|,)"
    r"|(?:上|读|念)(?:小学|初中|高中|初[一二三]|高[一二三])|(?<![a-z])i(?:'m| am) 1[0-7](?!\d)",
    re.IGNORECASE,
)
"""Somebody young is spoken of: where there is danger, lines for the young are told as well."""
SHORTEST_PINYIN, LONGEST_PINYIN = 5, 120
LEAST_READ = 2
"""Characters that must be known in it: many an English word is a syllable too."""
PACK = Path(__file__).with_name("danger.toml")


class Danger(StrEnum):
    """In the order in which they are answered when several are said."""

    SELF_HARM = "self_harm"
    ATTACK = "attack"
    MINOR = "minor"
    VIOLENCE = "violence"
    REPRISAL = "reprisal"


class DangerSign(NamedTuple):
    kind: Danger
    because: tuple[str, ...]
    """The phrases of the pack that were found."""


def find_danger(text: str) -> tuple[DangerSign, ...]:
    """Each kind once, the most pressing first; empty when there is none. Never raises."""
    told = _read_by_sound(text)
    if not told:
        return _find(text)
    return _find(told) if any(some for _, some in find_phrases(told)) else ()


def find_phrases(text: str) -> list[tuple[str, dict[Danger, tuple[str, ...]]]]:
    """Sentence by sentence what phrases alone hear, whatever stands around them."""
    return [
        (sentence.written, {kind: some for kind, book in _books().items() if (some := book.find(sentence))})
        for sentence in sentences(text)
    ]


def _find(text: str) -> tuple[DangerSign, ...]:
    heard = find_phrases(text)
    sensed = sense([(said, frozenset(some)) for said, some in heard], short=len(text) <= SHORT)
    if not sensed.sure:
        return ()
    found: dict[Danger, tuple[str, ...]] = {}
    for _, some in heard:
        for kind, phrases in some.items():
            found[kind] = tuple(dict.fromkeys((*found.get(kind, ()), *phrases)))
    if not found:
        found[Danger(sensed.kind)] = (SENSED + "、".join(sensed.because),)
    if Danger.MINOR not in found and (young := _YOUNG.search(text)):
        found[Danger.MINOR] = (young.group(),)
    return tuple(DangerSign(kind, found[kind]) for kind in Danger if kind in found)


def _read_by_sound(text: str) -> str:
    """What is written in pinyin, in characters as far as they are known; nothing when it is not pinyin."""
    plain = normalise(text[:LONGEST_PINYIN])
    if not plain.text.isascii() or len(plain.text) < SHORTEST_PINYIN:
        return ""
    pieces = _pinyin().pieces(plain.text)
    return put(plain, pieces).text if len("".join(piece.words for piece in pieces)) >= LEAST_READ else ""


@cache
def _pinyin() -> Pinyin:
    pack = tomllib.loads(PACK.read_text(encoding="utf-8"))
    phrases = (phrase for kind in Danger for phrase in pack[kind]["phrases"])
    words = (*phrases, *(word.replace(" ", "") for word in words_of_ideas()))
    return Pinyin(spelling(), (word for word in words if not word.isascii() and "+" not in word))


@cache
def _books() -> dict[Danger, Phrasebook]:
    pack = tomllib.loads(PACK.read_text(encoding="utf-8"))
    return {kind: Phrasebook(pack[kind]["phrases"], pack[kind]["not"], pack["words"]) for kind in Danger}
