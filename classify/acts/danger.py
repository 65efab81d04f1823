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

from classify.acts.danger_sense import sense
from classify.acts.phrases import Phrasebook, Sentence, sentences
from classify.text.normalise import normalise

SHORT = 120
"""A chat line, in characters; in longer accounts words are read more strictly."""
SENSED = "几处词语合起来"
"""Said instead of a phrase where none was found."""
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
    found: dict[Danger, tuple[str, ...]] = {}
    short = len(text) <= SHORT
    for sentence in sentences(text):
        for kind, book in _books().items():
            phrases = book.find(sentence) or (_in_short(sentence, kind) if short else ())
            if phrases:
                found[kind] = tuple(dict.fromkeys((*found.get(kind, ()), *phrases)))
    if not found and (sensed := sense(text, short=short)):
        found[Danger(sensed)] = (SENSED,)
    return tuple(DangerSign(kind, found[kind]) for kind in Danger if kind in found)


def _in_short(sentence: Sentence, kind: Danger) -> tuple[str, ...]:
    """What a chat line says that would mean little in a long account."""
    figures, patterns = _short()
    found = patterns[kind].search(figures.sub(" ", normalise(sentence.written).text))
    return (found.group(),) if found else ()


@cache
def _short() -> tuple[re.Pattern[str], dict[Danger, re.Pattern[str]]]:
    """Figures of speech, and per kind what is danger without them."""
    pack = tomllib.loads(PACK.read_text(encoding="utf-8"))["short"]
    figures, *kinds = (
        re.compile("|".join(pack[name]).replace("[^，。", "[^,;，。；!?！？…"))
        for name in ("figures", *(kind.value for kind in Danger))
    )
    return figures, dict(zip(Danger, kinds, strict=True))


@cache
def _books() -> dict[Danger, Phrasebook]:
    pack = tomllib.loads(PACK.read_text(encoding="utf-8"))
    return {kind: Phrasebook(pack[kind]["phrases"], pack[kind]["not"], pack["words"]) for kind in Danger}
