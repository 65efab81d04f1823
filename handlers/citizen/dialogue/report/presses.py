"""What the buttons of a draft do, and what an edited message changes.

The steps themselves are `filing`'s; here a press finds its step, and a stale one changes nothing.
"""

from __future__ import annotations

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from cases.text_lengths import LONGEST_COMPLAINT
from classify.types import Domain
from handlers.citizen.dialogue.drafts import Draft, Item
from handlers.citizen.dialogue.file_choices import settle
from handlers.citizen.dialogue.keyboards import DraftButton, ErrandButton, Keyboards
from handlers.citizen.dialogue.own_cases.additions import add_to, make_complaint_of, may_begin
from handlers.citizen.dialogue.report.answers import settle_bodies, take_answer, take_region
from handlers.citizen.dialogue.report.filing import (
    after_questions,
    confirm,
    onward,
    resume,
    show_summary,
    tell,
)
from handlers.citizen.dialogue.report.matters import divide, leave
from handlers.citizen.dialogue.report.retelling import find_retold, join, offer_to_join
from handlers.citizen.dialogue.report.understanding import ask, read, show_overview, understand
from handlers.citizen.dialogue.steps import Telling
from handlers.citizen.dialogue.turn import Reply, Turn

FILING = frozenset({"confirm", "separate", "join", "file-now"})
"""Buttons that hand the draft over."""


# -- buttons --------------------------------------------------------------------------------------
async def press_draft(query: CallbackQuery, callback_data: DraftButton, turn: Turn) -> Reply:
    """Every button of a draft; one of another draft, or pressed twice, changes nothing."""
    filed = turn.memory.filed_as(callback_data.draft)
    if filed is not None:
        return turn.notice(turn.say.plain("filed-notice", number=filed.number), alert=True)
    if callback_data.act == "undo" and turn.memory.take_back(callback_data.draft):
        return turn.put_away(query, [turn.send(turn.say("taken-back")), resume(turn)])
    later = next((one for one in turn.memory.later if one.id == callback_data.draft), None)
    if later is not None:
        return turn.put_away(query, _press_later(turn, later, callback_data.act))
    draft = turn.memory.draft
    if draft is None or draft.id != callback_data.draft:
        return turn.notice(turn.say.plain("stale-button"), alert=True)
    if callback_data.act in FILING:
        undecided = settle(turn, draft)
        if undecided is not None:
            return turn.put_away(query, undecided)
    draft.without_missing = draft.without_missing or callback_data.act == "file-now"
    awaited = turn.memory.files_awaited_by(draft.id)
    if callback_data.act in FILING and awaited and not draft.without_missing:
        keys = Keyboards(turn.say).wait_or_file(draft)
        return turn.put_away(query, turn.send(turn.say("files-under-way", count=len(awaited)), keys))
    if callback_data.act == "join":
        return turn.put_away(query, await join(turn, draft))
    if callback_data.act == "add-to" and callback_data.arg in draft.may_add_to:
        return turn.put_away(query, await add_to(turn, draft, callback_data.arg))
    if callback_data.act in FILING:
        draft.separate = draft.separate or callback_data.act == "separate"
        retold = await find_retold(turn, draft)
        reply = offer_to_join(turn, draft, retold) if retold else await confirm(turn)
        return turn.put_away(query, reply)
    return turn.put_away(query, _press(turn, draft, callback_data.act, callback_data.arg))


def _press_later(turn: Turn, later: Draft, act: str) -> Reply:
    """The matter that waited is told now, or not at all; a complaint that was begun comes first."""
    if act == "leave":
        return leave(turn, later)
    if not may_begin(turn):
        return [turn.send(turn.say("next-matter-waits")), resume(turn)]
    turn.memory.later.remove(later)
    turn.memory.draft = later
    return show_overview(turn)


async def begin_another(query: CallbackQuery, callback_data: ErrandButton, turn: Turn) -> Reply:
    """What was taken for an addition to a case is another matter."""
    pending = turn.memory.pending
    if pending is None or pending.id != callback_data.errand or not pending.guessed:
        return turn.notice(turn.say.plain("stale-button"), alert=True)
    make_complaint_of(turn, pending)
    return turn.put_away(query, show_overview(turn))


def _press(turn: Turn, draft: Draft, act: str, arg: str) -> Reply:
    if act in {"fix", "skip"}:
        item = next((item for item in Item if item.value == arg), None)
        if item is None:
            return turn.notice(turn.say.plain("stale-button"))
        return _fix(turn, draft, item) if act == "fix" else _skip(turn, draft, item)
    if act in {"domain", "region"}:
        return _choose(turn, draft, act, arg)
    if act in {"within", "at"}:
        return _look_for_place(turn, draft, arg, enter=act == "within")
    if act in {"accuse", "accuse-every", "all-accused"}:
        return _choose_bodies(turn, draft, act, arg)
    if act in {"discard", "anew"}:
        turn.memory.drop_draft()
        text = turn.say("discarded" if act == "discard" else "tell-first")
        return turn.send(text, Keyboards(turn.say).undo(turn.memory.given_up))
    return _step_on(turn, draft, act)


