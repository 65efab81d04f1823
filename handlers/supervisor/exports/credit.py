"""The figures of 信用 as a table, CSV and XLSX, with what each means. Every export is in the audit trail."""

from __future__ import annotations

from collections.abc import Iterator

from aiohttp import web

from cases.service.credit.figures import CreditFigures
from handlers.supervisor.choices import CREDIT_FIGURES_ROLES, Choice, choice_of
from handlers.supervisor.exports.downloads import XLSX, attachment, csv_bytes, note_export
from handlers.supervisor.exports.spreadsheet import Cell, Workbook
from handlers.supervisor.overview.credit import credit_figures, domain_name, lines_of
from handlers.supervisor.periods import span_words
from handlers.web.access.policy import actor_of, allow
from handlers.web.keys import SERVICES

HEADERS = ("项目", "名称", "数值", "说明")


def _rows(choice: Choice, found: CreditFigures) -> Iterator[list[Cell]]:
    yield ["统计期", choice.period_name, "", span_words(choice.period)]
    for line in lines_of(found):
        yield ["指标", line.measure.label, line.value, f"{line.note}。{line.measure.words}".lstrip("。")]
    for _, name, number in found.by_body:
        yield ["失信记录（按单位）", name, number, ""]
    for domain, number in found.by_domain.items():
        yield ["失信记录（按领域）", domain_name(domain), number, ""]


@allow(*CREDIT_FIGURES_ROLES)
async def export_credit_csv(request: web.Request) -> web.StreamResponse:
    rows = await _noted(request, "csv")
    body = b"\xef\xbb\xbf" + csv_bytes([HEADERS, *rows])
    return web.Response(
        body=body, content_type="text/csv", charset="utf-8", headers=attachment("csv", request)
    )


@allow(*CREDIT_FIGURES_ROLES)
async def export_credit_xlsx(request: web.Request) -> web.StreamResponse:
    rows = await _noted(request, "xlsx")
    workbook = Workbook("信用", HEADERS)
    body = workbook.add(rows) + workbook.close()
    return web.Response(body=body, content_type=XLSX, headers=attachment("xlsx", request))


async def _noted(request: web.Request, kind: str) -> list[list[Cell]]:
    """The rows, whose export is in the audit trail."""
    choice, actor = choice_of(request), actor_of(request)
    await note_export(request, actor, kind)
    return [*_rows(choice, await credit_figures(request.app[SERVICES], choice, actor))]
