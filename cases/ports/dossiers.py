"""Where the objects of the integrity side are kept: one document each, whatever their kind.

As in `cases/ports/cases.py`: every method may raise StorageUnavailable.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, NamedTuple, Protocol

from cases.integrity.breaches.record_model import BreachRecord, Sharing
from cases.integrity.spine.dossier import AnyDossier
from cases.integrity.spine.standing import Sight
from cases.integrity.spine.vocabulary import Kind
from cases.people import Role
from cases.records import FreeText, Record
from classify.types import Domain


@dataclass(frozen=True, slots=True)
class DossierFilter:
    """All given conditions hold together."""

    kinds: frozenset[Kind] | None = None
    statuses: frozenset[str] | None = None
    open_only: bool = False
    waits_for: Role | None = None
    """It stands where a move of this role would bring it on."""
    keeper: str | None = None
    jurisdiction: str | None = None
    body: str | None = None
    """A key of its subject (`Subject.keys`)."""
    region_prefix: str | None = None
    domain: Domain | None = None
    year: int | None = None
    """In which it was opened (in China)."""
    about: str | None = None
    due_before: datetime | None = None
    sources: frozenset[str] | None = None
    """Keyed references to source cases."""
    words: str | None = None
    """Number or name of the subject; answered through an index."""
    public: bool = False
    """Only what everybody may read."""


class BodyRecords(NamedTuple):
    """Records of one body in one domain."""

    body: str
    """The best key of it (`Subject.keys`)."""
    name: str
    domain: Domain | None
    number: int


@dataclass(frozen=True, slots=True)
class Tally:
    """Objects counted over some days, officials' archives aside."""

    overdue: int
    """Orders whose time is over, now."""
    reached: Mapping[tuple[Kind, str], int]
    """How many orders, records, objections and evaluations reached each status."""
    records: tuple[BodyRecords, ...]
    """By the day of the finding; those that stand, were repaired or have run out."""
    to_record: Mapping[int, int]
    """Days from breach to finding, of those that say when the breach was; and how often."""
    to_repair: Mapping[int, int]
    """Days from finding to repair, of what was repaired in these days."""


class DossierOrder(StrEnum):
    DUE = "due"
    """What is due first, first; what has no date, last."""
    NEWEST = "newest"
    CHANGED = "changed"
    """What changed last, first: for feeds."""


@dataclass(frozen=True, slots=True)
class FoundDossiers:
    dossiers: tuple[AnyDossier, ...]
    next_cursor: str | None


class DossierStore(Protocol):
    async def insert(self, dossier: AnyDossier) -> AnyDossier:
        """Store a new object; one with the same filing_key is returned instead of stored twice.

        Raises DossierNumberTaken when the number belongs to another, ClaimedAlready.
        """

    async def find_claimed(self, dossier: AnyDossier) -> str | None:
        """The id of another object that has one of its claims already."""

    async def find(self, id: str) -> AnyDossier | None: ...
    async def save(
        self, changed: Sequence[tuple[AnyDossier, int]], opened: Sequence[AnyDossier] = ()
    ) -> tuple[AnyDossier, ...] | None:
        """Replace each whose stored version is the expected one, and insert what was opened: all or nothing.

        The objects as stored, in the same order; None when one of them is stale.
        Raises DossierNumberTaken when the number of one that was opened belongs to another, ClaimedAlready.
        """

    async def family(self, dossier: AnyDossier) -> Sequence[AnyDossier]:
        """What it belongs to, and everything that belongs to the same or to itself; not itself."""

    async def list_dossiers(
        self,
        sight: Sight,
        where: DossierFilter,
        *,
        order: DossierOrder = DossierOrder.DUE,
        limit: int = 50,
        cursor: str | None = None,
    ) -> FoundDossiers: ...

    async def count(self, sight: Sight, where: DossierFilter) -> int: ...
    async def tally(self, sight: Sight, where: DossierFilter, since: date, until: date) -> Tally:
        """Figures of what is seen, from the day `since` to the one before `until`; no word is opened."""

    def iterate(self, sight: Sight, where: DossierFilter) -> AsyncIterator[AnyDossier]:
        """All matching objects in constant memory, newest first."""

    def iterate_fields(
        self, where: DossierFilter, fields: Sequence[str], days: Mapping[Kind, str], since: date, until: date
    ) -> AsyncIterator[Mapping[str, Any]]:
        """`id` and these fields of each matching object as they are stored, for counting alone.

        Of the kinds in `days`, those whose field of that name lies from `since` to the day before `until`.
        Days are ISO texts; what is sealed stays sealed, so ask for plain fields.
        """

    async def list_waking(self, before: datetime, limit: int) -> Sequence[AnyDossier]:
        """Those that time changes by itself, and whose instant lies before this one."""

    async def list_unsettled(self, limit: int) -> Sequence[BreachRecord]:
        """Records whose newest revision the level above has not answered, oldest first."""

    def iterate_shared(self) -> AsyncIterator[BreachRecord]:
        """Every record that travels upward, in constant memory."""

    async def mark_sharing(self, id: str, sharing: Sharing) -> None:
        """Where this revision is on its way; nothing when the record has another one by now.

        No change of the record: its version stays. Overwritten by a move at the same time, it is sent again.
        """

    async def list_notifying(self, limit: int) -> Sequence[AnyDossier]: ...
    async def drop_notifications(self, id: str, ids: Sequence[str]) -> None: ...
    async def next_serial(self, kind: Kind, keeper: str, year: int) -> int:
        """The next number of a document of this kind, keeper and year, starting at 1."""


class Source(Record):
    """Whence an object came."""

    reference: str
    number: FreeText
    """Of the case; sealed."""


class SourceStore(Protocol):
    """Which case a keyed reference means: apart from the objects, as reporters are apart from cases."""

    async def remember(self, source: Source) -> None: ...
    async def resolve(self, reference: str) -> str | None:
        """The number of the case."""


class DossierNumberTaken(Exception):
    """The number is used by another object."""


class ClaimedAlready(Exception):
    """What only one standing object may have (`Dossier.claims`) belongs to the one with this id."""

    def __init__(self, id: str) -> None:
        super().__init__(id)
        self.id = id
