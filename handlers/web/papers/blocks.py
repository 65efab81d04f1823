"""What a paper is made of, whichever form it takes."""

from __future__ import annotations

from typing import NamedTuple

from markupsafe import Markup

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class Heading(NamedTuple):
    words: str


class Sentence(NamedTuple):
    words: str
    small: bool = False


class Picture(NamedTuple):
    svg: Markup
    legend: str


class Table(NamedTuple):
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Block = Heading | Sentence | Picture | Table
