"""The OpenAPI 3.1 document, made from the life cycle and the models: it cannot disagree with them."""

from __future__ import annotations

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from cases.lifecycle.table import MOVES
from cases.vocabulary import Move
from cases.words import LETTER_MOVE_NAMES
from handlers.department.api import shapes
from handlers.department.api.cases import API_MOVES
from handlers.department.api.letters import API_STEPS, PaperIn, PaperList, PaperOut, StepIn
from handlers.department.api.openapi_webhooks import sent_to_receivers, webhook_paths
from handlers.department.api.people import people_paths
from handlers.department.api.scopes import FILE, READ, SCOPES, WRITE
from handlers.web.openapi_parts import QUICK_START, REFUSALS, Json, operation, ref, says, takes
from handlers.web.programs import IF_MATCH, KEY

_ANSWERS: tuple[type[BaseModel], ...] = (
    shapes.Problem,
    shapes.CaseOut,
    shapes.CasePage,
    shapes.MoveList,
    shapes.JurisdictionList,
    shapes.PromiseList,
    shapes.FiledOut,
    shapes.WebhookOut,
    shapes.WebhookMade,
    shapes.WebhookList,
    shapes.ReporterOut,
    PaperList,
)
_TAKEN: tuple[type[BaseModel], ...] = (
    shapes.ReportIn,
    shapes.WebhookIn,
    shapes.PresenceIn,
    PaperIn,
    StepIn,
)
_NUMBER = {
    "name": "number",
    "in": "path",
    "required": True,
    "description": "件号，例如 SX20261122-4839205-7",
    "schema": {"type": "string", "pattern": r"^SX[0-9]{8}-[0-9]{7}-[0-9]$"},
}


def build_document() -> Json:
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "守信 API",
            "version": "1",
            "description": "与办理台相同的操作，供有自己系统的单位使用。出错时答 problem+json（RFC 9457），"
            "说明的文字按请求的 Accept-Language 给出（zh-Hans、zh-Hant、en），默认简体中文。",
            "x-quick-start": [{"title": title, "code": code} for title, code in QUICK_START],
        },
        "servers": [{"url": "/api/v1"}],
        "security": [{"bearer": []}],
        "paths": {
            **_case_paths(),
            **_move_paths(),
            **people_paths(_NUMBER),
            **_letter_paths(),
            **_reference_paths(),
            **webhook_paths(),
        },
        "webhooks": sent_to_receivers(),
        "components": {
            "schemas": _schemas(),
            "securitySchemes": {
                "bearer": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "；".join(f"{scope}：{words}" for scope, words in SCOPES.items()),
                }
            },
            "responses": {
                name: {
                    "description": words,
                    "headers": {"Content-Language": {"schema": {"type": "string"}}},
                    "content": {"application/problem+json": {"schema": ref(shapes.Problem)}},
                }
                for name, words in REFUSALS.values()
            },
        },
    }


def _schemas() -> Json:
    """Every model that is said or taken; evidence is left out of what is taken."""
    taken = [(MOVES[move].args, "validation") for move in API_MOVES]
    said = [(model, "serialization") for model in _ANSWERS]
    _, made = models_json_schema(
        [*taken, *said, *((model, "validation") for model in _TAKEN)],  # type: ignore[list-item]
        ref_template="#/components/schemas/{model}",
    )
    schemas: Json = made["$defs"]
    for model in {MOVES[move].args for move in API_MOVES}:
        schema = schemas[model.__name__]
        schema.get("properties", {}).pop("evidence", None)
    schemas.pop("Evidence", None)
    for schema in schemas.values():
        _tell_words(schema)
    return schemas


def _tell_words(schema: Json) -> None:
    """Form hints become descriptions; only what JSON Schema knows stays."""
    for field in schema.get("properties", {}).values():
        label, help = field.pop("label", ""), field.pop("help", "")
        field.pop("widget", None)
        choices = field.pop("choices", None)
        words = [label, help, "；".join(f"{k}：{v}" for k, v in (choices or {}).items())]
        if text := "。".join(word for word in words if word):
            field["description"] = text


def _case_paths() -> Json:
    got = {"200": says(shapes.CaseOut, "件", tagged=True)}
    return {
        "/cases": {
            "get": operation(
                "件",
                "listCases",
                "列出件",
                READ,
                {"200": says(shapes.CasePage, "一页，已超期的在前")},
                parameters=_query_parameters(),
            ),
            "post": operation(
                "件",
                "fileReport",
                "替群众登记",
                FILE,
                {"201": says(shapes.FiledOut, "编号、查询码（只说一次）和承诺的时限")},
                parameters=[KEY],
                requestBody=takes(shapes.ReportIn),
            ),
        },
        "/cases/next": {
            "post": operation(
                "件",
                "pullNext",
                "领取下一件",
                WRITE,
                {**got, "204": {"description": "没有可以领取的件"}},
            )
        },
        "/cases/{number}": {
            "parameters": [_NUMBER],
            "get": operation("件", "readCase", "查看一件", READ, got),
        },
        "/cases/{number}/moves": {
            "parameters": [_NUMBER],
            "get": operation(
                "件", "listMoves", "现在可以办理的操作", READ, {"200": says(shapes.MoveList, "操作")}
            ),
        },
        **_evidence_paths(),
    }


