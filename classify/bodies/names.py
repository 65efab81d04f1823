"""Where a name that no table knows begins: characters that names begin with, and those that they go on with.

The table is learnt by `bench/fit_names.py`. Which words no name holds is for `words.toml`.
"""

from __future__ import annotations

from pathlib import Path

SIGNS = Path(__file__).parents[1] / "data" / "name_signs.tsv"
UNIT = 10.0
UNKNOWN = 0.5
"""A character too rare in running text to be weighed: rather in a name."""
HIDDEN, MOST = "某×○", 4.0
"""Signs that writers put for a name, and what those say."""
BOUND = 2.5
"""What it says for a beginning that a word no name holds, or no character, stands before it."""
LEAST = 0.0


def _load() -> tuple[dict[str, tuple[float, float]], dict[str, tuple[float, float]]]:
    places, houses = {}, {}
    for line in SIGNS.read_text(encoding="utf-8").splitlines():
        sign, *cells = line.split("\t")
        row = [int(cell) / UNIT for cell in cells]
        places[sign], houses[sign] = (row[0], row[1]), (row[2], row[3])
    hidden = dict.fromkeys(HIDDEN, (MOST, MOST))
    return places | hidden, houses | hidden


_PLACES, _HOUSES = _load() if SIGNS.exists() else ({}, {})


def likeliest_start(text: str, low: int, end: int, shortest: int, longest: int, *, place: bool) -> int | None:
    """Where between `low` and `end` a name begins; None when nothing there looks like one."""
    signs = _PLACES if place else _HOUSES
    best, found = LEAST, None
    inner = 0.0
    for start in range(end - 1, max(low, end - longest) - 1, -1):
        first, going_on = signs.get(text[start], (UNKNOWN, UNKNOWN))
        score = first + inner + (BOUND if start == low else 0.0)
        if end - start >= shortest and score > best:
            best, found = score, start
        inner += going_on
    return found
