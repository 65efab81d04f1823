"""What a citizen reads when something does not work: in the chosen language, with a way back."""

from __future__ import annotations

import re

import pytest

from cases.ports.accounts import Staff
from cases.vocabulary import Language
from handlers.web.pages.citizen_problems import citizen_words
from handlers.web.pages.problems import PROBLEMS
from tests.town.live.browser import Browser
from tests.town.live.parts import PASSWORD

CHINESE = re.compile(r"[\u4e00-\u9fff]")
PAGE = {"Accept": "text/html,*/*"}


@pytest.mark.parametrize(
    ("wishes", "title"),
    [
        ("zh-CN,zh;q=0.9", "没有找到这个页面"),
        ("zh-TW,zh;q=0.9", "沒有找到這個頁面"),
        ("de-DE, en-GB;q=0.8", "Page not found"),
        ("", "没有找到这个页面"),
    ],
)
async def test_the_browser_says_which_language_the_citizen_reads(
    browser: Browser, wishes: str, title: str
) -> None:
    page = await browser.get("/no-such-page", headers={**PAGE, "Accept-Language": wishes})
    assert page.status == 404
    assert f"<h1>{title}</h1>" in page.text


async def test_the_language_chosen_in_the_chat_comes_first(browser: Browser) -> None:
    headers = {**PAGE, "Accept-Language": "zh-CN", "Cookie": "language=en"}
    page = await browser.get("/no-such-page", headers=headers)
    assert '<html lang="en"' in page.text
    assert "Back to the chat" in page.text


async def test_staff_keep_their_own_words(browser: Browser, handler: Staff) -> None:
    await browser.log_in("wang", PASSWORD)
    page = await browser.get("/no-such-page", headers={**PAGE, "Accept-Language": "en"})
    assert "您无权查看" in page.text


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("code", sorted(PROBLEMS))
def test_every_problem_has_words_in_every_language(code: str, language: Language) -> None:
    told = citizen_words(code, language)
    for words in (*told["problem"].values(), *told["words"].values()):
        assert words.strip()
        assert not words.endswith(("!", "！"))
        assert bool(CHINESE.search(words)) is (language is not Language.EN)


async def test_the_looks_form_of_a_page_reached_by_post_leads_to_a_page_that_opens(
    browser: Browser, handler: Staff
) -> None:
    await browser.log_in("wang", PASSWORD)
    headers = {**PAGE, "Referer": browser.address + "account?tab=1"}
    refused = await browser.post("/account/logout-everywhere", {"csrf": "wrong"}, headers=headers)
    assert refused.status == 403
    assert 'name="next" value="/account?tab=1"' in refused.text
    elsewhere = {**PAGE, "Referer": "https://example.org/account"}
    refused = await browser.post("/account/logout-everywhere", {"csrf": "wrong"}, headers=elsewhere)
    assert 'name="next" value="/"' in refused.text
