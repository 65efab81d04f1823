"""Lists and tables as CSV and XLSX: streamed, in constant memory, with formulas made harmless.

Rows hold what the lists show: never a word of a complaint. Every export is in the audit log.
"""

from __future__ import annotations

import asyncio
import csv
import io
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from aiohttp import web

from cases.figures.facts import CaseFacts, Spell
from cases.figures.measures import ENDING_NAMES
from cases.figures.statistics import FactFilter
from cases.instants import CHINA, local_date
from cases.people import Actor
from cases.ports.audit import AuditAction, AuditEntry
from cases.words import STATUS_NAMES
from handlers.supervisor.choices import BOARD_ROLES, Choice, choice_of, filter_of
from handlers.supervisor.exports.spreadsheet import Cell, Workbook
from handlers.supervisor.keys import STATISTICS
from handlers.supervisor.overview.tables import names_for
from handlers.supervisor.places import place_name
from handlers.web.access.policy import actor_of, allow
from handlers.web.keys import AUDIT, NOW, SERVICES

HEADERS = (
    "编号", "状态", "重点领域", "辖区", "地区", "被投诉主体", "责任单位", "承办人", "渠道", "登记时间",
    "受理用时（天）", "答复用时（天）", "办结用时（天）", "受理按期", "答复按期", "结果", "到期时间",
    "超期（天）", "督办期限", "评价：解决", "评价：满意（1至5）",
)  # fmt: skip
CHUNK = 500
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")


def harmless(value: Cell) -> Cell:
    """Text that a spreadsheet would take for a formula gets an apostrophe in front."""
    if isinstance(value, str) and value.startswith(_DANGEROUS):
        return "'" + value
    return value


def _as_text(value: Cell) -> Cell:
    return f"{value:%Y-%m-%d %H:%M}" if isinstance(value, datetime) else value


def row_maker(jurisdictions: Any, now: datetime) -> Callable[[CaseFacts], list[Cell]]:
    """From a row of facts to the cells under HEADERS."""
    place = lru_cache(2000)(lambda code: place_name(code, jurisdictions))
    department = lru_cache(2000)(names_for("department", jurisdictions))
    jurisdiction = lru_cache(100)(names_for("jurisdiction", jurisdictions))
    domain, channel = names_for("domain", jurisdictions), names_for("channel", jurisdictions)

    def cells(facts: CaseFacts) -> list[Cell]:
        rated = facts.rated_at is not None
        return [
            facts.number, STATUS_NAMES[facts.status], domain(facts.domain), jurisdiction(facts.jurisdiction),
            place(facts.place or ""), "、".join(facts.bodies) or None, department(facts.department),
            facts.person_name, channel(facts.channel),
            _local(facts.filed_at), _days(facts.accept), _days(facts.answer), _days(facts.close),
            _kept(facts.accept_verdict), _kept(facts.handle_verdict),
            ENDING_NAMES.get(facts.outcome or "", ""), _local(facts.due_at),
            _overdue(facts.due_at, now), _local(facts.order_due_at),
            ("是" if facts.solved else "否") if rated else "",
            facts.satisfied if rated else None,
        ]  # fmt: skip

    return cells


def _local(at: datetime | None) -> datetime | None:
    """As the clock in China shows it."""
    return at.astimezone(CHINA).replace(tzinfo=None, second=0, microsecond=0) if at else None


def _overdue(due_at: datetime | None, now: datetime) -> int | None:
    """Days as desk and board count them; nothing for what is not overdue."""
    return max((local_date(now) - local_date(due_at)).days, 0) or None if due_at else None


def _days(spell: Spell | None) -> float | None:
    return round(spell.seconds / 86_400, 1) if spell else None


def _kept(verdict: Any) -> str:
    return "" if verdict is None else "是" if verdict.kept else "否"


async def rows_for(
    request: web.Request, choice: Choice, where: FactFilter
) -> AsyncIterator[list[list[Cell]]]:
    """Chunks of rows; what may not be seen is not in the selection."""
    make = row_maker(request.app[SERVICES].rules.jurisdictions, request.app[NOW]())
    chunk: list[list[Cell]] = []
    async for facts in request.app[STATISTICS].iterate_facts(choice.selection, where, request.app[NOW]()):
        chunk.append(make(facts))
        if len(chunk) == CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def csv_bytes(rows: Iterable[Sequence[Cell]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows([[harmless(_as_text(cell)) for cell in row] for row in rows])
    return text.getvalue().encode()


@allow(*BOARD_ROLES)
async def export_csv(request: web.Request) -> web.StreamResponse:
    choice, actor = choice_of(request), actor_of(request)
    where = filter_of(request, choice)
    await note_export(request, actor, "csv")
    response = web.StreamResponse(headers=attachment("csv", request))
    response.content_type = "text/csv"
    response.charset = "utf-8"
    await response.prepare(request)
    await response.write(b"\xef\xbb\xbf" + csv_bytes([HEADERS]))
    async for chunk in rows_for(request, choice, where):
        await response.write(csv_bytes(chunk))
    await response.write_eof()
    return response


@allow(*BOARD_ROLES)
async def export_xlsx(request: web.Request) -> web.StreamResponse:
    choice, actor = choice_of(request), actor_of(request)
    where = filter_of(request, choice)
    await note_export(request, actor, "xlsx")
    response = web.StreamResponse(headers=attachment("xlsx", request))
    response.content_type = XLSX
    await response.prepare(request)
    workbook = Workbook("名单", HEADERS)
    async for chunk in rows_for(request, choice, where):
        await response.write(await asyncio.to_thread(workbook.add, chunk))
    await response.write(await asyncio.to_thread(workbook.close))
    await response.write_eof()
    return response


def attachment(kind: str, request: web.Request) -> dict[str, str]:
    day = f"{request.app[NOW]().astimezone(CHINA):%Y%m%d}"
    return {"Content-Disposition": f'attachment; filename="shouxin-{day}.{kind}"'}


async def note_export(request: web.Request, actor: Actor, kind: str) -> None:
    entry = AuditEntry(
        at=request.app[NOW](),
        actor=actor.id or "",
        action=AuditAction(f"board.exported.{kind}"),
        subject=request.path_qs[:200],
    )
    await request.app[AUDIT].append(entry)
