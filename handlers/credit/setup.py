"""Puts the integrity side on an application: its pages, their filters and its entry in the top bar."""

from __future__ import annotations

import aiohttp_jinja2
from aiohttp import web

from cases.service.credit.exchange import Exchange
from handlers.credit import api, api_document
from handlers.credit.aggregates import export_aggregates, send_aggregates, show_aggregates
from handlers.credit.archives import export_archive, show_archive, show_officials
from handlers.credit.awards import answer_awards, check_awards, show_awards
from handlers.credit.evaluations import send_attachment
from handlers.credit.exchange import take_letter
from handlers.credit.files import send_file
from handlers.credit.importing import check_import, confirm_import, send_template, show_import
from handlers.credit.motions_report import choose_period, send_motions_report, show_motions_report
from handlers.credit.moves import make_move, open_dossier, show_opening
from handlers.credit.page import show_dossier
from handlers.credit.received import show_received
from handlers.credit.roles import CREDIT_ROLES
from handlers.credit.showing import status_name, status_tone
from handlers.credit.work import show_work
from handlers.web.keys import API_PATHS, API_SCHEMAS, EXCHANGE, NavItem
from handlers.web.setup import add_navigation


def setup(app: web.Application, exchange: Exchange) -> None:
    """Routes of the integrity side. Call after `handlers.web.setup.setup`."""
    environment = aiohttp_jinja2.get_env(app)
    environment.filters["dossier_status"] = status_name
    environment.filters["dossier_tone"] = status_tone
    add_navigation(app, NavItem("信用", "/credit", frozenset(CREDIT_ROLES)))
    app[API_PATHS].update(api_document.paths())
    app[API_SCHEMAS].update(api_document.schemas())
    app[EXCHANGE] = exchange
    add = app.router
    add.add_post("/api/exchange", take_letter)
    add.add_get("/credit", show_work)
    add.add_get("/credit/new/{kind}", show_opening)
    add.add_post("/credit/new/{kind}", open_dossier)
    add.add_get("/credit/import/{kind}", show_import)
    add.add_post("/credit/import/{kind}", check_import)
    add.add_post("/credit/import/{kind}/confirm", confirm_import)
    add.add_get("/credit/import/{kind}/template.csv", send_template, allow_head=False)
    add.add_get("/credit/archives", show_archive)
    add.add_post("/credit/archives", export_archive)
    add.add_get("/credit/archives/officials", show_officials)
    add.add_get("/credit/awards", show_awards)
    add.add_post("/credit/awards", check_awards)
    add.add_get("/credit/motions", choose_period)
    add.add_get(r"/credit/motions/{period}.{ending:pdf|docx|xlsx}", send_motions_report, allow_head=False)
    add.add_get("/credit/motions/{period}", show_motions_report)
    add.add_get("/credit/received", show_received)
    add.add_get("/credit/aggregates", show_aggregates, allow_head=False)
    add.add_post("/credit/aggregates", export_aggregates)
    add.add_get("/credit/{id}", show_dossier)
    add.add_post("/credit/{id}/moves/{move}", make_move)
    add.add_get("/credit/{id}/files/{file}", send_file)
    add.add_get("/credit/{id}/attachment/{ending}", send_attachment, allow_head=False)
    add.add_post("/api/v1/award-checks", answer_awards)
    add.add_get("/api/v1/aggregates", send_aggregates, allow_head=False)
    add.add_get("/api/v1/dossiers", api.list_dossiers, allow_head=False)
    add.add_post("/api/v1/dossiers", api.open_dossier)
    add.add_get("/api/v1/dossiers/{id}", api.read_dossier, allow_head=False)
    add.add_post("/api/v1/dossiers/{id}/moves/{move}", api.make_move)
