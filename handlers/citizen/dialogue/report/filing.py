"""From the first words to a case: collecting, asking, summing up, confirming.

Translates messages and buttons into changes of the draft; the case itself is made by `Services.file`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta

from aiogram.types import Message

from cases.numbers import show_receipt
from cases.service.filing import Filed
from cases.service.intake import Promise
from cases.text_lengths import LONGEST_COMPLAINT, LONGEST_WISH
from cases.vocabulary import ClockKind
from handlers.citizen.dialogue.drafts import Draft, Item, Passage
from handlers.citizen.dialogue.giveaways import named_pieces
from handlers.citizen.dialogue.keyboards import Keyboards
from handlers.citizen.dialogue.own_cases.additions import (
    Adds,
    is_complaint,
    listen_for_addition,
    sounds_added,
)
from handlers.citizen.dialogue.own_cases.errands import add_note
from handlers.citizen.dialogue.report.answers import take_answer
from handlers.citizen.dialogue.report.matters import keep_who, offer_next
from handlers.citizen.dialogue.report.promised_times import promised
from handlers.citizen.dialogue.report.understanding import (
    ask,
    describe,
    is_elsewhere,
    is_outside,
    next_missing,
    read,
    report_of,
    show_overview,
    understand,
)
from handlers.citizen.dialogue.steps import ITEM_AT, Telling
from handlers.citizen.dialogue.turn import Call, Reply, Turn
from handlers.citizen.texts import Html, length, shorten

FILINGS_A_DAY = 10
_SHORT = 40
"""Characters of an answer that comes in pieces."""
_LIKELY_CUT = 4000
"""A message this long was probably cut by the messenger: the next one continues it."""


_HOW = re.compile(
    r"^\s*(?:我要|我想|本人)?(?P<how>匿名|实名|實名)(?:投诉|举报|反映|投訴|舉報)[：:，,。\s]+(?=.)"
)
"""How somebody complains, said in front of what is complained about."""


# -- words ----------------------------------------------------------------------------------------
async def tell(message: Message, turn: Turn) -> Reply:
    """Any text: begins a draft, continues it, or answers the question asked."""
    if turn.gathered is not None:
        turn.gathered.append(message)
        return None
    item = ITEM_AT.get(turn.memory.step)
    if item is not None and turn.memory.draft is not None:
        return after_answer(turn, item, message.text or "", message.message_id)
    return await _begin_or_add(turn, message)


async def _begin_or_add(turn: Turn, message: Message) -> Reply:
    """More of the account; or, where none is being told, what belongs to a case that was filed."""
    await listen_for_addition(turn, message.text or "")
    if turn.memory.pending is not None:
        return await add_note(message, turn)
    return add_words(turn, message.message_id, message.text or "", message)


async def tell_together(turn: Turn, messages: Sequence[Message]) -> Reply:
    """Several texts as one: the answer to what was asked, then the account; said once where we are."""
    reply: Reply = None
    item = ITEM_AT.get(turn.memory.step) if turn.memory.draft is not None else None
    answers = _answers_among(item, messages) if item is not None else []
    if item is not None and answers:
        words = "".join(message.text or "" for message in answers)
        reply = after_answer(turn, item, words, answers[0].message_id)
    for message in messages[len(answers) :]:
        reply = await _begin_or_add(turn, message)
    return reply


def _answers_among(item: Item, messages: Sequence[Message]) -> Sequence[Message]:
    """All of them when they are short enough for one answer, else the first."""
    together = sum(len(message.text or "") for message in messages)
    return messages if together <= (LONGEST_WISH if item is Item.WISH else _SHORT) else messages[:1]


async def invite(turn: Turn) -> Call:
    """Answer a greeting: what to write, and the citizen's open cases for those who came to ask."""
    own = [case for case in await turn.services.own_cases.list_of(turn.conversation) if case.is_open]
    if not own:
        return turn.send(turn.say("greeting"))
    return turn.send(turn.say("greeting-own"), Keyboards(turn.say).cases(own[:5], "open"))


def add_words(turn: Turn, message_id: int, words: str, message: Message | None = None) -> Reply:
    """Append to the account and show where we are."""
    draft = turn.draft
    if draft.size + len(words) > LONGEST_COMPLAINT:
        return turn.send(turn.say("too-long", limit=str(LONGEST_COMPLAINT)))
    if message is not None and message.forward_origin is not None:
        words = turn.say.plain("forwarded") + "\n" + words
    if draft.may_add_to and sounds_added(words) is Adds.NO and is_complaint(turn, words):
        draft.may_add_to = []  # told meanwhile, and it stands by itself
    if not draft.size and (how := _HOW.match(words)):
        draft.named, words = how["how"] != "匿名", words[how.end() :]
    draft.parts.append(Passage(message=message_id, text=words))
    if length(words) >= _LIKELY_CUT:
        turn.go(Telling.telling)
        text = turn.say("long-received", count=str(draft.size))
        return turn.send(text, Keyboards(turn.say).more_text(draft))
    return resume(turn)


def after_answer(turn: Turn, item: Item, words: str, message_id: int) -> Reply:
    problem = take_answer(turn, item, words.strip())
    if problem is not None:
        return problem
    turn.draft.answer(item, message_id)
    return onward(turn)


