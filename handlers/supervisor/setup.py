"""Puts the supervisor's board on an application: pages, filters and the entry in the top bar."""

from __future__ import annotations

import aiohttp_jinja2
from aiohttp import web

from cases.statistics import Statistics
from handlers.supervisor import board_page, lists
from handlers.supervisor.choices import BOARD_ROLES
from handlers.supervisor.keys import STATISTICS
from handlers.supervisor.measures_page import show_measures
from handlers.supervisor.tables import Row
from handlers.web.keys import NavItem
from handlers.web.setup import add_navigation

SECTIONS = (
    ("board", "看板", "/board"),
    ("measures", "指标说明", "/board/measures"),
)


def setup(app: web.Application, statistics: Statistics) -> None:
    """Routes of the board. Call after `handlers.web.setup.setup`; SERVICE and NOW must be set."""
    app[STATISTICS] = statistics
    environment = aiohttp_jinja2.get_env(app)
    environment.filters["days"] = board_page.days
    environment.filters["change"] = _change
    environment.globals["board_sections"] = SECTIONS
    add_navigation(app, NavItem("督办看板", "/board", frozenset(BOARD_ROLES)))
    add = app.router
    add.add_get("/board", board_page.show_board)
    add.add_get("/board/cases", lists.show_list)
    add.add_get("/board/measures", show_measures)


def _change(row: Row) -> str:
    """How the share of kept promises moved, in percentage points."""
    points = round(((row.handle_on_time or 0) - (row.before or 0)) * 100)
    return "持平" if points == 0 else f"{'▲' if points > 0 else '▼'}{abs(points)}点"
