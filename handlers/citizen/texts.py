"""What citizens read, in three languages, everything escaped unless it says otherwise.

Simplified Chinese and English have a Fluent file each; names of the core come from `cases/words.py`, and
traditional characters are made from the simplified. Renders words only; it decides nothing and sends nothing.
"""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from fluent.runtime import FluentBundle, FluentResource

from cases.figures.measures import MEASURES
from cases.instants import read_day
from cases.integrity.breaches.record_model import SEVERITY_NAMES
from cases.integrity.registers.commitments import PUBLIC_NAMES as PROMISE_NAMES
from cases.integrity.registers.disclosures import MATTER_NAMES
from cases.integrity.registers.disclosures import PUBLIC_NAMES as DISCLOSURE_NAMES
from cases.integrity.registers.list_model import LIST_NAMES
from cases.lifecycle.reviews import REVIEW_WINDOW_DAYS
from cases.ports.evidence import MOST_MEGABYTES
from cases.rules.evaluation_parts import load_evaluation_rules
from cases.vocabulary import DeclineReason, Language, Move, Unit
from cases.words import (
    DECLINE_REASON_NAMES,
    DISSATISFACTION_NAMES,
    DOMAIN_NAMES,
    MOVE_NAMES,
    OUTCOME_NAMES,
    STATUS_NAMES,
)
from handlers.files.refusals import MAX_FILES
from handlers.languages.traditional import chinese_in, to_traditional
from handlers.languages.values import day_in
from handlers.web.pages.reader_language import find_language

LOCALES = Path(__file__).parent / "locales"
_TOLD_ALIKE = (Move.REGISTER, Move.ACCEPT, Move.CLOSE, Move.REOPEN)
_RETOLD = frozenset({DeclineReason.NOT_COMPETENT, DeclineReason.OTHER})
"""What the department says of itself is told to citizens in other words."""
NAMES: dict[str, str] = {
    **{f"status-{status}": name for status, name in STATUS_NAMES.items()},
    **{f"domain-{domain}": name for domain, name in DOMAIN_NAMES.items() if domain.in_scope},
    **{f"outcome-{outcome}": name for outcome, name in OUTCOME_NAMES.items()},
    **{f"decline-{reason}": name for reason, name in DECLINE_REASON_NAMES.items() if reason not in _RETOLD},
    **{f"commitment-{status}": name for status, name in PROMISE_NAMES.items()},
    **{f"list-{name}": words for name, words in LIST_NAMES.items()},
    **{f"disclosure-{status}": name for status, name in DISCLOSURE_NAMES.items()},
    **{f"disclosure-matter-{matter}": name for matter, name in MATTER_NAMES.items()},
    **{f"evaluation-part-{part.key}": part.label for part in load_evaluation_rules().parts},
    **{f"records-severity-{severity}": name for severity, name in SEVERITY_NAMES.items()},
    **{f"measure-{one.key}": one.label for one in MEASURES if one.key.startswith("credit_")},
    **{f"meaning-{one.key}": one.words for one in MEASURES if one.key.startswith("credit_")},
    **{f"unhappy-{reason}": name for reason, name in DISSATISFACTION_NAMES.items()},
    **{f"past-{move}": MOVE_NAMES[move].past for move in _TOLD_ALIKE},
    **{
        name: MOVE_NAMES[move].label
        for move, names in {
            Move.SUPPLEMENT: ("button-supplement", "command-add"),
            Move.WITHDRAW: ("button-withdraw", "command-withdraw"),
            Move.RATE: ("button-rate", "command-rate"),
            Move.ASK_REVIEW: ("button-review", "command-review"),
            Move.ASK_FINAL_REVIEW: ("button-final-review",),
        }.items()
        for name in names
    },
}
"""Messages that are names of the core in simplified Chinese; English translates them in its file."""
_FIGURES: dict[str, Any] = {
    "review-days": REVIEW_WINDOW_DAYS,
    "megabytes": MOST_MEGABYTES,
    "most-files": MAX_FILES,
}
"""What any message may name without being given it."""
MAX_MESSAGE = 4096
"""Telegram's limit, in UTF-16 units, counted after markup is parsed."""
_LONGEST_VALUE = 2000
_ESCAPED = {"&": 5, "<": 4, ">": 4}
_MARK = "\ue000"


class Html(str):
    """Text that is safe HTML already; everything else is escaped when it is put into a message."""

    __slots__ = ()


def escaped(words: str) -> Html:
    """Somebody's words as a message of their own."""
    return Html(html.escape(words, quote=False))


def sources(language: Language) -> list[str]:
    """The language's messages in Fluent's notation; what comes later replaces what came before."""
    files = (LOCALES / f"{language.value}.ftl", LOCALES / "faq" / f"{language.value}.ftl")
    own = "\n".join(file.read_text("utf-8") for file in files)
    if language is Language.EN:
        return [own]
    names = "\n".join(f"{message} = {name}" for message, name in NAMES.items())
    if language is Language.ZH_HANS:
        return [names, own]
    return [*map(to_traditional, sources(Language.ZH_HANS)), own]


OURS = frozenset({"department", "basis", "section"})
"""Values that come from the data of the deployment, whatever message they stand in."""


