"""What gives the writer of a message away: own name, numbers, address, plate, a narrow job at a place named.

Reads what people say of themselves. It must not take a body's, a firm's or an official's name for the
writer's: those are what a complaint is about. Any string is accepted; nothing here raises.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from classify.details.private import find_private
from classify.text.normalise import normalise
from classify.types import Giveaway, GiveawayKind, Span

LONGEST = 12_000
_END = r"(?=$|[\s，,。.;；、：:（(）)！!？?\n]|男|女|电话|手机|联系|身份证|今年|现年|住|家住|系|汉族|\d)"
_PLATE = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][a-z][ ·.-]?"
    r"(?=[a-hj-np-z\d]*\d)[a-hj-np-z\d]{5,6}(?![a-z\d])"
)
_FLAT = re.compile(
    r"[\da-z一二三四五六七八九十]{1,4}(?:栋|幢|号楼|(?<=[\da-z])座)(?:[\da-z一二三四五六七八九十]{1,3}单元)?"
    r"-?\d{2,4}(?:室|号|户|房)?(?![\d栋幢座楼层吨米万元平余多个户年月日])"
    r"|[\d一二三四五六七八九十]{1,3}单元-?\d{2,4}(?:室|号|户|房)?(?![\d楼层吨米万元平余多个户年月日])"
)
_STREET = re.compile(r"(?![这那哪此一里])[^\s，,。;；、：:（(）)!！?？的]{2,40}")
_OWN = re.compile(r"(?:我|本人|家住|住在|住址|房号|购买|i live|my )[^，,。;；!！?？\n]*$")
"""Said of oneself, in the same clause: a neighbour's flat may be what the complaint is about."""
_EXACT = re.compile(
    r"[\d一二三四五六七八九十]+-?[\d一二三四五六七八九十]*(?:号|栋|幢|室|单元|组|队|社|弄|户)"
    r"|..(?:小区|花园|家园|公寓|宿舍|新村).{0,6}$|(?:村|屯|寨|苑|胡同)$"
)
"""What makes a place where somebody lives one that few share."""
_ENGLISH_ADDRESS = re.compile(
    r"\d{1,5} [a-z][a-z ]{2,40}(?:road|street|avenue|lane|rd|st|ave)\b[^,.\n]{0,20}"
)
_ENGLISH_NAME = re.compile(r"\b(?:my name is|i am called|name:) ?([a-z][a-z'-]+(?: [a-z][a-z'-]+){0,2})")
_SELF = r"(?:我是|本人是|本人系|我系|我在|本人在|我曾是|我原是|我以前是|我当时是)"
_UNIT = (
    r"(?P<unit>[一-鿿\da-z()]{2,24}?(?:政府|委员会|管委会|村委会|居委会|办事处|街道办|人民医院|卫生院|医院|学校|中学|小学|幼儿园"
    r"|大学|学院|公司|集团|中心|局|厅|委|所|站|院|办|队|厂|银行|支行|村|社区|单位))"
)

_PUBLIC_BODY = re.compile(r"(?:政府|委员会|管委会|村委会|居委会|办事处|街道办|局|厅|委|中心)$")


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("giveaways.toml").read_text(encoding="utf-8"))


@cache
def _family() -> str:
    return f"(?:{'|'.join(_data()['compound'])}|[{_data()['surnames']}])"


@cache
def _parts() -> str:
    return f"(?:{'|'.join(sorted(_data()['parts'], key=len, reverse=True))}){{1,3}}"


@cache
def _names() -> re.Pattern[str]:
    """A label, or somebody's own words for it, and what stands there as a name."""
    label = (
        r"(?:(?:投诉|举报|反映|申请|信访|上访|来信|联系|控告|检举|当事|求助|诉求)人(?:姓名)?"
        r"|姓名|署名|本人姓名|名字)[ ]?[:：是为][ ]?"
    )
    said = (
        r"(?:我(?:的名字|的姓名|名)?叫(?:做)?|我的名字是|本人叫|本人名叫"
        r"|本人姓名[是为]?|我姓名[是为]?)[ ]?[:：]?"
    )
    plain = r"(?:我是|本人是|本人[:：]?)[ ]?"
    given = r"[一-鿿某xx*]{1,2}"
    return re.compile(
        rf"(?:(?P<sure>{label}|{said})|(?P<maybe>{plain}))(?P<name>{_parts()}|{_family()}(?:{given})){_END}"
    )


@cache
def _signature() -> re.Pattern[str]:
    """The last line of a letter: a name, with a date or a title of politeness around it or by itself."""
    return re.compile(
        r"(?:(?P<polite>敬礼[！!。]?)|\n)\s*(?P<label>(?:投诉人|举报人|反映人)[:：]?)?\s*"
        rf"(?P<name>(?P<parts>{_parts()})|{_family()}[一-鿿]{{1,2}})\s*(?P<date>\d{{4}}[年./-]\d{{1,2}}[月./-]\d{{1,2}}日?)?\s*$"
    )


@cache
def _lives() -> re.Pattern[str]:
    anchors = "|".join(sorted(map(re.escape, _data()["lives"]), key=len, reverse=True))
    return re.compile(rf"(?:{anchors})[是为在于]?[ ]?[:：]?[ ]?")


