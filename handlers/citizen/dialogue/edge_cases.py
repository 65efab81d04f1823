"""Whatever else a messenger can deliver: each kind has one sensible outcome, none is an error."""

from __future__ import annotations

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.filters import Filter
from aiogram.methods import AnswerInlineQuery, AnswerPreCheckoutQuery, AnswerShippingQuery
from aiogram.types import (
    CallbackQuery,
    InlineQuery,
    Message,
    PreCheckoutQuery,
    ShippingQuery,
    TelegramObject,
)

from handlers.citizen.dialogue.drafts import Item
from handlers.citizen.dialogue.report.filing import after_answer
from handlers.citizen.dialogue.steps import Telling
from handlers.citizen.dialogue.turn import Reply, Turn

_SILENT_KINDS = frozenset(
    {
        "new_chat_members",
        "left_chat_member",
        "new_chat_title",
        "new_chat_photo",
        "delete_chat_photo",
        "pinned_message",
        "message_auto_delete_timer_changed",
        "chat_background_set",
    }
)


class NotPrivate(Filter):
    """A message outside a private chat."""

    async def __call__(self, message: Message) -> bool:
        return message.chat.type != ChatType.PRIVATE


async def answer_group_once(message: Message, turn: Turn) -> Reply:
    """A complaint is never taken in a group: one word about it, and nothing kept but that it was said."""
    if turn.memory.greeted:
        return None
    turn.memory.greeted = True
    return turn.send(turn.say("groups-not-here"))


async def ignore(event: TelegramObject, turn: Turn) -> Reply:
    """Nothing to say: channel posts, membership changes, reactions."""
    return None


async def not_understood(message: Message, turn: Turn) -> Reply:
    """Stickers, polls, games and whatever comes next."""
    if message.content_type in _SILENT_KINDS:
        return None
    return turn.send(turn.say("kind-not-understood"))


async def place_in_words(message: Message, turn: Turn) -> Reply:
    """A location is not kept: it says too much about where the writer is."""
    return turn.send(turn.say("location-not-kept"))


async def take_contact(message: Message, turn: Turn) -> Reply:
    """A shared contact counts only where a contact was asked for."""
    contact = message.contact
    if contact is None or not turn.at(Telling.contact) or turn.memory.draft is None:
        return turn.send(turn.say("contact-not-kept"))
    return after_answer(turn, Item.CONTACT, contact.phone_number, message.message_id)


async def empty_message(message: Message, turn: Turn) -> Reply:
    return turn.send(turn.say("empty-message"))


class BlankText(Filter):
    """Text without a single visible character."""

    async def __call__(self, message: Message) -> bool:
        text = message.text
        return text is not None and not any(c.isprintable() and not c.isspace() for c in text)


async def unknown_button(query: CallbackQuery, turn: Turn) -> Reply:
    return turn.notice(turn.say.plain("stale-button"), alert=True)


async def no_inline(query: InlineQuery, turn: Turn) -> Reply:
    return AnswerInlineQuery(inline_query_id=query.id, results=[], cache_time=300, is_personal=True)


async def no_payment(query: PreCheckoutQuery, turn: Turn) -> Reply:
    return AnswerPreCheckoutQuery(
        pre_checkout_query_id=query.id, ok=False, error_message=turn.say.plain("never-pay")
    )


async def no_shipping(query: ShippingQuery, turn: Turn) -> Reply:
    return AnswerShippingQuery(
        shipping_query_id=query.id, ok=False, error_message=turn.say.plain("never-pay")
    )


def build_first_router() -> Router:
    """Comes before everything: what must never reach the dialogue."""
    router = Router(name="edge_cases_first")
    router.message.register(answer_group_once, NotPrivate())
    router.edited_message.register(ignore, NotPrivate())
    router.message.register(empty_message, BlankText())
    return router


def build_last_router() -> Router:
    """Comes after everything: what nobody else took."""
    router = Router(name="edge_cases_last")
    router.message.register(place_in_words, F.location | F.venue)
    router.message.register(take_contact, F.contact)
    router.message.register(not_understood)
    router.callback_query.register(unknown_button)
    router.inline_query.register(no_inline)
    router.pre_checkout_query.register(no_payment)
    router.shipping_query.register(no_shipping)
    for name, observer in router.observers.items():
        if name not in {"message", "callback_query", "update", "error", "errors"}:
            observer.register(ignore)
    return router
