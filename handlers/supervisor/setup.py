"""Puts the supervisor's board on an application: pages, filters and the entry in the top bar."""

from __future__ import annotations

import aiohttp_jinja2
from aiohttp import web

from cases.figures.early_warning import AlarmStore
from cases.figures.reports import ReportStore
from cases.figures.statistics import Statistics
from handlers.supervisor.attention.briefing import show_digest
from handlers.supervisor.attention.waiting import show_attention
from handlers.supervisor.attention.warning import acknowledge_alarm, show_warnings
from handlers.supervisor.audit.trail import add_routes as add_audit
from handlers.supervisor.board.case_list import show_list
from handlers.supervisor.board.credit import show_credit
from handlers.supervisor.board.measures import show_measures
from handlers.supervisor.board.page import show_board
from handlers.supervisor.board.ranking import show_ranking
from handlers.supervisor.choices import BOARD_ROLES, CREDIT_FIGURES_ROLES
from handlers.supervisor.exports.credit import export_credit_csv, export_credit_xlsx
from handlers.supervisor.exports.downloads import export_csv, export_xlsx
from handlers.supervisor.exports.metrics import send_metrics
from handlers.supervisor.exports.statistics_api import PATH_ITEM, send_statistics
from handlers.supervisor.keys import ALARMS, METRICS_TOKEN, REPORTS, STATISTICS
from handlers.supervisor.overview.tables import BreakdownRow
from handlers.supervisor.overview.tallies import days
from handlers.supervisor.reports.index import list_reports
from handlers.supervisor.reports.page import choose_case, send_pdf, send_word, show_report
from handlers.supervisor.reports.year import show_year
from handlers.web.keys import API_PATHS, NavItem
from handlers.web.setup import add_navigation

SECTIONS = (
    ("board", "看板", "/board", BOARD_ROLES),
    ("attention", "待督办", "/board/attention", BOARD_ROLES),
    ("warning", "监测预警", "/board/warning", BOARD_ROLES),
    ("credit", "信用", "/board/credit", CREDIT_FIGURES_ROLES),
    ("ranking", "排名", "/board/ranking", BOARD_ROLES),
    ("reports", "报告与导出", "/board/reports", BOARD_ROLES),
    ("measures", "指标说明", "/board/measures", BOARD_ROLES),
)
"""Key, name, address, and who may open it."""


def setup(
    app: web.Application,
    statistics: Statistics,
    alarms: AlarmStore,
    reports: ReportStore,
    *,
    metrics_token: str = "",
) -> None:
    """Routes of the board, `/metrics` and `/api/v1/statistics`.

    Call after `handlers.web.setup.setup`; SERVICES, AUDIT and NOW must be set.
    """
    app[STATISTICS], app[ALARMS], app[METRICS_TOKEN] = statistics, alarms, metrics_token
    app[REPORTS] = reports
    environment = aiohttp_jinja2.get_env(app)
    environment.filters["days"] = days
    environment.filters["change"] = _change
    environment.globals["board_sections"] = SECTIONS
    add_navigation(app, NavItem("督办看板", "/board", frozenset(BOARD_ROLES)))
    add = app.router
    add.add_get("/board", show_board)
    add.add_get("/board/cases", show_list)
    add.add_get("/board/export.csv", export_csv, allow_head=False)
    add.add_get("/board/export.xlsx", export_xlsx, allow_head=False)
    add.add_get("/board/credit", show_credit)
    add.add_get("/board/credit.csv", export_credit_csv, allow_head=False)
    add.add_get("/board/credit.xlsx", export_credit_xlsx, allow_head=False)
    add.add_get("/board/measures", show_measures)
    add.add_get("/board/digest", show_digest)
    add.add_get("/board/attention", show_attention)
    add.add_get("/board/ranking", show_ranking)
    add.add_get("/board/warning", show_warnings)
    add.add_post("/board/warning/{id}", acknowledge_alarm)
    add.add_get("/board/reports", list_reports)
    add.add_get("/board/report/{key}.pdf", send_pdf)
    add.add_get("/board/report/{key}.docx", send_word)
    add.add_get("/board/report/{key}", show_report)
    add.add_post("/board/report/{key}/cases", choose_case)
    add.add_get("/board/yearly/{year}", show_year)
    add_audit(app)
    add.add_get("/api/v1/statistics", send_statistics, allow_head=False)
    app[API_PATHS]["/statistics"] = PATH_ITEM
    add.add_get("/metrics", send_metrics)


def _change(row: BreakdownRow) -> str:
    """How the share of kept promises moved, in percentage points."""
    points = round(((row.handle_on_time or 0) - (row.before or 0)) * 100)
    return "持平" if points == 0 else f"{'▲' if points > 0 else '▼'}{abs(points)}点"
