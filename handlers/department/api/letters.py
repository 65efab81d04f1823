"""Letters over the API: what is written in a case, beginning one, and each step from draft to delivery."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from aiohttp import web
from pydantic import Field, ValidationError

from cases.errors import NotFound, StaleCase
from cases.letters import Letter
from cases.lifecycle.letters.checker import missing
from cases.lifecycle.letters.table import LETTER_MOVES
from cases.model import Case
from cases.moves.table import Args, NoArgs
from cases.people import Actor
from cases.reasons import NO_SUCH_LETTER
from cases.vocabulary import DeliveryWay, LetterKind, LetterMove, LetterStatus
from handlers.department import reasons
from handlers.department.addresses import letter_of, number_of
from handlers.department.api.scopes import READ, WRITE
from handlers.department.api.shapes import Shape
from handlers.department.api.showing import say_case
from handlers.department.roles import CASE_ROLES
from handlers.web.access.policy import actor_of, api
from handlers.web.forms.messages import first_problem
from handlers.web.keys import SERVICES
from handlers.web.pages.errors import answer_refusal
from handlers.web.programs import expected_version, idempotency_key, read_body, say

API_STEPS = tuple(step for step in LetterMove if step is not LetterMove.BEGIN)


class PaperOut(Shape):
    """A letter on its way. `words`: by the field names of its move's arguments; of an issued opinion none."""

    id: str
    kind: LetterKind
    status: LetterStatus
    department_name: str
    words: dict[str, Any]
    missing: tuple[str, ...]
    steps: tuple[LetterMove, ...]
    serial: str
    verification: str
    signed_by: str
    at: datetime | None


class PaperList(Shape):
    items: tuple[PaperOut, ...]


class PaperIn(Shape):
    kind: LetterKind
    words: dict[str, Any] = Field(default_factory=dict)


class StepIn(Shape):
    """What a step is told: `words` replace those of a draft; the rest is for RETURN and DELIVER."""

    words: dict[str, Any] | None = None
    reason: str = ""
    way: DeliveryWay | None = None
    on: date | None = None
    receiver: str = ""
    remark: str = ""


@api(READ, *CASE_ROLES)
async def list_letters(request: web.Request) -> web.StreamResponse:
    services, actor = request.app[SERVICES], actor_of(request)
    case = await services.desk.look(number_of(request), actor)
    return say(PaperList(items=tuple([await _shown(request, case, one, actor) for one in case.papers])))


@api(WRITE, *CASE_ROLES)
async def begin_letter(request: web.Request) -> web.StreamResponse:
    """A draft of this kind, or the one that waits, with these words."""
    services, actor = request.app[SERVICES], actor_of(request)
    given = await read_body(request, PaperIn)
    case = await services.desk.get(number_of(request), actor)
    letter = await services.lettering.begin(case.number, given.kind, given.words, actor)
    if given.words and letter.words != given.words:
        case = await services.lettering.make(
            case.number, letter.id, LetterMove.WRITE, actor, words=given.words
        )
        letter = case.paper(letter.id) or letter
    case = await services.desk.get(case.number, actor)
    return say(await _shown(request, case, letter, actor), status=201)


@api(WRITE, *CASE_ROLES)
async def take_step(request: web.Request) -> web.StreamResponse:
    """One step; the case as it is then, for signing moves it."""
    services, actor = request.app[SERVICES], actor_of(request)
    try:
        step = LetterMove(request.match_info["step"])
    except ValueError:
        raise NotFound(reasons.NO_SUCH_MOVE) from None
    if step not in API_STEPS:
        raise NotFound(reasons.NO_SUCH_MOVE)
    given = await read_body(request, StepIn)
    case = await services.desk.get(number_of(request), actor)
    if case.paper(letter_of(request)) is None:
        raise NotFound(NO_SUCH_LETTER)
    version, key, args = expected_version(request), await idempotency_key(request), _args(step, given)
    try:
        done = await services.lettering.make(
            case.number,
            letter_of(request),
            step,
            actor,
            words=given.words,
            args=args,
            key=key,
            expected_version=version,
        )
    except StaleCase as stale:
        return answer_refusal(request, stale, status=409 if version is None else 412)
    return await say_case(request, done)


def _args(step: LetterMove, given: StepIn) -> Args | None:
    model = LETTER_MOVES[step].args
    if model is NoArgs:
        return None
    try:
        return model.model_validate(given.model_dump(include=set(model.model_fields)))
    except ValidationError as wrong:
        raise first_problem(wrong) from None


async def _shown(request: web.Request, case: Case, letter: Letter, actor: Actor) -> PaperOut:
    offers = await request.app[SERVICES].lettering.offers(case, letter, actor)
    return PaperOut(
        id=letter.id,
        kind=letter.kind,
        status=letter.status,
        department_name=letter.department_name,
        words=letter.words,
        missing=missing(letter.kind, letter.words) if letter.waits else (),
        steps=tuple(spec.move for spec in offers),
        serial=letter.serial,
        verification=letter.verification,
        signed_by=letter.signed_by,
        at=letter.at,
    )
