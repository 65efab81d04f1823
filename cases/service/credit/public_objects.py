"""What everybody may find of one kind of object: the one question that every public register asks."""

from __future__ import annotations

from cases.errors import NotFound
from cases.integrity.books import book
from cases.integrity.spine.dossier import AnyDossier
from cases.integrity.spine.situation import NO_SUCH_DOSSIER
from cases.integrity.spine.standing import EVERYTHING
from cases.integrity.spine.vocabulary import Kind
from cases.ports.dossiers import DossierFilter, DossierOrder, DossierStore
from classify.types import Domain

ON_A_PAGE = 30


class PublicObjects:
    """Asks for public ones only, of these kinds."""

    def __init__(self, dossiers: DossierStore, *kinds: Kind) -> None:
        self._dossiers = dossiers
        self._kinds = frozenset(kinds)

    async def find(self, id: str) -> AnyDossier:
        """Raises NotFound, also for what is not public."""
        dossier = await self._dossiers.find(id)
        if dossier is None or dossier.kind not in self._kinds:
            raise NotFound(NO_SUCH_DOSSIER)
        if dossier.status not in book(dossier.kind).public:
            raise NotFound(NO_SUCH_DOSSIER)
        return dossier

    async def list_newest(
        self,
        *,
        words: str | None = None,
        region: str | None = None,
        domain: Domain | None = None,
        status: str | None = None,
        body: str | None = None,
        jurisdiction: str | None = None,
        limit: int = ON_A_PAGE,
        cursor: str | None = None,
    ) -> tuple[tuple[AnyDossier, ...], str | None]:
        """With the cursor of the next page; `body` is a key of the subject.

        Raises InvalidInput for a strange cursor.
        """
        where = DossierFilter(
            kinds=self._kinds,
            words=words,
            region_prefix=region,
            domain=domain,
            statuses=frozenset({status}) if status else None,
            body=body,
            jurisdiction=jurisdiction,
            public=True,
        )
        page = await self._dossiers.list_dossiers(
            EVERYTHING, where, order=DossierOrder.NEWEST, limit=limit, cursor=cursor
        )
        return page.dossiers, page.next_cursor
