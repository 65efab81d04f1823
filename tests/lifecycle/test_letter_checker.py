"""What each kind of letter must and should have: a whole one lacks nothing, each item falls by itself."""

from __future__ import annotations

from typing import Any

import pytest

from cases.errors import InvalidInput
from cases.letters import OPINION_IN, OPINIONS
from cases.lifecycle.letters.checker import check, missing
from cases.lifecycle.letters.courses import COURSES, kept, read
from cases.lifecycle.table import TABLE
from cases.reasons import LETTER_UNREADABLE
from cases.text_lengths import LONGEST_COMPLAINT
from cases.vocabulary import LetterKind, Outcome
from tests.town.words import OPINION

_K = LetterKind
BY_ITSELF = "称谓、日期、文号、联系方式"
WITH_REMEDY = f"救济途径、{BY_ITSELF}"
WHOLE: dict[LetterKind, dict[str, Any]] = {
    _K.OPINION: OPINION,
    _K.REVIEW_OPINION: {**OPINION, "ruling": "uphold"},
    _K.FINAL_OPINION: {**OPINION, "ruling": "change"},
    _K.DECLINE: {
        "reason": "in_court",
        "legal_basis": "《信访工作条例》第三十一条",
        "explanation": "此事法院已经立案，请等待判决。",
    },
    _K.SUPPLEMENT: {"items": ["合同"], "until": "2026-12-20"},
    _K.EXTENSION: {"days": 10, "reason": "等待审计结论"},
    _K.TRANSFER: {"department": "630000:省发展改革委", "reason": "项目由该委审批"},
}
_OPINION_ITEMS = ["投诉请求", "查明的事实", "涉及哪一方*", "处理结果", "处理意见", "期限*", "法律依据"]
ITEMS: dict[LetterKind, list[str]] = {
    _K.OPINION: [*_OPINION_ITEMS, WITH_REMEDY, "好懂*"],
    _K.REVIEW_OPINION: ["结论", *_OPINION_ITEMS, WITH_REMEDY, "好懂*"],
    _K.FINAL_OPINION: ["结论", *_OPINION_ITEMS, WITH_REMEDY, "好懂*"],
    _K.DECLINE: ["不予受理的理由", "法律依据", "说明", "还可以去哪里*", WITH_REMEDY, "好懂*"],
    _K.SUPPLEMENT: ["需要补充的材料", "补充期限*", BY_ITSELF, "好懂*"],
    _K.EXTENSION: ["延长天数", "延期理由", BY_ITSELF, "好懂*"],
    _K.TRANSFER: ["转给哪个单位", "转送理由", BY_ITSELF, "好懂*"],
}
"""In order; a star marks advice that keeps no letter back."""


@pytest.mark.parametrize("kind", LetterKind)
def test_a_whole_letter_lacks_nothing_and_an_empty_one_everything(kind: LetterKind) -> None:
    items = check(kind, WHOLE[kind])
    assert [item.name + ("" if item.must else "*") for item in items] == ITEMS[kind]
    assert all(item.met and item.hint for item in items)
    must = tuple(name for name in ITEMS[kind] if not name.endswith("*") and BY_ITSELF not in name)
    assert missing(kind, {}) == must


def unmet(kind: LetterKind, **changes: Any) -> list[str]:
    return [item.name for item in check(kind, {**WHOLE[kind], **changes}) if not item.met]


NOTHING = "查明的事实"
CASES: list[tuple[LetterKind, dict[str, Any], list[str]]] = [
    (_K.OPINION, {"request": "钱"}, ["投诉请求"]),
    (_K.OPINION, {"request": "付钱"}, []),
    (_K.OPINION, {"request": " 钱 "}, ["投诉请求"]),
    (_K.OPINION, {"request": None}, ["投诉请求"]),
    (_K.OPINION, {"facts": "属实。"}, [NOTHING]),
    (_K.OPINION, {"facts": "货款未付"}, [NOTHING]),
    (_K.OPINION, {"facts": "货款六万未付"}, []),
    (_K.OPINION, {"opinion": "三十日付清"}, ["涉及哪一方", "处理意见"]),
    (_K.OPINION, {"opinion": "由财政局付清", "outcome": "explain"}, []),
    (_K.OPINION, {"opinion": "由财政局付清货款"}, ["期限"]),
    (_K.OPINION, {"opinion": "由财政局付清货款", "outcome": "partly"}, ["期限"]),
    (_K.OPINION, {"opinion": "由财政局付清货款", "outcome": "reject"}, []),
    (_K.OPINION, {"opinion": "财政局已付清全部货款"}, []),
    (_K.OPINION, {"opinion": "财政局2026年付清货款"}, []),
    (_K.OPINION, {"opinion": "财政局三个月内付清货款"}, []),
    (_K.OPINION, {"opinion": "财政局五个工作日内付清货款"}, []),
    (_K.OPINION, {"opinion": "财政局当日付清全部货款"}, []),
    (_K.OPINION, {"facts": "货物验收合格，款项未付。", "opinion": "三十日内全部付清货款"}, ["涉及哪一方"]),
    (_K.OPINION, {"facts": "货物验收合格，款项未付。", "opinion": "三十日内全部付给您"}, []),
    (_K.OPINION, {"facts": "我厅查明款项未付。", "opinion": "三十日内全部付清货款"}, []),
    (_K.OPINION, {"outcome": ""}, ["处理结果"]),
    (_K.OPINION, {"legal_basis": "依法"}, ["法律依据"]),
    (_K.OPINION, {"legal_basis": None}, ["法律依据"]),
    (_K.REVIEW_OPINION, {"ruling": ""}, ["结论"]),
    (_K.FINAL_OPINION, {"ruling": None}, ["结论"]),
    (_K.DECLINE, {"reason": ""}, ["不予受理的理由"]),
    (_K.DECLINE, {"explanation": "见附件"}, ["说明", "还可以去哪里"]),
    (_K.DECLINE, {"explanation": "此事法院已经立案审理。"}, ["还可以去哪里"]),
    (_K.DECLINE, {"explanation": "此事属县法院管辖，可向它起诉。"}, []),
    (_K.SUPPLEMENT, {"items": []}, ["需要补充的材料"]),
    (_K.SUPPLEMENT, {"until": ""}, ["补充期限"]),
    (_K.EXTENSION, {"days": 0}, ["延长天数"]),
    (_K.EXTENSION, {"reason": "忙"}, ["延期理由"]),
    (_K.EXTENSION, {"reason": "审计"}, []),
    (_K.TRANSFER, {"department": " "}, ["转给哪个单位"]),
    (_K.TRANSFER, {"reason": "归它"}, ["转送理由"]),
    (_K.TRANSFER, {"reason": "归它管"}, []),
]


