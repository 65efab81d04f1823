"""Reads the name of a public body as people write it: its place, its level and what kind of body it is.

青海省财政厅, 省财政厅, 青海财政厅 and 財政廳 are one body; 博罗县财政局 and 惠城区财政局 are two.
Pure and deterministic; it never decides what follows from two names being the same.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from cases.search_words import simplified
from classify.types import AdminLevel

_NOISE = re.compile(r"[\s“”\"'《》「」『』()（）〔〕\[\]·•,，。、;；:：-]+")
_LEADING = re.compile(
    r"^(?:中华人民共和国|中国共产党|中共|中国(?=人民银行)|原(?!州)|我们|我|本|该|咱们|咱"
    r"|尊敬的|希望|恳请|请求|请问|请|感谢|建议|投诉|举报|反映|控告|控诉|状告|关于|针对|找到|找|向|对|让|被|是|经|告"
    r"|但是|但|而|所以|可是|就是|其中|以及)"
)
_COMMITTEE_AND = re.compile(r"(?P<level>[省市州县区镇乡])委(?:和|及|与)?(?P=level)(?=人民政府|政府)")
"""市委市政府 names two bodies; the government is the one that answers here."""
_SEVERAL = re.compile(r"[、，,；;/]|(?<=[厅局委府院办会处])(?:和|与|及|以及)")

_SAME_WORDS: tuple[tuple[str, str], ...] = (
    ("发展和改革", "发改"),
    ("发展改革", "发改"),
    ("人力资源和社会保障", "人社"),
    ("人力资源社会保障", "人社"),
    ("工业和信息化", "工信"),
    ("经济和信息化", "经信"),
    ("住房和城乡建设", "住建"),
    ("住房城乡建设", "住建"),
    ("市场监督管理", "市监"),
    ("市场监管", "市监"),
    ("工商行政管理", "工商"),
    ("卫生健康", "卫健"),
    ("卫生和计划生育", "卫计"),
    ("卫生计生", "卫计"),
    ("营商环境建设监督", "营商"),
    ("营商环境", "营商"),
    ("政务服务和数字化建设管理", "政数"),
    ("政务服务和数字化", "政数"),
    ("金融监督管理", "金融"),
    ("金融管理", "金融"),
    ("扶贫开发", "扶贫"),
    ("人民检察院", "检察院"),
    ("高级人民法院", "法院"),
    ("中级人民法院", "法院"),
    ("人民法院", "法院"),
    ("监察委员会", "监委"),
    ("纪律检查委员会", "纪委"),
    ("行政公署", "政府"),
    ("行署", "政府"),
    ("人民政府", "政府"),
    ("委组织部", "组织部"),
)
_PLACE = re.compile(
    r"^(?P<place>.{0,14}?(?:省|自治区|自治州|地区|州(?![市区县])|(?<!联)盟"
    r"|(?<!上)市(?!(?<=城市)[管建规综更绿公道运发环水照园执轨交]|场|容|辖|中区|北区|南区|监[局所]|政公用|政管理|政设施|政园林|民中心|民服务|民热线)"
    r"|自治县|县|开发区|高新区|新区|园区|社区|(?<!辖)区(?!域|块)|旗|街道"
    r"|(?<![城乡])镇(?!江市|赉|海区|原县|平县|康县|远县|宁)|(?<!城)乡(?!村|镇|宁县)|(?<![农乡])村(?!镇)))"
)
_BODY = re.compile(
    r"^(?P<core>.+?)(?P<kind>领导小组|管理委员会|管委会|委员会|办公厅|办公室|中心支行|分行|支行|厅|局|委|办|部|院|署)"
    r"(?P<rest>.*)$"
)
_OFFICE = re.compile(r"^政府(?:办公厅|办公室|办)(?P<rest>.*)$")
_GOVERNMENT = re.compile(
    r"^(?:政府|办事处|街道办|办(?=$))(?P<rest>$|领导|负责|班子|主要|主官|省长|市长|县长|区长|州长|专员|镇长|乡长|主任|机关|工作人员|干部|和|及|与)"
)
_LEVELS: tuple[tuple[str, AdminLevel], ...] = (
    ("社区", AdminLevel.VILLAGE),
    ("村", AdminLevel.VILLAGE),
    ("街道", AdminLevel.TOWNSHIP),
    ("镇", AdminLevel.TOWNSHIP),
    ("乡", AdminLevel.TOWNSHIP),
    ("自治区", AdminLevel.PROVINCE),
    ("省", AdminLevel.PROVINCE),
    ("自治州", AdminLevel.PREFECTURE),
    ("地区", AdminLevel.PREFECTURE),
    ("州", AdminLevel.PREFECTURE),
    ("盟", AdminLevel.PREFECTURE),
    ("市", AdminLevel.PREFECTURE),
    ("县", AdminLevel.COUNTY),
    ("区", AdminLevel.COUNTY),
    ("旗", AdminLevel.COUNTY),
)


@dataclass(frozen=True, slots=True)
class BodyName:
    """A name taken apart. `core` is what kind of body it is, such as 财政 or 政府."""

    text: str
    places: tuple[str, ...]
    """From the widest to the closest; a bare level such as 省 counts as a place."""
    core: str
    kind: str
    """What its kind of body is called: 厅, 局, 委 …"""
    level: AdminLevel | None
    """As far as the name tells it."""
    part: bool
    """Something within the body is named too, such as 财政厅采购处."""

    @property
    def bare(self) -> bool:
        """Only the level of the place is said (省财政厅), not which place."""
        return not self.places or only_level(self.places[-1])


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Simplified, half width, without spaces and punctuation."""
    plain = _NOISE.sub("", unicodedata.normalize("NFKC", text).translate(simplified()))
    while (shorter := _LEADING.sub("", plain)) != plain:
        plain = shorter
    return _COMMITTEE_AND.sub(r"\g<level>", plain)


