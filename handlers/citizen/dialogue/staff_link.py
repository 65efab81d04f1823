"""`/link`: a member of staff ties this private chat to the account, so that alerts come here.

Not in the menu: citizens have no use for it. Whether a code is right is the core's business.
"""

from __future__ import annotations

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import Message

from cases.errors import InvalidInput
from cases.vocabulary import Channel
from handlers.citizen.dialogue.turn import Reply, Turn


async def link_chat(message: Message, command: CommandObject, turn: Turn) -> Reply:
    """A wrong code and one that is over get the same answer."""
    links = turn.means.links
    if links is None or turn.channel is not Channel.TELEGRAM:
        return turn.send(turn.say("command-unknown"))
    try:
        linked = await links.link(command.args or "", turn.conversation)
    except InvalidInput as refused:
        return turn.refuse(refused)
    return turn.send(turn.say("link-done" if linked is not None else "link-wrong"))


def build_router() -> Router:
    router = Router(name="staff_link")
    router.message.register(link_chat, Command("link", ignore_case=True, ignore_mention=True))
    return router
