"""Tells this process's own workers that it has just written something they wait for.

What another process wrote, or what a crash kept from being told, they find by looking now and then.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from functools import partial


class News:
    def __init__(self) -> None:
        self._followers: defaultdict[str, list[Callable[[], None]]] = defaultdict(list)

    def of(self, what: str) -> Callable[[], None]:
        """To be called after each such write."""
        return partial(self._tell, what)

    def follow(self, what: str, wake: Callable[[], None]) -> None:
        self._followers[what].append(wake)

    def _tell(self, what: str) -> None:
        for wake in self._followers[what]:
            wake()


def nobody() -> None:
    """Listens."""
