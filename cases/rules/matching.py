"""How surely a written name means a department: exact names, the name's parts, then rapidfuzz.

A different place is always a different body, however alike the rest is.
"""

from __future__ import annotations

from rapidfuzz import fuzz

from cases.rules.body_names import BodyName, Places, fold, level_of_place, only_level
from cases.rules.departments import Department, covers
from classify.types import AdminLevel

EXACT = 100.0
RENAMED = 97.0
SAME_PARTS = 95.0
PART_OF_IT = 92.0
ALIKE = 85.0
"""Spelling slips in names of four characters or more are taken for the same from here on."""


def match_score(department: Department, name: str, places: Places, level: AdminLevel | None = None) -> float:
    """0 when the name means another body; `level` is what else is known of the body complained about."""
    written = places.read(name)
    if not written.text:
        return 0.0
    own = (department.full_name, department.name, *department.aliases)
    if any(written.text == fold(known) for known in own):
        return EXACT if written.places or _level_fits(written, department, level) else 0.0
    if department.current_name and written.text == fold(department.current_name):
        return RENAMED
    if _stands_inside(department, written, places):
        return PART_OF_IT
    if not written.core or not _place_fits(written, department, places, level):
        return 0.0
    known_names = (places.read(known) for known in department.all_names)
    return max(_core_score(written, known) for known in known_names)


def _stands_inside(department: Department, written: BodyName, places: Places) -> bool:
    """The whole name among other words. Not for governments: 市政府采购中心 is not 市政府."""
    full = fold(department.full_name)
    return len(full) >= 5 and full in written.text and places.read(full).core != "政府"


def _core_score(written: BodyName, known: BodyName) -> float:
    if not written.places and {written.kind, known.kind} == {"厅", "局"}:
        return 0.0  # a bare 财政局 is a city's or county's, never the province's 财政厅
    if written.core == known.core:
        return PART_OF_IT if written.part else SAME_PARTS
    if min(len(written.core), len(known.core)) < 4:
        return 0.0
    alike = fuzz.ratio(written.core, known.core)
    return min(alike, PART_OF_IT) if alike >= ALIKE else 0.0


def _place_fits(written: BodyName, department: Department, places: Places, level: AdminLevel | None) -> bool:
    if not written.places:
        return _level_fits(written, department, level)
    *outer, closest = written.places
    if not all(_may_hold(place, department, places) for place in outer):
        return False
    if written.bare:
        known = all(only_level(place) or places.codes(place) for place in outer)
        return known and _bare_fits(closest, department, places)
    return department.region_code in places.codes(closest)


def _level_fits(written: BodyName, department: Department, level: AdminLevel | None) -> bool:
    """A name without any place: 财政厅 is a province's; 政府 alone means nobody in particular."""
    if department.level == AdminLevel.NATIONAL:
        return True
    if written.core == "政府":
        return False
    wanted = written.level or level
    return wanted is None or wanted == department.level


def _bare_fits(closest: str, department: Department, places: Places) -> bool:
    """省 fits a province, 区 a district: the department's own place must end like it."""
    own = places.name(department.region_code) or ""
    return own.endswith(closest) and level_of_place(own) == level_of_place(closest)


def _may_hold(place: str, department: Department, places: Places) -> bool:
    """Whether an outer place of the name can hold the department's; one we do not know may."""
    codes = places.codes(place)
    return not codes or any(covers(code, department.region_code) for code in codes)
