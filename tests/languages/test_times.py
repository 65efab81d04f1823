"""When something was, in the reader's language."""

from __future__ import annotations

import pytest

from cases.vocabulary import Language
from handlers.languages.values import time_in


@pytest.mark.parametrize(
    ("read", "shown"),
    [
        ("2022年", "2022"),
        ("2023年5月", "May 2023"),
        ("2023年5月9日", "9 May 2023"),
        ("2023年05月至今", "May 2023 until now"),
        ("2019年至2021年", "2019 to 2021"),
        ("since last spring", "since last spring"),
    ],
)
def test_a_time_is_shown_in_english(read: str, shown: str) -> None:
    assert time_in(Language.ZH_HANS, read) == read
    assert time_in(Language.EN, read) == shown
