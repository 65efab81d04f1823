"""Towns, townships and street offices of the whole country by name, in a table that is searched, not loaded.

Many names occur in several counties; which one is meant is for `regions` to say.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from pathlib import Path

TOWNS = Path(__file__).parents[1] / "data" / "towns.tsv"
ENDING = re.compile(r"(?:[镇乡]|街道|苏木)$")
_END = re.compile(r"镇(?![化江痛静定压守])|乡(?![村镇亲音愁土情间下])|街道|苏木")
_CITY = re.compile(r"城镇(?=化|居|职|医|户|养|保障|建设|基|低|规划|土地|使用|人口|从业)")
_HEAD = re.compile("[省市县区镇乡村州]长")
LONGEST = 9
_BEFORE = re.compile(
    r"(?:[^一-鿿]|[省市县区州旗盟乡镇村在到去来从住于的我咱是和与及向由对被给找让请把原里们诉映报院局府委办所站队校])$"
)
"""What may stand before a short name: otherwise it could be the rest of a longer one."""
SURELY_WHOLE = 4


class Towns:
    """Name → codes."""

    def __init__(self, lines: list[str]) -> None:
        self._lines = lines

    @classmethod
    def load(cls, path: Path = TOWNS) -> Towns:
        return cls(path.read_text(encoding="utf-8").splitlines())

    def codes(self, name: str) -> tuple[str, ...]:
        """Nine-digit codes of all towns of this name."""
        place = bisect_left(self._lines, name + "\t")
        found = self._lines[place] if place < len(self._lines) else ""
        return tuple(found.split("\t")[1].split()) if found.startswith(name + "\t") else ()

    def find(self, text: str, known: frozenset[int]) -> Iterator[tuple[int, int, tuple[str, ...]]]:
        """Start, end and codes of every town named; a name may begin where a known place ends (`known`)."""
        for match in _END.finditer(text):
            end = match.end()
            if _CITY.match(text, end - 2):
                continue
            for start in range(max(0, end - LONGEST), end - 2):
                codes = self.codes(text[start:end])
                apart = not start or start in known or _BEFORE.search(text[start - 1 : start])
                if _HEAD.match(text, start - 1) and start:
                    continue  # 县长|老乡
                if codes and (apart or (len(codes) == 1 and end - start >= SURELY_WHOLE)):
                    yield start, end, codes
                    break
