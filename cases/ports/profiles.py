"""What an evaluation asks to be counted; `cases.figures` fulfils it, which the use cases may not know."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol

from cases.integrity.registers.evaluation_model import Evaluation, Profile
from cases.integrity.spine.vocabulary import BodyKind


class Counted(NamedTuple):
    """What one object, or a body's cases of a year, add to the shares of a part (`PartRule.of`)."""

    unit: str
    """The best key of the body (`Subject.keys`)."""
    region: str
    kind: BodyKind
    of: str
    whole: int
    hits: Mapping[str, int]
    """By key of the part."""


class Profiles(Protocol):
    async def profile(self, evaluation: Evaluation, left_out: Sequence[str]) -> Profile:
        """As everything stands now, without the objects of these ids.

        Raises InvalidInput for an id that does not count in it.
        """

    async def count(self, jurisdiction: str, year: int, left_out: Sequence[str] = ()) -> Sequence[Counted]:
        """What bodies of a jurisdiction owed in a year, and how much of it was good."""
