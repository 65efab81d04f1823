"""Where the files of complaints are kept, sealed. What a case knows of a file is `cases.model.Evidence`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class StoredFile:
    id: str
    name: str
    media_type: str
    size: int
    sha256: str
    stripped: bool


MOST_MEGABYTES = 20
MOST_BYTES = MOST_MEGABYTES * 1024 * 1024
"""Of one file."""


class EvidenceStore(Protocol):
    """Sealed files of at most MOST_BYTES, checked before they come here."""

    async def put(self, id: str, data: bytes, *, name: str, media_type: str, stripped: bool) -> StoredFile:
        """Idempotent by id."""

    async def get(self, id: str) -> bytes:
        """Raises NotFound; raises EvidenceDamaged when the digest does not match."""

    async def delete(self, id: str) -> None: ...
