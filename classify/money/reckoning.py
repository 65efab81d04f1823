"""Sums that are not said but reckoned: total less paid, a share of it, persons times each, parts together.

Each says in words how it was come by. Which of several is owed is decided in `owed`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from math import prod
from typing import NamedTuple

from classify.money.amounts import LARGEST, UNITS, Amount, Part
from classify.money.numerals import NUMBER, number_value

Parts = dict[Part, list[Amount]]
MOST_COUNTED = 5000
"""More persons, months or pieces are another number."""
MOST_A_YEAR = 2000
"""Yuan; for an acre as little is given every year, more once."""
NEARBY = 40
"""Characters between a price and what it is multiplied with."""
_PERSONS = re.compile(
    rf"(?P<number>{NUMBER})(?:多|来|余)?(?:个|名|位|口)?"
    r"(?P<of>人|工人|农民工|民工|工友|村民|户|职工|员工|老师|教师|环卫工|农户|家|同事|亩"
    r"|姐妹|姊妹|兄弟|弟兄|伙计|师傅|司机|护士|医生|村医|临时工|小工|大工|技工|瓦工|木工|钢筋工|保安|保洁|(?![月天年])[一-鿿]{1,3}(?:员|工)|辅警|协警|公益岗|人员)"
)
_DAYS = re.compile(rf"(?P<number>{NUMBER})(?:多)?(?:天|个工|工日)")
_MONTHS = re.compile(
    rf"(?:欠|拖|没|未|停|少|压|扣)[^,。;!?\n]{{0,8}}?(?P<number>{NUMBER})(?:多)?个月"
    rf"|(?P<number2>{NUMBER})个月(?:多)?(?:的)?(?:工资|薪|补贴|补助)?[^,。;!?\n]{{0,4}}(?:没|未|不|欠)"
)
_YEARS = re.compile(
    rf"(?:欠|拖|没|未|停)[^,。;!?\n]{{0,6}}?(?P<number>{NUMBER})(?:多)?年(?!前|级|底|初|\d)"
    rf"|(?P<number2>{NUMBER})(?:多)?年(?:了)?[^,。;!?\n]{{0,4}}(?:没|未|不|一分|欠)"
    rf"|(?P<number3>{NUMBER})(?:多)?年(?:了|整)?,[^,。;!?\n]{{0,8}}(?:没|未)有?(?:发|给|付|领|收|见|拿|兑|交|到)"
)
_FEW_MONTHS = re.compile(
    r"(?P<number>[一二三四五六七八九十]{2,4})月份?(?:的)?(?:工资|薪|补贴)?[^,。;!?\n]{0,6}(?:没|未|不|欠)"
)
_MONTH = r"1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九]"
_FROM_MONTH = re.compile(
    rf"(?P<first>{_MONTH})月份?(?:到|至|-|~)(?:今年|次年|第二年|当年)?(?P<last>{_MONTH})月份?[^。;!?\n]{{0,12}}(?:没|未|欠|一分)"
)
_WHOLE_YEAR = re.compile(r"(?:全年|整年|一整年)[^,。;!?\n]{0,8}(?:没|未|不|欠)")
_WORKERS = re.compile(
    rf"(?P<number>{NUMBER})(?:多|来|余)?(?:名|位|个)(?!月)[^,。;!?\n\d个]{{0,6}}(?:工|员|师|医|士|警|岗|人)[,][^,。;!?\n]{{0,6}}$"
)
"""Right before a monthly sum: each of them gets it."""
_DUE_EACH = frozenset({*"人名户亩家月年天日工", "个人"})
_UNPAID = re.compile(r"欠|[没未不]有?(?:给|付|结|发|兑|赔|补)|一分|拖")
LETTER = 200
_HALF_YEAR = re.compile(r"半年[^,。;!?\n]{0,4}(?:没|未|不|欠)|(?:欠|拖|没|未|停)[^,。;!?\n]{0,6}半年")
_WORKED = re.compile(rf"[做干]了?(?P<number>{NUMBER})个月")
_NOT_TO_US = re.compile(
    r"[人户亩头][^,。;]{0,6}$|给(?:村里|村上|集体|镇里|乡里)[^,。;]{0,4}$|只?交(?:租金?)?$"
)
_PRINCIPAL, _INTEREST = (re.compile(rf"(?:{word})[^,。;!?\n]{{0,8}}$") for word in ("本金|借", "利息|利钱"))
_NO_INTEREST = re.compile(r"(?:利息|利钱)[^,。;!?\n]{0,4}(?:不要|免|不算|不计|放弃|算了)")
_OF_INTEREST = re.compile(r"元?的?(?:利息|利钱)")
_ONE_OF_SEVERAL = re.compile(
    r"(?:一|另|另外一|还有一|头一|第[一二三四])(?:张|批|笔|次|回|车|份|期|单|户)[^,。;!?\n]{0,6}$"
)
"""One of several parts: 一张三万二,一张四万."""
_PRICED = re.compile(r"(?:价|款|金额|标|额|造价)[^,。;!?\n]{0,4}$")
_AGAIN = re.compile(r"又(?:借|欠|拿|交|垫|赊)(?:走|去)?了?[^,。;!?\n]{0,4}$")
_FIRST = re.compile(r"(?:借|欠|拿|交|垫|赊)(?:走|去)?了?[^,。;!?\n]{0,4}$")
_AND_OF = re.compile(r"(?:、|和|及|以及)[^,。;!?、\n\d]{1,6}")
_OWED_BOTH = re.compile(r"(?:欠|确认|应付|未付|没付|没给)[^,。;!?、\n\d]{1,6}$")
"""欠薪三万三、稿酬四万: both are owed."""
_ROUNDS = re.compile(
    r"(?P<number>[二两三四五六七八九十]|\d{1,2})(?:次|笔|期|批|回|年)(?:都)?(?:各|分别|每次)(?:都|给|付|拨|发|结)?了?$"
)
_OTHERS = re.compile(r"(?:别人|人家|别家|其他人|其他户|其他村民|邻居|同村|隔壁|同样的)[^,。;!?\n]{0,10}$")
_MINE = re.compile(
    r"(?:我|我家|我们|我们家|俺|俺家|咱家|到我|给我)[^,。;!?\n]{0,6}(?:只|才|就|仅)[^,。;!?\n]{0,6}$"
)
_DEPOSIT = re.compile(r"(?:押金|保证金|订金|定金|风险金)[^,。;!?\n]{0,3}$")
_AREA = re.compile(rf"(?P<number>{NUMBER})(?:个)?平")
_COUNTED_BY: dict[str, re.Pattern[str]] = {
    **dict.fromkeys((*"人名户亩家", "个人", "个人奖", "个人补"), _PERSONS),
    **dict.fromkeys(("平", "平米"), _AREA),
    **dict.fromkeys("天日工", _DAYS),
    "月": _MONTHS,
    "年": _YEARS,
    "个字": re.compile(rf"(?P<number>{NUMBER})个字"),
    **{
        unit: re.compile(rf"(?P<number>{NUMBER})个?{unit}")
        for unit in UNITS
        if unit not in "人名户亩家平天日工月年"
    },
}
_ANYBODY = "人工友民员师名职妹弟兄计傅机士生医安洁警岗"
_OF_PERSONS = {"人": _ANYBODY, "名": _ANYBODY, "户": "户家", "家": "户家", "亩": "亩"}


_SHARE = (
    r"(?:(?P<tenths>[一二两三四五六七八九])成|(?P<half>一半|半数)|(?P<percent>\d{1,2})%"
    r"|百分之(?P<hundredths>[一二三四五六七八九十\d]+))"
)
_SHARE_PAID = re.compile(
    rf"(?<![没未不])(?:付|给|拨|支付|到账|结|兑现|返还|退)(?:了|过|到|出)?(?:我们?)?(?:约|大概|不到)?{_SHARE}"
)
_SHARE_TOO = _SHARE.replace(">", "_too>")
_SHARE_LEFT = re.compile(
    rf"(?:还[欠差剩有]|尚欠|剩下?的?|余下的?|差|欠){_SHARE}|{_SHARE_TOO}(?:[^,。;]{{0,6}})(?:没|未|不)(?:有)?(?:给|付|结|拨|到|兑|返|退)"
)
_SHARE_LAST = re.compile(
    rf"{_SHARE}的?(?:尾款|余款|质保金|质量保证金|保证金|进度款)|(?:尾款|余款|质保金|质量保证金)(?:为|是|占)?(?:合同价|总价|合同|工程款|货款)?(?:款)?的?{_SHARE_TOO}"
)
"""The last part of a price, named as a share of it."""
_SHARE_PROMISED = re.compile(rf"(?:返还|退还|返|退|奖励|补贴|补助|补)[^,。;!?\n]{{0,10}}?{_SHARE}(?!以上)")
_PAID_IN = re.compile(r"(?:交|缴|缴纳|垫|垫付)了?[^,。;!?\n]{0,4}$")
"""A promised share is one of what the writer paid in."""
_WHOLE = (Part.TOTAL, Part.OWED, Part.NEAR, Part.PLAIN, Part.BESIDE)

_SHARES = ((_SHARE_LEFT, False), (_SHARE_PAID, True), (_SHARE_LAST, False), (_SHARE_PROMISED, False))
"""How a share is named, and whether it is the part that was paid."""


class Owed(NamedTuple):
    """Yuan, the range of the plain text shown for it, and how it was come by unless it was said outright."""

    yuan: int
    start: int
    end: int
    reading: str = ""


def said(amounts: list[Amount]) -> Owed:
    amount = max(amounts, key=lambda amount: amount.yuan)
    return Owed(amount.yuan, amount.start, amount.end)


def summed(text: str, parts: Parts) -> Owed | None:
    """Parts of one debt together, principal and interest, or what several owe when their sum is told."""
    owed, all_of_them = parts[Part.OWED], parts[Part.NEAR] + parts[Part.PLAIN]
    single = sorted(all_of_them + parts[Part.EACH] + owed, key=lambda one: one.start)
    pieces = [one for one in single if _ONE_OF_SEVERAL.search(text, 0, one.start)]
    for one, more in pairwise(single):
        if _AGAIN.search(text, 0, more.start) and _FIRST.search(text, 0, one.start):
            pieces = [one, more]
        if _AND_OF.fullmatch(text, one.end, more.start) and _OWED_BOTH.search(text, 0, one.start):
            pieces = [one, more]
    if len(pieces) > 1 and not parts[Part.TOTAL] and not parts[Part.PAID]:
        return _together(pieces)
    interest = [
        one
        for one in all_of_them
        if _INTEREST.search(text, 0, one.start) or _OF_INTEREST.match(text, one.end)
    ]
    lent = [one for one in all_of_them if one not in interest and _PRINCIPAL.search(text, 0, one.start)]
    wanted = not parts[Part.TOTAL] and not owed and not _NO_INTEREST.search(text)
    if len(lent) == len(interest) == 1 and wanted:
        return _together([*lent, *interest])
    total = sum(one.yuan for one in owed)
    told = (one for one in parts[Part.TOTAL] if len(owed) > 1 and one.yuan == total)
    return next((Owed(one.yuan, one.start, one.end) for one in told), None)


def _together(amounts: list[Amount]) -> Owed:
    told = "加".join(in_yuan(one.yuan) for one in amounts)
    return Owed(sum(one.yuan for one in amounts), amounts[0].start, amounts[0].end, told)


def less_than_others(text: str, amounts: list[Amount]) -> Owed | None:
    """别人家都是两万六,我家只给了八千: what is missing."""
    for other, own in pairwise(sorted(amounts, key=lambda one: one.start)):
        if (
            _OTHERS.search(text, 0, other.start)
            and _MINE.search(text, 0, own.start)
            and own.yuan < other.yuan
        ):
            told = f"{in_yuan(other.yuan)}减去只给的{in_yuan(own.yuan)}"
            return Owed(other.yuan - own.yuan, own.start, own.end, told)
    return None


def less_paid(text: str, parts: Parts) -> Owed | None:
    """Total less all that was paid."""
    if not parts[Part.PAID]:
        return None
    paid = sum(amount.yuan * _rounds(text, amount) for amount in parts[Part.PAID])
    wholes = [
        a for part in _WHOLE for a in parts[part] if a.yuan > paid and a.start < parts[Part.PAID][0].start
    ]
    whole = max(
        wholes, key=lambda one: (one.part is Part.TOTAL, one.part is not Part.BESIDE, one.yuan), default=None
    )
    if whole is None:
        return None
    return Owed(whole.yuan - paid, whole.start, whole.end, f"{in_yuan(whole.yuan)}减去已付的{in_yuan(paid)}")


def _rounds(text: str, amount: Amount) -> int:
    """两次各45万: how often as much was paid."""
    found = _ROUNDS.search(text, max(0, amount.start - NEARBY), amount.start)
    return round(number_value(found["number"]) or 1) if found else 1


def less_share(text: str, parts: Parts) -> Owed | None:
    """Total less the share that was paid, or the share of it that is left or was promised."""
    wholes = [amount for part in _WHOLE[:-1] for amount in parts[part]] or [
        amount for amount in parts[Part.BESIDE] if _PRICED.search(text, 0, amount.start)
    ]
    for pattern, is_paid in _SHARES:
        found = pattern.search(text)
        if pattern is _SHARE_PROMISED:
            before = [amount for amount in wholes if found and _PAID_IN.search(text, 0, amount.start)]
        else:
            before = [amount for amount in wholes if found and amount.end <= found.start()]
        if not found or not before:
            continue
        whole = max(before, key=lambda amount: amount.yuan)
        percent = _percent(found)
        left = 100 - percent if is_paid else percent
        return Owed(whole.yuan * left // 100, whole.start, whole.end, f"{in_yuan(whole.yuan)}的{left}%")
    return None


def _percent(found: re.Match[str]) -> int:
    """What share of a hundred the groups of `_SHARE` name."""
    for name, value in found.groupdict().items():
        if value:
            scale = 10 if name.startswith("tenths") else 1
            return 50 if name.startswith("half") else round((number_value(value) or 0) * scale)
    return 0


def times(text: str, parts: Parts) -> Owed | None:
    """Persons, months or areas times what is due for each, and a deposit besides.

    None where another sum is said to be owed.
    """
    deposits = [one for one in parts[Part.NEAR] if _DEPOSIT.search(text, 0, one.start)]
    if parts[Part.OWED] or parts[Part.TOTAL] or len(deposits) < len(parts[Part.NEAR]):
        return None
    for amount in parts[Part.EACH]:
        counts = [] if _is_price(text, amount) else _counts(text, amount)
        more = sum(one.yuan for one in deposits)
        whole = round(amount.yuan * prod(counts)) + more
        paid = sum(one.yuan for one in parts[Part.PAID])
        yuan = whole - paid if paid < whole else whole
        if counts and yuan < LARGEST:
            told = "×".join([in_yuan(amount.yuan), *(f"{n:g}" for n in counts)])
            told += f"加{in_yuan(more)}" * bool(more) + f"减去已付的{in_yuan(paid)}" * (yuan < whole)
            return Owed(yuan, amount.start, amount.end, told)
    return None


def _is_price(text: str, amount: Amount) -> bool:
    """Of goods in a letter a price of one is merely told, unless it is said close by to be unpaid."""
    near = text[max(0, amount.start - NEARBY) : amount.end + NEARBY]
    return len(text) > LETTER and amount.of not in _DUE_EACH and not _UNPAID.search(near)


def yearly(text: str, each: list[Amount]) -> Owed | None:
    """A yearly sum counts once if no more is told."""
    found = [one for one in each if one.of == "年" and not _NOT_TO_US.search(text, 0, one.start)]
    return said(found) if found and len(found) == len(each) else None


def _counts(text: str, amount: Amount) -> list[float]:
    """How many of what it is given for are told near it; of a month also how many persons."""
    pattern = _COUNTED_BY.get(amount.of)
    for match in pattern.finditer(text) if pattern else ():
        if amount.start <= match.start() < amount.end or abs(match.start() - amount.start) > NEARBY:
            continue
        groups = match.groupdict()
        if "of" in groups and groups["of"][-1] not in _OF_PERSONS[amount.of.removeprefix("个")[:1]]:
            continue
        count = number_value(next(value for name, value in groups.items() if value and name != "of"))
        if count and 1 < count < MOST_COUNTED:
            more = _persons(text, amount) if amount.of == "月" else _yearly_rounds(text, amount)
            return [count, *more]
    if amount.of == "月":
        months = _months(text, amount)
        return [*months, *_persons(text, amount)] if months else []
    if amount.of in ("天", "日") and (worked := _WORKED.search(text)):
        return [30 * (number_value(worked["number"]) or 0)]
    return []


def _yearly_rounds(text: str, amount: Amount) -> list[float]:
    """每亩16元, 十年没有领到: what is given for the land every year."""
    a_year = amount.of == "亩" and amount.yuan <= MOST_A_YEAR
    return _counts(text, replace(amount, of="年")) if a_year else []


def _months(text: str, amount: Amount) -> list[float]:
    """半年没发, 全年没发, 一二月份没发, 三年没发: how many months, if it is said so."""
    if _HALF_YEAR.search(text):
        return [6.0]
    if few := _FEW_MONTHS.search(text, amount.end):
        return [float(len(few["number"]))] if "十" not in few["number"] else []
    if _WHOLE_YEAR.search(text):
        return [12.0]
    years = [12 * count for count in _counts(text, replace(amount, of="年"))]
    if not years and (from_to := _FROM_MONTH.search(text)):
        first, last = (round(number_value(month) or 0) for month in from_to.groups())
        return [float((last - first) % 12 + 1)]
    worked = _WORKED.search(text)
    return years or ([number_value(worked["number"]) or 0.0] if worked else [])


def _persons(text: str, amount: Amount) -> list[float]:
    """How many people are spoken of who each get a monthly sum, if it is said."""
    found = _PERSONS.search(text) if "每人" in text else _WORKERS.search(text, 0, amount.start)
    count = number_value(found["number"]) if found else None
    return [count] if count and count > 1 else []


def in_yuan(yuan: int) -> str:
    """元 below ten thousand, else 万元 or 亿元 without superfluous zeros."""
    for unit, name in ((100_000_000, "亿元"), (10_000, "万元")):
        if yuan >= unit:
            return f"{yuan / unit:.4f}".rstrip("0").rstrip(".") + name
    return f"{yuan}元"
