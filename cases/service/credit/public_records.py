"""What everybody may read of the integrity side: published records, notices, what stands in their place.

Whitelisted field by field: what is not named here is not handed out, and nothing of a person is.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from cases.errors import NotFound
from cases.integrity.books import book
from cases.integrity.breaches.exposures import Exposure, ExposureStatus
from cases.integrity.breaches.publication_model import Publication, PublicationStatus, Shown
from cases.integrity.breaches.record_model import catalogue_words
from cases.integrity.spine.dossier import AnyDossier, Subject
from cases.integrity.spine.situation import NO_SUCH_DOSSIER
from cases.integrity.spine.standing import EVERYTHING
from cases.integrity.spine.vocabulary import Kind
from cases.ports.dossiers import DossierFilter, DossierOrder, DossierStore
from classify.types import Domain

KINDS = frozenset({Kind.PUBLICATION, Kind.EXPOSURE})
STANDING_NOW = frozenset({PublicationStatus.PUBLIC.value, ExposureStatus.RELEASED.value})


@dataclass(frozen=True, slots=True)
class PublicEntry:
    """One published record or notice; without `shown` and `facts` a tombstone."""

    id: str
    record: str
    """Id of the record it is about."""
    kind: Kind
    status: str
    """As people read it, such as 公示中."""
    subject: Subject
    jurisdiction: str
    domain: Domain | None
    published_on: date | None
    updated_at: datetime
    shown: Shown | None = None
    """Of a record that is public now."""
    facts: str = ""
    """Of a notice."""
    serial: str = ""
    ends_on: date | None = None
    disputed: bool = False
    """异议处理中."""
    tombstone: str = ""
    """Why it is no longer shown; then nothing of the subject's breach is."""
    gone_on: date | None = None

    @property
    def stands(self) -> bool:
        """Whether what it is about is shown; else a tombstone stands there."""
        return self.shown is not None or bool(self.facts)


@dataclass(frozen=True, slots=True)
class PublicPage:
    entries: tuple[PublicEntry, ...]
    next_cursor: str | None


class PublicRecords:
    """Found by anybody; asks the store for public objects only."""

    def __init__(self, dossiers: DossierStore) -> None:
        self._dossiers = dossiers

    async def find(self, id: str) -> PublicEntry:
        """By the number of the publication, the notice or the record. Raises NotFound."""
        dossier = await self._dossiers.find(id)
        if dossier is not None and dossier.kind is Kind.RECORD and not dossier.sealed:
            where = DossierFilter(kinds=KINDS, about=dossier.id, public=True)
            page = await self._dossiers.list_dossiers(EVERYTHING, where, order=DossierOrder.NEWEST, limit=1)
            dossier = next(iter(page.dossiers), None)
        entry = entry_of(dossier) if dossier is not None else None
        if entry is None:
            raise NotFound(NO_SUCH_DOSSIER)
        return entry

    async def list_entries(
        self,
        *,
        words: str | None = None,
        body: str | None = None,
        region: str | None = None,
        domain: Domain | None = None,
        year: int | None = None,
        jurisdiction: str | None = None,
        changed: bool = False,
        limit: int = 20,
        cursor: str | None = None,
    ) -> PublicPage:
        """What stands, newest first. `words`: number or name of the body; `body`: a key of it.

        What ended is found by its number, or as a change: `changed` gives what changed last first, with what
        stands in the place of a record, so that who copied it hears of its end. Raises InvalidInput for a
        strange cursor.
        """
        where = DossierFilter(
            kinds=KINDS,
            statuses=None if changed else STANDING_NOW,
            words=words,
            body=body,
            region_prefix=region,
            domain=domain,
            year=year,
            jurisdiction=jurisdiction,
            public=True,
        )
        order = DossierOrder.CHANGED if changed else DossierOrder.NEWEST
        page = await self._dossiers.list_dossiers(EVERYTHING, where, order=order, limit=limit, cursor=cursor)
        entries = tuple(entry for one in page.dossiers if (entry := entry_of(one)) is not None)
        return PublicPage(entries, page.next_cursor)


def _in_words(shown: Shown | None) -> Shown | None:
    return shown and shown.model_copy(update={"catalogue": catalogue_words(shown.catalogue)})


def entry_of(dossier: AnyDossier) -> PublicEntry | None:
    """None for what is not public."""
    blueprint = book(dossier.kind)
    if dossier.status not in blueprint.public or not dossier.for_everybody:
        return None
    if not isinstance(dossier, Publication | Exposure):
        return None
    common: dict[str, Any] = {
        "id": dossier.id,
        "record": dossier.about or "",
        "kind": dossier.kind,
        "status": blueprint.statuses[dossier.status],
        "subject": dossier.subject,
        "jurisdiction": dossier.jurisdiction,
        "domain": dossier.domain,
        "updated_at": dossier.updated_at,
        "tombstone": dossier.tombstone or "",
    }
    if isinstance(dossier, Publication):
        return PublicEntry(
            **common,
            published_on=dossier.released_on,
            shown=_in_words(dossier.shown),
            ends_on=dossier.ends_on,
            disputed=dossier.disputed,
            gone_on=dossier.gone_on,
        )
    return PublicEntry(**common, published_on=dossier.released_on, facts=dossier.facts, serial=dossier.serial)
