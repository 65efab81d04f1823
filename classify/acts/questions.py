"""Questions to us, by topic, and whether a sentence asks us anything at all.

A question put to the authorities, or told of somebody, belongs to the account. Knows no answers.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import NamedTuple

from rapidfuzz import fuzz

from classify.acts.phrases import Phrasebook, Sentence

PACK = Path(__file__).with_name("questions.toml")
WORDS = Path(__file__).with_name("question_words.toml")
LONGEST_QUESTION = 60
"""A longer Chinese sentence tells a story, whatever it asks at its end."""
LONGEST_ENGLISH = 140
ALIKE = 80.0
"""Least rapidfuzz ratio at which a question without a topic of its own is taken for a known one."""
UNKNOWN = "unknown"
"""The topic of a question to us that we have no answer to."""

_ASKING = re.compile(
    r"[?？]|吗|嘛$|呢|么$|多久|多长|多少|几天|怎么|怎样|如何|什么|啥|哪里|哪儿|哪个|哪些|哪|谁|何时|能不能|可不可以|会不会|是不是"
    r"|要不要|有没有|管不管|行不行|行不|好不好|收不收|算不算|用不用|需不需要|懂不懂|知不知道|为何|干嘛|咋|请问|想问|问一下|想知道|不知道怎"
    r"|(?:能|会|可以|要|行|是|有|用|让|得到).{0,12}不\s*[?？。]?\s*$"
    r"|(?<![a-z])(?:who|what|when|where|why|how|which|whose|can|could|will|would|do|does|did|is|are|am|may|must|should)(?![a-z])"
)
_ASKING_AT_LARGE = re.compile(
    r"[?？]\s*$|(?:吗|呢|么|嘛)\s*[。.!！]?\s*$|^\s*(?:请问|想问|问一下)|(?:什么|啥|怎么|为什么|多少|哪里|谁)[^，。]{0,6}$"
    r"|会不会|能不能|可不可以|要不要|是不是|行不行|哪(?:儿|里|边)?\s*$|^\s*(?:有没有|有无|几点)"
    r"|^\s*(?:要|收|花|给|有|能|行|管|算|在)[^，。]{0,3}不\s*$"
)
_TO_US = re.compile(
    r"你|您|这个(?:平台|系统|机器人|网站|服务|软件)|本平台|机器人"
    r"|(?<![a-z])(?:you|your|bot|this (?:service|bot|site))(?![a-z])"
)
_MATTER = re.compile(
    r"政府|局|镇|乡|村|县|市里|省|钱|款|\d万|元|合同|工程|补偿|补贴|承诺|答应|他们|领导|公司|项目|招标|采购|拖|欠|付|拆|征|厂|企业|老板|工资|干部|书记|法院|合法|合理"
    r"|(?<![a-z])(?:government|county|bureau|they|them|paid|pay|payment|contract|money|owed?|owes|project|land|company|promised?|subsidy|tender|bid|zone|legal|lawful|fair|mayor|officials?)(?![a-z])"
)
_PRICE = re.compile(r"(?:多少|要|收|花)钱")
"""Money that is asked for, not owed."""
_TOLD = re.compile(
    r"(?:他们|镇里|乡里|村里|县里|局里|区里|市里|政府|领导|书记|对方|单位|甲方|工作人员)\S{0,6}(?:说|讲|答复|回复|告诉|让我|叫我|表示|推)|问了|问过|问他|去问|回复我|答复我们?说"
    r"|(?<![a-z])(?:they (?:said|say|told|answered|replied)|told us|told me|we asked|i asked)(?![a-z])"
)
_FILLERS = re.compile(
    r"请问|我想|想问|问一下|一下|那个|那|啊|呢|吗|呀|的|你们|你|您|这里|这个|可以|能够|能|要|会|[^\w]"
)


class Question(NamedTuple):
    topic: str
    """As in `questions.toml`, or `UNKNOWN`."""
    because: tuple[str, ...]


def find_question(text: str) -> Question | None:
    """The topic of a question to us, if this sentence is one we know."""
    sentence = Sentence(text)
    if len(sentence.plain) > (LONGEST_ENGLISH if sentence.plain.isascii() else LONGEST_QUESTION):
        return None
    asking = is_asking(text)
    best: Question | None = None
    for topic, (plain, asked) in _topics().items():
        found = plain.find(sentence) + (asked.find(sentence) if asking else ())
        if found and (best is None or _weight(found) > _weight(best.because)):
            best = Question(topic, found)
    return best or (_alike(sentence.plain) if asking else None)


def find_whole(text: str) -> Question | None:
    """What is asked by these words when nothing else is said, though nothing in them asks: 我怕."""
    said = _without_signs(Sentence(text).plain)
    topic = _whole().get(said)
    return Question(topic, (said,)) if topic else None


def is_asking(text: str) -> bool:
    return _ASKING.search(Sentence(text).plain) is not None


def asks_us_something(text: str) -> bool:
    """A short question, of whatever topic, that is put to us and not to the world."""
    plain = Sentence(text).plain
    if not re.search(r"\w", plain):
        return False
    if len(plain) > (80 if plain.isascii() else 30) or not _ASKING_AT_LARGE.search(plain):
        return False
    return bool(_TO_US.search(plain)) or not _MATTER.search(_PRICE.sub("", plain))


def is_told(text: str) -> bool:
    """Somebody's question or answer is told: 我们问了多久能处理，镇里说不知道."""
    return _TOLD.search(Sentence(text).plain) is not None


def is_matter(text: str) -> bool:
    """Speaks of what complaints are about."""
    return _MATTER.search(Sentence(text).plain) is not None


def _alike(plain: str) -> Question | None:
    """The nearest known phrase of a short question, if it is near enough."""
    said = _FILLERS.sub("", plain)
    if plain.isascii() or not 3 <= len(said) <= 16:
        return None
    near = max(((fuzz.ratio(said, known), topic, known) for known, topic in _known().items()), default=None)
    return Question(near[1], (near[2],)) if near is not None and near[0] >= ALIKE else None


def _weight(phrases: tuple[str, ...]) -> int:
    return max(len(phrase) + phrase.count("+") for phrase in phrases)


@cache
def _topics() -> dict[str, tuple[Phrasebook, Phrasebook]]:
    """Topic → what asks it in any sentence, and what asks it in a question only."""
    pack, words = (tomllib.loads(file.read_text(encoding="utf-8")) for file in (PACK, WORDS))
    return {
        topic: (
            Phrasebook(row.get("plain", ()), row.get("not", ()), words),
            Phrasebook(row.get("phrases", ()), row.get("not", ()), words),
        )
        for topic, row in pack.items()
    }


@cache
def _whole() -> dict[str, str]:
    pack = tomllib.loads(PACK.read_text(encoding="utf-8"))
    return {
        _without_signs(Sentence(said).plain): topic
        for topic, row in pack.items()
        for said in row.get("whole", ())
    }


def _without_signs(plain: str) -> str:
    return re.sub(r"[^\w' ]", "", plain).strip()


@cache
def _known() -> dict[str, str]:
    """Phrases of one part, without the words of asking → topic."""
    pack = tomllib.loads(PACK.read_text(encoding="utf-8"))
    return {
        said: topic
        for topic, row in pack.items()
        for phrase in (*row.get("whole", ()), *row.get("plain", ()), *row.get("phrases", ()))
        if "{" not in phrase and len(said := _FILLERS.sub("", Sentence(phrase.replace("+", "")).plain)) >= 3
    }
