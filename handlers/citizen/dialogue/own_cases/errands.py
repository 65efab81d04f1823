"""What a citizen does with a case: supplement, write to the handler, withdraw, ask for review; see `rating`.

Collects what the move needs and makes it with the update's own idempotency key.
"""

from __future__ import annotations

from aiogram import F, Router
from aiogram.filters import StateFilter
from aiogram.fsm.state import State
from aiogram.types import CallbackQuery, Message

from cases.lifecycle import forms
from cases.model import Case
from cases.moves.table import Args
from cases.text_lengths import LONGEST_COMPLAINT, LONGEST_LINE, LONGEST_REMARK, LONGEST_WORDS
from cases.vocabulary import Move
from handlers.citizen.dialogue.drafts import Errand, Passage, Pending
from handlers.citizen.dialogue.file_choices import settle
from handlers.citizen.dialogue.giveaways import named_pieces
from handlers.citizen.dialogue.keyboards import ErrandButton, Keyboards
from handlers.citizen.dialogue.own_cases.rating import press_rating, take_rating_words
from handlers.citizen.dialogue.steps import OnCase
from handlers.citizen.dialogue.turn import Call, Reply, Turn
from handlers.citizen.texts import Html

MOVE_OF: dict[Errand, frozenset[Move]] = {
    Errand.SUPPLEMENT: frozenset({Move.SUPPLEMENT}),
    Errand.WRITE: frozenset({Move.WRITE}),
    Errand.ACCUSE: frozenset({Move.ACCUSE}),
    Errand.WITHDRAW: frozenset({Move.WITHDRAW}),
    Errand.RATE: frozenset({Move.RATE}),
    Errand.REVIEW: frozenset({Move.ASK_REVIEW, Move.ASK_FINAL_REVIEW}),
}
_STEP: dict[Errand, State] = {
    Errand.SUPPLEMENT: OnCase.supplement,
    Errand.WRITE: OnCase.write,
    Errand.ACCUSE: OnCase.accuse,
    Errand.WITHDRAW: OnCase.withdraw,
    Errand.RATE: OnCase.rate,
    Errand.REVIEW: OnCase.review,
}
_COLLECTING = (OnCase.supplement, OnCase.write, OnCase.accuse, OnCase.withdraw, OnCase.review)
MOST_BODIES = 10
NEW_MATTER = "new-matter"
"""What was taken for an addition is a complaint of its own: that is for whoever takes complaints."""
MAX_WORDS = {
    Errand.SUPPLEMENT: LONGEST_COMPLAINT,
    Errand.WRITE: LONGEST_WORDS,
    Errand.REVIEW: LONGEST_WORDS,
    Errand.ACCUSE: LONGEST_LINE,
    Errand.WITHDRAW: LONGEST_REMARK,
}


def begin_errand(turn: Turn, case: Case, errand: Errand) -> Reply:
    """Start collecting what the errand needs; a draft being told stays where it is."""
    moves = {spec.move for spec in turn.services.own_cases.offers(case)}
    if not moves & MOVE_OF[errand]:
        status = turn.say(f"status-{case.status.value}")
        return turn.send(turn.say("errand-not-now", number=case.number, status=status))
    turn.memory.drop_pending()
    pending = turn.memory.pending = Pending(errand=errand, number=case.number)
    turn.go(_STEP[errand])
    keys = Keyboards(turn.say)
    if errand is Errand.RATE:
        return turn.send(turn.say("rate-responded", number=case.number), keys.yes_or_no(pending, "responded"))
    buttons = (
        keys.errand(pending, "withdraw-now", "stop")
        if errand is Errand.WITHDRAW
        else keys.errand(pending, "stop")
    )
    again = "-final" if Move.ASK_FINAL_REVIEW in moves & MOVE_OF[errand] else ""
    return turn.send(turn.say(f"begin-{errand.value}{again}", number=case.number), buttons)


async def add_note(message: Message, turn: Turn) -> Reply:
    """Words for the errand; messages are joined until the citizen sends them off."""
    pending, words = turn.memory.pending, message.text or ""
    if pending is None:
        turn.go(None)
        return turn.send(turn.say("stale-button"))
    if len(pending.text) + len(words) > MAX_WORDS.get(pending.errand, LONGEST_COMPLAINT):
        limit = str(MAX_WORDS.get(pending.errand, LONGEST_COMPLAINT))
        return turn.send(turn.say("too-long", limit=limit))
    pending.notes.append(Passage(message=message.message_id, text=words))
    return note_taken(turn, pending)


