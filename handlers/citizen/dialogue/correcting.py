"""Words that set an item of the draft right, unasked: 不是城东区，是城西区; a place said by itself.

What counts as such a correction `classify/acts` says; here it is put into the draft and shown.
"""

from __future__ import annotations

from aiogram.types import Message

from cases.rules.departments import covers
from classify.acts.corrections import Correction
from handlers.citizen.dialogue.drafts import Draft, Item
from handlers.citizen.dialogue.report.answers import bare_place, instead_of, take_answer
from handlers.citizen.dialogue.report.filing import show_summary
from handlers.citizen.dialogue.report.understanding import show_overview, understand
from handlers.citizen.dialogue.steps import ITEM_AT, Asking, Telling
from handlers.citizen.dialogue.turn import Call, Turn
from handlers.citizen.dialogue.typed import domain_called

SHORT_CORRECTION = 24
"""Characters of what is right, said after it was asked what is wrong."""


def take_correction(turn: Turn, message: Message, found: Correction) -> Call | None:
    """不是城东区，是城西区: the item is set right in the draft, and shown again."""
    draft = turn.memory.draft
    if draft is None or not draft.size or not found.new:
        return None
    if found.item == Item.DOMAIN:
        return _take_domain(turn, draft, found.new)
    item = Item(found.item) if found.item else _item_meant(turn, draft, found)
    if item is None or (item in {Item.NAME, Item.CONTACT} and not draft.named):
        return None
    new = instead_of(turn, found.old, found.new) if item is Item.ACCUSED and found.old else found.new
    problem = take_answer(turn, item, new)
    if problem is not None:
        return problem
    draft.correcting = False
    draft.answer(item, message.message_id)
    return show_summary(turn) if turn.at(Telling.summary) else show_overview(turn)


def what_is_wrong(turn: Turn, words: str) -> Correction | None:
    """Right after it was asked what is wrong, a few words say what is right."""
    acts = [button.act for button in turn.memory.offered]
    asked = "continue" not in acts and sum(act.startswith("fix-") for act in acts) > 1
    return Correction(words.strip()) if asked and len(words) <= SHORT_CORRECTION else None


def place_by_itself(turn: Turn, words: str) -> Correction | None:
    """Nothing but where it happened, unasked: it is noted as the place and is no part of what is told."""
    draft, plain = turn.memory.draft, words.strip()
    if draft is None or not draft.size or turn.memory.step in ITEM_AT or len(plain) > SHORT_CORRECTION:
        return None
    place = bare_place(turn, plain)
    if place is None or turn.at(Asking.number):
        return None
    seen = understand(turn, draft)
    inside = seen.region_code is not None and covers(place.code, seen.region_code)
    return Correction((seen.region_name if inside else None) or plain, item=Item.PLACE.value)


def _take_domain(turn: Turn, draft: Draft, name: str) -> Call | None:
    """领域应该是招标投标: by its name, or a piece of it that only one has."""
    meant = domain_called(turn, name)
    if meant is None:
        return None
    draft.domain, draft.insisted = meant, False
    return show_summary(turn) if turn.at(Telling.summary) else show_overview(turn)


def _item_meant(turn: Turn, draft: Draft, found: Correction) -> Item | None:
    """The item whose shown value is taken back, else what the new one can be."""
    seen, reads = understand(turn, draft), turn.services.filing
    place = bool(reads.read_place(found.new))
    if place and found.old and seen.region_name and found.old in seen.region_name:
        return Item.PLACE
    if found.old and any(found.old in body.name for body in seen.accused):
        return Item.ACCUSED
    said = reads.read(found.new).found
    if any(body.name.endswith(found.new[-3:]) for body in (*said.accused, *said.mentioned)):
        return Item.ACCUSED
    if reads.read_amount(found.new) is not None:
        return Item.AMOUNT
    return Item.PLACE if place else None
