"""The shape of a pack file and of a deployment's own departments, as written by hand."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from cases.rules.departments import Counter, Division, Source
from classify.types import AdminLevel, Domain


class PackPart(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class DepartmentEntry(PackPart):
    name: str
    full_name: str | None = None
    section: str | None = None
    superior: str | None = None
    current_name: str | None = None
    verified: bool = False
    aliases: tuple[str, ...] = ()
    note: str = ""
    counter: Counter | None = None


class DomainEntry(PackPart):
    label: str | None = None
    section: str | None = None
    printed: str = ""
    lead: str | None = None
    participants: tuple[str, ...] = ()


class MechanismEntry(PackPart):
    label: str
    section: str
    detail: str = ""
    procedure: bool = True
    departments: tuple[str, ...] = ()


class ReviewEndEntry(PackPart):
    """Up to which level reviews are asked for here, and the rule that says so (see `laws.cite`)."""

    level: AdminLevel
    source: str = Field(min_length=1)


class Pack(PackPart):
    id: str
    order: int
    """Where it stands in lists; the first one triages what comes from nowhere known."""
    name: str
    place: str | None = None
    level: AdminLevel
    region_code: str
    document: str
    document_number: str | None = None
    issued_on: date | None = None
    departments_from: Literal[Source.DOCUMENT, Source.DEPLOYMENT]
    division: Division = Division.LEAD
    government_section: str | None = None
    """Where the document names the government; None when it does not."""
    coordinator: str | None = None
    coordinator_section: str | None = None
    record_keeper: str | None = None
    objections: tuple[str, ...] = ()
    objections_section: str | None = None
    publication_site: str
    counter: Counter | None = None
    review_ends: ReviewEndEntry = ReviewEndEntry(level=AdminLevel.NATIONAL, source="petitions 第三十六条")
    local_phrase: str = ""
    topics: tuple[str, ...] = ()
    topics_section: str | None = None
    merged: dict[str, tuple[Domain, ...]] = {}
    above: dict[str, str] = {}
    neighbours: dict[str, str] = {}
    local_places: dict[str, str] = {}
    departments: tuple[DepartmentEntry, ...] = ()
    domains: dict[Domain, DomainEntry] = {}
    mechanisms: dict[str, MechanismEntry] = {}


class Deployment(PackPart):
    """What a deployment may add to one jurisdiction."""

    coordinator: str | None = None
    counter: Counter | None = None
    record_keeper: str | None = None
    objections: tuple[str, ...] = ()
    review_ends: ReviewEndEntry | None = None
    departments: tuple[DepartmentEntry, ...] = ()
    domains: dict[Domain, DomainEntry] = {}


class NeutralDesk(PackPart):
    """`[neutral]` in the deployment's file: sorts what comes from nowhere known, in nobody's name."""

    name: str = Field(min_length=2)
    elsewhere: bool = False
    """Also registers, for the record only, what happened outside every jurisdiction served."""
    counter: Counter | None = None
    note: str = ""
