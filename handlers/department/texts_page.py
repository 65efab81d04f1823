"""常用语: the page on which ready sentences are read and changed.

An administrator changes those of all departments, a head those of the own one; everybody of the desk reads.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Annotated

from aiohttp import web
from pydantic import Field, StringConstraints

from cases.errors import InvalidInput, NotAllowed
from cases.moves.forms import ask
from cases.moves.table import Args
from cases.people import Role
from cases.ports.audit import AuditAction, AuditEntry
from cases.ports.ready_texts import EVERYBODY, ReadyText
from handlers.department import reasons
from handlers.department.ready_texts import READY_TEXTS, brought_along, places, standing
from handlers.department.roles import DESK_ROLES
from handlers.web.access.policy import actor_of, allow
from handlers.web.forms.fields import FormField, fields_of, read_form
from handlers.web.forms.posted import MARKED
from handlers.web.keys import AUDIT, NOW, SERVICES
from handlers.web.pages.flash import flash
from handlers.web.pages.templates import render

MOST = 200
"""Texts one owner keeps."""
PAGE = "/desk/texts"
Label = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=30)]
Words = Annotated[str, StringConstraints(strip_whitespace=True, max_length=4000)]


class TextForm(Args):
    place: str = ask("用在哪里", "choice", choices=places())
    label: Label = ask("名称", "text", help="写文书时显示在按钮上")
    words: Annotated[Words, Field(min_length=2)] = ask(
        "内容", "textarea", help="{accused}换成被投诉主体，{number}换成编号；需要承办人填的地方用____"
    )
    english: Words = ask(
        "英文", "textarea", default="", help="只用于留言：投诉人选择英文时使用，留空则不提供"
    )


@allow(*DESK_ROLES, Role.ADMIN)
async def show_texts(request: web.Request) -> web.StreamResponse:
    return await _page(request)


@allow(Role.HEAD, Role.ADMIN)
async def change_text(request: web.Request) -> web.StreamResponse:
    """Keep a text, take one that came along out of use, or forget what was kept (`do`), for an owner."""
    posted, actor = await request.post(), actor_of(request)
    owner, id = str(posted.get("owner", "")), str(posted.get("id", ""))[:40]
    do = str(posted.get("do", "save"))
    _must_own(request, owner)
    store = request.app[READY_TEXTS]
    known = {text.id: text for text in (*brought_along(), *await store.list_of({EVERYBODY, owner}))}
    if (id or do != "save") and id not in known:
        raise InvalidInput(reasons.NO_SUCH_TEXT)
    if do == "drop":
        await store.drop(owner, id)
    else:
        if do == "hide":
            given = known[id].model_dump(include=set(TextForm.model_fields)) | {"words": ""}
        else:
            read = read_form(TextForm, posted)
            if read.model is None or read.model.place not in places():
                return await _page(request, read.fields, MARKED, owner, id)
            given = read.model.model_dump()
        if len(known) >= MOST + len(brought_along()) and not id:
            raise InvalidInput(reasons.TOO_MANY_TEXTS)
        id = id or secrets.token_hex(8)
        await store.put(ReadyText(id=id, owner=owner, by=actor.name, at=request.app[NOW](), **given))
    entry = AuditEntry(
        request.app[NOW](), actor.id or "", AuditAction.READY_TEXT_CHANGED, id, {"owner": owner, "do": do}
    )
    await request.app[AUDIT].append(entry)
    flash(request, "已保存，写文书和留言时按此提供。", "success")
    raise web.HTTPSeeOther(PAGE)


def _owners(request: web.Request) -> dict[str, str]:
    """Whose texts this person may change."""
    actor = actor_of(request)
    own = {actor.department: "本单位"} if actor.has(Role.HEAD) and actor.department else {}
    return ({EVERYBODY: "所有单位"} if actor.has(Role.ADMIN) else {}) | own


def _must_own(request: web.Request, owner: str) -> None:
    if owner not in _owners(request):
        raise NotAllowed(reasons.NOT_YOUR_TEXTS)


async def _page(
    request: web.Request,
    failed: Sequence[FormField] = (),
    error: str = "",
    owner: str = "",
    id: str = "",
) -> web.Response:
    actor, books = actor_of(request), request.app[SERVICES].rules.jurisdictions
    own = actor.department if actor.has(*DESK_ROLES) else None
    kept = await request.app[READY_TEXTS].list_of({EVERYBODY, own or EVERYBODY})
    home = books.find_by_id(own or "")
    texts = standing(kept)
    groups = [(label, [text for text in texts if text.place == place]) for place, label in places().items()]
    context = {
        "groups": groups,
        "owners": _owners(request),
        "came_along": {text.id for text in brought_along()},
        "home": home.title if home else "",
        "fields_of": lambda text: fields_of(TextForm, values=text.model_dump()),
        "new_fields": fields_of(TextForm),
        "failed": (owner, id, failed, error) if failed else None,
        "is_admin": actor.has(Role.ADMIN),
    }
    return render("department/texts.html", request, context, status=422 if failed else 200)
