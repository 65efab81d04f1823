"""Every body a text names: where its name begins and ends, its kind, and its level.

A department is its work and its kind (住房 + 和 + 城乡建设 + 局), any other body one word (村委会); see
`words.py`. From there the name is read to the left: places we know, a level with a name before it,
or a name of its own, up to a word no name holds. Whether it is complained about is for `roles.py`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from classify.bodies.levels import level_of
from classify.bodies.names import likeliest_start
from classify.bodies.words import VOCABULARY, find_cores
from classify.types import AdminLevel

REACH = 30
"""Characters before the word for a body in which its name may begin."""
LONGEST = 60
"""Signs of a name; what goes on after them is another."""
LONGEST_PLACE = 14
LONGEST_OWN = {"village": 4, "town": 4, "place": 4, "school": 8, "health": 6, "other": 8, "firm": 16}
"""Characters of a name of its own, by kind of body; others have none but their place."""
UNKNOWN_PLACE = {"省": 2, "区": 8, "镇": 4, "乡": 4, "村": 4}
"""Most characters of an unknown place before its level; 3 for the others."""
_MASKED = re.compile(
    r".*?((?:[a-z]\d{0,2}|[x×○]{2,4}|某{1,2})(?:自治)?[省市县区镇乡村州旗]{1,2}\Z)", re.DOTALL
)
"""A place whose name was hidden: A7县, 某某市."""
_TWO_WORDS = frozenset({"和县"})
"""Rather a conjunction and a level than the place."""
_HOLDS_OTHERS = frozenset({"place", "town"})
"""水口街道|新民村: kinds of bodies whose name may stand before that of one inside them."""
_ABOVE_ALL = frozenset({"中华人民共和国", "国家", "中国", "全国"})
_JOINTS = ("和", "与", "及")
"""Right behind a body these join the next one to it: 村书记|和|村主任."""
_COUNTED = re.compile(r"(?<=[\d一二两三四五六七八九十几])[年月日号楼家个层栋期届室名]|[两三四五六七八九几]家")
"""What a number counts is no part of the name behind it: 1997年|工厂, 四家|建筑公司."""
_LEVEL_SIGN = frozenset("省市县区镇乡村州旗盟")
_TOWN = re.compile(r"[^省市县区州旗盟镇乡]{1,6}(?:镇|乡|街道)(?=[^镇乡道]*$)")
_GENERAL = re.compile(r"^[原全本我各该邻老新旧外整现]+(?=[省市县区镇乡村州]|$)")


class Body(NamedTuple):
    """A body named in the plain text."""

    name: str
    start: int
    end: int
    core: int
    """Where the word for its kind begins: before it stand place and own name."""
    kind: str
    level: AdminLevel | None

    @property
    def placed(self) -> bool:
        """Whether more is said than what kind of body it is."""
        return self.core > self.start


class BodyFinder:
    """Finds bodies in plain texts. `places`: the level of each place we know, by its names."""

    def __init__(self, places: Mapping[str, AdminLevel]) -> None:
        self._levels = places
        self._places = frozenset(places) - _TWO_WORDS | _ABOVE_ALL

    def find(self, text: str) -> list[Body]:
        """In the order of their ends; what is inside 《》 names a document and no body."""
        found: list[Body] = []
        quoted = _quoted(text)
        for core, end, kind in find_cores(text):
            if any(start < core < stop for start, stop in quoted):
                continue
            last = found[-1] if found else None
            if last is not None and end - last.start <= LONGEST and self._is_part(text, last, core, kind):
                of_place = last.kind == "place" and kind is not None
                found[-1] = _named(text, last.start, last.core, end, kind if of_place and kind else last.kind)
                continue
            floor = last.end + text.startswith(_JOINTS, last.end) if last else 0
            body = self._body(text, core, end, kind, floor) if kind else None
            if body is None:
                continue
            if last is not None and last.kind in _HOLDS_OTHERS and last.end == body.start and last.placed:
                found[-1] = _named(text, last.start, body.core, body.end, body.kind)
            else:
                found.append(body)
        return [self._with_level_of_place(_from_its_town(body, text)) for body in found]

    def _with_level_of_place(self, body: Body) -> Body:
        """五常市 is a county, though it is called a city."""
        if body.level is not AdminLevel.PREFECTURE:
            return body
        own = body.name[: body.core - body.start + 1]
        places = (own[start:end] for end in (len(own), len(own) - 1) for start in range(end - 1))
        level = next((self._levels[place] for place in places if place in self._levels), None)
        return body._replace(level=AdminLevel.COUNTY) if level is AdminLevel.COUNTY else body

    def _is_part(self, text: str, last: Body, core: int, kind: str | None) -> bool:
        """公安局|交警大队, 汝湖镇|中心小学, 领导小组|办公室, 公安局|惠城区|分局: one body, not two."""
        if core < last.end:
            return core > last.core
        if core == last.end:
            if kind is None and last.kind == "place":
                return False
            return kind != "place" and text[core] not in _LEVEL_SIGN
        if text[last.end : core] in ("下属", "所属", "直属", "下辖"):
            return kind is not None
        branch = text.startswith(("分", "支行", "中心支行"), core) or last.name.endswith(
            ("总局", "银行", "人行")
        )
        return branch and kind != "place" and self._past_places(text, last.end, core) == last.end

    def _body(self, text: str, core: int, end: int, kind: str, floor: int) -> Body | None:
        word = text[core:end]
        level = core + (kind in ("government", "village") and word[0] in _LEVEL_SIGN and len(word) > 2)
        floor = max(floor, core - REACH)
        start = self._start(text, floor, level, kind)
        if (
            level == core
            and text[core] in _LEVEL_SIGN
            and (masked := self._past_places(text, floor, core + 1)) < core
        ):
            start = masked
        if kind != "place":
            return _named(text, start, core, end, kind)
        if word in VOCABULARY.stands_for:
            if any(text[end - 1 : stop] in self._places for stop in range(end + 1, end + 4)):
                return None  # 市长 in 西安市长安区
            no_place = VOCABULARY.is_no_place(text[start : core + 1])
            return None if no_place else _named(text, start, core, end, kind)
        if core == start or end - start < 3 or VOCABULARY.is_no_place(text[start:end]):
            return None
        return _named(text, start, core, end, kind)

    def _start(self, text: str, floor: int, core: int, kind: str) -> int:
        """Where the name begins whose kind is said from `core` on."""
        start = self._past_places(text, floor, core)
        if (
            start == core
            and text.startswith("”", start - 1)
            and (opening := text.rfind("“", floor, start)) >= 0
        ):
            start = self._past_places(text, floor, opening)
            if start == opening and text[start - 1 : start] in _LEVEL_SIGN:
                return self._with_level(text, self._after_last_cut(text, floor, start), start)
        low = self._after_last_cut(text, floor, start)
        before = text[low:start]
        if cut := _GENERAL.match(before):
            low += cut.end()
            before = text[low:start]
        longest = LONGEST_OWN.get(kind, 0)
        if low < start < core <= low + longest and text[core - 1] not in _LEVEL_SIGN:
            return low  # 河南岸|街道: 南岸 is the short name of a place, and here a part of another
        own = longest if start == core else 0
        sign = text[start - 1] if start > low else ""
        if sign in _LEVEL_SIGN and start == core:
            start = self._with_level(text, low, start)
        elif own and before:
            start = self._with_own_name(text, low, start, kind)
        if text[start] in _LEVEL_SIGN:
            hidden = self._past_places(text, max(0, start - 7), start + 1)
            start = min(start, hidden)
        counted = _COUNTED.match(text, start, core)
        return counted.end() if counted else start

    def _after_last_cut(self, text: str, floor: int, end: int) -> int:
        """Behind the last word that no name holds; one inside the name of a place is none."""
        for stop in range(end, floor, -1):
            if not "一" <= text[stop - 1] <= "鿿":
                return stop
            for start in range(stop - 1, max(floor, stop - VOCABULARY.longest_cut) - 1, -1):
                kept = VOCABULARY.cuts.get(text[start:stop])
                if kept is None or any(text.startswith(name, start - at) for name, at in kept if start >= at):
                    continue
                if stop - start > 1 or not self._is_inside_place(text, start):
                    return stop
        return floor

    def _is_inside_place(self, text: str, sign: int) -> bool:
        return any(
            text[first : first + length] in self._places
            for first in range(max(0, sign - 2), sign + 1)
            for length in range(max(2, sign - first + 1), 6)
        )

    def _past_places(self, text: str, floor: int, start: int) -> int:
        """To the left over places we know, one directly behind the other."""
        while True:
            for length in range(min(LONGEST_PLACE, start - floor), 1, -1):
                place = text[start - length : start]
                if place in self._places and not _is_joined(text, start - length, place):
                    start -= length
                    break
            else:
                masked = text[start - 1 : start] in _LEVEL_SIGN and _MASKED.match(
                    text[max(floor, start - 7) : start]
                )
                if not masked:
                    return start
                start -= len(masked[1])

    def _first_place(self, text: str, low: int, end: int) -> int | None:
        """Where the first known place between the two begins, if one does."""
        for place in range(low, end - 1):
            for length in range(min(LONGEST_PLACE, end - place), 1, -1):
                name = text[place : place + length]
                if name in self._places and not _is_joined(text, place, name):
                    return place
        return None

    def _with_level(self, text: str, low: int, end: int) -> int:
        """丹风县|教育局: a level, with the name of a place before it that we may not know."""
        sign = text[end - 1]
        least = 1 if text.startswith("村", end) else 2
        first = self._first_place(text, low, end)
        if first is not None:
            low = first
        else:
            start = likeliest_start(text, low, end - 1, least, UNKNOWN_PLACE.get(sign, 3), place=sign != "区")
            return end - 1 if start is None or (sign == "省" and start > low) else start
        return self._past_places(text, max(0, low - REACH), low)

    def _with_own_name(self, text: str, low: int, end: int, kind: str) -> int:
        first = self._first_place(text, low, end)
        if first is not None:
            return self._past_places(text, max(0, low - REACH), first)
        general = text.startswith(VOCABULARY.without_name, end) and not any(
            sign in _LEVEL_SIGN for sign in text[low : end - 1]
        )
        if general:
            return end
        place = kind in ("village", "town", "place")
        start = likeliest_start(text, low, end, 1, LONGEST_OWN[kind], place=place)
        if start is None:
            return end
        of_place = low < start and text[start - 1] in _LEVEL_SIGN
        return self._with_level(text, low, start) if of_place else start


def _is_joined(text: str, start: int, place: str) -> bool:
    """政和 in 县财政和镇政府 is no place."""
    return len(place) == 2 and place[1] == "和" and text[start - 1 : start + 1] in VOCABULARY.work


def _from_its_town(body: Body, text: str) -> Body:
    """Of a village or a community no more than its town is said before it."""
    if body.kind not in ("place", "village"):
        return body
    town = _TOWN.search(text, body.start, body.core)
    return _named(text, town.start(), body.core, body.end, body.kind) if town else body


def _named(text: str, start: int, core: int, end: int, kind: str) -> Body:
    name = text[start:end]
    return Body(name, start, end, core, kind, level_of(name))


def _quoted(text: str) -> list[tuple[int, int]]:
    return [found.span() for found in re.finditer(r"《[^《》]{1,60}》?", text)] if "《" in text else []
