"""Pieces of a file that is on its way, until all of them are here."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol


class UploadStore(Protocol):
    """Sealed pieces by the name of their upload; forgotten at `until` when the rest never comes."""

    async def put(self, upload: str, place: int, piece: bytes, until: datetime) -> None:
        """Idempotent by upload and place."""

    async def arrived(self, upload: str) -> int:
        """How many pieces are here, from the first to the last before a gap."""

    async def whole(self, upload: str, pieces: int) -> bytes | None:
        """All of so many pieces in their order; None while one is missing."""

    async def drop(self, upload: str) -> None: ...
