"""What citizens hear when a file is not kept: why, and in their own language, in the chat and on the page."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import aiohttp
import pytest

from cases.errors import Reason
from cases.vocabulary import Language
from handlers.citizen.dialogue.drafts import Memory
from handlers.citizen.texts import texts
from handlers.files import refusals
from handlers.languages.refusals import say_reason
from storage.evidence.scanning import ScannedEvidenceStore
from storage.opening import Storage
from tests.citizen.conftest import MakeChat
from tests.citizen.test_webchat import JSON, browser, shown
from tests.town.clock import Watch
from tests.town.live.browser import Browser
from tests.town.words import STORY

__all__ = ["browser"]

BAD = b"%PDF-1.7 this-stands-for-a-virus"
UNSEEN = b"%PDF-1.7 the scanner is away"
SAID = {
    (Language.ZH_HANS, refusals.INFECTED): "“a.pdf”里发现了病毒",
    (Language.ZH_HANT, refusals.INFECTED): "「a.pdf」裡發現了病毒",
    (Language.EN, refusals.INFECTED): "A virus was found in “a.pdf”",
    (Language.ZH_HANS, refusals.UNCHECKED): "暂时不能检查“a.pdf”",
    (Language.ZH_HANT, refusals.UNCHECKED): "暫時不能檢查「a.pdf」",
    (Language.EN, refusals.UNCHECKED): "“a.pdf” cannot be checked",
}
SENT = {refusals.INFECTED: BAD, refusals.UNCHECKED: UNSEEN}


async def scan(data: bytes) -> str | None:
    if data == UNSEEN:
        raise ConnectionRefusedError
    return "Test.Virus" if data == BAD else None


@pytest.fixture
def storage(storage: Storage, watch: Watch) -> Storage:
    """The stores with a scanner before the files."""
    return replace(storage, evidence=ScannedEvidenceStore(storage.database, storage.keys, watch, scan))


@pytest.mark.parametrize("refusal", [refusals.INFECTED, refusals.UNCHECKED], ids=lambda refusal: refusal.code)
@pytest.mark.parametrize("language", list(Language))
async def test_in_the_chat_a_refused_file_is_explained_and_not_kept(
    make_chat: MakeChat, storage: Storage, language: Language, refusal: Reason
) -> None:
    chat = make_chat(language=language.value.lower())
    await chat.say(STORY)
    said = "".join(await chat.document(SENT[refusal], "a.pdf"))
    assert SAID[language, refusal] in said
    draft = Memory.load(chat.state).draft
    assert draft is not None
    assert draft.evidence == []
    assert await storage.database["evidence"].count({"_id": {"$exists": True}}) == 0
    assert "a.pdf" in "".join(await chat.document(b"%PDF-1.7 clean", "a.pdf"))


@pytest.mark.parametrize("language", list(Language))
async def test_on_the_page_a_refused_upload_is_explained_with_script_and_without(
    browser: Browser,
    storage: Storage,
    language: Language,
) -> None:
    start = await browser.get("/")
    await browser.post("/chat/language", {"language": language.value, "csrf": start.csrf()})
    for refusal, data in SENT.items():
        answer = await browser.post("/chat/file", upload(start.csrf(), data), headers=JSON)
        assert answer.status == 422
        assert SAID[language, refusal] in json.loads(answer.text)["text"]
        page = await browser.post("/chat/file", upload(start.csrf(), data), follow=True)
        own = texts(language).plain("web-your-file")
        assert SAID[language, refusal].replace("a.pdf", own) in shown(page)
    assert await storage.database["evidence"].count({"_id": {"$exists": True}}) == 0


def upload(token: str, data: bytes) -> aiohttp.FormData:
    form = aiohttp.FormData()
    form.add_field("csrf", token)
    form.add_field("file", data, filename="a.pdf", content_type="application/pdf")
    return form


@pytest.mark.parametrize("refusal", refusals.ALL, ids=lambda refusal: refusal.code)
@pytest.mark.parametrize("language", list(Language))
def test_every_refusal_has_a_sentence_in_every_language(language: Language, refusal: Reason) -> None:
    told = say_reason(refusals.FileNotTaken(refusal, "a.pdf"), language)
    assert "a.pdf" in told
    assert language is not Language.EN or re.sub("[“”]", "", told).isascii()
