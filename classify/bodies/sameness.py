"""Whether two names mean the same body: in full and in short, the place for it, 学校 for one named before.

Only names are compared; what is said of the body is for `roles.py`.
"""

from __future__ import annotations

import re
from functools import lru_cache

from classify.bodies.finding import Body

_SAME = (
    ("人民政府", "政府"),
    ("村民委员会", "村委会"),
    ("居民委员会", "居委会"),
    ("街道办事处", "街道"),
    ("街道办", "街道"),
)
_OFFICE_OF = re.compile(r"(?<=[县区镇乡])政府(?=..)(?!办公|采购)")
PERSONS = r"(?:党?支?部?书记|支书|主任|村?长|村?干部|领导|会计|文书)"
_OF_A_PLACE = re.compile(
    rf"(?:(?:(?:人民)?政府|党委|委|村?(?:委会|民委员会|两委|党?支部|委)|[一二三四五六七八九十0-9]+(?:小组|组|社|队))?{PERSONS}?)"
)
"""What a place is followed by in the name of the body that it stands for."""
_FIRM_KIND = re.compile(
    r"(?:股份|有限|责任)*(?:总|分|子)?公司$|集团(?:股份|有限|责任)*(?:公司)?$|(?:工厂|酒店|[厂店行])$"
)
_OF_PLACE = re.compile(r"^.*[省市县区州镇]")
_GENERIC = {
    "school": re.compile(r"学校|学院|中学|小学|幼儿园"),
    "health": re.compile(r"医院|卫生院"),
    "firm": re.compile(r"公司|集团|工?厂|酒店|超市|合作社|项目部|驾校"),
}
"""Words that stand for the house or firm that was named before."""
_LOCAL = (
    (re.compile(r"村|大队"), re.compile(r"村(?![镇乡])")),
    (re.compile(r"社区|居委|居民委"), re.compile(r"社区|居委会|居民委员会")),
    (re.compile(r"镇"), re.compile(r"镇(?:人民)?(?:政府|党委)?$")),
    (re.compile(r"乡"), re.compile(r"乡(?:人民)?(?:政府|党委)?$")),
)
"""What 村委会, 村里 or 镇政府 without a name begin with, and how a name is built that they may stand for."""


def is_same(one: Body, other: Body) -> bool:
    """Whether both are one body by their names."""
    first, second = _short(one.name), _short(other.name)
    if first.endswith(second) or second.endswith(first):
        return True
    if _stands_for(one, other) or _stands_for(other, one):
        return True
    if one.kind == other.kind == "firm":
        return _is_same_firm(one.name, other.name)
    return _is_abbreviation(one, other) or _is_abbreviation(other, one)


def is_meant(said: Body, body: Body) -> bool:
    """Whether a word without a name, 学校 or 村委会, may mean a body named before."""
    if said.placed or not body.placed:
        return False
    generic = _GENERIC.get(said.kind)
    if generic:
        return said.kind == body.kind and bool(generic.fullmatch(said.name))
    return any(
        begins.match(said.name) and built.search(body.name)
        for begins, built in _LOCAL
        if body.kind in ("place", "village", "government")
    )


@lru_cache(maxsize=4096)
def _short(name: str) -> str:
    for long, short in _SAME:
        name = name.replace(long, short)
    return _OFFICE_OF.sub("", name)


def _stands_for(said: Body, body: Body) -> bool:
    """镇里 and 大华镇 for 大华镇人民政府, 村干部 for 李家村."""
    if said.kind != "place":
        return False
    if said.placed:
        end = body.name.find(said.name[-3:])
        return end >= 0 and bool(_OF_A_PLACE.fullmatch(body.name, end + 3))
    sign = said.name[0]
    return any(_OF_A_PLACE.fullmatch(body.name, n + 1) for n, char in enumerate(body.name) if char == sign)


@lru_cache(maxsize=4096)
def _is_same_firm(one: str, other: str) -> bool:
    """宁安远达物流公司 and 宁安市远达物流有限公司: without place and kind one ends like the other."""
    first, second = sorted((_OF_PLACE.sub("", _FIRM_KIND.sub("", name)) for name in (one, other)), key=len)
    return len(first) >= 2 and (second.startswith(first) or second.endswith(first))


def _is_abbreviation(said: Body, body: Body) -> bool:
    """人社局 for 人力资源和社会保障局 of the same place."""
    short, long = said.name[said.core - said.start :], body.name[body.core - body.start :]
    if not 3 <= len(short) < len(long) or short[0] != long[0]:
        return False
    whole = short[-1] + ("员会" if short[-1] == "委" else "公室")
    if short[-1] != long[-1] and not long.endswith(whole):
        return False
    rest = iter(long)
    if not all(sign in rest for sign in short):
        return False
    of_one, of_other = said.name[: -len(short)], body.name[: -len(long)]
    return not of_one or not of_other or of_one.endswith(of_other) or of_other.endswith(of_one)
