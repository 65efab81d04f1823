"""Which passwords are refused, and why; which are not."""

from __future__ import annotations

import pytest
from argon2 import extract_parameters

from handlers.web.signing_in.passwords import Passwords, objection_to
from tests.town.live.parts import PASSWORDS


@pytest.mark.parametrize(
    "password",
    [
        "short",
        "十一个汉字也还是太短了",
        "password1234",
        "Password!!!!1",
        "passwordpassword",
        "123456789012",
        "qwertyuiop[]",
        "aaaaaaaaaaaa",
        "abcabcabcabc",
        "1qaz2wsx3edc",
        "woaini13141314",
        "wangxiaoyan88",
        "xiaoyanwang88",
        "王晓燕的密码是这一个啊",
        "xx-wanglogin-yy",
        "admin2026admin2026",
        "x" * 200,
    ],
)
def test_what_is_easily_guessed_is_refused(password: str) -> None:
    assert objection_to(password, login="wanglogin", name="王晓燕")


@pytest.mark.parametrize(
    "password",
    [
        "correct horse battery staple",
        "长风破浪会有时，直挂云帆济沧海",
        "Tr0ub4dor&3-kestrel",
        "vK8#pqLm2x!Z",
    ],
)
def test_a_long_sentence_is_accepted_without_odd_characters(password: str) -> None:
    assert objection_to(password, login="wanglogin", name="王晓燕") is None


def test_hashes_are_argon2id_and_salted() -> None:
    first, second = (PASSWORDS.hash_now("correct horse battery staple") for _ in range(2))
    assert first.startswith("$argon2id$")
    assert first != second


async def test_an_empty_hash_is_never_right() -> None:
    assert not await PASSWORDS.verify("", "an account that does not exist")
    assert not await PASSWORDS.verify("not a hash", "anything")


def test_an_account_that_does_not_exist_costs_as_much_to_check_as_one_that_does() -> None:
    for passwords in (PASSWORDS, Passwords()):
        ours = extract_parameters(passwords.hash_now("correct horse battery staple"))
        assert extract_parameters(passwords.of_nobody) == ours
