"""Through the real chat: what the core and the files' cleaner refuse is told in the language of the chat."""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Awaitable, Callable

import pytest

from bot.wiring import Core
from cases import reasons as core_reasons
from cases.lifecycle import forms
from cases.lifecycle.reviews import REVIEW_WINDOW_DAYS, still_time_to_ask
from cases.lifecycle.table import MOVES
from cases.moves.table import WRONG_STATUS
from cases.service.staff.links import TRIES_AN_HOUR
from cases.vocabulary import Language, Move
from handlers.citizen.dialogue.keyboards import CaseButton, MenuButton
from handlers.citizen.texts import Texts, texts
from handlers.files import refusals
from handlers.files.refusals import FileNotTaken
from handlers.languages.refusals import say_reason, word_reason
from storage.opening import Storage
from tests.citizen.conftest import MakeChat
from tests.citizen.test_cases_of_a_citizen import act, answered
from tests.languages.characters import simplified_in
from tests.town.clock import Watch
from tests.town.live.chats import CitizenChat
from tests.town.words import STORY

HAN = re.compile(r"[\u3400-\u9fff]")
IN_EVERY_LANGUAGE = pytest.mark.parametrize("language", list(Language))


async def speak(chat: CitizenChat, language: Language) -> Texts:
    await chat.press_data(MenuButton(act="language", arg=language.value).pack())
    return texts(language)


def check(answer: str, expected: str, language: Language) -> None:
    """The expected sentence, and no other language in it."""
    assert html.unescape(answer) == expected
    if language is Language.EN:
        assert not HAN.search(answer)
    else:
        assert HAN.search(answer)
    if language is Language.ZH_HANT:
        assert simplified_in(answer) == set()


def packed(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return out.getvalue()


FILES = {
    refusals.ARCHIVE: b"Rar!\x1a\x07\x00",
    refusals.MACROS: packed("[Content_Types].xml", "word/vbaProject.bin"),
    refusals.PICTURE_DAMAGED: b"\xff\xd8\xff\xe0\x00\x10JFIF\x00 and no picture",
    refusals.UNKNOWN_TYPE: b"MZ\x90\x00" + b"\0" * 100,
    refusals.EMPTY: b"",
}


@IN_EVERY_LANGUAGE
async def test_files_that_are_not_taken(chat: CitizenChat, language: Language) -> None:
    await speak(chat, language)
    for reason, data in FILES.items():
        answer = (await chat.document(data, "a.x"))[-1]
        check(answer, say_reason(FileNotTaken(reason, "a.x"), language), language)
    large = {"file_id": "far", "file_unique_id": "n", "file_name": "a.x", "file_size": 30_000_000}
    answer = (await chat.message(document=large))[-1]
    check(answer, say_reason(FileNotTaken(refusals.TOO_LARGE, "a.x"), language), language)


@IN_EVERY_LANGUAGE
async def test_one_file_too_many(chat: CitizenChat, language: Language) -> None:
    await chat.say(STORY)
    await speak(chat, language)
    for _ in range(refusals.MAX_FILES):
        await chat.document(b"%PDF-1.7\n", "a.pdf")
    answer = (await chat.document(b"%PDF-1.7\n", "a.pdf"))[-1]
    check(answer, say_reason(FileNotTaken(refusals.TOO_MANY, "a.pdf"), language), language)


Step = Callable[[CitizenChat, Core, Storage, str], Awaitable[None]]


async def _withdraw_elsewhere(chat: CitizenChat, core: Core, storage: Storage, number: str) -> None:
    remark = forms.OptionalRemark()
    await core.services.own_cases.act(number, Move.WITHDRAW, remark, chat.conversation, key="elsewhere")


async def _answer(chat: CitizenChat, core: Core, storage: Storage, number: str) -> None:
    await answered(core, number, storage)


async def _reopen(chat: CitizenChat, core: Core, storage: Storage, number: str) -> None:
    await act(core, await storage.cases.get(number), Move.REOPEN, forms.Grounds(reason="有新情况"))


async def _ask_elsewhere(chat: CitizenChat, core: Core, storage: Storage, number: str) -> None:
    why = forms.Grounds(reason="不服")
    await core.services.own_cases.act(number, Move.ASK_REVIEW, why, chat.conversation, key="elsewhere")


MEANWHILE: dict[str, tuple[Move, Step | None, Step]] = {
    "supplement": (Move.SUPPLEMENT, None, _withdraw_elsewhere),
    "withdraw": (Move.WITHDRAW, None, _answer),
    "rate": (Move.RATE, _answer, _reopen),
    "review": (Move.ASK_FINAL_REVIEW, _answer, _ask_elsewhere),  # by then there is a review
}
"""What the citizen begins, what happened before it, and what happens before it is sent."""


@IN_EVERY_LANGUAGE
@pytest.mark.parametrize("errand", MEANWHILE)
async def test_a_case_that_went_on_meanwhile(
    chat: CitizenChat, core: Core, storage: Storage, language: Language, errand: str
) -> None:
    number, _ = await chat.file_story()
    move, before, meanwhile = MEANWHILE[errand]
    if before is not None:
        await before(chat, core, storage, number)
    say = await speak(chat, language)
    await chat.press_data(CaseButton(number=number, act=errand).pack())
    if errand == "rate":
        await chat.press(say.plain("button-yes"))
        await chat.press(say.plain("button-no"))
    else:
        await chat.say("about this")
    await meanwhile(chat, core, storage, number)
    last = {"rate": "satisfied-2", "withdraw": "button-withdraw-now"}.get(errand, "button-send")
    answer = (await chat.press(say.plain(last)))[-1]
    check(answer, word_reason(WRONG_STATUS, language, move=MOVES[move]), language)


@IN_EVERY_LANGUAGE
async def test_a_review_asked_for_too_late(
    chat: CitizenChat, core: Core, storage: Storage, watch: Watch, language: Language
) -> None:
    number, _ = await chat.file_story()
    await answered(core, number, storage)
    say = await speak(chat, language)
    await chat.press_data(CaseButton(number=number, act="review").pack())
    await chat.say("not satisfied")
    watch.later(days=REVIEW_WINDOW_DAYS + 20)
    answer = (await chat.press(say.plain("button-send")))[-1]
    check(answer, word_reason(still_time_to_ask.reason, language, days=REVIEW_WINDOW_DAYS), language)


@IN_EVERY_LANGUAGE
async def test_too_many_codes_tried(chat: CitizenChat, language: Language) -> None:
    await speak(chat, language)
    for _ in range(TRIES_AN_HOUR):
        await chat.say("/link 12345678")
    answer = (await chat.say("/link 12345678"))[-1]
    check(answer, word_reason(core_reasons.TOO_MANY_LINK_TRIES, language), language)


@IN_EVERY_LANGUAGE
async def test_a_case_of_another_chat(make_chat: MakeChat, chat: CitizenChat, language: Language) -> None:
    number, _ = await chat.file_story()
    stranger = make_chat()
    await speak(stranger, language)
    answer = (await stranger.say(number))[-1]
    check(answer, texts(language).plain("number-not-yours", number=number), language)
