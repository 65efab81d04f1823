"""From features to domains: a multinomial linear model whose weights stand in `data/weights.tsv`.

The table is fitted by `bench/fit_classifier.py` and readable by hand: one row per feature, one column
per domain. A probability is the softmax of the sums, flattened by the temperatures in the table's head.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from operator import mul
from pathlib import Path

from classify.types import Domain

WEIGHTS = Path(__file__).parents[1] / "data" / "weights.tsv"
BIAS = "bias"
LINE = 60


@dataclass(frozen=True, slots=True)
class Weights:
    """`rows[feature]` holds one weight per domain of `domains`."""

    domains: tuple[Domain, ...]
    rows: dict[str, tuple[float, ...]]
    temperature: float = 1.0
    temperature_of_longer: float = 1.0
    """How far the shares of messages up to and beyond `LINE` characters are flattened: a line proves less."""

    def scores(self, features: Mapping[str, float]) -> list[float]:
        """Sum of weight times value per domain, the bias included."""
        known = {name: value for name, value in features.items() if name in self.rows}
        columns = zip(self.rows[BIAS], *map(self.rows.__getitem__, known), strict=True)
        values = (1.0, *known.values())
        return [sum(map(mul, column, values)) for column in columns]

    def shares(self, scores: list[float], size: int, doubt: float = 1.0) -> list[float]:
        """Shares of the domains for a message of `size` characters; `doubt` flattens them further."""
        return probabilities(
            scores, doubt * (self.temperature if size < LINE else self.temperature_of_longer)
        )

    def leanings(self, domain: Domain) -> dict[str, float]:
        """How far each feature of value 1 speaks for a domain, against the mean of all domains."""
        column = self.domains.index(domain)
        return {name: row[column] - sum(row) / len(row) for name, row in self.rows.items()}


def load_weights(path: Path = WEIGHTS) -> Weights:
    lines = path.read_text(encoding="utf-8").splitlines()
    temperature, of_longer = map(float, lines[0].split("\t")[1:])
    domains = tuple(Domain(name) for name in lines[1].split("\t")[1:])
    rows = {}
    for line in lines[2:]:
        name, *cells = line.split("\t")
        rows[name] = tuple(map(float, cells))
    return Weights(domains, rows, temperature, of_longer)


def probabilities(scores: list[float], temperature: float) -> list[float]:
    """Softmax of the scores; adds up to 1."""
    top = max(scores)
    powers = [math.exp((score - top) / temperature) for score in scores]
    total = sum(powers)
    return [power / total for power in powers]
