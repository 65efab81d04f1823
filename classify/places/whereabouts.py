"""Where a message is about: the regions it names, resolved by their superiors.

A place that could be several is not guessed: all of them are returned. Names of firms, streets, products and
persons that begin with a place do not count, nor does where somebody merely works.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from classify.bodies.words import VOCABULARY
from classify.places.regions import HOME, SUFFIX, Gazetteer, Place, trunk
from classify.text.normalise import pinyin_key
from classify.types import AdminLevel

MOST_OPTIONS = 8
_NOT_A_PLACE = re.compile(
    r"^(?:镇|乡(?!下)|村|街(?!道办)|[东西南北中]?路|[东西南北中]?大道|[东西南北中]?大街|[东西南北中]街|现代|茅台|啤酒|烤鸭|牛奶|汽车(?!站)|棉花|白酒|老窖|卷烟|香烟|大米|羊肉|牛肉|米线|小吃|社区|小区|湖|山(?![区里西东上])|河|江|桥|公园|花园|广场|大厦|银行|大学(?!城)|学院|一中|籍|菜|牌|建工|建设集团|人寿|移动|联通|电信|石化|晚报|日报|口味"
    r"|高速|高铁|铁路|管道|输油|输气|机场|航空|油田|拉面|火锅|客商|老板|商人|人士|老乡|话|口音|车牌|牌照|户籍|户口|特产|采光|能源|重工|集团|证券|保险|证监|时间|城建|师大|师范|人(?!民|社|大|事|才)|分行|分公司|支行"
    r"|湾|[至到-][一-鿿]{2,6}?(?:高速|高铁|铁路|管道|专线|公路))"
)
_BRANCH = re.compile(r"^(?:[分支]行|分公司|建工|建筑|电力公司)")
_FIRM = re.compile(
    r"^(?!一[家个]|某|有[家个]|这|那|边上|周边|附近|当地|本地|山区|乡下|农村|郊区|市区)(?:(?![的在有是被把欠说要来给签了着过我他们])[一-鿿()]){0,14}?(?:公司|集团|酒店|商行|合作社|工厂|有限|律所|事务所|建筑|建工|劳务)"
)
_PUBLIC_FIRM = re.compile(
    r"^(?:国有|[一-鿿]{0,2}?)(?:国有|交通(?:投资|建设|发展|集团)|城市(?:建设|发展|投资|运营)|城乡(?:建设|投资)|水利投资|旅游(?:投资|发展)|文化旅游|产业投资|保障房|安居|轨道|地铁|热力|供热|供暖|燃气|排水|环卫|粮食|农垦|城投|城建投|国投|建投|交投|水投|产投|文旅|国资|供水|自来水|公交|水务|平台公司|供销)"
)
_PASSED_THROUGH = re.compile(r"^[一-鿿]{0,2}?(?:打工|务工|经商|当兵|出差|读大学|念大学|做生意|谋生)")
_CAME = re.compile(r"(?:那边|这边)?(?:请|招|引|搬|回|过来|来|拉来|运来|调|带)")
"""从温州请来: where somebody came from."""
_HOME_WORDS = re.compile(r"老家|家乡|返乡|回乡|回家|回来|村|[镇乡]")
_AT = re.compile(r"[在到去来从住自赴驻]$|位于$")
_LEFT = re.compile(r"(?:^|[^一-鿿]|[我咱们给向的和与由原对被将把让请及为是系叫找告我说了]|本人)$")
_RIGHT = re.compile(
    r"^(?:$|[^一-鿿]|[的这那本当有没人欠拖一某做打干东西南北老新招投几不在和跟请让把还要给为是县市区省州各乡镇农])"
)
_OFFICE = re.compile(
    r"(?:政府|人民|市|县|区|省|州|公安|教育|财政|住建|法院|检察|招商|投促|开发区|管委|高新|经开|经济|城投|城管|国投|这边|那边|当地|本地|市区|某|各|地区|人社|信访|民政|交通|税务|纪委"
    r"|监委|国土|自然资源|市场监|卫[健生]|农业|水[利务]|发改|城东|城西|城北|城中|新区|园区|工业园|产业园)"
)
_HOME_OF = re.compile(r"(?:老家|家住|家在|户籍|户口|籍贯|地址|地点|地区|位置|坐标|位于)(?:是|在|为|:)?$")
"""What is told to be home outweighs where somebody works."""
_AT_HOME = 1.2
_TOWNS = ("镇", "乡", "街道")
_NATIVE = re.compile(r"(?:我|俺|咱|我们|俺们|本人|咱们)(?:都)?[是系]$")
_STRICT_LEFT = re.compile(r"(?:^|[^一-鿿]|在|我们|我|老|原|以前|从前|过去|来自|我是|给|到|咱|由|的|当年)$")
_FORMERLY = re.compile(r"(?:老|原|以前的?|从前的?|过去的?|当年的?)$")
_WORK = "|".join(sorted(VOCABULARY.work, key=len, reverse=True))
_DEPARTMENT = re.compile(rf"(?:{_WORK})[一-鿿]{{0,8}}?(?:局|厅|委|办|中心|大队|支队|所|站|处)")
_HERE = re.compile(
    r"^(?:[这那](?:[儿头片块段条座]|疙瘩|旮旯|一?带|地方)|的[,。]|这边|那边|这里|那里|这片|这块|呢边|呢度|当地|本地|县城|城里|山里|乡下|的?[市县区州旗镇乡村]"
    r"|的[^,。]{0,4}[局委院]|[一-鿿]{2,3}[镇乡](?:政府|人民|党委)|街道|一家|一所|一个|有个|有家|某)"
)
_OFFICES = ("政府", "县委", "区委", "市委", "教育", "公安", "财政", "住建", "法院")
LEAST_SURE = 0.3
"""Weight of a firm's place, and of a town whose name is borne by others too."""


