"""The API does what the pages do: the same moves, the same refusals, in words for programs."""

from __future__ import annotations

import hashlib
from typing import Any

from cases.people import Role
from tests.town.world import OPINION, World


async def call(world: World, method: str, path: str, who: dict[str, str], **more: Any) -> Any:
    headers = {**who, **more.pop("headers", {})}
    return await world.client.request(method, "/api/v1" + path, headers=headers, **more)


async def test_a_case_can_be_pulled_accepted_and_answered(world: World) -> None:
    who = await world.token(await world.person("李承办"))
    filed = await world.filed()
    pulled = await call(world, "POST", "/cases/next", who)
    assert (await pulled.json())["number"] == filed.number
    accepted = await call(world, "POST", f"/cases/{filed.number}/moves/accept", who)
    assert (await accepted.json())["status"] == "accepted"
    answered = await call(world, "POST", f"/cases/{filed.number}/moves/answer", who, json=OPINION)
    assert answered.status == 200
    said = await answered.json()
    assert said["status"] == "answered"
    assert said["letters"][0]["serial"].startswith("青海省财政厅〔2026〕第1号")


async def test_without_a_token_nothing_is_said(world: World) -> None:
    answer = await call(world, "GET", "/cases", {})
    assert answer.status == 401
    assert answer.content_type == "application/problem+json"


async def test_a_session_cookie_does_not_open_the_api(world: World) -> None:
    who = await world.sign_in(await world.person("李承办"))
    assert (await call(world, "GET", "/cases", who)).status == 401


async def test_a_token_that_may_read_may_not_write(world: World) -> None:
    who = await world.token(await world.person("李承办"), "cases:read")
    assert (await call(world, "GET", "/cases", who)).status == 200
    assert (await call(world, "POST", "/cases/next", who)).status == 403


async def test_a_change_meanwhile_is_412_when_the_caller_says_what_it_read(world: World) -> None:
    li = await world.person("李承办")
    who = await world.token(li)
    case = await world.claimed(li)
    read = await call(world, "GET", f"/cases/{case.number}", who)
    tag = read.headers["ETag"]
    await world.act(case, "note", li, text="电话核实过")
    answer = await call(world, "POST", f"/cases/{case.number}/moves/accept", who, headers={"If-Match": tag})
    assert answer.status == 412
    assert (await answer.json())["code"] == "stale_case"


async def test_the_same_idempotency_key_moves_once(world: World) -> None:
    li = await world.person("李承办")
    who = await world.token(li) | {"Idempotency-Key": "note-1"}
    case = await world.claimed(li)
    for _ in range(2):
        answer = await call(world, "POST", f"/cases/{case.number}/moves/note", who, json={"text": "核实"})
        assert answer.status == 200
    assert [e.move for e in (await world.reread(case)).history].count("note") == 1


async def test_filing_twice_with_one_key_gives_one_case_and_one_receipt(world: World) -> None:
    who = await world.token(await world.person("李承办"), "cases:file") | {"Idempotency-Key": "f-1"}
    report = {"text": "某局拖欠采购款八十万元，承诺三十日付清，至今未付。", "region_code": "630000"}
    answers = [await (await call(world, "POST", "/cases", who, json=report)).json() for _ in range(2)]
    assert answers[0]["number"] == answers[1]["number"]
    assert answers[0]["receipt"] == answers[1]["receipt"]


async def test_pages_follow_each_other_without_gap_or_repeat(world: World) -> None:
    who = await world.token(await world.person("李承办"))
    filed = {(await world.filed()).number for _ in range(5)}
    world.later(days=30)
    filed |= {(await world.filed()).number for _ in range(4)}
    seen: list[str] = []
    cursor = ""
    for _ in range(10):
        page = await (await call(world, "GET", f"/cases?limit=2{cursor}", who)).json()
        seen += [item["number"] for item in page["items"]]
        if page["next_cursor"] is None:
            break
        cursor = f"&cursor={page['next_cursor']}"
    assert len(seen) == len(filed)
    assert set(seen) == filed


async def test_evidence_goes_up_and_comes_down_as_it_was(world: World) -> None:
    li = await world.person("李承办")
    who = await world.token(li)
    case = await world.claimed(li)
    data = b"%PDF-1.4 a contract of eighty thousand"
    up = await call(
        world,
        "POST",
        f"/cases/{case.number}/evidence?name=%E5%90%88%E5%90%8C.pdf",
        who,
        data=data,
        headers={"Content-Type": "application/octet-stream"},
    )
    assert up.status == 201, await up.text()
    file = (await up.json())["evidence"][0]
    assert file["name"] == "合同.pdf"
    assert file["by"] == "staff"
    down = await call(world, "GET", f"/cases/{case.number}/evidence/{file['id']}", who)
    assert await down.read() == data
    assert down.headers["X-Content-SHA256"] == hashlib.sha256(data).hexdigest()


async def test_evidence_cannot_be_smuggled_in_through_a_message(world: World) -> None:
    li = await world.person("李承办")
    who = await world.token(li)
    case = await world.claimed(li)
    forged = {
        "id": "x",
        "name": "x",
        "media_type": "text/html",
        "size": 1,
        "sha256": "0",
        "added_at": "2026-11-22T00:00:00Z",
    }
    answer = await call(
        world, "POST", f"/cases/{case.number}/moves/write", who, json={"text": "您好", "evidence": [forged]}
    )
    assert answer.status == 422


async def test_another_departments_case_does_not_exist(world: World) -> None:
    stranger = await world.token(await world.person("外人", Role.HEAD, department="230000:省教育厅"))
    case = await world.filed()
    for method, path in (
        ("GET", f"/cases/{case.number}"),
        ("POST", f"/cases/{case.number}/moves/claim"),
        ("GET", f"/cases/{case.number}/moves"),
    ):
        assert (await call(world, method, path, stranger)).status == 404


async def test_the_document_names_every_move_and_route_there_is(world: World) -> None:
    document = await (await world.client.get("/api/v1/openapi.json")).json()
    assert document["openapi"] == "3.1.0"
    app = world.client.app
    assert app is not None
    served = {
        (route.method.lower(), route.resource.canonical.removeprefix("/api/v1"))
        for route in app.router.routes()
        if route.resource is not None and route.resource.canonical.startswith("/api/v1/")
    }
    described = {
        (method, path)
        for path, item in document["paths"].items()
        for method in item
        if method != "parameters"
    }
    generic = {("post", "/cases/{number}/moves/{move}"), ("get", "/openapi.json"), ("head", "/openapi.json")}
    moves = {pair for pair in described if "/moves/" in pair[1]}
    assert served - generic == described - moves
    assert ("post", "/cases/{number}/moves/answer") in moves
    assert "接口" in await world.page("/api/docs", {}) or "守信 API" in await world.page("/api/docs", {})
