"""Reading the answer to one question into the draft."""

from __future__ import annotations

import re
import unicodedata

from handlers.citizen.dialogue.drafts import Draft, Item
from handlers.citizen.dialogue.turn import Call, Turn
from handlers.citizen.keyboards import Keys

MAX_ANSWER: dict[Item, int] = {
    Item.PLACE: 100,
    Item.ACCUSED: 100,
    Item.WISH: 2000,
    Item.AMOUNT: 50,
    Item.PERIOD: 100,
    Item.NAME: 80,
    Item.CONTACT: 200,
}
_DIGITS = re.compile(r"\d+(?:\.\d+)?")


def take_answer(turn: Turn, item: Item, words: str) -> Call | None:
    """Put the answer into the draft; a message when it cannot be understood, None when it was taken."""
    draft = turn.draft
    limit = MAX_ANSWER.get(item, 100)
    if len(words) > limit:
        return turn.send(turn.say("answer-too-long", limit=str(limit)), Keys(turn.say).question(draft, item))
    if item is Item.PLACE:
        return _take_place(turn, draft, words)
    if item is Item.AMOUNT:
        return _take_amount(turn, draft, words)
    setattr(draft, item.value, words)
    return None


def _take_place(turn: Turn, draft: Draft, words: str) -> Call | None:
    read = turn.service.understand(words)
    if read.region is None and len(read.region_options) > 1:
        draft.region_choices = {option.code: option.name for option in read.region_options[:8]}
        return turn.send(turn.say("ask-place-choice"), Keys(turn.say).question(draft, Item.PLACE))
    draft.region_choices = {}
    draft.region_code = read.region.code if read.region else None
    draft.region_name = read.region.name if read.region else words
    return None


def _take_amount(turn: Turn, draft: Draft, words: str) -> Call | None:
    plain = unicodedata.normalize("NFKC", words).replace(",", "").replace(" ", "")
    bare = _DIGITS.fullmatch(plain)
    amount = round(float(plain)) if bare else turn.service.understand(f"拖欠{words}").amount_yuan
    if amount is None or not 0 < amount < 10**13:
        text = turn.say("amount-not-understood")
        return turn.send(text, Keys(turn.say).question(draft, Item.AMOUNT))
    draft.amount_yuan = amount
    return None
