"""Looking for the article an answer rests on: by law, article, or everyday words of what it says.

What is found is a help for whoever writes; the gist is ours, so the law itself is to be read before it is
cited.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import NamedTuple

from cases.rules.laws import LAWS

MOST = 8


class LegalBasis(NamedTuple):
    law: str
    article: str
    gist: str
    about: tuple[str, ...]

    @property
    def citation(self) -> str:
        """《信访工作条例》第三十五条."""
        return f"{self.law}{self.article}"


@cache
def legal_bases() -> tuple[LegalBasis, ...]:
    laws = tomllib.loads(Path(__file__).with_name("legal_bases.toml").read_text("utf-8"))["basis"]
    return tuple(
        LegalBasis(LAWS[law["law"]].name, article, gist, tuple(about.split()))
        for law in laws
        for article, gist, about in law["says"]
    )


def find_bases(words: str, most: int = MOST) -> tuple[LegalBasis, ...]:
    """The best first; nothing for words that nowhere occur. Words are any text, as a complaint is."""
    asked = re.sub(r"[\s，。、；：《》]+", " ", words).strip()
    if not asked:
        return ()
    scored = [(_score(basis, asked), place, basis) for place, basis in enumerate(legal_bases())]
    found = sorted(((score, -place, basis) for score, place, basis in scored if score), reverse=True)
    return tuple(basis for _, _, basis in found[:most])


def _score(basis: LegalBasis, asked: str) -> int:
    """Named outright weighs most, then everyday words in what was asked, then pairs of signs of the gist."""
    score = 0
    for part in asked.split():
        if part in basis.citation.replace("《", "").replace("》", ""):
            score += 10
        score += 4 * sum(word in part or (len(part) > 1 and part in word) for word in basis.about)
        if len(part) > 1 and part in basis.gist:
            score += 3
    return score
