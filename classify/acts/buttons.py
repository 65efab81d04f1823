"""Which button somebody means who writes instead of pressing: by its label, its number, or what people say.

Knows what a button does by name only; which buttons there are is the dialogue's knowledge.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from rapidfuzz import fuzz

from classify.acts.phrases import Sentence
from classify.text.normalise import pinyin_key

PACK = Path(__file__).with_name("buttons.toml")
COMMANDS = Path(__file__).with_name("commands.toml")
LONGEST_COMMAND, LONGEST_ENGLISH = 14, 45
LONGEST = 24
"""Whoever writes more than this does not mean a button."""
ALIKE = 84.0
BY_SOUND = frozenset({"anonymous", "named", "confirm"})
_ORDINAL = re.compile(
    r"(?:选|选择|第|number|no\.?|option)?\s*([1-9一二三四五六七八九]|10)\s*(?:个|项|号|条)?"
)
_ENGLISH_ORDINAL = re.compile(r"(?:the )?(first|second|third|fourth|fifth)(?: one| option| button)?")
_ENGLISH = ("first", "second", "third", "fourth", "fifth")
_DIGITS = {digit: place for place, digit in enumerate("一二三四五六七八九", start=1)}
_STANDING = {
    "start": ("new", "status", "language", "privacy"),
    "telling": ("continue", "correct", "discard"),
    "domain": ("domain", "domain", "domain", "domains"),
    "identity": ("anonymous", "named"),
    "evidence": ("nothing",),
    "summary": ("confirm", "back", "discard"),
    "rate": ("responded-1", "responded-0"),
    "withdraw": ("withdraw-now", "stop"),
    **dict.fromkeys(("supplement", "write", "review"), ("send", "stop")),
    "place": ("within", "skip"),
    **dict.fromkeys(("accused", "wish", "amount", "period", "name", "contact"), ("skip",)),
}
"""What the buttons of each step do."""
_EDGES = " \t\n，,。.!！~～、…:：;；?？"
_SOFT = re.compile(r"^(?:那就|那|就|请|麻烦|我选|我要|我想|我|选)+|(?:吧|了|呢|啊|呀|哦|谢谢|please)+$")

_YES = re.compile(r"^(?:是|对|有|嗯|好|已经?|解决了|回应了|回复了|yes|yeah|yep|sure|it is|they did)")
_NO = re.compile(r"^(?:没|还没|不|否|并没|并未|未|从来没|一直没|根本没|哪有|no|not|never|nope|they did ?n)")
_SOFT_END = re.compile(r"(?:吧|了|呢|啊|呀|哦|谢谢|please)+$")


def find_button(words: str, offered: Sequence[tuple[str, str]]) -> int | None:
    """The place of the button meant among (label, what it does); None when none or several could be."""
    said = Sentence(words).plain.strip(_EDGES)
    if not said or len(said) > LONGEST or "\n" in said or said.startswith("有没有"):
        return None
    ways = dict.fromkeys((said, _SOFT_END.sub("", said).strip(), _SOFT.sub("", said).strip()))
    labels = [Sentence(label).plain.strip(_EDGES) for label, _ in offered]
    for way in filter(None, ways):
        for means in (
            [n for n, label in enumerate(labels) if way == label],
            [n for n, (_, act) in enumerate(offered) if _is_said(way, act)],
            [n for n, label in enumerate(labels) if len(way) >= 2 and way in re.split(r"[,，/·(]", label)],
            [n for n, (_, act) in enumerate(offered) if _sounds_like(way, act)],
            [n for n, label in enumerate(labels) if len(way) >= 4 and fuzz.ratio(way, label) >= ALIKE],
        ):
            if len(means) == 1:
                return means[0]
            if means:
                return None
    return _by_number(said, len(offered))


def find_command(words: str, offered: Sequence[tuple[str, str]]) -> int | None:
    """The place of the button that does what short words ask for, if they are known to ask for something."""
    plain = Sentence(words).plain.strip(_EDGES)
    if not plain or len(plain) > (LONGEST_ENGLISH if plain.isascii() else LONGEST_COMMAND):
        return None
    places = {does: place for place, (_, does) in reversed(list(enumerate(offered)))}
    for pattern, ways in _commands():
        if pattern.search(plain) and (offers := [places[does] for does in ways if does in places]):
            return offers[0]
    return None


def find_said_twice(clauses: Sequence[str], offered: Sequence[tuple[str, str]]) -> int | None:
    """算了，不投诉了: several words for one and the same button."""
    places = {find_button(clause, offered) for clause in clauses} if len(clauses) > 1 else {None}
    return places.pop() if len(places) == 1 else None


def find_choice(words: str, offered: Sequence[tuple[str, str]]) -> int | None:
    """就选匿名的那个: one label and no other stands in the words."""
    plain = words.lower()
    cores = [re.split(r"[（(，,·]", label)[0].strip().lower() for label, _ in offered]
    meant = [
        n
        for n, core in enumerate(cores)
        if len(core) >= 2 and core in plain and len(plain) <= len(core) + (24 if plain.isascii() else 6)
    ]
    return meant[0] if len(meant) == 1 else None


def find_yes_or_no(words: str, offered: Sequence[tuple[str, str]]) -> int | None:
    """At a question of yes and no, whatever begins like one of them."""
    plain = words.strip().lower()
    sign = "-0" if _NO.match(plain) else "-1" if _YES.match(plain) else None
    return next((n for n, (_, does) in enumerate(offered) if sign and does.endswith(sign)), None)


def buttons_at(step: str) -> list[tuple[str, str]]:
    """What stands at a step, without the labels of any language; for whoever has no dialogue at hand."""
    return [("", act) for act in _STANDING.get(step, ())]


def acts_said(words: str) -> frozenset[str]:
    """What words may stand for, whatever buttons there are; empty for anything else."""
    said = Sentence(words).plain.strip(_EDGES)
    ways = {said, _SOFT.sub("", said).strip()}
    return frozenset(act for act, known in _said().items() if known & ways)


def is_said_for_a_button(words: str) -> bool:
    """Words or a number that people write where a button stands."""
    return len(words) <= LONGEST and (bool(acts_said(words)) or _is_an_ordinal(words))


def _is_an_ordinal(words: str) -> bool:
    return _ORDINAL.fullmatch(Sentence(words).plain.strip(_EDGES)) is not None


def _by_number(said: str, count: int) -> int | None:
    english = _ENGLISH_ORDINAL.fullmatch(said)
    if english is not None and count >= 2:
        place = _ENGLISH.index(english[1])
        return place if place < count else None
    found = _ORDINAL.fullmatch(said)
    if found is None or count < 2:
        return None
    number = int(_DIGITS.get(found[1], 0) or found[1])
    return number - 1 if number <= count else None


def _is_said(way: str, act: str) -> bool:
    known = _said().get(act, frozenset())
    return way in known or (len(way) >= 4 and any(len(k) >= 4 and fuzz.ratio(way, k) >= ALIKE for k in known))


def _sounds_like(way: str, act: str) -> bool:
    """没有问提, 逆名: written by sound. Two characters sound like many a name, so few of them count."""
    return (len(way) >= 3 or act in BY_SOUND) and pinyin_key(way) in _heard().get(act, frozenset())


@cache
def _heard() -> dict[str, frozenset[str]]:
    return {
        act: frozenset(pinyin_key(phrase) for phrase in known if len(phrase) >= 2 and not phrase.isascii())
        for act, known in _said().items()
    }


@cache
def _commands() -> list[tuple[re.Pattern[str], list[str]]]:
    pack = tomllib.loads(COMMANDS.read_text(encoding="utf-8"))
    return [(re.compile(row["is"]), row["does"]) for row in pack.values()]


@cache
def _said() -> dict[str, frozenset[str]]:
    pack = tomllib.loads(PACK.read_text(encoding="utf-8"))
    return {act: frozenset(Sentence(phrase).plain for phrase in phrases) for act, phrases in pack.items()}
