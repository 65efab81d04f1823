"""Where a message is about: names of regions, their old and short forms, resolved by their superiors.

Counties and towns of the whole country. A place that could be several is not guessed: all of them are
returned. Names of firms, streets, products and persons that begin with a place do not count, nor does where
somebody merely works.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from classify.details.towns import Towns
from classify.text.normalise import pinyin_key
from classify.types import AdminLevel

DATA = Path(__file__).parents[1] / "data"
LEVELS = {level.value: level for level in AdminLevel}
HOME = ("23", "22", "63", "4413")
"""Code prefixes of the jurisdictions: here counties are also known by their bare names."""
MOST_OPTIONS = 8

SUFFIX = re.compile(
    r"(?:壮族|回族|维吾尔)?自治区$|特别行政区$|自治州$|自治县$|自治旗$|地区$|林区$|街道$|[省市区县盟旗镇州]$"
)
_NOT_A_PLACE = re.compile(
    r"^(?:镇|乡|村|街|路|大道|大街|社区|小区|湖|山|河|江|桥|公园|花园|广场|大厦|银行|大学|学院|一中|籍|菜|牌|建工|建设集团|人寿|移动|联通|电信|石化|晚报|日报|口味"
    r"|高速|高铁|铁路|管道|输油|输气|机场|航空|油田|拉面|火锅|客商|老板|商人|人士|老乡|话|口音|车牌|牌照|户籍|户口|特产|采光|能源|重工|集团|证券|保险|证监|时间|城建|师大|师范|人(?!民|社|大|事|才)|分行|分公司|支行"
    r"|湾|[至到-][一-鿿]{2,6}?(?:高速|高铁|铁路|管道|专线|公路))"
)
_BRANCH = re.compile(r"^(?:[分支]行|分公司|建工|建筑|电力公司)")
_FIRM = re.compile(
    r"^(?:(?![的在有是被把欠说要来给签])[一-鿿()]){0,14}?(?:公司|集团|酒店|商行|合作社|工厂|有限|律所|事务所|建筑|建工|劳务)"
)
_PUBLIC_FIRM = re.compile(
    r"^[一-鿿]{0,2}?(?:城投|城建投|国投|建投|交投|水投|产投|文旅|国资|供水|自来水|公交|水务|平台公司|供销)"
)
_PASSED_THROUGH = re.compile(r"^[一-鿿]{0,2}?(?:打工|务工|经商|当兵|出差|读大学|念大学|做生意|谋生)")
_HOME_WORDS = re.compile(r"老家|家乡|返乡|回乡|回家|回来|村|[镇乡]")
_AT = re.compile(r"[在到去来从住自赴驻]$|位于$")
_LEFT = re.compile(r"(?:^|[^一-鿿]|[我咱们给向的和与由原对被将把让请及为是叫找告我说了])$")
_RIGHT = re.compile(
    r"^(?:$|[^一-鿿]|[的这那本当有没人欠拖一某做打干东西南北老新招投几不在和跟请让把还要给为是县市区省州各乡镇农])"
)
_OFFICE = re.compile(
    r"(?:政府|人民|市|县|区|省|州|公安|教育|财政|住建|法院|检察|招商|投促|开发区|管委|高新|经开|经济|城投|城管|国投|这边|那边|当地|本地|市区|某|各|地区|人社|信访|民政|交通|税务|纪委"
    r"|监委|国土|自然资源|市场监|卫[健生]|农业|水[利务]|发改|城东|城西|城北|城中|新区|园区|工业园|产业园)"
)
_STRICT_LEFT = re.compile(r"(?:^|[^一-鿿]|在|我们|我|老|原|以前|从前|过去|来自|我是|给|到|咱|由|的|当年)$")
_FORMERLY = re.compile(r"(?:老|原|以前的?|从前的?|过去的?|当年的?)$")
_HERE = re.compile(
    r"^(?:这边|那边|这里|那里|这片|这块|呢边|呢度|当地|本地|县城|城里|山里|乡下|的?[市县区州旗镇乡村]"
    r"|的[^,。]{0,4}[局委院]|[一-鿿]{2,3}[镇乡](?:政府|人民|党委)|街道|一家|一所|一个|有个|有家|某)"
)
_OFFICES = ("政府", "县委", "区委", "市委", "教育", "公安", "财政", "住建", "法院")
LEAST_SURE = 0.3
"""Weight of a firm's place, and of a town whose name is borne by others too."""


