"""GeoReport v2 as published: discovery, services, filing and public status, and no identity anywhere."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from typing import Any

import pytest

from handlers.department.open311.requests import LOOKS
from tests.town.live.town import Town
from tests.town.places import FINANCE
from tests.town.rules import RULES

FORM = {
    "service_code": "procurement",
    "address_string": "青海省西宁市城西区",
    "description": "城西区某单位拖欠采购款八十万元，承诺三十日内付清，至今未付。",
    "attribute[accused]": "西宁市城西区教育局",
    "first_name": "张",
    "last_name": "三丰",
    "phone": "13900000000",
    "email": "zhang@example.org",
}


async def key_of(town: Town) -> str:
    li = await town.person("接口账号")
    return (await town.token(li, "open311"))["Authorization"].removeprefix("Bearer ")


async def file(town: Town, **changes: str) -> Any:
    return await town.client.post(
        "/open311/v2/requests.json", data={**FORM, "api_key": await key_of(town), **changes}
    )


async def test_discovery_names_the_endpoint_and_both_formats(town: Town) -> None:
    found = await (await town.client.get("/open311/v2/discovery.json")).json()
    assert found["endpoints"][0]["specification"] == "http://wiki.open311.org/GeoReport_v2"
    assert found["endpoints"][0]["url"].endswith("/open311/v2")
    tree = ET.fromstring(await (await town.client.get("/open311/v2/discovery.xml")).text())  # noqa: S314
    assert [f.text for f in tree.findall("endpoints/endpoint/formats/format")] == [
        "text/xml",
        "application/json",
    ]


async def test_every_domain_is_a_service_and_tells_what_it_asks(town: Town) -> None:
    services = await (await town.client.get("/open311/v2/services.json")).json()
    assert {s["service_code"] for s in services} >= {"procurement", "debt", "general"}
    one = await (await town.client.get("/open311/v2/services/debt.json")).json()
    assert one["service_code"] == "debt"
    assert {a["code"] for a in one["attributes"]} == {"accused", "amount_yuan", "wish"}
    assert (await town.client.get("/open311/v2/services/nothing.json")).status == 404


async def test_a_request_becomes_a_case_of_the_responsible_department(town: Town) -> None:
    answer = await file(town)
    assert answer.status == 201, await answer.text()
    said = (await answer.json())[0]
    case = await town.storage.cases.get(said["service_request_id"])
    assert case.department_name == "青海省财政厅"
    assert [body.name for body in case.complaint.accused] == ["西宁市城西区教育局"]
    reporter = await town.storage.reporters.find(case.number)
    assert reporter is not None
    assert reporter.name == "张 三丰"


async def test_a_request_sent_again_because_its_answer_was_lost_is_the_same_case(town: Town) -> None:
    key = await key_of(town)
    answers = [await (await file(town, api_key=key)).json() for _ in range(2)]
    assert answers[0] == answers[1]
    other = await (await file(town, api_key=key, description=FORM["description"] + "另一笔")).json()
    assert other[0]["service_request_id"] != answers[0][0]["service_request_id"]


async def test_public_status_follows_the_case_and_says_nothing_of_the_person(town: Town) -> None:
    number = (await (await file(town)).json())[0]["service_request_id"]
    li = await town.person("李承办")
    await town.answered(li, await town.storage.cases.get(number))
    town.later(days=1)
    for path in (f"/open311/v2/requests/{number}", "/open311/v2/requests"):
        plain = await (await town.client.get(path + ".json")).text()
        shown = json.loads(plain)[0]
        assert shown["status"] == "closed"
        assert shown["agency_responsible"] == "青海省财政厅"
        tree = await (await town.client.get(path + ".xml")).text()
        assert ET.fromstring(tree).findtext("request/service_request_id") == number  # noqa: S314
        for secret in ("张", "13900000000", "example.org", "八十万元", "李承办"):
            assert secret not in plain + tree


async def test_nobody_learns_the_hour_of_anything_by_asking_again_and_again(town: Town) -> None:
    number = (await (await file(town)).json())[0]["service_request_id"]
    path = "/open311/v2/requests.json"
    assert await (await town.client.get(path)).json() == [], "today's are not listed yet"
    town.later(days=1)
    before = await (await town.client.get(path)).json()
    li = await town.person("李承办")
    await town.answered(li, await town.storage.cases.get(number))
    assert await (await town.client.get(path)).json() == before, "what happened today is not told today"
    assert await (await town.client.get(path + "?status=closed")).json() == []
    assert await (await town.client.get(path + "?status=open")).json() == before
    town.later(days=1)
    after = (await (await town.client.get(path)).json())[0]
    assert after["status"] == "closed"
    told = [before[0][f"{name}_datetime"] for name in ("requested", "updated", "expected")]
    assert all(time.endswith("T00:00:00+08:00") for time in (*told, after["updated_datetime"]))


async def test_who_asks_too_often_waits(town: Town) -> None:
    answers = [await town.client.get("/open311/v2/requests.json") for _ in range(LOOKS + 1)]
    assert [answer.status for answer in answers] == [200] * LOOKS + [429]
    assert (await answers[-1].json())[0]["code"] == 429


async def test_cases_of_other_channels_are_not_public(town: Town) -> None:
    case = await town.filed()
    assert (await town.client.get(f"/open311/v2/requests/{case.number}.json")).status == 404
    assert await (await town.client.get("/open311/v2/requests.json")).json() == []


@pytest.mark.parametrize(
    ("missing", "status", "words"),
    [
        ("service_code", 400, "service_code was not provided"),
        ("description", 400, "description was not provided"),
        ("address_string", 400, "a location was not provided"),
        ("api_key", 403, "api_key was not provided"),
    ],
)
async def test_refusals_have_the_shape_of_the_specification(
    town: Town, missing: str, status: int, words: str
) -> None:
    answer = await file(town, **{missing: ""})
    assert answer.status == status
    errors = await answer.json()
    assert errors[0]["code"] == status
    assert words in errors[0]["description"]


async def test_a_token_without_the_permission_is_no_key(town: Town) -> None:
    token = await town.token(await town.person("李承办"), "cases:read")
    answer = await file(town, api_key=token["Authorization"].removeprefix("Bearer "))
    assert answer.status == 403


async def test_lists_can_be_narrowed_by_status_and_service(town: Town) -> None:
    await file(town)
    town.later(days=1)
    for query, count in (
        ("status=open", 1),
        ("status=closed", 0),
        ("service_code=debt", 0),
        ("status=x", None),
    ):
        answer = await town.client.get(f"/open311/v2/requests.json?{query}")
        if count is None:
            assert answer.status == 400
        else:
            assert len(await answer.json()) == count


@pytest.mark.parametrize("field", ["", "西宁市城西区教育局"])
async def test_a_body_that_only_the_description_accuses_is_kept_out_as_well(town: Town, field: str) -> None:
    words = "青海省财政厅和西宁市城西区教育局都拖欠采购款八十万元，承诺三十日内付清，至今未付。"
    answer = await file(town, description=words, **{"attribute[accused]": field})
    case = await town.storage.cases.get((await answer.json())[0]["service_request_id"])
    assert case.department not in RULES.jurisdictions.below(FINANCE)
    assert FINANCE in case.barred