_SUFFIXED = re.compile("[省县市区州旗盟]")


class Mention(NamedTuple):
    """A name in the plain text and the codes it may stand for."""

    start: int
    end: int
    codes: tuple[str, ...]
    weight: float
    name: str = ""
    """Its full name where less is written."""


class Located(NamedTuple):
    """The place found, or the several it could be."""

    place: Place | None
    options: tuple[Place, ...]
    start: int
    end: int


class Whereabouts:
    """Finds places in plain texts; pure."""

    def __init__(self, regions: Gazetteer) -> None:
        self._regions = regions

    def mentions(self, text: str) -> list[Mention]:
        """Every name of a place."""
        found: list[Mention] = []
        bare: list[Mention] = []
        reach = 0
        for beginning in self._regions.beginning.finditer(text):
            place = beginning.start()
            names = self._regions.index.get(text[place : place + 2])
            if not names or place < reach:
                continue
            name = next((name for name in names if text.startswith(name, place)), None)
            mention = self._mention(text, place, name, reach) if name else None
            if mention:
                (bare if name in self._regions.needs_superior else found).append(mention)
                reach = mention.end
        found += [mention for mention in bare if self._supported(mention, found, text)]
        ends = frozenset(mention.end for mention in found)
        for start, end, codes in self._regions.towns.find(text, ends):
            found.append(Mention(start, end, codes, 0.9 if len(codes) == 1 else LEAST_SURE))
        found += [town for mention in found for town in self._bare_towns(text, mention)]
        return found or self._misspelt(text)

    def _mention(self, text: str, start: int, name: str, reach: int) -> Mention | None:
        """None when the name is part of a word or of a firm's name; `reach` is where the last one ended."""
        end = start + len(name)
        rest = text[end : end + 24]
        before = text[max(0, start - 5) : start]
        if rest.startswith("人") and (_NATIVE.search(before) or (start == reach and reach)):
            rest = rest[1:] + " "
        home = bool(_HOME_OF.search(before))
        suffixed = bool(SUFFIX.search(name)) and len(name) > 2
        if before.endswith("从") and _CAME.match(rest):
            return None
        wider = self._is_wider(name, rest)
        if not wider and (_NOT_A_PLACE.match(rest) if not suffixed else _BRANCH.match(rest)):
            return None
        if before[-1:] == "《" or (not suffixed and "、" in (before[-1:], rest[:1])):
            return None
        if not suffixed and start != reach and not home and not self._stands_apart(text, start, name, rest):
            return None
        weight = _AT_HOME if home else 1.0
        if not wider and _FIRM.match(rest) and not _PUBLIC_FIRM.match(rest):
            if self._widest(name) != AdminLevel.COUNTY:
                return None
            weight = LEAST_SURE
        elif _PASSED_THROUGH.match(rest):
            if _HOME_WORDS.search(text):
                return None
            weight = LEAST_SURE
        return Mention(start, end, self._regions.names[name], weight if suffixed else weight * 0.9)

    def _is_wider(self, name: str, rest: str) -> bool:
        """Whether the name of a place inside it follows: 广西|河池."""
        inner = next((one for one in self._regions.index.get(rest[:2], ()) if rest.startswith(one)), None)
        codes = self._regions.names[inner] if inner else ()
        return any(trunk(one).startswith(trunk(code)) for one in codes for code in self._regions.names[name])

    def _widest(self, name: str) -> AdminLevel:
        return self._regions.places[min(self._regions.names[name], key=lambda code: len(trunk(code)))].level

    def _stands_apart(self, text: str, start: int, name: str, rest: str) -> bool:
        """Whether a bare name is a word of its own: 幸福建立 holds no 福建, 一视同仁 no 同仁."""
        before = text[max(0, start - 2) : start]
        if len(name) == 2 and SUFFIX.search(name):
            return bool(_LEFT.search(before) or _AT.search(before) or _STRICT_LEFT.search(before))
        if len(name) >= 3 or _AT.search(before) or _OFFICE.match(rest) or _DEPARTMENT.match(rest):
            return True
        followed = _RIGHT.match(rest) or self._regions.index.get(rest[:2]) or self._town_follows(name, rest)
        apart = _LEFT.search(before) or _STRICT_LEFT.search(text[max(0, start - 3) : start])
        return bool(apart and followed)

    def _town_follows(self, county: str, rest: str) -> bool:
        """化隆|群科镇, 惠城|桥东: a town of this county, in full or in short."""
        codes = self._regions.names[county]
        names = [
            rest[:size] + ending
            for size in (2, 3, 4)
            for ending in ("", *_TOWNS)
            if len(rest) >= size and (ending or rest[:size].endswith(_TOWNS))
        ]
        return any(town[:6] in codes for name in names for town in self._regions.towns.codes(name))

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
                name = self._regions.sounds.get(pinyin_key(written))
                sure = written[-1] in "县旗" or size > 3 or _OFFICE.match(text, ending.end())
                if name and sure and sum(map(str.__ne__, name, written)) == 1 and name[-1] == written[-1]:
                    found.append(Mention(start, ending.end(), self._regions.names[name], 1.0))
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
        rest = text[mention.end : mention.end + 8]
        if any(code.startswith(HOME) for code in mention.codes) and rest[:2] in _OFFICES:
            return True
        name = text[mention.start : mention.end]
        if name in self._regions.former:
            return bool(_FORMERLY.search(text[max(0, mention.start - 4) : mention.start]))
        if _HOME_OF.search(text[max(0, mention.start - 5) : mention.start]):
            return True
        apart = bool(_STRICT_LEFT.search(text[max(0, mention.start - 3) : mention.start]))
        at_home = any(code.startswith(HOME) for code in mention.codes)
        if apart and ((at_home and _DEPARTMENT.match(rest)) or self._town_follows(name, rest)):
            return True
        everyday = name in self._regions.common
        return apart and (not everyday or bool(_HERE.match(rest)))

    def _bare_towns(self, text: str, county: Mention) -> list[Mention]:
        """博罗公庄: a town by its short name right behind its county."""
        for size in (3, 2):
            name, rest = text[county.end : county.end + size], text[county.end + size :][:8]
            if not _RIGHT.match(rest) or rest.startswith(_TOWNS) or name in self._regions.common:
                continue
            for town in map(name.__add__, _TOWNS):
                codes = self._regions.towns.codes(town)
                inside = tuple(code for code in codes if code[:6] in county.codes)
                if inside:
                    return [Mention(county.end, county.end + size, inside, 0.9, town)]
        return []

    def _contradiction(self, text: str, mentions: list[Mention]) -> Located | None:
        """哈尔滨市惠城区: a region right behind one that it is not in. Neither is guessed."""
        by_start = {mention.start: mention for mention in mentions}
        for above in mentions:
            below = by_start.get(above.end)
            if below is None or not (
                _SUFFIXED.match(text, above.end - 1) and _SUFFIXED.match(text, below.end - 1)
            ):
                continue
            wider = all(len(trunk(one)) < len(trunk(other)) for one in above.codes for other in below.codes)
            if wider and not any(trunk(o).startswith(trunk(c)) for o in below.codes for c in above.codes):
                codes = (*above.codes, *below.codes)
                options = tuple(self._regions.places[code] for code in codes if code in self._regions.places)
                return Located(None, options[:MOST_OPTIONS], above.start, below.end)
        return None

    def locate(self, text: str) -> Located | None:
        """The most specific place the names agree on; None when no place is named."""
        mentions = self.mentions(text)
        if not mentions:
            return None
        if contradiction := self._contradiction(text, mentions):
            return contradiction
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
        name = deepest.name or text[deepest.start : deepest.end]
        if len(winners) == 1:
            return Located(self._regions.place(winners[0], name), (), deepest.start, deepest.end)
        if len(winners[0]) == 9 and winners[0] not in self._regions.places:
            return None
        options = tuple(
            self._regions.places[code] for code in sorted(winners, key=lambda c: (not c.startswith(HOME), c))
        )
        return Located(None, options[:MOST_OPTIONS], deepest.start, deepest.end)


def _distinct(mentions: list[Mention]) -> list[Mention]:
    """One mention per set of codes, the weightiest: saying a name twice proves nothing."""
    best: dict[tuple[str, ...], Mention] = {}
    for mention in mentions:
        known = best.get(mention.codes)
        if known is None or known.weight < mention.weight:
            best[mention.codes] = mention
    return list(best.values())
