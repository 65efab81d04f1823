"""What a jurisdiction is made of: departments, who leads which domain, which mechanisms exist.

Shapes only. Names stand exactly as in the source they claim; `source` says which that is.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from cases.rules.laws import PETITIONS
from cases.words import DOMAIN_NAMES
from classify.types import AdminLevel, Domain

RANK: dict[AdminLevel, int] = {level: rank for rank, level in enumerate(reversed(AdminLevel))}
"""How high a level stands; a village lowest, with 0."""

PREFECTURE = "prefecture"
"""Stands for the local government one level below the jurisdiction, as 各市州政府 does."""


class Source(StrEnum):
    """Where the name of a department or of a lead comes from."""

    DOCUMENT = "document"
    DEPLOYMENT = "deployment"
    LAW = "law"
    REGION_CODES = "region_codes"


class Division(StrEnum):
    """How a document divides the work of a domain. joint: no lead is named; the first unit counts as one."""

    LEAD = "lead"
    JOINT = "joint"


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Counter(_Frozen):
    """Where people may come or call, for those who do not write: an address or a phone at least."""

    address: str = ""
    hours: str = ""
    phone: str = Field(default="", pattern=r"^$|^[\d+(][\d\-+() ]{2,}(?:转\d+)?$")
    source: str = ""
    """What says that it is so; a pack must give it, what a deployment sets rests on its own word."""

    @model_validator(mode="after")
    def _reached(self) -> Self:
        if not (self.address.strip() or self.phone):
            raise ValueError("要有address或者phone，否则没有人找得到")
        return self

    @property
    def words(self) -> str:
        """On one line, such as 西宁市某路1号，工作日9:00至17:00，电话0971-0000000."""
        return "，".join(filter(None, (self.address, self.hours, self.phone and f"电话{self.phone}")))


class Department(_Frozen):
    """A body that can hold cases, lead a domain or be the one complained about."""

    id: str
    """Region code and name, such as 630000:省财政厅."""
    name: str
    """As in the document (or the deployment's file)."""
    full_name: str
    """With its place, such as 青海省财政厅."""
    current_name: str | None = None
    """What it is called since a reorganisation."""
    verified: bool = False
    """Whether the rename was checked; an unchecked one is used for conflicts, never shown as fact."""
    superior: str | None = None
    level: AdminLevel
    region_code: str
    aliases: tuple[str, ...] = ()
    section: str | None = None
    """Where the document names it; None when no document does."""
    source: Source
    note: str = ""
    counter: Counter | None = None

    @property
    def title(self) -> str:
        """Full name, with the checked present name."""
        if self.current_name and self.verified:
            return f"{self.full_name}（现{self.current_name}）"
        return self.full_name

    @property
    def all_names(self) -> tuple[str, ...]:
        names = (self.name, self.full_name, self.current_name or "", *self.aliases)
        return tuple(dict.fromkeys(filter(None, names)))


class DomainRule(_Frozen):
    """Who is responsible for a domain."""

    label: str
    """What the document calls the domain."""
    lead: str
    """Department id, or PREFECTURE."""
    participants: tuple[str, ...] = ()
    section: str | None = None
    printed: str = ""
    """The document's own words about the domain."""
    source: Source
    """Who named the lead. LAW: nobody did, so the coordinator answers for it."""


class Mechanism(_Frozen):
    """Something the document sets up, such as 异议 or 监测预警."""

    label: str
    section: str
    detail: str = ""
    procedure: bool = True
    """Whether the document says how; one that is only named is no mechanism to work with."""
    departments: tuple[str, ...] = ()
    """Ids of those the document names for it."""


class ReviewEnd(_Frozen):
    """The highest level at which an opinion is reviewed, and where that is said."""

    level: AdminLevel
    source: str


class Jurisdiction(_Frozen):
    """One document and the area it covers."""

    id: str
    name: str
    level: AdminLevel
    document: str
    document_number: str | None = None
    issued_on: date | None = None
    region_codes: tuple[str, ...]
    government: str
    """Id of the government of the area."""
    departments: tuple[Department, ...]
    """Its own departments and the local governments below it."""
    domains: Mapping[Domain, DomainRule]
    merged: Mapping[str, tuple[Domain, ...]] = {}
    """Name of a merged domain and what it holds (惠城: 公共资源交易)."""
    topics: tuple[str, ...] = ()
    """Fields of the document that are topics of `general` (哈尔滨)."""
    coordinator: str
    coordinator_section: str | None = None
    record_keeper: str
    objections: tuple[str, ...]
    objections_section: str | None = None
    publication_site: str
    review_ends: ReviewEnd = ReviewEnd(level=AdminLevel.NATIONAL, source=PETITIONS.cite("第三十六条"))
    mechanisms: Mapping[str, Mechanism] = {}
    departments_from: Literal[Source.DOCUMENT, Source.DEPLOYMENT]
    division: Division = Division.LEAD
    local_governments: Mapping[str, str] = {}
    """Region code of each area below → id of its government."""
    above: tuple[str, ...] = ()
    """Ids of the governments above, nearest first."""
    counter: Counter | None = None

    @property
    def leads(self) -> tuple[str, ...]:
        """Ids of those to whom cases go first: the leads of the domains, then the coordinator."""
        named = [rule.lead for rule in self.domains.values() if rule.lead != PREFECTURE]
        return tuple(dict.fromkeys((*named, self.coordinator)))

    @property
    def citation(self) -> str:
        """《document》（number）."""
        return f"《{self.document}》" + (f"（{self.document_number}）" if self.document_number else "")

    def label(self, domain: Domain) -> str:
        rule = self.domains.get(domain)
        return rule.label if rule else DOMAIN_NAMES[domain]

    def local_government(self, region_code: str) -> str | None:
        """Id of the local government below the jurisdiction that covers this place."""
        return most_specific(region_code, self.local_governments)


def trim(code: str) -> str:
    """A region code without the pairs of zeros that only fill it up: 630100 → 6301."""
    head = code[:6]
    while head.endswith("00"):
        head = head[:-2]
    return head + code[6:] if len(head) == 6 else head


def covers(outer: str, inner: str) -> bool:
    """Whether the area of one region code holds that of another, or is it."""
    return inner.startswith(trim(outer))


def most_specific(region_code: str, by_code: Mapping[str, str]) -> str | None:
    """The value of the longest code that covers the place: of several it is the greatest."""
    hits = [code for code in by_code if covers(code, region_code)]
    return by_code[max(hits)] if hits else None
