"""How programs are spoken with: strict JSON in, JSON with an entity tag out, whichever face answers."""

from __future__ import annotations

import re
from typing import Any, TypeVar

from aiohttp import web
from pydantic import BaseModel, ValidationError

from cases.errors import InvalidInput
from cases.moves.once import once
from handlers.web import reasons
from handlers.web.access.asking import asked
from handlers.web.access.policy import actor_of
from handlers.web.forms.messages import first_problem

M = TypeVar("M", bound=BaseModel)
_TAG = re.compile(r'"([0-9]{1,9})"')
_KEY = re.compile(r"[A-Za-z0-9_.:-]{1,64}")
IF_MATCH: dict[str, Any] = {
    "name": "If-Match",
    "in": "header",
    "description": "读到的版本；期间有变化时答 412",
    "schema": {"type": "string", "pattern": r'^(\*|"[0-9]{1,9}")$'},
}
KEY: dict[str, Any] = {
    "name": "Idempotency-Key",
    "in": "header",
    "description": "同一个键只执行一次，重发得到同样的结果",
    "schema": {"type": "string", "pattern": r"^[A-Za-z0-9_.:-]{1,64}$"},
}
"""The two headers, as the OpenAPI document describes them."""


def say(shape: BaseModel, *, status: int = 200, version: int | None = None) -> web.Response:
    """The shape as JSON; with a version, its entity tag."""
    headers = {} if version is None else {"ETag": f'"{version}"'}
    return web.Response(
        text=shape.model_dump_json(), status=status, headers=headers, content_type="application/json"
    )


async def read_body(request: web.Request, model: type[M]) -> M:
    """The JSON body as this model, strictly. Raises InvalidInput with the first thing that is wrong."""
    if request.content_type not in {"application/json", "application/octet-stream"} and request.can_read_body:
        raise web.HTTPUnsupportedMediaType
    raw = await request.read()
    try:
        return model.model_validate_json(raw or b"{}", strict=True)
    except ValidationError as wrong:
        raise first_problem(wrong) from None


def read_query(request: web.Request, model: type[M]) -> M:
    """The query as this model. Raises InvalidInput."""
    try:
        return model.model_validate(dict(request.query))
    except ValidationError as wrong:
        raise first_problem(wrong) from None


def expected_version(request: web.Request) -> int | None:
    """From If-Match; None when the caller does not say. Raises InvalidInput for anything but our tags."""
    given = request.headers.get("If-Match")
    if given is None or given == "*":
        return None
    match = _TAG.fullmatch(given)
    if match is None:
        raise InvalidInput(reasons.TAG_FORM)
    return int(match.group(1))


async def idempotency_key(request: web.Request) -> str:
    """The caller's key with what is asked under it, apart from everybody else's; empty when there is none."""
    given = request.headers.get("Idempotency-Key")
    if given is None:
        return ""
    if not _KEY.fullmatch(given):
        raise InvalidInput(reasons.KEY_FORM)
    return once(f"api:{actor_of(request).id}:{given}", asked(request, await request.read()))
