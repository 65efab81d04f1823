"""Rating how a case was handled: three questions, and to whoever is not satisfied a fourth: why.

The rating is kept as soon as the three are answered; why is told afterwards, or not at all.
"""

from __future__ import annotations

from aiogram.types import Message

from cases.lifecycle import forms
from cases.text_lengths import LONGEST_REMARK
from cases.vocabulary import Dissatisfaction, Move
from handlers.citizen.dialogue.drafts import Passage, Pending
from handlers.citizen.dialogue.keyboards import Keyboards
from handlers.citizen.dialogue.turn import Reply, Turn
from handlers.citizen.texts import Html

CONTENT = 4
"""From this many stars on nobody is asked why, if the matter is solved."""


async def press_rating(turn: Turn, pending: Pending, act: str, arg: str) -> Reply:
    keys = Keyboards(turn.say)
    if act == "responded":
        pending.responded = arg == "1"
        return turn.send(turn.say("rate-solved"), keys.yes_or_no(pending, "solved"))
    if act == "solved":
        pending.solved = arg == "1"
        return turn.send(turn.say("rate-satisfied"), keys.stars(pending))
    known = pending.responded is not None and pending.solved is not None
    if act == "satisfied" and arg in {"1", "2", "3", "4", "5"} and known:
        pending.satisfied = int(arg)
        await _keep(turn, pending)
        if pending.solved and pending.satisfied >= CONTENT:
            return _done(turn, pending)
        asked = Html(turn.say("done-rate") + "\n\n" + turn.say("rate-why"))
        return turn.send(asked, keys.why(pending))
    if pending.satisfied is not None and act == "why" and arg in set(Dissatisfaction):
        reason = Dissatisfaction(arg)
        pending.why = _turned(pending, reason)
        return turn.send(turn.say("rate-why-noted"), keys.why(pending))
    if pending.satisfied is not None and act == "send":
        await _keep(turn, pending)
        return _done(turn, pending)
    return turn.notice(turn.say.plain("stale-button"), alert=True)


async def take_rating_words(message: Message, turn: Turn) -> Reply:
    """Words after the stars say why; before them the open question has its own words, see `buttons.toml`."""
    pending = turn.memory.pending
    if pending is None or pending.satisfied is None:
        if pending is None:
            turn.go(None)
        return turn.send(turn.say("rate-by-button"))
    words = message.text or ""
    if len(pending.text) + len(words) > LONGEST_REMARK:
        return turn.send(turn.say("too-long", limit=str(LONGEST_REMARK)))
    pending.notes.append(Passage(message=message.message_id, text=words))
    return turn.send(turn.say("rate-why-noted"), Keyboards(turn.say).why(pending))


def _turned(pending: Pending, reason: Dissatisfaction) -> list[Dissatisfaction]:
    """With this reason, or without it if it was chosen already."""
    return [r for r in Dissatisfaction if (r in pending.why) is not (r is reason)]


async def _keep(turn: Turn, pending: Pending) -> None:
    rating = forms.Rate(
        responded=bool(pending.responded),
        solved=bool(pending.solved),
        satisfied=pending.satisfied or 0,
        reasons=tuple(pending.why),
        words=pending.text,
    )
    await turn.services.own_cases.act(pending.number, Move.RATE, rating, turn.conversation, key=turn.key())


def _done(turn: Turn, pending: Pending) -> Reply:
    turn.memory.drop_pending(done=True)
    return turn.send(turn.say("done-rate"), Keyboards(turn.say).case(pending.number, ["open"]))
