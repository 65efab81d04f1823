"""Sentences made of frames with slots: 再不给[debt]我就去[place] stands for as many as its words give.

`bench/acts/frames_*.txt`: `[slot]=one|other` says what a slot may be, `#kind` what the frames below it are.
Some of them are made as a chat writes: without commas, or with a sign that only sounds right.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

MOST = 8
"""Sentences made of one frame."""
CARELESS = 0.25
"""Share of them that is written carelessly."""
WEIGHT = 2.0
"""How much the sentences of one frame count together, those of one without slots 1."""
_SLOT = re.compile(r"\[(\w+)\]")
_DEFINED = re.compile(r"\[(\w+)\]=(.+)")
_BY_SOUND = str.maketrans("想死活了不我药杀跳炸砍", "像屎话勒卜窝要啥挑诈坎")


class Made(NamedTuple):
    text: str
    kind: str
    frame: int
    weight: float


def make(path: Path) -> Iterator[Made]:
    """The same sentences each time."""
    chance = random.Random(11)
    lines = path.read_text(encoding="utf-8").splitlines()[1:]
    slots = {found[1]: found[2].split("|") for line in lines if (found := _DEFINED.fullmatch(line))}
    kind = ""
    for number, line in enumerate(lines):
        if line.startswith("#"):
            kind = line[1:]
        elif not _DEFINED.fullmatch(line):
            tries = MOST * 2 if _SLOT.search(line) else 1
            filled = [_SLOT.sub(lambda slot: chance.choice(slots[slot[1]]), line) for _ in range(tries)]
            said = list(dict.fromkeys(filled))[:MOST]
            for text in said:
                weight = 1.0 if len(said) == 1 else WEIGHT / len(said)
                yield Made(_careless(text, chance), kind, number, weight)


def _careless(text: str, chance: random.Random) -> str:
    if text.isascii() or chance.random() > CARELESS:
        return text
    if "，" in text and chance.random() < 0.7:
        return text.replace("，", chance.choice(["", " ", "。", "！"]))
    places = [n for n, sign in enumerate(text) if sign.translate(_BY_SOUND) != sign]
    if not places:
        return text
    at = chance.choice(places)
    return text[:at] + text[at].translate(_BY_SOUND) + text[at + 1 :]
