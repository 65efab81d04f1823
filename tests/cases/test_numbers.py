"""Case numbers and receipts survive every way people copy them, and nothing else is taken for one."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.numbers import (
    find_number,
    make_number,
    make_receipt,
    parse_number,
    parse_receipt,
    show_receipt,
)

DIGESTS = st.binary(min_size=16, max_size=64)
DAYS = st.dates(date(2020, 1, 1), date(2099, 12, 31))
SAMPLE = make_number(b"a filing", date(2026, 11, 22))


@given(DIGESTS, DAYS, st.integers(0, 20))
def test_a_number_reads_back_as_itself_and_tells_its_day(digest: bytes, day: date, attempt: int) -> None:
    number = make_number(digest, day, attempt)
    assert parse_number(number) == number
    assert number.startswith(f"SX{day:%Y%m%d}-")
    assert len(number) == len("SX20261122-4839205-7")


def test_the_same_filing_gives_the_same_number_and_another_attempt_another() -> None:
    day = date(2026, 11, 22)
    assert make_number(b"k", day) == make_number(b"k", day)
    assert make_number(b"k", day) != make_number(b"k", day, 1)
    assert make_number(b"k", day) != make_number(b"l", day)


def test_what_was_made_once_is_made_the_same_by_every_version() -> None:
    """A filing that is tried again after an update finds the number and receipt that it had."""
    assert SAMPLE == "SX20261122-3972945-5"
    assert make_number(b"a filing", date(2026, 11, 22), 3) == "SX20261122-5043308-8"
    assert make_receipt(b"a filing") == "7710858751816089"


@pytest.mark.parametrize("digit", ["٥", "५", "五", "X"])
def test_other_digits_than_those_are_none(digit: str) -> None:
    assert parse_number(SAMPLE[:-1] + digit) is None
    assert parse_receipt(make_receipt(b"a filing")[:-1] + digit) is None


@pytest.mark.parametrize(
    "rewrite",
    [
        str.lower,
        lambda n: n.replace("-", ""),
        lambda n: n.replace("-", " "),
        lambda n: n.replace("-", "—"),
        lambda n: n.removeprefix("SX"),
        lambda n: f"  {n}\n",
        lambda n: "".join(chr(ord(c) + 0xFEE0) for c in n),
        lambda n: " ".join(n),
    ],
)
def test_a_number_may_be_typed_carelessly(rewrite) -> None:  # type: ignore[no-untyped-def]
    assert parse_number(rewrite(SAMPLE)) == SAMPLE


@given(DIGESTS, DAYS, st.data())
def test_one_wrong_digit_is_noticed(digest: bytes, day: date, data: st.DataObject) -> None:
    number = make_number(digest, day)
    places = [i for i, c in enumerate(number) if c.isdigit()]
    place = data.draw(st.sampled_from(places))
    other = data.draw(st.sampled_from("0123456789".replace(number[place], "")))
    assert parse_number(number[:place] + other + number[place + 1 :]) is None


@given(st.text())
def test_any_text_can_be_parsed_without_an_error(text: str) -> None:
    for parsed in (parse_number(text), find_number(text)):
        assert parsed is None or parse_number(parsed) == parsed
    receipt = parse_receipt(text)
    assert receipt is None or len(receipt) == 16


@given(st.text(alphabet="你好，。查询 一下\nabc"), DIGESTS, st.text(alphabet="谢谢！。 xyz\n"))
def test_a_number_is_found_in_running_text(before: str, digest: bytes, after: str) -> None:
    number = make_number(digest, date(2026, 11, 22))
    assert find_number(f"{before} {number} {after}") == number


def test_a_number_is_found_between_chinese_characters_and_after_other_digits() -> None:
    assert find_number(f"电话13812345678，编号{SAMPLE}，请查一下") == SAMPLE
    assert find_number(f"我的件是{SAMPLE.replace('-', ' ')}。") == SAMPLE
    assert find_number(f"编号：{SAMPLE.lower().replace('-', '－')}") == SAMPLE


def test_a_bank_card_or_an_identity_number_is_not_a_case_number() -> None:
    assert find_number("卡号6222020200112233445，身份证630102199001011234") is None
    assert parse_number("20261322-4839205-7") is None
    assert parse_number("") is None


@given(DIGESTS)
def test_a_receipt_reads_back_also_as_shown(digest: bytes) -> None:
    receipt = make_receipt(digest)
    assert len(receipt) == 16
    assert receipt.isdigit()
    assert parse_receipt(receipt) == receipt
    assert parse_receipt(show_receipt(receipt)) == receipt


def test_a_receipt_is_shown_in_four_groups() -> None:
    assert show_receipt("1234567890123456") == "1234 5678 9012 3456"


@given(DIGESTS, DAYS)
def test_a_receipt_is_never_taken_for_a_number_nor_a_number_for_a_receipt(digest: bytes, day: date) -> None:
    assert parse_number(make_receipt(digest)) is None
    assert parse_receipt(make_number(digest, day).removeprefix("SX")) is None


@given(DIGESTS, st.integers(0, 15), st.integers(1, 9))
def test_one_wrong_digit_in_a_receipt_is_noticed(digest: bytes, place: int, shift: int) -> None:
    receipt = make_receipt(digest)
    wrong = str((int(receipt[place]) + shift) % 10)
    assert parse_receipt(receipt[:place] + wrong + receipt[place + 1 :]) is None


def test_receipts_do_not_repeat_in_a_large_sample() -> None:
    assert len({make_receipt(str(n).encode()) for n in range(20_000)}) == 20_000
