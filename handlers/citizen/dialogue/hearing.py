"""What a message does is found out before any step takes its words.

Danger is answered first, questions are answered, greetings and insults get a word; only what is left goes on
to the step as story or answer. Words that name a button do what the button does.
"""

from __future__ import annotations

from typing import NamedTuple

from aiogram.enums import ChatType
from aiogram.methods import AnswerCallbackQuery, EditMessageText, SendMessage
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message, Update, User

from classify.acts.buttons import find_button
from classify.acts.corrections import Correction, find_correction
from classify.acts.danger import find_danger
from classify.acts.speech import Saying, Speech, read_speech
from handlers.citizen.dialogue.drafts import Draft, Item, Memory, OfferedButton, Passage
from handlers.citizen.dialogue.keyboards import Keyboards, MenuButton
from handlers.citizen.dialogue.report.answers import take_answer
from handlers.citizen.dialogue.report.filing import invite, resume, show_summary
from handlers.citizen.dialogue.report.understanding import show_overview, understand
from handlers.citizen.dialogue.steps import ITEM_AT, Telling
from handlers.citizen.dialogue.turn import Call, Reply, Turn
from handlers.citizen.help_lines import help_lines
from handlers.citizen.texts import escaped

LED_TO = {
    "own_case": "status",
    "withdraw": "withdraw",
    "erase": "privacy",
    "language": "language",
}
"""Questions that a place of the dialogue answers better than a text."""


class Heard(NamedTuple):
    """`update`: what is left for the step, or None when nothing is."""

    update: Update | None
    calls: list[Call]
    speech: Speech | None = None
    pressed: bool = False
    quiet: bool = False
    """Nothing may follow the calls."""


def is_private(update: Update) -> bool:
    message = update.message or update.edited_message
    return message is not None and message.chat.type == ChatType.PRIVATE


def hear(turn: Turn, update: Update) -> Heard:
    """Take a message of a private chat apart. Edits and captions are looked at for danger only."""
    message = update.message or update.edited_message
    words = (message.text or message.caption or "") if message is not None else ""
    alarms = _answer_danger(turn, words)
    if update.message is None or not update.message.text or words.startswith("/"):
        return Heard(update, alarms)
    if alarms and turn.memory.pending is None and turn.memory.step not in ITEM_AT:
        return _kept_quietly(turn, update.message, alarms)
    button = _named_button(turn.memory, words)
    if button is not None:
        return Heard(_as_press(update, update.message, button.data), alarms, pressed=True)
    if turn.memory.pending is not None:  # these words are for the department
        return Heard(update, alarms)
    corrected = _take_correction(turn, update.message, words)
    if corrected is not None:
        return Heard(None, [*alarms, corrected], quiet=True)
    speech = read_speech(words)
    if not speech.sayings and not speech.questions and not speech.asks:
        return Heard(update, alarms)
    led = next((LED_TO[question.topic] for question in speech.questions if question.topic in LED_TO), None)
    if led is not None and not speech.story:
        return Heard(_as_press(update, update.message, MenuButton(act=led).pack()), alarms, pressed=True)
    calls = [*alarms, *_answer_speech(turn, speech)]
    no_answer = speech.asks and not speech.questions and turn.memory.step in ITEM_AT
    if not speech.story or no_answer:
        if no_answer:
            calls.append(turn.send(turn.say("act-not-an-answer")))
        return Heard(None, calls, speech)
    button = _named_button(turn.memory, speech.story)
    if button is not None:
        return Heard(_as_press(update, update.message, button.data), calls, pressed=True)
    if speech.story == words:
        return Heard(update, calls, speech)
    left = update.message.model_copy(update={"text": speech.story, "entities": None})
    return Heard(update.model_copy(update={"message": left}), calls, speech)


def _kept_quietly(turn: Turn, message: Message, alarms: list[Call]) -> Heard:
    """The words are kept for the report, and nothing is asked now: the answer to danger stands alone."""
    turn.draft.parts.append(Passage(message=message.message_id, text=message.text or ""))
    turn.go(Telling.telling)
    return Heard(None, alarms, quiet=True)


async def go_on(turn: Turn, heard: Heard) -> Reply:
    """After a message that held nothing for the step: the open question again, or what to write."""
    if heard.quiet:
        return None
    draft = turn.memory.draft
    if draft is not None and (draft.size or draft.evidence):
        return resume(turn)
    return None if heard.calls else await invite(turn)


