"""Named conditions of a move: each a small function, with the sentence said when it fails and its source.

Offering a move and making it ask the same requirements, so they cannot disagree.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, NamedTuple, TypeVar

from cases.errors import DomainError, IllegalMove, Reason

T = TypeVar("T")


class Obstacle(NamedTuple):
    """What stands against a move: the error it would raise, and of what its sentence speaks."""

    error: type[DomainError]
    reason: Reason
    params: Mapping[str, object]

    def as_error(self) -> DomainError:
        return self.error(self.reason, **self.params)


def _nothing(at: Any) -> Mapping[str, object]:
    return {}


@dataclass(frozen=True, slots=True)
class Requirement(Generic[T]):
    """Holds or not in a situation. `source`: the document and section, or the law and article."""

    holds: Callable[[T], bool]
    reason: Reason
    source: str = ""
    error: type[DomainError] = IllegalMove
    params: Callable[[T], Mapping[str, object]] = field(default=_nothing)
    """The values of the sentence's {fields}."""

    def obstacle(self, at: T) -> Obstacle | None:
        """None when it holds."""
        return None if self.holds(at) else Obstacle(self.error, self.reason, self.params(at))


def require(
    sentence: str | Reason,
    *,
    source: str = "",
    error: type[DomainError] = IllegalMove,
    params: Callable[[Any], Mapping[str, object]] = _nothing,
) -> Callable[[Callable[[T], bool]], Requirement[T]]:
    """Make a function a requirement; its name is the code of a sentence of its own (`free_to_claim`)."""

    def made(holds: Callable[[T], bool]) -> Requirement[T]:
        code = holds.__name__.replace("_", "-")
        reason = Reason(code, sentence) if isinstance(sentence, str) else sentence
        return Requirement(holds, reason, source, error, params)

    return made
