"""What is owed in letters that name several sums, and that nothing is where only prices or rumours are named.

Each line of `sums.tsv`: what is owed in yuan, empty where nothing is, and the letter.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from classify import Classifier

LETTERS = [
    line.split("\t") for line in (Path(__file__).parent / "sums.tsv").read_text(encoding="utf-8").splitlines()
]


@pytest.mark.parametrize(("owed", "letter"), LETTERS)
def test_what_is_owed_is_reckoned(classifier: Classifier, owed: str, letter: str) -> None:
    read = classifier.classify(letter)
    assert read.amount_yuan == (int(owed) if owed else None), read.amount_reading


@pytest.mark.parametrize(
    ("letter", "reading"),
    [
        ("打了三张条子,一张三万二,一张四万,一张五千,村里都没给。", "3.2万元加4万元加5000元"),
        ("别人家都是两万六,我家只给了八千。", "2.6万元减去只给的8000元"),
        ("在砖厂干了四个月,工资每月五千,给过四千块生活费,剩下的不结。", "5000元×4减去已付的4000元"),
    ],
)
def test_how_it_was_reckoned_is_told(classifier: Classifier, letter: str, reading: str) -> None:
    assert classifier.classify(letter).amount_reading == reading
