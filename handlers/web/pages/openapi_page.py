"""A page that reads an OpenAPI document to people, without any third-party script."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from aiohttp import web

from handlers.web.pages.templates import render

_METHODS = ("get", "post", "put", "patch", "delete")
_TONES = {"get": "blue", "post": "green", "put": "amber", "patch": "amber", "delete": "red"}


def render_openapi(request: web.Request, document: Mapping[str, Any]) -> web.Response:
    """The reference page of an OpenAPI 3.1 document: operations by tag, with parameters and examples."""
    context = {
        "info": document["info"],
        "servers": document.get("servers", []),
        "groups": _groups(document),
        "schemas": {
            name: json.dumps(schema, ensure_ascii=False, indent=2)
            for name, schema in sorted(document.get("components", {}).get("schemas", {}).items())
        },
    }
    return render("web/openapi.html", request, context)


def _groups(document: Mapping[str, Any]) -> dict[str, list[dict[str, Any]]]:
    groups: dict[str, list[dict[str, Any]]] = {}
    for path, item in document.get("paths", {}).items():
        for method in _METHODS:
            if method in item:
                operation = item[method]
                shared = item.get("parameters", [])
                tag = (operation.get("tags") or ["接口"])[0]
                groups.setdefault(tag, []).append(_operation(document, path, method, operation, shared))
    return groups


def _operation(
    document: Mapping[str, Any], path: str, method: str, operation: Mapping[str, Any], shared: list[Any]
) -> dict[str, Any]:
    body = _resolve(document, operation.get("requestBody", {})).get("content", {})
    return {
        "path": path,
        "method": method,
        "tone": _TONES[method],
        "summary": operation.get("summary", ""),
        "description": operation.get("description", ""),
        "parameters": [_resolve(document, one) for one in [*shared, *operation.get("parameters", [])]],
        "bodies": [(kind, _schema_text(content)) for kind, content in body.items()],
        "responses": [
            (status, _resolve(document, answer).get("description", ""))
            for status, answer in operation.get("responses", {}).items()
        ],
    }


def _schema_text(content: Mapping[str, Any]) -> str:
    shown = content.get("example", content.get("schema", {}))
    return json.dumps(shown, ensure_ascii=False, indent=2)


def _resolve(document: Mapping[str, Any], node: Any) -> Any:
    """Follow a local reference; anything else is returned as it is."""
    reference = node.get("$ref") if isinstance(node, Mapping) else None
    if not isinstance(reference, str) or not reference.startswith("#/"):
        return node
    found: Any = document
    for part in reference[2:].split("/"):
        found = found.get(part.replace("~1", "/").replace("~0", "~"), {})
    return found