def resume(turn: Turn) -> Call:
    """Say again where the dialogue stands."""
    step = turn.memory.step
    if step == Telling.evidence.state:
        return ask_evidence(turn)
    if step == Telling.identity.state:
        return ask_identity(turn)
    if step == Telling.summary.state:
        return show_summary(turn)
    item = ITEM_AT.get(step)
    return ask(turn, item) if item is not None else show_overview(turn)


def onward(turn: Turn) -> Call:
    """After an answer: back to the overview if it was a correction, otherwise the next question."""
    draft = turn.draft
    if draft.correcting:
        draft.correcting = False
        return show_overview(turn)
    seen = understand(turn, draft)
    if is_outside(draft, seen) or is_elsewhere(turn, draft, seen):
        return show_overview(turn)
    item = next_missing(turn, draft, seen)
    if item is not None:
        return ask(turn, item)
    return after_questions(turn)


def after_questions(turn: Turn) -> Call:
    draft = turn.draft
    if draft.named is None:
        return ask_identity(turn)
    for item, value in ((Item.NAME, draft.name), (Item.CONTACT, draft.contact)):
        if draft.named and value is None and item not in draft.skipped:
            return ask(turn, item)
    return show_summary(turn) if draft.evidence_done else ask_evidence(turn)


def ask_identity(turn: Turn) -> Call:
    turn.go(Telling.identity)
    text = turn.at_step("anonymous", turn.say("ask-identity"))
    return turn.send(text, Keyboards(turn.say).identity(turn.draft))


def ask_evidence(turn: Turn) -> Call:
    turn.go(Telling.evidence)
    name = "ask-more-evidence" if turn.draft.evidence else "ask-evidence"
    text = turn.at_step("nothing", turn.say(name, count=len(turn.draft.evidence)))
    return turn.send(text, Keyboards(turn.say).evidence(turn.draft))


# -- summary and filing ---------------------------------------------------------------------------
def show_summary(turn: Turn) -> Call:
    draft, say = turn.draft, turn.say
    turn.go(Telling.summary)
    report = report_of(turn, draft)
    seen = turn.services.filing.preview(report)
    if is_elsewhere(turn, draft, seen.complaint):
        return show_overview(turn)
    pieces = turn.services.filing.telling_pieces(report)
    text = say(
        "summary",
        words=shorten(seen.complaint.text, 500),
        lines=describe(say, draft, seen.complaint, unknown=False),
        identity=say("identity-named", who=_who(draft)) if _who(draft) else say("identity-anonymous"),
        department=seen.routing.department_name,
        promises=promised(say, _kept(turn, seen.complaint.region_code, seen.promises)),
    )
    if note := _of_the_dates(turn, seen.complaint.region_code, triage=seen.routing.triage):
        text = Html(f"{text}\n\n{note}")
    if pieces:
        name = "giveaways-masked" if draft.masks else "giveaways-shown"
        text = Html(f"{say(name, found=named_pieces(say, pieces))}\n\n{text}")
    return turn.send(turn.at_step("confirm", text), Keyboards(say).summary(draft, tells=bool(pieces)))


def _kept(turn: Turn, region: str | None, promises: Sequence[Promise]) -> Sequence[Promise]:
    """What can be promised: of what is only registered, that the desk answers, not that it is handled."""
    elsewhere = turn.services.rules.jurisdictions.is_elsewhere(region)
    return [promise for promise in promises if not elsewhere or promise.kind is ClockKind.ACCEPT]


def _of_the_dates(turn: Turn, region: str | None, *, triage: bool) -> str:
    """What the dates mean where nobody competent is known yet."""
    if turn.services.rules.jurisdictions.is_elsewhere(region):
        return turn.say("record-note")
    return turn.say("triage-note") if region is None and triage else ""


def _who(draft: Draft) -> str:
    given = (draft.name, draft.contact) if draft.named else ()
    return "，".join(shorten(value, 80) for value in given if value)


async def confirm(turn: Turn) -> Reply:
    """File what was shown; what another version of the service read is read again and shown first."""
    draft, memory, say = turn.draft, turn.memory, turn.say
    since = turn.now() - timedelta(days=1)
    if sum(1 for filed in memory.filed if filed.at > since) >= FILINGS_A_DAY:
        return turn.send(say("too-many-filings", limit=FILINGS_A_DAY))
    shown = draft.reading
    if shown is not None and read(turn, draft) != shown.found:
        return show_summary(turn)
    report = report_of(turn, draft)
    filed = await turn.services.filing.file(report, key=draft.id, conversation=turn.conversation)
    missing = len(memory.files_awaited_by(draft.id))
    keep_who(turn, draft)
    memory.hand_over(draft, filed.case.number, turn.now())
    said: list[Call] = [turn.notice(say.plain("filed-notice", number=filed.case.number))]
    if missing:
        said.append(turn.send(say("filed-without", number=filed.case.number, count=missing)))
    return [*said, show_filed(turn, filed), *offer_next(turn)]


def show_filed(turn: Turn, filed: Filed) -> Call:
    say, case = turn.say, filed.case
    name = case.department_name
    text = say(
        "filed",
        number=case.number,
        receipt=show_receipt(filed.receipt),
        department=say("department-empty", department=name) if case.stalled else name,
        promises=promised(say, _kept(turn, case.complaint.region_code, filed.promises)),
    )
    if note := _of_the_dates(turn, case.complaint.region_code, triage=case.routing.triage):
        text = Html(f"{text}\n\n{note}")
    return turn.send(text, Keyboards(say).case(case.number, ["open", "supplement", "noted"]))
