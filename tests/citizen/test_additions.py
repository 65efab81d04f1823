"""What comes after filing belongs to what was filed where it says so, and is asked about where it may."""

from __future__ import annotations

import pytest

from cases.vocabulary import Move
from classify.types import Severity
from handlers.citizen.dialogue.drafts import Draft, Memory
from handlers.citizen.dialogue.own_cases.additions import Adds, adds_nothing_yet, sounds_added
from storage.conversations.emergencies import MongoEmergencyStore
from storage.opening import Storage
from tests.citizen.conftest import MakeChat
from tests.files.makers import picture
from tests.town.live.chats import CitizenChat

OTHER = "西宁市城西区教育局欠我们课桌椅货款9万元，两年了，希望尽快付清。"


@pytest.mark.parametrize(
    ("words", "adds"),
    [
        ("补充一点：他们让我们签过一张保证书", Adds.CLEARLY),
        ("我再补充一下，合同是2019年签的", Adds.CLEARLY),
        ("刚才漏了，还有保证金没退", Adds.CLEARLY),
        ("忘了说，验收单在我手里", Adds.CLEARLY),
        ("上次反映的那件事，今天他们来电话了", Adds.CLEARLY),
        ("我投诉的那个事有人来找我了", Adds.CLEARLY),
        ("對了，補充一點，合同是2019年簽的", Adds.CLEARLY),
        ("SX20261122-1234567-8 又来了新文件", Adds.CLEARLY),
        ("I want to add something: the contract was signed in 2021", Adds.CLEARLY),
        ("Sorry, I forgot to mention the deposit", Adds.CLEARLY),
        ("我写错了，单位应该是城西区教育局", Adds.CLEARLY),
        ("我还有一件事要投诉", Adds.NO),
        ("还有，他们领导换了", Adds.PERHAPS),
        ("另外他们今天来过", Adds.PERHAPS),
        ("Also, the director changed", Adds.PERHAPS),
        ("补充协议签了以后镇政府不认账", Adds.NO),
        ("漏水三年没人修", Adds.NO),
        ("镇政府拖欠工程款", Adds.NO),
        ("追加投资的钱不退", Adds.NO),
    ],
)
def test_who_adds_says_so_in_many_ways(words: str, adds: Adds) -> None:
    assert sounds_added(words) is adds


@pytest.mark.parametrize(
    ("words", "bare"),
    [
        ("我想补充材料", True),
        ("补充", True),
        ("怎么补充一点证据？", True),
        ("I want to add something", True),
        ("补充一点：合同丢了", False),
        ("材料", False),
    ],
)
def test_saying_that_one_wants_to_add_adds_nothing_yet(words: str, bare: bool) -> None:
    assert adds_nothing_yet(words) is bare


async def notes(storage: Storage, number: str) -> list[str | None]:
    return [
        entry.note for entry in (await storage.cases.get(number)).history if entry.move == Move.SUPPLEMENT
    ]


def draft_of(chat: CitizenChat) -> Draft | None:
    return Memory.load(chat.state).draft


async def test_an_addition_goes_to_the_only_open_case(chat: CitizenChat, storage: Storage) -> None:
    number, _ = await chat.file_story()
    assert number in (await chat.say("补充一点：他们让我们签过保证书"))[-1]
    await chat.say("谢谢")
    assert "已补充" in (await chat.say("提交"))[-1]
    assert await notes(storage, number) == ["补充一点：他们让我们签过保证书"]
    await chat.say("我想补充材料")
    await chat.photo(picture("JPEG"))
    await chat.say("好了")
    case = await storage.cases.get(number)
    assert [file.name for file in case.evidence] == ["图片1.jpg"]
    assert draft_of(chat) is None


async def test_what_may_be_an_addition_is_asked_and_moves_along_whatever_the_answer(
    chat: CitizenChat, storage: Storage
) -> None:
    number, _ = await chat.file_story()
    assert "还是另一件事" in (await chat.photo(picture("JPEG")))[-1]
    await chat.say("合同是2019年签的")
    assert "1 份材料" in (await chat.say("是的"))[-1]
    await chat.say("是另一件事")
    draft = draft_of(chat)
    assert draft is not None
    assert (draft.text, len(draft.evidence)) == ("合同是2019年签的", 1)
    assert await notes(storage, number) == []


async def test_with_several_open_cases_it_is_asked_to_which(chat: CitizenChat, storage: Storage) -> None:
    first, _ = await chat.file_story()
    second, _ = await chat.file_story(OTHER)
    await chat.say("补充一点：他们让我们签过保证书")
    assert f"补充到 {first}" in chat.buttons()
    await chat.press(f"补充到 {second}")
    await chat.photo(picture("JPEG"))
    await chat.photo(picture("PNG"))
    await chat.say("发错了")
    await chat.press("去掉“photo")
    await chat.say("提交")
    assert await notes(storage, second) == ["补充一点：他们让我们签过保证书"]
    assert await notes(storage, first) == []
    assert len((await storage.cases.get(second)).evidence) == 1


async def test_a_new_complaint_is_a_new_complaint(make_chat: MakeChat) -> None:
    chat = make_chat()
    await chat.file_story()
    assert "我是这样理解的" in (await chat.say(OTHER))[-1]


@pytest.mark.parametrize("words", ["我不想活了", "补充一点，他们说再告就打断我的腿"])
async def test_danger_told_after_filing_makes_the_filed_case_urgent(
    chat: CitizenChat, storage: Storage, words: str
) -> None:
    number, _ = await chat.file_story()
    assert len(await chat.say(words)) == 1
    case = await storage.cases.get(number)
    assert case.complaint.severity is Severity.URGENT
    (emergency,) = await MongoEmergencyStore(storage.database, storage.keys).list_open(5)
    assert emergency.number == number
    await chat.say("好")
    await chat.say("提交")
    assert await notes(storage, number) == [words]


async def test_another_complaint_that_is_announced_or_told_is_no_addition(
    chat: CitizenChat, storage: Storage
) -> None:
    number, _ = await chat.file_story()
    assert "请写下您要反映的事情" in (await chat.say("我还有一件事要投诉"))[-1]
    assert "还是另一件事" in (await chat.say("他们今天打来电话"))[-1]
    await chat.say(OTHER)
    assert "我是这样理解的" in chat.sent[-1].text
    assert await notes(storage, number) == []


async def test_no_to_a_withdrawal_keeps_the_case(chat: CitizenChat, storage: Storage) -> None:
    number, _ = await chat.file_story()
    await chat.say("/withdraw")
    assert "没有提交" in (await chat.say("不"))[-1]
    assert (await storage.cases.get(number)).is_open


async def test_a_file_sent_by_mistake_is_taken_out_before_it_is_said_what_it_belongs_to(
    chat: CitizenChat, storage: Storage
) -> None:
    number, _ = await chat.file_story()
    await chat.photo(picture("JPEG"))
    await chat.say("去掉一份")
    assert "请写下您要反映的事情" in (await chat.press("去掉“photo"))[-1]
    draft = draft_of(chat)
    assert draft is not None
    assert (draft.text, draft.evidence) == ("", [])
    assert (await storage.cases.get(number)).evidence == ()
