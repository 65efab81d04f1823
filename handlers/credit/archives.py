"""诚信档案: what is on record about a body, good and bad, to read, and to take out with a watermark."""

from __future__ import annotations

from aiohttp import web

from cases.errors import DomainError
from cases.integrity.spine.situation import Situation
from cases.integrity.spine.vocabulary import KIND_NAMES
from cases.people import Role
from handlers.credit.roles import ANYBODY_HERE, ARCHIVE_ROLES
from handlers.credit.sheets import SHEET, watermarked
from handlers.credit.showing import fields_shown, status_name
from handlers.web.access.policy import actor_of, allow
from handlers.web.keys import SERVICES
from handlers.web.pages.filters import chinese_date
from handlers.web.pages.templates import render

TAKING_OUT = tuple(role for role in ARCHIVE_ROLES if role is not Role.AUDITOR)
"""An auditor reads, and takes nothing out."""


@allow(*ARCHIVE_ROLES)
async def show_archive(request: web.Request) -> web.StreamResponse:
    """Of the body that is asked for; the representative of a body sees the own one at once."""
    asked, actor = request.query.get("body", "").strip()[:100], actor_of(request)
    own, archive, error = actor.has(Role.SUBJECT), None, ""
    status = 200
    if asked or own:
        try:
            archive = await request.app[SERVICES].archives.read(asked, actor)
        except DomainError as refused:
            error, status = str(refused), 404
    context = {"asked": asked, "archive": archive, "error": error, "kinds": KIND_NAMES, "own": own}
    context["keeps_officials"] = actor.has(Role.REGISTRAR, Role.AUDITOR)
    context["may_take_out"] = actor.has(*TAKING_OUT)
    return render("credit/archive.html", request, context, status=status)


@allow(*ANYBODY_HERE)
async def show_officials(request: web.Request) -> web.StreamResponse:
    """The sealed archive: of whom this person keeps, or the own one."""
    actor = actor_of(request)
    found = await request.app[SERVICES].archives.of_officials(actor)
    keeps = actor.has(Role.REGISTRAR, Role.AUDITOR)
    return render("credit/officials.html", request, {"found": found, "kinds": KIND_NAMES, "keeps": keeps})


@allow(*TAKING_OUT)
async def export_archive(request: web.Request) -> web.StreamResponse:
    services, actor = request.app[SERVICES], actor_of(request)
    asked = str((await request.post()).get("body", "")).strip()[:100]
    archive = await services.archives.of(asked, actor)
    mark = await services.archives.take_out(archive, actor)
    rows = []
    for kind, dossiers, _ in archive.parts:
        for dossier in dossiers:
            at = await services.integrity.situation(dossier, actor)
            rows.append((KIND_NAMES[kind], dossier.id, status_name(dossier), *_told(at)))
    headers = {"Content-Disposition": 'attachment; filename="archive.xlsx"'}
    heads = [(f"{archive.body} 诚信档案",), ("类别", "编号", "状态", "登记日期", "内容")]
    body = watermarked("诚信档案", mark, [*heads, *rows], (14, 24, 14, 16, 90))
    return web.Response(body=body, content_type=SHEET, headers=headers)


def _told(at: Situation) -> tuple[str, str]:
    """Since when, and everything that its page shows, in one cell."""
    words = "\n".join(f"{one.label}：{words}" for one in fields_shown(at) if (words := one.words))
    return chinese_date(at.dossier.opened_at), words