def _step_on(turn: Turn, draft: Draft, act: str) -> Reply:
    if not draft.size and act not in {"resume", "new-matter"}:
        return show_overview(turn)
    if act == "continue":
        return onward(turn)
    if act == "new-matter":
        draft.may_add_to = []
        return show_overview(turn)
    if act == "divide":
        divide(turn, draft)
        turn.note = turn.say("divided")
        return show_overview(turn)
    if act == "one-matter":
        draft.one_matter = True
        return onward(turn)
    if act in {"anonymous", "named"}:
        draft.named = act == "named"
        if not draft.named:
            draft.name = draft.contact = None
        return after_questions(turn)
    if act in {"enough", "nothing"}:
        undecided = settle(turn, draft)
        if undecided is not None:
            return undecided
        draft.evidence_done = True
        return onward(turn)
    if act == "for-record":
        draft.for_record = True
        return onward(turn)
    if act == "insist":
        draft.insisted = True
        return onward(turn)
    if act in {"told", "back"}:
        draft.told = draft.told or act == "told"
        return show_overview(turn)
    if act == "wait":
        return turn.send(turn.say("files-waited-for"))
    if act in {"mask", "unmask"}:
        draft.mask = act == "mask"
        return show_summary(turn)
    if act == "correct":
        return turn.send(turn.say("ask-correction"), Keyboards(turn.say).corrections(draft))
    if act == "domains":
        return ask(turn, Item.DOMAIN)
    if act == "resume":
        return resume(turn)
    return turn.notice(turn.say.plain("stale-button"))


def _fix(turn: Turn, draft: Draft, item: Item) -> Reply:
    draft.correcting = True
    if item is Item.PLACE:
        draft.region_choices = {}
    return ask(turn, item)


def _skip(turn: Turn, draft: Draft, item: Item) -> Reply:
    draft.skip(item)
    return onward(turn)


def _look_for_place(turn: Turn, draft: Draft, code: str, *, enter: bool) -> Reply:
    """A place chosen from lists, level by level, instead of written."""
    filing = turn.services.filing
    name = filing.name_of_region(code) if code else None
    inside = filing.regions_inside(code) if enter and (name or not code) else ()
    if inside:
        turn.go(Telling.place)
        here = (code, name) if name else None
        return turn.send(turn.say("ask-place-list"), Keyboards(turn.say).regions(draft, inside, here))
    if name is None:
        return turn.notice(turn.say.plain("stale-button"))
    take_region(turn, draft, code, name)
    return onward(turn)


def _choose(turn: Turn, draft: Draft, act: str, arg: str) -> Reply:
    if act == "domain" and arg in set(Domain):
        draft.domain = Domain(arg)
        draft.insisted = False
        if draft.correcting or turn.at(Telling.telling):
            draft.correcting = False
            return show_overview(turn)
        return onward(turn)
    if act == "region" and arg in draft.region_choices:
        take_region(turn, draft, arg, draft.region_choices[arg])
        return onward(turn)
    return turn.notice(turn.say.plain("stale-button"))


def _choose_bodies(turn: Turn, draft: Draft, act: str, place: str) -> Reply:
    """One more body is complained about, and the rest is asked again; or all offered, or none of them."""
    accused = [body.name for body in understand(turn, draft).accused]
    choices = draft.body_choices
    if act != "accuse":
        settle_bodies(turn, [*accused, *(choices if act == "accuse-every" else ())])
        return onward(turn)
    if not place.isdecimal() or int(place) >= len(choices):
        return turn.notice(turn.say.plain("stale-button"))
    chosen = choices.pop(int(place))
    if not choices:
        settle_bodies(turn, [*accused, chosen])
        return onward(turn)
    draft.accused = [*accused, chosen]
    seen = read(turn, draft)
    draft.bodies_seen = [b.name for b in (*seen.accused, *seen.mentioned) if b.name not in choices]
    return ask(turn, Item.ACCUSED)


# -- edits ----------------------------------------------------------------------------------------
async def edit(message: Message, turn: Turn) -> Reply:
    """An edited message changes the draft it belongs to; after filing it changes nothing."""
    words = message.text or message.caption or ""
    draft = turn.memory.draft
    if draft is not None:
        part = draft.part(message.message_id)
        if part is not None:
            if draft.size - len(part.text) + len(words) > LONGEST_COMPLAINT:
                return turn.send(turn.say("too-long", limit=str(LONGEST_COMPLAINT)))
            part.text = words
            return resume(turn)
        item = draft.told_by.get(str(message.message_id))
        if item is not None and words.strip():
            return take_answer(turn, item, words.strip()) or resume(turn)
    pending = turn.memory.pending
    if pending is not None:
        for note in pending.notes:
            if note.message == message.message_id:
                note.text = words
                return turn.send(turn.say("edit-taken"))
    return turn.send(turn.say("edit-too-late"))


def build_router() -> Router:
    router = Router(name="presses")
    router.message.register(tell, F.text)
    router.callback_query.register(press_draft, DraftButton.filter())
    router.callback_query.register(begin_another, ErrandButton.filter())
    router.edited_message.register(edit, F.text | F.caption)
    return router
