"""The routes of GeoReport v2."""

from __future__ import annotations

from aiohttp import web

from handlers.department.open311 import requests, services

_FORMAT = "{format:json|xml}"


def add_routes(app: web.Application) -> None:
    add, root = app.router, "/open311/v2"
    for place in ("/open311", root):
        add.add_get(f"{place}/discovery.{_FORMAT}", services.discover)
    add.add_get(f"{root}/services.{_FORMAT}", services.list_services)
    add.add_get(root + "/services/{code:[a-z_]{1,40}}." + _FORMAT, services.define_service)
    add.add_get(f"{root}/requests.{_FORMAT}", requests.list_requests)
    add.add_post(f"{root}/requests.{_FORMAT}", requests.create_request)
    add.add_get(root + "/requests/{id:[^/.]{1,60}}." + _FORMAT, requests.read_request)
    add.add_get(root + "/tokens/{id:[^/.]{1,60}}." + _FORMAT, requests.read_token)
