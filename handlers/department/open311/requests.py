"""Filing a request and asking how it stands. What people wrote and who they are never leaves through here."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from aiohttp import web

from cases.instants import CHINA, local_date, start_of
from cases.numbers import parse_number
from cases.ports.cases import CaseFilter
from cases.records import FreeText
from cases.service.filing import Filed
from cases.service.intake import Report, told_in_a_field
from cases.service.public.view import PublicStatus
from cases.text_lengths import LONGEST_WISH
from cases.vocabulary import OPEN, Channel, DecidedBy, Language, Status
from cases.words import DOMAIN_NAMES, STATUS_NAMES
from handlers.department.open311.formats import Refused, refusals_in_its_shape, say
from handlers.department.open311.services import check_jurisdiction, service_of
from handlers.web.access.asking import asked
from handlers.web.access.callers import client_address
from handlers.web.access.policy import machine
from handlers.web.access.scopes import OPEN311
from handlers.web.access.tokens import find_bearer
from handlers.web.keys import LIMITS, NOW, SERVICES

LONGEST = 4000
"""Characters of a description, as the specification says."""
SPAN = timedelta(days=90)
LOOKS = 60
"""At once and a minute, for one address."""
MOST = 1000
"""The specification's limits of a list: 90 days or the first 1,000."""

_CLOSED = frozenset(Status) - OPEN
_MORE: dict[Status, str] = {
    Status.REGISTERED: "等待受理",
    Status.ACCEPTED: "正在办理",
    Status.DECLINED: "已书面告知",
}
"""What is said beside the name of a status."""


@machine
@refusals_in_its_shape
async def create_request(request: web.Request) -> web.StreamResponse:
    """201 with number and receipt. Needs an api_key with the permission open311.

    The same words from the same system on one day are one report, sent again because an answer was lost.
    """
    form = {key: value for key, value in (await request.post()).items() if isinstance(value, str)}
    await _check_key(request, form.get("api_key") or request.query.get("api_key", ""))
    check_jurisdiction(request, form.get("jurisdiction_id") or request.query.get("jurisdiction_id"))
    report = _report(form)
    today = local_date(request.app[NOW]())
    key = f"open311:{today}:{asked(request, json.dumps(sorted(form.items())).encode())}"
    filed = await request.app[SERVICES].filing.file(report, key=key, conversation=None)
    return say(request, "service_requests", "request", [_created(filed)], status=201)


def _created(filed: Filed) -> dict[str, str]:
    receipt = " ".join(filed.receipt[n : n + 4] for n in range(0, 16, 4))
    return {
        "service_request_id": filed.case.number,
        "service_notice": f"责任单位：{filed.case.department_name}。查询码 {receipt}，只显示一次，请保管。",
        "account_id": "",
    }


async def _check_key(request: web.Request, key: str) -> None:
    """Raises Refused unless the key is a token with the permission, of an active account."""
    if not key:
        raise Refused(403, "api_key was not provided")
    bearer = await find_bearer(request.app, key)
    if bearer is None or OPEN311 not in bearer.token.scopes:
        raise Refused(403, "api_key is not valid")


def _report(form: Mapping[str, str]) -> Report:
    if not form.get("service_code"):
        raise Refused(400, "service_code was not provided")
    domain = service_of(form["service_code"])
    description = form.get("description", "").strip()
    if not description:
        raise Refused(400, "description was not provided")
    if len(description) > LONGEST:
        raise Refused(400, f"description is longer than {LONGEST} characters")
    if not (form.get("address_string") or form.get("address_id") or (form.get("lat") and form.get("long"))):
        raise Refused(400, "a location was not provided: lat and long, address_string or address_id")
    name = " ".join(filter(None, (form.get("first_name", "").strip(), form.get("last_name", "").strip())))
    contact = "，".join(filter(None, (form.get("phone", "").strip(), form.get("email", "").strip())))
    return Report(
        channel=Channel.OPEN311,
        language=Language.ZH_HANS,
        text=FreeText(_text(description, form)),
        wish=_free(form.get("attribute[wish]", "")[:LONGEST_WISH]),
        domain=domain,
        domain_by=DecidedBy.CITIZEN,
        **told_in_a_field(form.get("attribute[accused]", "")[:200]),
        amount_yuan=_amount(form.get("attribute[amount_yuan]", "")),
        name=_free(name[:100]),
        contact=_free(contact[:200]),
    )


