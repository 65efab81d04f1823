"""The API does what the pages do: the same moves, the same refusals, in words for programs."""

from __future__ import annotations

import hashlib
from typing import Any, get_args

from cases.people import Role
from cases.vocabulary import Move
from handlers.department.api.openapi import build_document
from handlers.department.api.shapes import CaseQuery
from handlers.department.lists.views import LIST_VIEWS, views_for
from handlers.web.keys import API_SCHEMAS
from tests.town.live.town import Town
from tests.town.words import OPINION


async def call(town: Town, method: str, path: str, who: dict[str, str], **more: Any) -> Any:
    headers = {**who, **more.pop("headers", {})}
    return await town.client.request(method, "/api/v1" + path, headers=headers, **more)


async def test_a_case_can_be_pulled_accepted_and_answered(town: Town) -> None:
    who = await town.token(await town.person("李承办"))
    filed = await town.filed()
    pulled = await call(town, "POST", "/cases/next", who)
    assert (await pulled.json())["number"] == filed.number
    accepted = await call(town, "POST", f"/cases/{filed.number}/moves/accept", who)
    assert (await accepted.json())["status"] == "accepted"
    answered = await call(town, "POST", f"/cases/{filed.number}/moves/answer", who, json=OPINION)
    assert answered.status == 200
    said = await answered.json()
    assert said["status"] == "answered"
    assert said["letters"][0]["serial"].startswith("青海省财政厅〔2026〕第1号")


async def test_without_a_token_nothing_is_said(town: Town) -> None:
    answer = await call(town, "GET", "/cases", {})
    assert answer.status == 401
    assert answer.content_type == "application/problem+json"


async def test_a_session_cookie_does_not_open_the_api(town: Town) -> None:
    who = await town.sign_in(await town.person("李承办"))
    assert (await call(town, "GET", "/cases", who)).status == 401


async def test_a_token_that_may_read_may_not_write(town: Town) -> None:
    who = await town.token(await town.person("李承办"), "cases:read")
    assert (await call(town, "GET", "/cases", who)).status == 200
    assert (await call(town, "POST", "/cases/next", who)).status == 403


async def test_a_change_meanwhile_is_412_when_the_caller_says_what_it_read(town: Town) -> None:
    li = await town.person("李承办")
    who = await town.token(li)
    case = await town.claimed(li)
    read = await call(town, "GET", f"/cases/{case.number}", who)
    tag = read.headers["ETag"]
    await town.act(case, "note", li, text="电话核实过")
    answer = await call(town, "POST", f"/cases/{case.number}/moves/accept", who, headers={"If-Match": tag})
    assert answer.status == 412
    assert (await answer.json())["code"] == "stale_case"


async def test_the_same_idempotency_key_moves_once(town: Town) -> None:
    li = await town.person("李承办")
    who = await town.token(li) | {"Idempotency-Key": "note-1"}
    case = await town.claimed(li)
    for _ in range(2):
        answer = await call(town, "POST", f"/cases/{case.number}/moves/note", who, json={"text": "核实"})
        assert answer.status == 200
    assert [e.move for e in (await town.reread(case)).history].count(Move.NOTE) == 1


async def test_filing_twice_with_one_key_gives_one_case_and_one_receipt(town: Town) -> None:
    who = await town.token(await town.person("李承办"), "cases:file") | {"Idempotency-Key": "f-1"}
    report = {"text": "某局拖欠采购款八十万元，承诺三十日付清，至今未付。", "region_code": "630000"}
    answers = [await (await call(town, "POST", "/cases", who, json=report)).json() for _ in range(2)]
    assert answers[0]["number"] == answers[1]["number"]
    assert answers[0]["receipt"] == answers[1]["receipt"]


