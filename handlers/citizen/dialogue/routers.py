"""The citizen's dialogue as one call: an update and the chat's memory in, messages to send out.

Nothing is sent here, and only what the core can tell a citizen is caught here: the worker that calls this
commits memory and messages together, and tries again what failed for other reasons.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from aiogram import Bot, Dispatcher
from aiogram.dispatcher.event.bases import UNHANDLED
from aiogram.enums import ChatType
from aiogram.methods import AnswerCallbackQuery
from aiogram.types import CallbackQuery, Chat, Message, Update, User
from aiogram.types.update import UpdateTypeLookupError

from cases.errors import DomainError, StorageUnavailable
from cases.ports.conversations import ConversationStore, Transcripts
from cases.ports.evidence import EvidenceStore
from cases.ports.reporters import ReporterStore
from cases.service.services import Services
from cases.service.staff.links import StaffLinks
from cases.vocabulary import Channel, Language
from handlers.citizen.dialogue import commands, edge_cases, staff_link
from handlers.citizen.dialogue.alarm import raise_alarm
from handlers.citizen.dialogue.drafts import Memory
from handlers.citizen.dialogue.hearing import as_said, attend, go_on, hear, is_private, remember_buttons
from handlers.citizen.dialogue.own_cases import case_view, errands
from handlers.citizen.dialogue.report import attachments, presses
from handlers.citizen.dialogue.steps import DialogueStorage, current_memory
from handlers.citizen.dialogue.together import answer_together, listed
from handlers.citizen.dialogue.turn import Call, Means, Turn
from handlers.citizen.texts import language_of

WEB_BOT_ID = 1
"""The bot of the web chat; Telegram's own have ids of nine digits and more."""


def build_dispatcher() -> Dispatcher:
    """All routers in the order in which they are asked. A fresh tree every time: routers have one parent."""
    dispatcher = Dispatcher(storage=DialogueStorage(), disable_fsm=False)
    dispatcher.include_routers(
        edge_cases.build_first_router(),
        staff_link.build_router(),
        commands.build_router(),
        case_view.build_router(),
        errands.build_router(),
        presses.build_router(),
        attachments.build_router(),
        edge_cases.build_last_router(),
    )
    return dispatcher


