"""How far one complaint tells another again: a fuzzy comparison of two texts. Nothing here knows of cases.

Which of many stored texts are worth comparing, `bands` tells.
"""

from __future__ import annotations

import re

from rapidfuzz import fuzz

from classify.text.normalise import normalise

READ = 2000
"""Characters of each text that are compared."""
RETELLING = 0.55
"""From this similarity on a complaint is offered as a supplement to the same citizen's earlier one."""
NEARLY_IDENTICAL = 0.85
"""From this similarity on complaints of several citizens are shown as one cluster."""

_CLAUSES = re.compile(r"[^\w]+")


def similarity(one: str, other: str) -> float:
    """How far the shorter text is told again in the longer, 0..1; the order of clauses does not matter."""
    shorter, longer = sorted((_clauses(one), _clauses(other)), key=lambda clauses: sum(map(len, clauses)))
    whole = "".join(longer)
    size = sum(map(len, shorter))
    if not size or not whole:
        return 0.0
    told = sum(
        len(clause) * fuzz.partial_ratio(clause, whole) for clause in shorter if len(clause) <= len(whole)
    )
    balance = min(1.0, 0.5 + size / len(whole))
    return round(told / size / 100 * balance, 4)


def _clauses(text: str) -> list[str]:
    return [clause for clause in _CLAUSES.split(normalise(text).text[:READ]) if clause]
