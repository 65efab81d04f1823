"""Where somebody can turn whose place this service does not cover; the channels are data."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import NamedTuple

from cases.vocabulary import Language
from handlers.citizen.texts import Html, escaped
from handlers.languages.traditional import chinese_in

FILE = Path(__file__).with_name("channels.toml")
NATIONAL = "national"


class Channel(NamedTuple):
    name: str
    """In simplified Chinese."""
    en: str
    reach: str
    """A number or the name of a site."""
    source: str
    """The document, or who announced it."""


@cache
def read_channels() -> dict[str, tuple[Channel, ...]]:
    """Id of a jurisdiction, or `national`, → its channels, the first to try first."""
    places = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return {place: tuple(Channel(**row) for row in rows) for place, rows in places.items()}


def channels(language: Language, jurisdiction: str = NATIONAL) -> Html:
    """One a line: `lines` of `elsewhere`."""
    known = read_channels()
    return Html("\n".join(_told(c, language) for c in known.get(jurisdiction, known[NATIONAL])))


def _told(channel: Channel, language: Language) -> str:
    name = channel.en if language is Language.EN else chinese_in(language, channel.name)
    return f"<b>{channel.reach}</b> {escaped(name)}"
