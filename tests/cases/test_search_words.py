"""Words as a search compares them: one spelling for what people write in several ways."""

from __future__ import annotations

import pytest

from cases.search_words import is_searchable, simplified, words_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("财政厅 拖欠", ["财政厅", "拖欠"]),
        ("財政廳", ["财政厅"]),
        ("ＡＢＣ１２", ["abc12"]),
        ("合同_编号-7", ["合同", "编号", "7"]),
        ("Straße", ["strasse"]),
        ("《合同》，（三）", ["合同", "三"]),
        ("  ", []),
        ("衞生", ["卫生"]),
        ("㑳龜\uf902", ["㑇龟车"]),
    ],
)
def test_a_text_is_split_into_plain_words(text: str, words: list[str]) -> None:
    assert words_of(text) == words


@pytest.mark.parametrize(
    ("text", "found"), [("款", False), ("欠款", True), ("a 1", False), ("a 12", True), ("，。", False)]
)
def test_a_search_needs_two_neighbouring_signs(text: str, found: bool) -> None:
    assert is_searchable(text) is found


def test_only_signs_that_differ_are_replaced() -> None:
    table = simplified()
    assert table[ord("財")] == "财"
    assert ord("财") not in table
    assert all(len(new) == 1 for new in table.values())
