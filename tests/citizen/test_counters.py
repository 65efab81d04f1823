"""Where people may come or call: what the deployment says, told in the chat and on the counter's receipt."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.settings import Settings
from cases.rules.jurisdictions import Jurisdictions
from cases.rules.rule_books import Rules
from storage.opening import Storage
from tests.citizen.conftest import MakeChat
from tests.town.clock import Watch
from tests.town.live.chats import CitizenChat
from tests.town.live.parts import put_together
from tests.town.live.town import open_town
from tests.town.rules import RULES

OWN = """
[qinghai.counter]
address = "西宁市某路1号政务大厅"
hours = "工作日9:00至17:00"
phone = "0971-0000000"
"""
LINE = "青海省：西宁市某路1号政务大厅，工作日9:00至17:00，电话0971-0000000"
ASKED = ("有没有电话？", "我不识字，去哪里说", "你们在哪？")


@pytest.fixture
def told(tmp_path: Path) -> Rules:
    (tmp_path / "own.toml").write_text(OWN, "utf-8")
    return replace(RULES, jurisdictions=Jurisdictions.load(["qinghai"], tmp_path / "own.toml"))


async def test_the_chat_says_where_to_come_as_far_as_the_deployment_does(
    chat: CitizenChat, make_chat: MakeChat, storage: Storage, watch: Watch, settings: Settings, told: Rules
) -> None:
    assert "0971" not in "".join(await chat.say(ASKED[0]))
    parts = await put_together(storage, watch, settings, rules=told)
    there = make_chat()
    there.dialogue = parts.dialogue
    for question in ASKED[:2]:
        assert LINE in "\n".join(await there.say(question)), question
    await parts.close()


async def test_the_receipt_of_the_counter_says_it_too_and_leads_to_the_page(
    storage: Storage, watch: Watch, settings: Settings, told: Rules
) -> None:
    parts = await put_together(storage, watch, settings, rules=told)
    async with open_town(parts, watch) as town:
        li = await town.person("李承办")
        who = await town.sign_in(li)
        filed = await town.post(
            "/desk/file",
            li,
            who,
            text="西宁市城西区教育局拖欠课桌椅货款，至今未付。",
            key="k1",
            language="zh-Hans",
        )
        page = await filed.text()
        assert "西宁市某路1号政务大厅" in page
        assert "/desk/file/site.svg" in page
        picture = await town.client.get("/desk/file/site.svg", headers=who)
        assert picture.content_type == "image/svg+xml"
        assert b"<path" in await picture.read()
