"""The one way a stored record changes: read it, make the move, replace it if nobody was faster.

A move with an idempotency key happens once, however often it is asked for (`once`).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, Protocol, TypeVar

from cases.errors import NotFound, Reason, StaleCase
from cases.moves.change import Moving
from cases.moves.once import is_repeat
from cases.people import Actor

O = TypeVar("O", bound=Moving[Any, Any])  # noqa: E741  an object of any table

ATTEMPTS = 6
CHANGED_MEANWHILE = Reason("changed-meanwhile", "刚刚有变化，请刷新后再办理。")


class Store(Protocol[O]):
    async def find(self, id: str) -> O | None: ...
    async def save(self, changed: O, *, expected_version: int) -> O | None:
        """None when the stored version is another by now."""


async def change_stored(
    store: Store[O],
    id: str,
    make: Callable[[O], Awaitable[O]],
    *,
    actor: Actor,
    missing: Reason,
    key: str = "",
    expected_version: int | None = None,
    read: O | None = None,
) -> O:
    """The record as it is stored after `make`, which is asked again when another change came first.

    `read`: the record, if the caller has just read it; whether it is still the newest shows in saving.
    Raises NotFound, StaleCase (also when `expected_version` is no longer the newest), and what `make` raises.
    """
    for _ in range(ATTEMPTS):
        found, read = read or await store.find(id), None
        if found is None:
            raise NotFound(missing)
        if any(is_repeat(entry.key, key) for entry in found.history if entry.actor.id == actor.id):
            return found
        if expected_version is not None and found.version != expected_version:
            raise StaleCase(CHANGED_MEANWHILE)
        saved = await store.save(await make(found), expected_version=found.version)
        if saved is not None:
            return saved
    raise StaleCase(CHANGED_MEANWHILE)
