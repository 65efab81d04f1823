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
from classify.acts.phrases import Phrasebook, sentences

SENSED = "几处词语合起来："
"""Said before the pieces where no phrase was found."""
_YOUNG = re.compile(
    r"(?<![\d一二三四五六七八九十])(?:[5-9]|1[0-7]|[五六七八九]|十[一二三四五六七]?)岁|未成年|(?:小学|初中|高中|中学)生|(?:初|高)[一二三](?:学生|了|的|，|,)"
    r"|(?:上|读|念)(?:小学|初中|高中|初[一二三]|高[一二三])|(?<![a-z])i(?:'m| am) 1[0-7](?!\d)",
    re.IGNORECASE,
)
"""Somebody young is spoken of: where there is danger, lines for the young are told as well."""
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
    for sentence in sentences(text):
        for kind, book in _books().items():
            if phrases := book.find(sentence):
                found[kind] = tuple(dict.fromkeys((*found.get(kind, ()), *phrases)))
    if not found and (sensed := sense(text)):
        name, pieces = sensed
        found[Danger(name)] = (SENSED + "、".join(pieces),)
    if found and Danger.MINOR not in found and (young := _YOUNG.search(text)):
        found[Danger.MINOR] = (young.group(),)
    return tuple(DangerSign(kind, found[kind]) for kind in Danger if kind in found)


@cache
def _books() -> dict[Danger, Phrasebook]:
    pack = tomllib.loads(PACK.read_text(encoding="utf-8"))
    return {kind: Phrasebook(pack[kind]["phrases"], pack[kind]["not"], pack["words"]) for kind in Danger}
