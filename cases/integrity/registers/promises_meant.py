"""Which promises of a body a complaint may be about: proposed with reasons in words, never linked by itself.

Pairs of signs that both share count the more, the rarer they are in complaints; numbers, sums and slips
(rapidfuzz) add to it. How much each adds was learnt from invented pairs: `bench/fit_promises.py`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from difflib import SequenceMatcher
from functools import cache
from math import exp, log
from pathlib import Path
from typing import NamedTuple

from rapidfuzz import fuzz

from cases.integrity.registers.commitment_model import Commitment
from cases.model import Complaint
from classify.types import Domain

NEARLY = 0.05
"""How far sums may differ to be the same, as a share."""
MOST = 3
RAREST = 5.6
"""What a pair weighs that is in no list of common ones: about once in 270 complaints."""
LONG = 100
"""Signs; what is longer than this has no more chance to share something than this."""
LEARNT = Path(__file__).with_name("promises_meant.toml")
_SAYS_NOTHING = re.compile(
    r"承诺|完成|落实|解决|建设|工作|项目|问题|推进|实施|加强|进一步|有关|相关|全部|按时|年底前|以内|之前|给予|兑现|建成|每[户人]"
)
_SPEAKS_OF_PROMISES = re.compile(r"[说讲签]|答应|承诺|表态|保证|协议|宣传|文件|规划|公示牌")
_NO_WORD = re.compile(r"[^\w\u4e00-\u9fff]+")
_NUMBER = re.compile(r"(\d+)(万?)(\D?)")
_OF_TENDERS = re.compile(r"采购|招标|投标|中标|货款|工程款|合同")
_DIGITS = "零一二三四五六七八九"


class Learnt(NamedTuple):
    weights: Mapping[str, float]
    bias: float
    likely: float
    """From this probability on a promise is proposed."""
    common: Mapping[str, float]
    """What a pair of signs weighs that many complaints have."""


@cache
def learnt() -> Learnt:
    read = tomllib.loads(LEARNT.read_text("utf-8"))
    common = {pair: row["weight"] for row in read["common"] for pair in row["pairs"].split()}
    return Learnt(read["weights"], read["bias"], read["likely"], common)


class Meant(NamedTuple):
    commitment: Commitment
    score: float
    why: tuple[str, ...]
    """In words, for the handler."""


def meant_by(complaint: Complaint, commitments: Iterable[Commitment]) -> tuple[Meant, ...]:
    """The likeliest first, at most three; none is better than a wrong one."""
    text = plain(complaint.text)
    scored = [one for commitment in commitments if (one := _weigh(complaint, text, commitment))]
    return tuple(sorted(scored, key=lambda one: -one.score)[:MOST])


def _weigh(complaint: Complaint, text: str, commitment: Commitment) -> Meant | None:
    seen = features(complaint, text, commitment)
    if seen is None:
        return None
    known = learnt()
    score = 1 / (1 + exp(-known.bias - sum(known.weights[name] * value for name, value in seen.items())))
    if score < known.likely:
        return None
    why = [f"事项相近：{'、'.join(_common(_matter(commitment), text))}"]
    if seen["number"]:
        why.append("数字相同")
    if seen["sum"]:
        why.append("金额相同")
    if complaint.region_code and _same_place(complaint.region_code, commitment.subject.region_code):
        why.append("地点相同")
    return Meant(commitment, score, tuple(why))


def features(complaint: Complaint, text: str, commitment: Commitment) -> dict[str, float] | None:
    """What they have in common, each from 0 to about 1; None without a shared pair of signs."""
    matter, common = _matter(commitment), learnt().common
    pairs = {matter[n : n + 2] for n in range(len(matter) - 1)}
    shared = [common.get(pair, RAREST) for pair in pairs if pair in text]
    if not shared:
        return None
    return {
        "shared": min(sum(shared), 30) / 30,
        "rarest": max(shared) / RAREST,
        "slips": fuzz.partial_ratio(matter, text) / 100,
        "number": float(any(one in text for one in _numbers(commitment.matter))),
        "sum": float(_same_sum(complaint.amount_yuan, commitment.amount_yuan)),
        "promise": float(bool(_SPEAKS_OF_PROMISES.search(text))),
        "length": log(min(len(text), LONG)) / 5,
        "tender": float(complaint.domain is Domain.BIDDING and not _OF_TENDERS.search(commitment.matter)),
    }


def _matter(commitment: Commitment) -> str:
    """Without what every promise says, and without its numbers."""
    said = re.sub(r"\d+万?", "", commitment.matter)
    return plain(_SAYS_NOTHING.sub("", said)) or plain(said)


def _common(matter: str, text: str) -> Iterator[str]:
    """The pieces of the matter, of two signs and more, that the complaint has too."""
    for block in SequenceMatcher(None, matter, text, autojunk=False).get_matching_blocks():
        if block.size >= 2:
            yield matter[block.a : block.a + block.size]


@cache
def _numbers(matter: str) -> frozenset[str]:
    """Its numbers as people write and say them: 120, 一百二十, 一百二."""
    found: set[str] = set()
    for digits, unit, counted in _NUMBER.findall(matter):
        for number in (digits, *_spoken(int(digits))):
            found |= {number + unit, number + unit + counted}
        if unit:
            found.add(f"{int(digits)}0000")
    return frozenset(one for one in found if len(one) >= 2)


def _spoken(number: int) -> set[str]:
    if number >= 10_000:
        return {said + "万" for said in _spoken(number // 10_000)} if number % 10_000 == 0 else set()
    said, gap, rest = "", False, number
    for unit, size in (("千", 1000), ("百", 100), ("十", 10), ("", 1)):
        digit, rest = divmod(rest, size)
        if digit:
            said += ("零" if gap and said else "") + _DIGITS[digit] + unit
        gap = not digit
    said = said.removeprefix("一") if said.startswith("一十") else said
    short = said[:-1] if re.search(r"[千百].[百十]$", said) else said
    both = {said, short}
    return both | {"两" + one[1:] for one in both if one.startswith(("二百", "二千"))}


def _same_sum(one: int | None, other: int | None) -> bool:
    return bool(one and other) and abs((one or 0) - (other or 0)) <= NEARLY * max(one or 0, other or 0)


def _same_place(one: str, other: str) -> bool:
    return one[:6] == other[:6] and not one.startswith(other[:2] + "0000")


def plain(text: str) -> str:
    return _NO_WORD.sub("", text).lower()