class Texts:
    """The messages of one language."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self._bundle = FluentBundle([language.value], use_isolating=False)
        for source in sources(language):
            self._bundle.add_resource(FluentResource(source), allow_overrides=True)

    def __call__(self, name: str, /, **values: object) -> Html:
        """The message `name` as HTML. Raises KeyError for an unknown name or a missing value."""
        message = self._bundle.get_message(name)
        if message.value is None:
            raise KeyError(name)
        long: list[str] = []
        given = _FIGURES | {
            key.replace("_", "-"): _aside(self._in_characters(key, _escape(value)), long)
            for key, value in values.items()
        }
        formatted, errors = self._bundle.format_pattern(message.value, given)
        if errors:
            raise KeyError(f"{name}: {errors[0]}")
        text = str(formatted)
        for place, value in enumerate(long):
            text = text.replace(f"{_MARK}{place}{_MARK}", value)
        return Html(text)

    def _in_characters(self, key: str, value: Any) -> Any:
        """Names of ours in the reader's characters; what people wrote stays as they wrote it."""
        return (
            type(value)(chinese_in(self.language, value)) if key in OURS and isinstance(value, str) else value
        )

    def plain(self, name: str, /, **values: object) -> str:
        """The message for places that know no markup: buttons, pop-up notices, menus."""
        return html.unescape(self(name, **values))

    def has(self, name: str) -> bool:
        return self._bundle.has_message(name)

    def names(self) -> frozenset[str]:
        return frozenset(self._bundle._messages)

    def named(self, kind: str, value: str) -> Html:
        """A status, domain, outcome … by its name, or in words of our own for citizens (`…-told`)."""
        own = f"{kind}-{value}-told"
        return self(own if self.has(own) else f"{kind}-{value}")

    def place(self, name: str) -> str:
        """The name of a region of ours, in the reader's characters."""
        return chinese_in(self.language, name)

    def date(self, moment: datetime | date) -> str:
        return day_in(self.language, moment)

    def day_of(self, iso: str) -> str:
        """A date from a notification's parameters; words that are no date are shown as they are."""
        try:
            return self.date(read_day(iso))
        except ValueError:
            return iso

    def amount(self, yuan: int) -> str:
        if self.language is Language.EN:
            return f"CNY {yuan:,}"
        wan, yi = ("萬", "億") if self.language is Language.ZH_HANT else ("万", "亿")
        if yuan >= 100_000_000:
            return f"{_short(yuan, 100_000_000)}{yi}元"
        return f"{_short(yuan, 10_000)}{wan}元" if yuan >= 10_000 else f"{yuan}元"

    def list_of(self, items: Sequence[str]) -> Html:
        separator = ", " if self.language is Language.EN else "、"
        return Html(separator.join(html.escape(item, quote=False) for item in items))


def _short(yuan: int, unit: int) -> str:
    whole, rest = divmod(yuan, unit)
    return str(whole) if not rest else f"{yuan / unit:.4f}".rstrip("0").rstrip(".")


def _escape(value: object) -> Any:
    if isinstance(value, Html | int | float):
        return value
    return html.escape(str(value).replace(_MARK, ""), quote=False)


def _aside(value: Any, long: list[str]) -> Any:
    """Fluent refuses values of more than 2,500 characters: a mark stands for them while it formats."""
    if not isinstance(value, str) or len(value) <= _LONGEST_VALUE:
        return value
    long.append(value)
    return f"{_MARK}{len(long) - 1}{_MARK}"


@cache
def texts(language: Language) -> Texts:
    return Texts(language)


def duration_of(say: Texts, amount: int, unit: Unit, longer: int = 0) -> Html:
    """A time limit such as 30个工作日, with how much `longer` the law lets it become."""
    name = "working-days" if unit is Unit.WORKING_DAY else "days"
    lasts = say(name, amount=amount)
    return say("length-extended", length=lasts, more=say(name, amount=longer)) if longer else lasts


def language_of(code: str | None, default: Language) -> Language:
    """Our language for an IETF code such as Telegram gives (`zh-hant`, `zh-TW`, `en-GB`)."""
    return find_language(code or "") or default


def length(text: str) -> int:
    """Length as Telegram counts it, in UTF-16 units."""
    return len(text) + sum(1 for c in text if ord(c) > 0xFFFF)


def shorten(text: str, limit: int) -> str:
    """At most `limit` characters; what is left out shows as an ellipsis."""
    text = " ".join(text.split())
    return text if len(text) <= limit else text[: limit - 1] + "…"


def split_text(text: str, limit: int = MAX_MESSAGE) -> Iterator[str]:
    """Plain text in pieces that fit also when escaped, cut at a paragraph, else a sentence, else anywhere."""
    rest = text.strip()
    while sum(map(_cost, rest)) > limit:
        head = _head(rest, limit)
        cut = max(head.rfind("\n"), 0)
        if cut < len(head) // 3:
            cut = max(head.rfind(mark) + 1 for mark in "。！？；.;\n")
        if cut < len(head) // 3:
            cut = len(head)
        yield rest[:cut].strip()
        rest = rest[cut:].strip()
    if rest:
        yield rest


def _cost(char: str) -> int:
    """UTF-16 units of a character as it is sent."""
    return _ESCAPED.get(char) or (2 if ord(char) > 0xFFFF else 1)


def _head(text: str, limit: int) -> str:
    used = 0
    for index, char in enumerate(text):
        used += _cost(char)
        if used > limit:
            return text[:index]
    return text


MENU_COMMANDS = (
    "start",
    "new",
    "status",
    "add",
    "withdraw",
    "rate",
    "review",
    "language",
    "privacy",
    "help",
)


def commands(language: Language) -> Mapping[str, str]:
    """The command menu: command → description."""
    say = texts(language)
    return {name: say.plain(f"command-{name}") for name in MENU_COMMANDS}
