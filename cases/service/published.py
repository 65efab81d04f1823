"""What everybody may read of confirmed broken faith: publications and what stands in their place.

Nothing else of a record is handed out here, and nothing of a person: `Publication.shown` holds all there is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import cast

from cases.errors import NotFound, Reason
from cases.integrity.publications import Publication, PublicationStatus
from cases.integrity.standing import EVERYTHING
from cases.integrity.vocabulary import Kind
from cases.ports.dossiers import DossierFilter, DossierOrder, DossierStore

NOT_PUBLIC = Reason("not-public", "没有公示中的这条记录。")
ON_A_PAGE = 30
_PUBLICATIONS = frozenset({Kind.PUBLICATION})


@dataclass(frozen=True, slots=True)
class PublishedPage:
    publications: tuple[Publication, ...]
    next_cursor: str | None


class Published:
    def __init__(self, dossiers: DossierStore) -> None:
        self._dossiers = dossiers

    async def list_published(
        self, where: DossierFilter, *, cursor: str | None = None, limit: int = ON_A_PAGE
    ) -> PublishedPage:
        """What is public now, newest first; `where` narrows it. Raises InvalidInput for a strange cursor."""
        up = replace(
            where, kinds=_PUBLICATIONS, statuses=frozenset({PublicationStatus.PUBLIC.value}), public=True
        )
        found = await self._dossiers.list_dossiers(
            EVERYTHING, up, order=DossierOrder.NEWEST, limit=limit, cursor=cursor
        )
        return PublishedPage(cast(tuple[Publication, ...], found.dossiers), found.next_cursor)

    async def of_record(self, record: str) -> Sequence[Publication]:
        """Every publication of the record that is public or explained, the newest first.

        Raises NotFound when there is none: whether there is such a record is not told.
        """
        where = DossierFilter(kinds=_PUBLICATIONS, about=record, public=True)
        found = await self._dossiers.list_dossiers(EVERYTHING, where, order=DossierOrder.NEWEST)
        if not found.dossiers:
            raise NotFound(NOT_PUBLIC)
        return cast(tuple[Publication, ...], found.dossiers)
