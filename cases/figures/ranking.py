"""Ranking of departments and regions (青海 三(一)3): a formula anybody can check, fair to small numbers.

Score = Σ weight × shrunk share ÷ Σ weight, in points out of 100. A share of few cases is drawn towards the
share of all (empirical Bayes), so that three lucky cases cannot top the list; units below the least volume
are listed without a rank. What staff wrote down themselves is left out. Scores are uncertain, so units
stand in bands: whoever chance alone may keep from the first of a band stands in it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from cases.figures.cells import ASIDE, Figures

LEAST_VOLUME = 10
"""Judged promises (accepting and answering together) below which a unit is not ranked."""
_WEAKEST, _STRONGEST = 4.0, 400.0


class Component(NamedTuple):
    key: str
    label: str
    weight: int
    """Default; the page lets it be changed."""
    part: str
    whole: tuple[str, ...]
    judged: bool = True
    """Whether what it counts makes a unit big enough to be ranked."""


COMPONENTS: tuple[Component, ...] = (
    Component("accept", "受理按期率", 20, "accept_kept", ("accept_kept", "accept_broken")),
    Component("handle", "答复按期率", 30, "handle_kept", ("handle_kept", "handle_broken")),
    Component("responded", "响应率", 10, "responded", ("rated",), judged=False),
    Component("solved", "解决率", 20, "solved", ("rated",), judged=False),
    Component("satisfied", "满意率", 20, "satisfied", ("rated",), judged=False),
)
DEFAULT_WEIGHTS: dict[str, int] = {component.key: component.weight for component in COMPONENTS}


class ScorePart(NamedTuple):
    """One component of one unit."""

    n: int
    raw: float | None
    shrunk: float


class Ranked(NamedTuple):
    key: str
    rank: int | None
    """1 is best; None below the least volume. Equal scores share a rank."""
    score: float
    """Points out of 100."""
    volume: int
    parts: Mapping[str, ScorePart]
    margin: float = 0.0
    """Points up and down within which the score lies in 95 of 100 cases."""
    band: int | None = None
    """1 is best. None where there is no rank."""
    places: tuple[int, int] | None = None
    """The best and the worst rank that the differences allow: only what is beyond chance counts."""


class Prior(NamedTuple):
    """What is believed of a unit before its cases are seen: a share, worth as much as so many cases."""

    share: float
    strength: float

    def shrink(self, hits: int, n: int) -> float:
        return (hits + self.strength * self.share) / (n + self.strength)

    def variance(self, hits: int, n: int) -> float:
        """Of the share after its cases were seen (beta distribution)."""
        share = self.shrink(hits, n)
        return share * (1 - share) / (n + self.strength + 1)


def fit_prior(counts: Sequence[tuple[int, int]]) -> Prior:
    """From (hits, cases) of all units, by the method of moments for a beta-binomial.

    The more the units differ beyond chance, the less a single unit is drawn to the middle.
    """
    counted = [(hits, n) for hits, n in counts if n > 0]
    total = sum(n for _, n in counted)
    if not total:
        return Prior(0.5, _STRONGEST)
    share = sum(hits for hits, _ in counted) / total
    if len(counted) < 2:
        return Prior(share, _STRONGEST)
    chance = share * (1 - share)
    squares = sum(n * n for _, n in counted) / total
    spread = sum(n * (hits / n - share) ** 2 for hits, n in counted)
    between = (spread - (len(counted) - 1) * chance) / (total - squares)
    if between <= 0:
        return Prior(share, _STRONGEST)
    return Prior(share, min(max(chance / between - 1, _WEAKEST), _STRONGEST))


def rank(
    units: Mapping[str, Figures],
    weights: Mapping[str, int] | None = None,
    least: int = LEAST_VOLUME,
    components: Sequence[Component] = COMPONENTS,
) -> list[Ranked]:
    """Best first; units without enough volume last, without a rank. Weights of 0 leave a component out."""
    weights = weights or DEFAULT_WEIGHTS
    priors = {c.key: fit_prior([_count(c, figures) for figures in units.values()]) for c in components}
    scored = [_score(key, figures, weights, priors, components) for key, figures in units.items()]
    good = sorted((u for u in scored if u.volume >= least), key=lambda u: (-round(u.score, 2), u.key))
    few = sorted((u for u in scored if u.volume < least), key=lambda u: (-u.volume, u.key))
    placed: list[Ranked] = []
    for place, unit in enumerate(good, start=1):
        same = bool(placed) and round(placed[-1].score, 2) == round(unit.score, 2)
        placed.append(unit._replace(rank=placed[-1].rank if same else place))
    return [*_in_bands(placed), *few]


def _in_bands(ranked: Sequence[Ranked]) -> list[Ranked]:
    """Best first. A band begins with whoever stands beyond chance below the first of the band before."""
    made: list[Ranked] = []
    leader, band = None, 0
    for unit in ranked:
        if leader is None or _differ(leader, unit):
            leader, band = unit, band + 1
        better = sum(_differ(other, unit) and other.score > unit.score for other in ranked)
        worse = sum(_differ(other, unit) and other.score < unit.score for other in ranked)
        made.append(unit._replace(band=band, places=(better + 1, len(ranked) - worse)))
    return made


def _differ(one: Ranked, other: Ranked) -> bool:
    """Whether two scores are further apart than chance explains (95 %)."""
    return abs(one.score - other.score) > math.hypot(one.margin, other.margin)


def _count(component: Component, figures: Figures) -> tuple[int, int]:
    def independent(name: str) -> int:
        return figures.counts[name] - figures.counts[ASIDE + name]

    return independent(component.part), sum(map(independent, component.whole))


def _score(
    key: str,
    figures: Figures,
    weights: Mapping[str, int],
    priors: Mapping[str, Prior],
    components: Sequence[Component],
) -> Ranked:
    parts: dict[str, ScorePart] = {}
    points, sum_of_weights = 0.0, 0
    spreads: dict[tuple[str, ...], float] = {}
    """By what is counted: shares of the same cases rise and fall together, so theirs add up in full."""
    volumes: dict[tuple[str, ...], int] = {}
    for component in components:
        hits, n = _count(component, figures)
        shrunk = priors[component.key].shrink(hits, n)
        parts[component.key] = ScorePart(n, hits / n if n else None, shrunk)
        if component.judged:
            volumes[component.whole] = n
        weight = max(weights.get(component.key, 0), 0)
        points += weight * shrunk
        spread = weight * math.sqrt(priors[component.key].variance(hits, n))
        spreads[component.whole] = spreads.get(component.whole, 0.0) + spread
        sum_of_weights += weight
    whole = 100 / sum_of_weights if sum_of_weights else 0.0
    volume = sum(volumes.values())
    return Ranked(key, None, points * whole, volume, parts, 1.96 * math.hypot(*spreads.values()) * whole)


def formula(weights: Mapping[str, int], components: Sequence[Component] = COMPONENTS) -> str:
    """The formula with its weights, as shown on the page."""
    used = [(weights.get(c.key, 0), c.label) for c in components if weights.get(c.key, 0) > 0]
    whole = sum(weight for weight, _ in used)
    return " + ".join(f"{label}×{weight / whole:.0%}" for weight, label in used) if whole else "（没有权重）"
