"""No word of a complaint in an object: a run of characters copied from the source case is found here.

Pure. Names of bodies and of laws are left out of the comparison: both sides may say them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from cases.search_words import words_of

RUN = 12
"""So many characters one after another, punctuation aside, are a copy (INTEGRITY §1)."""

CUT = "\ue000"
"""Stands where a name stood; no sign that people write."""

_CITED = re.compile(r"《[^》]{2,60}》(?:第[一二三四五六七八九十百零〇\d]+[条款项])*")


def find_copied(text: str, sources: Iterable[str], known: Iterable[str] = ()) -> str | None:
    """The first run of `text` that stands in a source as well, or None. `known`: names that may be."""
    names = tuple(known)
    seen: set[str] = set()
    for source in sources:
        for part in _parts(source, names):
            seen.update(part[start : start + RUN] for start in range(len(part) - RUN + 1))
    if not seen:
        return None
    runs = (part[start : start + RUN] for part in _parts(text, names) for start in range(len(part) - RUN + 1))
    return next((run for run in runs if run in seen), None)


def _parts(text: str, names: tuple[str, ...]) -> list[str]:
    """The text without punctuation, cut where a known name or a citation stood."""
    cut = _CITED.sub(CUT, text.replace(CUT, ""))
    for name in sorted(filter(None, names), key=len, reverse=True):
        cut = cut.replace(name, CUT)
    return ["".join(words_of(part)) for part in cut.split(CUT)]
