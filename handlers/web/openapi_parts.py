"""The pieces an OpenAPI operation is made of: references, answers, bodies."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

Json = dict[str, Any]

REFUSALS: dict[str, tuple[str, str]] = {
    "401": ("NoToken", "没有令牌，或者令牌不对、过期、已吊销"),
    "403": ("NotAllowed", "令牌没有这项权限，或者它的主人不能办理这一步"),
    "404": ("NotFound", "没有，或者不在令牌主人能看到的范围内"),
    "409": ("Conflict", "这一步现在不能办：件的状态不允许，或者期间有变化（没有写 If-Match 时）"),
    "412": ("Changed", "If-Match 写的版本已经不是最新的；重新读取后再办"),
    "422": ("Wrong", "填写的内容不对，detail 说明是哪一项；或者同一个 Idempotency-Key 用于另一项内容"),
    "default": ("Problem", "没有办成；code 说明属于哪一类，reason 说明具体原因，二者都不随语言变化"),
}
"""What may go wrong, by status: the name of the answer in the document, and what it means."""
_OF_CHANGES = frozenset({"409", "412"})

QUICK_START: tuple[tuple[str, str], ...] = (
    (
        "一、取得令牌：管理员在“管理 → 接口令牌”签发（或者在命令行），只显示一次",
        "python -m bot staff token 登录名 本单位系统 --scopes cases:read,cases:write",
    ),
    (
        "二、列出本单位的件，已超期的在前",
        'curl -H "Authorization: Bearer 令牌" https://地址/api/v1/cases?view=open',
    ),
    (
        "三、办理一步：If-Match 写读到的版本，Idempotency-Key 让重发只办一次",
        'curl -X POST -H "Authorization: Bearer 令牌" -H "Content-Type: application/json" \\\n'
        '     -H \'If-Match: "3"\' -H "Idempotency-Key: 2026-0001-accept" \\\n'
        "     -d '{}' https://地址/api/v1/cases/SX20261122-4839205-7/moves/accept",
    ),
    (
        "四、出错时看 code 和 reason，它们不随语言变化",
        '{"status": 412, "code": "stale_case", "title": "…", "detail": "…", "reason": "stale-case"}',
    ),
)
"""The first calls of a system that begins: what, and how."""


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
    changes = "If-Match" in {one.get("name") for one in more.get("parameters", ())}
    refusals = {
        status: {"$ref": f"#/components/responses/{name}"}
        for status, (name, _) in REFUSALS.items()
        if changes or status not in _OF_CHANGES
    }
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
