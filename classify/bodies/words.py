"""The words that bodies are named by (`words.toml`), and where they stand in a text."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

Core = tuple[int, int, str | None]
"""Where the word for a kind of body begins and ends, and the kind; None: it can only be a part of a body."""
_FIRMS = ("公司", "有限公司", "总公司", "集团", "集团公司", "行", "院")
_BARE = re.compile(
    r"厂(?![家长区房里方子工])|乡(?=村[委里民支主两书干长])|(?!乡村)[村镇乡](?![民级里上政委党支两干镇霸规务容长书主会官文集社])"
)
_JOINT = frozenset("和与及、")
_NOTHING = ("\0",)


class Vocabulary:
    """The words of `words.toml`, ready to be looked up by where they end."""

    def __init__(self) -> None:
        words = tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))
        before = words["before"]
        self.work = frozenset(words["work"].split())
        self.work_or_between = self.work | frozenset(words["between"].split())
        self.kind = re.compile("|".join(_longest_first(words["kinds"])))
        self.stands_for = frozenset(words["stands_for"].split())
        self.whole = {word: group for group, listed in words["whole"].items() for word in listed.split()}
        self.whole |= dict.fromkeys(self.stands_for, "place")
        self.by_end: dict[str, list[str]] = {}
        for word in sorted(self.whole, key=len, reverse=True):
            self.by_end.setdefault(word[-2:], []).append(word)
        firsts, lasts = ("".join(sorted(set(signs))) for signs in zip(*self.by_end, strict=True))
        self.ending = re.compile(f"[{firsts}](?=[{lasts}])")
        self.longest_work = max(map(len, self.work_or_between))
        self.cuts: dict[str, tuple[tuple[str, int], ...]] = {}
        """What no name holds → the names that hold it all the same, and where in them it stands."""
        kept = before["kept"].split()
        for cut in (*before["signs"], *before["words"].split()):
            self.cuts[cut] = tuple((name, name.index(cut)) for name in kept if cut in name)
        self.longest_cut = max(map(len, self.cuts))
        self.after_kind: dict[str, str] = words["after_kind"]
        self.after_school = {sign: tuple(ends.split()) for sign, ends in words["after_school"].items()}
        self.no_place = frozenset(words["no_place"].split())
        self.no_place_end = tuple(words["no_place_end"].split())
        self.without_name = tuple(words["without_name"].split())

    def is_no_place(self, name: str) -> bool:
        """我村, 乡镇: no name of a place, though it ends like one."""
        return name in self.no_place or name.endswith(self.no_place_end)


def _longest_first(words: str) -> list[str]:
    return sorted(set(words.split()), key=len, reverse=True)


VOCABULARY = Vocabulary()


def find_cores(text: str) -> list[Core]:
    """Where the words for kinds of bodies begin and end, by their ends; none inside another."""
    best: dict[int, Core] = {}
    for core in (*_departments(text), *_whole_words(text), *_bare_places(text)):
        known = best.get(core[1])
        if known is None or known[2] is None or (core[2] is not None and core[0] < known[0]):
            best[core[1]] = core
    outer: list[Core] = []
    low = len(text)
    for end in sorted(best, reverse=True):
        if best[end][0] < low:
            outer.append(best[end])
            low = best[end][0] if best[end][2] else low
    return outer[::-1]


def _departments(text: str) -> Iterator[Core]:
    """Work and kind: 人力资源 + 和 + 社会保障 + 局. A kind without its work can only be a part."""
    for found in VOCABULARY.kind.finditer(text):
        start, end = found.span()
        if end < len(text) and text[end] in VOCABULARY.after_kind.get(found.group(), ""):
            continue
        core = _work_before(text, start)
        if core is None:
            yield start, end, None
        else:
            yield core, end, "firm" if found.group() in _FIRMS else "work"


def _work_before(text: str, end: int) -> int | None:
    """Where the words of a department's work begin that end here; None when there is none."""
    start: int | None = None
    place = end
    while True:
        word = _longest(text, place, VOCABULARY.work_or_between)
        if word == 0:
            return start
        place -= word
        if text[place : place + word] in VOCABULARY.work:
            start = place
        if place and text[place - 1] in _JOINT and start is not None:
            joined = _longest(text, place - 1, VOCABULARY.work)
            if joined and not text.startswith(("局", "厅"), place - 2):
                place -= 1


def _longest(text: str, end: int, words: frozenset[str]) -> int:
    for length in range(min(VOCABULARY.longest_work, end), 1, -1):
        if text[end - length : end] in words:
            return length
    return 0


def _whole_words(text: str) -> Iterator[Core]:
    for ending in VOCABULARY.ending.finditer(text):
        end = ending.start() + 2
        words = VOCABULARY.by_end.get(text[end - 2 : end], ())
        word = next((word for word in words if text.endswith(word, 0, end)), None)
        if word and not text.startswith(VOCABULARY.after_school.get(word[-1], _NOTHING), end):
            yield end - len(word), end, VOCABULARY.whole[word]


def _bare_places(text: str) -> Iterator[Core]:
    for found in _BARE.finditer(text):
        yield *found.span(), "firm" if found.group() == "厂" else "place"