def _evidence_paths() -> Json:
    raw = {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}
    file = {
        "name": "file",
        "in": "path",
        "required": True,
        "schema": {"type": "string", "pattern": "^[0-9A-Za-z_-]{1,64}$"},
    }
    name = {"name": "name", "in": "query", "description": "文件名", "schema": {"type": "string"}}
    return {
        "/cases/{number}/evidence": {
            "parameters": [_NUMBER],
            "post": operation(
                "证据",
                "attachFile",
                "添加附件",
                WRITE,
                {"201": says(shapes.CaseOut, "添加后的件", tagged=True)},
                parameters=[name, IF_MATCH, KEY],
                requestBody={"required": True, "content": raw},
            ),
        },
        "/cases/{number}/evidence/{file}": {
            "parameters": [_NUMBER, file],
            "get": operation(
                "证据",
                "downloadFile",
                "下载",
                READ,
                {"200": {"description": "文件；X-Content-SHA256 是刚核对过的摘要", "content": raw}},
            ),
        },
    }


def _move_paths() -> Json:
    return {
        f"/cases/{{number}}/moves/{move.value}": {
            "parameters": [_NUMBER],
            "post": operation(
                "办理",
                _camel(move),
                MOVES[move].label,
                WRITE,
                {"200": says(shapes.CaseOut, MOVES[move].past, tagged=True)},
                parameters=[IF_MATCH, KEY],
                requestBody=takes(MOVES[move].args, required=_has_required(move)),
            ),
        }
        for move in API_MOVES
    }


def _letter_paths() -> Json:
    letter = {
        "name": "paper",
        "in": "path",
        "required": True,
        "description": "文书在此件中的次序",
        "schema": {"type": "string", "pattern": "^[1-9][0-9]{0,2}$"},
    }
    names = "；".join(f"{step.value}：{LETTER_MOVE_NAMES[step].label}" for step in API_STEPS)
    step = {
        "name": "step",
        "in": "path",
        "required": True,
        "description": names,
        "schema": {"type": "string", "enum": [step.value for step in API_STEPS]},
    }
    return {
        "/cases/{number}/letters": {
            "parameters": [_NUMBER],
            "get": operation(
                "文书", "listLetters", "列出文书", READ, {"200": says(PaperList, "文书和现在可以办理的步骤")}
            ),
            "post": operation(
                "文书",
                "beginLetter",
                "拟稿",
                WRITE,
                {"201": says(PaperOut, "草稿；已有同类草稿时就是那一份")},
                requestBody=takes(PaperIn),
            ),
        },
        "/cases/{number}/letters/{paper}/{step}": {
            "parameters": [_NUMBER, letter, step],
            "post": operation(
                "文书",
                "stepOfLetter",
                "办理文书",
                WRITE,
                {"200": says(shapes.CaseOut, "件", tagged=True)},
                description="签发即办理相应的操作：处理意见书签发后，此件为已答复。",
                parameters=[IF_MATCH, KEY],
                requestBody=takes(StepIn, required=False),
            ),
        },
    }


def _has_required(move: Move) -> bool:
    return any(field.is_required() for field in MOVES[move].args.model_fields.values())


def _camel(move: Move) -> str:
    first, *rest = move.value.split("_")
    return first + "".join(part.capitalize() for part in rest)


def _query_parameters() -> list[Json]:
    """The fields of CaseQuery, each without its "or nothing"."""
    schema = shapes.CaseQuery.model_json_schema(ref_template="#/components/schemas/{model}")
    parameters = []
    for name, field in schema["properties"].items():
        plain = next((one for one in field.get("anyOf", ()) if one.get("type") != "null"), field)
        plain = {key: value for key, value in plain.items() if key not in {"title", "default"}}
        parameters.append({"name": name, "in": "query", "schema": plain})
    return parameters


def _reference_paths() -> Json:
    return {
        "/jurisdictions": {
            "get": operation(
                "规则",
                "listJurisdictions",
                "辖区和责任单位",
                READ,
                {"200": says(shapes.JurisdictionList, "全部辖区")},
            )
        },
        "/promises": {
            "get": operation(
                "规则",
                "listPromises",
                "承诺的时限和法律依据",
                READ,
                {"200": says(shapes.PromiseList, "每个领域的时限")},
            )
        },
    }
