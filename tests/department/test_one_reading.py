"""Whoever files, the words are read once: at the counter, over the API, Open311, and when a case is split."""

from __future__ import annotations

from tests.department.api.test_open311 import FORM, file
from tests.town.live.town import Town, hidden
from tests.town.places import REFORM
from tests.town.words import purchase

TEXT = purchase("西宁市城西区教育局")


async def test_the_counter_the_api_and_open311_read_a_complaint_once(town: Town, readings: list[str]) -> None:
    li = await town.person("李承办")
    who = await town.sign_in(li)
    key = hidden(await town.page("/desk/file", who), "key")
    assert (await town.post("/desk/file", li, who, key=key, text=TEXT)).status == 200
    token = await town.token(li, "cases:file")
    filed = await town.client.post("/api/v1/cases", headers=token, json={"text": TEXT})
    assert filed.status == 201
    assert (await file(town)).status == 201
    assert readings == [TEXT, TEXT, f"{FORM['description']}\n地点：{FORM['address_string']}"]


async def test_each_part_of_a_split_case_is_read_once(town: Town, readings: list[str]) -> None:
    li = await town.person("李承办")
    case = await town.claimed(li)
    parts = ["招标时说好的条件没有兑现，请另案办理。", "验收之后的质保金也一直没有退还。"]
    readings.clear()
    given = [{"department": REFORM, "text": part} for part in parts]
    assert len((await town.act(case, "split", li, parts=given)).children) == 2
    assert readings == parts
