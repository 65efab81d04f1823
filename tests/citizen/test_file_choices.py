"""What a citizen is told about a file before it counts, and every answer to that, by button and by word."""

from __future__ import annotations

import aiohttp
import pytest

from cases.errors import NotFound
from cases.vocabulary import Language
from handlers.citizen.dialogue.drafts import Draft, Memory
from handlers.citizen.texts import texts
from handlers.files.names import plain_name
from handlers.files.traces import Trace
from storage.opening import Storage
from tests.citizen.conftest import MakeChat
from tests.citizen.test_webchat import browser, press, say, shown
from tests.files.makers import DOCUMENTS, RECORDINGS, SECRETS, docx, picture, xlsx
from tests.town.live.browser import Browser
from tests.town.live.chats import CitizenChat
from tests.town.words import NUMBER, STORY

__all__ = ["browser"]

OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
"""A .doc, which nothing can be taken out of."""


def draft_of(chat: CitizenChat) -> Draft:
    draft = Memory.load(chat.state).draft
    assert draft is not None
    return draft


async def at_evidence(chat: CitizenChat, *, named: bool = False) -> None:
    await chat.say(STORY)
    await chat.press("继续")
    await chat.press("留下姓名和联系方式" if named else "匿名")
    if named:
        await chat.say("王某")
        await chat.say("13900000000")


async def stored(storage: Storage) -> int:
    return await storage.database["evidence"].count({"_id": {"$exists": True}})


@pytest.mark.parametrize("by_word", [False, True])
@pytest.mark.parametrize(
    ("choice", "kept"), [("去除后保存", "clean"), ("按原样保存", "whole"), ("不保存", None)]
)
async def test_the_citizen_hears_what_is_in_it_and_decides(
    chat: CitizenChat, storage: Storage, choice: str, kept: str | None, by_word: bool
) -> None:
    await at_evidence(chat)
    data = docx()
    said = "".join(await chat.document(data, "王某的合同.docx"))
    for trace in (Trace.AUTHOR, Trace.CHANGES, Trace.PICTURES):
        assert texts(Language.ZH_HANS).plain(f"trace-{trace}") in said
    assert {"去除后保存", "按原样保存", "不保存"} <= set(chat.buttons())
    assert draft_of(chat).evidence == []
    await (chat.say(choice) if by_word else chat.press(choice))
    evidence = draft_of(chat).evidence
    assert [file.name for file in evidence] == ([] if kept is None else ["文档1.docx"])
    await chat.say("/help")  # what was not chosen goes with the next message
    assert await stored(storage) == len(evidence)
    if kept is not None:
        bytes_kept = await storage.evidence.get(evidence[0].id)
        assert (bytes_kept == data) == (kept == "whole")
        assert evidence[0].stripped == (kept == "clean")


async def test_who_is_anonymous_and_says_nothing_gets_it_taken_out(
    chat: CitizenChat, storage: Storage
) -> None:
    await at_evidence(chat)
    await chat.document(docx(), "a.docx")
    said = await chat.press_data(f"d:{draft_of(chat).id}:enough:")
    (file,) = draft_of(chat).evidence
    assert file.stripped
    assert "请确认" in said[-1]


async def test_who_gives_a_name_is_asked_again(chat: CitizenChat) -> None:
    await at_evidence(chat, named=True)
    said = "".join(await chat.document(xlsx(), "a.xlsx"))
    assert "等您决定" in said
    again = await chat.press_data(f"d:{draft_of(chat).id}:enough:")
    assert "等您决定" in again[-1]
    await chat.press("去除后保存")
    assert len(draft_of(chat).evidence) == 1


async def test_what_can_go_goes_without_a_question_from_the_anonymous(chat: CitizenChat) -> None:
    await at_evidence(chat)
    said = (await chat.document(xlsx(), "a.xlsx"))[-1]
    assert "作者和单位" in said
    assert "已经去除" in said
    assert len(draft_of(chat).evidence) == 1


async def test_what_cannot_go_is_kept_only_when_the_citizen_says_so(chat: CitizenChat) -> None:
    await at_evidence(chat)
    said = (await chat.document(OLD, "情况.doc"))[-1]
    assert "去不掉" in said
    assert "去除后保存" not in chat.buttons()
    again = await chat.press_data(f"d:{draft_of(chat).id}:nothing:")
    assert "去不掉" in again[-1]
    await chat.press("不保存")
    assert draft_of(chat).evidence == []
    assert "没有材料，下一步" in chat.buttons()


async def test_a_question_pressed_twice_or_late_changes_nothing(chat: CitizenChat) -> None:
    await at_evidence(chat)
    await chat.document(docx(), "a.docx")
    press = chat.data_of("按原样保存")
    await chat.press_data(press)
    before = draft_of(chat)
    await chat.press_data(press)
    await chat.press_data(press.replace("keep-as-is", "keep-not"))
    assert draft_of(chat) == before


