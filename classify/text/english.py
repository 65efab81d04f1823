"""Reads a message in English as the Chinese words it means.

Domain, place, body, sum, date and wish are then found by the same rules as in Chinese, and every find leads
back to the words of the writer. This is no translation: words that stand in no table are passed over. Who
reads the complaint at the desk sees the original.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from classify.text.replacing import Piece, one_of

ENGLISH = Path(__file__).parents[1] / "data" / "english.toml"
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTH = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    "|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
_COUNTED = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_TEENS = ("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_VALUES = {word: value for value, word in enumerate((*_COUNTED, *_TEENS), start=1)}
_VALUES |= {word: value for value, word in zip(range(20, 100, 10), _TENS, strict=True)} | {"a": 1, "an": 1}
_NUMBERS = {
    **{word: str(value) for word, value in _VALUES.items()},
    **{
        "half a": "0.5",
        "a couple of": "2",
        "several": "几",
        "a few": "几",
        "many": "几",
        "two and a half": "2.5",
    },
}
_SCALES = {
    **{"hundred thousand": "十万", "hundred million": "亿", "ten thousand": "万", "wan": "万", "yi": "亿"},
    **{"thousand": "千", "k": "千", "billion": "十亿", "bn": "十亿"},
    **dict.fromkeys(("million", "mn", "mio", "mln", "m"), "百万"),
}
_GROUPS = {"thousand": 1000, "million": 10**6, "billion": 10**9}
_UNITS = {"year": "年", "month": "个月", "week": "周", "day": "天"}
_CURRENCY = "rmb|cny|yuan|renminbi|kuai|[¥￥]"
_SAID = one_of(_NUMBERS).pattern
_SUM = re.compile(
    rf"(?P<foreign>(?:us|hk|au)?[$€£] ?|(?:usd|eur|hkd|gbp) )?(?:(?P<before>{_CURRENCY}) ?)?"
    rf"(?P<number>\d[\d,]*(?:\.\d+)?|{_SAID})(?:[ -]?(?P<scale>{one_of(_SCALES).pattern}))?\b"
    rf"(?: ?(?P<after>{_CURRENCY})\b| ?(?P<abroad>(?:us )?dollars|usd|euros?|eur|pounds)\b)?"
)
_SPELT = re.compile(
    rf"(?:(?P<before>{_CURRENCY}) ?)?(?P<words>(?:{one_of(_VALUES).pattern})"
    rf"(?:(?: and |[ -])(?:{one_of((*_VALUES, *_GROUPS, 'hundred')).pattern})\b)+)"
    rf"(?: ?(?P<after>{_CURRENCY})\b| ?(?P<abroad>(?:us )?dollars|usd|euros?|eur|pounds)\b)?"
)
_DATE = re.compile(
    r"(?P<since>(?:ever )?since (?:the )?(?:(?:end|beginning|start) of )?|from )?"
    rf"(?:(?P<day0>[12]?\d|3[01])(?:st|nd|rd|th)? )?(?:(?P<month>{_MONTH})\b\.?,? ?"
    r"(?:(?P<day>[12]?\d|3[01])(?:st|nd|rd|th)?,? )?)?(?:of )?(?P<year>(?:19|20)\d\d)(?![\d,])"
)
_LASTED = re.compile(
    rf"(?P<number>\d+|{_SAID})(?P<half> and a half)? (?P<unit>year|month|week|day)s?\b(?P<ago> ago)?"
)
_WORD = re.compile(r"[一-鿿]|[^\W\d_一-鿿](?:[^\W一-鿿]|['’-])*|\d+(?:[.,]\d+)*|\S")
_NAME = re.compile(r"([a-z]+(?:'[a-z]+)?)(?:[ -]([a-z]+))?(?:[ -]([a-z]+))?")
_SIGNS = {".": "。", "!": "!", "?": "?", ";": ";", ",": ",", ":": ":"}
_ARTICLES = ("the", "a", "an", "'s", "’s", "us", "people's")
_OF = re.compile(r" (?:of|in|for) (?:the )?")
_OFFICES = ("bureau", "department", "office", "administration", "authority", "agency")
_PROVINCIAL = re.compile(r"provinc(?:ial|e(?:'s|’s)?) $")
_COMMITTEE = "管委会"
_KINDS = frozenset("省市区县州")
"""Who names one kind of place does not mean another of the same sound."""


class English:
    """Its words come from the table, its names of places from the caller."""

    def __init__(self, table: Mapping[str, Mapping[str, str]], places: Mapping[str, str]) -> None:
        kinds, words, halls = (_rows(table[part]) for part in ("kinds", "words", "halls"))
        self._bodies = _bodies(table)
        self._halls = {f"{subject}局": f"{subject}厅" for subject in halls.values()}
        self._words = {**kinds, **words, **self._bodies}
        self._kinds = kinds
        nation = one_of(_rows(table["nations"])).pattern
        of_nations = rf"(?: (?:{nation})(?:(?:,| and|, and)? (?:{nation}))*(?= autonomous))?"
        self._kind = re.compile(rf"{of_nations} (?P<kind>{one_of(kinds).pattern})\b")
        self._placed = re.compile(rf" (?:{one_of(kinds).pattern}) $")
        self._phrase = re.compile(rf"(?:{one_of(self._words).pattern})(?![\w'])")
        self._places = places

    @classmethod
    def load(cls, places: Mapping[str, str]) -> English:
        """`places`: names in pinyin, alone and with their Chinese kind (chengdong区), to Chinese names."""
        return cls(tomllib.loads(ENGLISH.read_text(encoding="utf-8")), places)

    def pieces(self, text: str) -> Iterator[Piece]:
        """What each part of a plain text means, in its order; what is not known is left out."""
        at = 0
        while word := _WORD.search(text, at):
            piece = self._piece(text, word.start())
            if piece is None:
                said = word.group()
                own = said[0].isdigit() or said.startswith("www") or "一" <= said <= "鿿"
                kept = said if own else _SIGNS.get(said, " ")
                piece = Piece(*word.span(), "" if said in _ARTICLES else kept)
            yield piece
            at = piece.end

    def _piece(self, text: str, at: int) -> Piece | None:
        return (
            _date(text, at)
            or _lasted(text, at)
            or _sum(text, at)
            or self._place(text, at)
            or self._said(text, at)
        )

    def _said(self, text: str, at: int) -> Piece | None:
        found = self._phrase.match(text, at)
        if found is None:
            return None
        words, end = self._words[found.group()], found.end()
        if found.group() not in self._bodies:
            return Piece(at, end, words)
        if _PROVINCIAL.search(text, max(0, at - 14), at):
            words = self._halls.get(words, words)
        of = None if self._placed.search(text, max(0, at - 24), at) else _OF.match(text, end)
        place = self._place(text, of.end()) if of else None
        if place is None:
            return Piece(at, end, words)
        zone = self._phrase.match(text, place.end + 1) if words == _COMMITTEE else None
        if zone is not None and self._words[zone.group()].endswith(_COMMITTEE):
            return Piece(at, zone.end(), place.words + self._words[zone.group()])
        if place.words[-1] == "省":
            words = self._halls.get(words, words)
        return Piece(at, place.end, place.words + words.removeprefix(place.words[-1]))

    def _place(self, text: str, at: int) -> Piece | None:
        """A name with its kind, such as Chengdong District, or a well-known name alone."""
        name = _NAME.match(text, at)
        if name is None:
            return None
        for last in (3, 2, 1):
            if not name[last]:
                continue
            end = name.end(last)
            spelt = "".join(filter(None, name.groups()[:last])).replace("'", "")
            kind = self._kind.match(text, end)
            said = self._kinds[kind["kind"]] if kind else ""
            if kind and spelt + said in self._places:
                return Piece(at, kind.end(), self._places[spelt + said])
            alone = self._places.get(spelt)
            if alone is None or text[end : end + 1].isalpha():
                continue
            if not said or alone[-1] not in _KINDS - {said}:
                return Piece(at, end, alone)
        return None


def _sum(text: str, at: int) -> Piece | None:
    """A sum in yuan; one in another currency is passed over."""
    spelt = _SPELT.match(text, at)
    if spelt is not None and (piece := _spelt_out(spelt)) is not None:
        return piece
    found = _SUM.match(text, at)
    if found is None or not (found["before"] or found["after"] or found["scale"] or found["foreign"]):
        return None
    if found["number"].isalpha() and text[found.end("number") : found.end("number") + 1] not in " -":
        return None
    if found["foreign"] or found["abroad"]:
        return Piece(at, found.end(), "")
    number = _NUMBERS.get(found["number"], found["number"])
    unit = "元" if found["before"] or found["after"] else ""
    return Piece(at, found.end(), number + _SCALES.get(found["scale"] or "", "") + unit)


def _spelt_out(found: re.Match[str]) -> Piece | None:
    """One hundred and twenty thousand yuan; no number of people or things."""
    total = part = 0
    for word in re.findall("[a-z]+", found["words"]):
        if word in _GROUPS:
            total, part = total + (part or 1) * _GROUPS[word], 0
        elif word == "hundred":
            part = (part or 1) * 100
        else:
            part += _VALUES.get(word, 0)
    if not (found["before"] or found["after"] or found["abroad"] or total):
        return None
    unit = "元" if found["before"] or found["after"] else ""
    return Piece(*found.span(), "" if found["abroad"] else f"{total + part}{unit}")


def _date(text: str, at: int) -> Piece | None:
    found = _DATE.match(text, at)
    if found is None:
        return None
    month = f"{_MONTHS.index(found['month'][:3]) + 1}月" if found["month"] else ""
    day = found["day0"] or found["day"] if month else None
    said = f"{found['year']}年{month}" + (f"{day}日" if day else "")
    return Piece(at, found.end(), said + ("至今" if found["since"] else ""))


def _lasted(text: str, at: int) -> Piece | None:
    found = _LASTED.match(text, at)
    if found is None:
        return None
    number, unit = _NUMBERS.get(found["number"], found["number"]), _UNITS[found["unit"]]
    half = "半" if found["half"] else ""
    return Piece(
        at, found.end(), f"{number}{unit}{half}前" if found["ago"] else f"已经{number}{unit}{half}了"
    )


def _bodies(table: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """Every English name of a body: those of the table, and those made of the words for offices and zones."""
    named = _rows(table["bodies"])
    committees = [said for said, chinese in named.items() if chinese == _COMMITTEE]
    made: dict[str, str] = {}
    for subject, chinese in {**_rows(table["halls"]), **_rows(table["offices"])}.items():
        for office in _OFFICES:
            made |= dict.fromkeys((f"{subject} {office}", f"{office} of {subject}"), f"{chinese}局")
    for zone, chinese in _rows(table["zones"]).items():
        around = (zone, f"{zone} committee", *(f"{zone} {one}" for one in committees))
        inside = (f"{one} of {the}{zone}" for one in committees for the in ("", "the "))
        made |= dict.fromkeys((*around, *inside), chinese + _COMMITTEE)
    return {**made, **named}


def _rows(table: Mapping[str, str]) -> dict[str, str]:
    """English → Chinese."""
    return {words.strip(): chinese for chinese, row in table.items() for words in row.split(",")}


LEAST_LETTERS = 5
OWN_NAMES = {
    **{
        "harbin": "哈尔滨",
        "qiqihar": "齐齐哈尔",
        "innermongolia": "内蒙古",
        "tibet": "西藏",
        "hongkong": "香港",
    },
    **{"jilin": "吉林", "macau": "澳门", "shaanxi": "陕西", "urumqi": "乌鲁木齐", "hohhot": "呼和浩特"},
    **{
        "harbin市": "哈尔滨市",
        "qiqihar市": "齐齐哈尔市",
        "jilin省": "吉林省",
        "jilin市": "吉林市",
        "shaanxi省": "陕西省",
        "henan县": "河南蒙古族自治县",
    },
}
"""Names whose English form is not their pinyin, and short ones that are well known."""


OFFICIAL_NAMES = {
    **{"golmud": "格尔木市", "zadoi": "杂多县", "chindu": "称多县", "jainca": "尖扎县", "lhasa": "拉萨市"},
    **{"dorbod": "杜尔伯特蒙古族自治县", "qiangorlos": "前郭尔罗斯蒙古族自治县"},
}
"""As maps of the country spell them in Latin letters; alone and with their kind."""
SOUNDS = {"长": "chang", "重": "chong", "朝": "chao", "厦": "xia", "都": "du", "单": "shan"}
"""Signs that names of places sound otherwise than most words."""


def place_names(names: Iterable[tuple[str, str]], spelling: Mapping[str, str]) -> dict[str, str]:
    """Names of places by their pinyin, from pairs of full and bare name; the first of a sound stays."""
    found: dict[str, str] = OWN_NAMES | OFFICIAL_NAMES
    found |= {said + name[-1]: name for said, name in OFFICIAL_NAMES.items()}
    for name, bare in names:
        spelt = "".join(SOUNDS.get(char) or spelling.get(char, "") for char in bare)
        if not spelt:
            continue
        found.setdefault(spelt + name[len(bare) :], name)
        if "自治" in name[len(bare) :]:
            found.setdefault(spelt + name[-1], name)
        if len(spelt) >= LEAST_LETTERS:
            found.setdefault(spelt, name)
    return found
