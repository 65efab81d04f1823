"""What happens to each kind of file, as a table made from what the code does with it."""

from __future__ import annotations

import re

from cases.vocabulary import Language
from handlers.citizen.texts import texts
from handlers.files.cleaning import TREATMENTS, Treatment

_TABLE = re.compile(r"(?<=\|---\|---\|---\|\n).*?(?=\n\n|\Z)", re.DOTALL)


def with_table(page: str) -> str:
    """The page with its first table of three columns made anew."""
    rows = "\n".join(_row(about) for about in TREATMENTS.values())
    return _TABLE.sub(lambda _: rows, page, count=1)


def _row(about: Treatment) -> str:
    say = texts(Language.EN)
    if about.strip is None:
        tells = ", ".join(say.plain(f"trace-{trace}") for trace in about.tells)
        return f"| {about.names} | nothing | {tells} |"
    return f"| {about.names} | {about.note} | {about.left or 'nothing'} |"
