"""An object as a document: the record itself plus the fields that only exist to be indexed.

Derived fields are worked out anew on every write and dropped on every read.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from pydantic import BaseModel

from cases.instants import FOREVER
from cases.integrity.books import BOOKS
from cases.integrity.breaches.record_model import BreachRecord, ShareState, Sharing
from cases.integrity.spine.dossier import AnyDossier
from cases.integrity.spine.pressing import next_warning
from cases.integrity.spine.standing import marks_of
from cases.integrity.spine.vocabulary import Kind
from cases.model import Evidence
from storage.database.encoding import Document
from storage.sealed.documents import RecordMapper
from storage.sealed.key_ring import KeyRing
from storage.sealed.rounding import hour_after
from storage.sealed.search import SearchHashes

DERIVED = frozenset(
    {
        "desk",
        "seen_by",
        "shut_out",
        "search",
        "public",
        "bodies",
        "places",
        "files",
        "claims",
        "wakes_at",
        "notify_at",
        "share_at",
    }
)
AREA_LENGTHS = (2, 4, 6, 9, 12)
"""Of the codes of provinces, prefectures, counties, townships, villages."""
WITHOUT_DERIVED = dict.fromkeys(sorted(DERIVED), 0)
"""Projection for reading."""


class DossierMapper:
    """Object ↔ document under one key ring."""

    def __init__(self, keys: KeyRing) -> None:
        self._keys = keys
        self._records = RecordMapper(keys)
        self.search = SearchHashes(keys)

    def to_document(self, dossier: AnyDossier) -> Document:
        document = self._records.to_document(dossier, dossier.id)
        document["_id"] = document.pop("id")
        return document | self._derive(dossier)

    def to_dossier(self, document: Document) -> AnyDossier:
        fields = {name: value for name, value in document.items() if name not in DERIVED}
        id = fields["id"] = fields.pop("_id")
        return self._records.to_record(BOOKS[Kind(fields["kind"])].model, fields, id)

    def sharing(self, id: str, sharing: Sharing) -> tuple[Document, datetime | None]:
        """As it stands in the document, and since when it waits for an answer of the level above."""
        return self._records.to_document(sharing, id), _waits_since(sharing)

    def claim(self, words: str) -> str:
        """Keyed hash of what only one standing object may have."""
        return self._keys.digest(words, "claim")[:32]

    def _derive(self, dossier: AnyDossier) -> Document:
        book = BOOKS[dossier.kind]
        hidden = dossier.status in book.hidden_from_subject
        derived: Document = {
            "desk": {
                "open": dossier.status not in book.ended,
                "waits_for": sorted(book.waits_for(dossier.status)),
                "due_at": dossier.due_at or FOREVER,
            },
            "seen_by": list(marks_of(dossier, hidden=hidden)),
            "shut_out": [*dossier.barred, *dossier.named],
            "public": dossier.status in book.public and dossier.for_everybody,
            "bodies": list(dossier.subject.keys),
            "places": list(_areas(dossier.subject.region_code)),
        }
        if dossier.status not in book.void and (claims := [self.claim(words) for words in dossier.claims]):
            derived["claims"] = claims
        if files := list(_files_in(dossier)):
            derived["files"] = files
        if not dossier.sealed:
            derived["search"] = self.search.of_texts((dossier.id, dossier.subject.name))
        alarm, warning = book.alarm(dossier), next_warning(dossier)
        if moments := [at for at in (alarm and alarm.at, warning and hour_after(warning)) if at]:
            derived["wakes_at"] = min(moments)
        if isinstance(dossier, BreachRecord) and dossier.sharing and (at := _waits_since(dossier.sharing)):
            derived["share_at"] = at
        if dossier.notifications:
            derived["notify_at"] = dossier.updated_at
        return derived


def _areas(code: str) -> Iterator[str]:
    """The codes of all areas it lies in, as `trim` writes them: 630102 → 63, 6301, 630102."""
    yield from (code[:length] for length in AREA_LENGTHS if length <= len(code))


def _waits_since(sharing: Sharing) -> datetime | None:
    return sharing.since if sharing.state in {ShareState.WAITING, ShareState.SENT} else None


def _files_in(value: Any) -> Iterator[str]:
    """Ids of the files it holds, wherever they stand in it: they are no stray ones."""
    if isinstance(value, Evidence):
        yield value.id
    elif isinstance(value, BaseModel):
        for item in value.__dict__.values():
            yield from _files_in(item)
    elif isinstance(value, tuple):
        for item in value:
            yield from _files_in(item)
