"""What reads words from outside copes with any words: classifier, numbers, receipts, amounts, buttons."""

from __future__ import annotations

import os

import pytest
from aiogram.filters.callback_data import CallbackData
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.wiring.core import load_classifier
from cases.numbers import make_number, make_receipt, parse_number, parse_receipt, show_receipt
from classify.types import Domain
from handlers.citizen.dialogue.keyboards import CaseButton, DraftButton, ErrandButton, MenuButton
from tests.fuzz.shapes import WORDS
from tests.town.clock import SUNDAY

SHARE = max(1, int(os.environ.get("FUZZ_UPDATES", "300")) // 400)
ANY = st.one_of(
    st.text(max_size=300),
    st.lists(st.sampled_from(WORDS), max_size=6).map("".join),
    st.text(alphabet="0123456789０１２３SXsx-－ 　", max_size=40),
    st.builds(
        lambda before, piece, times, after: before + piece * times + after,
        st.sampled_from(["", "欠", "拖欠工程款12万", "20", "张三丰省"]),
        st.sampled_from(["9", "一", "亿", "0,", ".5", "（", "县", "欠我", " ", "１", "<", "年", "5"]),
        st.integers(0, 6000),
        st.sampled_from(["", "元", "万元", "年", "天"]),
    ),
)
fuzzed = settings(max_examples=100 * SHARE, database=None, suppress_health_check=list(HealthCheck))


@fuzzed
@given(ANY)
def test_fuzz_any_text_has_a_classification(text: str) -> None:
    found = load_classifier().classify(text)
    assert found.domain in Domain
    assert 0 <= found.confidence <= 1


@fuzzed
@given(ANY)
def test_fuzz_any_text_is_a_number_or_none(text: str) -> None:
    number = parse_number(text)
    assert number is None or parse_number(number) == number


@fuzzed
@given(ANY)
def test_fuzz_any_text_is_a_receipt_or_none(text: str) -> None:
    receipt = parse_receipt(text)
    assert receipt is None or parse_receipt(show_receipt(receipt)) == receipt


@fuzzed
@given(st.binary(min_size=32, max_size=32), st.integers(0, 5), st.integers(0, 16), st.integers(0, 9))
def test_fuzz_one_wrong_digit_is_noticed(secret: bytes, attempt: int, place: int, digit: int) -> None:
    for text, parse in (
        (make_number(secret, SUNDAY.date(), attempt), parse_number),
        (make_receipt(secret), parse_receipt),
    ):
        digits = [index for index, sign in enumerate(text) if sign.isdigit()]
        at = digits[place % len(digits)]
        changed = text[:at] + str(digit) + text[at + 1 :]
        assert parse(text) is not None
        assert changed == text or parse(changed) is None


@pytest.mark.parametrize("kind", [DraftButton, CaseButton, ErrandButton, MenuButton])
@fuzzed
@given(ANY)
def test_fuzz_any_button_data_is_read_or_refused(kind: type[CallbackData], text: str) -> None:
    try:
        read = kind.unpack(text)
    except (TypeError, ValueError):
        return
    assert isinstance(read, kind)
