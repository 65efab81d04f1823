"""Reading the answer to one question into the draft."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cases.text_lengths import LONGEST_WISH
from classify.types import Region
from handlers.citizen.dialogue.drafts import Draft, Item
from handlers.citizen.dialogue.keyboards import Keyboards
from handlers.citizen.dialogue.report.following import Follows, body_elsewhere
from handlers.citizen.dialogue.report.understanding import understand
from handlers.citizen.dialogue.turn import Call, Turn

_BARE = re.compile(
    r"^(?:我要投诉的是|我要投诉|要投诉的是|投诉的是|就是|应该是|是|投诉)(?=.{3})"
    r"|[。.!！，,]+$|^(?:it is|it's) ",
    re.IGNORECASE,
)
"""What stands around the name in an answer."""

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
    setattr(draft, item.value, _BARE.sub("", words).strip() or words if item is Item.ACCUSED else words)
    return None


def _take_place(turn: Turn, draft: Draft, words: str) -> Call | None:
    before = understand(turn, draft)
    places = _nearest(turn.services.filing.read_place(words), before.region_code)
    draft.region_choices = {place.code: place.name for place in places} if len(places) > 1 else {}
    if draft.region_choices:
        return turn.send(turn.say("ask-place-choice"), Keyboards(turn.say).question(draft, Item.PLACE))
    take_region(turn, draft, places[0].code if places else None, places[0].name if places else words)
    return None


def _nearest(places: Sequence[Region], code: str | None) -> Sequence[Region]:
    """Of several places of one name the one in the city, or the province, that the account is about."""
    if len(places) > 1 and code is not None:
        for superior in (code[:4], code[:2]):
            near = [place for place in places if place.code.startswith(superior)]
            if len(near) == 1:
                return near
    return places


def take_region(turn: Turn, draft: Draft, code: str | None, name: str) -> None:
    """Another place, with what follows for a body that was read at the old one."""
    before = understand(turn, draft)
    draft.region_code, draft.region_name = code, name
    draft.region_choices = {}
    if before.accused is None or code is None or before.region_name in {None, name}:
        return
    follows = body_elsewhere(before.accused.name, before.region_name or "", name)
    if isinstance(follows, str):
        draft.accused = follows
        turn.note = turn.say("body-moved", body=follows)
    elif follows is Follows.UNKNOWN:
        draft.accused_doubtful = True
        turn.note = turn.say("body-elsewhere", body=before.accused.name)


def _take_amount(turn: Turn, draft: Draft, words: str) -> Call | None:
    amount = turn.services.filing.read_amount(words)
    if amount is None:
        text = turn.say("amount-not-understood")
        return turn.send(text, Keyboards(turn.say).question(draft, Item.AMOUNT))
    draft.amount_yuan = amount
    return None
