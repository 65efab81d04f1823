"""评优核查: a list of bodies and a day in, 可, 不可 or 需核 out; every question is in the audit trail."""

from __future__ import annotations

from datetime import date

from aiohttp import web
from pydantic import Field

from cases.errors import DomainError
from cases.instants import local_date
from cases.moves.forms import ask
from cases.moves.table import Args
from cases.people import Role
from cases.service.credit.award_check import MOST, VERDICT_NAMES, Verdict
from handlers.credit import api_shapes as shapes
from handlers.credit.roles import AWARD_ROLES
from handlers.web.access.policy import actor_of, allow, api
from handlers.web.access.scopes import CREDIT_READ
from handlers.web.forms.fields import FormField, fields_of, read_form
from handlers.web.forms.posted import MARKED
from handlers.web.keys import NOW, SERVICES
from handlers.web.pages.templates import render
from handlers.web.programs import read_body, say

ASKING = tuple(role for role in AWARD_ROLES if role is not Role.AUDITOR)
"""An auditor reads the page, and leaves no question in the trail."""
TONES = {Verdict.YES: "green", Verdict.NO: "red", Verdict.LOOK: "amber"}


class Question(Args):
    bodies: tuple[str, ...] = Field(
        min_length=1,
        max_length=MOST,
        json_schema_extra={
            "label": "单位名称或者统一社会信用代码",
            "help": f"一行一个，至多{MOST}个",
            "rows": 8,
        },
    )
    on: date = ask("评选日期", "date")


@allow(*AWARD_ROLES)
async def show_awards(request: web.Request) -> web.StreamResponse:
    today = local_date(request.app[NOW]())
    return _page(request, fields_of(Question, values={"on": today.isoformat()}))


@allow(*ASKING)
async def check_awards(request: web.Request) -> web.StreamResponse:
    read = read_form(Question, await request.post())
    if read.model is None:
        return _page(request, read.fields, error=MARKED, status=422)
    checking = request.app[SERVICES].integrity.awards
    try:
        answers = await checking.check(read.model.bodies, read.model.on, actor_of(request))
    except DomainError as broken:
        return _page(request, read.fields, error=str(broken), status=422)
    return _page(request, read.fields, answers=answers)


def _page(
    request: web.Request,
    fields: tuple[FormField, ...],
    *,
    answers: tuple[object, ...] = (),
    error: str = "",
    status: int = 200,
) -> web.Response:
    context = {"fields": fields, "answers": answers, "error": error, "names": VERDICT_NAMES, "tones": TONES}
    return render("credit/awards.html", request, context, status=status)


@api(CREDIT_READ, *ASKING)
async def answer_awards(request: web.Request) -> web.StreamResponse:
    """The same over the API."""
    given = await read_body(request, shapes.AwardQuestion)
    checking = request.app[SERVICES].integrity.awards
    answers = await checking.check(given.bodies, given.on, actor_of(request))
    return say(
        shapes.AwardAnswers(
            items=tuple(
                shapes.AwardAnswer(
                    asked=one.asked,
                    verdict=one.verdict,
                    body=one.body,
                    record=one.record or None,
                    evaluation=one.evaluation or None,
                )
                for one in answers
            )
        )
    )