def _take_correction(turn: Turn, message: Message, words: str) -> Call | None:
    """不是城东区，是城西区: the item is set right in the draft, and shown again."""
    draft = turn.memory.draft
    found = find_correction(words) if draft is not None and draft.size else None
    if draft is None or found is None:
        return None
    item = Item(found.item) if found.item else _item_meant(turn, draft, found)
    if item is None:
        return None
    problem = take_answer(turn, item, found.new)
    if problem is not None:
        return problem
    draft.correcting = False
    draft.answer(item, message.message_id)
    return show_summary(turn) if turn.at(Telling.summary) else show_overview(turn)


def _item_meant(turn: Turn, draft: Draft, found: Correction) -> Item | None:
    """The item whose shown value is taken back, else what the new one can be."""
    seen = understand(turn, draft)
    if seen.accused and found.old in seen.accused.name:
        return Item.ACCUSED
    if seen.region_name and found.old in seen.region_name:
        return Item.PLACE
    if turn.services.filing.read_amount(found.new) is not None:
        return Item.AMOUNT
    return Item.PLACE if turn.services.filing.read_place(found.new) else None


def _answer_danger(turn: Turn, words: str) -> list[Call]:
    """To somebody in danger: who helps now, and that the report goes on. Its case will be urgent."""
    alarms = find_danger(words)
    if not alarms:
        return []
    if turn.memory.pending is None:
        turn.draft.danger = True
    danger = alarms[0].kind
    name = f"danger-{danger.value.replace('_', '-')}"
    return [turn.send(turn.say(name, lines=help_lines(danger, turn.language)))]


def _answer_speech(turn: Turn, speech: Speech) -> list[Call]:
    """What is said to questions, and to sayings that stand alone."""
    if speech.questions:
        return [_answer_question(turn, question.topic) for question in speech.questions]
    if speech.story:
        return []
    for saying in (Saying.INSULT, Saying.THANKS):
        if saying in speech.sayings:
            return [turn.send(turn.say(f"act-{saying.value}"))]
    return []


def _answer_question(turn: Turn, topic: str) -> Call:
    """Whoever disagrees with an answer gets both ways at once: rating it, and asking for a review."""
    buttons = Keyboards(turn.say).menu("rate", "review") if topic == "disagree" else None
    return turn.send(turn.say(f"faq-{topic.replace('_', '-')}"), buttons)


def _named_button(memory: Memory, words: str) -> OfferedButton | None:
    place = find_button(words, [(button.label, button.act) for button in memory.offered])
    return memory.offered[place] if place is not None else None


def _as_press(update: Update, message: Message, data: str) -> Update:
    """The same update as if a button had been pressed."""
    user = message.from_user or User(id=message.chat.id, is_bot=False, first_name="")
    press = CallbackQuery(id="said", from_user=user, chat_instance="", data=data)
    return Update(update_id=update.update_id, callback_query=press)


def as_said(turn: Turn, call: Call) -> Call | None:
    """An answer to a press that was none: its notice becomes a message, an empty one nothing."""
    if not isinstance(call, AnswerCallbackQuery):
        return call
    return turn.send(escaped(call.text)) if call.text and call.show_alert else None


def remember_buttons(memory: Memory, calls: list[Call]) -> None:
    """The buttons of the newest message are those that words can name; a message without any ends them."""
    sent = [call for call in calls if isinstance(call, SendMessage | EditMessageText)]
    if not sent:
        return
    markup = sent[-1].reply_markup
    rows = markup.inline_keyboard if isinstance(markup, InlineKeyboardMarkup) else []
    memory.offered = [
        OfferedButton(label=key.text, data=key.callback_data, act=_act_of(key.callback_data))
        for row in rows
        for key in row
        if key.callback_data
    ]


def _act_of(data: str) -> str:
    """`d:draft:fix:place` does fix-place, `m:status:` does status."""
    prefix, *fields = data.split(":")
    act, arg = (fields[0], "") if prefix == "m" else (fields[1], fields[2] if len(fields) > 2 else "")
    told_apart = act in {"fix", "responded", "solved", "satisfied"}
    return f"{act}-{arg}" if told_apart and arg else act
