"""Puts the desk on an application: its pages, their filters and its entries in the top bar."""

from __future__ import annotations

import aiohttp_jinja2
from aiohttp import web

from cases.people import Role
from cases.ports.ready_texts import ReadyTextStore
from cases.ports.unsent import UnsentStore
from cases.vocabulary import LetterMove
from cases.words import DECLINE_REASON_NAMES, LETTER_MOVE_NAMES
from handlers.department.addresses import address_of_view
from handlers.department.api.setup import add_routes as add_api
from handlers.department.case.alike import merge_into, show_alike
from handlers.department.case.letter_pages import (
    print_paper,
    print_receipt,
    print_with_name,
    send_paper_pdf,
    send_pdf,
    show_letter,
)
from handlers.department.case.letterheads import set_letterhead, show_letterhead
from handlers.department.case.marking import split_marked
from handlers.department.case.moves import make_move
from handlers.department.case.order_sheets import print_consultation, print_order
from handlers.department.case.page import show_case, show_reporter
from handlers.department.case.papers import begin_letter, save_typed, show_paper, work_on_paper
from handlers.department.case.unsent import save_words
from handlers.department.counter import file_for_citizen, save_report, send_site_picture, show_counter
from handlers.department.emergencies import acknowledge_emergency, show_emergencies
from handlers.department.evidence import check_files, download_file, view_file
from handlers.department.lists.views import TO_CHECK
from handlers.department.open311.setup import add_routes as add_open311
from handlers.department.queue.bulk import act_on_many
from handlers.department.queue.calendar_feed import (
    make_calendar,
    revoke_calendar,
    send_calendar,
    show_calendar,
)
from handlers.department.queue.live import stream_changes
from handlers.department.queue.page import count_letters, go_to_number, pull_next, show_queue
from handlers.department.queue.saved_filters import drop_filters, save_filters
from handlers.department.queue.workload import set_away, show_workload
from handlers.department.ready_texts import READY_TEXTS
from handlers.department.roles import CASE_ROLES, DESK_ROLES
from handlers.department.texts_page import change_text, show_texts
from handlers.web.keys import UNSENT, NavItem
from handlers.web.setup import add_navigation


def setup(app: web.Application, unsent: UnsentStore, ready_texts: ReadyTextStore) -> None:
    """Routes of the department desk. Call after `handlers.web.setup.setup`."""
    app[UNSENT], app[READY_TEXTS] = unsent, ready_texts
    environment = aiohttp_jinja2.get_env(app)
    environment.filters["split_marked"] = split_marked
    environment.globals["letter_past"] = lambda move: LETTER_MOVE_NAMES[LetterMove(move)].past
    environment.filters["decline_reason"] = lambda key: DECLINE_REASON_NAMES.get(key, key)
    add_navigation(
        app,
        NavItem("办理台", "/desk", frozenset(CASE_ROLES)),
        NavItem("待核稿", address_of_view(TO_CHECK), frozenset({Role.HEAD}), count_letters),
        NavItem("紧急情况", "/desk/emergencies", frozenset(CASE_ROLES)),
        NavItem("人员与工作量", "/desk/workload", frozenset(DESK_ROLES)),
    )
    add = app.router
    add.add_get("/desk", show_queue)
    add.add_post("/desk/next", pull_next)
    add.add_get("/desk/find", go_to_number)
    add.add_post("/desk/views", save_filters)
    add.add_post("/desk/views/drop", drop_filters)
    add.add_post("/desk/away", set_away)
    add.add_post("/desk/bulk", act_on_many)
    add.add_get("/desk/workload", show_workload)
    add.add_get("/desk/calendar", show_calendar)
    add.add_post("/desk/calendar", make_calendar)
    add.add_post("/desk/calendar/revoke", revoke_calendar)
    add.add_get("/calendar/{secret}.ics", send_calendar)
    add.add_get("/desk/emergencies", show_emergencies)
    add.add_post("/desk/emergencies/{id}", acknowledge_emergency)
    add.add_get("/desk/file", show_counter)
    add.add_post("/desk/file", file_for_citizen)
    add.add_post("/desk/file/unsent", save_report)
    add.add_get("/desk/file/site.svg", send_site_picture)
    add.add_get("/desk/events", stream_changes, allow_head=False)
    add.add_get("/desk/cases/{number}", show_case)
    add.add_get("/desk/cases/{number}/alike", show_alike)
    add.add_post("/desk/cases/{number}/alike", merge_into)
    add.add_post("/desk/cases/{number}/reporter", show_reporter)
    add.add_post("/desk/cases/{number}/moves/{move}", make_move)
    add.add_post("/desk/cases/{number}/unsent/{move}", save_words)
    add.add_post("/desk/cases/{number}/evidence/check", check_files)
    add.add_get("/desk/cases/{number}/evidence/{file}", view_file)
    add.add_get("/desk/cases/{number}/evidence/{file}/download", download_file)
    add.add_get(r"/desk/cases/{number}/letters/{letter:[1-9]\d?}", show_letter)
    add.add_get(r"/desk/cases/{number}/letters/{letter:[1-9]\d?}.pdf", send_pdf)
    add.add_post("/desk/cases/{number}/papers", begin_letter)
    add.add_get(r"/desk/cases/{number}/papers/{paper:[1-9]\d{0,2}}", show_paper)
    add.add_post(r"/desk/cases/{number}/papers/{paper:[1-9]\d{0,2}}", work_on_paper)
    add.add_post(r"/desk/cases/{number}/papers/{paper:[1-9]\d{0,2}}/unsent", save_typed)
    add.add_get(r"/desk/cases/{number}/papers/{paper:[1-9]\d{0,2}}.pdf", send_paper_pdf)
    add.add_get(r"/desk/cases/{number}/papers/{paper:[1-9]\d{0,2}}/print", print_paper)
    add.add_post(r"/desk/cases/{number}/papers/{paper:[1-9]\d{0,2}}/named", print_with_name)
    add.add_get(r"/desk/cases/{number}/papers/{paper:[1-9]\d{0,2}}/receipt", print_receipt)
    add.add_get(r"/desk/cases/{number}/orders/{order:[1-9]\d?}", print_order)
    add.add_get("/desk/cases/{number}/consultation", print_consultation)
    add.add_get("/desk/texts", show_texts)
    add.add_post("/desk/texts", change_text)
    add.add_get("/desk/letterhead", show_letterhead)
    add.add_post("/desk/letterhead", set_letterhead)
    add_api(app)
    add_open311(app)
