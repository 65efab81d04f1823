"""A case as the one who filed it sees it: status in words, dates, answer, and what can be done now."""

from __future__ import annotations

from aiogram import F, Router
from aiogram.filters import Filter, StateFilter
from aiogram.methods import EditMessageText
from aiogram.types import CallbackQuery, Message

from cases.errors import NotFound
from cases.lifecycle.table import MOVES
from cases.model import Case, HistoryEntry, OpinionLetter
from cases.numbers import parse_number, parse_receipt
from cases.vocabulary import Move
from handlers.citizen.dialogue.drafts import Errand
from handlers.citizen.dialogue.keyboards import CaseButton, Keyboards
from handlers.citizen.dialogue.own_cases.errands import MOVE_OF, begin_errand
from handlers.citizen.dialogue.own_cases.proofs import PROOFS, send_proof
from handlers.citizen.dialogue.own_cases.receipts import open_with_receipt
from handlers.citizen.dialogue.steps import Asking, Telling
from handlers.citizen.dialogue.turn import HTML, Call, Reply, Turn
from handlers.citizen.texts import Html, escaped, shorten, split_text

_COURSE = 8
_NOT_BEGUN = frozenset(Move) - {Move.TRANSFER, Move.REQUEST_EXTENSION}
"""Stalled steps the citizen waits for; in the others the department that has the case goes on."""
_FREE_ANSWERS = frozenset({Telling.name.state, Telling.contact.state, Telling.amount.state})
"""Questions whose answer may well be sixteen digits."""


class Reference(Filter):
    """A message that is nothing but a case number or a receipt."""

    async def __call__(self, message: Message, turn: Turn) -> bool | dict[str, str]:
        if turn.memory.step in _FREE_ANSWERS or not message.text or len(message.text) > 60:
            return False
        receipt = parse_receipt(message.text)
        if receipt is not None:
            return {"receipt": receipt}
        number = parse_number(message.text)
        return {"number": number} if number is not None else False


async def open_reference(message: Message, turn: Turn, number: str = "", receipt: str = "") -> Reply:
    """Open the case that a typed number or receipt names."""
    return await open_named(turn, number, receipt)


async def open_named(turn: Turn, number: str, receipt: str) -> Reply:
    if turn.at(Asking.number):
        turn.go(None)
    if receipt:
        opened = await open_with_receipt(turn, receipt)
        return show_case(turn, opened) if isinstance(opened, Case) else opened
    case = await find_own(turn, number)
    return (
        show_case(turn, case) if case is not None else turn.send(turn.say("number-not-yours", number=number))
    )


async def find_own(turn: Turn, number: str) -> Case | None:
    """The case if this chat filed or adopted it."""
    try:
        return await turn.services.own_cases.get(number, turn.conversation)
    except NotFound:
        return None


# -- one case -------------------------------------------------------------------------------------
def show_case(turn: Turn, case: Case) -> Call:
    say = turn.say
    lines = [
        say(
            "case",
            number=case.number,
            status=say(f"status-{case.status.value}"),
            meaning=_meaning(turn, case),
            filed=say.date(case.filed_at),
            domain=say.named("domain", case.complaint.domain),
            department=case.department_name,
        ),
        *([say("case-merged", into=case.merged_into)] if case.merged_into else []),
        *_dates(turn, case),
        *_course(turn, case),
    ]
    return turn.send(Html("\n".join(lines)), Keyboards(say).case(case.number, acts_for(turn, case)))


def _meaning(turn: Turn, case: Case) -> Html:
    """What the status means for this case: what can still be asked for, and whether anybody is at it."""
    say, name = turn.say, f"status-{case.status.value}-means"
    if case.stalled is not None and case.stalled.step in _NOT_BEGUN:
        return say("case-stalled", department=case.stalled.department_name)
    asked_again = {spec.move for spec in turn.services.own_cases.offers(case)} & MOVE_OF[Errand.REVIEW]
    if say.has(f"{name}-final") and Move.ASK_FINAL_REVIEW in asked_again:
        return say(f"{name}-final")
    return say(name if asked_again or not say.has(f"{name}-last") else f"{name}-last")


def _dates(turn: Turn, case: Case) -> list[Html]:
    say = turn.say
    lines = []
    for clock in case.clocks:
        if not clock.running and clock.paused_at is None:
            continue
        kind = clock.kind if say.has(f"clock-{clock.kind}") else "other"
        name = f"clock-{kind}" if clock.paused_at is None else "clock-paused"
        unplaced = case.routing.triage and case.complaint.region_code is None
        day = say.date(clock.due_at) + (say("provisional") if clock.provisional or unplaced else "")
        lines.append(say(name, day=day))
    return lines


