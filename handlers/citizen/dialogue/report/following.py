"""What follows from another place: a body that was read at the old one is moved along, or asked again."""

from __future__ import annotations

import re
from enum import Enum

_PART = re.compile(
    r".+?(?:特别行政区|自治区|自治州|自治县|自治旗|地区|林区|街道|[省市州盟县区旗镇乡])(?!政府|人民政府)"
)


class Follows(Enum):
    STAYS = "stays"
    UNKNOWN = "unknown"
    """It lies in the old place, and what it is called in the new one cannot be told."""


def body_elsewhere(body: str, old: str, new: str) -> str | Follows:
    """The body's name at the new place (names with their superiors); pure."""
    before, after = _PART.findall(old), _PART.findall(new)
    left_behind = [part for part in before if part in body and part not in after]
    if not left_behind:
        return Follows.STAYS
    if len(before) != len(after):
        return Follows.UNKNOWN
    for part in left_behind:
        body = body.replace(part, after[before.index(part)])
    return body
