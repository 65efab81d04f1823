"""Days and names within a sentence, as readers of a language write them. Decides nothing."""

from __future__ import annotations

import re
from datetime import date, datetime
from enum import Enum

from cases.instants import local_date
from cases.moves.table import MoveSpec
from cases.vocabulary import Language
from cases.words import in_chinese
from handlers.languages.traditional import chinese_in

_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def day_in(language: Language, moment: date) -> str:
    """A day, or the day in China of an instant: 2026年11月22日, 22 November 2026."""
    day = local_date(moment) if isinstance(moment, datetime) else moment
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}" if language is Language.EN else in_chinese(day)


_SAID = re.compile(r"(\d{4})年(?:(0?[1-9]|1[0-2])月(?:(\d{1,2})日)?)?")


def time_in(language: Language, words: str) -> str:
    """When something was, as it was read: 2022年5月至今 is May 2022 until now in English."""
    if language is not Language.EN:
        return words

    def day(found: re.Match[str]) -> str:
        year, month, number = found.groups()
        return " ".join(filter(None, (number, _MONTHS[int(month) - 1] if month else "", year)))

    return _SAID.sub(day, words).replace("至今", " until now").replace("至", " to ")


def value_in(language: Language, value: object) -> object:
    """A day or a member of the vocabulary in words; whole numbers and words of others stay as they are.

    In English a status or a move has the name that it has in the API.
    """
    if isinstance(value, date):
        return day_in(language, value)
    if isinstance(value, Enum | MoveSpec):
        if language is Language.EN:
            coded = value.move if isinstance(value, MoveSpec) else value
            return str(coded.value).replace("_", " ")
        return chinese_in(language, in_chinese(value))
    return value if isinstance(value, int) else str(value)
