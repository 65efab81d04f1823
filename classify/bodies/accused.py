"""Which of the bodies a message names it complains about, and in which role it names the others.

One body may be named several times, in full and in short; it counts once, with the signs of all mentions.
What each sign says stands in `data/accusing.tsv`, learnt by `bench/fit_bodies.py`. Which department a name
means is for the core to say.
"""

from __future__ import annotations

import math
import re
from pathlib import Path
from typing import NamedTuple

from classify.bodies.finding import Body
from classify.bodies.levels import level_of
from classify.bodies.official import official
from classify.bodies.roles import Reading, role_of
from classify.bodies.sameness import PERSONS, is_meant, is_same
from classify.bodies.surroundings import clauses_of, signs_around
from classify.types import BodyRole, Domain

WEIGHTS = Path(__file__).parents[1] / "data" / "accusing.tsv"
BIAS = "bias"
DAMNING = frozenset({"harmed", "wrongs", "own_deeds", "owes", "charged", "asked_failed", "deal_owing"})
"""Without one of these a body in another role is not complained about."""
DEEDS = DAMNING | {"fails", "promised", "acts", "faults"}
ACCUSED_FROM, ONLY_ONE_FROM = 0.45, 0.3
"""How likely a body must be complained about to be taken for accused, and the likeliest where no other is."""
OUTSIDE_FROM = 0.8
"""As likely it must be in a message that seems to be no complaint, unless something bad is said of it."""
MOST = 6
_JOINTS = frozenset({"和", "与", "及", "、", "以及", "跟", "还有"})
_BYSTANDING = frozenset({"thanked", "near"})
_OWING = re.compile(r"欠|未付|没付|不付|未发|没发|不发|工资|工程款|货款|不给钱|没给钱|补偿款|不结|未结|没结")
_PERSON = re.compile(PERSONS + "$")
LINE, LETTER = 60, 200
"""Characters from which on a message is no line any more, and from which on a letter."""


Mentioned = tuple[Body, Reading]


class Named(NamedTuple):
    """One body of a message: its mentions in the order of the text, each with what is said there."""

    mentions: tuple[Mentioned, ...]
    body: Body
    """By its fullest name."""
    role: BodyRole
    signs: frozenset[str]
    why: str

    @property
    def likely(self) -> float:
        """How likely it is complained about, from 0 to 1."""
        return 1 / (1 + math.exp(-sum(SAYS[sign] for sign in SAYS.keys() & {BIAS, *self.signs})))


def _fullest(group: list[Mentioned]) -> Body:
    """By its fullest name; a body rather than the place or the person that stands for it."""
    if len(group) == 1:
        return group[0][0]
    bodies = [body for body, _ in group]
    best = max(bodies, key=lambda body: (body.placed, _rank(body), len(body.name)))
    if best.kind != "place":
        return best
    organ = next((body for body in bodies if body.kind == "village" and not body.placed), None)
    blamed = any(reading.signs & DEEDS for body, reading in group if body.name == best.name)
    if organ is None or blamed or organ.name[0] != best.name[-1]:
        return best
    name = best.name + organ.name.removeprefix("村")
    return organ._replace(name=name, level=level_of(name))


def _rank(body: Body) -> int:
    return 0 if body.kind == "place" and _PERSON.search(body.name) else 1 if body.kind == "place" else 2


def _load() -> dict[str, float]:
    rows = (line.split("\t") for line in WEIGHTS.read_text(encoding="utf-8").splitlines())
    return {sign: float(weight) for sign, weight in rows}


SAYS = _load() if WEIGHTS.exists() else {}
"""What each sign says for a body's being complained about (against it when below 0); signs add up."""


def read_bodies(
    text: str, bodies: list[Body], head_end: int, domain: Domain, *, outside: bool
) -> list[Named]:
    """Each body once, in the order of the text. `outside`: the message is most likely no complaint."""
    found = name_bodies(text, bodies, head_end, domain)
    return _decided(found, choose(found, outside=outside))


def name_bodies(text: str, bodies: list[Body], head_end: int, domain: Domain) -> list[Named]:
    """Each body once with the signs of all its mentions; nothing is decided yet."""
    owing = bool(_OWING.search(text))
    named = _with_places(bodies, text)
    clauses = clauses_of(text)
    groups: list[list[Mentioned]] = []
    for body, listed in zip(named, _listed(named, text), strict=True):
        reading = role_of(text, listed, body.start < head_end, owing)
        reading = reading._replace(signs=reading.signs | signs_around(text, clauses, listed))
        known = _known(groups, body, reading)
        if known is None:
            groups.append([(body, reading)])
        else:
            known.append((body, reading))
    size = "line" if len(text) < LINE else "short" if len(text) < LETTER else "letter"
    return [_together(group, place, len(groups), size, domain) for place, group in enumerate(groups)]


