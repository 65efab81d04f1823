"""Puts dialect, English and pinyin into the Chinese words that the rules of this package know."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property

from classify.text.english import English, place_names
from classify.text.normalise import Normalised, spelling
from classify.text.replacing import Dialects, put
from classify.text.spelling import Pinyin

LEAST_LETTERS = 5
_LATIN, _HAN = re.compile(r"[a-zà-ÿ]"), re.compile(r"[一-鿿]")


class OtherTongues:
    """Tables for English and pinyin are made when the first such message comes."""

    def __init__(self, dialects: Dialects, places: Iterable[tuple[str, str]], phrases: Iterable[str]) -> None:
        self._dialects = dialects
        self._places = tuple(places)
        self._phrases = tuple(phrases)

    @cached_property
    def _english(self) -> English:
        return English.load(place_names(self._places, spelling()))

    @cached_property
    def _pinyin(self) -> Pinyin:
        return Pinyin(spelling(), (*self._phrases, *(name for name, _ in self._places)))

    def standard(self, read: Normalised) -> Normalised:
        """The message in standard Chinese, as far as it can be had; the same object when nothing changes."""
        letters = len(_LATIN.findall(read.text))
        if letters < LEAST_LETTERS or letters < 2 * len(_HAN.findall(read.text)):
            return self._dialects.standard(read)
        told = put(read, self._pinyin.pieces(read.text) or self._english.pieces(read.text))
        return told if _HAN.search(told.text) else read
