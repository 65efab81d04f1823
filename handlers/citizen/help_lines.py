"""Whom somebody in danger can call.

The numbers are data (`help_lines.toml`); nothing here decides who is in danger.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple

from cases.vocabulary import Language
from classify.acts.danger import Danger
from handlers.citizen.texts import Html, escaped
from handlers.languages.traditional import chinese_in

FILE = Path(__file__).with_name("help_lines.toml")
NATIONAL = "national"


class HelpLine(NamedTuple):
    number: str
    name: str
    """In simplified Chinese."""
    en: str
    source: str
    """The document, or who announced it."""


class HelpLines(NamedTuple):
    """The lines of one place by number, and which are given in which danger."""

    lines: dict[str, HelpLine]
    dangers: dict[Danger, tuple[str, ...]]


@cache
def read_help_lines() -> dict[str, HelpLines]:
    """Id of a jurisdiction, or `national`, → its lines."""
    places = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return {
        place: HelpLines(
            {line["number"]: HelpLine(**line) for line in given["lines"]},
            {Danger(kind): tuple(numbers) for kind, numbers in given["dangers"].items()},
        )
        for place, given in places.items()
    }


def help_lines(dangers: Iterable[Danger], language: Language, jurisdiction: str = NATIONAL) -> Html:
    """The numbers for these dangers, one a line, the first to call first: `lines` of `danger-…`."""
    places = read_help_lines()
    here = places.get(jurisdiction, places[NATIONAL])
    numbers = dict.fromkeys(number for danger in dangers for number in here.dangers[danger])
    return Html("\n".join(_told(here.lines[number], language) for number in numbers))


def _told(line: HelpLine, language: Language) -> str:
    name = line.en if language is Language.EN else chinese_in(language, line.name)
    return f"<b>{line.number}</b> {escaped(name)}"