@pytest.mark.parametrize(("kind", "changes", "lacking"), CASES)
def test_each_item_falls_by_itself(kind: LetterKind, changes: dict[str, Any], lacking: list[str]) -> None:
    assert unmet(kind, **changes) == lacking


@pytest.mark.parametrize("outcome", Outcome)
def test_only_who_is_promised_something_needs_a_date(outcome: Outcome) -> None:
    needs = outcome in (Outcome.SUPPORT, Outcome.PARTLY)
    assert ("期限" in unmet(_K.OPINION, opinion="由财政局付清货款", outcome=outcome.value)) is needs


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        ("兹有贵司来函", "“兹有贵司来函”可以说得直白些"),
        ("财政局依照该条之规定在三十日内付清", "“之规定”可以说得直白些"),
        ("财政局在三十日内付清货款" + "并书面告知" * 20, "有的句子超过90字，可以断开"),
    ],
)
def test_stiff_and_long_words_are_pointed_out_but_keep_nothing_back(words: str, hint: str) -> None:
    item = check(_K.OPINION, {**OPINION, "opinion": words})[-1]
    assert (item.name, item.met, item.must, item.hint) == ("好懂", False, False, hint)
    assert "好懂" not in missing(_K.OPINION, {**OPINION, "opinion": words})


@pytest.mark.parametrize("end", "。！？；\n")
def test_a_sentence_ends_where_a_reader_breathes(end: str) -> None:
    half = "财" * 90
    assert unmet(_K.OPINION, request=half + end + half) == []
    assert unmet(_K.OPINION, request=half + "财" + end) == ["好懂"]


@pytest.mark.parametrize("kind", LetterKind)
def test_a_draft_keeps_the_words_of_its_form_and_reads_as_its_move(kind: LetterKind) -> None:
    words = WHOLE[kind]
    assert kept(kind, words) == words
    args = read(kind, {**words, "remark": None} if kind is _K.SUPPLEMENT else words)
    assert args is not None
    assert type(args) is COURSES[kind].args
    assert read(kind, {}) is None


@pytest.mark.parametrize(
    "words",
    [
        {"signed_by": "某人"},
        {"facts": {"nested": "x"}},
        {"facts": ["x", {"y": "z"}]},
        {"facts": 1.5},
        {"facts": "字" * (LONGEST_COMPLAINT + 1)},
        {"facts": ["字" * LONGEST_COMPLAINT, "字"]},
    ],
)
def test_a_draft_keeps_nothing_that_its_form_does_not_ask_for(words: dict[str, Any]) -> None:
    with pytest.raises(InvalidInput) as refused:
        kept(_K.OPINION, words)
    assert refused.value.reason is LETTER_UNREADABLE


def test_a_draft_keeps_lists_numbers_and_what_is_left_open() -> None:
    assert kept(_K.SUPPLEMENT, {"items": ("合同", "发票"), "until": None}) == {
        "items": ["合同", "发票"],
        "until": None,
    }
    assert kept(_K.OPINION, {"facts": "字" * LONGEST_COMPLAINT})
    assert kept(_K.EXTENSION, {"days": 10}) == {"days": 10}


def test_each_letter_is_written_where_its_move_is_made() -> None:
    for kind, course in COURSES.items():
        first = course.submit or course.sign
        statuses = {row.status for row in TABLE.rows.values() if row.move is first}
        if kind in OPINIONS:
            statuses = {status for status in statuses if OPINION_IN[status] is kind}
        assert course.begins == statuses, kind
