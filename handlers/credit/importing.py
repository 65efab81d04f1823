"""Import of a table: everything is checked and shown first, with row and column of each mistake; then begun.

What was shown is what is begun: the confirmation carries the checked rows, and the core checks them again.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from aiohttp import web
from aiohttp.web import FileField
from pydantic import ValidationError

from cases.errors import DomainError, InvalidInput
from cases.integrity.spine.vocabulary import KIND_NAMES, Kind
from cases.moves.once import once
from cases.moves.table import Args
from handlers.credit.moves import args_of, kind_of
from handlers.credit.roles import ACTING
from handlers.credit.tables import (
    MOST_BYTES,
    NO_TABLE,
    TABLE_TOO_LARGE,
    columns_of,
    fields_of_row,
    heading_of,
    read_table,
    template_of,
)
from handlers.web.access.policy import actor_of, allow, takes_files
from handlers.web.forms.messages import problems_of
from handlers.web.keys import SERVICES
from handlers.web.pages.flash import flash
from handlers.web.pages.templates import render


@dataclass(frozen=True, slots=True)
class CheckedRow:
    """One row: its number in the file, what it says, and what is wrong with it."""

    line: int
    body: str
    fields: dict[str, Any]
    wrong: tuple[str, ...] = ()


@allow(*ACTING)
async def show_import(request: web.Request) -> web.StreamResponse:
    return _page(request, kind_of(request))


@allow(*ACTING)
async def send_template(request: web.Request) -> web.StreamResponse:
    kind = kind_of(request)
    headers = {"Content-Disposition": f'attachment; filename="{kind.value}.csv"'}
    body = template_of(columns_of(args_of(kind)))
    return web.Response(body=body, content_type="text/csv", charset="utf-8", headers=headers)


@takes_files
@allow(*ACTING)
async def check_import(request: web.Request) -> web.StreamResponse:
    """The preview. Nothing is stored."""
    kind = kind_of(request)
    given = (await request.post()).get("table")
    try:
        if not isinstance(given, FileField):
            raise InvalidInput(NO_TABLE)
        data = given.file.read(MOST_BYTES + 1)
        if len(data) > MOST_BYTES:
            raise InvalidInput(TABLE_TOO_LARGE, megabytes=MOST_BYTES // 1024**2)
        rows = [await _checked(request, kind, n, row) for n, row in read_table(data)]
    except InvalidInput as refused:
        return _page(request, kind, error=str(refused), status=422)
    wrong = any(row.wrong for row in rows)
    return _page(request, kind, rows=rows, status=422 if wrong else 200)


async def _checked(request: web.Request, kind: Kind, line: int, row: dict[str, Any]) -> CheckedRow:
    columns, form = columns_of(args_of(kind)), args_of(kind)
    labels = {column.name: label for label, column in columns.items()}
    body = str(row.get(labels.get("body", ""), ""))
    try:
        fields = fields_of_row(row, columns)
        args = form.model_validate(fields)
    except InvalidInput as refused:
        return CheckedRow(line, body, {}, (str(refused),))
    except ValidationError as wrong:
        told = ((heading_of(form, place), words) for place, words in problems_of(wrong))
        return CheckedRow(
            line, body, {}, tuple(f"{head}：{words}" if head else words for head, words in told)
        )
    try:
        begun = await request.app[SERVICES].integrity.check_opening(kind, args, actor_of(request))
    except DomainError as refused:
        return CheckedRow(line, body, {}, (str(refused),))
    return CheckedRow(line, begun.subject.name, args.model_dump(mode="json"))


@allow(*ACTING)
async def confirm_import(request: web.Request) -> web.StreamResponse:
    """Begins each row once, however often this is posted; one that is refused meanwhile is named."""
    kind, actor = kind_of(request), actor_of(request)
    form, integrity = args_of(kind), request.app[SERVICES].integrity
    refused, begun = [], 0
    for line, fields in _rows_in(str((await request.post()).get("rows", ""))):
        digest = hashlib.sha256(json.dumps(fields, sort_keys=True).encode()).hexdigest()[:32]
        try:
            args: Args = form.model_validate(fields)
            await integrity.open(kind, args, actor, key=once(f"import:{actor.id}:{digest}", digest))
            begun += 1
        except (DomainError, ValidationError) as broken:
            words = str(broken) if isinstance(broken, DomainError) else "内容不正确。"
            refused.append(CheckedRow(line, str(fields.get("body", "")), {}, (words,)))
    if refused:
        error = f"已导入{begun}行，下面{len(refused)}行没有导入。"
        return _page(request, kind, rows=refused, error=error, status=422)
    flash(request, f"已导入{begun}行{KIND_NAMES[kind]}草稿。", "success")
    raise web.HTTPSeeOther("/credit?view=open")


def _rows_in(text: str) -> list[tuple[int, dict[str, Any]]]:
    """Raises InvalidInput for anything but what the preview wrote."""
    try:
        rows = json.loads(text)
        return [(int(line), dict(fields)) for line, fields in rows]
    except (ValueError, TypeError):
        raise InvalidInput(NO_TABLE) from None


def _page(
    request: web.Request,
    kind: Kind,
    *,
    rows: list[CheckedRow] | None = None,
    error: str = "",
    status: int = 200,
) -> web.Response:
    rows = rows or []
    ready = bool(rows) and not any(row.wrong for row in rows)
    context = {
        "kind": kind,
        "kind_name": KIND_NAMES[kind],
        "columns": columns_of(args_of(kind)),
        "rows": rows,
        "ready": json.dumps([[row.line, row.fields] for row in rows], ensure_ascii=False) if ready else "",
        "error": error,
    }
    return render("credit/import.html", request, context, status=status)
