"""What a message does is found out before any step takes its words.

Danger is answered first, questions are answered, greetings and insults get a word; only what is left goes on
to the step as story or answer. Words that name a button do what the button does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from aiogram.enums import ChatType
from aiogram.methods import AnswerCallbackQuery, EditMessageText, SendMessage
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message, Update, User

from cases.vocabulary import Language
from classify.acts.act import TO_DEPARTMENT, Act, Understood
from classify.acts.answers import is_noise
from classify.acts.buttons import acts_said
from classify.acts.danger import DangerSign, find_danger
from classify.acts.questions import UNKNOWN, asks_us_something, is_asking, is_matter
from classify.acts.reading import understand as understand_acts
from classify.acts.sayings import REMARKS, find_saying
from handlers.citizen.dialogue.correcting import place_by_itself, take_correction, what_is_wrong
from handlers.citizen.dialogue.drafts import Errand, Item, Memory, OfferedButton, Passage
from handlers.citizen.dialogue.keyboards import Keyboards, MenuButton, act_of
from handlers.citizen.dialogue.own_cases.additions import adds_nothing_yet, listen_for_addition, may_begin
from handlers.citizen.dialogue.own_cases.errands import note_taken
from handlers.citizen.dialogue.report.answers import take_answer
from handlers.citizen.dialogue.report.facts import hear_facts
from handlers.citizen.dialogue.report.filing import add_words, invite, onward, resume
from handlers.citizen.dialogue.report.understanding import report_of
from handlers.citizen.dialogue.steps import ITEM_AT, Asking, OnCase, Telling, name_of_step
from handlers.citizen.dialogue.turn import Call, DangerHeard, Reply, Turn
from handlers.citizen.dialogue.typed import (
    IDENTITY,
    Typed,
    asked_again,
    identity_meant,
    is_story,
    names_the_menu,
    typed,
)
from handlers.citizen.help_lines import help_lines
from handlers.citizen.texts import Html, escaped, texts
from handlers.languages.traditional import chinese_in

POLITE = frozenset({Act.GREETING, Act.THANKS, Act.SMALL_TALK})
SHORT_POLITENESS = 8
"""Characters of politeness that belong to nothing that is added to a case."""
COUNTER = "counter"
COUNTER_TOPICS = frozenset({COUNTER, "person", "cannot_write", "operator", UNKNOWN})
"""What is also answered by where people may come or call, as far as that is known."""
TO_US_ALL_THE_SAME = frozenset(
    {
        "robot",
        "person",
        "language",
        "files",
        "cannot_write",
        "privacy",
        "anonymity",
        "operator",
        "government",
        "who_reads",
    }
)
"""Topics that can only be meant for us, also where words are for the department."""
LED_TO = {
    "own_case": "status",
    "withdraw": "withdraw",
    "erase": "privacy",
    "language": "language",
    "disagree": "disagree",
}
"""Questions that a place of the dialogue answers better than a text."""
LANGUAGES_NAMED = {
    Language.EN: re.compile(r"english|英文|英语|英語"),
    Language.ZH_HANT: re.compile(r"traditional|繁体|繁體|正体|正體"),
    Language.ZH_HANS: re.compile(r"simplified|简体|簡體|普通话|国语|(?<!英)中文|chinese"),
}
NOT_AN_ANSWER = {Telling.place.state: "act-not-a-place", Telling.contact.state: "act-not-a-contact"}
ASKS_AGAIN = (Telling.amount.state, Asking.number.state, OnCase.rate.state)
"""Steps that say themselves what they could not read."""
CORRECTED_BY = ("correct", "back")
DECLINED_BY = ("skip", "nothing", "enough")
"""Buttons that do what somebody means who has no answer."""


class Heard(NamedTuple):
    """`update`: what is left for the step, or None when nothing is."""

    update: Update | None
    calls: list[Call]
    pressed: bool = False
    quiet: bool = False
    """Nothing may follow the calls."""
    reply: tuple[Call, ...] = ()
    """Where the dialogue stands after it, if that is said already."""
    polite: bool = False
    """The calls are worth saying only when nothing else is said."""


def is_private(update: Update) -> bool:
    message = update.message or update.edited_message
    return message is not None and message.chat.type == ChatType.PRIVATE


async def attend(turn: Turn, update: Update) -> None:
    """Danger that is told after filing, by somebody who tells nothing else, is told of what was filed."""
    message = update.message
    words = (message.text or message.caption or "") if message is not None else ""
    if find_danger(words) and not words.startswith("/"):
        await listen_for_addition(turn, words, danger=True)


def hear(turn: Turn, update: Update) -> Heard:
    """Take a message of a private chat apart. Edits and captions are looked at for danger only."""
    message = update.message or update.edited_message
    words = (message.text or message.caption or "") if message is not None else ""
    if update.message is None or not update.message.text or words.startswith("/"):
        alarms = find_danger(words)
        return Heard(update, _answer_danger(turn, alarms, words), quiet=bool(alarms))
    if may_begin(turn) and adds_nothing_yet(words):
        return Heard(_as_press(update, update.message, MenuButton(act="add").pack()), [], pressed=True)
    found = _understand(turn, words)
    if not words.strip():
        return Heard(update, [])
    if found.alarms:
        return _kept_quietly(turn, update.message, found)
    correction = found.correction or what_is_wrong(turn, words) or place_by_itself(turn, words)
    if correction is not None and found.button is None:
        corrected = take_correction(turn, update.message, correction)
        if corrected is not None:
            return Heard(None, [], reply=(corrected,))
        if found.correction is not None and _where_to_correct(turn.memory, found) is None:
            found = found._replace(acts=(Act.STORY,))
    said = found.left or ("" if find_saying(words, REMARKS) else words)
    if found.button is None and said and not found.questions:
        told = hear_facts(turn, said, update.message.message_id)
        if told is not None:
            return Heard(None, _answer_speech(turn, found), reply=(told,))
    return _answer_acts(turn, update, update.message, found)


def _understand(turn: Turn, words: str) -> Understood:
    memory = turn.memory
    offered = [(button.label, button.act) for button in memory.offered]
    step = name_of_step(memory.step, [button.act for button in memory.offered])
    found = understand_acts(words, step, offered, turn.services.filing)
    if step in TO_DEPARTMENT and found.button is None and not _for_us_all_the_same(found):
        guessed = memory.pending is not None and memory.pending.guessed
        if guessed and POLITE.issuperset(found.acts) and len(words) <= SHORT_POLITENESS:
            return found._replace(left="")
        return found._replace(acts=(Act.ANSWER,), left=words, questions=())
    if turn.at(Telling.telling) and Act.OTHER in found.acts and not is_noise(found.left):
        # While an account is told, asking for its domain does not end it.
        return found._replace(acts=tuple(Act.STORY if act is Act.OTHER else act for act in found.acts))
    return Understood((Act.STORY,), left=words) if _is_told_too(turn, step, words, found) else found


def _is_told_too(turn: Turn, step: str, words: str, found: Understood) -> bool:
    """A question that asks nothing, or a remark among the pieces of a story: no word of it is lost."""
    if step not in {"start", "telling", "identity"} or found.alarms or is_noise(words):
        return False
    unknown = found.questions and {q.topic for q in found.questions} == {UNKNOWN}
    unasked = unknown and not (asks_us_something(words) if words.isascii() else is_asking(words))
    if step == "identity":
        return bool(unasked) and identity_meant(words) is not None
    among = turn.gathered is not None and found.acts == (Act.SMALL_TALK,)
    return bool(unasked or among) and not find_saying(words, REMARKS)


def _for_us_all_the_same(found: Understood) -> bool:
    """Where words are for the department, only questions that it cannot answer are put to us."""
    topics = {question.topic for question in found.questions}
    return Act.DECLINE in found.acts or not TO_US_ALL_THE_SAME.isdisjoint(topics)


def _answer_acts(turn: Turn, update: Update, message: Message, found: Understood) -> Heard:
    """Questions and remarks get their word; what is left goes to the step, or counts as a button."""
    pressed = _button_meant(turn.memory, found)
    if found.button is None and not acts_said(found.left).isdisjoint(IDENTITY):
        pressed = None  # 不留名 declines no other question
    if turn.at(Asking.number) and Act.STORY in found.acts:
        turn.go(None)  # whoever tells a story has no number to give
    led = next((LED_TO[q.topic] for q in found.questions if q.topic in LED_TO), None)
    if led is not None and pressed is None and not found.left:
        arg = _language_named(message.text or "") if led == "language" else ""
        return Heard(_as_press(update, message, MenuButton(act=led, arg=arg).pack()), [], pressed=True)
    if Act.DECLINE in found.acts and turn.at(Telling.telling) and turn.memory.draft is not None:
        turn.draft.skip(Item.DOMAIN)  # whoever does not know what kind of matter it is goes on without
        return Heard(None, _answer_speech(turn, found), reply=(onward(turn),))
    if pressed is None and not found.left and names_the_menu(message.text or ""):
        found = Understood((Act.COMMAND,), left=message.text or "")
    meant = typed(turn, found.left) if pressed is None and found.left else None
    if meant is not None:
        return _as_typed(update, message, meant, _answer_speech(turn, found))
    if pressed is None and Act.COMMAND in found.acts and turn.memory.pending is None:
        # It asks for something that is not offered here: nothing is done, and what can be done is shown.
        return Heard(None, _answer_speech(turn, found))
    if turn.memory.step in ASKS_AGAIN and pressed is None and not found.questions and not _is_taken(found):
        return Heard(update, [])
    calls = _answer_speech(turn, found)
    if pressed is not None:
        return Heard(_as_press(update, message, pressed.data), calls, pressed=True)
    if (Act.OTHER in found.acts or Act.STORY in found.acts) and not is_story(turn, found.left):
        return Heard(None, calls, reply=(asked_again(turn),))
    if Act.OTHER in found.acts or (Act.DECLINE in found.acts and turn.memory.pending is None):
        said = turn.say(NOT_AN_ANSWER.get(turn.memory.step or "", "act-not-an-answer"))
        if may_begin(turn):
            return Heard(None, [*calls, turn.send(said)])
        call = resume(turn)
        if isinstance(call, SendMessage):
            call.text = Html(f"{said}\n\n{call.text}")
        return Heard(None, calls, reply=(call,))
    if not found.left:
        return Heard(None, calls, polite=not found.questions)
    if Act.STORY in found.acts and turn.memory.step in ITEM_AT and turn.memory.draft is not None:
        return Heard(None, calls, reply=_tell_more(turn, message, found.left))
    if found.left == message.text:
        return Heard(update, calls)
    left = message.model_copy(update={"text": found.left, "entities": None})
    return Heard(update.model_copy(update={"message": left}), calls)


def _as_typed(update: Update, message: Message, meant: Typed, calls: list[Call]) -> Heard:
    if meant.press:
        return Heard(_as_press(update, message, meant.press), calls, pressed=True)
    return Heard(None, calls, reply=meant.reply)


def _is_taken(found: Understood) -> bool:
    """Something was said that these steps need not see."""
    return bool({Act.ANSWER, Act.STORY, Act.INSULT, Act.THANKS, Act.GREETING} & set(found.acts))


def _button_meant(memory: Memory, found: Understood) -> OfferedButton | None:
    """The button named, or the one that does what an answer like 忘了 means."""
    if found.button is not None:
        return memory.offered[found.button]
    if Act.DECLINE not in found.acts or memory.pending is not None:
        return _where_to_correct(memory, found)
    return next((button for button in memory.offered if button.act in DECLINED_BY), None)


def _where_to_correct(memory: Memory, found: Understood) -> OfferedButton | None:
    """For who says that something is wrong and not what: where it can be put right."""
    if found.correction is None or found.correction.new or memory.pending is not None:
        return None
    if is_matter(found.left):
        return None  # it may be told, and is not lost
    return next((button for button in memory.offered if button.act in CORRECTED_BY), None)


def _tell_more(turn: Turn, message: Message, words: str) -> tuple[Call, ...]:
    """Something told instead of the answer: it joins the account, and what is still open is asked."""
    before = turn.draft.size
    reply = add_words(turn, message.message_id, words, message)
    if turn.draft.size == before or turn.draft.correcting:
        return tuple(reply) if isinstance(reply, list) else (reply,) if reply is not None else ()
    return (onward(turn),)


def _kept_quietly(turn: Turn, message: Message, found: Understood) -> Heard:
    """The words are kept for the report, and nothing is asked now: the answer to danger stands alone."""
    words, pending = message.text or "", turn.memory.pending
    calls = _answer_danger(turn, found.alarms, words)
    if pending is not None:
        pending.notes.append(Passage(message=message.message_id, text=words))
        return Heard(None, calls, quiet=True)
    if ITEM_AT.get(turn.memory.step) is Item.WISH and take_answer(turn, Item.WISH, words) is None:
        turn.draft.answer(Item.WISH, message.message_id)
    else:
        turn.draft.parts.append(Passage(message=message.message_id, text=words))
    turn.draft.correcting = False
    turn.go(Telling.telling)
    return Heard(None, calls, quiet=True)


async def go_on(turn: Turn, heard: Heard) -> Reply:
    """After a message that held nothing for the step: the open question again, or what to write."""
    if heard.quiet or heard.reply:
        return list(heard.reply)
    draft, pending = turn.memory.draft, turn.memory.pending
    if pending is not None and pending.errand is Errand.SUPPLEMENT and (pending.notes or pending.evidence):
        return note_taken(turn, pending)
    if draft is not None and (draft.size or draft.evidence):
        return resume(turn)
    return None if heard.calls else await invite(turn)


def _answer_danger(turn: Turn, alarms: Sequence[DangerSign], words: str) -> list[Call]:
    """To somebody in danger: who helps now, and that the report goes on. Its case will be urgent."""
    if not alarms:
        return []
    turn.dangers.append(DangerHeard(turn.update_id, tuple(alarm.kind.value for alarm in alarms), words))
    if turn.memory.pending is None:
        turn.draft.danger = True
    danger = alarms[0].kind
    name = f"danger-{danger.value.replace('_', '-')}"
    return [turn.send(turn.say(name, lines=help_lines([alarm.kind for alarm in alarms], turn.language)))]


def _answer_speech(turn: Turn, found: Understood) -> list[Call]:
    """What is said to questions, and to remarks that stand alone."""
    if found.questions:
        topics = dict.fromkeys(question.topic for question in found.questions)
        answers = [turn.say(_answer_to(topic)) for topic in topics]
        places = "" if COUNTER_TOPICS.isdisjoint(topics) else _counters(turn)
        if places or COUNTER in topics:
            told = turn.say("counters-told", lines=places) if places else turn.say("counters-not-set")
            answers[-1] = Html(f"{answers[-1]}\n\n{told}")
        return [turn.send(answer) for answer in answers]
    if found.left or found.button is not None:
        return []
    for act in (Act.INSULT, Act.THANKS, Act.SMALL_TALK):
        if act in found.acts and (act is not Act.SMALL_TALK or may_begin(turn)):
            return [turn.send(turn.say(f"act-{act.value.replace('_', '-')}"))]
    return []


def _counters(turn: Turn) -> str:
    """Where people may come or call, one place a line, as far as it is set; what is near comes first."""
    known, draft = turn.services.rules.jurisdictions, turn.memory.draft
    places = {j.name: j.counter for j in known.all()}
    if draft is not None and draft.size:
        to = turn.services.filing.preview(report_of(turn, draft)).routing
        department, here = known.department(to.department), known.get(to.jurisdiction)
        near = {department.title: department.counter, here.name: here.counter}
        places = near if any(near.values()) else places
    told = (f"{name}：{counter.words}" for name, counter in places.items() if counter is not None)
    return "\n".join(chinese_in(turn.language, line) for line in told)


def _language_named(words: str) -> str:
    """The language that somebody asks for by its name; empty where a choice must be shown."""
    plain = words.lower()
    named = {language.value for language, way in LANGUAGES_NAMED.items() if way.search(plain)}
    return named.pop() if len(named) == 1 else ""


def _answer_to(topic: str) -> str:
    return "act-question-unknown" if topic == UNKNOWN else f"faq-{topic.replace('_', '-')}"


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


def remember_buttons(memory: Memory, calls: list[Call], step: str | None = None) -> None:
    """The buttons of the newest message are those that words can name; a message without any ends them.

    Not where the same question is still open as before (`step`): a word about a file takes none away.
    Words can also name what a button would only open: 更正地区 need not be listed first.
    """
    sent = [call for call in calls if isinstance(call, SendMessage | EditMessageText)]
    if not sent:
        return
    markup = sent[-1].reply_markup
    if markup is None and step is not None and step == memory.step:
        return
    memory.offered = buttons_of(markup)
    if memory.draft is not None and any(button.act == "correct" for button in memory.offered):
        keys = Keyboards(texts(memory.language or Language.ZH_HANS))
        listed = buttons_of(keys.corrections(memory.draft))
        memory.offered += [button for button in listed if button.act != "back"]


def buttons_of(markup: object) -> list[OfferedButton]:
    """Those that do something here, in reading order."""
    rows = markup.inline_keyboard if isinstance(markup, InlineKeyboardMarkup) else []
    return [
        OfferedButton(label=key.text, data=key.callback_data, act=act_of(key.callback_data))
        for row in rows
        for key in row
        if key.callback_data
    ]