_SUFFIXED = re.compile("[县市区州旗]")
_NO_COUNTIES = frozenset(("城", "市", "新", "老"))


class Place(NamedTuple):
    """A row of the region table."""

    code: str
    name: str
    level: AdminLevel
    forms: tuple[str, ...]
    """The names it is known by, the official one first."""


class Mention(NamedTuple):
    """A name in the plain text and the codes it may stand for."""

    start: int
    end: int
    codes: tuple[str, ...]
    weight: float


class Located(NamedTuple):
    """The place found, or the several it could be."""

    place: Place | None
    options: tuple[Place, ...]
    start: int
    end: int


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
        self._needs_superior: set[str] = set()
        sure: set[str] = set()
        self._former: set[str] = set()
        stated = {form for place in self.places.values() for form in place.forms}
        for place in self.places.values():
            stem = SUFFIX.sub("", place.forms[-1])
            known = len(stem) < 2 or stem in stated or place.level is not AdminLevel.COUNTY
            for form in place.forms if known else (*place.forms, stem):
                names[form].add(place.code)
                bare = not SUFFIX.search(form) or len(form) < 3 or form in common
                elsewhere = place.level is AdminLevel.COUNTY and not place.code.startswith(HOME)
                if bare and (form in common or (elsewhere and form != place.name)):
                    self._needs_superior.add(form)
                elif not elsewhere:
                    sure.add(form)
        self._needs_superior -= sure - common
        for name, code in {**_former_counties(self.places, names), **extra}.items():
            names[name].add(code)
            stem = SUFFIX.sub("", name)
            if len(stem) > 1 and stem not in names:
                names[stem].add(code)
                self._former.add(stem)
        self._needs_superior |= self._former
        index: dict[str, list[str]] = defaultdict(list)
        for name in names:
            index[name[:2]].append(name)
        self._names = {name: tuple(sorted(codes)) for name, codes in names.items()}
        self._index = {start: tuple(sorted(found, key=len, reverse=True)) for start, found in index.items()}
        first, second = ("".join(sorted(set(signs))) for signs in zip(*index, strict=True))
        self._beginning = re.compile(f"[{re.escape(first)}](?=[{re.escape(second)}])")
        self._towns = towns
        self._common = common
        self._sounds = {
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
        return [(place.name, SUFFIX.sub("", place.name)) for place in ranked]

    @property
    def levels(self) -> dict[str, AdminLevel]:
        """Every name that stands for a place, with the level of the highest such place."""
        return {name: self.places[min(codes, key=_height)].level for name, codes in self._names.items()}

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

    def mentions(self, text: str) -> list[Mention]:
        """Every name of a place."""
        found: list[Mention] = []
        bare: list[Mention] = []
        reach = 0
        for beginning in self._beginning.finditer(text):
            place = beginning.start()
            names = self._index.get(text[place : place + 2])
            if not names or place < reach:
                continue
            name = next((name for name in names if text.startswith(name, place)), None)
            mention = self._mention(text, place, name, reach) if name else None
            if mention:
                (bare if name in self._needs_superior else found).append(mention)
                reach = mention.end
        found += [mention for mention in bare if self._supported(mention, found, text)]
        ends = frozenset(mention.end for mention in found)
        for start, end, codes in self._towns.find(text, ends):
            found.append(Mention(start, end, codes, 0.9 if len(codes) == 1 else LEAST_SURE))
        return found or self._misspelt(text)

    def _mention(self, text: str, start: int, name: str, reach: int) -> Mention | None:
        """None when the name is part of a word or of a firm's name; `reach` is where the last one ended."""
        end = start + len(name)
        rest = text[end : end + 24]
        suffixed = bool(SUFFIX.search(name)) and len(name) > 2
        if _NOT_A_PLACE.match(rest) if not suffixed else _BRANCH.match(rest):
            return None
        before = text[start - 1] if start else ""
        if before == "《" or (not suffixed and "、" in (before, rest[:1])):
            return None
        if not suffixed and start != reach and not self._stands_apart(text, start, name, rest):
            return None
        weight = 1.0
        if _FIRM.match(rest) and not _PUBLIC_FIRM.match(rest):
            if not suffixed or self._widest(name) != AdminLevel.COUNTY:
                return None
            weight = LEAST_SURE
        elif _PASSED_THROUGH.match(rest):
            if _HOME_WORDS.search(text):
                return None
            weight = LEAST_SURE
        return Mention(start, end, self._names[name], weight if suffixed else weight * 0.9)

    def _widest(self, name: str) -> AdminLevel:
        return self.places[min(self._names[name], key=lambda code: len(trunk(code)))].level

    def _stands_apart(self, text: str, start: int, name: str, rest: str) -> bool:
        """Whether a bare name is a word of its own: 幸福建立 holds no 福建, 一视同仁 no 同仁."""
        before = text[max(0, start - 2) : start]
        if len(name) == 2 and SUFFIX.search(name):
            return bool(_LEFT.search(before) or _AT.search(before) or _STRICT_LEFT.search(before))
        if len(name) >= 3 or _AT.search(before) or _OFFICE.match(rest):
            return True
        followed = _RIGHT.match(rest) or self._index.get(rest[:2])
        return bool(_LEFT.search(before) and followed)

    def _misspelt(self, text: str) -> list[Mention]:
        """Official names with one character written by its sound: 丹风县. For texts without any other."""
        found = []
        for ending in _SUFFIXED.finditer(text):
            for size in (3, 4):
                start = ending.end() - size
                if start < 0 or (
                    start
                    and not (_LEFT.search(text[start - 1 : start]) or _AT.search(text[start - 1 : start]))
                ):
                    continue
                written = text[start : ending.end()]
                name = self._sounds.get(pinyin_key(written))
                sure = written[-1] in "县旗" or size > 3 or _OFFICE.match(text, ending.end())
                if name and sure and sum(map(str.__ne__, name, written)) == 1 and name[-1] == written[-1]:
                    found.append(Mention(start, ending.end(), self._names[name], 1.0))
        return found

    def _supported(self, mention: Mention, found: list[Mention], text: str) -> bool:
        """A bare everyday word counts right behind its superior or right before a public body."""
        near = any(
            0 <= mention.start - other.end <= 1
            and any(trunk(code).startswith(trunk(sup)) for code in mention.codes for sup in other.codes)
            for other in found
        )
        if near:
            return True
        before, rest = text[max(0, mention.start - 2) : mention.start], text[mention.end : mention.end + 8]
        if any(code.startswith(HOME) for code in mention.codes) and rest[:2] in _OFFICES:
            return True
        name = text[mention.start : mention.end]
        if name in self._former:
            return bool(_FORMERLY.search(text[max(0, mention.start - 4) : mention.start]))
        apart = bool(_STRICT_LEFT.search(before))
        everyday = name in self._common
        return apart and (not everyday or bool(_HERE.match(rest)))

    def locate(self, text: str) -> Located | None:
        """The most specific place the names agree on; None when no place is named."""
        mentions = self.mentions(text)
        if not mentions:
            return None
        support: dict[str, float] = {}
        first: dict[str, Mention] = {}
        for mention in mentions:
            for code in mention.codes:
                first.setdefault(code, mention)
        for code in first:
            stem = trunk(code)
            support[code] = sum(
                max((1.0 for other in m.codes if stem.startswith(trunk(other))), default=0.0) * m.weight
                for m in _distinct(mentions)
            )
        best = max(support.values())
        winners = [code for code, value in support.items() if value >= best - 0.05]
        deepest = first[max(winners, key=lambda code: len(trunk(code)))]
        winners = [code for code in winners if first[code] is deepest]
        name = text[deepest.start : deepest.end]
        if len(winners) == 1:
            return Located(self.place(winners[0], name), (), deepest.start, deepest.end)
        if len(winners[0]) == 9 and winners[0] not in self.places:
            return None
        options = tuple(
            self.places[code] for code in sorted(winners, key=lambda c: (not c.startswith(HOME), c))
        )
        return Located(None, options[:MOST_OPTIONS], deepest.start, deepest.end)


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


def _distinct(mentions: list[Mention]) -> list[Mention]:
    """One mention per set of codes, the weightiest: saying a name twice proves nothing."""
    best: dict[tuple[str, ...], Mention] = {}
    for mention in mentions:
        known = best.get(mention.codes)
        if known is None or known.weight < mention.weight:
            best[mention.codes] = mention
    return list(best.values())
