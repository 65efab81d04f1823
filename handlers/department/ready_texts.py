"""Ready sentences as they are offered: the product's own, those of the deployment, those of the department.

A later one under the same id stands in place of the earlier. Nothing is put into a letter by itself.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from aiohttp import web

from cases.instants import EPOCH
from cases.model import Case
from cases.ports.ready_texts import EVERYBODY, ReadyText, ReadyTextStore
from cases.vocabulary import Language, LetterKind
from handlers.languages.spoken import Spoken

READY_TEXTS: web.AppKey[ReadyTextStore] = web.AppKey("ready_texts")
MESSAGE = "message.text"
PRODUCT = ""
"""Whose the texts are that come along."""


class Piece(NamedTuple):
    """Words for a field of the letter."""

    label: str
    field: str
    words: str


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))


def places() -> dict[str, str]:
    """Where a text may be offered, as people read it."""
    return {place: said["label"] for place, said in _data()["places"].items()}


@cache
def brought_along() -> tuple[ReadyText, ...]:
    return tuple(ReadyText(**text, owner=EVERYBODY, by=PRODUCT, at=EPOCH) for text in _data()["text"])


def standing(kept: Iterable[ReadyText]) -> tuple[ReadyText, ...]:
    """What is offered, in the order of places; the department's word goes before everybody's."""
    by_id = {text.id: text for text in brought_along()}
    for text in sorted(kept, key=lambda one: one.owner != EVERYBODY):
        by_id[text.id] = text
    order = list(places())
    return tuple(sorted((t for t in by_id.values() if t.place in order), key=lambda t: order.index(t.place)))


async def offered_in(store: ReadyTextStore, case: Case) -> tuple[ReadyText, ...]:
    """For letters and messages of the department that has the case."""
    kept = await store.list_of({EVERYBODY, case.department})
    return tuple(text for text in standing(kept) if text.words)


def pieces_for(kind: LetterKind, case: Case, texts: Iterable[ReadyText]) -> tuple[Piece, ...]:
    """With what the case says of itself filled in."""
    accused = "、".join(body.name for body in case.complaint.accused) or "被投诉单位"
    return tuple(
        Piece(
            text.label,
            text.place.partition(".")[2],
            text.words.replace("{accused}", accused).replace("{number}", case.number),
        )
        for text in texts
        if kind in _data()["places"][text.place]["kinds"]
    )


def messages_in(language: Language, texts: Iterable[ReadyText]) -> tuple[tuple[str, str], ...]:
    """Label and words; without those that nobody wrote in the citizen's language."""
    said = [
        (text.label, Spoken(text.words, text.english).told(language))
        for text in texts
        if text.place == MESSAGE
    ]
    return tuple((label, words) for label, words in said if words)
