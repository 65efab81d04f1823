"""One body as everybody may read of it: its records, promises, honours, evaluations, lists.

Gathered from what is public of each kind; one of ours that has nothing public is shown as such.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from cases.errors import NotFound
from cases.integrity.registers.disclosures import Disclosure
from cases.integrity.registers.evaluation_model import Evaluation
from cases.integrity.registers.honours import Honour
from cases.integrity.registers.list_model import Add, NameList
from cases.integrity.spine.dossier import AnyDossier, Subject
from cases.integrity.spine.situation import NO_SUCH_DOSSIER
from cases.integrity.spine.standing import EVERYTHING
from cases.integrity.spine.vocabulary import Kind
from cases.ports.dossiers import DossierFilter, DossierOrder, DossierStore
from cases.rules.jurisdictions import Jurisdictions
from cases.service.credit.public_commitments import Promise, promise_of
from cases.service.credit.public_objects import PublicObjects
from cases.service.credit.public_records import PublicEntry, entry_of

ABOUT_A_BODY = frozenset(
    {
        *(Kind.PUBLICATION, Kind.EXPOSURE, Kind.COMMITMENT, Kind.DISCLOSURE, Kind.HONOUR),
        Kind.EVALUATION,
    }
)
MOST = 200
"""Newest public objects of a body that its page shows; `more` says when there are others."""
MOST_FOUND = 20


@dataclass(frozen=True, slots=True)
class PublicBody:
    key: str
    """By which it is found: see `Subject.keys`."""
    name: str
    code: str | None
    region_code: str
    entries: tuple[PublicEntry, ...] = ()
    """Records, notices and tombstones, newest first."""
    promises: tuple[Promise, ...] = ()
    disclosures: tuple[Disclosure, ...] = ()
    honours: tuple[Honour, ...] = ()
    evaluations: tuple[Evaluation, ...] = ()
    listed: tuple[tuple[NameList, Add], ...] = ()
    more: bool = False

    @property
    def gone(self) -> bool:
        """Nothing of it is shown (any more)."""
        standing = any(one.stands for one in self.entries)
        others = (self.promises, self.disclosures, self.honours, self.evaluations, self.listed)
        return not (standing or any(others))


class PublicBodies:
    """Asks for public objects only."""

    def __init__(self, dossiers: DossierStore, lists: PublicObjects, jurisdictions: Jurisdictions) -> None:
        self._dossiers = dossiers
        self._lists = lists
        self._jurisdictions = jurisdictions

    async def find(self, key: str) -> PublicBody:
        """By any of its keys. Raises NotFound for what is neither one of ours nor has anything public."""
        found, more = await self._about(key)
        for other in found[0].subject.keys if found else ():
            if other != key:
                also, others_more = await self._about(other)
                found, more = _together(found, also), more or others_more
        subject = found[0].subject if found else self._of_ours(key)
        if subject is None:
            raise NotFound(NO_SUCH_DOSSIER)
        return PublicBody(
            key=subject.keys[0],
            name=subject.name,
            code=next((one.subject.code for one in found if one.subject.code), None),
            region_code=subject.region_code,
            entries=tuple(entry for one in found if (entry := entry_of(one)) is not None),
            promises=tuple(promise_of(one) for one in found if one.kind is Kind.COMMITMENT),
            disclosures=tuple(one for one in found if isinstance(one, Disclosure)),
            honours=tuple(one for one in found if isinstance(one, Honour)),
            evaluations=tuple(one for one in found if isinstance(one, Evaluation)),
            listed=await self._listed(subject),
            more=more,
        )

    async def search(self, words: str, region: str | None = None) -> tuple[Subject, ...]:
        """Bodies that the words may mean, each once: one of ours first, then those with something public."""
        found: dict[str, Subject] = {}
        hit = self._jurisdictions.find_department(words) if words else None
        if hit is not None and (ours := self._of_ours(hit[0].id)):
            found[ours.keys[0]] = ours
        narrowed = DossierFilter(kinds=ABOUT_A_BODY, words=words or None, region_prefix=region, public=True)
        by_code = DossierFilter(kinds=ABOUT_A_BODY, body=words.upper(), public=True)
        for where in (narrowed, by_code):
            page = await self._dossiers.list_dossiers(
                EVERYTHING, where, order=DossierOrder.NEWEST, limit=MOST
            )
            for one in page.dossiers:
                found.setdefault(one.subject.keys[0], one.subject)
        return tuple(found.values())[:MOST_FOUND]

    async def _about(self, key: str) -> tuple[list[AnyDossier], bool]:
        where = DossierFilter(kinds=ABOUT_A_BODY, body=key, public=True)
        page = await self._dossiers.list_dossiers(EVERYTHING, where, order=DossierOrder.NEWEST, limit=MOST)
        return list(page.dossiers), page.next_cursor is not None

    def _of_ours(self, key: str) -> Subject | None:
        department = self._jurisdictions.find_by_id(key)
        if department is None:
            return None
        return Subject(
            name=department.full_name, department=department.id, region_code=department.region_code
        )

    async def _listed(self, subject: Subject) -> tuple[tuple[NameList, Add], ...]:
        home = self._jurisdictions.for_region(subject.region_code)
        lists, _ = await self._lists.list_newest(jurisdiction=home.id if home else None, limit=MOST)
        return tuple(
            (one, entry)
            for one in lists
            if isinstance(one, NameList)
            for entry in one.current
            if "".join(entry.title.split()) == subject.name
        )


def _together(found: Iterable[AnyDossier], also: Iterable[AnyDossier]) -> list[AnyDossier]:
    """Each once, newest first."""
    by_id = {one.id: one for one in (*found, *also)}
    return sorted(by_id.values(), key=lambda one: one.opened_at, reverse=True)
