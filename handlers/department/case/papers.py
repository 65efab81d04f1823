"""Writing a letter: the editor beside the case's papers, and every step from draft to delivery.

One form, told apart by its button: what is typed is kept first, whatever the button then does. It works
without script; with it, ready words are put in where the caret is, without a round trip.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from aiohttp import web

from cases.errors import DomainError, IllegalMove, InvalidInput, NotAllowed, NotFound, StaleCase
from cases.letters import OPINIONS, Letter
from cases.lifecycle.forms import Grounds
from cases.lifecycle.letters.checker import check, missing
from cases.lifecycle.letters.courses import COURSES
from cases.lifecycle.letters.table import Delivered
from cases.lifecycle.requirements import days_to_extend
from cases.model import Case
from cases.moves.table import Args
from cases.people import Actor
from cases.reasons import NO_SUCH_LETTER
from cases.vocabulary import LetterKind, LetterMove, LetterStatus
from cases.words import LETTER_NAMES
from handlers.department.addresses import address_of, letter_of, number_of
from handlers.department.case.letter_help import facts_of, field_for_facts, suggested_bases
from handlers.department.case.letters import sheet_of
from handlers.department.case.move_forms import departments_for
from handlers.department.case.unsent import Writing, seen_of, writing_in
from handlers.department.ready_texts import READY_TEXTS, offered_in, pieces_for
from handlers.department.roles import CASE_ROLES
from handlers.department.unsent_words import forget_words, keep_words, words_of
from handlers.web.access.asking import form_key
from handlers.web.access.onion import printed_address
from handlers.web.access.policy import actor_of, allow
from handlers.web.evidence.stored import shown_as
from handlers.web.forms.fields import FormField, Options, fields_of, read_form
from handlers.web.forms.posted import CHANGED_BELOW, MARKED, status_of
from handlers.web.keys import SERVICES
from handlers.web.pages.flash import flash
from handlers.web.pages.templates import render

INSERT = "insert:"
"""Begins the value of a button that puts words into a field: `insert:field:words`."""
_SHOWN_AGAIN = (InvalidInput, IllegalMove, NotAllowed, StaleCase)
_ARGS: dict[LetterMove, type[Args]] = {LetterMove.RETURN: Grounds, LetterMove.DELIVER: Delivered}
_ORDER = ("request", "facts", "ruling", "outcome", "opinion", "legal_basis", "explanation")
"""As the letter says it; other fields stand before these."""
_ROWS = {"facts": 9, "opinion": 7, "explanation": 6, "items": 6, "request": 2, "reason": 4}


@allow(*CASE_ROLES)
async def begin_letter(request: web.Request) -> web.StreamResponse:
    """A draft of the kind that was asked for, begun with what the case knows; or the one that waits."""
    services, actor = request.app[SERVICES], actor_of(request)
    case = await services.desk.get(number_of(request), actor)
    posted = await request.post()
    try:
        kind = LetterKind(str(posted.get("kind", "")))
    except ValueError:
        raise NotFound(NO_SUCH_LETTER) from None
    letter = await services.lettering.begin(case.number, kind, _known(case, kind), actor)
    raise web.HTTPSeeOther(address_of(letter))


def _known(case: Case, kind: LetterKind) -> dict[str, Any]:
    return {"request": str(case.complaint.wish or "")} if kind in OPINIONS else {}


@allow(*CASE_ROLES)
async def show_paper(request: web.Request) -> web.StreamResponse:
    """With this person's unsent words in the fields, if there are any."""
    actor = actor_of(request)
    case = await request.app[SERVICES].desk.look(number_of(request), actor)
    letter, unsent = _letter(case, request), await writing_in(request, case, actor)
    kept = unsent.own.get(letter.id)
    words = _typed(letter, words_of(kept), _options(request, case)) if kept else None
    return await _page(request, case, _with_words(letter, words), unsent=unsent)


