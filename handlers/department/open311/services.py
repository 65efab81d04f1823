"""Discovery, the list of services (the key domains) and what each asks for."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from cases.words import DOMAIN_NAMES
from classify.types import Domain
from handlers.department.open311.formats import Refused, refusals_in_its_shape, say
from handlers.web.access.onion import own_address
from handlers.web.access.policy import machine
from handlers.web.keys import SERVICES

CHANGESET = "2026-11-22T00:00:00+08:00"
SPECIFICATION = "http://wiki.open311.org/GeoReport_v2"

DESCRIPTIONS: dict[Domain, str] = {
    Domain.PROCUREMENT: "政府采购中不履行合同、拖欠采购款、不按承诺办理",
    Domain.PPP: "政府和社会资本合作项目中政府不守约",
    Domain.BIDDING: "招标投标中言行不一、规则不公、不履行中标结果",
    Domain.INVESTMENT: "招商引资时承诺的政策、用地、补贴没有兑现",
    Domain.DEBT: "拖欠工程款、账款、公共工程工人工资和其他政府债务",
    Domain.TOWNSHIP: "街道、乡镇、村居说到没有做到",
    Domain.GENERAL: "其他政务失信",
}
ATTRIBUTES: tuple[tuple[str, str, str, bool], ...] = (
    ("accused", "被投诉的单位", "string", False),
    ("amount_yuan", "涉及金额（元）", "number", False),
    ("wish", "希望怎样解决", "text", False),
)
"""Variable, description, datatype, required."""


@machine
@refusals_in_its_shape
async def discover(request: web.Request) -> web.StreamResponse:
    origin = own_address(request)
    content = {
        "changeset": CHANGESET,
        "contact": f"{origin}/promises",
        "key_service": "Ask the operator of this site for a key with the permission open311.",
        "endpoints": [
            {
                "specification": SPECIFICATION,
                "url": f"{origin}/open311/v2",
                "changeset": CHANGESET,
                "type": "production",
                "formats": ["text/xml", "application/json"],
            }
        ],
    }
    return say(request, "discovery", "endpoint", content)


@machine
@refusals_in_its_shape
async def list_services(request: web.Request) -> web.StreamResponse:
    check_jurisdiction(request, request.query.get("jurisdiction_id"))
    services = [
        {
            "service_code": domain.value,
            "service_name": DOMAIN_NAMES[domain],
            "description": words,
            "metadata": True,
            "type": "realtime",
            "keywords": "政务失信",
            "group": "政务诚信",
        }
        for domain, words in DESCRIPTIONS.items()
    ]
    return say(request, "services", "service", services)


@machine
@refusals_in_its_shape
async def define_service(request: web.Request) -> web.StreamResponse:
    check_jurisdiction(request, request.query.get("jurisdiction_id"))
    domain = service_of(request.match_info["code"])
    attributes: list[dict[str, Any]] = [
        {
            "variable": True,
            "code": code,
            "datatype": datatype,
            "required": required,
            "datatype_description": "",
            "order": order,
            "description": words,
        }
        for order, (code, words, datatype, required) in enumerate(ATTRIBUTES, start=1)
    ]
    return say(
        request, "service_definition", "item", {"service_code": domain.value, "attributes": attributes}
    )


def service_of(code: str) -> Domain:
    """Raises Refused when there is no such service."""
    domain = next((d for d in DESCRIPTIONS if d.value == code), None)
    if domain is None:
        raise Refused(404, "service_code was not found")
    return domain


def check_jurisdiction(request: web.Request, id: str | None) -> None:
    """One endpoint serves all jurisdictions, so the id may be left out; a wrong one is told."""
    known = {jurisdiction.id for jurisdiction in request.app[SERVICES].rules.jurisdictions.all()}
    if id and id not in known:
        raise Refused(404, "jurisdiction_id was not found")