def split_bodies(text: str) -> list[str]:
    """The bodies of an enumeration, such as 财政局、住建局和城管局."""
    return [part for part in _SEVERAL.split(text) if part.strip()]


class Places:
    """The places of the jurisdictions, by full and short name."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self._codes: dict[str, set[str]] = {}
        self._full: dict[str, str] = {}
        self._names = dict(names)
        for code, name in names.items():
            self._codes.setdefault(name, set()).add(code)
            self._full[name] = name
        for name in names.values():
            for short in _short_names(name):
                self._full.setdefault(short, name)
        self._beginning: dict[str, list[str]] = defaultdict(list)
        self._ending: dict[str, list[str]] = defaultdict(list)
        for spelling in sorted(self._full, key=len, reverse=True):
            self._beginning[spelling[:2]].append(spelling)
            if spelling in self._codes:
                self._ending[spelling[-2:]].append(spelling)
        self.read = lru_cache(maxsize=4096)(self._read)

    def codes(self, place: str) -> frozenset[str]:
        return frozenset(self._codes.get(place, ()))

    def name(self, code: str) -> str | None:
        return self._names.get(code)

    def _read(self, text: str) -> BodyName:
        """Take a name apart. Cached: the same accused name is compared with every department."""
        folded = fold(text)
        places, rest = self._split_places(folded)
        for long, short in _SAME_WORDS:
            rest = rest.replace(long, short)
        core, kind, part = _split_body(rest)
        return BodyName(folded, places, core, kind, _level(places, kind), part)

    def _split_places(self, text: str) -> tuple[tuple[str, ...], str]:
        places: list[str] = []
        while text:
            found = self._known_place(text) or self._written_place(text)
            if found is None:
                break
            place, length = found
            if not (places and only_level(place) and places[-1].endswith(place)):
                places.append(place)  # 汝湖镇镇政府 says the level of its place twice
            text = text[length:]
        return tuple(places), text

    def _written_place(self, text: str) -> tuple[str, int] | None:
        """A place we may not know; words before one we do know (控告了青海省) are dropped."""
        match = _PLACE.match(text)
        if match is None:
            return None
        place = match["place"]
        known = next((name for name in self._ending.get(place[-2:], ()) if place.endswith(name)), place)
        return known, match.end()

    def _known_place(self, text: str) -> tuple[str, int] | None:
        for spelling in self._beginning.get(text[:2], ()):
            if not text.startswith(spelling):
                continue
            full, rest = self._full[spelling], text[len(spelling) :]
            if spelling == full or not _PLACE.match(rest[:1] + "x"):
                return self._by_kind(spelling, full, rest), len(spelling)
        return None

    def _by_kind(self, spelling: str, full: str, rest: str) -> str:
        """吉林财政厅 belongs to the province, 吉林财政局 to the city of the same name."""
        if spelling == full:
            return full
        want = "省" if re.match(r"[^局]*?厅", rest) else "市"
        other = spelling + want
        return other if other in self._codes else full


def only_level(place: str) -> bool:
    """省, 市, 街道: a level without a name."""
    return len(place) == 1 or place in {"街道", "社区", "地区"}


def _short_names(name: str) -> Iterable[str]:
    for suffix in ("蒙古族藏族自治州", "藏族自治州", "朝鲜族自治州"):
        if name.endswith(suffix):
            stem = name.removesuffix(suffix)
            return (stem + "州", stem)
    for suffix in ("地区", "街道", "省", "市", "区", "县", "镇"):
        stem = name.removesuffix(suffix)
        if stem != name:
            return (stem,) if len(stem) > 1 else ()
    return ()


def _split_body(rest: str) -> tuple[str, str, bool]:
    """Core, kind of body, and whether a part of it is meant."""
    if office := _OFFICE.match(rest):
        return "政府办", "办", bool(office["rest"])
    if government := _GOVERNMENT.match(rest):
        return "政府", "政府", bool(government["rest"])
    if body := _BODY.match(rest):
        return body["core"], body["kind"], bool(body["rest"])
    return rest, "", False


def _level(places: tuple[str, ...], kind: str) -> AdminLevel | None:
    if places:
        return level_of_place(places[-1])
    return AdminLevel.PROVINCE if kind == "厅" else None


def level_of_place(place: str) -> AdminLevel | None:
    """What the last word of a place says: 区 is a county's level, 地区 a prefecture's."""
    return next((level for suffix, level in _LEVELS if place.endswith(suffix)), None)
