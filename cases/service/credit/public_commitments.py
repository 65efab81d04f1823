"""The register of promises as everybody reads it: who promised what, to whom, by when, what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from cases.integrity.books import book
from cases.integrity.registers.commitment_model import Commitment, CommitmentStatus
from cases.integrity.registers.promises_meant import Meant, meant_by
from cases.integrity.spine.vocabulary import Kind
from cases.model import Complaint
from cases.ports.dossiers import DossierStore
from cases.service.credit.public_objects import PublicObjects
from classify.types import Domain

MOST_BODIES = 3
MOST_PROMISES = 300
"""Of one body, the newest, among which the one that is meant is looked for."""


@dataclass(frozen=True, slots=True)
class Promise:
    """One promise as it is public: whitelisted field by field, and nothing of a person."""

    id: str
    status: CommitmentStatus
    status_name: str
    body: str
    body_key: str
    """See `Subject.keys`."""
    code: str | None
    region_code: str
    domain: Domain | None
    matter: str
    for_whom: str
    result: str
    due_on: date
    post: str
    document: str
    amount_yuan: int | None
    published_on: date | None
    kept_on: date | None
    explanation: str
    change: str
    compensation: str


class PublicCommitments:
    """Found by anybody; asks the store for public objects only."""

    def __init__(self, dossiers: DossierStore) -> None:
        self._register = PublicObjects(dossiers, Kind.COMMITMENT)

    async def find(self, id: str) -> Promise:
        """Raises NotFound."""
        return promise_of(await self._register.find(id))

    async def meant_by(self, complaint: Complaint) -> tuple[Meant, ...]:
        """The public promises of the accused bodies that the complaint may be about, at most three."""
        found: dict[str, Commitment] = {}
        for body in complaint.accused[:MOST_BODIES]:
            dossiers, _ = await self._register.list_newest(
                body=body.department,
                words=None if body.department else body.name,
                limit=MOST_PROMISES,
            )
            found |= {one.id: one for one in dossiers if isinstance(one, Commitment)}
        return meant_by(complaint, found.values())

    async def list_promises(
        self,
        *,
        words: str | None = None,
        region: str | None = None,
        domain: Domain | None = None,
        status: CommitmentStatus | None = None,
        cursor: str | None = None,
    ) -> tuple[tuple[Promise, ...], str | None]:
        """Newest first, with the cursor of the next page. Raises InvalidInput for a strange cursor."""
        dossiers, more = await self._register.list_newest(
            words=words, region=region, domain=domain, status=status, cursor=cursor
        )
        return tuple(map(promise_of, dossiers)), more


def promise_of(dossier: Any) -> Promise:
    """What is public of a public one."""
    return Promise(
        id=dossier.id,
        status=dossier.status,
        status_name=book(dossier.kind).statuses[dossier.status],
        body=dossier.subject.name,
        body_key=dossier.subject.keys[0],
        code=dossier.subject.code,
        region_code=dossier.subject.region_code,
        domain=dossier.domain,
        matter=dossier.matter,
        for_whom=dossier.for_whom,
        result=dossier.result,
        due_on=dossier.due_on,
        post=dossier.post,
        document=dossier.document,
        amount_yuan=dossier.amount_yuan,
        published_on=dossier.published_on,
        kept_on=dossier.kept_on,
        explanation=dossier.explanation or "",
        change=dossier.change or "",
        compensation=dossier.compensation or "",
    )
