"""What every object of the integrity side carries, whatever its table: subject, keeper, source, clocks.

It keeps no word of a complaint: the source case is a keyed reference, which only the service can resolve.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Any, Generic, TypeVar

from cases.instants import Instant
from cases.integrity.spine.vocabulary import BodyKind, Kind
from cases.model import Accused, Notification
from cases.records import Record
from cases.timed import Timed
from classify.types import AdminLevel, Domain

M = TypeVar("M", bound=StrEnum)
S = TypeVar("S", bound=StrEnum)


class Subject(Record):
    """被记录单位: the body an object is about."""

    name: str
    code: str | None = None
    """统一社会信用代码; villages and internal units may have none."""
    department: str | None = None
    """Id of the department it is, if it is one of ours: its representatives have their accounts there."""
    kind: BodyKind = BodyKind.DEPARTMENT
    level: AdminLevel | None = None
    region_code: str
    region_name: str = ""
    whole_area: bool = False
    """The jurisdiction itself: it is about nobody's conduct, and nobody is concerned."""

    @property
    def keys(self) -> tuple[str, ...]:
        """By each of these it is found, the best first; a village has but its place and name."""
        if self.whole_area:
            return ()
        return tuple(filter(None, (self.department, self.code, f"{self.region_code}:{self.name}")))

    @property
    def bodies(self) -> tuple[Accused, ...]:
        """As the rule of conflicts asks for it."""
        if self.whole_area:
            return ()
        return (Accused(name=self.name, level=self.level, department=self.department),)


class Dossier(Timed[M, S], Generic[M, S]):
    """One object on its way: an order, a record, a publication."""

    id: str
    kind: Kind
    filing_key: str
    """Unique per wish, so that opening twice is opening once."""
    opened_at: Instant
    jurisdiction: str
    subject: Subject
    keeper: str
    """Id of the department that keeps it and decides."""
    keeper_name: str
    about: str | None = None
    """Id of the object it belongs to: a publication to its record, a record to the order it came from."""
    source: str | None = None
    """Keyed reference to the case it came from; None without a complaint."""
    domain: Domain | None = None
    barred: tuple[str, ...] = ()
    """Ids of the departments that may not decide: the subject and all below it."""
    named: tuple[str, ...] = ()
    """Ids of the staff who were named in the source case when it was opened."""
    person: str | None = None
    """Staff id of the official it is about; such an object lies in the sealed archive."""
    assignee: str | None = None
    """Staff id of whoever is to do it: a watcher's task."""
    sealed: bool = False
    """Of an official: seen by who keeps it, the person and the auditor only, and never public."""
    notifications: tuple[Notification, ...] = ()

    @property
    def for_everybody(self) -> bool:
        """Whether it may be public at all, once it stands where it may."""
        return not self.sealed

    @property
    def claims(self) -> Iterable[str]:
        """What no other standing object may have too, such as the document a record rests on."""
        return ()


AnyDossier = Dossier[Any, Any]
D = TypeVar("D", bound=AnyDossier)
