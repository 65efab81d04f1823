"""Parts and weights of the yearly evaluation: data, and a setting, for no document fixes them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, field_validator

from cases.rules.laws import cite

_FILE = Path(__file__).with_suffix(".toml")


class BadWeight(ValueError):
    """The deployment asks for a weight that there is not."""


class PartRule(BaseModel):
    """One share of the formula, in words for people."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str
    of: str
    """Parts with the same word are shares of the same things."""
    label: str
    weight: int = Field(ge=0, le=100)
    words: str
    rule: str = ""
    """What the duty rests on; empty where no law says so."""
    _cited = field_validator("rule")(cite)
    judged: bool = True
    """Whether what it counts makes a unit big enough to be compared."""


class EvaluationRules(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    note: str
    least: int = Field(gt=0)
    """Judged things of a year below which nobody is put in a band."""
    parts: tuple[PartRule, ...]

    def with_weights(self, weights: Mapping[str, int]) -> EvaluationRules:
        """With the deployment's weights. Raises BadWeight: unknown, out of 0 to 100, or all 0."""
        if unknown := set(weights) - {part.key for part in self.parts}:
            raise BadWeight(sorted(unknown)[0])
        if wrong := [key for key, weight in weights.items() if not 0 <= weight <= 100]:
            raise BadWeight(wrong[0])
        parts = tuple(
            part.model_copy(update={"weight": weights.get(part.key, part.weight)}) for part in self.parts
        )
        if not any(part.weight for part in parts):
            raise BadWeight("0")
        return self.model_copy(update={"parts": parts})


@cache
def load_evaluation_rules() -> EvaluationRules:
    return EvaluationRules.model_validate(tomllib.loads(_FILE.read_text("utf-8")))