def _known(groups: list[list[Mentioned]], body: Body, reading: Reading) -> list[Mentioned] | None:
    """The body named before that is named here again: by its name, else the last one that may be meant."""
    law = _is_law_in_general(body, reading)
    open_groups = [group for group in groups if _is_law_in_general(*group[0]) == law]
    names = [{other.name: other for other, _ in group} for group in open_groups]
    for group, known in zip(open_groups, names, strict=True):
        if body.name in known:
            return group
    for group, known in zip(open_groups, names, strict=True):
        if any(is_same(other, body) for other in known.values()):
            return group
    if body.placed or "mine" in reading.signs:
        return None
    meant = (
        group
        for group, known in zip(reversed(open_groups), reversed(names), strict=True)
        if any(is_meant(body, other) for other in known.values())
    )
    return next(meant, None)


def _is_law_in_general(body: Body, reading: Reading) -> bool:
    """各级政府 is none of those that are meant."""
    return reading.role is BodyRole.LAW_GIVER and not body.placed


def _how_clear(mention: Mentioned) -> tuple[int, int]:
    signs = mention[1].signs
    return len(signs & DAMNING) - ("asked" in signs), len(signs & DEEDS)


def _together(group: list[Mentioned], place: int, of: int, size: str, domain: Domain) -> Named:
    """All mentions of one body, with the signs of its place among the others; `of` are named."""
    clearest = max(group, key=_how_clear)
    role = clearest[1].role
    bodies = [body for body, _ in group]
    best = _fullest(group)
    signs = set().union(*(reading.signs for _, reading in group))
    if best.placed:
        signs.discard("bare")
    position = "first" if place == 0 else "last" if place == of - 1 else "between"
    times, many = min(3, len(bodies)), min(4, of)
    nameless = not best.placed and best.kind in ("firm", "school", "health", "other", "government")
    level = best.level.value if best.level else None
    signs |= {
        domain.value,
        f"{domain.value}:{best.kind}",
        f"{domain.value}:{level}",
        f"size:{size}",
        f"of:{many}:{size}",
        f"times:{times}",
        f"times:{times}:{size}",
        f"{position}:{size}",
        f"kind:{best.kind}:{size}",
        f"level:{level}:{best.kind}",
        f"ends:{best.name[-2:]}",
        f"ends:{best.name[-3:]}",
        *((f"nameless:{best.kind}",) if nameless else ()),
    }
    return Named(tuple(group), official(best), role, frozenset(signs), clearest[1].why)


def _listed(bodies: list[Body], text: str) -> list[Body]:
    """Each body as wide as the enumeration it stands in: what is said around that is said of all."""
    lists: list[list[Body]] = []
    for body in bodies:
        if lists and _is_joined(text, lists[-1][-1], body):
            lists[-1].append(body)
        else:
            lists.append([body])
    return [body._replace(start=row[0].start, end=row[-1].end) for row in lists for body in row]


def _is_joined(text: str, one: Body, other: Body) -> bool:
    """甲局和乙局, 县委县政府."""
    between = text[one.end : other.start]
    return between in _JOINTS or (not between and one.kind == other.kind == "government")


def _with_places(bodies: list[Body], text: str) -> list[Body]:
    """惠城区财政局、教育局和住建局: the others are of the same place."""
    result: list[Body] = []
    place = ""
    for last, body in zip([None, *bodies], bodies, strict=False):
        joined = last and last.kind == body.kind == "work" and text[last.end : body.start] in _JOINTS
        if joined and place and not body.placed:
            name = place + body.name
            body = body._replace(name=name, level=level_of(name))
        else:
            place = body.name[: body.core - body.start]
        result.append(body)
    return result


def choose(found: list[Named], *, outside: bool) -> list[Named]:
    """Those likely complained about; where none is, the likeliest, if it is likely enough."""
    open_to = [(named.likely, named) for named in found if not _is_innocent(named)]
    if outside:
        open_to = [one for one in open_to if one[0] >= OUTSIDE_FROM or one[1].signs & DAMNING]
    likely = sorted(open_to, key=lambda one: -one[0])
    clear = [named for share, named in likely[:MOST] if share >= ACCUSED_FROM]
    if any(named.signs & DAMNING for named in clear):
        clear = [named for named in clear if not _came_by(named)]
    return clear or [named for share, named in likely[:1] if share >= ONLY_ONE_FROM]


def _decided(found: list[Named], chosen: list[Named]) -> list[Named]:
    """With their roles. A mere 公司 of which nothing bad is said is left out."""
    ids = set(map(id, chosen))
    decided = [named._replace(role=BodyRole.ACCUSED) if id(named) in ids else named for named in found]
    return [named for named in decided if named.role is not BodyRole.NAMED or not _is_mere_kind(named.body)]


def _is_mere_kind(body: Body) -> bool:
    """公司, 学校, 政府: could be any."""
    return not body.placed and body.level is None and len(body.name) <= 4


def _came_by(named: Named) -> bool:
    """It was there once, and nothing is said of what it did or left undone."""
    return "came_by" in named.signs and len(named.mentions) == 1 and named.signs.isdisjoint(DEEDS)


def _is_innocent(named: Named) -> bool:
    """In another role, thanked, a place to be near, or the one above; and nothing bad is said of it."""
    if "above" in named.signs and len(named.mentions) == 1:
        return True
    other = named.role is not BodyRole.NAMED or not named.signs.isdisjoint(_BYSTANDING)
    return other and DAMNING.isdisjoint(named.signs)