@cache
def _job() -> re.Pattern[str]:
    narrow, inside = ("|".join(sorted(_data()[name], key=len, reverse=True)) for name in ("jobs", "inside"))
    link = r"(?:的)?(?:一名|一个|一位)?(?:原|前|现任|在职|退休|在编|老)?"
    doing = r"(?:里|内)?(?:任职|担任|任|当|做|从事)(?:过|的)?(?:一名|一个)?"
    between = r"(?:(?!多次|安排|要求|对|被|给|让|是|和|们)[一-鿿]){0,5}?"
    role = rf"(?:{link}|{doing}){between}"
    return re.compile(rf"{_SELF}{_UNIT}(?P<role>{role}(?:{narrow}|(?<=.)(?P<inside>{inside})))(?![一-鿿]?们)")


def find_giveaways(text: str) -> tuple[Giveaway, ...]:
    """What of the text tells who wrote it, in the order it stands; pieces do not overlap."""
    read = normalise(text[:LONGEST])
    plain, origin = read.text, read.origin
    found = [
        Giveaway(GiveawayKind.NUMBER, span)
        for span in find_private(text, plain, origin)
        if _is_own(text, span)
    ]
    for kind, pieces in (
        (GiveawayKind.PLATE, _plates_in(plain)),
        (GiveawayKind.NAME, _names_in(plain)),
        (GiveawayKind.ADDRESS, _addresses_in(plain)),
        (GiveawayKind.JOB, _jobs_in(plain)),
    ):
        found += [Giveaway(kind, read.span(start, end)) for start, end in pieces if start < end]
    return _in_order(found)


def mask_giveaways(text: str, found: Iterable[Giveaway]) -> str:
    """The text with every letter and digit of these pieces made a star, and nothing else changed."""
    chars = list(text)
    for one in found:
        for place in range(one.span.start, min(one.span.end, len(chars))):
            if chars[place].isalnum():
                chars[place] = "*"
    return "".join(chars)


@cache
def _no_names() -> frozenset[str]:
    return frozenset(_data()["no_names"])


def _is_own(text: str, span: Span) -> bool:
    """A service's number belongs to nobody: after 热线, 办公电话, 值班电话 and the like."""
    before = text[max(0, span.start - 8) : span.start]
    return not re.search(
        r"(?:热线|办公|值班|客服|咨询|监督|举报电话|单位电话|公司电话|hotline|office)", before
    )


def _names_in(plain: str) -> Iterator[tuple[int, int]]:
    """Where somebody says what they are called, and wherever else that name stands."""
    for name in {plain[start:end] for start, end in _said_names(plain)}:
        yield from (match.span() for match in re.finditer(re.escape(name), plain))


def _said_names(plain: str) -> Iterator[tuple[int, int]]:
    for match in _names().finditer(plain):
        name = match["name"]
        if any(name.startswith(no) or no.startswith(name) for no in _no_names()):
            continue
        if match["maybe"] and (_is_no_person(name) or len(name) < 2):
            continue
        yield match.span("name")
    for match in _ENGLISH_NAME.finditer(plain):
        yield match.span(1)
    signed = _signature().search(plain)
    if signed and _is_signature(signed):
        yield signed.span("name")


def _is_signature(line: re.Match[str]) -> bool:
    """By itself a last line may be any word: 谢谢, 严查, 何时还."""
    name = line["name"]
    if name in _no_names() or _is_no_person(name):
        return False
    if line["polite"] or line["label"] or line["parts"]:
        return True
    return may_be_given_name(name[1:]) and (bool(line["date"]) or name not in _data()["last_words"])


def may_be_given_name(words: str) -> bool:
    """Whether no sign is among them that no given name has."""
    return set(words).isdisjoint(_data()["ungiven"])


def _is_no_person(words: str) -> bool:
    """我是 is followed by many things: a place, a firm, a trade, a group."""
    return bool(
        re.search(
            r"[人民户主生员工长师友方商家司局区县市省镇乡村街社队厂店家们了的是在有不个位名上下中邻话]$",
            words,
        )
    )


def _plates_in(plain: str) -> Iterator[tuple[int, int]]:
    for match in _PLATE.finditer(plain):
        if _OWN.search(plain, max(0, match.start() - 24), match.start()):
            yield match.span()


def _addresses_in(plain: str) -> Iterator[tuple[int, int]]:
    for match in _FLAT.finditer(plain):
        if _OWN.search(plain, max(0, match.start() - 24), match.start()):
            yield match.span()
    for anchor in _lives().finditer(plain):
        street = _STREET.match(plain, anchor.end())
        if street and _EXACT.search(street[0]):
            yield _without_region(plain, *street.span())
        elif street := _ENGLISH_ADDRESS.match(plain, anchor.end()):
            yield street.span()


def _without_region(plain: str, start: int, end: int) -> tuple[int, int]:
    """Province, city and county stay: they say where the matter belongs."""
    region = re.match(r"(?:[一-鿿]{1,10}?(?:省|自治区|自治州|市|州|县|区|旗|盟)){1,4}", plain[start:end])
    kept = region.end() if region and region.end() < end - start else 0
    return start + kept, end


def _jobs_in(plain: str) -> Iterator[tuple[int, int]]:
    """The words around the place of work; its own name stays, since it may be what the complaint is about."""
    for match in _job().finditer(plain):
        if re.search("一名|一个|一位|普通", match["unit"]):
            continue
        if match["inside"] and not _PUBLIC_BODY.search(match["unit"]):
            continue
        yield match.start(), match.start("unit")
        yield match.span("role")


def _in_order(found: Iterable[Giveaway]) -> tuple[Giveaway, ...]:
    kept: list[Giveaway] = []
    for one in sorted(found, key=lambda one: (one.span.start, -one.span.end)):
        if not kept or one.span.start >= kept[-1].span.end:
            kept.append(one)
    return tuple(kept)
