"""Where a message is about: names of regions, their old and short forms, resolved by their superiors.

County level for the whole country and the townships of 惠城. A place that could be several is not
guessed: all of them are returned. Names of streets, firms and schools that begin with a place do not count.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

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
    r"^(?:镇|乡|村|街|路|大道|大街|社区|小区|湖|山|河|桥|公园|花园|广场|大厦|银行|大学|学院|一中|籍|菜|牌|城建|建工|建设集团|人寿|移动|联通|电信|石化|晚报|日报|口味)"
)
_FIRM = re.compile(r"^[一-鿿()]{0,14}?(?:公司|集团|酒店|商行|合作社|工厂)")


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

    def __init__(self, places: Iterable[Place], extra: dict[str, str], common: frozenset[str]) -> None:
        self.places = {place.code: place for place in places}
        self._trunks = {trunk(code): code for code in self.places}
        names: dict[str, set[str]] = defaultdict(set)
        self._needs_superior: set[str] = set()
        for place in self.places.values():
            for form in place.forms:
                names[form].add(place.code)
                bare = not SUFFIX.search(form) or len(form) < 3
                if bare and form in common and form != place.name:
                    self._needs_superior.add(form)
        for name, code in extra.items():
            names[name].add(code)
        index: dict[str, list[str]] = defaultdict(list)
        for name in names:
            index[name[:2]].append(name)
        self._names = {name: tuple(sorted(codes)) for name, codes in names.items()}
        self._index = {start: tuple(sorted(found, key=len, reverse=True)) for start, found in index.items()}
        first, second = ("".join(sorted(set(signs))) for signs in zip(*index, strict=True))
        self._beginning = re.compile(f"[{re.escape(first)}](?=[{re.escape(second)}])")

    @classmethod
    def load(cls) -> Gazetteer:
        rows = (line.split("\t") for line in (DATA / "regions.tsv").read_text(encoding="utf-8").splitlines())
        names = tomllib.loads((DATA / "region_names.toml").read_text(encoding="utf-8"))
        places = [
            Place(code, name, LEVELS[level], tuple(forms.split())) for code, name, level, _, forms in rows
        ]
        known = {place.code for place in places}
        extra = {name: code for name, code in {**names["old"], **names["short"]}.items() if code in known}
        return cls(places, extra, frozenset(names["common"]["names"].split()))

    def superiors(self, code: str) -> list[str]:
        """Codes from the province down to the region itself."""
        stem = trunk(code)
        found = [self._trunks.get(stem[:size]) for size in (2, 4, 6, 9) if size <= len(stem)]
        return [item for item in found if item]

    def full_name(self, code: str) -> str:
        """The name with all superiors, such as 青海省西宁市城东区."""
        return "".join(self.places[item].name for item in self.superiors(code))

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
            mention = self._mention(text, place, name) if name else None
            if mention:
                (bare if name in self._needs_superior else found).append(mention)
                reach = mention.end
        return found + [mention for mention in bare if self._supported(mention, found, text)]

    def _mention(self, text: str, start: int, name: str) -> Mention | None:
        end = start + len(name)
        rest = text[end : end + 24]
        suffixed = bool(SUFFIX.search(name)) and len(name) > 2
        if not suffixed and _NOT_A_PLACE.match(rest):
            return None
        weight = 0.3 if _FIRM.match(rest) else 1.0
        return Mention(start, end, self._names[name], weight if suffixed else weight * 0.9)

    def _supported(self, mention: Mention, found: list[Mention], text: str) -> bool:
        """A bare everyday word counts right behind its superior or right before a public body."""
        near = any(
            0 <= mention.start - other.end <= 1
            and any(trunk(code).startswith(trunk(sup)) for code in mention.codes for sup in other.codes)
            for other in found
        )
        return near or text[mention.end : mention.end + 2] in (
            "政府",
            "县委",
            "区委",
            "市委",
            "教育",
            "公安",
            "财政",
            "住建",
            "法院",
        )

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
        return self._located(winners, first)

    def _located(self, winners: list[str], first: dict[str, Mention]) -> Located:
        mention = min((first[code] for code in winners), key=lambda item: item.start)
        if len(winners) == 1:
            return Located(self.places[winners[0]], (), mention.start, mention.end)
        options = tuple(
            self.places[code] for code in sorted(winners, key=lambda c: (not c.startswith(HOME), c))
        )
        return Located(None, options[:MOST_OPTIONS], mention.start, mention.end)


def _distinct(mentions: list[Mention]) -> list[Mention]:
    """One mention per set of codes, the weightiest: saying a name twice proves nothing."""
    best: dict[tuple[str, ...], Mention] = {}
    for mention in mentions:
        known = best.get(mention.codes)
        if known is None or known.weight < mention.weight:
            best[mention.codes] = mention
    return list(best.values())
