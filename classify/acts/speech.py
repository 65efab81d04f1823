"""What somebody in a chat does with words: greets, thanks, asks us something, scolds, or tells a story.

Finds the acts in one message and what is left of it as story. Which question was open, and which buttons
stood there, is the dialogue's knowledge, not ours.
"""

from __future__ import annotations

import re
import tomllib
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from rapidfuzz import fuzz

from classify.acts.phrases import Phrasebook, Sentence, sentences

FOLDER = Path(__file__).parent
LONGEST_REMARK = 120
"""Whoever writes more tells a story: then every sentence belongs to it, questions too."""
LONGEST_QUESTION = 60
"""A longer sentence tells a story, whatever it asks at its end."""
ALIKE = 84.0
"""Least rapidfuzz ratio at which a short piece is taken for a known saying."""


class Saying(StrEnum):
    """Short things that are no part of a story."""

    GREETING = "greeting"
    THANKS = "thanks"
    SMALL_TALK = "small_talk"
    INSULT = "insult"


class Question(NamedTuple):
    topic: str
    """As in `questions.toml`."""
    because: tuple[str, ...]


class Speech(NamedTuple):
    """One message taken apart. `story` keeps the writer's own characters."""

    story: str
    sayings: tuple[Saying, ...] = ()
    questions: tuple[Question, ...] = ()
    asks: bool = False
    """Something is asked, known topic or not: this is no answer to a question of ours."""


_COMMA = re.compile(r"(?<=[，,、~～ 　!！。.])")
_EDGES = " \t\n，,。.!！~～、…:：;；?？—-"
_ASKING = re.compile(
    r"[?？]|吗|呢|多久|多长|多少|几天|怎么|怎样|如何|什么|啥|哪里|哪儿|哪个|哪些|哪|谁|何时|能不能|可不可以|会不会|是不是"
    r"|要不要|有没有|管不管|行不行|好不好|为何|干嘛|不知道怎"
    r"|(?<![a-z])(?:who|what|when|where|why|how|which|can|could|will|would|do|does|is|are|may|must|should)(?![a-z])"
)
_RUNS_IN = re.compile(
    r"\s*(?:你好|您好|你们好|領導好|领导好|哈喽|hello|hi)(?=[我想请請本咱俺])", re.IGNORECASE
)
_ASKING_AT_LARGE = re.compile(r"[?？]\s*$|吗\s*[。.!！]?\s*$")


def read_speech(text: str) -> Speech:
    """Take a message apart. Never raises; what is not known stays a story."""
    if len(text) > LONGEST_REMARK:
        return _speech_of_a_story(text)
    kept: list[str] = []
    sayings: list[Saying] = []
    questions: list[Question] = []
    asks = False
    for sentence in sentences(text):
        rest, said = _without_sayings(sentence.written)
        sayings += said
        if not rest.strip(_EDGES):
            continue
        question = find_question(rest)
        if question is not None:
            questions.append(question)
            asks = True
            continue
        asks = asks or bool(_ASKING_AT_LARGE.search(rest))
        kept.append(rest)
    return Speech("".join(kept).strip(), tuple(dict.fromkeys(sayings)), tuple(questions), asks)


def _speech_of_a_story(text: str) -> Speech:
    """Nothing of a long account is dropped but a greeting at its head."""
    first, *others = sentences(text)
    rest, said = _without_sayings(first.written)
    return Speech("".join([rest, *(s.written for s in others)]).strip(), tuple(dict.fromkeys(said)))


def find_question(text: str) -> Question | None:
    """The topic of a question to us, if this sentence is one."""
    sentence = Sentence(text)
    if len(sentence.plain) > LONGEST_QUESTION:
        return None
    asking = _ASKING.search(sentence.plain) is not None
    best: Question | None = None
    for topic, (book, plain) in _topics().items():
        if not (asking or plain):
            continue
        found = book.find(sentence)
        if found and (best is None or _weight(found) > _weight(best.because)):
            best = Question(topic, found)
    return best


def is_saying(text: str) -> Saying | None:
    """What a short piece is said for, if for anything known."""
    plain = Sentence(text).plain.strip(_EDGES).rstrip("啊呀哦哈啦吧呢")
    if not plain or len(plain) > 24:
        return None
    for saying, known in _sayings().items():
        if plain in known:
            return saying
    if len(plain) < 4:
        return None
    for saying, known in _sayings().items():
        if any(len(one) >= 4 and fuzz.ratio(plain, one) >= ALIKE for one in known):
            return saying
    return None


def _without_sayings(written: str) -> tuple[str, list[Saying]]:
    """Sayings at the beginning and the end are taken off; what stands between stays as it was written."""
    pieces, said = [piece for piece in _COMMA.split(written) if piece], []
    while pieces and (saying := is_saying(pieces[0])):
        said.append(saying)
        pieces.pop(0)
        while pieces and not pieces[0].strip(_EDGES):
            pieces.pop(0)
    while pieces and (saying := is_saying(pieces[-1])):
        said.append(saying)
        pieces.pop()
    rest = "".join(pieces)
    head = _greeting_before(rest) if not said else ""
    if head:
        said.append(Saying.GREETING)
        rest = rest[len(head) :]
    return rest, said


def _greeting_before(written: str) -> str:
    """A greeting that runs into the sentence: 你好我想反映."""
    found = re.match(
        r"\s*(?:你好|您好|你们好|領導好|领导好|哈喽|hello|hi)(?=[我想请請本咱俺])", written, re.IGNORECASE
    )
    return found.group() if found else ""


def _weight(phrases: tuple[str, ...]) -> int:
    return max(len(phrase) + phrase.count("+") for phrase in phrases)


def _pack(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))


@cache
def _sayings() -> dict[Saying, frozenset[str]]:
    pack = _pack("speech.toml")
    return {s: frozenset(Sentence(p).plain for p in pack[s.value]["phrases"]) for s in Saying}


@cache
def _topics() -> dict[str, tuple[Phrasebook, bool]]:
    """Topic → its phrases, and whether it is asked without a question as well."""
    pack = _pack("questions.toml")
    return {t: (Phrasebook(row["phrases"]), bool(row.get("plain", False))) for t, row in pack.items()}
