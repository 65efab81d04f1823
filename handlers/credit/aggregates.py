"""第三方评价数据: anonymised shares by place or kind of body: page, sheet and API; each look is audited."""

from __future__ import annotations

from aiohttp import web

from cases.instants import local_date
from cases.people import Role
from cases.service.credit.aggregates import BY_WHAT, Aggregate, By, Cell, group_names
from handlers.credit import api_shapes as shapes
from handlers.credit.roles import AGGREGATE_ROLES
from handlers.credit.sheets import SHEET, watermarked
from handlers.web.access.policy import actor_of, allow, api
from handlers.web.access.scopes import CREDIT_READ
from handlers.web.keys import NOW, SERVICES
from handlers.web.pages.templates import render
from handlers.web.programs import read_query, say

TAKING_OUT = tuple(role for role in AGGREGATE_ROLES if role is not Role.AUDITOR)
"""An auditor reads, and takes nothing out."""
NOT_TOLD = "不足5件，不列"


@allow(*AGGREGATE_ROLES)
async def show_aggregates(request: web.Request) -> web.StreamResponse:
    actor = actor_of(request)
    by, year = _read(request.query.get("by", ""), request.query.get("year", ""), request)
    table = await request.app[SERVICES].aggregates.look(by, year, actor)
    context = {
        "by": by,
        "year": year,
        "groupings": BY_WHAT,
        "table": table,
        "names": _names(request, table),
        "told": told,
        "may_take_out": actor.has(*TAKING_OUT),
    }
    return render("credit/aggregates.html", request, context)


@allow(*TAKING_OUT)
async def export_aggregates(request: web.Request) -> web.StreamResponse:
    services, actor = request.app[SERVICES], actor_of(request)
    posted = await request.post()
    by, year = _read(str(posted.get("by", "")), str(posted.get("year", "")), request)
    table = await services.aggregates.look(by, year, actor, taking_out=True)
    names, labels = _names(request, table), [part.label for part in table.parts]
    rows = [
        (f"{table.home.name}{year}年政务诚信数据（按{BY_WHAT[by]}，已匿名）",),
        (BY_WHAT[by], *labels),
        *((names[group], *map(told, cells)) for group, cells in table.rows),
        ("合计", *map(told, table.totals)),
    ]
    body = watermarked("评价数据", services.aggregates.watermark(actor), rows, (24, *(18 for _ in labels)))
    headers = {"Content-Disposition": f'attachment; filename="aggregates-{year}-{by}.xlsx"'}
    return web.Response(body=body, content_type=SHEET, headers=headers)


@api(CREDIT_READ, *AGGREGATE_ROLES)
async def send_aggregates(request: web.Request) -> web.StreamResponse:
    asked = read_query(request, shapes.AggregateQuery)
    year = asked.year or local_date(request.app[NOW]()).year
    table = await request.app[SERVICES].aggregates.look(asked.by, year, actor_of(request))
    names = _names(request, table)
    return say(
        shapes.AggregateOut(
            place=table.home.name,
            year=table.year,
            by=table.by,
            parts=tuple(
                shapes.AggregatePart(key=part.key, label=part.label, words=part.words) for part in table.parts
            ),
            groups=tuple(
                shapes.AggregateGroup(key=group, name=names[group], cells=tuple(map(_cell, cells)))
                for group, cells in table.rows
            ),
            totals=tuple(map(_cell, table.totals)),
        )
    )


def told(cell: Cell) -> str:
    if cell.whole is None:
        return NOT_TOLD
    return f"{cell.share:.0%}（{cell.good}/{cell.whole}）" if cell.share is not None else "没有"


def _cell(cell: Cell) -> shapes.AggregateCell:
    return shapes.AggregateCell(whole=cell.whole, good=cell.good)


def _names(request: web.Request, table: Aggregate) -> dict[str, str]:
    return group_names(table, request.app[SERVICES].filing.name_of_region)


def _read(by: str, year: str, request: web.Request) -> tuple[By, int]:
    """What cannot be meant is left out, so that a mistyped address still shows something."""
    this = local_date(request.app[NOW]()).year
    return (
        By(by) if by in set(By) else By.PLACE,
        int(year) if year.isdecimal() and len(year) == 4 else this,
    )