async def test_one_file_is_taken_out_and_the_complaint_stays(chat: CitizenChat, storage: Storage) -> None:
    await at_evidence(chat)
    await chat.photo(picture("JPEG"))
    await chat.document("欠款".encode(), "王某的清单.txt")
    assert [file.name for file in draft_of(chat).evidence] == ["图片1.jpg", "文档1.txt"]
    await chat.press("完成，下一步")
    assert "2 份材料" in (await chat.press("去掉一份材料"))[-1]
    await chat.press("去掉“王某的清单.txt”")
    assert [file.name for file in draft_of(chat).evidence] == ["图片1.jpg"]
    number = NUMBER.search((await chat.press("确认提交"))[-1])
    assert number is not None
    case = await storage.cases.get(number.group())
    assert [file.name for file in case.evidence] == ["图片1.jpg"]
    await chat.say("/help")
    assert await stored(storage) == 1


async def test_what_a_file_was_called_reaches_nobody(chat: CitizenChat, storage: Storage) -> None:
    await at_evidence(chat)
    for name in ("IMG_20261103_142233.heic", "王某的iPhone 录音.m4a", "VID_20261103.mp4"):
        await chat.document(RECORDINGS["sound.m4a"][1]() if name.endswith("m4a") else picture("HEIF"), name)
    await chat.press("完成，下一步")
    number = NUMBER.search((await chat.press("确认提交"))[-1])
    assert number is not None
    case = await storage.cases.get(number.group())
    assert [file.name for file in case.evidence] == ["图片1.jpg", "录音1.m4a", "图片2.jpg"]
    for file in case.evidence:
        data = await storage.evidence.get(file.id)
        assert not [secret for secret in SECRETS if secret.encode() in data]


async def test_a_file_for_a_case_is_asked_about_too(chat: CitizenChat, storage: Storage) -> None:
    await at_evidence(chat)
    await chat.document("欠款".encode(), "a.txt")
    await chat.press("完成，下一步")
    number = NUMBER.search((await chat.press("确认提交"))[-1])
    assert number is not None
    await chat.press("补充材料")
    await chat.document(OLD, "a.doc")
    await chat.press("按原样保存")
    await chat.document(docx(), "b.docx")
    await chat.press_data(chat.data_of("去除后保存"))
    await chat.press("提交")
    case = await storage.cases.get(number.group())
    names = [(file.name, file.stripped) for file in case.evidence]
    assert names == [("文档1.txt", False), ("文档2.doc", False), ("文档3.docx", True)]


async def test_a_dropped_draft_takes_everything_with_it(chat: CitizenChat, storage: Storage) -> None:
    await at_evidence(chat)
    await chat.document(docx(), "a.docx")
    await chat.photo(picture("JPEG"))
    assert await stored(storage) == 3
    await chat.press_data(f"d:{draft_of(chat).id}:discard:")
    await chat.say("/help")
    assert await stored(storage) == 0


@pytest.mark.parametrize("language", list(Language))
async def test_every_trace_and_choice_has_words_in_every_language(
    make_chat: MakeChat, language: Language
) -> None:
    say = texts(language)
    assert all(say.plain(f"trace-{trace}") for trace in Trace)
    chat = make_chat(language=language.value.lower())
    await chat.say(STORY)
    said = "".join(await chat.document(docx(), "a.docx"))
    assert say.plain("trace-author") in said
    assert say.plain("button-keep-clean") in chat.buttons()


@pytest.mark.parametrize("choice", ["去除后保存", "按原样保存", "不保存"])
async def test_the_page_asks_like_the_messenger(browser: Browser, storage: Storage, choice: str) -> None:
    await say(browser, STORY)
    for label in ("没有问题", "匿名"):
        await press(browser, label)
    form = aiohttp.FormData({"csrf": (await browser.get("/")).csrf()}, quote_fields=False)
    form.add_field("file", docx(), filename="王某的合同.docx")
    asked = shown(await browser.post("/chat/file", form, follow=True))
    assert "等您决定" in asked
    assert "修改记录" in asked
    assert "王某的合同.docx" in shown(await press(browser, choice))
    await press(browser, "没有材料，下一步" if choice == "不保存" else "完成，下一步")
    number = NUMBER.search(shown(await press(browser, "确认提交")))
    assert number
    files = (await storage.cases.get(number.group())).evidence
    assert [file.name for file in files] == ([] if choice == "不保存" else ["文档1.docx"])
    await say(browser, "/help")
    assert await stored(storage) == len(files)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_plain_name_tells_the_kind_and_a_number(name: str) -> None:
    media_type = DOCUMENTS[name][0]
    ending = name.rpartition(".")[2]
    assert plain_name(media_type) == f"文档1.{ending}"
    assert plain_name(media_type, ["文档1.pdf", "图片2.jpg", "文档3.doc"]) == f"文档2.{ending}"


async def test_a_file_that_is_gone_is_said_to_be_gone(chat: CitizenChat, storage: Storage) -> None:
    await at_evidence(chat)
    await chat.photo(picture("JPEG"))
    (file,) = draft_of(chat).evidence
    await chat.press_data(f"f:{file.id}:drop-file")
    await chat.press_data(f"f:{file.id}:drop-file")
    assert draft_of(chat).evidence == []
    await chat.say("/help")
    with pytest.raises(NotFound):
        await storage.evidence.get(file.id)
