"""A complaint is read once per change of its words, and what was read is carried along to the case."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from bot.wiring import Core
from bot.wiring.core import load_classifier
from cases.vocabulary import Channel, Language
from classify import Classifier
from classify.types import Domain
from handlers.citizen.dialogue.drafts import Memory
from storage.opening import Storage
from tests.files.makers import pdf
from tests.town.live.chats import CitizenChat
from tests.town.words import NUMBER, STORY

MORE = "另外，拖欠材料款至今也没有支付。"


async def test_a_whole_report_is_read_once_per_change_of_its_words(
    chat: CitizenChat, storage: Storage, readings: list[str]
) -> None:
    await chat.say(STORY)
    await chat.press("有不对的，更正")
    await chat.press("更正领域")
    await chat.press("招标投标")
    for label, words in (
        ("更正地区", "黑龙江省哈尔滨市"),
        ("更正单位", "某某街道办事处"),
        ("更正金额", "十二万"),
        ("更正诉求", "重新招标"),
    ):
        await chat.press(label)
        await chat.say(words)
    await chat.say(MORE)
    await chat.press("没有问题")
    await chat.press("匿名")
    await chat.document(pdf(), "合同.pdf")
    await chat.press("完成")
    number = NUMBER.search((await chat.press("确认提交"))[-1])
    assert number
    complaint = (await storage.cases.get(number.group())).complaint
    assert (complaint.domain, complaint.amount_yuan, complaint.wish) == (Domain.BIDDING, 120_000, "重新招标")
    assert complaint.accused
    assert (complaint.region_name, complaint.accused[0].name) == ("黑龙江省哈尔滨市", "某某街道办事处")
    assert readings == [STORY, f"{STORY}\n{MORE}"]


async def up_to_the_summary(chat: CitizenChat) -> dict[str, Any]:
    """The stored reading of a draft that waits to be confirmed."""
    await chat.say(STORY)
    for label in ("没有问题", "匿名", "没有材料"):
        await chat.press(label)
    reading: dict[str, Any] = chat.state["draft"]["reading"]
    return reading


async def test_what_was_read_is_small_and_comes_back_as_it_was(chat: CitizenChat) -> None:
    stored = await up_to_the_summary(chat)
    assert len(json.dumps(stored, ensure_ascii=False).encode()) < 4000
    draft = Memory.load(chat.state).draft
    assert draft
    assert draft.reading
    assert draft.reading.found == load_classifier().classify(STORY, today=date(2026, 11, 22))


async def test_a_draft_stored_before_readings_were_carried_is_read_once(
    chat: CitizenChat, readings: list[str]
) -> None:
    await up_to_the_summary(chat)
    del chat.state["draft"]["reading"]
    assert NUMBER.search((await chat.press("确认提交"))[-1])
    assert readings == [STORY, STORY]


async def test_what_another_version_read_is_read_again_and_shown_before_it_is_filed(
    chat: CitizenChat, readings: list[str]
) -> None:
    stored = await up_to_the_summary(chat)
    stored["of"], stored["found"]["amount_yuan"] = "by another version", 70_000
    assert "50万元" in (await chat.press("确认提交"))[-1]
    assert NUMBER.search((await chat.press("确认提交"))[-1])
    assert readings == [STORY, STORY]


async def test_a_reading_of_another_shape_costs_nothing_but_a_reading(
    chat: CitizenChat, readings: list[str]
) -> None:
    stored = await up_to_the_summary(chat)
    stored["found"] = {"domain": "a domain of the future"}
    assert NUMBER.search((await chat.press("确认提交"))[-1])
    assert readings == [STORY, STORY]


async def test_the_case_holds_what_the_summary_showed(chat: CitizenChat, core: Core) -> None:
    await up_to_the_summary(chat)
    draft = Memory.load(chat.state).draft
    assert draft
    shown = core.services.filing.preview(draft.report(Channel.TELEGRAM, Language.ZH_HANS))
    number = NUMBER.search((await chat.press("确认提交"))[-1])
    assert number
    case = await core.storage.cases.get(number.group())
    assert case.complaint.similar
    assert (case.complaint.model_copy(update={"similar": ()}), case.routing) == (
        shown.complaint,
        shown.routing,
    )


def test_the_version_of_a_classifier_is_that_of_its_files() -> None:
    assert Classifier.load().version == Classifier.load().version != ""
