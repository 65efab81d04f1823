"""The rule books a move consults: calendar, time limits, jurisdictions; all pure data."""

from __future__ import annotations

from dataclasses import dataclass, field

from cases.rules.calendar import WorkCalendar
from cases.rules.credit_terms import CreditTerms, Term, load_credit_terms
from cases.rules.evaluation_parts import EvaluationRules, load_evaluation_rules
from cases.rules.jurisdictions import Jurisdictions
from cases.rules.time_limits import TimeLimit, TimeLimits
from cases.vocabulary import ClockKind
from classify.types import Domain


@dataclass(frozen=True, slots=True)
class Rules:
    """What is in force in this deployment."""

    calendar: WorkCalendar
    limits: TimeLimits
    jurisdictions: Jurisdictions
    terms: CreditTerms = field(default_factory=load_credit_terms)
    evaluation: EvaluationRules = field(default_factory=load_evaluation_rules)

    def term(self, kind: ClockKind) -> TimeLimit | Term:
        """The time for a step of the integrity side: as promised to everybody, else among its own terms."""
        return self.limits.find(Domain.GENERAL, kind) or self.terms[kind]