@allow(*CASE_ROLES)
async def save_typed(request: web.Request) -> web.StreamResponse:
    """Keep what stands in the letter's form now, beside the letter. Answers 204."""
    case = await request.app[SERVICES].desk.get(number_of(request), actor_of(request))
    letter = _letter(case, request)
    seen = seen_of(await request.post(), letter)
    return await keep_words(
        request, case.number, letter.id, COURSES[letter.kind].args.model_fields, str(seen)
    )


def _letter(case: Case, request: web.Request) -> Letter:
    letter = case.paper(letter_of(request))
    if letter is None:
        raise NotFound(NO_SUCH_LETTER)
    return letter


@allow(*CASE_ROLES)
async def work_on_paper(request: web.Request) -> web.StreamResponse:
    """What the button says, after what was typed is kept."""
    services, actor = request.app[SERVICES], actor_of(request)
    case = await services.desk.get(number_of(request), actor)
    letter, posted = _letter(case, request), await request.post()
    do = str(posted.get("do", LetterMove.WRITE))
    words = _typed(letter, posted, _options(request, case)) if posted.get("typed") else None
    asked = str(posted.get("q", ""))
    if words is not None and _saved_by_another(letter, seen_of(posted, letter), actor):
        return await _page(request, case, _with_words(letter, words), error=CHANGED_BELOW, status=409)
    if words is not None and do.startswith(INSERT):
        words, do = _with_inserted(words, do), LetterMove.WRITE.value
    move = LetterMove(do) if do in set(LetterMove) else LetterMove.WRITE
    args: Args | None = None
    if move in _ARGS:
        read = read_form(_ARGS[move], posted)
        if read.model is None:
            return await _page(
                request, case, _with_words(letter, words), error=MARKED, asked_fields=read.fields, status=422
            )
        args = read.model
    try:
        done = await services.lettering.make(
            case.number,
            letter.id,
            move,
            actor,
            words=words,
            args=args,
            key=form_key(request, f"letter:{actor.id}", posted),
        )
    except _SHOWN_AGAIN as broken:
        return await _shown_again(request, letter, words, broken)
    await forget_words(request, case.number, letter.id)
    if move is LetterMove.WRITE:
        if do == "search":
            return await _page(request, done, _letter(done, request), asked=asked)
        if not do.startswith("insert"):
            flash(request, "草稿已保存。", "success")
        raise web.HTTPSeeOther(address_of(letter))
    spec = services.lettering.spec(move)
    flash(request, f"{LETTER_NAMES[letter.kind]}：{spec.past}。", "success")
    still_here = services.desk.may_see(done, actor)
    onward = (
        address_of(letter) if move in (LetterMove.SUBMIT, LetterMove.DELIVER, LetterMove.RETURN) else None
    )
    raise web.HTTPSeeOther((onward or f"/desk/cases/{done.number}") if still_here else "/desk")


def _saved_by_another(letter: Letter, seen: int, actor: Actor) -> bool:
    """Since this person opened it: what is posted now would undo it unseen."""
    return any(e.move is LetterMove.WRITE and e.actor.id != actor.id for e in letter.history[seen:])


async def _shown_again(
    request: web.Request, letter: Letter, words: Mapping[str, Any] | None, broken: DomainError
) -> web.Response:
    """The page as it is now; words that could not be kept stand in the fields all the same."""
    case = await request.app[SERVICES].desk.get(number_of(request), actor_of(request))
    now = _with_words(case.paper(letter.id) or letter, words)
    return await _page(request, case, now, error=str(broken), status=status_of(broken))


def _with_words(letter: Letter, words: Mapping[str, Any] | None) -> Letter:
    return letter if words is None else letter.model_copy(update={"words": dict(words)})


def _options(request: web.Request, case: Case) -> Options:
    books = request.app[SERVICES].rules.jurisdictions
    return {"department": books.labels(departments_for(case, books))}


def _typed(letter: Letter, posted: Any, options: Options) -> dict[str, Any]:
    """What stands in the fields, complete or not; blank ones count as not written."""
    read = read_form(COURSES[letter.kind].args, posted, options=options)
    return {name: value for name, value in read.values.items() if value not in ("", [], None)}


