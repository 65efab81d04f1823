"""The jurisdictions in force, and the way to find one, a department, or the body a name means.

Built once at start from the packs and the deployment's file; immutable afterwards. Who gets a case is
decided in `routing.py`, not here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from cases import reasons
from cases.errors import NotFound
from cases.rules.body_names import BodyName, Places
from cases.rules.departments import (
    Department,
    Jurisdiction,
    Source,
    covers,
    most_specific,
)
from cases.rules.look_up import DepartmentIndex
from cases.rules.matching import match_score
from cases.rules.pack_files import read_neutral, read_packs
from classify.types import AdminLevel


class Jurisdictions:
    """All jurisdictions of this deployment."""

    def __init__(
        self,
        jurisdictions: Iterable[Jurisdiction],
        beside: Iterable[Department],
        places: Places,
        neutral: tuple[Department, bool] | None = None,
    ) -> None:
        self._all = tuple(jurisdictions)
        self.neutral = neutral[0] if neutral else None
        self.records_elsewhere = bool(neutral and neutral[1])
        self._by_id = {jurisdiction.id: jurisdiction for jurisdiction in self._all}
        self._by_region = {code: j.id for j in self._all for code in j.region_codes}
        self._places = places
        self._departments: dict[str, Department] = {department.id: department for department in beside}
        for jurisdiction in self._all:
            for department in jurisdiction.departments:
                self._add(department)
        self._inside = {j.id: frozenset(department.id for department in j.departments) for j in self._all}
        if self.neutral is not None:
            self._add(self.neutral)
            self._inside[self.default.id] |= {self.neutral.id}
        self._overseen: dict[str, frozenset[str]] = {}
        self._index = DepartmentIndex(self._departments.values(), places)
        self._below: dict[str, set[str]] = {id: {id} for id in self._departments}
        for department in self._departments.values():
            for superior in self.superiors(department):
                self._below[superior.id].add(department.id)
        self.meant_by = lru_cache(maxsize=4096)(self._meant_by)
        """Ids of every department that a name may mean, whatever else is known of it."""

    @classmethod
    def load(
        cls, only: list[str] | None = None, overrides: Path | None = None, own: Path | None = None
    ) -> Jurisdictions:
        """From the packs that come along and the deployment's `own`; `overrides`: its departments file."""
        jurisdictions, beside, places = read_packs(only, overrides, own=own)
        return cls(jurisdictions, beside, Places(places), read_neutral(overrides))

    def all(self) -> tuple[Jurisdiction, ...]:
        return self._all

    def is_elsewhere(self, code: str | None) -> bool:
        """The place is known, and no jurisdiction of this deployment covers it."""
        return code is not None and self.for_region(code) is None

    @property
    def default(self) -> Jurisdiction:
        """Whose triage takes cases from nowhere we know: the first one asked for."""
        return self._all[0]

    def get(self, id: str) -> Jurisdiction:
        if id not in self._by_id:
            raise NotFound(reasons.UNKNOWN_JURISDICTION, jurisdiction=id)
        return self._by_id[id]

    def for_region(self, code: str | None) -> Jurisdiction | None:
        """The most specific jurisdiction that covers the place."""
        id = most_specific(code, self._by_region) if code else None
        return self._by_id[id] if id else None

    def around(self, jurisdiction: Jurisdiction) -> Iterator[Jurisdiction]:
        """The jurisdictions whose area holds this one, closest first."""
        for id in jurisdiction.above:
            wider = self._by_region.get(id.partition(":")[0])
            if wider:
                yield self._by_id[wider]

    def departments(self) -> tuple[Department, ...]:
        """Every body known here, the governments above the jurisdictions included."""
        return tuple(self._departments.values())

    def department(self, id: str) -> Department:
        if id not in self._departments:
            raise NotFound(reasons.UNKNOWN_DEPARTMENT, department=id)
        return self._departments[id]

    def find_by_id(self, id: str) -> Department | None:
        return self._departments.get(id)

    def departments_of(self, id: str) -> frozenset[str]:
        """Ids of every body inside a jurisdiction, the local governments included."""
        return self._inside[self.get(id).id]

    def jurisdiction_of(self, department_id: str) -> Jurisdiction | None:
        """The jurisdiction a department belongs to: the one of its own area first."""
        department = self.find_by_id(department_id)
        if department is None:
            return None
        homes = [j for j in self._all if department_id in self.departments_of(j.id)]
        own = [j for j in homes if department.region_code in j.region_codes]
        return next(iter(own or homes), None)

    def overseen_by(self, department: str) -> frozenset[str]:
        """Whose cases a supervisor in this department answers for.

        At the jurisdiction's own level all of it; elsewhere the department and what is below it.
        Asked for every case of every list, so found out once.
        """
        if department not in self._overseen:
            self._overseen[department] = self._find_overseen(department)
        return self._overseen[department]

    def _find_overseen(self, department: str) -> frozenset[str]:
        home = self.jurisdiction_of(department)
        if home is not None and self.department(department).level == home.level:
            return self.departments_of(home.id)
        return self.below(department)

    def superiors(self, department: Department) -> Iterator[Department]:
        """Upwards from the department, without itself."""
        while department.superior is not None:
            department = self.department(department.superior)
            yield department

    def labels(self, departments: Iterable[Department]) -> dict[str, str]:
        """Titles by id, in this order; several of the same name with their province."""
        shown = list(departments)
        often = Counter(department.title for department in shown)
        return {d.id: d.title if often[d.title] == 1 else f"{d.title}（{self._over(d)}）" for d in shown}

    def elsewhere(self, departments: Iterable[Department], home: str | None) -> dict[str, str]:
        """For each that is not in the jurisdiction of the department `home`, the name of its own, by id."""
        own = self.jurisdiction_of(home) if home else None
        found = {d.id: self.jurisdiction_of(d.id) for d in departments}
        return {id: there.name if there else "上级机关" for id, there in found.items() if there != own}

    def _over(self, department: Department) -> str:
        """The province it lies in, else whatever stands above it."""
        line = list(self.superiors(department))
        over = next((body for body in line if body.level is AdminLevel.PROVINCE), line[0] if line else None)
        return over.full_name.removesuffix("人民政府") if over else department.region_code

    def place_name(self, code: str) -> str | None:
        return self._places.name(code)

    def read_name(self, text: str) -> BodyName:
        return self._places.read(text)

    def score(self, department: Department, name: str, level: AdminLevel | None = None) -> float:
        """How surely the name means this department, 0..100."""
        return match_score(department, name, self._places, level)

    def find_department(
        self, name: str, jurisdiction: str | None = None, region_code: str | None = None
    ) -> tuple[Department, float] | None:
        """The department a name means; None when none does or several do equally.

        A name without its place (省财政厅, 财政局) means one near the given jurisdiction or region.
        """
        home = self.get(jurisdiction) if jurisdiction else self.for_region(region_code)
        if home is not None:
            inside = {*self._inside[home.id], *home.above}
            near = self._score_all(name, (body for body in self._index.candidates(name) if body.id in inside))
            best = _best(near)
            if len(best) > 1 and region_code:
                best = [hit for hit in best if covers(hit[0].region_code, region_code)]
            if near:
                return best[0] if len(best) == 1 else None
        return self._find_anywhere(name)

    def below(self, department: str) -> frozenset[str]:
        """Ids of the department and of all below it."""
        return frozenset(self._below.get(department, ()))

    def _meant_by(self, name: str, level: AdminLevel | None = None) -> frozenset[str]:
        likely = self._index.candidates(name)
        return frozenset(department.id for department in likely if self.score(department, name, level) > 0)

    def _find_anywhere(self, name: str) -> tuple[Department, float] | None:
        written = self.read_name(name)
        if written.places and written.bare:
            return None
        hits = self._score_all(name, self._index.candidates(name))
        best = _best(hits) if written.places else hits
        return best[0] if len(best) == 1 else None

    def _score_all(self, name: str, pool: Iterable[Department]) -> list[tuple[Department, float]]:
        scored = [(department, self.score(department, name)) for department in pool]
        return [hit for hit in scored if hit[1] > 0]

    def _add(self, department: Department) -> None:
        known = self._departments.get(department.id)
        if known is None or known.source is Source.REGION_CODES:
            self._departments[department.id] = department


def _best(hits: list[tuple[Department, float]]) -> list[tuple[Department, float]]:
    top = max((score for _, score in hits), default=0.0)
    return [hit for hit in hits if hit[1] == top]
