"""Which promises of a body a complaint may be about: proposed with reasons in words, never linked by itself.

The matter decides, by pairs of signs that both share and rapidfuzz for slips; sum and place only add to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from typing import NamedTuple

from rapidfuzz import fuzz

from cases.integrity.registers.commitment_model import Commitment
from cases.model import Complaint

LIKELY = 0.35
"""From here on a promise is proposed."""
SHARE_OF_PAIRS, SHARE_OF_SLIPS = 0.65, 0.35
SAME_SUM, SAME_PLACE = 0.15, 0.05
NEARLY = 0.05
"""How far sums may differ to be the same, as a share."""
MOST = 3
_SAYS_NOTHING = re.compile(
    r"(?:承诺|完成|落实|解决|建设|工作|项目|问题|推进|实施|加强|进一步|有关|相关|全部|按时|年底前|以内|之前)"
)
_NO_WORD = re.compile(r"[^\w\u4e00-\u9fff]+")


class Meant(NamedTuple):
    commitment: Commitment
    score: float
    why: tuple[str, ...]
    """In words, for the handler."""


def meant_by(complaint: Complaint, commitments: Iterable[Commitment]) -> tuple[Meant, ...]:
    """The likeliest first, at most three; none is better than a wrong one."""
    text = _plain(complaint.text)
    scored = [one for commitment in commitments if (one := _weigh(complaint, text, commitment))]
    return tuple(sorted(scored, key=lambda one: -one.score)[:MOST])


def _weigh(complaint: Complaint, text: str, commitment: Commitment) -> Meant | None:
    matter = _plain(_SAYS_NOTHING.sub("", commitment.matter)) or _plain(commitment.matter)
    pairs = {matter[n : n + 2] for n in range(len(matter) - 1)}
    if not pairs or not text:
        return None
    shared = sum(pair in text for pair in pairs) / len(pairs)
    score = SHARE_OF_PAIRS * shared + SHARE_OF_SLIPS * fuzz.partial_ratio(matter, text) / 100
    why = [f"事项相近：{'、'.join(_common(matter, text))}"] if shared else []
    if _same_sum(complaint.amount_yuan, commitment.amount_yuan):
        score, why = score + SAME_SUM, [*why, "金额相同"]
    place = complaint.region_code
    if place and _same_place(place, commitment.subject.region_code):
        score, why = score + SAME_PLACE, [*why, "地点相同"]
    return Meant(commitment, score, tuple(why)) if shared and score >= LIKELY else None


def _common(matter: str, text: str) -> Iterator[str]:
    """The pieces of the matter, of two signs and more, that the complaint has too."""
    for block in SequenceMatcher(None, matter, text, autojunk=False).get_matching_blocks():
        if block.size >= 2:
            yield matter[block.a : block.a + block.size]


def _same_sum(one: int | None, other: int | None) -> bool:
    return bool(one and other) and abs((one or 0) - (other or 0)) <= NEARLY * max(one or 0, other or 0)


def _same_place(one: str, other: str) -> bool:
    return one[:6] == other[:6] and not one.startswith(other[:2] + "0000")


def _plain(text: str) -> str:
    return _NO_WORD.sub("", text).lower()
