"""The regions of the whole country: a tree of codes, and every name that each is known by.

Where a text names one of them is found out in `whereabouts.py`.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from classify.places.towns import Towns
from classify.text.normalise import pinyin_key
from classify.types import AdminLevel

DATA = Path(__file__).parents[1] / "data"
LEVELS = {level.value: level for level in AdminLevel}
HOME = ("23", "22", "63", "4413")
"""Code prefixes of the jurisdictions: here counties are also known by their bare names."""

SUFFIX = re.compile(
    r"(?:壮族|回族|维吾尔)?自治区$|特别行政区$|自治州$|自治县$|自治旗$|地区$|林区$|街道$|[省市区县盟旗镇州]$"
)
_NO_COUNTIES = frozenset(("城", "市", "新", "老"))


class Place(NamedTuple):
    """A row of the region table."""

    code: str
    name: str
    level: AdminLevel
    forms: tuple[str, ...]
    """The names it is known by, the official one first."""


def trunk(code: str) -> str:
    """The digits that a region shares with what lies inside it: 23, 2301, 230102 or 441302001."""
    if len(code) == 9:
        return code
    if code.endswith("0000"):
        return code[:2]
    return code[:4] if code.endswith("00") else code


class Gazetteer:
    """All names of all regions, ready to be looked up; pure after construction."""

    def __init__(
        self, places: Iterable[Place], extra: dict[str, str], common: frozenset[str], towns: Towns
    ) -> None:
        self.places = {place.code: place for place in places}
        self._trunks = {trunk(code): code for code in self.places}
        names: dict[str, set[str]] = defaultdict(set)
        self.needs_superior: set[str] = set()
        sure: set[str] = set()
        self.former: set[str] = set()
        stated = {form for place in self.places.values() for form in place.forms}
        for place in self.places.values():
            stem = SUFFIX.sub("", place.forms[-1])
            known = len(stem) < 2 or stem in stated or place.level is not AdminLevel.COUNTY
            for form in place.forms if known else (*place.forms, stem):
                names[form].add(place.code)
                bare = not SUFFIX.search(form) or len(form) < 3 or form in common
                elsewhere = place.level is AdminLevel.COUNTY and not place.code.startswith(HOME)
                if bare and (form in common or (elsewhere and form != place.name)):
                    self.needs_superior.add(form)
                elif not elsewhere:
                    sure.add(form)
        self.needs_superior -= sure - common
        for name, code in {**_former_counties(self.places, names), **extra}.items():
            names[name].add(code)
            stem = SUFFIX.sub("", name)
            if len(stem) > 1 and stem not in names:
                names[stem].add(code)
                self.former.add(stem)
        self.needs_superior |= self.former
        index: dict[str, list[str]] = defaultdict(list)
        for name in names:
            index[name[:2]].append(name)
        self.names = {name: tuple(sorted(codes)) for name, codes in names.items()}
        self.index = {start: tuple(sorted(found, key=len, reverse=True)) for start, found in index.items()}
        first, second = ("".join(sorted(set(signs))) for signs in zip(*index, strict=True))
        self.beginning = re.compile(f"[{re.escape(first)}](?=[{re.escape(second)}])")
        self.towns = towns
        self.common = common
        self.sounds = {
            pinyin_key(place.name): place.name
            for place in self.places.values()
            if len(place.name) >= 3 and place.level in (AdminLevel.COUNTY, AdminLevel.PREFECTURE)
        }

    @classmethod
    def load(cls) -> Gazetteer:
        rows = (line.split("\t") for line in (DATA / "regions.tsv").read_text(encoding="utf-8").splitlines())
        names = tomllib.loads((DATA / "region_names.toml").read_text(encoding="utf-8"))
        places = [
            Place(code, name, LEVELS[level], tuple(forms.split())) for code, name, level, _, forms in rows
        ]
        known = {place.code for place in places}
        extra = {name: code for name, code in {**names["old"], **names["short"]}.items() if code in known}
        return cls(places, extra, frozenset(names["common"]["names"].split()), Towns.load())

    def names_by_weight(self) -> list[tuple[str, str]]:
        """Full and bare name of every region down to counties, those near home and the widest first."""
        ranked = sorted(
            self.places.values(), key=lambda place: (not place.code.startswith(HOME), len(trunk(place.code)))
        )
        short: dict[str, str] = {place.code: SUFFIX.sub("", place.name) for place in ranked}
        for name, codes in self.names.items():
            for code in codes:
                if len(name) > 1 and short[code].startswith(name):
                    short[code] = name
        return [(place.name, short[place.code]) for place in ranked]

    @property
    def levels(self) -> dict[str, AdminLevel]:
        """Every name that stands for a place, with the level of the highest such place."""
        return {name: self.places[min(codes, key=_height)].level for name, codes in self.names.items()}

    def superiors(self, code: str) -> list[str]:
        """Codes from the province down to the region itself."""
        stem = trunk(code)
        found = [self._trunks.get(stem[:size]) for size in (2, 4, 6) if size <= len(stem)]
        return [item for item in found if item] + ([code] if len(code) == 9 else [])

    def place(self, code: str, name: str = "") -> Place:
        """A region by its code; of a town outside the table the name must be given."""
        return self.places.get(code) or Place(code, name, AdminLevel.TOWNSHIP, (name,))

    def full_name(self, code: str, name: str = "") -> str:
        """The name with all superiors, such as 青海省西宁市城东区."""
        return "".join(self.place(item, name).name for item in self.superiors(code))

    def inside(self, code: str) -> list[str]:
        """Codes of the regions directly inside one, in the order of their codes; of the country for ""."""
        stem = trunk(code) if code else ""
        return [
            other
            for own, other in sorted(self._trunks.items())
            if own.startswith(stem)
            and own != stem
            and self.superiors(other)[-2:-1] == ([code] if code else [])
        ]


def _former_counties(places: dict[str, Place], names: Mapping[str, Collection[str]]) -> dict[str, str]:
    """Counties that became cities or districts by their former names: 祁阳县 is 祁阳市 now."""
    found: dict[str, str] = {}
    for place in places.values():
        if place.level is AdminLevel.COUNTY and place.name[-1] in "市区" and len(place.name) >= 3:
            former = place.name[:-1] + "县"
            if former not in names and place.name[:-1] not in _NO_COUNTIES:
                found[former] = "" if former in found else place.code
    return {former: code for former, code in found.items() if code}


def _height(code: str) -> int:
    return len(trunk(code))
