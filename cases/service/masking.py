"""What gives a writer away, found in a whole report, and the complaint with it masked.

Pure. What is found is the classifier's to say; whether it is masked, the citizen's. Who may read the words as
written is decided where any reporter is unsealed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple, Protocol

from cases.model import Complaint
from cases.records import FreeText
from cases.service.intake import Report
from classify.types import Giveaway, GiveawayKind


class Reads(Protocol):
    """What masking needs of the classifier."""

    def find_giveaways(self, text: str) -> tuple[Giveaway, ...]: ...
    def mask(self, text: str, found: Iterable[Giveaway]) -> str: ...


class Piece(NamedTuple):
    """A piece that gives the writer away, in the writer's words."""

    kind: GiveawayKind
    words: str


def telling_pieces(complaint: Complaint, report: Report, reads: Reads) -> tuple[Piece, ...]:
    """What of the report tells who wrote it, each once; never what is complained about."""
    found = [piece for words in _words_of(report) for piece in pieces_in(words, reads)]
    accused = [body.name for body in complaint.accused]
    return tuple(one for one in dict.fromkeys(found) if not any(one.words in name for name in accused))


def pieces_in(words: str, reads: Reads) -> tuple[Piece, ...]:
    """What of these words tells who wrote them."""
    found = reads.find_giveaways(words)
    return tuple(Piece(one.kind, words[one.span.start : one.span.end]) for one in found)


def mask_complaint(complaint: Complaint, report: Report, reads: Reads) -> Complaint:
    """The complaint as the department reads it. Body, place and sum stay: they are what it is about."""
    pieces = telling_pieces(complaint, report, reads)
    names = _names(pieces)
    stays = [body.name for body in complaint.accused]

    def masked(words: FreeText | None) -> FreeText | None:
        return FreeText(mask_words(words, names, reads, stays)) if words else words

    place = complaint.region_name
    if place and not complaint.region_code:
        place = mask_words(place, names, reads, stays)
    return complaint.model_copy(
        update={
            "text": masked(complaint.text),
            "wish": masked(complaint.wish),
            "period": masked(complaint.period),
            "region_name": place,
            "matched": tuple(
                phrase for phrase in complaint.matched if not any(phrase in one.words for one in pieces)
            ),
            "named_too": tuple(
                body for body in complaint.named_too if not any(name in body.name for name in names)
            ),
            "masked": True,
        }
    )


def mask_words(words: str, names: Iterable[str], reads: Reads, stays: Iterable[str] = ()) -> str:
    """What tells of the writer masked, with `names` that were given elsewhere; bodies in `stays` stay."""
    hidden = reads.mask(words, reads.find_giveaways(words))
    for name in names:
        hidden = hidden.replace(name, "*" * len(name))
    for body in stays:
        for found in re.finditer(re.escape(body), words):
            hidden = hidden[: found.start()] + body + hidden[found.end() :]
    return hidden


def as_written(report: Report) -> FreeText:
    """Everything that masking may have changed, for whoever may unseal it."""
    parts = (report.text, report.wish, report.period, report.region_name)
    return FreeText("\n".join(part for part in parts if part))


def _words_of(report: Report) -> Sequence[str]:
    place = report.region_name if not report.region_code else None
    return [words for words in (report.text, report.wish, report.period, place) if words]


def _names(found: Iterable[Piece]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(piece.words for piece in found if piece.kind is GiveawayKind.NAME))