def _text(description: str, form: Mapping[str, str]) -> str:
    """The place is part of the text, so that it is read like any other; media is named, never fetched."""
    lines = [description]
    if address := form.get("address_string", "").strip():
        lines.append(f"地点：{address[:300]}")
    if form.get("lat") and form.get("long"):
        lines.append(f"坐标：{_degrees(form['lat'], 90)}，{_degrees(form['long'], 180)}")
    if media := form.get("media_url", "").strip():
        lines.append(f"材料地址：{media[:500]}")
    return "\n".join(lines)


def _degrees(text: str, most: int) -> float:
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    if not -most <= value <= most:
        raise Refused(400, "lat and long must be WGS 84 degrees")
    return round(value, 6)


def _free(text: str) -> FreeText | None:
    return FreeText(text.strip()) if text.strip() else None


def _amount(text: str) -> int | None:
    if not text.strip():
        return None
    if not text.strip().isdecimal() or len(text.strip()) > 13:
        raise Refused(400, "attribute[amount_yuan] must be a whole number")
    return int(text)


@machine
@refusals_in_its_shape
async def list_requests(request: web.Request) -> web.StreamResponse:
    """By ids, or the newest within the asked span."""
    query = request.query
    check_jurisdiction(request, query.get("jurisdiction_id"))
    await _not_too_often(request)
    if ids := query.get("service_request_id"):
        numbers = [parse_number(id) for id in ids.split(",")[:50]]
        found = [await request.app[SERVICES].public.find(n) for n in numbers if n]
        return _say_requests(request, [one for one in found if one is not None])
    where = CaseFilter(
        statuses=_statuses(query.get("status")),
        domain=service_of(query["service_code"]) if query.get("service_code") else None,
        filed_from=_moment(query.get("start_date")) or request.app[NOW]() - SPAN,
        filed_until=_moment(query.get("end_date")),
    )
    listed = await request.app[SERVICES].public.list_newest(where, MOST)
    return _say_requests(request, list(listed))


async def _not_too_often(request: web.Request) -> None:
    bucket = f"open311:{client_address(request)}"
    if not await request.app[LIMITS].take(bucket, LOOKS, LOOKS, request.app[NOW]()):
        raise Refused(429, "too many requests: please ask again in a minute")


def _statuses(text: str | None) -> frozenset[Status] | None:
    if not text:
        return None
    wanted = set(text.split(","))
    if not wanted <= {"open", "closed"}:
        raise Refused(400, "status must be open or closed")
    return (OPEN if "open" in wanted else frozenset()) | (_CLOSED if "closed" in wanted else frozenset())


def _moment(text: str | None) -> datetime | None:
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text.replace(" ", "+"))
    except ValueError:
        raise Refused(400, "dates must be W3C dates such as 2026-11-22T00:00:00Z") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=CHINA)


@machine
@refusals_in_its_shape
async def read_request(request: web.Request) -> web.StreamResponse:
    check_jurisdiction(request, request.query.get("jurisdiction_id"))
    await _not_too_often(request)
    return _say_requests(request, [await _find(request, request.match_info["id"])])


@machine
@refusals_in_its_shape
async def read_token(request: web.Request) -> web.StreamResponse:
    """We answer filings with the id at once, so a token is the id itself."""
    found = await _find(request, request.match_info["id"])
    tokens = [{"service_request_id": found.number, "token": request.match_info["id"]}]
    return say(request, "service_requests", "request", tokens)


async def _find(request: web.Request, id: str) -> PublicStatus:
    number = parse_number(id)
    found = await request.app[SERVICES].public.find(number) if number else None
    if found is None:
        raise Refused(404, "service_request_id was not found")
    return found


def _say_requests(request: web.Request, found: list[PublicStatus]) -> web.Response:
    return say(request, "service_requests", "request", [_shown(one) for one in found])


def _shown(one: PublicStatus) -> dict[str, Any]:
    """The specification's fields; those that could lead to a person stay empty."""
    return {
        "service_request_id": one.number,
        "status": "open" if one.status in OPEN else "closed",
        "status_notes": "，".join(filter(None, (STATUS_NAMES[one.status], _MORE.get(one.status)))),
        "service_name": DOMAIN_NAMES[one.domain],
        "service_code": one.domain.value,
        "description": "",
        "agency_responsible": one.department_name,
        "service_notice": "",
        "requested_datetime": _w3c(one.filed_on),
        "updated_datetime": _w3c(one.updated_on),
        "expected_datetime": _w3c(one.due_on) if one.due_on else "",
        "address": "",
        "address_id": "",
        "zipcode": "",
        "lat": None,
        "long": None,
        "media_url": "",
    }


def _w3c(day: date) -> str:
    """The day alone: the specification wants a time, and the hour is nobody's business."""
    return start_of(day).astimezone(CHINA).isoformat(timespec="seconds")
