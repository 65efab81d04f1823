"""What could give a writer away, named in a sentence for the writer."""

from __future__ import annotations

from collections.abc import Sequence

from cases.service.masking import Piece
from handlers.citizen.texts import Html, Texts, shorten

_SHOWN = 8


def named_pieces(say: Texts, pieces: Sequence[Piece]) -> Html:
    """Each piece with what it is: 姓名 李某、号码 138…"""
    named = [f"{say.plain(f'giveaway-{one.kind}')} {shorten(one.words, 40)}" for one in pieces[:_SHOWN]]
    return say.list_of(named)
