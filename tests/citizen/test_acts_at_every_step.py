"""Every message is an act at the step where it is said: measured on the open half, tried in the dialogue."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from cases.vocabulary import Language
from classify import Classifier
from classify.acts.act import ASKING, Act
from classify.acts.buttons import buttons_at
from classify.acts.reading import understand
from handlers.citizen.dialogue.drafts import Draft, Item, Memory
from tests.town.buttons import offered
from tests.town.live.chats import CitizenChat

OPEN = Path(__file__).parents[2] / "bench" / "acts" / "open.jsonl"
STORY = "镇政府拖欠我们公司道路工程款12万元，工程早就验收了，请尽快支付。"
STEPS = {json.loads(line)["step"] for line in OPEN.read_text("utf-8").splitlines()}


@pytest.fixture(scope="module")
def classifier() -> Classifier:
    return Classifier.load()


def test_the_open_half_is_understood(classifier: Classifier) -> None:
    rows = [json.loads(line) for line in OPEN.read_text("utf-8").splitlines()]
    assert len(rows) >= 220
    right: Counter[str] = Counter()
    of: Counter[str] = Counter()
    for row in rows:
        language, expected = Language(row["language"]), set(row["acts"])
        found = understand(row["text"], row["step"], offered(row["step"], language), classifier)
        hit = Act.DANGER in found.acts if "danger" in expected else set(found.acts) == expected
        for name in ("all", language.value, *expected & {"danger", "question"}):
            of[name] += 1
            right[name] += hit
    assert all(right[name] >= 0.95 * of[name] for name in of), (right, of)
    assert right["danger"] >= 0.99 * of["danger"]


@pytest.mark.parametrize("step", sorted(STEPS - {"number"}))
def test_buttons_without_labels_are_those_of_the_keyboards(step: str) -> None:
    there = {does for _, does in offered(step, Language.EN)}
    assert {does for _, does in buttons_at(step)} == there


@pytest.mark.parametrize(
    ("text", "step", "acts"),
    [
        ("你好，我想反映镇政府拖欠工程款", "start", {Act.GREETING, Act.STORY}),
        ("匿名。对了，多久能答复？", "identity", {Act.ANSWER, Act.QUESTION}),
        ("匿名，多久能答复", "identity", {Act.ANSWER, Act.QUESTION}),
        ("为什么要问地方？", "place", {Act.QUESTION}),
        ("没有手机", "contact", {Act.DECLINE}),
        ("忘了", "period", {Act.DECLINE}),
        ("随便", "domain", {Act.DECLINE}),
        ("垃圾机器人", "amount", {Act.INSULT}),
        ("谢谢", "name", {Act.THANKS}),
        ("？？？", "place", {Act.OTHER}),
        ("qwqw", "amount", {Act.OTHER}),
        ("什么时候给钱？", "telling", {Act.STORY}),
        ("哈尔滨市呼兰区人民政府", "start", {Act.STORY}),
        ("招商引资合同写明", "start", {Act.STORY}),
        ("我们全部投完了", "telling", {Act.STORY}),
        ("公示也过了", "telling", {Act.STORY}),
        ("我都说完了", "telling", {Act.COMMAND}),
        ("够了", "telling", {Act.COMMAND}),
        ("这题过", "place", {Act.COMMAND}),
        ("", "start", {Act.STORY}),
        ("\ud800", "amount", {Act.OTHER}),
    ],
)
def test_one_message_can_hold_several_acts_and_a_wrong_answer_is_none(
    classifier: Classifier, text: str, step: str, acts: set[Act]
) -> None:
    assert set(understand(text, step, offered(step, Language.ZH_HANS), classifier).acts) == acts


@pytest.mark.parametrize("words", ["你好", "请问要钱吗？", "破机器人", "谢谢您", "转人工", "are you a bot?"])
def test_remarks_and_questions_are_no_answer_at_any_step(classifier: Classifier, words: str) -> None:
    for step in ASKING:
        found = understand(words, step, offered(step, Language.ZH_HANS), classifier)
        assert not found.left, step
        assert found.button is None


def draft_of(chat: CitizenChat) -> Draft:
    draft = Memory.load(chat.state).draft
    assert draft is not None
    return draft


@pytest.mark.parametrize("words", ["为什么要问地方？", "你是谁", "谢谢", "垃圾东西", "asdf", "今天星期几？"])
async def test_at_the_question_for_the_place_nothing_but_a_place_is_taken(
    chat: CitizenChat, words: str
) -> None:
    await chat.say(STORY)
    await chat.press("有不对的，更正")
    await chat.press("更正地区")
    asked = await chat.say(words)
    assert asked
    assert "写到省、市、县" in asked[-1]
    assert draft_of(chat).region_name is None
    assert draft_of(chat).text == STORY


async def test_what_is_told_instead_of_an_answer_joins_the_account(chat: CitizenChat) -> None:
    await chat.say("有人答应给我补偿一直没有兑现，欠我12万元，请支付")
    await chat.say("没有问题")
    told = "他们当时说先拆了再补，拆完就没有人管了，我去问了很多次"
    await chat.say(told)
    assert told in draft_of(chat).text
    assert draft_of(chat).region_name is None


async def test_a_decline_skips_the_question(chat: CitizenChat) -> None:
    await chat.say(STORY)
    await chat.press("有不对的，更正")
    await chat.press("更正时间")
    await chat.say("想不起来了")
    assert draft_of(chat).period is None
    assert Item.PERIOD in draft_of(chat).skipped


@pytest.mark.parametrize("step", ["更正地区", "更正单位", "更正金额", "更正时间"])
async def test_danger_inside_an_answer_is_answered_alone_and_no_answer(chat: CitizenChat, step: str) -> None:
    await chat.say(STORY)
    await chat.press("有不对的，更正")
    await chat.press(step)
    said = await chat.say("不用问了，我不想活了")
    assert len(said) == 1
    assert "12356" in said[0]
    draft = draft_of(chat)
    assert draft.danger
    assert "我不想活了" in draft.text
    assert (draft.region_name, draft.accused, draft.period) == (None, None, None)
    assert "我是这样理解的" in (await chat.say("好"))[-1]


async def test_danger_in_an_edit_is_answered_alone(chat: CitizenChat) -> None:
    await chat.say(STORY)
    said = await chat.edit(1, text=STORY + "再不给我就跳楼")
    assert len(said) == 1
    assert "跳楼" in draft_of(chat).text
