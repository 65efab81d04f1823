"""How much is owed: not the largest figure, but what remains, total less paid, or persons times each.

How the sum was come by is told in words, so that the citizen can see it and set it right.
"""

from __future__ import annotations

import re

from classify.money.amounts import Amount, Part, find_amounts
from classify.money.reckoning import (
    Owed,
    Parts,
    less_paid,
    less_share,
    less_than_others,
    said,
    summed,
    times,
    yearly,
)

BARE = re.compile(r"\d+(?:\.\d+)?")
_UNPAID = re.compile(
    r"欠|[没未不](?:有|能|予|肯|再|见)?(?:给|付|支付|发|兑|结|还|退|返|到[账位]|拨|补|赔|落实|拿到|领到|收到|认)|[拿领要收]不到|剩|余款|尾款|拖|只[付给发结兑还拿收退补领]|才[给发付拿]|仅[付给发]"
    r"|赊|余数|其余|音讯|下文|条子|白条|没钱|实[付发]|克扣|扣[了发留]|承诺|答应|讨|催|借|骗|赔|损失|补偿|等不|拢共|加起来|算下来|总共|合计|签收|下单|供货|货款|验收|干完|做完|修完|完工|竣工"
)
"""In a long message a sum that is merely named, without one of these, is not said to be owed."""
_UNPAID_NEAR = re.compile(
    r"欠|[没未不](?:有|能|予|肯|再|通知)?(?:给|付|支付|发|兑|结|还|退|返|到[账位]|拨|补|赔)|保证金|押金|诚[信意]金|[定订]金|风险金|没收|退不|剩|余款|尾款|质保金|拒付|一分|扣|讨|泡汤|没影|没动静"
)
CLOSE = 25
"""Characters on either side of a sum within which it is said to be unpaid."""
SHORT, LETTER = 60, 200
LEAST_IN_LETTER = 100
"""Yuan; what is named beside a larger matter is the price of a meal."""
_MORE = re.compile(r"(?:还有|另有|下剩|其余|余下|另外|剩下)[^,。;\d]{0,4}$")


def find_owed(text: str, *, priced: bool = False, claimed: bool = False) -> Owed | None:
    """The sum the complaint is most likely about, if any.

    `claimed`: the message is about money owed, so that a sum needs no word of owing. `priced`: where
    purchases or tenders are told of, a sum is a price unless said to be unpaid close by.
    """
    parts: Parts = {part: [] for part in Part}
    least = LEAST_IN_LETTER if len(text) > LETTER else 0
    for amount in find_amounts(text):
        if amount.part is not Part.EACH and amount.yuan < least:
            continue
        parts[amount.part].append(amount)
    if missing := less_than_others(text, [one for found in parts.values() for one in found]):
        return missing
    rests = parts[Part.REST] or (_and_more(text, parts) if parts[Part.PAID] else [])
    if rests:
        return said(rests)
    if not claimed and len(text) > SHORT and not _UNPAID.search(text):
        return None
    if priced:
        for part in (Part.TOTAL, Part.NEAR, Part.PLAIN):
            parts[part] = [amount for amount in parts[part] if _is_unpaid(text, amount)]
    share = less_share(text, parts)
    if share and any(amount.start != share.start for amount in parts[Part.OWED]):
        share = None  # what is owed is said outright
    derived = less_paid(text, parts) or share or summed(text, parts)
    if derived:
        return derived
    named = [parts[part] for part in (Part.OWED, Part.TOTAL, Part.NEAR)]
    counted = times(text, parts)
    if counted and all(counted.yuan >= plain.yuan for plain in parts[Part.PLAIN]):
        return counted
    if not any(named) and (once := yearly(text, parts[Part.EACH])):
        return once if len(text) <= SHORT or _is_unpaid(text, once) else None
    owed, totals = named[:2]
    if owed and totals and totals[-1].start > owed[-1].start and totals[-1].yuan > max(o.yuan for o in owed):
        return said(totals[-1:])
    if owed or totals:
        return said(owed or totals)
    others = parts[Part.NEAR] if len(text) <= SHORT else parts[Part.NEAR] + parts[Part.PLAIN]
    return _likeliest(text, others or parts[Part.PLAIN])


def _is_unpaid(text: str, amount: Amount | Owed) -> bool:
    return bool(_UNPAID_NEAR.search(text[max(0, amount.start - CLOSE) : amount.end + CLOSE]))


def _likeliest(text: str, amounts: list[Amount]) -> Owed | None:
    """Of sums merely named the largest said to be unpaid close by, else near a word of paying."""
    if not amounts:
        return None
    best = max(amounts, key=lambda one: (_is_unpaid(text, one), one.part is Part.NEAR, one.yuan))
    return said([best])


def _and_more(text: str, parts: Parts) -> list[Amount]:
    """付了120万,还有78万: beside what was paid, what there is more remains."""
    return [
        one for part in (Part.PLAIN, Part.NEAR) for one in parts[part] if _MORE.search(text, 0, one.start)
    ]


def stated_amount(text: str) -> int | None:
    """The sum that a normalised answer to "how much" states: bare digits are yuan."""
    plain = text.replace(",", "").replace(" ", "")
    found = find_owed(f"{plain}元" if BARE.fullmatch(plain) else f"拖欠{text}")
    return found.yuan if found else None
