"""Reading the answer to one question into the draft."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from cases.rules.departments import covers
from cases.text_lengths import LONGEST_WISH
from classify.types import Region
from handlers.citizen.dialogue.drafts import Draft, Item
from handlers.citizen.dialogue.keyboards import Keyboards
from handlers.citizen.dialogue.report.following import Follows, body_elsewhere
from handlers.citizen.dialogue.report.understanding import read, understand
from handlers.citizen.dialogue.turn import Call, Turn

_BARE = re.compile(
    r"^(?:我要投诉的是|我要投诉|要投诉的是|投诉的是|就是|应该是|是|投诉)(?=.{3})"
    r"|[。.!！，,]+$|^(?:it is|it's) ",
    re.IGNORECASE,
)
"""What stands around the name in an answer."""

A_VILLAGE = re.compile(r"[\u4e00-\u9fff]{2,3}(?:镇|乡|街道|村|社区)$")
"""Below the regions that are known by name."""
AROUND_A_PLACE = frozenset("在是我们的这里地方就，,。！!、 ")

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
    if item is Item.ACCUSED:
        names = turn.services.filing.read_bodies(_BARE.sub("", words).strip() or words)
        settle_bodies(turn, names)
        _follow_bodies(turn, draft, names)
        return None
    setattr(draft, item.value, words)
    return None


def settle_bodies(turn: Turn, names: Iterable[str]) -> None:
    """These are complained about, and no other body that the account has named so far."""
    draft = turn.draft
    found = read(turn, draft)
    draft.accused = list(dict.fromkeys(names))
    draft.bodies_seen = [body.name for body in (*found.accused, *found.mentioned)]
    draft.body_choices = []


def _follow_bodies(turn: Turn, draft: Draft, names: Sequence[str]) -> None:
    """Where the citizen named no place, bodies that all lie in another one than was read say where it is."""
    if draft.region_code or draft.region_name:
        return
    here = understand(turn, draft).region_code
    there = {places[0] for name in names if len(places := turn.services.filing.read_place(name)) == 1}
    other = there.pop() if len(there) == 1 else None
    if other is None or here is None or covers(other.code, here) or covers(here, other.code):
        return
    draft.region_code, draft.region_name = other.code, other.name
    turn.note = turn.say("place-moved", place=turn.say.place(other.name))


def instead_of(turn: Turn, old: str, new: str) -> str:
    """All bodies complained about, with the new one in the place of what is taken back."""
    accused = understand(turn, turn.draft).accused
    return "、".join(new if old in body.name else body.name for body in accused) or new


def _take_place(turn: Turn, draft: Draft, words: str) -> Call | None:
    before = understand(turn, draft)
    places = _nearest(turn.services.filing.read_place(words), before.region_code)
    draft.region_choices = {place.code: place.name for place in places} if len(places) > 1 else {}
    if draft.region_choices:
        return turn.send(turn.say("ask-place-choice"), Keyboards(turn.say).question(draft, Item.PLACE))
    take_region(turn, draft, places[0].code if places else None, places[0].name if places else words)
    return None


def bare_place(turn: Turn, words: str) -> Region | None:
    """The place, where the words say nothing else: 在青海省西宁市, 多巴镇."""
    reads, said = turn.services.filing, set(A_VILLAGE.sub("", words)) - AROUND_A_PLACE
    known = reads.read_place(words) if said else ()
    return next((p for p in known if said <= set(reads.name_of_region(p.code[:6]) or "")), None)


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
    if code is None or before.region_name in {None, name}:
        return
    names = [body.name for body in before.accused]
    follows = [body_elsewhere(body, before.region_name or "", name) for body in names]
    lost = [body for body, there in zip(names, follows, strict=True) if there is Follows.UNKNOWN]
    moved = [there for there in follows if isinstance(there, str)]
    if lost:
        draft.accused_doubtful = True
        turn.note = turn.say("body-elsewhere", body="、".join(lost))
    elif moved:
        there = (new if isinstance(new, str) else old for old, new in zip(names, follows, strict=True))
        settle_bodies(turn, there)
        turn.note = turn.say("body-moved", body="、".join(moved))


def _take_amount(turn: Turn, draft: Draft, words: str) -> Call | None:
    amount = turn.services.filing.read_amount(words)
    if amount is None:
        text = turn.say("amount-not-understood")
        return turn.send(text, Keyboards(turn.say).question(draft, Item.AMOUNT))
    draft.amount_yuan = amount
    return None