class CitizenDialogue:
    """Serves Telegram and the web chat alike."""

    def __init__(
        self,
        services: Services,
        evidence: EvidenceStore,
        conversations: ConversationStore,
        reporters: ReporterStore,
        now: Callable[[], datetime],
        default_language: Language = Language.ZH_HANS,
        transcripts: Transcripts | None = None,
        links: StaffLinks | None = None,
    ) -> None:
        self._means = Means(
            services, evidence, conversations, reporters, now, default_language, transcripts, links
        )
        self._dispatcher = build_dispatcher()

    async def handle(
        self, update: Update, bot: Bot, state: dict[str, Any], *, conversation: str
    ) -> list[Call]:
        """What to answer. `state` is changed in place, or left alone when the answer is an apology.

        Raises StorageUnavailable and whatever is nobody's fault but ours: the update is tried again.
        """
        return await self._handle([update], bot, state, conversation)

    async def handle_turn(
        self, updates: Sequence[Update], bot: Bot, state: dict[str, Any], *, conversation: str
    ) -> list[Call]:
        """The same for several messages of one person that came close together, answered as one.

        Where one of them leads to an apology, each is answered by itself: the others are not forgotten.
        """
        before = dict(state)
        try:
            return await self._handle(updates, bot, state, conversation)
        except DomainError as error:
            if isinstance(error, StorageUnavailable) or len(updates) == 1:
                raise
            state.clear()
            state.update(before)
            return [
                call for update in updates for call in await self._handle([update], bot, state, conversation)
            ]

    async def _handle(
        self, updates: Sequence[Update], bot: Bot, state: dict[str, Any], conversation: str
    ) -> list[Call]:
        update = updates[0]
        try:
            event = update.event
        except UpdateTypeLookupError:
            return []
        memory = Memory.load(state)
        turn = self._turn(update, event, bot, memory, conversation)
        await self._delete_spent(memory)
        await self._learn_language(turn, event)
        before = memory.draft
        given_up = memory.given_up
        token, step = current_memory.set(memory), memory.step
        try:
            calls = await self._answer(turn, updates)
        except StorageUnavailable:
            raise
        except DomainError as error:
            if len(updates) > 1:
                raise
            await raise_alarm(turn, before)
            return _answered(turn, [_refusal(turn, error)])
        finally:
            current_memory.reset(token)
        await raise_alarm(turn, before)
        if given_up is not None and memory.given_up is given_up:
            await self._delete(memory.bury())  # giving up was committed with the update before this one
        remember_buttons(memory, calls, step)
        memory.save(state)
        return _answered(turn, calls)

    async def _answer(self, turn: Turn, updates: Sequence[Update]) -> list[Call]:
        """Danger first; then what is said besides; then the step, with what is left for it."""
        if len(updates) > 1:
            return await answer_together(turn, updates, self._feed)
        update = updates[0]
        if not is_private(update):
            return await self._feed(turn, update)
        await attend(turn, update)
        heard = hear(turn, update)
        if heard.update is None:
            return [*heard.calls, *listed(await go_on(turn, heard))]
        calls = await self._feed(turn, heard.update)
        if heard.quiet:
            return heard.calls
        if heard.pressed:
            calls = [call for call in (as_said(turn, call) for call in calls) if call is not None]
        return [*heard.calls, *calls]

    async def _feed(self, turn: Turn, update: Update) -> list[Call]:
        return _as_calls(await self._dispatcher.feed_update(turn.bot, update, turn=turn))

    def _turn(self, update: Update, event: Any, bot: Bot, memory: Memory, conversation: str) -> Turn:
        user: User | None = getattr(event, "from_user", None)
        spoken = language_of(user.language_code if user else None, self._means.default_language)
        pressed = isinstance(event, CallbackQuery)
        return Turn(
            means=self._means,
            bot=bot,
            conversation=conversation,
            channel=Channel.WEB if bot.id == WEB_BOT_ID else Channel.TELEGRAM,
            update_id=update.update_id,
            chat=_chat_of(event),
            memory=memory,
            language=memory.language or spoken,
            callback=event.id if pressed else None,
        )

    async def _learn_language(self, turn: Turn, event: Any) -> None:
        """Notices come in the language of the chat: remember it once, in private chats only."""
        if turn.memory.language is not None or not _is_private(event):
            return
        turn.memory.language = turn.language
        if turn.language is not self._means.default_language:
            await self._means.conversations.set_language(turn.conversation, turn.language)

    async def _delete_spent(self, memory: Memory) -> None:
        """Files of dropped drafts: deleted one update later, when the dropping is committed."""
        await self._delete(memory.spent)
        memory.spent = []

    async def _delete(self, files: Sequence[str]) -> None:
        for file in files:
            await self._means.evidence.delete(file)


def _is_private(event: Any) -> bool:
    return isinstance(event, Message) and event.chat.type == ChatType.PRIVATE


def _chat_of(event: Any) -> int | None:
    chat: Chat | None = getattr(event, "chat", None)
    if chat is None and isinstance(event, CallbackQuery):
        chat = event.message.chat if event.message is not None else None
    if chat is not None:
        return chat.id
    user: User | None = getattr(event, "from_user", None)
    return user.id if user is not None else None


def _as_calls(response: Any) -> list[Call]:
    if response is None or response is UNHANDLED:
        return []
    return list(response) if isinstance(response, Sequence) else [response]


def _answered(turn: Turn, calls: list[Call]) -> list[Call]:
    """Every button press is answered, or the button would spin."""
    if turn.callback is None or any(isinstance(call, AnswerCallbackQuery) for call in calls):
        return calls
    return [turn.notice(""), *calls]


def _refusal(turn: Turn, error: DomainError) -> Call:
    """The chat's own words where it knows what to do next; else the core's reason."""
    name = f"error-{error.code.replace('_', '-')}"
    return turn.send(turn.say(name)) if turn.say.has(name) else turn.refuse(error)
