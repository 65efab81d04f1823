"""The integrity side's part of the OpenAPI document."""

from __future__ import annotations

from typing import Any

from pydantic.json_schema import models_json_schema

from handlers.credit import api_shapes as shapes
from handlers.web.access.scopes import CREDIT_READ, CREDIT_WRITE
from handlers.web.programs import IF_MATCH, KEY

Json = dict[str, Any]
_ID = {
    "name": "id",
    "in": "path",
    "required": True,
    "description": "编号，例如 JL20261130-4839205-7",
    "schema": {"type": "string", "pattern": "^[A-Z]{2}[0-9]{8}-[0-9]{7}-[0-9]$"},
}
_MOVE = {
    "name": "move",
    "in": "path",
    "required": True,
    "schema": {"type": "string", "pattern": "^[a-z_]{1,40}$"},
}


def schemas() -> Json:
    said = [(model, "serialization") for model in shapes.SAID]
    taken = [(model, "validation") for model in shapes.TAKEN]
    _, made = models_json_schema([*said, *taken], ref_template="#/components/schemas/{model}")  # type: ignore[list-item]
    found: Json = made["$defs"]
    return found


def paths() -> Json:
    query = shapes.DossierQuery.model_json_schema(ref_template="#/components/schemas/{model}")["properties"]
    listed = [{"name": name, "in": "query", "schema": schema} for name, schema in query.items()]
    return {
        "/dossiers": {
            "get": _operation("listDossiers", "列出信用事项", CREDIT_READ, "DossierPage", parameters=listed),
            "post": _operation(
                "openDossier",
                "起草限期整改、登记失信记录等",
                CREDIT_WRITE,
                "DossierOut",
                status="201",
                parameters=[KEY],
                requestBody=_body("OpeningIn"),
            ),
        },
        "/award-checks": {
            "post": _operation(
                "checkAwards", "评优核查", CREDIT_READ, "AwardAnswers", requestBody=_body("AwardQuestion")
            )
        },
        "/dossiers/{id}": {
            "parameters": [_ID],
            "get": _operation("readDossier", "查看一项，连同现在可以办理的操作", CREDIT_READ, "DossierOut"),
        },
        "/dossiers/{id}/moves/{move}": {
            "parameters": [_ID, _MOVE],
            "post": _operation(
                "moveDossier",
                "办理一项操作",
                CREDIT_WRITE,
                "DossierOut",
                parameters=[KEY, IF_MATCH],
                requestBody=_body("DossierMoveIn"),
            ),
        },
    }


def _operation(id: str, summary: str, scope: str, model: str, *, status: str = "200", **more: Any) -> Json:
    problem = {"$ref": "#/components/responses/Problem"}
    said = {"application/json": {"schema": {"$ref": f"#/components/schemas/{model}"}}}
    return {
        "tags": ["信用"],
        "operationId": id,
        "summary": summary,
        "description": f"需要权限 `{scope}`。",
        "responses": {
            status: {"description": summary, "content": said},
            **dict.fromkeys(("401", "403", "404", "409", "412", "422", "default"), problem),
        },
        **more,
    }


def _body(model: str) -> Json:
    return {
        "required": True,
        "content": {"application/json": {"schema": {"$ref": f"#/components/schemas/{model}"}}},
    }
