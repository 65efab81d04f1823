"""Evidence that is looked at by a virus scanner before it is kept.

Only asks and refuses; which scanner answers, and how, is the caller's choice.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime

from cases import reasons
from cases.errors import FileInfected, FileUnchecked
from cases.ports.evidence import StoredFile
from storage.database.connection import Database
from storage.evidence.store import MongoEvidenceStore
from storage.sealed.key_ring import KeyRing

Scan = Callable[[bytes], Awaitable[str | None]]
"""The name of what was found, None for nothing. Raises OSError when it cannot be asked."""


class ScannedEvidenceStore(MongoEvidenceStore):
    """Refuses what the scanner objects to, and what it could not look at."""

    def __init__(self, database: Database, keys: KeyRing, clock: Callable[[], datetime], scan: Scan) -> None:
        super().__init__(database, keys, clock)
        self._scan = scan

    async def put(self, id: str, data: bytes, *, name: str, media_type: str, stripped: bool) -> StoredFile:
        """Raises FileInfected or FileUnchecked."""
        try:
            found = await self._scan(data)
        except OSError:
            raise FileUnchecked(reasons.FILE_UNCHECKED, name=name) from None
        if found is not None:
            raise FileInfected(reasons.FILE_INFECTED, name=name)
        return await super().put(id, data, name=name, media_type=media_type, stripped=stripped)
