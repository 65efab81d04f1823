"""Why a message was given its domain and not the next one, in sentences: the named evidence first, then the
pieces of words in which the second opinion saw a likeness. Made only when somebody asks; decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from classify.domain.decision import Weights
from classify.phrases.lexicon import Lexicon
from classify.types import Domain

PARTIES = {
    "debtor:local": "欠款的一方是乡镇村居",
    "debtor:state": "欠款的一方是机关、学校、医院等公家单位",
    "debtor:private": "欠款的一方是公司、老板",
    "promiser:local": "答应的一方是乡镇村居",
    "promiser:state": "答应的一方是机关等公家单位",
    "promiser:private": "答应的一方是公司、老板",
}
SHAPES = {
    "shape:length": "篇幅",
    "shape:address": "有网址或聊天账号",
    "shape:contact": "有电话",
    "shape:contact_short": "短短几句就留电话",
    "shape:no_chinese": "没有汉字",
    "shape:ends_asking": "以提问结尾",
    "shape:no_petition": "没有诉求的用语",
    "shape:no_petition_tiny": "太短,看不出诉求",
    "shape:ad_brackets": "末尾有广告式署名",
}
LEAST = 0.2
MOST_ARGUMENTS = 5
MOST_PIECES = 6


class Argument(NamedTuple):
    """One piece of evidence in words; `points` is by how much it speaks for its domain."""

    says: str
    points: float


class Arguments(NamedTuple):
    """What speaks for the domain given and for the runner-up, strongest first; the pieces are of words."""

    domain: Domain
    other: Domain
    for_domain: tuple[Argument, ...]
    for_other: tuple[Argument, ...]
    pieces_for_domain: tuple[str, ...]
    pieces_for_other: tuple[str, ...]


def sentences(lexicon: Lexicon) -> dict[str, str]:
    """Feature → what it says; a group at the head of the message says the same as in the body."""
    found = {**PARTIES, **SHAPES}
    for group in lexicon.groups:
        found[group.name] = found["head:" + group.name] = group.says
    found.update({"both:" + rule.name: rule.says for rule in lexicon.conjunctions})
    found.update({"then:" + rule.name: rule.says for rule in lexicon.sequences})
    return found


def named_arguments(
    weights: Weights, features: Mapping[str, float], says: Mapping[str, str], domain: Domain, other: Domain
) -> tuple[tuple[Argument, ...], tuple[Argument, ...]]:
    """Evidence for `domain` and for `other`, measured by how far it moves one against the other."""
    one, two = weights.domains.index(domain), weights.domains.index(other)
    points: dict[str, float] = {}
    for name, value in features.items():
        row = weights.rows.get(name)
        if row is not None and name in says:
            points[says[name]] = points.get(says[name], 0.0) + (row[one] - row[two]) * value
    return _strongest(points, 1), _strongest(points, -1)


def _strongest(points: Mapping[str, float], sign: int) -> tuple[Argument, ...]:
    found = [Argument(says, sign * value) for says, value in points.items() if sign * value >= LEAST]
    return tuple(sorted(found, key=lambda argument: -argument.points)[:MOST_ARGUMENTS])


def shown_pieces(points: Iterable[tuple[str, float]], sign: int) -> tuple[str, ...]:
    """The strongest pieces of one sign, none of them part of another that is shown."""
    kept: list[str] = []
    for piece, value in sorted(points, key=lambda item: (-sign * item[1], item[0])):
        if sign * value <= 0 or len(kept) == MOST_PIECES:
            break
        if not any(piece in other or other in piece for other in kept):
            kept.append(piece)
    return tuple(kept)
