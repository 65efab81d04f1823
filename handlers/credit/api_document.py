"""The integrity side's part of the OpenAPI document."""

from __future__ import annotations

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from handlers.credit import api_shapes as shapes
from handlers.web.access.scopes import CREDIT_READ, CREDIT_WRITE
from handlers.web.openapi_parts import Json, operation, says, takes
from handlers.web.programs import IF_MATCH, KEY

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
    one = says(shapes.DossierOut, "一项，连同现在可以办理的操作", tagged=True)
    return {
        "/dossiers": {
            "get": operation(
                "信用",
                "listDossiers",
                "列出信用事项",
                CREDIT_READ,
                {"200": says(shapes.DossierPage, "一页")},
                parameters=_query(shapes.DossierQuery),
            ),
            "post": operation(
                "信用",
                "openDossier",
                "起草限期整改、登记失信记录等",
                CREDIT_WRITE,
                {"201": one},
                parameters=[KEY],
                requestBody=takes(shapes.OpeningIn),
            ),
        },
        "/award-checks": {
            "post": operation(
                "信用",
                "checkAwards",
                "评优核查",
                CREDIT_READ,
                {"200": says(shapes.AwardAnswers, "每个单位一个答案")},
                requestBody=takes(shapes.AwardQuestion),
            )
        },
        "/aggregates": {
            "get": operation(
                "信用",
                "readAggregates",
                "第三方评价数据（已匿名，不足5件的不列）",
                CREDIT_READ,
                {"200": says(shapes.AggregateOut, "各组各项")},
                parameters=_query(shapes.AggregateQuery),
            )
        },
        "/dossiers/{id}": {
            "parameters": [_ID],
            "get": operation("信用", "readDossier", "查看一项", CREDIT_READ, {"200": one}),
        },
        "/dossiers/{id}/moves/{move}": {
            "parameters": [_ID, _MOVE],
            "post": operation(
                "信用",
                "moveDossier",
                "办理一项操作",
                CREDIT_WRITE,
                {"200": one},
                parameters=[KEY, IF_MATCH],
                requestBody=takes(shapes.DossierMoveIn),
            ),
        },
    }


def _query(shape: type[BaseModel]) -> list[Json]:
    asked = shape.model_json_schema(ref_template="#/components/schemas/{model}")["properties"]
    return [{"name": name, "in": "query", "schema": schema} for name, schema in asked.items()]
