"""Which of the bodies a message names it complains about, and in which role it names the others.

One body may be named several times, in full and in short; it counts once, by its fullest name, with the
role its clearest mention has. Which department a name means is for the core to say.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from classify.details.bodies import Body
from classify.details.body_levels import level_of
from classify.details.roles import Reading, role_of
from classify.types import BodyRole

SAYS = {
    "harmed": 1.1,
    "wrongs": 0.9,
    "own_deeds": 0.9,
    "owes": 0.9,
    "charged": 0.9,
    "fails": 0.6,
    "deal_owing": 0.5,
    "promised": 0.4,
    "asked_failed": 0.3,
    "acts": 0.2,
    "faults": 0.2,
    "head": 0.7,
    "opens": 0.2,
    "again": 0.6,
    "first": 0.3,
    "leveled": 0.5,
    "bare": -0.8,
    "nameless": -0.8,
    "near": -0.6,
    "above": -2.0,
    "asked": -0.4,
    "own": -0.3,
    "crowd": -0.2,
    "kind:place": -0.4,
    "kind:firm": -0.3,
    "kind:village": 0.1,
    "kind:work": 0.4,
    "kind:town": 0.4,
    "role:website": -1.5,
    "role:law_giver": -1.0,
    "role:court": -1.0,
    "role:addressee": -0.6,
}
"""What each sign says for a body's being complained about (against it when below 0); signs add up."""
DAMNING = frozenset({"harmed", "wrongs", "own_deeds", "owes", "charged", "asked_failed", "deal_owing"})
"""Without one of these a body in another role is not complained about."""
DEEDS = DAMNING | {"fails", "promised", "acts", "faults"}
ACCUSED_FROM = 1.6
ONLY_ONE_FROM = 0.4
"""Where no body is clearly complained about, the likeliest one is, from here on."""
MOST = 6
_JOINTS = frozenset({"和", "与", "及", "、", "以及", "跟", "还有"})
_OWING = re.compile(r"欠|未付|没付|不付|未发|没发|不发|工资|工程款|货款|不给钱|没给钱|补偿款|不结|未结|没结")
_OF_A_PLACE = re.compile(
    r"(?:(?:人民)?政府|党委|委|村?(?:委会|民委员会|两委|支部|委)|[一二三四五六七八九十0-9]+(?:小组|组|社|队))?"
)
"""What a place is followed by in the name of the body that it stands for."""
_SAME = (
    ("人民政府", "政府"),
    ("村民委员会", "村委会"),
    ("居民委员会", "居委会"),
    ("街道办事处", "街道"),
    ("街道办", "街道"),
)


class Named(NamedTuple):
    """One body of a message, by its fullest name, with the signs of all its mentions."""

    body: Body
    role: BodyRole
    signs: frozenset[str]
    why: str

    @property
    def score(self) -> float:
        return sum(SAYS.get(sign, 0.0) for sign in self.signs)


def read_bodies(text: str, bodies: list[Body], head_end: int) -> list[Named]:
    """Each body once, in the order of the text."""
    owing = bool(_OWING.search(text))
    found: list[Named] = []
    named = _with_places(bodies, text)
    readings = [role_of(text, body, body.start < head_end, owing) for body in named]
    for body, reading in zip(named, _shared(text, named, readings), strict=True):
        alike = (n for n, other in enumerate(found) if _same(other.body, body))
        known = next((n for n in alike if _as_general(found[n], reading)), None)
        if known is None:
            found.append(Named(body, *reading))
        else:
            found[known] = _together(found[known], body, reading)
    return _decided(found)


def _shared(text: str, bodies: list[Body], readings: list[Reading]) -> list[Reading]:
    """甲局和乙局都拖欠: what is said of one of an enumeration is said of all."""
    shared = list(readings)
    for n in reversed(range(len(bodies) - 1)):
        if text[bodies[n].end : bodies[n + 1].start] in _JOINTS:
            deeds = shared[n + 1].signs & DEEDS
            shared[n] = shared[n]._replace(
                signs=shared[n].signs | deeds, why=shared[n].why or shared[n + 1].why
            )
    for n in range(1, len(bodies)):
        if text[bodies[n - 1].end : bodies[n].start] in _JOINTS:
            shared[n] = shared[n]._replace(signs=shared[n].signs | (shared[n - 1].signs & DAMNING))
    return shared


