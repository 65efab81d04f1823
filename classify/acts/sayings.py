"""Short things people say that are no part of a story: greetings, thanks, small talk, insults, and saying no.

A piece is one if it is a known phrase, slips allowed, or made of nothing but the words of one kind. Knows
no step and no button.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import NamedTuple

from rapidfuzz import fuzz

from classify.acts.phrases import Sentence
from classify.acts.questions import is_matter
from classify.text.normalise import normalise, pinyin_key

PACK = Path(__file__).with_name("sayings.toml")
ALIKE = 84.0
"""Least rapidfuzz ratio at which a short piece is taken for a known phrase."""
LONGEST = 60
LONGEST_CHINESE = 20
SHORT, SHORT_ENGLISH = 18, 60
"""Characters of a piece that is a saying as soon as it holds a sign of it."""


_TO_US = re.compile(r"你|机器|系统|平台|客服|程序|(?<![a-z])(?:you|bot)(?![a-z])")


class Saying(StrEnum):
    """In the order in which a piece is tried."""

    GREETING = "greeting"
    THANKS = "thanks"
    SMALL_TALK = "small_talk"
    INSULT = "insult"
    DECLINE = "decline"


REMARKS = (Saying.GREETING, Saying.THANKS, Saying.SMALL_TALK, Saying.INSULT)
"""What may stand beside anything else; a decline answers the question that is open."""


class Words(NamedTuple):
    """Of one saying, in plain form."""

    phrases: frozenset[str]
    sounds: frozenset[str]
    core: frozenset[str]
    beside: frozenset[str]


def find_saying(text: str, kinds: Iterable[Saying] = REMARKS, *, by_sign: bool = True) -> Saying | None:
    """What a short piece is said for, if for one of these. `by_sign`: also when a sign of it stands in it."""
    plain = _bare(Sentence(text).plain)
    if not plain or len(plain) > (LONGEST if plain.isascii() else LONGEST_CHINESE):
        return None
    words = {kind: _words()[kind] for kind in kinds}
    for kind, known in words.items():
        if plain in known.phrases or _is_made_of(plain, known.core, known.beside):
            return kind
    if len(plain) < 4:
        return next(
            (k for k, known in words.items() if len(plain) > 1 and pinyin_key(plain) in known.sounds), None
        )
    for kind in words if by_sign and not (is_matter(plain) and not _TO_US.search(plain)) else ():
        if len(plain) <= (SHORT_ENGLISH if plain.isascii() else SHORT) and _signs()[kind].search(plain):
            return kind
    for kind, known in words.items():
        if any(len(one) >= 4 and fuzz.ratio(plain, one) >= ALIKE for one in known.phrases):
            return kind
    return None


def _bare(plain: str) -> str:
    """Without signs; between English words one blank, in Chinese none."""
    words = re.sub(r"[^\w']+|_", " ", plain).strip()
    return re.sub(r"(?<![a-z0-9']) | (?![a-z0-9'])", "", words)


def _is_made_of(plain: str, core: frozenset[str], beside: frozenset[str]) -> bool:
    """Whether the words of `core` and `beside` cover the text, one of `core` at least."""
    reached: list[set[bool]] = [set() for _ in range(len(plain) + 1)]
    reached[0].add(False)
    longest = _longest(core | beside)
    for start, had_core in enumerate(reached):
        if not had_core:
            continue
        if start < len(plain) and plain[start] == " ":
            reached[start + 1] |= had_core
            continue
        for end in range(start + 1, min(start + longest, len(plain)) + 1):
            word = plain[start:end]
            if not _is_whole(plain, start, end):
                continue
            if word in core:
                reached[end].add(True)
            elif word in beside:
                reached[end] |= had_core
    return True in reached[-1]


def _is_whole(plain: str, start: int, end: int) -> bool:
    """English words are not cut."""
    before, after = plain[start - 1 : start], plain[end : end + 1]
    cut_before = before.isascii() and before.isalnum() and plain[start].isascii() and plain[start].isalnum()
    last = plain[end - 1]
    return not cut_before and not (after.isascii() and after.isalnum() and last.isascii() and last.isalnum())


@cache
def _longest(words: frozenset[str]) -> int:
    return max(map(len, words))


@cache
def _signs() -> dict[Saying, re.Pattern[str]]:
    pack = tomllib.loads(PACK.read_text(encoding="utf-8"))["signs"]
    return {kind: re.compile(pack[kind.value]) for kind in Saying}


@cache
def _words() -> dict[Saying, Words]:
    pack = tomllib.loads(PACK.read_text(encoding="utf-8"))
    return {kind: _read(pack[kind.value]) for kind in Saying}


def _read(row: dict[str, list[str]]) -> Words:
    phrases = frozenset(_bare(Sentence(p).plain) for p in row["phrases"])
    core, beside = (frozenset(normalise(w).text for w in row[name]) for name in ("core", "with"))
    return Words(phrases, frozenset(map(pinyin_key, phrases | core)), core, beside)
