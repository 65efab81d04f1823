"""Programs are told why in the language they ask for, Chinese when they ask for none; codes never change."""

from __future__ import annotations

import re
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from cases.errors import InvalidInput
from cases.reasons import NOTHING_TOLD
from handlers.department.open311.formats import refusals_in_its_shape
from tests.languages.characters import simplified_in
from tests.town.live.town import Town

HAN = re.compile(r"[\u3400-\u9fff]")
ASKED = [(None, "zh-Hans"), ("zh-CN", "zh-Hans"), ("zh-TW, en;q=0.5", "zh-Hant"), ("de, en-GB;q=0.8", "en")]


def check(answer: Any, said: dict[str, Any], language: str) -> None:
    assert answer.headers["Content-Language"] == language
    for words in (said["title"], said["detail"]):
        assert bool(HAN.search(words)) is (language != "en")
        assert language != "zh-Hant" or simplified_in(words) == set()


@pytest.mark.parametrize(("wish", "language"), ASKED)
async def test_a_refusal_has_a_stable_reason_and_words_in_the_language_asked_for(
    town: Town, wish: str | None, language: str
) -> None:
    li = await town.person("李承办")
    who = await town.token(li) | ({"Accept-Language": wish} if wish else {})
    number = (await town.claimed(li)).number
    asked: list[tuple[str, str, dict[str, Any], str, str]] = [
        ("GET", "/cases/SX20261122-0000000-0", {}, "not_found", "not-found"),
        ("GET", "/cases?q=a", {}, "invalid_input", "words-too-short"),
        ("GET", "/cases?limit=x", {}, "invalid_input", "in-field"),
        ("POST", f"/cases/{number}/moves/close", {}, "illegal_move", "wrong-status"),
        ("POST", f"/cases/{number}/moves/fly", {}, "not_found", "not-found"),
        ("POST", f"/cases/{number}/moves/note", {"json": {}}, "invalid_input", "in-field"),
        ("POST", f"/cases/{number}/moves/note", {"data": b"{"}, "invalid_input", "in-field"),
        (
            "POST",
            f"/cases/{number}/evidence?name=a.rar",
            {"data": b"Rar!\x1a\x07"},
            "invalid_input",
            "file-archive",
        ),
        ("GET", "/webhooks", {}, "wrong_role", "wrong-role"),
    ]
    for method, path, more, code, reason in asked:
        answer = await town.client.request(method, "/api/v1" + path, headers=who, **more)
        said = await answer.json()
        assert (said["code"], said["reason"]) == (code, reason), path
        check(answer, said, language)


async def test_what_is_wrong_with_a_field_is_told_with_its_name(town: Town) -> None:
    li = await town.person("李承办")
    who = await town.token(li)
    path = f"/api/v1/cases/{(await town.claimed(li)).number}/moves/note"
    for wish, detail in (("zh", "text：请填写这一项。"), ("en", "text: Please fill this in.")):
        answer = await town.client.post(path, json={}, headers={**who, "Accept-Language": wish})
        assert (await answer.json())["detail"] == detail


async def test_open311_words_the_errors_of_the_core_in_the_language_asked_for() -> None:
    @refusals_in_its_shape
    async def refuse(request: web.Request) -> web.StreamResponse:
        raise InvalidInput(NOTHING_TOLD)

    app = web.Application()
    app.router.add_get("/", refuse)
    async with TestClient(TestServer(app)) as client:
        for wish, words in (
            ("", "请写下您要反映的事情。"),
            ("zh-Hant", "請寫下您要反映的事情。"),
            ("en", "Please write what you want to report."),
        ):
            answer = await client.get("/", headers={"Accept-Language": wish})
            assert answer.status == 400
            assert (await answer.json())[0]["description"] == words
