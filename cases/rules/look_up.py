"""Which departments a written name may mean, found without asking each of them.

Whatever `match_score` gives more than 0 is among the answers; how many departments there are elsewhere does
not matter. Built once with the jurisdictions; immutable afterwards.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache

from rapidfuzz import fuzz

from cases.rules.body_names import BodyName, Places, fold
from cases.rules.departments import Department
from cases.rules.matching import ALIKE

_START = 5
"""Full names this long and longer are also found inside other words."""


class DepartmentIndex:
    """Departments by their names, by what kind of body they are, and by their place."""

    def __init__(self, departments: Iterable[Department], places: Places) -> None:
        self._places = places
        self._exact: dict[str, list[Department]] = defaultdict(list)
        self._inside: dict[str, list[tuple[str, Department]]] = defaultdict(list)
        self._of_core: dict[str, dict[str, list[Department]]] = defaultdict(lambda: defaultdict(list))
        for department in departments:
            for name in department.all_names:
                self._exact[fold(name)].append(department)
                self._of_core[places.read(name).core][department.region_code].append(department)
            full = fold(department.full_name)
            self._inside[full[:_START]].append((full, department))
        self._alike = lru_cache(maxsize=4096)(self._cores_like)

    def candidates(self, name: str) -> list[Department]:
        """All that the name may mean, and few others."""
        written = self._places.read(name)
        found = {department.id: department for department in self._by_name(written)}
        found.update((department.id, department) for department in self._by_parts(written))
        return list(found.values())

    def _by_name(self, written: BodyName) -> Iterator[Department]:
        yield from self._exact.get(written.text, ())
        for start in range(len(written.text) - _START + 1):
            for full, department in self._inside.get(written.text[start : start + _START], ()):
                if written.text.startswith(full, start):
                    yield department

    def _by_parts(self, written: BodyName) -> Iterator[Department]:
        if not written.core:
            return
        codes = None if written.bare else self._places.codes(written.places[-1])
        for core in self._alike(written.core):
            of_core = self._of_core[core]
            for code in of_core if codes is None else codes & of_core.keys():
                yield from of_core[code]

    def _cores_like(self, core: str) -> tuple[str, ...]:
        """There are as many as kinds of bodies, however many bodies."""
        return tuple(
            known
            for known in self._of_core
            if known == core or (min(len(known), len(core)) >= 4 and fuzz.ratio(known, core) >= ALIKE)
        )
