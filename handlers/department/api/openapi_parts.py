"""The pieces an OpenAPI operation is made of: references, answers, bodies."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

Json = dict[str, Any]


def ref(model: type[BaseModel]) -> Json:
    return {"$ref": f"#/components/schemas/{model.__name__}"}


def says(model: type[BaseModel], words: str, *, tagged: bool = False) -> Json:
    answer: Json = {"description": words, "content": {"application/json": {"schema": ref(model)}}}
    if tagged:
        answer["headers"] = {"ETag": {"description": "版本", "schema": {"type": "string"}}}
    return answer


def operation(
    tag: str, id: str, summary: str, scope: str, answers: Json, *, description: str = "", **more: Any
) -> Json:
    problem = {"$ref": "#/components/responses/Problem"}
    refusals = dict.fromkeys(("401", "403", "default"), problem)
    return {
        "tags": [tag],
        "operationId": id,
        "summary": summary,
        "description": "\n\n".join(filter(None, (description, f"需要权限 `{scope}`。"))),
        "responses": {**answers, **refusals},
        **more,
    }


def takes(model: type[BaseModel], *, required: bool = True) -> Json:
    return {"required": required, "content": {"application/json": {"schema": ref(model)}}}
