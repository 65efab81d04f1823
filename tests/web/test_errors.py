"""Every refusal says what happened, whether anything was lost and what to do, and never more."""

from __future__ import annotations

import json

import pytest

from cases import errors as core
from cases.ports.accounts import Staff
from handlers.web.pages.problems import PROBLEMS
from tests.town.live.browser import Browser
from tests.town.live.parts import PASSWORD


def every_kind(base: type[core.DomainError]) -> list[type[core.DomainError]]:
    return [base] + [kind for child in base.__subclasses__() for kind in every_kind(child)]


@pytest.mark.parametrize("kind", [k for k in every_kind(core.DomainError) if k is not core.DomainError])
def test_every_broken_fact_of_the_domain_has_words(kind: type[core.DomainError]) -> None:
    if kind.__module__ == "cases.errors":
        assert kind.code in PROBLEMS


def test_every_problem_answers_the_three_questions() -> None:
    for code, problem in PROBLEMS.items():
        for words in (problem.title, problem.happened, problem.lost, problem.next):
            assert words, code
            assert not words.endswith(("!", "！")), code


@pytest.mark.parametrize(
    ("how", "status"), [("stale", 409), ("invalid", 422), ("missing", 404), ("bug", 500)]
)
async def test_people_get_a_page_and_programs_get_problem_json(
    browser: Browser, how: str, status: int
) -> None:
    page = await browser.get(f"/broken/{how}", headers={"Accept": "text/html,*/*"})
    assert page.status == status
    assert "有没有丢失" in page.text
    program = await browser.get(f"/api/v1/broken/{how}")
    assert program.status == status
    assert program.headers["Content-Type"].startswith("application/problem+json")
    document = json.loads(program.text)
    assert document["status"] == status
    assert document["request_id"] == program.headers["X-Request-ID"]
    assert set(document) == {"type", "title", "status", "detail", "code", "reason", "request_id"}


async def test_an_unexpected_error_tells_a_number_and_nothing_of_the_inside(browser: Browser) -> None:
    for path in ("/broken/bug", "/api/v1/broken/bug"):
        answer = await browser.get(path)
        assert answer.status == 500
        assert answer.headers["X-Request-ID"] in answer.text
        for inside in ("swordfish", "Traceback", "RuntimeError", "probes"):
            assert inside not in answer.text


async def test_not_found_does_not_tell_whether_there_is_something(browser: Browser) -> None:
    hidden, absent = await browser.get("/broken/missing"), await browser.get("/no-such-page")
    for answer in (hidden, absent):
        assert answer.status == 404
        assert "another department" not in answer.text
        assert "没有找到" in answer.text


async def test_the_detail_of_an_error_is_escaped(browser: Browser, handler: Staff) -> None:
    await browser.log_in("wang", PASSWORD)
    text = (await browser.get("/broken/invalid")).text
    assert "请写明 &lt;b&gt;理由&lt;/b&gt;" in text


async def test_a_wrong_method_names_the_right_ones(browser: Browser) -> None:
    answer = await browser.post("/healthz")
    assert answer.status == 405
    assert "GET" in answer.headers["Allow"]


async def test_someone_signed_in_keeps_the_navigation_on_an_error_page(
    browser: Browser, handler: Staff
) -> None:
    await browser.log_in("wang", PASSWORD)
    assert 'href="/desk"' in (await browser.get("/no-such-page")).text


async def test_each_request_has_a_number_of_its_own_that_callers_cannot_choose(browser: Browser) -> None:
    answers = [await browser.get("/healthz", headers={"X-Request-ID": "chosen"}) for _ in range(3)]
    numbers = {answer.headers["X-Request-ID"] for answer in answers}
    assert len(numbers) == 3
    assert "chosen" not in numbers
