"""The integrity side over the API: the same objects and refusals as on the pages."""

from __future__ import annotations

from typing import Any

from cases.integrity.spine.vocabulary import Kind
from cases.people import Role
from handlers.web.access.scopes import CREDIT_READ, CREDIT_WRITE
from tests.town.dossiers import ARGS, FILE, OPENINGS
from tests.town.live.bureau import Bureau
from tests.town.live.town import Town

API = "/api/v1/dossiers"


async def test_a_program_begins_and_moves_an_order(town: Town) -> None:
    bureau = await Bureau.of(town)
    registrar = await town.person("周系统", Role.REGISTRAR)
    reader = await town.token(registrar, CREDIT_READ)
    writer = await town.token(registrar, CREDIT_READ, CREDIT_WRITE)

    async def post(path: str, body: Any, status: int, **headers: str) -> Any:
        answer = await town.client.post(path, json=body, headers={**writer, **headers})
        assert answer.status == status, await answer.text()
        return await answer.json()

    opening = {"kind": "order", "fields": OPENINGS[Kind.ORDER]}
    refused = await town.client.post(API, json=opening, headers=reader)
    assert refused.status == 403
    order = await post(API, opening, 201, **{"Idempotency-Key": "one"})
    again = await post(API, opening, 201, **{"Idempotency-Key": "one"})
    assert (again["id"], order["status_name"]) == (order["id"], "已起草")
    assert order["moves"][0]["fields"]["properties"]["facts"]["type"] == "string"
    other = {"kind": "order", "fields": {**OPENINGS[Kind.ORDER], "facts": "经查，另有一笔未付。"}}
    assert (await post(API, other, 422, **{"Idempotency-Key": "one"}))["reason"] == "key-in-use"

    at = f"{API}/{order['id']}"
    revised = {"fields": ARGS[(Kind.ORDER, "revise")]}
    done = await post(f"{at}/moves/revise", revised, 200, **{"If-Match": '"1"'})
    assert done["version"] == 2
    await post(f"{at}/moves/revise", revised, 412, **{"If-Match": '"1"'})
    assert (await post(f"{at}/moves/issue", {}, 403))["detail"]
    await post(f"{at}/moves/nothing", {}, 422)
    await post(f"{at}/moves/revise", {"fields": {"facts": ""}}, 422)
    papers = {"kind": "record", "fields": {"facts": "未付。", "bases": [{"file": {"id": FILE["id"]}}]}}
    assert (await post(API, papers, 422))["reason"] == "papers-on-the-page"
    listed = await (await town.client.get(f"{API}?open=true", headers=reader)).json()
    assert [one["id"] for one in listed["items"]] == [order["id"]]
    elsewhere = await town.person("外人", Role.REGISTRAR, department="230000:省财政厅")
    stranger = await town.token(elsewhere, CREDIT_READ)
    assert (await town.client.get(at, headers=stranger)).status == 404
    subject = await town.token(bureau.people[Role.SUBJECT], CREDIT_READ)  # type: ignore[arg-type]
    assert (await town.client.get(at, headers=subject)).status == 404


async def test_awards_are_checked_on_the_page_and_by_programs(town: Town) -> None:
    registrar = await town.person("周核查", Role.REGISTRAR)
    who = await town.sign_in(registrar)
    assert "评优核查" in await town.page("/credit/awards", who)
    asked = {"bodies": "青海省公安厅\n某某不知名单位", "on": "2026-12-01"}
    answer = await town.post("/credit/awards", registrar, who, **asked)
    page = await answer.text()
    assert answer.status == 200
    assert "没有认出是哪个单位" in page
    assert "tone-green" in page
    for wrong in ({"bodies": "", "on": "2026-12-01"}, {"bodies": "青海省公安厅", "on": "明天"}):
        assert (await town.post("/credit/awards", registrar, who, **wrong)).status == 422
    token = await town.token(registrar, CREDIT_READ)
    question = {"bodies": ["青海省公安厅"], "on": "2026-12-01"}
    told = await (await town.client.post("/api/v1/award-checks", json=question, headers=token)).json()
    assert told["items"][0]["verdict"] == "yes"
    many = {**question, "bodies": ["青海省公安厅"] * 201}
    assert (await town.client.post("/api/v1/award-checks", json=many, headers=token)).status == 422
