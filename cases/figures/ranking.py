"""Ranking of departments and regions (青海 三(一)3): a formula anybody can check, fair to small numbers.

Score = Σ weight × shrunk share ÷ Σ weight, in points out of 100. A share of few cases is drawn towards the
share of all (empirical Bayes), so that three lucky cases cannot top the list; units below the least volume
are listed without a rank.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from cases.figures.cells import Figures

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


COMPONENTS: tuple[Component, ...] = (
    Component("accept", "受理按期率", 20, "accept_kept", ("accept_kept", "accept_broken")),
    Component("handle", "答复按期率", 30, "handle_kept", ("handle_kept", "handle_broken")),
    Component("responded", "响应率", 10, "responded", ("rated",)),
    Component("solved", "解决率", 20, "solved", ("rated",)),
    Component("satisfied", "满意率", 20, "satisfied", ("rated",)),
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


class Prior(NamedTuple):
    """What is believed of a unit before its cases are seen: a share, worth as much as so many cases."""

    share: float
    strength: float

    def shrink(self, hits: int, n: int) -> float:
        return (hits + self.strength * self.share) / (n + self.strength)


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
) -> list[Ranked]:
    """Best first; units without enough volume last, without a rank. Weights of 0 leave a component out."""
    weights = weights or DEFAULT_WEIGHTS
    priors = {c.key: fit_prior([_count(c, figures) for figures in units.values()]) for c in COMPONENTS}
    scored = [_score(key, figures, weights, priors) for key, figures in units.items()]
    good = sorted((u for u in scored if u.volume >= least), key=lambda u: (-round(u.score, 2), u.key))
    few = sorted((u for u in scored if u.volume < least), key=lambda u: (-u.volume, u.key))
    placed: list[Ranked] = []
    for place, unit in enumerate(good, start=1):
        same = bool(placed) and round(placed[-1].score, 2) == round(unit.score, 2)
        placed.append(unit._replace(rank=placed[-1].rank if same else place))
    return [*placed, *few]


def _count(component: Component, figures: Figures) -> tuple[int, int]:
    return figures.counts[component.part], sum(figures.counts[name] for name in component.whole)


def _score(key: str, figures: Figures, weights: Mapping[str, int], priors: Mapping[str, Prior]) -> Ranked:
    parts: dict[str, ScorePart] = {}
    points, sum_of_weights = 0.0, 0
    for component in COMPONENTS:
        hits, n = _count(component, figures)
        shrunk = priors[component.key].shrink(hits, n)
        parts[component.key] = ScorePart(n, hits / n if n else None, shrunk)
        weight = max(weights.get(component.key, 0), 0)
        points += weight * shrunk
        sum_of_weights += weight
    volume = figures.judged("accept") + figures.judged("handle")
    return Ranked(key, None, 100 * points / sum_of_weights if sum_of_weights else 0.0, volume, parts)


def formula(weights: Mapping[str, int]) -> str:
    """The formula with its weights, as shown on the page."""
    used = [(weights.get(c.key, 0), c.label) for c in COMPONENTS if weights.get(c.key, 0) > 0]
    whole = sum(weight for weight, _ in used)
    return " + ".join(f"{label}×{weight / whole:.0%}" for weight, label in used) if whole else "（没有权重）"
