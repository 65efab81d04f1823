"""One update being handled: who, where, in which language, and what the chat remembers.

Handlers get a `Turn`, change its memory and return what to send; they send nothing themselves.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from aiogram import Bot
from aiogram.fsm.state import State
from aiogram.methods import AnswerCallbackQuery, EditMessageReplyMarkup, SendMessage, TelegramMethod
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, LinkPreviewOptions, Message

from cases.errors import DomainError
from cases.ports.conversations import ConversationStore, Transcripts
from cases.ports.evidence import EvidenceStore
from cases.ports.reporters import ReporterStore
from cases.service.services import Services
from cases.service.staff.links import StaffLinks
from cases.vocabulary import Channel, Language
from handlers.citizen.dialogue.drafts import Draft, Memory
from handlers.citizen.dialogue.steps import STEP_OF, STEPS
from handlers.citizen.texts import Html, Texts, escaped, texts
from handlers.languages.refusals import say_reason

Call = TelegramMethod[Any]
Reply = Call | list[Call] | None

HTML = "HTML"
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


@dataclass(frozen=True, slots=True)
class Means:
    """What the dialogue works with; given once by the composition root."""

    services: Services
    evidence: EvidenceStore
    conversations: ConversationStore
    reporters: ReporterStore
    now: Callable[[], datetime]
    default_language: Language = Language.ZH_HANS
    transcripts: Transcripts | None = None
    """Where the web chat's lines lie, so that erasing can reach them."""
    links: StaffLinks | None = None
    """Ties chats of staff to their accounts; None where there is no Telegram."""


class DangerHeard(NamedTuple):
    """A message in which danger was heard."""

    update: int
    kinds: tuple[str, ...]
    text: str


@dataclass(slots=True)
class Turn:
    means: Means
    bot: Bot
    conversation: str
    channel: Channel
    update_id: int
    chat: int | None
    memory: Memory
    language: Language
    callback: str | None = None
    """Id of the button press being answered, if it is one."""
    moves: int = field(default=0)
    dangers: list[DangerHeard] = field(default_factory=list)
    """Messages of this turn in which danger was heard; a person of ours is told of each."""
    note: Html | None = None
    """Said above whatever is said next: what followed from an answer."""
    gathered: list[Message] | None = None
    """Words for the step that are answered together, at the end; None when each is answered by itself."""

    @property
    def services(self) -> Services:
        return self.means.services

    @property
    def say(self) -> Texts:
        return texts(self.language)

    @property
    def draft(self) -> Draft:
        """The draft, begun if there is none."""
        if self.memory.draft is None:
            self.memory.draft = Draft()
        return self.memory.draft

    def now(self) -> datetime:
        return self.means.now()

    def key(self) -> str:
        """Idempotency key of the next case move of this update."""
        self.moves += 1
        return f"{self.conversation}:{self.update_id}:{self.moves}"

    def go(self, step: State | None) -> None:
        self.memory.step = step.state if step is not None else None

    def at(self, *steps: State) -> bool:
        return self.memory.step in {step.state for step in steps}

    def send(self, text: Html, buttons: InlineKeyboardMarkup | None = None) -> SendMessage:
        if self.note is not None:
            text, self.note = Html(f"{self.note}\n\n{text}"), None
        return SendMessage.model_construct(
            chat_id=self.chat or 0,
            text=text,
            parse_mode=HTML,
            link_preview_options=NO_PREVIEW,
            reply_markup=buttons,
        )

    def refuse(self, error: DomainError) -> SendMessage:
        """Why something was not done, in the language of the chat."""
        return self.send(escaped(say_reason(error, self.language)))

    def at_step(self, asks: str, text: Html) -> Html:
        """The text with where one is above it. A page of our own says it beside the input box instead."""
        if self.channel is Channel.WEB:
            return text
        where = self.say("step-of", step=STEP_OF[asks], steps=STEPS)
        return Html(f"<i>{where}</i>\n{text}")

    def put_away(self, press: CallbackQuery, reply: Reply) -> Reply:
        """The reply, and the pressed message without its buttons if the press led anywhere."""
        calls = reply if isinstance(reply, list) else [reply] if reply is not None else []
        if not isinstance(press.message, Message) or not any(isinstance(c, SendMessage) for c in calls):
            return reply
        chat, message = press.message.chat.id, press.message.message_id
        return [EditMessageReplyMarkup(chat_id=chat, message_id=message), *calls]

    def notice(self, text: str, *, alert: bool = False) -> AnswerCallbackQuery:
        """The answer to a button press, as plain text (at most 200 characters)."""
        return AnswerCallbackQuery.model_construct(
            callback_query_id=self.callback or "", text=text[:200], show_alert=alert
        )
