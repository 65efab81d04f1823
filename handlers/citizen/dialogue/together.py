"""Several messages as one turn: each is heard for what it does, and where the dialogue stands is said once.

What must not go unsaid (danger, answers to questions, what was filed) is all said, in order.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from aiogram.types import Update

from classify.acts.buttons import acts_said
from classify.acts.corrections import find_correction
from handlers.citizen.dialogue.hearing import Heard, as_said, attend, go_on, hear, remember_buttons
from handlers.citizen.dialogue.keyboards import act_of
from handlers.citizen.dialogue.report.filing import tell_together
from handlers.citizen.dialogue.turn import Call, Reply, Turn

Feed = Callable[[Turn, Update], Awaitable[list[Call]]]
ENDINGS = frozenset({"continue", "told", "confirm"})
"""After new words these end them: what was understood is shown before anything is agreed to."""


async def answer_together(turn: Turn, updates: Sequence[Update], feed: Feed) -> list[Call]:
    """Hear each message in order; words for the step are taken together."""
    said: list[Call] = []
    polite: list[Call] = []
    reply: list[Call] = []
    turn.gathered = []
    quiet = False
    for update in updates:
        turn.update_id = update.update_id
        words = (update.message.text if update.message else None) or ""
        if turn.gathered and turn.memory.pending is None and (acts := acts_said(words)):
            turn.draft.told = turn.draft.told or bool(acts & ENDINGS)
            reply = await _take_gathered(turn)
            if acts & ENDINGS:
                continue
        if turn.gathered and find_correction(words):
            reply = await _take_gathered(turn)
        if not turn.gathered:
            await attend(turn, update)
        heard = hear(turn, update)
        press = heard.update.callback_query if heard.pressed and heard.update is not None else None
        if turn.gathered and press is not None:
            reply = await _take_gathered(turn)
            if act_of(press.data or "") in ENDINGS:
                turn.draft.told = True
                continue
        (polite if heard.polite else said).extend(heard.calls)
        quiet = quiet or heard.quiet
        if heard.reply:
            reply = list(heard.reply)
            remember_buttons(turn.memory, reply)
        elif heard.update is not None:
            reply = await _give(turn, heard.update, reply, feed)
    if turn.gathered:
        reply = await _take_gathered(turn)
    if quiet:
        return said
    if not reply:
        return [*said, *polite[:1], *listed(await go_on(turn, Heard(None, [*said, *polite])))]
    return [*said, *reply]


async def _give(turn: Turn, update: Update, before: list[Call], feed: Feed) -> list[Call]:
    """The reply after this update; what it says stands instead of what was asked before."""
    draft, pending = turn.memory.draft, turn.memory.pending
    given = await feed(turn, update)
    if update.callback_query is not None:
        given = [call for call in (as_said(turn, call) for call in given) if call is not None]
    remember_buttons(turn.memory, given)
    asked_before = draft is turn.memory.draft and pending is turn.memory.pending
    return given if given and asked_before else [*before, *given]


async def _take_gathered(turn: Turn) -> list[Call]:
    messages, turn.gathered = turn.gathered or [], []
    reply = listed(await tell_together(turn, messages))
    remember_buttons(turn.memory, reply)
    return reply


def listed(reply: Reply) -> list[Call]:
    return list(reply) if isinstance(reply, list) else [reply] if reply is not None else []
