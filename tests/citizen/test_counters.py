"""Where people may come or call: what the deployment says, told in the chat and on the counter's receipt."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.settings import Settings
from cases.rules.jurisdictions import Jurisdictions
from cases.rules.rule_books import Rules
from handlers.citizen.dialogue.drafts import Memory
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


@pytest.mark.parametrize(
    "question",
    [
        "周末上班吗",
        "你们在哪里",
        "有没有电话",
        "几点开门",
        "办公时间",
        "星期六开不开门",
        "我想当面说",
        "what are your opening hours?",
    ],
)
async def test_where_nothing_is_set_it_is_said_so_and_who_knows(chat: CitizenChat, question: str) -> None:
    (said,) = await chat.say(question)
    assert "还没有写给我" in said
    assert "12345" in said
    assert Memory.load(chat.state).draft is None


async def test_the_counter_near_the_matter_is_told(
    make_chat: MakeChat, storage: Storage, watch: Watch, settings: Settings, tmp_path: Path
) -> None:
    (tmp_path / "own.toml").write_text(
        OWN
        + """
[heilongjiang.counter]
phone = "0451-0000000"
""",
        "utf-8",
    )
    both = Jurisdictions.load(["heilongjiang", "qinghai"], tmp_path / "own.toml")
    parts = await put_together(storage, watch, settings, rules=replace(RULES, jurisdictions=both))
    chat = make_chat()
    chat.dialogue = parts.dialogue
    said = "\n".join(await chat.say("周末上班吗"))
    assert LINE in said
    assert "黑龙江省：电话0451-0000000" in said
    await chat.say("西宁市城西区教育局拖欠课桌椅货款，至今未付。")
    said = (await chat.say("周末上班吗"))[0]
    assert LINE in said
    assert "0451" not in said
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
