"""The times of the integrity side, each a law's or, where no text sets one, the deployment's own.

A setting says of itself that no document sets it; only settings may be changed by a deployment.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from cases.rules.laws import LAWS
from cases.vocabulary import ClockKind, Unit

_FILE = Path(__file__).with_suffix(".toml")
NO_TEXT = "本辖区文件未规定，按本系统设置"


class BadTerm(ValueError):
    """The deployment asks for a time that it may not set."""


class Term(BaseModel):
    """How long, in which unit, how far it may be extended (in the same unit), and who says so."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: ClockKind
    amount: int = Field(gt=0)
    unit: Unit
    max_extension: int = Field(default=0, ge=0)
    law: str = ""
    article: str = ""
    reference: str = ""

    @property
    def is_setting(self) -> bool:
        return not self.law

    @property
    def basis(self) -> str:
        return NO_TEXT if self.is_setting else LAWS[self.law].cite(self.article)


class CreditTerms:
    """Every term by the clock it sets."""

    def __init__(self, terms: Mapping[ClockKind, Term]) -> None:
        self._terms = dict(terms)

    def __getitem__(self, kind: ClockKind) -> Term:
        return self._terms[kind]

    def all(self) -> tuple[Term, ...]:
        return tuple(self._terms.values())

    def with_settings(self, amounts: Mapping[str, int]) -> CreditTerms:
        """With the deployment's amounts. Raises BadTerm for a law's, an unknown one, or none above zero."""
        changed = dict(self._terms)
        for name, amount in amounts.items():
            term = next((term for kind, term in changed.items() if kind == name), None)
            if term is None or not term.is_setting or amount < 1:
                raise BadTerm(name)
            changed[term.kind] = term.model_copy(update={"amount": amount})
        return CreditTerms(changed)


@cache
def load_credit_terms() -> CreditTerms:
    raw = tomllib.loads(_FILE.read_text("utf-8"))
    return CreditTerms({ClockKind(kind): Term(kind=ClockKind(kind), **entry) for kind, entry in raw.items()})
