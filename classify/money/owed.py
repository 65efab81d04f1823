"""How much is owed: not the largest figure, but what remains, total less paid, or persons times each.

How the sum was come by is told in words, so that the citizen can see it and set it right.
"""

from __future__ import annotations

import re
from dataclasses import replace
from math import prod
from typing import NamedTuple

from classify.money.amounts import LARGEST, UNITS, Amount, Part, find_amounts
from classify.money.numerals import NUMBER, number_value

BARE = re.compile(r"\d+(?:\.\d+)?")
_UNPAID = re.compile(
    r"欠|[没未不](?:有|能|予|肯|再|见)?(?:给|付|支付|发|兑|结|还|退|返|到[账位]|拨|补|赔|落实|拿到|领到|收到|认)|[拿领要收]不到|剩|余款|尾款|拖|只[付给发结兑还拿收退补领]|才[给发付拿]|仅[付给发]"
    r"|实[付发]|克扣|扣[了发留]|承诺|答应|讨|催|借|骗|赔|损失|补偿|等不|拢共|加起来|算下来|总共|合计|签收|下单|供货|货款|验收|干完|做完|修完|完工|竣工"
)
"""In a long message a sum that is merely named, without one of these, is not said to be owed."""
_UNPAID_NEAR = re.compile(
    r"欠|[没未不](?:有|能|予|肯|再|通知)?(?:给|付|支付|发|兑|结|还|退|返|到[账位]|拨|补|赔)|保证金|押金|没收|剩|余款|尾款|质保金|拒付|一分|扣|讨|泡汤|没影|没动静"
)
CLOSE = 25
"""Characters on either side of a sum within which it is said to be unpaid."""
SHORT = 60
MOST_COUNTED = 5000
"""More persons, months or pieces are another number."""
NEARBY = 40
"""Characters between a price and what it is multiplied with."""
_PERSONS = re.compile(
    rf"(?P<number>{NUMBER})(?:多|来|余)?(?:个|名|位|口)?"
    r"(?P<of>人|工人|农民工|民工|工友|村民|户|职工|员工|老师|教师|环卫工|农户|家|同事|亩)"
)
_DAYS = re.compile(rf"(?P<number>{NUMBER})(?:多)?(?:天|个工|工日)")
_MONTHS = re.compile(
    rf"(?:欠|拖|没|未|停|少|压|扣)[^,。;!?\n]{{0,8}}?(?P<number>{NUMBER})(?:多)?个月"
    rf"|(?P<number2>{NUMBER})个月(?:多)?(?:的)?(?:工资|薪|补贴|补助)?[^,。;!?\n]{{0,4}}(?:没|未|不|欠)"
)
_YEARS = re.compile(
    rf"(?:欠|拖|没|未|停)[^,。;!?\n]{{0,6}}?(?P<number>{NUMBER})(?:多)?年(?!前|级|底|初|\d)"
    rf"|(?P<number2>{NUMBER})(?:多)?年(?:了)?[^,。;!?\n]{{0,4}}(?:没|未|不|一分|欠)"
)
_HALF_YEAR = re.compile(r"半年[^,。;!?\n]{0,4}(?:没|未|不|欠)|(?:欠|拖|没|未|停)[^,。;!?\n]{0,6}半年")
_WORKED = re.compile(rf"[做干]了?(?P<number>{NUMBER})个月")
_EACH_OF_MANY = re.compile(r"[人户亩头][^,。;]{0,6}$")
_MORE = re.compile(r"(?:还有|另有|下剩|其余|余下|另外|剩下)[^,。;\d]{0,4}$")
_PRINCIPAL, _INTEREST = (re.compile(rf"{word}[^,。;!?\n]{{0,8}}$") for word in ("本金", "利息|利钱"))
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
_OF_PERSONS = {"人": "人工友民员师名职", "名": "人工友民员师名职", "户": "户家", "家": "户家", "亩": "亩"}


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
_WHOLE = (Part.TOTAL, Part.OWED, Part.NEAR, Part.PLAIN, Part.BESIDE)


class Owed(NamedTuple):
    """Yuan, the range of the plain text shown for it, and how it was come by unless it was said outright."""

    yuan: int
    start: int
    end: int
    reading: str = ""


def find_owed(text: str, *, priced: bool = False) -> Owed | None:
    """The sum the complaint is most likely about, if any.

    `priced`: where purchases or tenders are told of, a sum is a price unless said to be unpaid close by.
    """
    parts: dict[Part, list[Amount]] = {part: [] for part in Part}
    for amount in find_amounts(text):
        parts[amount.part].append(amount)
    rests = parts[Part.REST] or (_and_more(text, parts) if parts[Part.PAID] else [])
    if rests:
        return _said(rests)
    if len(text) > SHORT and not _UNPAID.search(text):
        return None
    if priced:
        for part in (Part.TOTAL, Part.NEAR, Part.PLAIN):
            parts[part] = [amount for amount in parts[part] if _is_unpaid(text, amount)]
    share = _less_share(text, parts)
    if share and any(amount.start != share.start for amount in parts[Part.OWED]):
        share = None  # what is owed is said outright
    derived = _less_paid(parts) or share or _summed(text, parts)
    if derived:
        return derived
    named = [parts[part] for part in (Part.OWED, Part.TOTAL, Part.NEAR)]
    times = _times(text, parts[Part.EACH]) if not any(named) else None
    if times and all(times.yuan >= plain.yuan for plain in parts[Part.PLAIN]):
        return times
    said = next(filter(None, named[:2]), None)
    if said:
        return _said(said)
    others = parts[Part.NEAR] if len(text) <= SHORT else parts[Part.NEAR] + parts[Part.PLAIN]
    return _likeliest(text, others or parts[Part.PLAIN])


