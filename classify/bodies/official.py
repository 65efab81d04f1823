"""The name a body is shown under: 村支书 and 村里 are the village committee, 镇长 the town government."""

from __future__ import annotations

import re

from classify.bodies.finding import Body
from classify.bodies.levels import level_of
from classify.bodies.words import VOCABULARY

_OF_COMMUNITY = re.compile(r"社区|居委")
_OF_VILLAGE = re.compile(r"村|大队")


def official(body: Body) -> Body:
    """A person or a place that stands for a body gets the body's name; a village with a name keeps that."""
    place, word = body.name[: body.core - body.start], body.name[body.core - body.start :]
    if body.kind != "place" or word not in VOCABULARY.stands_for:
        return body
    if _OF_COMMUNITY.match(word):
        name = f"{place.removesuffix('社区')}社区居委会" if place else "居委会"
    elif _OF_VILLAGE.match(word):
        name = f"{place.removesuffix('村')}村" if place else "村委会"
    else:
        name = f"{place.removesuffix(word[0])}{word[0]}政府"
    return body._replace(name=name, level=level_of(name))
