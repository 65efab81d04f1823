"""The commands of the menu; each also works as a button."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable

from aiogram import F, Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from cases.model import Case
from cases.numbers import parse_number, parse_receipt
from cases.vocabulary import Channel, Language
from handlers.citizen.dialogue.drafts import Errand
from handlers.citizen.dialogue.keyboards import Keyboards, MenuButton
from handlers.citizen.dialogue.own_cases.additions import may_begin
from handlers.citizen.dialogue.own_cases.case_view import find_own, open_named
from handlers.citizen.dialogue.own_cases.errands import MOVE_OF, begin_errand
from handlers.citizen.dialogue.privacy import ask_to_erase, erase, show_privacy, show_stored
from handlers.citizen.dialogue.report.filing import resume
from handlers.citizen.dialogue.report.matters import leave, offer_next
from handlers.citizen.dialogue.steps import Asking
from handlers.citizen.dialogue.turn import Reply, Turn
from handlers.citizen.texts import Html

ERRAND_OF = {
    "add": Errand.SUPPLEMENT,
    "withdraw": Errand.WITHDRAW,
    "rate": Errand.RATE,
    "review": Errand.REVIEW,
}


async def obey(message: Message, command: CommandObject, turn: Turn) -> Reply:
    """Any command we know; `/start` and `/status` take a number or receipt along."""
    return await _do(turn, command.command.lower(), (command.args or "").strip())


async def press_menu(query: CallbackQuery, callback_data: MenuButton, turn: Turn) -> Reply:
    return await _do(turn, callback_data.act, callback_data.arg)


async def unknown_command(message: Message, turn: Turn) -> Reply:
    return turn.send(turn.say("command-unknown"))


async def _do(turn: Turn, name: str, arg: str) -> Reply:
    if name in ERRAND_OF:
        return await _errand(turn, name, arg)
    action = _ACTIONS.get(name)
    if action is None:
        return turn.notice(turn.say.plain("stale-button"), alert=True)
    return await action(turn, arg)


async def _start(turn: Turn, arg: str) -> Reply:
    number, receipt = parse_number(arg), parse_receipt(arg)
    if number or receipt:
        return await open_named(turn, number or "", receipt or "")
    turn.memory.greeted = True
    keys = Keyboards(turn.say).menu("new", "status", "language", "privacy")
    return turn.send(turn.say("start"), keys)


async def _new(turn: Turn, arg: str) -> Reply:
    draft = turn.memory.draft
    if draft is not None and (draft.size or draft.evidence):
        return turn.send(turn.say("draft-exists"), Keyboards(turn.say).keep_or_drop(draft))
    turn.memory.drop_pending()
    turn.memory.drop_draft()
    return [turn.send(turn.say("tell-first")), *offer_next(turn)]


async def _status(turn: Turn, arg: str) -> Reply:
    number, receipt = parse_number(arg), parse_receipt(arg)
    if number or receipt:
        return await open_named(turn, number or "", receipt or "")
    found = await turn.services.own_cases.list_of(turn.conversation)
    if not found and not may_begin(turn) and turn.memory.pending is None:
        turn.note = turn.say("status-unfiled")
        return resume(turn)
    if not found:
        if turn.memory.draft is None and turn.memory.pending is None:
            turn.go(Asking.number)
        return turn.send(turn.say("status-none"))
    lines = "\n".join(_status_line(turn, case) for case in found[:10])
    return turn.send(turn.say("status", lines=Html(lines)), Keyboards(turn.say).cases(found[:10], "open"))


def _status_line(turn: Turn, case: Case) -> str:
    say = turn.say
    status = say(f"status-{case.status.value}")
    due = case.due_at
    if due is None:
        return say("status-line", number=case.number, status=status)
    return say("status-line-due", number=case.number, status=status, day=say.date(due))


async def _errand(turn: Turn, name: str, arg: str) -> Reply:
    """With a number: that case. Without: the only case it fits, or a choice."""
    errand = ERRAND_OF[name]
    number = parse_number(arg)
    if number:
        case = await find_own(turn, number)
        if case is None:
            return turn.send(turn.say("number-not-yours", number=number))
        return begin_errand(turn, case, errand)
    fitting = [
        case for case in await turn.services.own_cases.list_of(turn.conversation) if _fits(turn, case, errand)
    ]
    if not fitting:
        return turn.send(turn.say(f"none-{errand.value}"))
    if len(fitting) == 1:
        return begin_errand(turn, fitting[0], errand)
    return turn.send(turn.say("which-case"), Keyboards(turn.say).cases(fitting[:10], errand.value))


def _fits(turn: Turn, case: Case, errand: Errand) -> bool:
    return any(spec.move in MOVE_OF[errand] for spec in turn.services.own_cases.offers(case))


async def _disagree(turn: Turn, arg: str) -> Reply:
    """Whoever is unhappy with an answer is asked why, and offered rating and review in the same breath."""
    own = await turn.services.own_cases.list_of(turn.conversation)
    fitting = [case for case in own if _fits(turn, case, Errand.REVIEW)]
    keys = Keyboards(turn.say)
    if len(fitting) != 1 or turn.memory.pending is not None:
        return turn.send(turn.say("faq-disagree"), keys.menu("rate", "review"))
    begin_errand(turn, fitting[0], Errand.REVIEW)
    number = fitting[0].number
    return turn.send(turn.say("disagree-why", number=number), keys.case(number, ["rate", "review"]))


async def _language(turn: Turn, arg: str) -> Reply:
    if arg not in set(Language):
        return turn.send(turn.say("ask-language"), Keyboards(turn.say).languages())
    turn.language = turn.memory.language = Language(arg)
    await turn.means.conversations.set_language(turn.conversation, turn.language)
    if may_begin(turn) or turn.memory.pending is not None:
        return turn.send(turn.say("language-set"))
    turn.note = turn.say("language-set")
    return resume(turn)


async def _help(turn: Turn, arg: str) -> Reply:
    return turn.send(turn.say("help-web" if turn.channel is Channel.WEB else "help"))


async def _cancel(turn: Turn, arg: str) -> Reply:
    if turn.memory.pending is not None:
        turn.memory.drop_pending()
        return turn.send(turn.say("errand-stopped"))
    if turn.memory.draft is None and turn.memory.later:
        return leave(turn, turn.memory.later[0])
    if turn.memory.draft is None:
        return turn.send(turn.say("nothing-to-cancel"))
    turn.memory.drop_draft()
    return turn.send(turn.say("discarded"), Keyboards(turn.say).undo(turn.memory.given_up))


_ACTIONS: dict[str, Callable[[Turn, str], Awaitable[Reply]]] = {
    "start": _start,
    "new": _new,
    "status": _status,
    "language": _language,
    "disagree": _disagree,
    "privacy": show_privacy,
    "stored": show_stored,
    "erase": ask_to_erase,
    "erase-now": erase,
    "help": _help,
    "cancel": _cancel,
}
_LIKE_A_COMMAND = re.compile(r"/[A-Za-z_]{1,32}(@\w+)?(\s|$)")
COMMANDS = ("start", "new", "status", "language", "privacy", "help", "cancel", *ERRAND_OF)


def build_router() -> Router:
    router = Router(name="commands")
    router.message.register(obey, Command(*COMMANDS, ignore_case=True, ignore_mention=True))
    router.message.register(unknown_command, F.text.regexp(_LIKE_A_COMMAND))
    router.callback_query.register(press_menu, MenuButton.filter())
    return router
