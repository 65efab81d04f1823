"""Reads the jurisdiction packs and the deployment's own departments, and checks that they fit together.

Every fault is a `BadPack` whose text names the file, the entry and the way out. Nothing here decides
where a case goes.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from cases.rules.departments import (
    PREFECTURE,
    Department,
    DomainRule,
    Jurisdiction,
    Mechanism,
    ReviewEnd,
    Source,
)
from cases.rules.laws import NOT_TO_THE_ACCUSED, cite
from cases.rules.pack_schema import (
    DepartmentEntry,
    Deployment,
    DomainEntry,
    MechanismEntry,
    NeutralDesk,
    Pack,
    PackPart,
    ReviewEndEntry,
)
from cases.words import DOMAIN_NAMES
from classify.types import AdminLevel, Domain

PACKS = Path(__file__).parent / "packs"
EXAMPLE_DEPLOYMENT = Path(__file__).parent / "departments.example.toml"

NEUTRAL = "neutral"
"""The section of the deployment's file that is no jurisdiction's."""

NATIONAL = (
    Department(
        id="000000:国务院办公厅",
        name="国务院办公厅",
        full_name="国务院办公厅",
        level=AdminLevel.NATIONAL,
        region_code="000000",
        aliases=("国务院", "国办", "中华人民共和国国务院"),
        source=Source.LAW,
        note=f"省级人民政府为被投诉主体时的上级（{NOT_TO_THE_ACCUSED.name}）",
    ),
    Department(
        id="000000:国家信访局",
        name="国家信访局",
        full_name="国家信访局",
        level=AdminLevel.NATIONAL,
        region_code="000000",
        source=Source.LAW,
        note="省级以上机关为被投诉主体时的去向",
    ),
)
"""Where a case goes when nobody in the province is above the accused body."""

_BELOW: dict[AdminLevel, AdminLevel] = {
    AdminLevel.PROVINCE: AdminLevel.PREFECTURE,
    AdminLevel.PREFECTURE: AdminLevel.COUNTY,
    AdminLevel.COUNTY: AdminLevel.TOWNSHIP,
}


class BadPack(ValueError):
    """A jurisdiction file cannot be used; the text says where and why."""


def read_packs(
    only: Iterable[str] | None, overrides: Path | None, folder: Path = PACKS, own: Path | None = None
) -> tuple[list[Jurisdiction], list[Department], dict[str, str]]:
    """Jurisdictions in the order asked for (else the packs' own), other bodies, names of all places.

    `own`: the deployment's folder of packs. Without `only` these alone are served; a pack of the same name
    as one that comes along takes its place.
    """
    files = {path.stem: path for place in (folder, own) if place for path in sorted(place.glob("*.toml"))}
    packs = {id: _parse(Pack, _toml(path), path.name) for id, path in files.items()}
    if only is None:
        served = [id for id, path in files.items() if own is None or path.parent == own]
        only = sorted(served, key=lambda id: packs[id].order)
    wanted = list(dict.fromkeys(only))
    if not wanted:
        raise BadPack(f"{own or folder} holds no jurisdiction")
    if unknown := [id for id in wanted if id not in packs]:
        raise BadPack(f"unknown jurisdiction {', '.join(unknown)}; there are {', '.join(packs)}")
    file = overrides or EXAMPLE_DEPLOYMENT
    sections = {id: raw for id, raw in _toml(file).items() if id != NEUTRAL}
    deployments = {id: _parse(Deployment, raw, f"{file.name} [{id}]") for id, raw in sections.items()}
    if strangers := sorted(set(deployments) - set(packs)):
        raise BadPack(f"{file.name}: no jurisdiction is called {', '.join(strangers)}")
    builders = [_Builder(packs[id], deployments.get(id, Deployment())) for id in wanted]
    places = {code: name for builder in builders for code, name in builder.places.items()}
    beside = [*NATIONAL, *(d for builder in builders for d in builder.beside.values())]
    return [builder.build() for builder in builders], beside, places


def read_neutral(overrides: Path | None) -> tuple[Department, bool] | None:
    """The neutral desk of the deployment's file, and whether it also registers what happened elsewhere."""
    file = overrides or EXAMPLE_DEPLOYMENT
    raw = _toml(file).get(NEUTRAL)
    if raw is None:
        return None
    desk = _parse(NeutralDesk, raw, f"{file.name} [{NEUTRAL}]")
    made = Department(
        id=f"000000:{desk.name}",
        name=desk.name,
        full_name=desk.name,
        level=AdminLevel.NATIONAL,
        region_code="000000",
        source=Source.DEPLOYMENT,
        note=desk.note,
        counter=desk.counter,
    )
    return made, desk.elsewhere


class _Builder:
    """Turns one pack and its deployment into a Jurisdiction, resolving names to ids."""

    def __init__(self, pack: Pack, deployment: Deployment) -> None:
        self._pack = pack
        self._deployment = deployment
        self._place = pack.place or pack.name
        self.places = {pack.region_code: self._place, **pack.above, **pack.neighbours, **pack.local_places}
        self.beside: dict[str, Department] = {}
        above = self._make_above()
        self._above = tuple(above)
        superior = self._above[0] if self._above else NATIONAL[0].id
        self._government = self._make_government(superior)
        self._make_neighbours(superior)
        self._locals = self._make_locals()
        self._own = self._make_own()
        self._by_name = {d.name: d.id for d in (self._government, *self._locals.values(), *self._own)}

    def build(self) -> Jurisdiction:
        pack, mine = self._pack, self._deployment
        coordinator = mine.coordinator or pack.coordinator
        if coordinator is None:
            raise BadPack(
                f"{pack.name}: its document names no department, so the deployment's file must have "
                f"[{pack.id}] with a coordinator"
            )
        keeper = mine.record_keeper or pack.record_keeper or coordinator
        return Jurisdiction(
            id=pack.id,
            name=pack.name,
            level=pack.level,
            document=pack.document,
            document_number=pack.document_number,
            issued_on=pack.issued_on,
            region_codes=(pack.region_code,),
            government=self._government.id,
            departments=(self._government, *self._own, *self._locals.values()),
            domains=self._rules(coordinator),
            merged=pack.merged,
            topics=pack.topics,
            coordinator=self._id(coordinator),
            coordinator_section=None if mine.coordinator else pack.coordinator_section,
            record_keeper=self._id(keeper),
            objections=tuple(self._id(name) for name in mine.objections or pack.objections or (keeper,)),
            objections_section=None if mine.objections else pack.objections_section,
            publication_site=pack.publication_site,
            review_ends=_review_end(mine.review_ends or pack.review_ends),
            mechanisms={key: self._mechanism(entry) for key, entry in pack.mechanisms.items()},
            departments_from=pack.departments_from,
            division=pack.division,
            local_governments={code: d.id for code, d in self._locals.items()},
            above=self._above,
            counter=mine.counter or pack.counter,
        )

    def _make_above(self) -> list[str]:
        """Governments above, nearest first, each the superior of the one before."""
        codes = sorted(self._pack.above, key=lambda code: len(code.rstrip("0")), reverse=True)
        ids = [_government_id(code, self._pack.above[code]) for code in codes]
        for code, id, superior in zip(codes, ids, [*ids[1:], NATIONAL[0].id], strict=False):
            level = AdminLevel.PROVINCE if code.endswith("0000") else AdminLevel.PREFECTURE
            self.beside[id] = _government(code, self._pack.above[code], level, superior)
        return ids

    def _make_government(self, superior: str) -> Department:
        made = _government(self._pack.region_code, self._place, self._pack.level, superior)
        if self._pack.government_section is None:
            return made
        return made.model_copy(update={"source": Source.DOCUMENT, "section": self._pack.government_section})

    def _make_neighbours(self, superior: str) -> None:
        for code, name in self._pack.neighbours.items():
            made = _government(code, name, self._pack.level, superior)
            self.beside[made.id] = made

    def _make_locals(self) -> dict[str, Department]:
        level = _BELOW[self._pack.level]
        return {
            code: _government(code, name, level, self._government.id)
            for code, name in self._pack.local_places.items()
        }

    def _make_own(self) -> list[Department]:
        made = [self._department(entry, Source.DOCUMENT) for entry in self._pack.departments]
        made += [self._department(entry, Source.DEPLOYMENT) for entry in self._deployment.departments]
        names = [department.name for department in made]
        if twice := {name for name in names if names.count(name) > 1}:
            raise BadPack(f"{self._pack.name}: {', '.join(sorted(twice))} is given twice")
        ids = {department.name: department.id for department in made}
        return [self._under(department, ids) for department in made]

    def _department(self, entry: DepartmentEntry, source: Source) -> Department:
        if (entry.section is not None) != (source is Source.DOCUMENT):
            raise BadPack(
                f"{self._pack.name}: {entry.name}: a section belongs to names from the document only"
            )
        return Department(
            id=f"{self._pack.region_code}:{entry.name}",
            name=entry.name,
            full_name=entry.full_name or _full_name(self._place, entry.name),
            current_name=entry.current_name,
            verified=entry.verified,
            superior=self._government.id if entry.superior is None else entry.superior or None,
            level=self._pack.level,
            region_code=self._pack.region_code,
            aliases=entry.aliases,
            section=entry.section,
            source=source,
            note=entry.note,
            counter=entry.counter,
        )

    def _under(self, department: Department, ids: Mapping[str, str]) -> Department:
        superior = department.superior
        if superior is None or ":" in superior:
            return department
        if superior not in ids:
            raise BadPack(f"{self._pack.name}: {department.name}: superior {superior} is not listed")
        return department.model_copy(update={"superior": ids[superior]})

    def _rules(self, coordinator: str) -> dict[Domain, DomainRule]:
        return {domain: self._rule(domain, coordinator) for domain in Domain if domain.in_scope}

    def _rule(self, domain: Domain, coordinator: str) -> DomainRule:
        printed = self._pack.domains.get(domain, DomainEntry())
        mine = self._deployment.domains.get(domain)
        named = mine if mine is not None and mine.lead else printed
        source = Source.DEPLOYMENT if named is mine else Source.DOCUMENT
        if named.lead is None:
            source = Source.LAW
        lead = named.lead or coordinator
        return DomainRule(
            label=(mine and mine.label) or printed.label or DOMAIN_NAMES[domain],
            lead=self._id(lead),
            participants=tuple(self._id(name) for name in named.participants if name != lead),
            section=printed.section,
            printed=printed.printed,
            source=source,
        )

    def _mechanism(self, entry: MechanismEntry) -> Mechanism:
        return Mechanism(
            label=entry.label,
            section=entry.section,
            detail=entry.detail,
            procedure=entry.procedure,
            departments=tuple(self._id(name) for name in entry.departments),
        )

    def _id(self, name: str) -> str:
        if name == PREFECTURE:
            return name
        if name not in self._by_name:
            raise BadPack(f"{self._pack.name}: {name} is not among the departments")
        return self._by_name[name]


def _government(code: str, place: str, level: AdminLevel, superior: str) -> Department:
    name = government_name(place)
    return Department(
        id=f"{code}:{name}",
        name=name,
        full_name=name,
        superior=superior,
        level=level,
        region_code=code,
        source=Source.REGION_CODES,
    )


def _government_id(code: str, place: str) -> str:
    return f"{code}:{government_name(place)}"


def government_name(place: str) -> str:
    """What the government of a place is called: 行政公署 in a 地区, 办事处 in a street."""
    if place.endswith("地区"):
        return f"{place}行政公署"
    return f"{place}办事处" if place.endswith("街道") else f"{place}人民政府"


def _full_name(place: str, name: str) -> str:
    """省财政厅 of 青海省 is 青海省财政厅; a name that does not begin with the level stays as it is."""
    return place + name[1:] if name[0] == place[-1] else name


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise BadPack(f"{path} cannot be read: {error.strerror}") from error
    except tomllib.TOMLDecodeError as error:
        raise BadPack(f"{path}: {error}") from error


E = TypeVar("E", bound=PackPart)


def _parse(model: type[E], raw: Any, where: str) -> E:
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        first = error.errors()[0]
        raise BadPack(f"{where}: {'.'.join(map(str, first['loc']))}: {first['msg']}") from error


def _review_end(entry: ReviewEndEntry) -> ReviewEnd:
    return ReviewEnd(level=entry.level, source=cite(entry.source))
