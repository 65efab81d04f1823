"""Complaints that resemble each other: one citizen's retelling, and many citizens' one cause.

Bands find candidates through an index, however many cases are stored; a fuzzy comparison decides. Nothing
is merged here: people see what is alike and decide.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from cases.lifecycle.permissions import is_conflicted, may_see
from cases.model import Case
from cases.people import Actor
from cases.ports.cases import CaseStore
from cases.rules.jurisdictions import Jurisdictions

CANDIDATES = 60
"""Newest cases sharing a band that are compared."""


class Cluster(NamedTuple):
    """Cases nearly identical to one: those the viewer may open, and how many others there are."""

    cases: tuple[Case, ...]
    elsewhere: int
    """With other departments. Cases the viewer may never know of are not counted."""

    @property
    def size(self) -> int:
        return len(self.cases) + self.elsewhere


class SimilarCases:
    """`compare` gives 0..1; from `retelling` on it is the same matter told again by the same person, from
    `nearly_identical` on the same text by whomever."""

    def __init__(
        self,
        cases: CaseStore,
        jurisdictions: Jurisdictions,
        compare: Callable[[str, str], float],
        *,
        retelling: float,
        nearly_identical: float,
    ) -> None:
        self._cases = cases
        self._jurisdictions = jurisdictions
        self._compare = compare
        self._retelling = retelling
        self._nearly_identical = nearly_identical

    def retells(self, text: str, case: Case) -> bool:
        """Whether the text tells this case's complaint again."""
        return self._compare(text, case.complaint.text) >= self._retelling

    async def cluster_of(self, case: Case, actor: Actor) -> Cluster:
        """What staff are shown beside a case they may see."""
        near = [
            other
            for other in await self._cases.list_similar(case.complaint.similar, CANDIDATES)
            if other.number != case.number and self._is_near(case, other)
        ]
        known = [other for other in near if not is_conflicted(other, actor, self._jurisdictions)]
        seen = tuple(other for other in known if may_see(other, actor, self._jurisdictions))
        return Cluster(seen, len(known) - len(seen))

    def most_alike(self, case: Case, others: Iterable[Case]) -> tuple[Case, ...]:
        """The others, those that resemble the case most first."""
        text = case.complaint.text
        return tuple(sorted(others, key=lambda one: -self._compare(text, one.complaint.text)))

    def _is_near(self, case: Case, other: Case) -> bool:
        return self._compare(case.complaint.text, other.complaint.text) >= self._nearly_identical
