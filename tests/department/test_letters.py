"""An opinion letter can be printed, sent as PDF and checked by anybody, without a word about the citizen."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.settings import Settings
from handlers.web.chinese_font import NoFont, find_font, has_font
from storage.opening import Storage
from tests.town.clock import Watch
from tests.town.live.parts import put_together
from tests.town.live.town import Town, open_town
from tests.town.words import OPINION

needs_font = pytest.mark.skipif(not has_font(None), reason="no font for Chinese on this machine")


async def test_the_printed_letter_holds_what_the_law_wants_in_it(town: Town) -> None:
    li = await town.person("李承办")
    case = await town.answered(li)
    letter = (await town.reread(case)).letters[0]
    page = await town.page(f"/desk/cases/{case.number}/letters/1", await town.sign_in(li))
    for words in (
        *OPINION.values(),
        "支持",
        "青海省财政厅〔2026〕第1号",
        "2026年11月22日",
        letter.verification,
        "30日内向",
        "请求复查",
    ):
        if words != "support":
            assert words in page


@needs_font
async def test_the_pdf_is_small_and_names_its_letter(town: Town) -> None:
    li = await town.person("李承办")
    case = await town.answered(li)
    answer = await town.client.get(f"/desk/cases/{case.number}/letters/1.pdf", headers=await town.sign_in(li))
    data = await answer.read()
    assert answer.content_type == "application/pdf"
    assert data.startswith(b"%PDF-")
    assert len(data) < 300_000


async def test_without_a_font_the_printable_page_is_offered_with_a_sentence(
    storage: Storage, watch: Watch, settings: Settings
) -> None:
    nowhere = Path("/nowhere/font.ttc")
    with pytest.raises(NoFont):
        find_font(nowhere)
    removed = settings.model_copy(update={"letter_font": nowhere})
    async with open_town(await put_together(storage, watch, removed), watch) as town:
        li = await town.person("李承办")
        case = await town.answered(li)
        who = await town.sign_in(li)
        letter = f"/desk/cases/{case.number}/letters/1"
        answer = await town.client.get(f"{letter}.pdf", headers=who, allow_redirects=False)
        assert answer.status == 303
        assert answer.headers["Location"] == letter
        assert str(NoFont()) in await town.page(letter, who)


async def test_anybody_can_check_a_letter_and_learns_nothing_about_the_citizen(town: Town) -> None:
    case = await town.answered(await town.person("李承办"))
    letter = (await town.reread(case)).letters[0]
    code = letter.verification
    page = await town.page(f"/verify?code={code[:4].lower()}-{code[4:8]}%20{code[8:]}", {})
    for words in ("是真的", letter.serial, "青海省财政厅", "2026年11月22日"):
        assert words in page
    for words in (case.number, "八十万元", "西宁市城西区教育局", OPINION["facts"]):
        assert words not in page


async def test_a_wrong_code_is_not_confirmed(town: Town) -> None:
    await town.answered(await town.person("李承办"))
    assert "没有查到" in await town.page("/verify?code=000000000000", {})
    assert "没有查到" in await town.page("/verify?code=%7B%24ne%3A1%7D", {})


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh-CN", ('<html lang="zh-Hans"', "是真的", "2026年11月22日", "回到对话")),
        ("zh-TW", ('<html lang="zh-Hant"', "是真的", "2026年11月22日", "回到對話")),
        ("en-GB", ('<html lang="en"', "is genuine", "22 November 2026", "Back to the chat")),
    ],
)
async def test_a_letter_is_confirmed_in_the_language_of_the_reader(
    town: Town, language: str, words: tuple[str, ...]
) -> None:
    case = await town.answered(await town.person("李承办"))
    letter = (await town.reread(case)).letters[0]
    page = await town.page(f"/verify?code={letter.verification}", {"Accept-Language": language})
    for each in (*words, letter.serial, letter.department_name):
        assert each in page


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "zh-CN",
            (
                '<html lang="zh-Hans"',
                "60日（最多延长30日）",
                "1个工作日",
                "登记并转送",
                "投诉人",
                "地方政府债务",
            ),
        ),
        (
            "zh-TW",
            ('<html lang="zh-Hant"', "60日（最多延長30日）", "1個工作日", "登記並轉送", "投訴人", "政府採購"),
        ),
        (
            "en",
            (
                '<html lang="en"',
                "60 days (at most 30 days more)",
                ">1 working day<",
                "Registration and forwarding",
                "Government purchasing",
                "Regulations on Petitions, art. 34",
            ),
        ),
    ],
)
async def test_the_promised_times_are_told_in_the_language_of_the_reader(
    town: Town, language: str, words: tuple[str, ...]
) -> None:
    page = await town.page("/promises?jurisdiction=heilongjiang", {"Accept-Language": language})
    name = "黑龍江省工商局" if language == "zh-TW" else "黑龙江省工商局"
    for each in (*words, "《信访工作条例》第三十四条", name):
        assert each in page
    chosen = {"Accept-Language": language, "Cookie": "language=en"}
    assert "How long each step may take" in await town.page("/promises", chosen)


async def test_the_promised_times_are_public_with_their_law(town: Town) -> None:
    page = await town.page("/promises?jurisdiction=qinghai", {})
    for words in ("政府采购", "30个工作日", "《政府采购法》", "《信访工作条例》第三十四条", "青海省财政厅"):
        assert words in page
