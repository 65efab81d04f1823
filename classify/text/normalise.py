"""One normaliser for lexicon and message, with a way back to the citizen's own characters.

Full and half width, traditional characters, letter case, accents, confusable letters, zero-width
characters, pinyin artefacts such as 現(xiàn) and separators inside words are evened out. It must
not change meaning, must be idempotent, and must accept any string, lone surrogates included.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from classify.types import Span

DATA = Path(__file__).parents[1] / "data"
CONFUSABLES = dict(
    zip(
        "аеорсухікмтвнАВЕКМНОРСТХабВгΑΒΕΖΗΙΚΜΝΟΡΤΥΧοαν〇",
        "aeopcyxikmtbhabekmhopctxa6brabezhikmnoptyxoav零",
        strict=True,
    )
)
INVISIBLE = frozenset({"Cf", "Mn", "Me", "Cc", "Cs", "Co", "Cn"})
USUAL = (
    range(0x250),
    range(0x2000, 0x2070),
    range(0x2460, 0x2500),
    range(0x3000, 0x3040),
    range(0xFF00, 0xFFF0),
)
"""Where the signs of Chinese messages stand, besides their characters."""
UNSETTLED = "\uffff"
"""No character, so no plain text holds it."""


class _Folding(dict[str, str]):
    """Character → its plain form, worked out once per character."""

    def __init__(self, simplified: dict[str, str]) -> None:
        super().__init__()
        self.simplified = simplified

    def __missing__(self, char: str) -> str:
        plain = char
        for _ in range(4):
            folded = "".join(map(self._step, plain))
            if folded == plain:
                break
            plain = folded
        self[char] = plain
        return plain

    def _step(self, char: str) -> str:
        if char in "\n\r\u2028\u2029\x85":
            return "\n"
        if char.isspace():
            return " "
        category = unicodedata.category(char)
        if category in INVISIBLE:
            return ""
        plain = self.simplified.get(char) or CONFUSABLES.get(char)
        if plain:
            return plain
        if category == "So":
            compatible = unicodedata.normalize("NFKC", char)
            return compatible if compatible != char else " "
        return unicodedata.normalize("NFKD", char).lower() if not "가" <= char <= "힣" else char


def _load_folding() -> _Folding:
    traditional, plain = (DATA / "simplified.txt").read_text(encoding="utf-8").splitlines()[:2]
    return _Folding(dict(zip(traditional, plain, strict=True)))


def _plain_table(folding: _Folding) -> str:
    """For `str.translate`: the plain form of every code point below 0x10000 whose form is one character too.

    The other usual signs, and all unusual ones, stand as UNSETTLED and are looked up one by one.
    """
    table = [UNSETTLED] * 0x10000
    table[0x4E00:0xA000] = map(chr, range(0x4E00, 0xA000))
    simplified = ((ord(char), plain) for char, plain in folding.simplified.items())
    usual = ((code, folding[chr(code)]) for zone in USUAL for code in zone)
    for code, plain in chain(simplified, usual):
        if code < 0x10000:
            table[code] = plain if len(plain) == 1 and plain < UNSETTLED else UNSETTLED
    return "".join(table)


def _sound_table() -> str:
    """For `str.translate`: one private sign per syllable; what lies beyond the table stays as it is."""
    table = list(map(chr, range(0xA000)))
    for number, line in enumerate((DATA / "syllables.tsv").read_text(encoding="utf-8").splitlines()):
        for char in line.split("\t")[1]:
            table[ord(char)] = chr(0xE000 + number)
    return "".join(table)


def spelling() -> dict[str, str]:
    """Character → its toneless pinyin."""
    lines = (DATA / "syllables.tsv").read_text(encoding="utf-8").splitlines()
    return {char: name for name, chars in (line.split("\t")[:2] for line in lines) for char in chars}


def _syllable_names() -> list[str]:
    lines = (DATA / "syllables.tsv").read_text(encoding="utf-8").splitlines()
    return sorted((line.split("\t")[0] for line in lines), key=len, reverse=True)


_FOLD = _load_folding()
_PLAIN = _plain_table(_FOLD)
_SOUNDS = _sound_table()
_UNSETTLED = re.compile(f"[{UNSETTLED}\U00010000-\U0010ffff]")
_ARTEFACT = re.compile(r"(?<=[一-鿿])(?:\((?:" + "|".join(_syllable_names()) + r")\))+")
_INSIDE = re.compile(r"[ \\|*·_^~](?<=[一-鿿].)[ \\|*·_^~]*(?=[一-鿿])")
_SPACES = re.compile(r"[ \n][ \n]+")
_DIRTY = re.compile(r"[( \n\\|*·_^~]")


@dataclass(frozen=True, slots=True)
class Normalised:
    """Plain text; `origin[i]` is the place of character i in the original."""

    text: str
    origin: Sequence[int]

    def span(self, start: int, end: int) -> Span:
        """The original's range for a non-empty range of the plain text."""
        return Span(self.origin[start], self.origin[end - 1] + 1)


def normalise(text: str) -> Normalised:
    """The plain form of `text`; `normalise(normalise(x).text).text` equals `normalise(x).text`."""
    plain = text.translate(_PLAIN)
    origin: Sequence[int] = range(len(text))
    unsettled = [found.start() for found in _UNSETTLED.finditer(plain)]
    if unsettled:
        parts = list(plain)
        for place in unsettled:
            parts[place] = _FOLD[text[place]]
        plain = "".join(parts)
        origin = [place for place, part in enumerate(parts) for _ in part]
    if _DIRTY.search(plain):
        if "(" in plain:
            plain, origin = _without(_ARTEFACT, plain, origin)
        plain, origin = _without(_SPACES, plain, origin, keep_one=True)
        plain, origin = _without(_INSIDE, plain, origin)
        if plain[:1].isspace() or plain[-1:].isspace():
            start = len(plain) - len(plain.lstrip())
            plain = plain.strip()
            origin = origin[start : start + len(plain)]
    return Normalised(plain, origin)


def _without(
    pattern: re.Pattern[str], text: str, origin: Sequence[int], *, keep_one: bool = False
) -> tuple[str, Sequence[int]]:
    """Text without what the pattern finds; with `keep_one`, a single blank or line end stays."""
    kept: list[str] = []
    places: list[int] = []
    last = 0
    for found in pattern.finditer(text):
        kept.append(text[last : found.start()])
        places.extend(origin[last : found.start()])
        if keep_one:
            kept.append("\n" if "\n" in found.group() else " ")
            places.append(origin[found.start()])
        last = found.end()
    if not last:
        return text, origin
    kept.append(text[last:])
    places.extend(origin[last:])
    return "".join(kept), places


def pinyin_key(plain: str) -> str:
    """One sign per character: homophones share it, other characters stand for themselves."""
    return plain.translate(_SOUNDS)
