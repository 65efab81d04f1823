"""Puts the desk on an application: its pages, their filters and its entries in the top bar."""

from __future__ import annotations

import aiohttp_jinja2
from aiohttp import web

from cases.people import Role
from cases.words import DECLINE_REASON_NAMES
from handlers.department.access import CASE_ROLES
from handlers.department.api.setup import add_routes as add_api
from handlers.department.case import case_moves, case_page, counter, evidence, letters
from handlers.department.case.letters import sections
from handlers.department.open311.setup import add_routes as add_open311
from handlers.department.queue import bulk, live, queue_page, saved_views, workload
from handlers.department.queue.marking import split_marked
from handlers.web.keys import NavItem
from handlers.web.setup import add_navigation


def setup(app: web.Application) -> None:
    """Routes of the department desk. Call after `handlers.web.setup.setup`."""
    environment = aiohttp_jinja2.get_env(app)
    environment.filters["split_marked"] = split_marked
    environment.filters["letter_sections"] = sections
    environment.filters["decline_reason"] = lambda key: DECLINE_REASON_NAMES.get(key, key)
    add_navigation(
        app,
        NavItem("办理台", "/desk", frozenset(CASE_ROLES)),
        NavItem(
            "人员与工作量", "/desk/workload", frozenset({Role.HEAD, Role.HANDLER, Role.DEPUTY, Role.TRIAGE})
        ),
    )
    add = app.router
    add.add_get("/desk", queue_page.show_queue)
    add.add_post("/desk/next", queue_page.pull_next)
    add.add_get("/desk/find", queue_page.find_number)
    add.add_post("/desk/views", saved_views.save_view)
    add.add_post("/desk/views/drop", saved_views.drop_view)
    add.add_post("/desk/away", saved_views.set_away)
    add.add_post("/desk/bulk", bulk.act_on_many)
    add.add_get("/desk/workload", workload.show_workload)
    add.add_get("/desk/file", counter.show_counter)
    add.add_post("/desk/file", counter.file_for_citizen)
    add.add_get("/desk/events", live.stream_changes, allow_head=False)
    add.add_get("/desk/cases/{number}", case_page.show_case)
    add.add_post("/desk/cases/{number}/reporter", case_page.show_reporter)
    add.add_post("/desk/cases/{number}/moves/{move}", case_moves.make_move)
    add.add_post("/desk/cases/{number}/evidence/check", evidence.check_files)
    add.add_get("/desk/cases/{number}/evidence/{file}", evidence.view_file)
    add.add_get("/desk/cases/{number}/evidence/{file}/download", evidence.download_file)
    add.add_get(r"/desk/cases/{number}/letters/{letter:[1-9]\d?}", letters.show_letter)
    add.add_get(r"/desk/cases/{number}/letters/{letter:[1-9]\d?}.pdf", letters.send_pdf)
    add_api(app)
    add_open311(app)
