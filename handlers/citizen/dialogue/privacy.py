"""What is kept about a citizen, told honestly, and the right to have contact data erased."""

from __future__ import annotations

from cases.model import Case
from cases.vocabulary import Channel
from handlers.citizen.dialogue.keyboards import Keyboards
from handlers.citizen.dialogue.turn import Reply, Turn
from handlers.citizen.texts import Html


async def show_privacy(turn: Turn, arg: str) -> Reply:
    name = "privacy-web" if turn.channel is Channel.WEB else "privacy"
    return turn.send(turn.say(name), Keyboards(turn.say).menu("stored", "erase"))


async def show_stored(turn: Turn, arg: str) -> Reply:
    """Everything that ties this chat to cases, as its own writer may see it."""
    say = turn.say
    lines = [
        await _stored_line(turn, case) for case in await turn.services.own_cases.list_of(turn.conversation)
    ]
    for draft in filter(None, (turn.memory.draft, *turn.memory.later)):
        if not (draft.size or draft.evidence):
            continue
        lines.append(say("stored-draft", length=str(draft.size), files=len(draft.evidence)))
    if not lines:
        return turn.send(say("stored-nothing"))
    return turn.send(say("stored", lines=Html("\n".join(lines[:20]))), Keyboards(say).menu("erase"))


async def _stored_line(turn: Turn, case: Case) -> Html:
    reporter = await turn.means.reporters.find(case.number)
    contact = "，".join(filter(None, (reporter.name, reporter.contact))) if reporter else ""
    who = turn.say("identity-named", who=contact) if contact else turn.say("identity-anonymous")
    if reporter and reporter.locked and case.complaint.named:
        who = turn.say("identity-locked")
    return turn.say("stored-case", number=case.number, who=who, files=len(case.evidence))


async def ask_to_erase(turn: Turn, arg: str) -> Reply:
    return turn.send(turn.say("erase-ask"), Keyboards(turn.say).menu("erase-now"))


async def erase(turn: Turn, arg: str) -> Reply:
    """Name and contact go, also from the draft and the page's lines; the cases and receipts stay."""
    reporters = turn.means.reporters
    for case in await turn.services.own_cases.list_of(turn.conversation):
        reporter = await reporters.find(case.number)
        if reporter is not None and reporter.conversation == turn.conversation:
            known = dict.fromkeys(("name", "contact", "original", "locked"))
            await reporters.take_back(case.number)
            await reporters.put(reporter.model_copy(update=known))
    for draft in filter(None, (turn.memory.draft, *turn.memory.later)):
        draft.name = draft.contact = draft.named = None
    if turn.channel is Channel.WEB and turn.means.transcripts is not None:
        await turn.means.transcripts.erase(turn.conversation)
    return turn.send(turn.say("erased"))
