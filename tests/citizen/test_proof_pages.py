"""A citizen takes a proof home; anybody can check it, on the page or alone; nobody can change it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from aiogram.methods import SendDocument
from aiogram.types import BufferedInputFile
from aiohttp import FormData

from bot.wiring import Core
from cases.service.public.proofs import (
    LARGEST_PROOF,
    BadProof,
    Signer,
    check_given,
    digest_of,
    read_public_key,
)
from storage.opening import Storage
from tests.town.live.chats import CitizenChat
from tests.town.live.town import Town, hidden


def document_of(chat: CitizenChat) -> tuple[str, bytes]:
    (sent,) = [call for call in chat.last if isinstance(call, SendDocument)]
    assert isinstance(sent.document, BufferedInputFile)
    assert sent.chat_id == chat.id
    return str(sent.document.filename), sent.document.data


async def test_the_chat_hands_out_a_receipt_proof_that_the_public_key_confirms(
    chat: CitizenChat,
    core: Core,
    storage: Storage,
) -> None:
    number, receipt = await chat.file_story()
    await chat.say(number)
    await chat.press("下载受理凭证")
    name, data = document_of(chat)
    assert name == f"{number}-receipt.json"
    assert core.services.proofs is not None
    public = json.dumps(core.services.proofs.public_key).encode()
    content = check_given(data, read_public_key(public))
    case = await storage.cases.get(number)
    assert content["number"] == number
    assert content["digest"] == digest_of(str(case.complaint.text), [])
    assert receipt not in data.decode()
    assert str(case.complaint.text) not in data.decode()


async def test_the_chat_hands_out_the_signed_record_of_a_case(chat: CitizenChat, core: Core) -> None:
    number, _ = await chat.file_story()
    await chat.say(number)
    await chat.press("下载办理记录")
    _, data = document_of(chat)
    assert core.services.proofs is not None
    content = core.services.proofs.check(data)
    assert content["kind"] == "case"
    assert content["course"][0]["what"] == "已登记"


async def test_the_key_survives_a_restart_and_a_rotation(storage: Storage, core: Core) -> None:
    from storage.sealed.key_ring import KeyRing
    from tests.town.live.deployment import SECRET

    rotated = KeyRing("another-secret-0123456789-abcdefghijk", [SECRET]).with_digest_root(
        storage.keys.digest_root
    )
    assert rotated.purpose_key("proof") == storage.keys.purpose_key("proof")


@pytest.mark.parametrize(
    "given",
    [
        b"",
        b"\xff\xfe\x00",
        b"[]",
        b'{"content": 1}',
        b"[" * 100_000,
        b"x" * (LARGEST_PROOF + 1),
        '{"content": {}, "key": "字", "signature": null}'.encode(),
    ],
)
def test_what_is_no_proof_is_refused_with_a_sentence(given: bytes) -> None:
    with pytest.raises(BadProof, match="凭证"):
        check_given(given, b"\x01" * 32)


@pytest.mark.parametrize("given", [b"", b"ab", b"{}", b"-----BEGIN PUBLIC KEY-----\nAAAA\n", b"\xff"])
def test_what_is_no_public_key_is_refused_with_a_sentence(given: bytes) -> None:
    with pytest.raises(BadProof, match="公钥"):
        read_public_key(given)


async def submit(town: Town, language: str = "zh-CN", **fields: Any) -> tuple[int, str]:
    shown = await town.client.get("/verify/proof")
    csrf = hidden(await shown.text(), "csrf")
    cookies = "; ".join(f"{c.key}={c.value}" for c in shown.cookies.values())
    headers = {"Cookie": cookies, "Accept-Language": language}
    form = FormData({"csrf": csrf, **{k: v for k, v in fields.items() if isinstance(v, str)}})
    for name, value in fields.items():
        if isinstance(value, bytes):
            form.add_field(name, value, filename="proof.json", content_type="application/json")
    answer = await town.client.post("/verify/proof", data=form, headers=headers)
    return answer.status, await answer.text()


async def test_the_public_page_confirms_an_uploaded_and_a_pasted_proof(town: Town) -> None:
    case = await town.filed()
    assert town.core.services.proofs is not None
    proof = town.core.services.proofs.receipt(case)
    for given in ({"file": proof}, {"text": proof.decode()}):
        status, page = await submit(town, **given)
        assert status == 200, page
        assert "没有被改动" in page
        assert case.number in page


async def test_the_public_page_refuses_a_changed_proof_and_an_empty_form(town: Town) -> None:
    case = await town.filed()
    assert town.core.services.proofs is not None
    proof = json.loads(town.core.services.proofs.export(case))
    proof["content"]["status"] = "closed"
    status, page = await submit(town, text=json.dumps(proof))
    assert status == 422
    assert "与签名不符" in page
    status, page = await submit(town, text="")
    assert status == 422
    assert "请选择凭证文件" in page


LANGUAGES = {
    "zh-CN": ("这份受理凭证由本系统签发", "2026年11月22日 10:00:00", "请选择", "不是", "另一把", "不符"),
    "zh-TW": ("這份受理憑證由本系統簽發", "2026年11月22日 10:00:00", "請選擇", "不是", "另一把", "不符"),
    "en": (
        "This receipt proof was issued here",
        "22 November 2026 10:00:00",
        "Please choose",
        "not a proof",
        "another key",
        "not match",
    ),
}


@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_verdict_on_a_proof_reaches_the_reader_in_his_language(town: Town, language: str) -> None:
    case = await town.filed()
    assert town.core.services.proofs is not None
    good = town.core.services.proofs.receipt(case)
    stranger = Signer(b"\x08" * 32).sign({"number": "1"})
    genuine, filed_at, *refusals = LANGUAGES[language]
    status, page = await submit(town, language, file=good)
    assert (status, genuine in page, filed_at in page) == (200, True, True), page
    bad = (
        b"",
        b"[]",
        json.dumps(stranger).encode(),
        good.replace(case.number.encode(), b"SX20261122-0000001-1"),
    )
    for given, words in zip(bad, refusals, strict=True):
        status, page = await submit(town, language, file=given)
        assert (status, words in page) == (422, True), page


async def test_the_public_key_is_published_in_both_forms(town: Town) -> None:
    said = await (await town.client.get("/verify/key")).json()
    pem = await (await town.client.get("/verify/key.pem")).read()
    assert read_public_key(pem).hex() == said["public_key"]
    assert read_public_key(said["public_key"].encode()) == read_public_key(pem)