def _is_unpaid(text: str, amount: Amount) -> bool:
    return bool(_UNPAID_NEAR.search(text[max(0, amount.start - CLOSE) : amount.end + CLOSE]))


def _likeliest(text: str, amounts: list[Amount]) -> Owed | None:
    """Of sums merely named the largest said to be unpaid close by, else near a word of paying."""
    if not amounts:
        return None
    best = max(amounts, key=lambda one: (_is_unpaid(text, one), one.part is Part.NEAR, one.yuan))
    return _said([best])


def _and_more(text: str, parts: dict[Part, list[Amount]]) -> list[Amount]:
    """付了120万,还有78万: beside what was paid, what there is more remains."""
    return [
        one for part in (Part.PLAIN, Part.NEAR) for one in parts[part] if _MORE.search(text, 0, one.start)
    ]


def _summed(text: str, parts: dict[Part, list[Amount]]) -> Owed | None:
    """Principal and interest together, or what several owe when their sum is told."""
    owed, all_of_them = parts[Part.OWED], parts[Part.NEAR] + parts[Part.PLAIN]
    lent = [one for one in all_of_them if _PRINCIPAL.search(text, 0, one.start)]
    interest = [one for one in all_of_them if _INTEREST.search(text, 0, one.start)]
    if len(lent) == len(interest) == 1 and not parts[Part.TOTAL] and not owed and lent != interest:
        one, more = lent[0], interest[0]
        return Owed(one.yuan + more.yuan, one.start, one.end, f"{in_yuan(one.yuan)}加{in_yuan(more.yuan)}")
    total = sum(one.yuan for one in owed)
    told = (one for one in parts[Part.TOTAL] if len(owed) > 1 and one.yuan == total)
    return next((Owed(one.yuan, one.start, one.end) for one in told), None)


def _said(amounts: list[Amount]) -> Owed:
    amount = max(amounts, key=lambda amount: amount.yuan)
    return Owed(amount.yuan, amount.start, amount.end)


def _less_paid(parts: dict[Part, list[Amount]]) -> Owed | None:
    """Total less all that was paid."""
    if not parts[Part.PAID]:
        return None
    paid = sum(amount.yuan for amount in parts[Part.PAID])
    wholes = [
        a for part in _WHOLE for a in parts[part] if a.yuan > paid and a.start < parts[Part.PAID][0].start
    ]
    whole = max(wholes, key=lambda amount: (amount.part is Part.TOTAL, amount.yuan), default=None)
    if whole is None:
        return None
    return Owed(whole.yuan - paid, whole.start, whole.end, f"{in_yuan(whole.yuan)}减去已付的{in_yuan(paid)}")


def _less_share(text: str, parts: dict[Part, list[Amount]]) -> Owed | None:
    """Total less the share that was paid, or the share of it that is left."""
    wholes = [amount for part in _WHOLE[:-1] for amount in parts[part]] or parts[Part.BESIDE]
    for pattern, is_paid in ((_SHARE_LEFT, False), (_SHARE_PAID, True)):
        found = pattern.search(text)
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


def _times(text: str, each: list[Amount]) -> Owed | None:
    """Persons, months or areas times what is due for each; a yearly sum counts once if no more is told."""
    for amount in each:
        counts = _counts(text, amount)
        yuan = round(amount.yuan * prod(counts))
        if counts and yuan < LARGEST:
            told = "×".join([in_yuan(amount.yuan), *(f"{n:g}" for n in counts)])
            return Owed(yuan, amount.start, amount.end, told)
    yearly = [one for one in each if one.of == "年" and not _EACH_OF_MANY.search(text, 0, one.start)]
    return _said(yearly) if len(yearly) == len(each) and yearly else None


def _counts(text: str, amount: Amount) -> list[float]:
    """How many of what it is given for are told near it; of a month also how many persons."""
    pattern = _COUNTED_BY.get(amount.of)
    for match in pattern.finditer(text) if pattern else ():
        if amount.start <= match.start() < amount.end or abs(match.start() - amount.start) > NEARBY:
            continue
        groups = match.groupdict()
        if "of" in groups and groups["of"][-1] not in _OF_PERSONS[amount.of.removeprefix("个")[:1]]:
            continue
        count = number_value(groups["number"] or groups["number2"])
        if count and 1 < count < MOST_COUNTED:
            return [count, *(_persons(text) if amount.of == "月" and "每人" in text else ())]
    if amount.of == "月":
        years = _counts(text, replace(amount, of="年"))
        return [6.0] if _HALF_YEAR.search(text) else [12 * count for count in years]
    if amount.of in ("天", "日") and (worked := _WORKED.search(text)):
        return [30 * (number_value(worked["number"]) or 0)]
    return []


def _persons(text: str) -> list[float]:
    """How many people are spoken of, if it is said."""
    found = _PERSONS.search(text)
    count = number_value(found["number"]) if found else None
    return [count] if count and count > 1 else []


def stated_amount(text: str) -> int | None:
    """The sum that a normalised answer to "how much" states: bare digits are yuan."""
    plain = text.replace(",", "").replace(" ", "")
    found = find_owed(f"{plain}元" if BARE.fullmatch(plain) else f"拖欠{text}")
    return found.yuan if found else None


def in_yuan(yuan: int) -> str:
    """元 below ten thousand, else 万元 or 亿元 without superfluous zeros."""
    for unit, name in ((100_000_000, "亿元"), (10_000, "万元")):
        if yuan >= unit:
            return f"{yuan / unit:.4f}".rstrip("0").rstrip(".") + name
    return f"{yuan}元"