def _with_places(bodies: list[Body], text: str) -> list[Body]:
    """惠城区财政局和教育局: the second is of the same place."""
    result: list[Body] = []
    for body in bodies:
        last = result[-1] if result else None
        joined = last is not None and text[last.end : body.start] in _JOINTS
        if joined and last and last.placed and not body.placed and body.kind == last.kind == "work":
            name = text[last.start : last.core] + body.name
            body = body._replace(name=name, level=level_of(name))
        result.append(body)
    return result


@lru_cache(maxsize=4096)
def _short(name: str) -> str:
    for long, short in _SAME:
        name = name.replace(long, short)
    return name


def _same(one: Body, other: Body) -> bool:
    first, second = _short(one.name), _short(other.name)
    if first.endswith(second) or second.endswith(first):
        return True
    return _stands_for(one, other) or _stands_for(other, one)


def _stands_for(said: Body, body: Body) -> bool:
    """镇里 and 大华镇 for 大华镇人民政府, 村干部 for 李家村."""
    if said.kind != "place":
        return False
    if said.placed:
        end = body.name.find(said.name[-3:])
        return end >= 0 and bool(_OF_A_PLACE.fullmatch(body.name, end + 3))
    sign = said.name[0]
    return any(_OF_A_PLACE.fullmatch(body.name, n + 1) for n, char in enumerate(body.name) if char == sign)


def _keep_name(one: Body, other: Body) -> Body:
    """The fuller name; a body rather than the place that stands for it."""
    if (one.kind == "place") != (other.kind == "place"):
        return other if one.kind == "place" else one
    return max(one, other, key=lambda body: len(body.name))


def _as_general(known: Named, reading: Reading) -> bool:
    """人民政府 in general is none of those that are meant."""
    return (known.role is BodyRole.LAW_GIVER) == (reading.role is BodyRole.LAW_GIVER)


def _together(known: Named, body: Body, reading: Reading) -> Named:
    """The fullest name, every sign, and the words of the mention that says most."""
    here = Named(body, *reading)
    clearer, fuller = max(known, here, key=_score), _keep_name(known.body, body)
    signs = known.signs | reading.signs | {"again"}
    if "bare" in signs and fuller.placed:
        signs -= {"bare"}
    return Named(fuller, clearer.role, signs, clearer.why)


def _score(named: Named) -> float:
    return named.score


def _decided(found: list[Named]) -> list[Named]:
    """Those clearly complained about; where none is, the likeliest. A mere 公司 says nothing of anybody."""
    about = [named._replace(signs=named.signs | _place_among(named, found)) for named in found]
    clear = [named for named in about if named.score >= ACCUSED_FROM and not _is_innocent(named)]
    if not clear and about:
        best = max(about, key=lambda named: (not _is_innocent(named), named.score))
        clear = [best] if best.score >= ONLY_ONE_FROM else []
    chosen = {id(named) for named in sorted(clear, key=_score, reverse=True)[:MOST]}
    decided = [named._replace(role=BodyRole.ACCUSED) if id(named) in chosen else named for named in about]
    return [named for named in decided if named.role is not BodyRole.NAMED or not _is_mere_kind(named.body)]


def _is_mere_kind(body: Body) -> bool:
    """公司, 学校, 政府: could be any."""
    return not body.placed and body.level is None and len(body.name) <= 4


def _is_innocent(named: Named) -> bool:
    """Named in another role or as a mere place, and nothing bad is said of it."""
    if DEEDS.isdisjoint(named.signs) and (named.body.kind == "place" or "again" not in named.signs):
        return True
    return named.role is not BodyRole.NAMED and DAMNING.isdisjoint(named.signs)


def _place_among(named: Named, found: list[Named]) -> set[str]:
    signs = {"leveled"} if named.body.level else set()
    if not named.body.placed and named.body.kind in ("firm", "school", "health", "other", "government"):
        signs.add("nameless")
    if named is found[0]:
        signs.add("first")
    return signs | ({"crowd"} if len(found) > MOST - 1 else set())
