"""Whether words can be the answer to the open question: 忘了 is no time, 为什么 no place, qwqw no sum.

Says only what it can be; what is read from it, the dialogue decides.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import NamedTuple, Protocol

from classify.acts.phrases import Sentence

PACK = Path(__file__).with_name("answers.toml")
LONGEST_SAID = 15
"""Chinese characters; more of what was not asked tells something."""
LONGEST_ENGLISH = 60
_KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "0123456789", "abcdefghijklmnopqrstuvwxyz")
_VOWEL = re.compile(r"[aeiouy]")


class Reads(Protocol):
    """What of the classifier can read an answer."""

    def read_place(self, words: str) -> tuple[object, ...]: ...
    def read_amount(self, words: str) -> int | None: ...


class Kind(NamedTuple):
    """The answers one question may get."""

    can_be: re.Pattern[str]
    cannot_be: re.Pattern[str] | None
    short: int
    """So few Chinese characters may be one although nothing speaks for it: names look like nothing else."""


def can_answer(step: str, words: str, reads: Reads | None = None) -> bool:
    """Whether the words can be what was asked at this step. Never raises."""
    plain = Sentence(words).plain.strip()
    if not re.search(r"\w", plain):
        return False
    if step == "wish":
        return not is_noise(words)
    kind = _kinds().get(step)
    if kind is None or (is_noise(words) and step not in {"number", "contact", "amount", "period"}):
        return False
    if step == "place" and reads is not None and reads.read_place(words):
        return True
    if step == "amount" and reads is not None and reads.read_amount(words) is not None:
        return True
    if kind.can_be.search(plain):
        return True
    if kind.cannot_be is not None and kind.cannot_be.search(plain):
        return False
    return len(plain) <= (kind.short * 4 if plain.isascii() else kind.short)


def speaks_for(step: str, words: str) -> bool:
    """Whether something in the words says that they are the answer."""
    kind = _kinds().get(step)
    return kind is not None and kind.can_be.search(Sentence(words).plain) is not None


def is_noise(words: str) -> bool:
    """No words at all: signs, one letter again and again, a walk over the keyboard."""
    plain = re.sub(r"[\W_]", "", Sentence(words).plain)
    if not plain or plain.isdigit():
        return True
    if len(plain) > 2 and len(set(plain)) <= 2 and len(set(plain)) * 2 <= len(plain):
        return True
    if not plain.isascii() or not plain.isalpha():
        return False
    walks = any(plain in row or plain in row[::-1] for row in _KEYS) and len(plain) >= 3
    runs = any(row[i : i + 4] in plain for row in _KEYS[:3] for i in range(len(row) - 3))
    return walks or (runs and len(plain) <= 12 and " " not in words.strip()) or not _VOWEL.search(plain)


def is_much(words: str) -> bool:
    """So much that something is told with it."""
    plain = Sentence(words).plain
    return len(plain) > (LONGEST_ENGLISH if plain.isascii() else LONGEST_SAID)


@cache
def _kinds() -> dict[str, Kind]:
    pack = tomllib.loads(PACK.read_text(encoding="utf-8"))
    return {
        step: Kind(
            re.compile(row["is"]),
            re.compile(row["isnt"]) if "isnt" in row else None,
            row.get("short", 0),
        )
        for step, row in pack.items()
    }
