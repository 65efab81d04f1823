"""Whoever files without a name is told what would give them away, and the department does not read it."""

from __future__ import annotations

from bot.wiring import Core
from cases.lifecycle.requirements import REQUIREMENTS, reporter_is_named
from cases.records import FreeText
from cases.service.intake import Report
from cases.vocabulary import Channel, Language, Move
from storage.opening import Storage
from tests.town.live.chats import CitizenChat
from tests.town.words import NUMBER, STORY

TELLS = STORY + "我叫钱文斌，我的电话13812345678，我是城东区住房和城乡建设局的会计。"
SECRETS = ("钱文斌", "13812345678", "会计")


async def at_summary(chat: CitizenChat, story: str, *, named: bool = False) -> str:
    await chat.say(story)
    await chat.press("没有问题")
    if named:
        await chat.press("留下姓名")
        await chat.say("李四")
        await chat.say("13900000000")
    else:
        await chat.press("匿名")
    return (await chat.press("没有材料"))[-1]


async def filed(chat: CitizenChat) -> str:
    number = NUMBER.search((await chat.press("确认提交"))[-1])
    assert number
    return number.group()


async def test_an_anonymous_writer_is_told_and_masked_unless_they_say_otherwise(
    chat: CitizenChat, storage: Storage
) -> None:
    summary = await at_summary(chat, TELLS)
    assert "可能让人认出您" in summary
    assert all(f" {secret}" in summary for secret in SECRETS[:2]), "the writer sees what was found"
    assert len(chat.buttons()) <= 4
    number = await filed(chat)
    case = await storage.cases.get(number)
    assert case.complaint.masked
    assert "拖欠我公司道路工程款50万元" in case.complaint.text
    assert not any(secret in case.model_dump_json() for secret in SECRETS)
    assert case.complaint.accused is not None
    assert "住房和城乡建设局" in case.complaint.accused[0].name
    reporter = await storage.reporters.find(number)
    assert reporter is not None
    assert reporter.original is not None
    assert all(secret in reporter.original for secret in SECRETS)


async def test_what_is_complained_about_stays_readable_wherever_it_stands(core: Core) -> None:
    told = "我家住青海省西宁市湟中区多巴镇黑嘴村三组，村里欠我的征地补偿款12万元。我叫钱文斌。"
    for accused, stays in ((("多巴镇黑嘴村三组",), True), ((), False)):
        report = Report(
            channel=Channel.WEB, language=Language.ZH_HANS, text=FreeText(told), accused=accused, mask=True
        )
        seen = core.services.filing.preview(report).complaint
        assert ("多巴镇黑嘴村三组" in seen.text) is stays
        assert "钱文斌" not in seen.text


async def test_the_writer_decides(chat: CitizenChat, storage: Storage) -> None:
    await at_summary(chat, TELLS)
    summary = (await chat.press("不用遮，原样提交"))[-1]
    assert "原样给责任单位看" in summary
    case = await storage.cases.get(await filed(chat))
    assert case.complaint.text == TELLS
    assert not case.complaint.masked
    reporter = await storage.reporters.find(case.number)
    assert reporter is not None
    assert reporter.original is None


async def test_whoever_gives_a_name_is_asked_the_other_way_round(chat: CitizenChat, storage: Storage) -> None:
    summary = await at_summary(chat, TELLS, named=True)
    assert "原样给责任单位看" in summary
    assert "遮住" in (await chat.press("遮住这些内容"))[-1]
    assert (await storage.cases.get(await filed(chat))).complaint.masked


async def test_nothing_is_said_where_nothing_gives_away(chat: CitizenChat) -> None:
    assert "认出" not in await at_summary(chat, STORY)
    assert not {"遮住这些内容", "不用遮，原样提交"} & set(chat.buttons())


async def test_a_note_to_the_department_is_looked_at_too(chat: CitizenChat, storage: Storage) -> None:
    await at_summary(chat, STORY)
    number = await filed(chat)
    await chat.press("补充材料")
    said = await chat.say("补充一点：我叫钱文斌，当时我在场。")
    assert "可能让人认出您" in said[-1]
    await chat.press("遮住后提交")
    assert "钱文斌" not in (await storage.cases.get(number)).model_dump_json()


async def test_erasing_contact_data_erases_what_was_written_before_masking(
    chat: CitizenChat, storage: Storage
) -> None:
    await at_summary(chat, TELLS)
    number = await filed(chat)
    await chat.say("/privacy")
    await chat.press("删除联系方式")
    await chat.press("确认删除")
    reporter = await storage.reporters.find(number)
    assert reporter is not None
    assert reporter.original is None


def test_the_words_as_written_open_by_the_rule_of_two() -> None:
    assert reporter_is_named in REQUIREMENTS[Move.REQUEST_UNSEAL]
