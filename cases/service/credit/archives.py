"""诚信档案 of a body, and the sealed ones of officials: all on record that this person may see, good and bad.

A look is on record, and so is taking it out; what is taken out says who took it and when. Of officials
nothing is taken out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from cases.errors import InvalidInput, NotFound, Reason
from cases.integrity.breaches.record_model import BreachRecord
from cases.integrity.spine.dossier import AnyDossier
from cases.integrity.spine.mechanisms import ABSENT
from cases.integrity.spine.vocabulary import Kind
from cases.people import Actor, Role
from cases.ports.audit import AuditAction, AuditEntry, AuditStore
from cases.ports.dossiers import DossierFilter, DossierOrder
from cases.rules.jurisdictions import Jurisdictions
from cases.service.credit.integrity import Integrity

ARCHIVED = (
    Kind.HONOUR,
    Kind.RECORD,
    Kind.ORDER,
    Kind.SANCTION,
    Kind.EXPOSURE,
    Kind.COMMITMENT,
    Kind.DISCLOSURE,
    Kind.MOTION,
    Kind.EVALUATION,
)
"""In the order of the archive."""
OF_RECORDS = (Kind.SANCTION, Kind.OBJECTION, Kind.REPAIR)
"""What belongs to a record, and is sealed with it."""
MOST = 500
"""Newest objects of each kind; `more` says when there are others."""
NO_SUCH_BODY = Reason("no-such-body-archive", "没有找到这个单位。请写全称，或者写统一社会信用代码。")


@dataclass(frozen=True, slots=True)
class Archive:
    body: str
    parts: tuple[tuple[Kind, tuple[AnyDossier, ...], bool], ...]
    """Per kind its objects, newest first, and whether there are more."""

    def __len__(self) -> int:
        return sum(len(found) for _, found, _ in self.parts)


@dataclass(frozen=True, slots=True)
class OfficialArchive:
    """One record of an official, and what belongs to it."""

    record: BreachRecord
    related: tuple[AnyDossier, ...]


class Archives:
    def __init__(
        self,
        integrity: Integrity,
        audit: AuditStore,
        jurisdictions: Jurisdictions,
        now: Callable[[], datetime],
    ) -> None:
        self._integrity = integrity
        self._audit = audit
        self._jurisdictions = jurisdictions
        self._now = now

    async def of(self, asked: str, actor: Actor) -> Archive:
        """By the body's id, name or 统一社会信用代码; the representative of a body has the own one only.

        Raises NotFound where no document has archives, InvalidInput for no body that is known.
        """
        own = self._jurisdictions.find_by_id(actor.department) if actor.department else None
        home = self._jurisdictions.jurisdiction_of(own.id) if own else None
        if home is None or "archive" not in home.mechanisms:
            raise NotFound(ABSENT)
        if actor.has(Role.SUBJECT) and own is not None:
            return await self._gather(own.full_name, DossierFilter(body=own.id), actor)
        words = asked.strip()
        found = self._jurisdictions.find_by_id(words)
        if found is None:
            matched = self._jurisdictions.find_department(words, home.id)
            found = matched[0] if matched else None
        if found is not None:
            return await self._gather(found.full_name, DossierFilter(body=found.id), actor)
        if len(words) == 18 and words.isalnum():
            return await self._gather(words, DossierFilter(body=words.upper()), actor)
        archive = await self._gather(words, DossierFilter(words=words), actor)
        if not len(archive):
            raise InvalidInput(NO_SUCH_BODY)
        return archive

    async def _gather(self, body: str, where: DossierFilter, actor: Actor) -> Archive:
        parts = []
        for kind in ARCHIVED:
            asked = DossierFilter(kinds=frozenset({kind}), body=where.body, words=where.words)
            page = await self._integrity.list_dossiers(actor, asked, order=DossierOrder.NEWEST, limit=MOST)
            found = tuple(one for one in page.dossiers if not one.sealed)
            if found:
                parts.append((kind, found, page.next_cursor is not None))
        return Archive(body, tuple(parts))

    async def of_officials(self, actor: Actor) -> tuple[OfficialArchive, ...]:
        """Newest first: for registrars of their area, for auditors everywhere, for anybody else the own one.

        Whoever looks at somebody else's is put on record.
        """
        records = await self._sealed(actor, Kind.RECORD)
        rest = [one for kind in OF_RECORDS for one in await self._sealed(actor, kind)]
        found = tuple(
            OfficialArchive(record, tuple(one for one in rest if one.about == record.id))
            for record in records
            if isinstance(record, BreachRecord)
        )
        if any(one.record.person != actor.id for one in found):
            await self._note(AuditAction.ARCHIVE_READ, "公职人员", len(found), actor)
        return found

    async def _sealed(self, actor: Actor, kind: Kind) -> tuple[AnyDossier, ...]:
        where = DossierFilter(kinds=frozenset({kind}))
        page = await self._integrity.list_sealed(actor, where, limit=MOST)
        return tuple(one for one in page.dossiers if one.sealed)

    async def read(self, asked: str, actor: Actor) -> Archive:
        """As `of`; a look at the archive of another body is put on record."""
        archive = await self.of(asked, actor)
        if not actor.has(Role.SUBJECT):
            await self._note(AuditAction.ARCHIVE_READ, archive.body, len(archive), actor)
        return archive

    async def _note(self, action: AuditAction, subject: str, count: int, actor: Actor) -> None:
        await self._audit.append(AuditEntry(self._now(), actor.id or "", action, subject, {"count": count}))

    async def take_out(self, archive: Archive, actor: Actor) -> str:
        """Puts it on record, and says what every sheet of it has to say: who took it out, and when."""
        at = self._now()
        await self._note(AuditAction.ARCHIVE_EXPORTED, archive.body, len(archive), actor)
        return f"{actor.name}（{actor.id}）于{at:%Y-%m-%d %H:%M} UTC导出，仅限工作使用"
