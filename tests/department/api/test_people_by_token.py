"""By token as on the page: who filed, once a second person approved, and being away; errors are described."""

from __future__ import annotations

from cases.people import Role
from cases.records import FreeText
from cases.vocabulary import Move
from handlers.department.api.openapi import build_document
from tests.town.live.town import Town
from tests.town.places import REFORM


async def test_a_named_reporter_is_read_once_by_token_after_approval(town: Town) -> None:
    li = await town.person("李承办")
    du = await town.person("杜督办", Role.SUPERVISOR, department=REFORM)
    case = await town.claimed(li, await town.filed(name=FreeText("张三"), contact=FreeText("13900000000")))
    token = await town.token(li, "cases:read", "cases:write")
    at = f"/api/v1/cases/{case.number}/reporter"
    assert (await town.client.post(at, headers=token)).status == 404
    await town.act(case, Move.REQUEST_UNSEAL, li, reason="需要当面核实")
    await town.act(case, Move.APPROVE_UNSEAL, du)
    assert (await town.client.post(at, headers=await town.token(li, "cases:read"))).status == 403
    seen = await town.client.post(at, headers=token)
    assert await seen.json() == {"name": "张三", "contact": "13900000000", "original": None}
    assert (await town.client.post(at, headers=token)).status == 404


async def test_whoever_says_so_by_token_is_away_and_back(town: Town) -> None:
    li = await town.person("李承办")
    await town.filed()
    token = await town.token(li, "cases:read", "cases:write")
    for away, status in ((True, 403), (False, 200)):
        said = await town.client.put("/api/v1/presence", headers=token, json={"away": away})
        assert said.status == 204
        assert (await town.client.post("/api/v1/cases/next", headers=token)).status == status
    wrong = await town.client.put("/api/v1/presence", headers=token, json={"away": "maybe"})
    assert wrong.status == 422
    assert "away" in (await wrong.json())["detail"]


async def test_the_page_of_the_api_begins_with_the_first_calls(town: Town) -> None:
    page = await town.page("/api/docs", {})
    for words in ("快速开始", "Authorization: Bearer", "Idempotency-Key", "If-Match 写的版本已经不是最新的"):
        assert words in page


def test_each_change_says_what_may_go_wrong() -> None:
    paths = build_document()["paths"]
    for path, item in paths.items():
        for method, operation in item.items():
            if method in {"get", "post", "put", "delete"}:
                assert {"401", "403", "404", "422"} <= set(operation["responses"]), path
            if method == "post" and "/moves/" in path:
                assert {"409", "412"} <= set(operation["responses"]), path
