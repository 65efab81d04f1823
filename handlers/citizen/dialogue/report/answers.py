"""Reading the answer to one question into the draft."""

from __future__ import annotations

from cases.text_lengths import LONGEST_WISH
from handlers.citizen.dialogue.drafts import Draft, Item
from handlers.citizen.dialogue.keyboards import Keyboards
from handlers.citizen.dialogue.turn import Call, Turn

MAX_ANSWER: dict[Item, int] = {
    Item.PLACE: 100,
    Item.ACCUSED: 100,
    Item.WISH: LONGEST_WISH,
    Item.AMOUNT: 50,
    Item.PERIOD: 100,
    Item.NAME: 80,
    Item.CONTACT: 200,
}


def take_answer(turn: Turn, item: Item, words: str) -> Call | None:
    """Put the answer into the draft; a message when it cannot be understood, None when it was taken."""
    draft = turn.draft
    limit = MAX_ANSWER.get(item, 100)
    if len(words) > limit:
        return turn.send(
            turn.say("answer-too-long", limit=str(limit)), Keyboards(turn.say).question(draft, item)
        )
    if item is Item.PLACE:
        return _take_place(turn, draft, words)
    if item is Item.AMOUNT:
        return _take_amount(turn, draft, words)
    setattr(draft, item.value, words)
    return None


def _take_place(turn: Turn, draft: Draft, words: str) -> Call | None:
    places = turn.services.filing.read_place(words)
    draft.region_choices = {place.code: place.name for place in places} if len(places) > 1 else {}
    if draft.region_choices:
        return turn.send(turn.say("ask-place-choice"), Keyboards(turn.say).question(draft, Item.PLACE))
    draft.region_code = places[0].code if places else None
    draft.region_name = places[0].name if places else words
    return None


def _take_amount(turn: Turn, draft: Draft, words: str) -> Call | None:
    amount = turn.services.filing.read_amount(words)
    if amount is None:
        text = turn.say("amount-not-understood")
        return turn.send(text, Keyboards(turn.say).question(draft, Item.AMOUNT))
    draft.amount_yuan = amount
    return None
