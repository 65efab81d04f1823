"""Sums of money in a message, in yuan: 二十来万, 3百多w, 1.2亿元, 8700块.

The figure reported is the largest that stands next to a word of owing or promising, else the largest.
Years, areas, phone numbers and shares are not money.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

DIGITS: dict[str, int] = dict(
    zip("零一二三四五六七八九两俩壹贰叁肆伍陆柒捌玖", (*range(10), 2, 2, *range(1, 10)), strict=True)
)
SCALES = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
MYRIADS = {"万": 10_000, "w": 10_000, "亿": 100_000_000}
LARGEST = 10**13
LEAST_BARE = 100
YEARS = range(1949, 2101)

_AMOUNT = re.compile(
    r"(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|[零一二三四五六七八九十百千两俩几数壹贰叁肆伍陆柒捌玖拾佰仟半]+)"
    r"(?P<scale>[十百千佰仟]?)(?P<about>[多来余几]?)(?P<myriad>[万亿w]{0,2})(?P<more>[多来余]?)"
    r"(?:(?P<tail>\d{1,4}|[零一二三四五六七八九两壹贰叁肆伍陆柒捌玖][零一二三四五六七八九两壹贰叁肆伍陆柒捌玖十百千拾佰仟]*"
    r"(?![个天年月人户亩]))(?P<below>万)?)?"
    r"(?P<unit>个?(?:元|块|人民币|圆|k(?![a-z]))(?:钱|整)?)?"
)
_FIGURE = re.compile(r"[\d零一二三四五六七八九十百千两俩几数壹贰叁肆伍陆柒捌玖拾佰仟半]")
_BARE = re.compile(r"\d+(?:\.\d+)?")
_NOT_MONEY = re.compile(
    r"^(?:余|多|来)?(?:人|平|亩|㎡|m|方|吨|米|公里|千米|户|个|名|年|月|日|号|栋|套|株|只|头|斤|度|字|次|位|岁|天|小时|分|村|组|倍|%|条|辆|台|家|里|样|般|件|棵|份|粒|瓶)"
)
_OWED = re.compile(
    r"(?:欠|欠我|欠我们|欠款|欠薪|工资|工程款|材料款|货款|补偿款|补偿费|补贴|押金|罚款|收费)[了共我们有为是:]{0,3}$"
)
_NEAR = re.compile(
    r"欠|款|工资|补偿|补贴|补助|奖|投资|投入|返|付|借|费|保证金|押金|赔|金额|共计|合计|承诺|钱|造价|总价|价值|损失"
)


@dataclass(frozen=True, slots=True)
class Amount:
    """Yuan, and the range of the plain text it was read from."""

    yuan: int
    start: int
    end: int
    relevant: bool


def chinese_number(text: str) -> float | None:
    """Value of a Chinese numeral below 10,000; 几 and 数 count as 3, 半 as a half. None if not one."""
    if text == "半":
        return 0.5
    total = 0.0
    digit = 0.0
    last_scale = 0
    plain = ""
    for char in text:
        if char in SCALES:
            last_scale = SCALES[char]
            total += (digit or 1) * last_scale
            digit = 0
            plain = ""
        elif char in DIGITS or char in "几数":
            digit = DIGITS.get(char, 3)
            plain += str(int(digit))
        else:
            return None
    if len(plain) > 1 and not total:
        return float(plain)
    spoken_short = len(plain) == 1 and last_scale >= 100
    return total + (digit * last_scale / 10 if spoken_short else digit)


def matches(pattern: re.Pattern[str], beginning: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """What `pattern.finditer` gives, when every match begins with `beginning`: one sign, found faster."""
    begins = beginning.search(text)
    while begins:
        match = pattern.match(text, begins.start())
        if match:
            yield match
        begins = beginning.search(text, (match or begins).end())


def find_amounts(text: str) -> list[Amount]:
    """Every sum of money in a normalised text, in order."""
    found = []
    for match in matches(_AMOUNT, _FIGURE, text):
        yuan = _yuan(match) if _is_money(match) else None
        if yuan:
            start, end = match.span()
            near = text[max(0, start - 12) : start] + text[end : end + 6]
            found.append(Amount(yuan, start, end, bool(_NEAR.search(near))))
    return found


def _is_money(match: re.Match[str]) -> bool:
    """With 元 always, else if it counts nothing; without 万 and 亿 only right after a word of owing."""
    if match["unit"]:
        return True
    text, (start, end) = match.string, match.span()
    if not match["myriad"] and not _OWED.search(text[max(0, start - 6) : start]):
        return False
    return not _NOT_MONEY.match(text[end : end + 4])


def _yuan(match: re.Match[str]) -> int | None:
    """Yuan of a match; without 万, 亿 or 元 only from a hundred on."""
    number, myriad = match["number"], match["myriad"]
    if number[0].isdigit():
        value: float | None = float(number.replace(",", ""))
    else:
        value = chinese_number(number)
    if value is None:
        return None
    value *= SCALES.get(match["scale"], 1)
    for sign in myriad:
        value *= MYRIADS[sign]
    if myriad and match["tail"]:
        value += _tail(match["tail"], MYRIADS[myriad[-1]], 10_000 if match["below"] else 1)
    if match["unit"] and match["unit"].startswith("k"):
        value *= 1000
    if value >= LARGEST:
        return None
    unmarked = not myriad and not match["unit"]
    return None if unmarked and (value < LEAST_BARE or value in YEARS) else round(value)


def _tail(tail: str, scale: int, unit: int) -> float:
    """What follows 万 or 亿: 三万五 is short for 五千, 三万五千六百 and 一亿零八百万 are said in full."""
    value = float(tail) if tail.isdigit() else chinese_number(tail) or 0.0
    spoken_short = len(tail) == 1 and unit == 1
    return value * scale / 10 if spoken_short else value * unit


def main_amount(text: str) -> Amount | None:
    """The sum the complaint is most likely about, if any."""
    amounts = find_amounts(text)
    return max(amounts, key=lambda amount: (amount.relevant, amount.yuan), default=None)


def stated_amount(text: str) -> int | None:
    """The sum that a normalised answer to "how much" states: bare digits are yuan."""
    plain = text.replace(",", "").replace(" ", "")
    found = main_amount(f"{plain}元" if _BARE.fullmatch(plain) else f"拖欠{text}")
    return found.yuan if found else None
