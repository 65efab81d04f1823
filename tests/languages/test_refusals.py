"""Every reason of the product has a code of its own and can be told in every language."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, date, datetime
from typing import Any

import pytest
from fluent.syntax import ast as fluent
from fluent.syntax import parse, visitor

from cases import reasons as core
from cases.errors import DomainError, InvalidInput, NotFound, Reason
from cases.lifecycle.table import MOVES
from cases.vocabulary import ClockKind, Language, Move
from handlers.languages.refusals import ENGLISH, say_reason, word_reason
from handlers.languages.traditional import to_traditional
from tests.languages.reasons_of_the_product import parameters, raised, reasons

HAN = re.compile(r"[\u4e00-\u9fff]")


class _Variables(visitor.Visitor):
    def __init__(self) -> None:
        self.names: set[str] = set()

    def visit_VariableReference(self, node: Any) -> None:  # noqa: N802
        self.names.add(node.id.name)


def english() -> dict[str, frozenset[str]]:
    """Code → parameters of its English message."""
    found = {}
    for entry in parse(ENGLISH.read_text("utf-8")).body:
        assert not isinstance(entry, fluent.Junk), entry.content
        if isinstance(entry, fluent.Message):
            variables = _Variables()
            variables.visit(entry.value)
            assert entry.id.name not in found, f"{entry.id.name} twice"
            found[entry.id.name] = frozenset(variables.names)
    return found


def test_every_reason_has_an_english_wording_with_the_same_parameters() -> None:
    assert english() == {reason.code: parameters(reason) for reason in reasons()}


def test_codes_are_unique_and_well_formed() -> None:
    assert len(reasons()) > 80
    assert [code for code, times in Counter(reason.code for reason in reasons()).items() if times > 1] == []
    assert [r.code for r in reasons() if not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", r.code)] == []


def test_no_sentence_is_said_by_two_codes() -> None:
    assert [said for said, times in Counter(r.sentence for r in reasons()).items() if times > 1] == []


@pytest.mark.parametrize("reason", reasons(), ids=lambda reason: reason.code)
def test_a_reason_is_told_in_the_language_of_its_reader(reason: Reason) -> None:
    params = dict.fromkeys(parameters(reason), 3)
    hans, hant, en = (word_reason(reason, language, **params) for language in Language)
    assert hans == str(DomainError(reason, **params))
    assert re.search("[\u4e00-\u9fff：]", hans)
    assert hant == to_traditional(hans)
    assert not HAN.search(en)
    assert hans.count("3") == hant.count("3") == en.count("3")


def test_who_raises_an_error_gives_every_parameter_of_its_reason() -> None:
    assert [
        (at.place, parameters(at.argument) - at.given)
        for at in raised()
        if isinstance(at.argument, Reason) and at.whole and not parameters(at.argument) <= at.given
    ] == []


def test_days_moves_and_numbers_are_worded_in_the_readers_language() -> None:
    reason = Reason("no-time-limit", "{kind}")
    error = NotFound(core.NO_TIME_LIMIT, kind=ClockKind.FINAL_REVIEW)
    assert str(error) == "没有为“复核”规定时限。"
    assert say_reason(error, Language.ZH_HANT) == "沒有為「覆核」規定時限。"
    assert say_reason(error, Language.EN) == "No time limit is laid down for “final review”."
    day, instant = date(2026, 11, 22), datetime(2026, 11, 21, 16, tzinfo=UTC)
    for value, hans, hant, en in (
        (day, "2026年11月22日", "2026年11月22日", "22 November 2026"),
        (instant, "2026年11月22日", "2026年11月22日", "22 November 2026"),
        (Move.ASK_REVIEW, "申请复查", "申請複查", "ask review"),
        (MOVES[Move.ASK_FINAL_REVIEW], "申请复核", "申請覆核", "ask final review"),
        (1500, "1500", "1500", "1,500"),
        ("某局", "某局", "某局", "某局"),
    ):
        assert word_reason(reason, Language.ZH_HANS, kind=value) == hans
        assert word_reason(reason, Language.ZH_HANT, kind=value) == hant
        assert word_reason(reason, Language.EN, kind=value).removeprefix(
            "No time limit is laid down for "
        ) == (f"“{en}”.")


def test_an_error_within_an_error_is_worded_too() -> None:
    from handlers.web import reasons as web

    inner = InvalidInput(web.TEXT_TOO_LONG, max_length=500)
    error = InvalidInput(web.IN_FIELD, field="remark", problem=inner)
    assert str(error) == "remark：内容太长，最多 500 个字。"
    assert say_reason(error, Language.EN) == "remark: Too long: at most 500 characters."
    assert say_reason(error, Language.ZH_HANT) == "remark：內容太長，最多 500 個字。"


def test_an_error_without_words_says_what_its_kind_says() -> None:
    assert str(NotFound()) == "没有找到，或者您无权查看。"
    assert say_reason(NotFound(), Language.EN) == "It was not found, or you may not see it."


def test_words_that_are_easily_taken_for_others_are_written_right_in_traditional_characters() -> None:
    for plain, written in (
        ("最多只能延长3天", "最多只能延長3天"),
        ("请会签人处理合同里的账", "請會簽人處理合約裡的帳"),
        ("这份文件是哪一年签的", "這份文件是哪一年簽的"),
        ("这个文件里的个人信息", "這個檔案裡的個人資料"),
        ("对“复查”不服再申请复核", "對「複查」不服再申請覆核"),
        ("支持，可以查看", "支持，可以查看"),
    ):
        assert to_traditional(plain) == written
