"""How a field of an object stands on its page."""

from __future__ import annotations

import pytest

from handlers.credit.showing import Shown


@pytest.mark.parametrize(
    ("text", "in_one_line", "is_address"),
    [
        ("2026年11月22日", True, False),
        ("80万元", True, False),
        ("1,200.50元", True, False),
        ("2026年11月22日起算", False, False),
        ("省发展改革委", False, False),
        ("https://credit.example.org/arrears?id=1", False, True),
        ("见 https://credit.example.org", False, False),
        ("javascript:alert(1)", False, False),
    ],
)
def test_days_and_amounts_are_not_broken_and_an_address_is_a_link(
    text: str, in_one_line: bool, is_address: bool
) -> None:
    shown = Shown("一项", text)
    assert (shown.in_one_line, shown.is_address) == (in_one_line, is_address)
