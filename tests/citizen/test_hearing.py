"""A message is understood as an act first: danger, a question, words for a button, a greeting, a story."""

from __future__ import annotations

import pytest

from cases.vocabulary import Language
from classify.acts.danger import Danger
from classify.types import Severity
from handlers.citizen.dialogue.drafts import Memory
from storage.opening import Storage
from tests.town.live.chats import CitizenChat
from tests.town.words import NUMBER, STORY

TOLD = "西宁市城东区住房和城乡建设局欠我们公司工程款86万元，两年了，请尽快支付。"


def story_of(chat: CitizenChat) -> str:
    draft = Memory.load(chat.state).draft
    return draft.text if draft is not None else ""


async def file_in_words(chat: CitizenChat, first: str, *answers: str) -> str:
    """Everything typed, nothing tapped; the number."""
    said = (await chat.say(first))[-1]
    for answer in answers:
        said = (await chat.say(answer))[-1]
    found = NUMBER.search(said)
    assert found, said
    return found.group()


# -- danger ---------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("我不想活了", "12356"),
        ("活着没意思，没有我你们都轻松", "12356"),
        ("我不-想-活-了", "12356"),
        ("不给钱我就从楼上跳下去", "12356"),
        ("I want to kill myself", "12356"),
        ("我不想活瞭", "12356"),
        ("明天我带汽油瓶去，把政府烧了，同归于尽", "110"),
        ("他们正在打我，快来人", "110"),
        ("他们说再告就打断我的腿", "110"),
        ("孩子被打，学校不管，老师毒打孩子", "110"),
    ],
)
async def test_danger_is_answered_first_and_alone(chat: CitizenChat, words: str, number: str) -> None:
    said = await chat.say(words)
    assert len(said) == 1
    assert number in said[0]
    assert chat.buttons() == []
    assert story_of(chat) == words


@pytest.mark.parametrize(
    "words",
    [
        "要钱要到死，镇政府欠我工程款三年了",
        "累死累活干了半年，区住建局一分钱没给",
        "气死我了，招商局说话不算数",
        "开发商跳楼价卖房，政府承诺的补贴没给",
        "我们去县政府门口拉横幅也没用",
        "那是我父亲的救命钱，镇里拖着不给",
        "领导死活不签字",
        "道路像定时炸弹一样，镇里答应修一直没修",
    ],
)
async def test_figures_of_speech_are_no_danger(chat: CitizenChat, words: str) -> None:
    assert not any("12356" in text or "110" in text for text in await chat.say(words))


async def test_danger_inside_an_answer_is_answered_and_the_answer_kept(chat: CitizenChat) -> None:
    await chat.say(STORY)
    await chat.press("有不对的，更正")
    await chat.press("更正诉求")
    said = await chat.say("不给钱我就从楼上跳下去")
    assert "12356" in said[0]
    assert Memory.load(chat.state).draft is not None
    assert Memory.load(chat.state).draft.wish == "不给钱我就从楼上跳下去"  # type: ignore[union-attr]


async def test_a_case_of_somebody_in_danger_is_urgent(chat: CitizenChat, storage: Storage) -> None:
    await chat.say("活不下去了")
    number, _ = await chat.file_story()
    case = await storage.cases.get(number)
    assert case.complaint.severity is Severity.URGENT
    assert "活不下去了" in case.complaint.text


async def test_an_edit_and_a_caption_are_heard_too(chat: CitizenChat) -> None:
    await chat.say(STORY)
    assert "12356" in (await chat.edit(1, text=STORY + "再不给我就跳楼"))[0]


# -- words for buttons ----------------------------------------------------------------------------
async def test_a_complaint_is_filed_without_a_tap_and_holds_the_story_alone(
    chat: CitizenChat, storage: Storage
) -> None:
    number = await file_in_words(chat, "你好，" + TOLD, "没有问题", "匿名", "没有材料", "确认提交")
    case = await storage.cases.get(number)
    assert case.complaint.text == TOLD
    assert not case.complaint.named


async def test_people_say_it_in_their_own_words(chat: CitizenChat, storage: Storage) -> None:
    number = await file_in_words(chat, TOLD, "对的", "我要匿名", "没了", "提交吧")
    assert (await storage.cases.get(number)).complaint.text == TOLD


async def test_buttons_can_be_named_by_their_number(chat: CitizenChat, storage: Storage) -> None:
    number = await file_in_words(chat, TOLD, "1", "第一个", "没有", "1")
    assert (await storage.cases.get(number)).complaint.text == TOLD