def note_taken(turn: Turn, pending: Pending) -> Call:
    """What there is by now, and how it is sent off."""
    say, keys = turn.say, Keyboards(turn.say)
    act = "withdraw-now" if pending.errand is Errand.WITHDRAW else "send"
    text = say("note-received", count=len(pending.text))
    if pending.guessed:
        text = say("addition", number=pending.number, count=len(pending.text), files=len(pending.evidence))
    pieces = turn.services.filing.pieces_in(pending.text)
    if not pieces or pending.errand is Errand.WITHDRAW:
        return turn.send(text, keys.errand(pending, act, "stop"))
    warned = say("giveaways-in-note", found=named_pieces(say, pieces))
    return turn.send(Html(f"{text}\n\n{warned}"), keys.errand(pending, "send-masked", act, "stop"))


async def press_errand(query: CallbackQuery, callback_data: ErrandButton, turn: Turn) -> Reply:
    pending = turn.memory.pending
    if pending is None or pending.id != callback_data.errand:
        return turn.notice(turn.say.plain("stale-button"), alert=True)
    reply = await _press(turn, pending, callback_data.act, callback_data.arg)
    return turn.put_away(query, reply)


async def _press(turn: Turn, pending: Pending, act: str, arg: str) -> Reply:
    if act == "stop":
        turn.memory.drop_pending()
        return turn.send(turn.say("errand-stopped"))
    if pending.errand is Errand.RATE:
        return await press_rating(turn, pending, act, arg)
    if act == "withdraw-now" and pending.errand is Errand.WITHDRAW:
        return await _finish(turn, pending, Move.WITHDRAW, forms.OptionalRemark(remark=pending.text))
    if act == "send-masked":
        for note in pending.notes:
            note.text = turn.services.filing.mask_words(note.text)
        act = "send"
    if act in {"send", "send-now"}:
        awaited = len(turn.memory.files_awaited_by(pending.id))
        if act == "send" and awaited:
            keys = Keyboards(turn.say).errand(pending, "send-now", "stop")
            return turn.send(turn.say("files-under-way", count=awaited), keys)
        return await _send(turn, pending)
    return turn.notice(turn.say.plain("stale-button"), alert=True)


async def _send(turn: Turn, pending: Pending) -> Reply:
    undecided = settle(turn, pending)
    if undecided is not None:
        return undecided
    text, evidence = pending.text.strip(), tuple(pending.evidence)
    if not text and not (evidence and pending.errand is Errand.SUPPLEMENT):
        return turn.send(turn.say("note-empty"), Keyboards(turn.say).errand(pending, "stop"))
    if pending.errand is Errand.SUPPLEMENT:
        return await _finish(turn, pending, Move.SUPPLEMENT, forms.Supplement(text=text, evidence=evidence))
    if pending.errand is Errand.ACCUSE:
        bodies = turn.services.filing.read_bodies(text)[:MOST_BODIES]
        accuse = forms.Accuse(bodies=bodies, reason=turn.say.plain("reason-accuse"))
        return await _finish(turn, pending, Move.ACCUSE, accuse)
    if pending.errand is Errand.WRITE:
        return await _finish(turn, pending, Move.WRITE, forms.Message(text=text, evidence=evidence))
    case = await turn.services.own_cases.get(pending.number, turn.conversation)
    move = Move.ASK_FINAL_REVIEW if case.reviews else Move.ASK_REVIEW
    return await _finish(turn, pending, move, forms.Grounds(reason=text))


async def _finish(turn: Turn, pending: Pending, move: Move, args: Args) -> Reply:
    """Make the move; what was collected is kept if it fails."""
    await turn.services.own_cases.act(pending.number, move, args, turn.conversation, key=turn.key())
    turn.memory.drop_pending(done=True)
    name = f"done-{pending.errand.value}"
    return turn.send(
        turn.say(name, number=pending.number), Keyboards(turn.say).case(pending.number, ["open"])
    )


def build_router() -> Router:
    router = Router(name="errands")
    router.message.register(add_note, F.text, StateFilter(*_COLLECTING))
    router.message.register(take_rating_words, F.text, StateFilter(OnCase.rate))
    router.callback_query.register(press_errand, ErrandButton.filter(F.act != NEW_MATTER))
    return router
