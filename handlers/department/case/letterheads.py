"""How a department writes: 机关代字, whom to call, which letters a second person signs. Set by its head."""

from __future__ import annotations

from typing import Annotated

from aiohttp import web
from pydantic import StringConstraints

from cases.errors import InvalidInput, NotFound
from cases.instants import local_date
from cases.letters import OPINIONS, Letterhead
from cases.lifecycle.letters.courses import SIGNED_APART
from cases.moves.forms import ask
from cases.moves.table import Args
from cases.people import Role
from cases.reasons import NO_SUCH_CASE
from cases.vocabulary import LetterKind
from cases.words import LETTER_NAMES
from handlers.department.roles import DESK_ROLES
from handlers.web.access.policy import actor_of, allow
from handlers.web.forms.fields import FormField, fields_of, read_form
from handlers.web.forms.posted import MARKED
from handlers.web.keys import SERVICES
from handlers.web.pages.flash import flash
from handlers.web.pages.templates import render

Code = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[\u4e00-\u9fff]{0,12}$")]
Phone = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[\d\-（）() 转+]{0,40}$")]
KINDS = {kind.value: LETTER_NAMES[kind] for kind in LetterKind if kind in SIGNED_APART}


class LetterheadForm(Args):
    code: Code = ask(
        "机关代字", "text", default="", help="例如青财信；文号即青财信〔2026〕1号。留空则用单位名称"
    )
    contact: str = ask("联系人", "text", default="", max_length=40, help="印在文书上")
    phone: Phone = ask("联系电话", "text", default="")
    second_person: tuple[LetterKind, ...] = ask(
        "由另一人签发的文书",
        "checklist",
        default=(),
        choices=KINDS,
        help="不予受理、延期和转送依照规定总由另一人决定",
    )


@allow(*DESK_ROLES)
async def show_letterhead(request: web.Request) -> web.StreamResponse:
    head = await request.app[SERVICES].lettering.letterhead(_department(request))
    values = {**head.model_dump(), "second_person": [kind.value for kind in head.second_person]}
    return await _page(request, fields_of(LetterheadForm, values=values))


@allow(Role.HEAD)
async def set_letterhead(request: web.Request) -> web.StreamResponse:
    read = read_form(LetterheadForm, await request.post())
    if read.model is None:
        return await _page(request, read.fields, MARKED, 422)
    chosen = read.model
    head = Letterhead(
        department=_department(request),
        code=chosen.code,
        contact=chosen.contact.strip(),
        phone=chosen.phone,
        second_person=frozenset(chosen.second_person),
    )
    try:
        await request.app[SERVICES].lettering.set_letterhead(head)
    except InvalidInput as taken:
        return await _page(request, read.fields, str(taken), 422)
    flash(request, "已保存。以后签发的文书按此编号和署名。", "success")
    raise web.HTTPSeeOther("/desk/letterhead")


def _department(request: web.Request) -> str:
    department = actor_of(request).department
    if department is None:
        raise NotFound(NO_SUCH_CASE)
    return department


async def _page(
    request: web.Request, fields: tuple[FormField, ...], error: str = "", status: int = 200
) -> web.Response:
    services, actor = request.app[SERVICES], actor_of(request)
    head = await services.lettering.letterhead(_department(request))
    title = services.rules.jurisdictions.department(head.department).title
    context = {
        "fields": fields,
        "error": error,
        "title": title,
        "example": head.serial(title, local_date(services.now()).year, 1),
        "may_set": actor.has(Role.HEAD),
        "chosen": [LETTER_NAMES[kind] for kind in LetterKind if kind in head.second_person],
        "all_default": head.second_person == OPINIONS,
    }
    return render("department/letterhead.html", request, context, status=status)
