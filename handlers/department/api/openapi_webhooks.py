"""The webhook part of the OpenAPI document: how to subscribe, and what a receiver is sent."""

from __future__ import annotations

from cases.service.subscriptions import PING
from cases.words import EVENT_NAMES
from handlers.department.api import shapes
from handlers.department.api.scopes import HOOKS
from handlers.web.openapi_parts import Json, operation, says, takes

_HEADERS: dict[str, tuple[str, Json]] = {
    "webhook-id": (
        "事件的编号；重发时不变，用来识别重复",
        {"type": "string", "pattern": "^msg_[0-9a-f]{32}$"},
    ),
    "webhook-timestamp": ("发送时刻，Unix 秒", {"type": "integer"}),
    "webhook-signature": (
        "v1, 加上对“编号.时刻.正文”的 HMAC-SHA256（Base64），密钥是登记时给出的 secret",
        {"type": "string"},
    ),
}


def sent_to_receivers() -> Json:
    """The `webhooks` member of OpenAPI 3.1."""
    return {
        "event": {
            "post": {
                "summary": "推送给已登记地址的事件",
                "description": "；".join(
                    [*(f"`{kind.value}` {words}" for kind, words in EVENT_NAMES.items()), f"`{PING}` 测试"]
                ),
                "parameters": [
                    {"name": name, "in": "header", "required": True, "description": words, "schema": schema}
                    for name, (words, schema) in _HEADERS.items()
                ],
                "requestBody": {"required": True, "content": {"application/json": {"schema": _body()}}},
                "responses": {"2XX": {"description": "收到；其他回答都会重发"}},
            }
        }
    }


def _body() -> Json:
    due = {
        "type": "object",
        "properties": {
            "kind": {"type": "string"},
            "due_at": {"type": "string", "format": "date-time"},
            "provisional": {"type": "boolean"},
        },
    }
    data = {
        "number": {"type": "string", "description": "件号或者信用事项的编号；内容请用接口读取"},
        "kind": {"type": "string", "description": "信用事项的种类，例如 order、record；件没有这一项"},
        "status": {"type": "string"},
        "version": {"type": "integer", "description": "事件之后的版本"},
        "department": {"type": "string", "description": "现在负责的单位"},
        "due": {"type": "array", "items": due, "description": "正在计算的时限"},
        "clock": {"type": "string", "description": "时限提醒所指的时限"},
    }
    return {
        "type": "object",
        "required": ["type", "timestamp", "data"],
        "properties": {
            "type": {"type": "string", "enum": [*(kind.value for kind in EVENT_NAMES), PING]},
            "timestamp": {"type": "string", "format": "date-time", "description": "事件发生的时刻"},
            "data": {"type": "object", "properties": data},
        },
    }


def webhook_paths() -> Json:
    """Registering, reading, testing and removing an address."""
    id = {
        "name": "id",
        "in": "path",
        "required": True,
        "schema": {"type": "string", "pattern": "^[0-9a-f]{16}$"},
    }
    one = {"200": says(shapes.WebhookOut, "推送地址和它的状态")}
    return {
        "/webhooks": {
            "get": operation(
                "推送",
                "listWebhooks",
                "本单位登记的推送地址",
                HOOKS,
                {"200": says(shapes.WebhookList, "全部")},
            ),
            "post": operation(
                "推送",
                "registerWebhook",
                "登记推送地址",
                HOOKS,
                {"201": says(shapes.WebhookMade, "登记结果；签名密钥只说一次")},
                requestBody=takes(shapes.WebhookIn),
            ),
        },
        "/webhooks/{id}": {
            "parameters": [id],
            "get": operation("推送", "readWebhook", "查看推送地址", HOOKS, one),
            "delete": operation(
                "推送", "removeWebhook", "删除推送地址", HOOKS, {"204": {"description": "已删除"}}
            ),
        },
        "/webhooks/{id}/ping": {
            "parameters": [id],
            "post": operation(
                "推送",
                "pingWebhook",
                "发送一次测试",
                HOOKS,
                {"202": says(shapes.WebhookOut, "测试已排队；已暂停的恢复推送")},
            ),
        },
    }
