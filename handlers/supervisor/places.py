"""Names of departments and prefectures, and where a prefecture stands on the map-like table."""

from __future__ import annotations

import re
from collections.abc import Mapping

from cases.rules.jurisdictions import Jurisdictions

UNKNOWN = "地区不明"
_AUTONOMOUS = re.compile(r"(?<=..)(?:藏族|蒙古族|朝鲜族)+自治州$")

TILE_PLACES: Mapping[str, tuple[int, int]] = {
    "632200": (2, 0), "632800": (0, 1), "632500": (1, 1), "630100": (2, 1), "630200": (3, 1),
    "632700": (0, 2), "632600": (1, 2), "632300": (2, 2),
    "232700": (1, 0), "231100": (2, 0), "230200": (0, 1), "230700": (2, 1), "230400": (3, 1),
    "230800": (4, 1), "230600": (0, 2), "231200": (1, 2), "230100": (2, 2), "230900": (3, 2),
    "230500": (4, 2), "231000": (2, 3), "230300": (3, 3),
    "220800": (0, 0), "220700": (1, 0), "220300": (0, 1), "220100": (1, 1), "220200": (2, 1),
    "222400": (3, 1), "220400": (1, 2), "220500": (2, 2), "220600": (3, 2),
}  # fmt: skip
"""Column and row of each prefecture, roughly as on a map."""


def place_name(code: str, jurisdictions: Jurisdictions) -> str:
    """西宁市 for 630100; the code itself when nobody here knows it."""
    if not code:
        return UNKNOWN
    for jurisdiction in jurisdictions.all():
        government = jurisdiction.local_governments.get(code)
        if government is None and code in jurisdiction.region_codes:
            government = jurisdiction.government
        if government is not None:
            return jurisdictions.department(government).name.removesuffix("人民政府")
    return next(
        (
            d.name.removesuffix("人民政府")
            for d in jurisdictions.departments()
            if d.region_code == code and d.name.endswith("人民政府")
        ),
        code,
    )


def department_name(id: str, jurisdictions: Jurisdictions) -> str:
    """Short, as in the document."""
    found = jurisdictions.find_by_id(id)
    return found.name if found else id.partition(":")[2] or id


def short_place(name: str) -> str:
    """海西州 for 海西蒙古族藏族自治州."""
    return _AUTONOMOUS.sub("州", name)


def tile_class(code: str) -> str:
    """CSS class that puts a prefecture in its place; nothing for one without a place."""
    spot = TILE_PLACES.get(code)
    return f"tile-c{spot[0]} tile-r{spot[1]}" if spot else ""
