"""What a letter still lacks before it is checked by a second person, item by item, in words for its writer.

`must` items keep a letter from being sent on; the others are advice. Pure: looks at the words alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from cases.letters import OPINIONS
from cases.lifecycle.letters.grounds import is_legal_basis, is_reason
from cases.vocabulary import LetterKind, Outcome

Words = Mapping[str, Any]


class Item(NamedTuple):
    """One thing a letter must or should have."""

    name: str
    met: bool
    hint: str
    must: bool = True


_WHO = re.compile(
    r"[\u4e00-\u9fff]{2,}(?:局|厅|委|委员会|(?<![全内])部|办|办公室|政府|公司|中心|法院|检察院|银行|街道|乡|镇|村|单位|机关|学校|医院)"
    r"|你|您|投诉人|我(?:局|厅|委|单位|机关)"
)
_WHEN = re.compile(
    r"\d{1,4}\s*[年月日天]|[一二三四五六七八九十百]+\s*(?:个?(?:工作日|月)|日|天)|已(?:经)?(?:于|付|办|完成)|当[日天]"
)
_LONG = 90
_STIFF = re.compile(r"兹[^，。\n]{0,6}|之规定|予以[\u4e00-\u9fff]{0,2}|应予|业经|特此函|贵(?:方|司)|顷[据接]")


def check(kind: LetterKind, words: Words) -> tuple[Item, ...]:
    """All items for this kind of letter, in the order of the letter."""
    items = _opinion(words) if kind in OPINIONS else _OTHERS[kind](words)
    if kind in (LetterKind.REVIEW_OPINION, LetterKind.FINAL_OPINION):
        items = (Item("结论", bool(words.get("ruling")), "选择维持、撤销还是变更原意见"), *items)
    return (*items, *_written_by_itself(kind), _plain(words))


def missing(kind: LetterKind, words: Words) -> tuple[str, ...]:
    """Names of the items that must still be met; empty for a letter that may be sent on."""
    return tuple(item.name for item in check(kind, words) if item.must and not item.met)


def _said(words: Words, name: str) -> str:
    value = words.get(name)
    return str(value).strip() if value is not None else ""


def _opinion(words: Words) -> tuple[Item, ...]:
    facts, opinion, outcome = _said(words, "facts"), _said(words, "opinion"), _said(words, "outcome")
    promised = outcome in (Outcome.SUPPORT, Outcome.PARTLY)
    return (
        Item("投诉请求", len(_said(words, "request")) >= 2, "写明投诉人要求什么"),
        Item("查明的事实", is_reason(facts, 6), "写明查了什么、查明了什么，不要只写“属实”"),
        Item("涉及哪一方", bool(_WHO.search(facts + opinion)), "写明是哪个单位、由谁办", must=False),
        Item("处理结果", bool(outcome), "选择支持、部分支持、解释说明或者不予支持"),
        Item("处理意见", is_reason(opinion, 6), "写明怎么处理"),
        Item("期限", not promised or bool(_WHEN.search(opinion)), "支持的，写明什么时候办到", must=False),
        _basis(words),
    )


def _basis(words: Words) -> Item:
    return Item("法律依据", is_legal_basis(_said(words, "legal_basis")), "写明法规名称和条款，可以查找")


def _decline(words: Words) -> tuple[Item, ...]:
    explanation = _said(words, "explanation")
    return (
        Item("不予受理的理由", bool(_said(words, "reason")), "选择一项"),
        _basis(words),
        Item("说明", is_reason(explanation), "写明为什么不受理"),
        Item(
            "还可以去哪里",
            bool(re.search(r"向|到|由|等待|请", explanation)),
            "写明还可以向哪里反映",
            must=False,
        ),
    )


def _supplement(words: Words) -> tuple[Item, ...]:
    return (
        Item("需要补充的材料", bool(words.get("items")), "一次写全，每行一项"),
        Item("补充期限", bool(words.get("until")), "写明在哪一天前补充", must=False),
    )


def _extension(words: Words) -> tuple[Item, ...]:
    return (
        Item("延长天数", bool(words.get("days")), "写明延长几天"),
        Item("延期理由", is_reason(_said(words, "reason"), 2), "写明为什么需要更多时间"),
    )


def _transfer(words: Words) -> tuple[Item, ...]:
    return (
        Item("转给哪个单位", bool(_said(words, "department")), "选择单位"),
        Item("转送理由", is_reason(_said(words, "reason"), 3), "写明为什么由该单位办理"),
    )


_OTHERS: dict[LetterKind, Callable[[Words], tuple[Item, ...]]] = {
    LetterKind.DECLINE: _decline,
    LetterKind.SUPPLEMENT: _supplement,
    LetterKind.EXTENSION: _extension,
    LetterKind.TRANSFER: _transfer,
}


def _written_by_itself(kind: LetterKind) -> tuple[Item, ...]:
    named = "称谓、日期、文号、联系方式"
    told = f"救济途径、{named}" if kind in OPINIONS or kind is LetterKind.DECLINE else named
    return (Item(told, True, "签发时自动写入"),)


def _plain(words: Words) -> Item:
    text = "\n".join(value for value in words.values() if isinstance(value, str))
    stiff = _STIFF.search(text)
    long = any(len(sentence) > _LONG for sentence in re.split(r"[。！？；\n]", text))
    hint = f"“{stiff.group()}”可以说得直白些" if stiff else f"有的句子超过{_LONG}字，可以断开"
    return Item("好懂", not stiff and not long, hint, must=False)