def _with_inserted(words: dict[str, Any], button: str) -> dict[str, Any]:
    """With the words of the button after what the field says already."""
    name, _, added = button.removeprefix(INSERT).partition(":")
    before = words.get(name, "")
    if isinstance(before, list) or name == "items":
        return {**words, name: [*(before or []), *added.splitlines()]}
    between = "；" if name == "legal_basis" else "\n"
    return {**words, name: f"{before}{between}{added}" if before else added}


async def _page(
    request: web.Request,
    case: Case,
    letter: Letter,
    *,
    error: str = "",
    asked: str = "",
    asked_fields: tuple[FormField, ...] = (),
    unsent: Writing | None = None,
    status: int = 200,
) -> web.Response:
    services, actor = request.app[SERVICES], actor_of(request)
    unsent = unsent or Writing({}, ())
    offers = {spec.move: spec for spec in await services.lettering.offers(case, letter, actor)}
    writable = LetterMove.WRITE in offers
    texts = await offered_in(request.app[READY_TEXTS], case) if writable else ()
    missed = missing(letter.kind, letter.words) if letter.waits else ()
    context = {
        "case": case,
        "letter": letter,
        "at": address_of(letter),
        "name": LETTER_NAMES[letter.kind],
        "writable": writable,
        "offers": offers,
        "steps": LetterMove,
        "may_send": writable and not missed,
        "second": await _second_person(request, case, letter),
        "fields": _fields(request, case, letter) if writable else (),
        "checks": check(letter.kind, letter.words) if letter.waits else (),
        "facts": facts_of(case),
        "facts_into": field_for_facts(letter.kind),
        "pieces": pieces_for(letter.kind, case, texts),
        "asked": asked,
        "bases": suggested_bases(case, asked) if writable and _cites(letter.kind) else (),
        "sheet": sheet_of(case, letter, services.rules.jurisdictions),
        "back_fields": fields_of(Grounds) if LetterMove.RETURN in offers else (),
        "delivery_fields": asked_fields or (fields_of(Delivered) if LetterMove.DELIVER in offers else ()),
        "returned": _returned(letter),
        "kept": unsent.own.get(letter.id),
        "writers": unsent.writers(letter.id),
        "seen": len(letter.history),
        "error": error,
        "shown_as": shown_as,
        "check_at": f"{printed_address(request)}/verify",
        "unsealed": letter.issued and services.desk.may_read_reporter(case, actor),
    }
    return render("department/paper.html", request, context, status=status)


async def _second_person(request: web.Request, case: Case, letter: Letter) -> bool:
    if COURSES[letter.kind].submit is not None:
        return True
    head = await request.app[SERVICES].lettering.letterhead(case.department)
    return letter.kind in head.second_person


def _cites(kind: LetterKind) -> bool:
    return "legal_basis" in COURSES[kind].args.model_fields


def _fields(request: web.Request, case: Case, letter: Letter) -> tuple[FormField, ...]:
    fields = fields_of(COURSES[letter.kind].args, values=letter.words, options=_options(request, case))
    ordered = sorted(fields, key=lambda field: _ORDER.index(field.name) if field.name in _ORDER else 0)
    days = days_to_extend(case, request.app[SERVICES].rules, request.app[SERVICES].now())
    return tuple(_wide(field, days) for field in ordered)


def _wide(field: FormField, days: int) -> FormField:
    if field.name == "days":
        return replace(field, help=f"最多{days}日", attributes={**field.attributes, "max": days})
    rows = _ROWS.get(field.name)
    wide = {**field.attributes, "rows": rows} if rows and field.widget in ("textarea", "lines") else None
    return replace(field, attributes=wide) if wide else field


def _returned(letter: Letter) -> str:
    """Why it was sent back, for whoever mends it."""
    if letter.status is not LetterStatus.DRAFT:
        return ""
    back = next((e for e in reversed(letter.history) if e.move is LetterMove.RETURN), None)
    return f"{back.actor.name}退回：{back.note or '没有写明理由'}" if back else ""
