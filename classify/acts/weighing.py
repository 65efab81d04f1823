"""Which acts a message does, by what its traits weigh: a table learnt from invented utterances.

`data/acts.tsv` gives per trait one number for each act (`python -m bench.fit_acts` makes it). Linear, so that
the traits that decided can be named. Knows nothing of what is done about an act.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from classify.acts.act import BESIDE, Act

TABLE = Path(__file__).parents[1] / "data" / "acts.tsv"
UNIT = 100.0
ALWAYS = "*"
"""Stands in the table for what every message has."""
SHOWN = 4
"""Traits that are named as reasons for an act."""

Scores = Mapping[Act, float]
"""Logarithms of the odds, act by act."""


def weigh(traits: Iterable[str]) -> dict[Act, float]:
    acts, table = _table()
    rows = [table[ALWAYS], *(table[trait] for trait in traits if trait in table)]
    return {act: sum(column) / UNIT for act, column in zip(acts, zip(*rows, strict=True), strict=True)}


def decide(scores: Scores) -> tuple[Act, ...]:
    """Whatever may stand beside something else if it is likelier than not, and the likeliest main act."""
    beside = [act for act in BESIDE if scores[act] > 0]
    main = max((act for act in scores if act not in BESIDE), key=scores.__getitem__)
    if scores[main] > 0:
        return (*beside, main)
    return tuple(beside) or (max(scores, key=scores.__getitem__),)


def reasons(act: Act, traits: Iterable[str]) -> tuple[str, ...]:
    """The traits that speak loudest for an act."""
    acts, table = _table()
    place = acts.index(act)
    weights = {trait: table[trait][place] for trait in traits if trait in table}
    loudest = sorted(weights, key=lambda trait: (-weights[trait], trait))[:SHOWN]
    return tuple(trait.replace(" ", "") for trait in loudest if weights[trait] > 0)


@cache
def _table() -> tuple[list[Act], dict[str, tuple[int, ...]]]:
    with TABLE.open(encoding="utf-8") as lines:
        acts = [Act(name) for name in next(lines).split()]
        rows = (line.rstrip("\n").split("\t") for line in lines)
        return acts, {trait: tuple(map(int, cells)) for trait, *cells in rows}
