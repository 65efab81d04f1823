"""Words written into an object: private numbers masked, and nothing copied from the source case.

Every field that people write in running words is screened, whatever the object; codes are not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from cases.errors import InvalidInput, Reason
from cases.integrity.spine.likeness import find_copied
from cases.moves.table import Args

COPIED = Reason("copied-from-complaint", "事实与投诉原文雷同（“{run}”）。请用查明的事实另写，不要照抄。")

WRITTEN = frozenset({"textarea", "text", "checklist"})
"""Widgets of fields with words of people."""

A = TypeVar("A", bound=Args)


@dataclass(frozen=True, slots=True)
class Screen:
    mask: Callable[[str], str]
    """Telephone, identity and bank numbers made unreadable."""
    sources: tuple[str, ...] = ()
    """Words of the complaint; none without one."""
    known: tuple[str, ...] = ()
    """Names that both may say: of bodies."""

    def args(self, given: A) -> A:
        """The arguments as they may be kept. Raises InvalidInput when they repeat the complaint."""
        changed = {name: self._screened(getattr(given, name)) for name in _written(type(given))}
        return given.model_copy(update=changed)

    def suggestion(self, words: str) -> str:
        """What a form may be filled with: masked, and nothing at all where it repeats the complaint."""
        return "" if find_copied(words, self.sources, self.known) else self.mask(words)

    def _screened(self, value: Any) -> Any:
        if isinstance(value, str):
            run = find_copied(value, self.sources, self.known)
            if run is not None:
                raise InvalidInput(COPIED, run=run)
            return self.mask(value)
        if isinstance(value, tuple):
            return tuple(self._screened(item) for item in value)
        return value


def _written(kind: type[Args]) -> Iterable[str]:
    for name, field in kind.model_fields.items():
        extra = field.json_schema_extra
        if isinstance(extra, dict) and extra.get("widget") in WRITTEN:
            yield name