async def test_what_is_not_known_is_skipped_in_words(chat: CitizenChat) -> None:
    await chat.say("镇里答应给的补偿一直没有兑现，欠我12万元")
    await chat.say("没有问题")
    before = Memory.load(chat.state).step
    await chat.say("不知道")
    memory = Memory.load(chat.state)
    assert memory.draft is not None
    assert memory.draft.skipped
    assert memory.step != before


async def test_a_rating_is_given_in_words(chat: CitizenChat) -> None:
    memory = Memory.load(chat.state)
    assert memory.offered == []
    await chat.say(STORY)
    assert {button.act for button in Memory.load(chat.state).offered} >= {"continue", "fix-place", "discard"}


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("金额不对，是35万", "金额：35万元"),
        ("钱数应该是四十二万元", "金额：42万元"),
        ("不是城东区，是城西区", "城西区"),
        ("单位应该是西宁市城东区城市管理局", "西宁市城东区城市管理局"),
        ("地点错了，应该是西宁市湟中区", "湟中区"),
        ("the amount is wrong, it should be 350000 yuan", "金额：35万元"),
    ],
)
async def test_what_was_misunderstood_is_set_right_in_words(
    chat: CitizenChat, words: str, shown: str
) -> None:
    await chat.say(TOLD)
    assert shown in (await chat.say(words))[-1]
    assert story_of(chat) == TOLD


async def test_a_story_that_says_not_this_but_that_stays_a_story(chat: CitizenChat) -> None:
    await chat.say(TOLD)
    await chat.say("我们不是没有合同，是政府不认账")
    assert "不认账" in story_of(chat)


# -- questions, greetings, insults ----------------------------------------------------------------
async def test_a_question_is_answered_and_the_open_question_asked_again(chat: CitizenChat) -> None:
    await chat.say("镇里答应给的补偿一直没有兑现，欠我12万元，请支付")
    asked = (await chat.say("没有问题"))[-1]
    step = Memory.load(chat.state).step
    said = await chat.say("为什么要问地方？")
    assert "避免交到被投诉的单位手里" in said[0]
    assert said[-1] == asked
    memory = Memory.load(chat.state)
    assert memory.step == step
    assert memory.draft is not None
    assert memory.draft.region_name is None


async def test_a_question_we_cannot_answer_is_no_answer(chat: CitizenChat) -> None:
    await chat.say("镇里答应给的补偿一直没有兑现，欠我12万元，请支付")
    await chat.say("没有问题")
    step = Memory.load(chat.state).step
    await chat.say("今天星期几？")
    memory = Memory.load(chat.state)
    assert memory.step == step
    assert memory.draft is not None
    assert memory.draft.region_name is None
    assert "星期" not in memory.draft.text


async def test_an_answer_and_a_question_in_one_message_are_both_heard(chat: CitizenChat) -> None:
    await chat.say(TOLD)
    await chat.say("没有问题")
    said = await chat.say("匿名。对了，多久能答复？")
    assert any("期限" in text or "时限" in text for text in said)
    draft = Memory.load(chat.state).draft
    assert draft is not None
    assert draft.named is False
    assert draft.text == TOLD


async def test_questions_start_no_draft(chat: CitizenChat) -> None:
    for words in ("要钱吗", "你是机器人吗", "能匿名吗？", "转人工", "how long does it take?"):
        await chat.say(words)
        assert Memory.load(chat.state).draft is None


async def test_greetings_thanks_and_insults_are_no_part_of_the_story(chat: CitizenChat) -> None:
    for words in ("你好", "在吗", "谢谢", "垃圾机器人", "骗子"):
        assert await chat.say(words)
    assert story_of(chat) == ""
    await chat.say(TOLD)
    for words in ("你好", "谢谢", "傻逼"):
        await chat.say(words)
    assert story_of(chat) == TOLD


@pytest.mark.parametrize(
    "words", ["对答复不服，什么时候付款？", "你好，谢谢", "不满意这个答复", "怎么还没有结果吗？"]
)
async def test_words_for_the_department_are_never_taken_for_words_to_us(
    chat: CitizenChat, words: str
) -> None:
    number, _ = await chat.file_story()
    await chat.say(f"/add {number}")
    await chat.say(words)
    pending = Memory.load(chat.state).pending
    assert pending is not None
    assert pending.text == words


async def test_who_disagrees_is_offered_both_ways(chat: CitizenChat) -> None:
    await chat.say("不满意这个答复")
    assert set(chat.buttons()) == {"评价", "申请复查"}
    assert Memory.load(chat.state).draft is None


def test_every_danger_has_words_in_every_language() -> None:
    from handlers.citizen.texts import texts

    for language in Language:
        for danger in Danger:
            assert texts(language).has(f"danger-{danger.value.replace('_', '-')}")