async def test_another_wish_under_a_key_in_use_is_refused_and_not_swallowed(town: Town) -> None:
    li = await town.person("李承办")
    who = await town.token(li, "cases:file", "cases:write", "cases:read")
    case = await town.claimed(li)
    posts = (
        (f"/cases/{case.number}/moves/note", {"text": "核实"}, {"text": "另一次核实"}),
        (f"/cases/{case.number}/moves/write", {"text": "您好"}, {"text": "另一句"}),
        ("/cases", {"text": "某局拖欠采购款八十万元。"}, {"text": "某镇拖欠工程款三十万元。"}),
    )
    for place, (path, first, second) in enumerate(posts):
        who["Idempotency-Key"] = f"once-{place}"
        assert (await call(town, "POST", path, who, json=first)).status in {200, 201}
        refused = await call(town, "POST", path, who, json=second)
        assert refused.status == 422, path
        assert (await refused.json())["reason"] == "key-in-use"
        assert (await call(town, "POST", path, who, json=first)).status in {200, 201}
    raw = {"Content-Type": "application/octet-stream", "Idempotency-Key": "once-file"}
    upload = f"/cases/{case.number}/evidence?name=a.pdf"
    assert (await call(town, "POST", upload, who, data=b"%PDF-1.4 one", headers=raw)).status == 201
    assert (await call(town, "POST", upload, who, data=b"%PDF-1.4 two", headers=raw)).status == 422


async def test_pages_follow_each_other_without_gap_or_repeat(town: Town) -> None:
    who = await town.token(await town.person("李承办"))
    filed = {(await town.filed()).number for _ in range(5)}
    town.later(days=30)
    filed |= {(await town.filed()).number for _ in range(4)}
    seen: list[str] = []
    cursor = ""
    for _ in range(10):
        page = await (await call(town, "GET", f"/cases?limit=2{cursor}", who)).json()
        seen += [item["number"] for item in page["items"]]
        if page["next_cursor"] is None:
            break
        cursor = f"&cursor={page['next_cursor']}"
    assert len(seen) == len(filed)
    assert set(seen) == filed


async def test_evidence_goes_up_and_comes_down_as_it_was(town: Town) -> None:
    li = await town.person("李承办")
    who = await town.token(li)
    case = await town.claimed(li)
    data = b"%PDF-1.4 a contract of eighty thousand"
    up = await call(
        town,
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
    down = await call(town, "GET", f"/cases/{case.number}/evidence/{file['id']}", who)
    assert await down.read() == data
    assert down.headers["X-Content-SHA256"] == hashlib.sha256(data).hexdigest()


async def test_evidence_cannot_be_smuggled_in_through_a_message(town: Town) -> None:
    li = await town.person("李承办")
    who = await town.token(li)
    case = await town.claimed(li)
    forged = {
        "id": "x",
        "name": "x",
        "media_type": "text/html",
        "size": 1,
        "sha256": "0",
        "added_at": "2026-11-22T00:00:00Z",
    }
    answer = await call(
        town, "POST", f"/cases/{case.number}/moves/write", who, json={"text": "您好", "evidence": [forged]}
    )
    assert answer.status == 422


async def test_another_departments_case_does_not_exist(town: Town) -> None:
    stranger = await town.token(await town.person("外人", Role.HEAD, department="230000:省教育厅"))
    case = await town.filed()
    for method, path in (
        ("GET", f"/cases/{case.number}"),
        ("POST", f"/cases/{case.number}/moves/claim"),
        ("GET", f"/cases/{case.number}/moves"),
    ):
        assert (await call(town, method, path, stranger)).status == 404


async def test_the_document_names_every_move_and_route_there_is(town: Town) -> None:
    document = await (await town.client.get("/api/v1/openapi.json")).json()
    assert document["openapi"] == "3.1.0"
    app = town.client.app
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
    desk, beside = build_document()["components"]["schemas"], app[API_SCHEMAS]
    assert not [name for name in desk.keys() & beside.keys() if desk[name] != beside[name]], "two of one name"
    moves = {pair for pair in described if pair[1].startswith("/cases/{number}/moves/")}
    assert served - generic == described - moves
    assert ("post", "/cases/{number}/moves/answer") in moves
    assert "接口" in await town.page("/api/docs", {}) or "守信 API" in await town.page("/api/docs", {})


async def test_every_view_of_the_desk_is_there_for_whom_it_is(town: Town) -> None:
    assert get_args(CaseQuery.model_fields["view"].annotation) == tuple(view.key for view in LIST_VIEWS)
    for role in (Role.HANDLER, Role.HEAD):
        person = await town.person("某人", role)
        keys, open_to = await town.token(person), {view.key for view in views_for(person.actor)}
        for view in LIST_VIEWS:
            answer = await town.client.get(f"/api/v1/cases?view={view.key}", headers=keys)
            assert answer.status == (200 if view.key in open_to else 403), (role, view.key)