def _course(turn: Turn, case: Case) -> list[Html]:
    """The last steps the citizen may see, in the order they happened."""
    told = [entry for entry in case.history if _is_told(entry)][-_COURSE:]
    lines = [turn.say("course-line", day=turn.say.date(e.at), what=_past(turn, e)) for e in told]
    return [turn.say("course"), *lines] if lines else []


def _is_told(entry: HistoryEntry) -> bool:
    spec = MOVES.get(Move(entry.move)) if entry.move in set(Move) else None
    return spec is not None and spec.told


def _past(turn: Turn, entry: HistoryEntry) -> Html:
    """Messages are shown with their words; everything else by its name."""
    name = f"past-{entry.move.replace('_', '-')}"
    if entry.move == Move.WRITE:
        name += "-citizen" if entry.actor.id is None else "-staff"
        return turn.say(name, words=shorten(entry.note or "", 200))
    return turn.say(name if turn.say.has(name) else "past-other")


FINAL_REVIEW = "final-review"
ERRANDS = (Errand.SUPPLEMENT, Errand.WRITE, Errand.ACCUSE, Errand.RATE, Errand.REVIEW, Errand.WITHDRAW)
"""In the order of their buttons, which carry the errand's value."""


def acts_for(turn: Turn, case: Case) -> list[str]:
    """Button names of what the citizen can do with the case now."""
    moves = {spec.move for spec in turn.services.own_cases.offers(case)}
    acts = ["answer"] if case.letters else []
    acts += [_act(errand, moves) for errand in ERRANDS if moves & MOVE_OF[errand]]
    provable = turn.services.proofs is not None and case.anonymised_at is None
    return [*acts, *PROOFS] if provable else acts


def _act(errand: Errand, moves: set[Move]) -> str:
    """The errand's button; a second review has a name of its own (复核)."""
    return FINAL_REVIEW if errand is Errand.REVIEW and Move.ASK_FINAL_REVIEW in moves else errand.value


def show_letter(turn: Turn, letter: OpinionLetter) -> list[Call]:
    """处理意见书 in full, over several messages if it is long."""
    say = turn.say
    head = say(
        "letter",
        serial=letter.serial,
        department=letter.department_name,
        outcome=say(f"outcome-{letter.outcome}"),
        day=say.date(letter.at),
        verification=letter.verification,
        basis=shorten(letter.legal_basis, 500),
    )
    parts = [
        say.plain("letter-request") + "\n" + letter.request,
        say.plain("letter-facts") + "\n" + letter.facts,
        say.plain("letter-opinion") + "\n" + letter.opinion,
    ]
    body = [turn.send(escaped(piece)) for part in parts for piece in split_text(part)]
    return [turn.send(head), *body]


async def press_case(query: CallbackQuery, callback_data: CaseButton, turn: Turn) -> Reply:
    """A button on a case; the case must belong to this chat."""
    case = await find_own(turn, callback_data.number)
    if case is None:
        return turn.notice(turn.say.plain("number-not-yours", number=callback_data.number[:30]), alert=True)
    if callback_data.act == "open":
        return show_case(turn, case)
    if callback_data.act == "noted":
        return put_receipt_away(turn, query, case)
    if callback_data.act == "answer" and case.letters:
        return [*show_letter(turn, case.letters[-1])]
    if callback_data.act in PROOFS and turn.services.proofs is not None:
        return send_proof(turn, turn.services.proofs, case, callback_data.act)
    act = Errand.REVIEW.value if callback_data.act == FINAL_REVIEW else callback_data.act
    errand = next((errand for errand in ERRANDS if errand.value == act), None)
    if errand is None:
        return turn.notice(turn.say.plain("stale-button"), alert=True)
    return begin_errand(turn, case, errand)


def put_receipt_away(turn: Turn, query: CallbackQuery, case: Case) -> Call:
    """我已记下: the message that showed the receipt code goes on without it."""
    head = turn.say("filed-noted", number=case.number, department=case.department_name)
    text = Html("\n".join([head, *_dates(turn, case)]))
    keys = Keyboards(turn.say).case(case.number, ["open", "supplement"])
    if not isinstance(query.message, Message):
        return turn.send(text, keys)
    return EditMessageText(
        chat_id=query.message.chat.id,
        message_id=query.message.message_id,
        text=text,
        parse_mode=HTML,
        reply_markup=keys,
    )


async def number_expected(message: Message, turn: Turn) -> Reply:
    """Asked for a number or receipt and got something else."""
    turn.go(None)
    return turn.send(turn.say("reference-not-understood"), Keyboards(turn.say).menu("status", "new"))


def build_router() -> Router:
    router = Router(name="case_view")
    router.message.register(open_reference, F.text, Reference())
    router.message.register(number_expected, F.text, StateFilter(Asking.number))
    router.callback_query.register(press_case, CaseButton.filter())
    return router
