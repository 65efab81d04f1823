"""The API's routes."""

from __future__ import annotations

from aiohttp import web

from handlers.department.api import cases, files, letters, people, reference, webhooks


def add_routes(app: web.Application) -> None:
    add = app.router
    add.add_get("/api/v1/openapi.json", reference.send_openapi)
    add.add_get("/api/docs", reference.show_docs)
    add.add_get("/api/v1/jurisdictions", reference.list_jurisdictions, allow_head=False)
    add.add_get("/api/v1/promises", reference.list_promises, allow_head=False)
    add.add_get("/api/v1/cases", cases.list_cases, allow_head=False)
    add.add_post("/api/v1/cases", cases.file_report)
    add.add_post("/api/v1/cases/next", cases.pull_next)
    add.add_get("/api/v1/cases/{number:[^/]*[0-9][^/]*}", cases.read_case, allow_head=False)
    add.add_get("/api/v1/cases/{number:[^/]*[0-9][^/]*}/moves", cases.list_moves, allow_head=False)
    add.add_post("/api/v1/cases/{number:[^/]*[0-9][^/]*}/moves/{move}", cases.make_move)
    letter = r"/api/v1/cases/{number:[^/]*[0-9][^/]*}/letters"
    add.add_get(letter, letters.list_letters, allow_head=False)
    add.add_post(letter, letters.begin_letter)
    add.add_post(letter + r"/{paper:[1-9]\d{0,2}}/{step}", letters.take_step)
    add.add_post("/api/v1/cases/{number:[^/]*[0-9][^/]*}/evidence", files.upload)
    add.add_get("/api/v1/cases/{number:[^/]*[0-9][^/]*}/evidence/{file}", files.download, allow_head=False)
    add.add_post("/api/v1/cases/{number:[^/]*[0-9][^/]*}/reporter", people.read_reporter)
    add.add_put("/api/v1/presence", people.set_presence)
    add.add_get("/api/v1/webhooks", webhooks.list_webhooks, allow_head=False)
    add.add_post("/api/v1/webhooks", webhooks.register_webhook)
    add.add_get("/api/v1/webhooks/{id}", webhooks.read_webhook, allow_head=False)
    add.add_delete("/api/v1/webhooks/{id}", webhooks.remove_webhook)
    add.add_post("/api/v1/webhooks/{id}/ping", webhooks.ping_webhook)
