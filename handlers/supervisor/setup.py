"""Puts the supervisor's board on an application: pages, filters and the entry in the top bar."""

from __future__ import annotations

import aiohttp_jinja2
from aiohttp import web

from cases.figures.early_warning import AlarmStore
from cases.figures.statistics import Statistics
from handlers.supervisor.attention import warning_page
from handlers.supervisor.attention.digest import show_digest
from handlers.supervisor.attention.page import show_attention
from handlers.supervisor.audit import audit_page
from handlers.supervisor.board import board_page, lists
from handlers.supervisor.board.tables import Row
from handlers.supervisor.choices import BOARD_ROLES
from handlers.supervisor.exports import downloads as exports
from handlers.supervisor.exports import reports
from handlers.supervisor.exports.metrics import send_metrics
from handlers.supervisor.exports.statistics_api import send_statistics
from handlers.supervisor.keys import ALARMS, METRICS_TOKEN, STATISTICS
from handlers.supervisor.measures_page import show_measures
from handlers.supervisor.ranking_page import show_ranking
from handlers.web.keys import NavItem
from handlers.web.setup import add_navigation

SECTIONS = (
    ("board", "看板", "/board"),
    ("attention", "待督办", "/board/attention"),
    ("warning", "监测预警", "/board/warning"),
    ("ranking", "排名", "/board/ranking"),
    ("reports", "报告与导出", "/board/reports"),
    ("measures", "指标说明", "/board/measures"),
)


def setup(
    app: web.Application, statistics: Statistics, alarms: AlarmStore, *, metrics_token: str = ""
) -> None:
    """Routes of the board, `/metrics` and `/api/v1/statistics`.

    Call after `handlers.web.setup.setup`; SERVICE, AUDIT and NOW must be set.
    """
    app[STATISTICS], app[ALARMS], app[METRICS_TOKEN] = statistics, alarms, metrics_token
    environment = aiohttp_jinja2.get_env(app)
    environment.filters["days"] = board_page.days
    environment.filters["change"] = _change
    environment.globals["board_sections"] = SECTIONS
    add_navigation(app, NavItem("督办看板", "/board", frozenset(BOARD_ROLES)))
    add = app.router
    add.add_get("/board", board_page.show_board)
    add.add_get("/board/cases", lists.show_list)
    add.add_get("/board/export.csv", exports.export_csv, allow_head=False)
    add.add_get("/board/export.xlsx", exports.export_xlsx, allow_head=False)
    add.add_get("/board/measures", show_measures)
    add.add_get("/board/digest", show_digest)
    add.add_get("/board/attention", show_attention)
    add.add_get("/board/ranking", show_ranking)
    add.add_get("/board/warning", warning_page.show_warnings)
    add.add_post("/board/warning/{id}", warning_page.acknowledge_alarm)
    add.add_get("/board/reports", reports.list_reports)
    add.add_get("/board/report/{month}.pdf", reports.send_month_pdf)
    add.add_get("/board/report/{month}", reports.show_month)
    add.add_get("/board/yearly/{year}", reports.show_year)
    audit_page.add_routes(app)
    add.add_get("/api/v1/statistics", send_statistics)
    add.add_get("/metrics", send_metrics)


def _change(row: Row) -> str:
    """How the share of kept promises moved, in percentage points."""
    points = round(((row.handle_on_time or 0) - (row.before or 0)) * 100)
    return "持平" if points == 0 else f"{'▲' if points > 0 else '▼'}{abs(points)}点"
