"""Words of a plain text put into other words, with the way back to the citizen's own characters kept.

Dialect is put into standard Chinese here, as data says; what cannot be put into other words stays.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from classify.text.normalise import Normalised

DIALECTS = Path(__file__).parents[1] / "data" / "dialects.toml"


class Piece(NamedTuple):
    """What the characters from `start` to `end` of a plain text are put into."""

    start: int
    end: int
    words: str


def put(read: Normalised, pieces: Iterable[Piece]) -> Normalised:
    """The text made of the pieces; each of their words leads back to the whole of what it stands for."""
    parts: list[str] = []
    origin: list[int] = []
    for start, end, words in pieces:
        if words:
            parts.append(words)
            origin += [read.origin[start]] * (len(words) - 1) + [read.origin[end - 1]]
            if len(words) == 1:
                origin[-1] = read.origin[start]
    return Normalised("".join(parts), origin)


def replace(read: Normalised, pattern: re.Pattern[str], words: Mapping[str, str]) -> Normalised:
    """The text with each find of `pattern` put into its words; the rest stays."""
    text = read.text
    parts: list[str] = []
    origin: list[int] = []
    last = 0
    for found in pattern.finditer(text):
        start, end = found.span()
        into = words[found.group()]
        parts += (text[last:start], into)
        origin += read.origin[last:start]
        origin += [read.origin[start]] * (len(into) - 1) + [read.origin[end - 1]]
        last = end
    if not last:
        return read
    parts.append(text[last:])
    origin += read.origin[last:]
    return Normalised("".join(parts), origin)


class Dialects:
    """Puts dialect into standard Chinese; pure after loading."""

    def __init__(self, always: Mapping[str, str], cantonese: Mapping[str, str], signs: str) -> None:
        self._always, self._both = dict(always), {**always, **cantonese}
        self._signs = re.compile(signs)
        self._pattern, self._pattern_both = (
            re.compile(rf"(?<![竞斗战力相抗应])(?:{one_of(words).pattern})")
            for words in (self._always, self._both)
        )

    @classmethod
    def load(cls, path: Path = DIALECTS) -> Dialects:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        return cls(table["always"], table["cantonese"], table["signs"])

    def standard(self, read: Normalised) -> Normalised:
        """The message in standard Chinese, as far as the table knows."""
        if self._signs.search(read.text):
            return replace(read, self._pattern_both, self._both)
        return replace(read, self._pattern, self._always)


def one_of(words: Iterable[str], around: Callable[[str], str] = str) -> re.Pattern[str]:
    """Finds any of the words, the longest first."""
    longest: Sequence[str] = sorted(words, key=lambda word: (-len(word), word))
    return re.compile(around("|".join(map(re.escape, longest))))
