"""The routes of the pages that anyone may read."""

from __future__ import annotations

from aiohttp import web

from handlers.citizen.pages.bodies import find_bodies, send_body, show_body
from handlers.citizen.pages.commitments import (
    send_code,
    send_commitments,
    show_commitment,
    show_commitments,
)
from handlers.citizen.pages.disclosures import send_disclosures, show_disclosures
from handlers.citizen.pages.evaluations import (
    send_evaluation,
    send_evaluations,
    show_evaluation,
    show_evaluations,
)
from handlers.citizen.pages.figures import send_figures, show_figures
from handlers.citizen.pages.letters import verify_letter
from handlers.citizen.pages.lists import send_list, show_list, show_lists
from handlers.citizen.pages.motions import send_motions, show_motions
from handlers.citizen.pages.promises import show_promises
from handlers.citizen.pages.proofs import check_given, send_key, send_log, show_form, show_log, tell_key
from handlers.citizen.pages.records import send_feed, send_record, send_records, show_record, show_records


def add_routes(app: web.Application) -> None:
    app.router.add_get("/promises", show_promises)
    app.router.add_get("/commitments", show_commitments)
    app.router.add_get("/commitments.json", send_commitments, allow_head=False)
    app.router.add_get(r"/commitments/{id:[A-Z0-9-]+}", show_commitment)
    app.router.add_get(r"/commitments/{id:[A-Z0-9-]+}/code.svg", send_code)
    app.router.add_get("/motions", show_motions)
    app.router.add_get("/motions.json", send_motions, allow_head=False)
    app.router.add_get("/disclosures", show_disclosures)
    app.router.add_get("/disclosures.json", send_disclosures, allow_head=False)
    app.router.add_get("/evaluations", show_evaluations)
    app.router.add_get("/evaluations.json", send_evaluations, allow_head=False)
    app.router.add_get(r"/evaluations/{id:[A-Z0-9-]+}", show_evaluation)
    app.router.add_get(r"/evaluations/{id:[A-Z0-9-]+}.json", send_evaluation, allow_head=False)
    app.router.add_get("/lists", show_lists)
    app.router.add_get(r"/lists/{id:[A-Z0-9-]+}", show_list)
    app.router.add_get(r"/lists/{id:[A-Z0-9-]+}.json", send_list, allow_head=False)
    app.router.add_get("/bodies", find_bodies)
    app.router.add_get(r"/bodies/{key:[^/]+}.json", send_body, allow_head=False)
    app.router.add_get(r"/bodies/{key:[^/]+}", show_body)
    app.router.add_get("/records/figures", show_figures)
    app.router.add_get("/records/figures.json", send_figures, allow_head=False)
    app.router.add_get("/records", show_records)
    app.router.add_get("/records.json", send_records, allow_head=False)
    app.router.add_get("/records.atom", send_feed, allow_head=False)
    app.router.add_get(r"/records/{id:[A-Z0-9-]+}", show_record)
    app.router.add_get(r"/records/{id:[A-Z0-9-]+}.json", send_record, allow_head=False)
    app.router.add_get("/verify", verify_letter)
    app.router.add_get("/verify/proof", show_form)
    app.router.add_post("/verify/proof", check_given)
    app.router.add_get("/verify/log", show_log)
    app.router.add_get("/verify/log.json", send_log)
    app.router.add_get("/verify/key", tell_key)
    app.router.add_get("/verify/key.pem", send_key)
