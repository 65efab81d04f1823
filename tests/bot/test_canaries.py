"""Somebody files by name with a file; afterwards nothing readable of them is anywhere outside their chat."""

from __future__ import annotations

import asyncio
import io
import json
import logging
import struct
import sys
import zipfile
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from loguru import logger

from bot.commands.staff.tokens import SCOPES
from bot.logs import set_up_logs
from bot.wiring import App, FirstLogin, token_hash, utc_now
from cases.people import Role
from cases.ports.accounts import ApiToken, Staff
from cases.ports.conversations import Address
from cases.records import FreeText
from cases.service.intake import Report
from cases.vocabulary import Channel, Language
from storage.backups.copying import back_up
from storage.database.connection import Database
from tests.telegram_standin import ScriptedUser, StandIn
from tests.town.live.browser import Browser
from tests.town.live.parts import PASSWORD, PASSWORD_HASH, whole_process
from tests.town.words import NUMBER, RECEIPT, STORY

CHAT = 7_712_345_678_901
NAME = "欧阳鸣柳"
PHONE = "13987654321"
WORDS = "金丝雀衔枝"
FILE = "这是文件里的暗记".encode() * 50
FILE_NAME = "暗记合同.txt"
COMPLAINT = f"{WORDS}：{STORY}"
TOKEN = "canary-token-0123456789-0123456789"
METRICS = "metrics-token-0123456789"
STAFF_CHAT = 8_000_000_000
ANSWERS = {"您的姓名或称呼": NAME, "请写下联系方式": PHONE}
ONWARD = ("确认提交", "没有问题，继续", "留下姓名和联系方式", "完成，下一步", "不清楚", "跳过")


@dataclass
class NamedFiling:
    """One named filing through the whole product, and everything the process logged meanwhile."""

    app: App
    first: FirstLogin
    telegram: StandIn
    logged: io.StringIO
    number: str
    receipt: str

    @property
    def canaries(self) -> dict[str, list[bytes]]:
        """What must be nowhere, in the forms in which it could be."""
        texts = {
            "name": NAME,
            "phone": PHONE,
            "words": WORDS,
            "chat": str(CHAT),
            "receipt": self.receipt.replace(" ", ""),
            "receipt as shown": self.receipt,
            "file name": FILE_NAME.removesuffix(".txt"),
        }
        forms = {
            what: [
                text.encode(),
                text.encode("utf-16-le"),
                text.encode("unicode_escape"),
                text.encode("gb18030"),
            ]
            for what, text in texts.items()
        }
        return {**forms, "file": [FILE[:24]], "chat as number": [struct.pack("<q", CHAT)]}

    def found_in(self, raw: bytes, *, but: frozenset[str] = frozenset()) -> list[str]:
        kinds = self.canaries.items()
        return [what for what, forms in kinds if what not in but and any(form in raw for form in forms)]


@pytest.fixture(scope="module")
def logged() -> Iterator[io.StringIO]:
    """Everything at every level, as the product writes it."""
    stream = io.StringIO()
    logging.addLevelName(5, "TRACE")
    set_up_logs("TRACE", "json", stream)
    yield stream
    logger.remove()
    logger.add(sys.stderr)
    logging.getLogger().handlers.clear()


@pytest.fixture(scope="module")
async def filing(
    mongo_uri: str,
    mongo_client: Database,
    tmp_path_factory: pytest.TempPathFactory,
    logged: io.StringIO,
) -> AsyncIterator[NamedFiling]:
    folder = tmp_path_factory.mktemp("canary")
    async with StandIn(burst=50) as telegram:
        telegram.fail_rate = 0.15
        chosen: dict[str, Any] = {
            "bot_token": telegram.token,
            "telegram_api_url": telegram.url,
            "metrics_token": METRICS,
        }
        async with whole_process(mongo_uri, mongo_client, folder, **chosen) as app:
            async with app.first_login() as first:
                assert first is not None
            await link_staff(app, telegram)
            user = telegram.user(CHAT, name=NAME)
            number, receipt = await file_by_name(user)
            await user.says(receipt)
            await user.reads("责任单位", within=30)
            await user.says("/stored")
            await user.sends(
                {"text": "\x00" * 3 + WORDS, "entities": [{"type": "?", "offset": 9, "length": -1}]}
            )
            await user.says(f"/status {number}")
            yield NamedFiling(app, first, telegram, logged, number, receipt)


async def link_staff(app: App, telegram: StandIn) -> None:
    """Somebody at the department that will get the case, with alerts in a chat and a token for everything."""
    report = Report(channel=Channel.TELEGRAM, language=Language.ZH_HANS, text=FreeText(COMPLAINT))
    department = app.core.services.filing.preview(report).routing.department
    storage = app.core.storage
    staff = Staff(
        id="canary-staff",
        login="canary-staff",
        name="承办甲",
        department=department,
        roles=frozenset({Role.HANDLER, Role.HEAD, Role.SUPERVISOR, Role.AUDITOR}),
        password_hash=PASSWORD_HASH,
        conversation=storage.conversations.key(Address(Channel.TELEGRAM, str(STAFF_CHAT))),
    )
    await storage.staff.add(staff)
    await storage.tokens.put(
        ApiToken(token_hash(storage.keys, TOKEN), "业务系统", staff.id, SCOPES, utc_now())
    )
    await telegram.user(STAFF_CHAT, name="承办甲").says("/start")


async def file_by_name(user: ScriptedUser) -> tuple[str, str]:
    """Tell it, leave name and contact, add a file, confirm."""
    await user.says(COMPLAINT)
    sent_file, done = False, 0
    for _ in range(30):
        seen = await user.reads("", within=60, since=done)
        done = seen.id
        everything = "\n".join(message.text for message in user.seen)
        if NUMBER.search(seen.text) and RECEIPT.search(everything):
            return NUMBER.findall(seen.text)[-1], RECEIPT.findall(everything)[-1]
        labels = [button["text"] for button in seen.buttons]
        answer = next((words for question, words in ANSWERS.items() if question in seen.text), None)
        onward = next((label for label in ONWARD for text in labels if label in text), None)
        if answer is not None:
            await user.says(answer)
        elif any("没有材料" in label for label in labels) and not sent_file:
            sent_file = True
            await user.sends_document(FILE, FILE_NAME, "text/plain")
        elif onward is not None:
            await user.presses(onward, on=seen)
    raise AssertionError(f"no number after 30 steps; last: {user.last.text}")


async def test_a_dump_of_the_whole_database_holds_no_canary(filing: NamedFiling) -> None:
    database, size, found = filing.app.core.storage.database, 0, {}
    names = await database.collections()
    async with database.snapshot() as moment:
        for name in names:
            raw = b"".join([document async for document in moment.documents(name)])
            size += len(raw)
            if hits := filing.found_in(raw):
                found[name] = hits
    assert found == {}
    assert size > 5_000
    assert {"cases", "reporters", "conversations", "evidence.chunks", "audit"} <= names.keys()


async def test_the_case_and_its_reporter_are_there_all_the_same(filing: NamedFiling) -> None:
    storage = filing.app.core.storage
    case = await storage.cases.get(filing.number)
    reporter = await storage.reporters.find(filing.number)
    assert WORDS in case.complaint.text
    assert await storage.evidence.get(case.evidence[0].id) == FILE
    assert reporter is not None
    assert (reporter.name, reporter.contact) == (NAME, PHONE)


async def test_pages_for_the_public_and_error_pages_hold_no_canary(filing: NamedFiling) -> None:
    paths = (
        "/login",
        "/nowhere",
        f"/desk/cases/{filing.number}",
        f"/api/v1/cases/{filing.number}",
        f"/open311/v2/requests/{filing.number}.json",
        "/open311/v2/requests.json",
        "/open311/v2/services.json",
        "/promises",
        "/verify",
        "/verify/proof",
        "/verify/key",
        "/metrics",
        "/readyz",
        "/healthz",
        "/",
    )
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as client:
        for path in paths:
            for accept in ("text/html", "application/json"):
                async with client.get(filing.app.address + path, headers={"Accept": accept}) as answer:
                    body = await answer.read() + repr(answer.headers).encode()
                assert filing.found_in(body) == [], path


async def test_boards_and_exports_hold_no_canary_and_the_desk_shows_only_the_words(
    filing: NamedFiling,
) -> None:
    async with Browser(filing.app.address) as browser:
        await browser.move_in(filing.first.login, filing.first.password, PASSWORD)
        for path in ("/board", "/board/cases", "/board/attention", "/board/digest", "/board/ranking"):
            assert filing.found_in((await browser.read(path)).encode()) == [], path
        session = browser._session
        assert session is not None
        for path in ("/board/export.csv", "/board/export.xlsx"):
            async with session.get(filing.app.address + path) as answer:
                assert answer.status == 200
                assert filing.found_in(unpacked(await answer.read())) == [], path


def unpacked(body: bytes) -> bytes:
    """A workbook's own parts; any other file as it is."""
    if not body.startswith(b"PK"):
        return body
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        return b"".join(archive.read(name) for name in archive.namelist())


async def test_alerts_to_staff_hold_no_canary(filing: NamedFiling) -> None:
    staff = filing.telegram.user(STAFF_CHAT, name="承办甲")
    await staff.reads(filing.number, within=60)
    sent = [call for call in filing.telegram.calls if str(STAFF_CHAT) in str(call.params.get("chat_id"))]
    assert sent
    assert [call for call in sent if filing.found_in(repr(call).encode())] == []


IN_THE_DESK = frozenset({"words", "file name"})
"""What a department works with: the account itself and what its files are called."""


async def test_the_interfaces_for_programs_tell_a_department_the_words_and_nothing_of_the_reporter(
    filing: NamedFiling,
) -> None:
    number = filing.number
    case = await filing.app.core.storage.cases.get(number)
    bearer, metrics = {"Authorization": f"Bearer {TOKEN}"}, {"Authorization": f"Bearer {METRICS}"}
    wanted: tuple[tuple[str, dict[str, str], frozenset[str]], ...] = (
        ("/api/v1/cases", bearer, IN_THE_DESK),
        (f"/api/v1/cases/{number}", bearer, IN_THE_DESK),
        (f"/api/v1/cases/{number}/moves", bearer, IN_THE_DESK),
        (f"/api/v1/cases/{number}/evidence/{case.evidence[0].id}", bearer, IN_THE_DESK | {"file"}),
        ("/api/v1/statistics", bearer, frozenset()),
        ("/metrics", metrics, frozenset()),
    )
    async with aiohttp.ClientSession() as client:
        for path, headers, but in wanted:
            async with client.get(filing.app.address + path, headers=headers) as answer:
                assert answer.status == 200, path
                raw = await answer.read() + repr(answer.headers).encode()
            assert filing.found_in(raw + unescaped(raw), but=but) == [], path


def unescaped(raw: bytes) -> bytes:
    """JSON with its escapes undone, as a program reads it."""
    try:
        return json.dumps(json.loads(raw.partition(b"<CIMulti")[0]), ensure_ascii=False).encode()
    except ValueError:
        return b""


async def test_a_backup_holds_no_canary_whatever_it_is_sealed_with(
    filing: NamedFiling, tmp_path: Path
) -> None:
    storage = filing.app.core.storage
    for name, passphrase in (("key", None), ("words", "灯火阑珊处 2026")):
        file = tmp_path / name
        await back_up(storage.database, storage.keys, file, passphrase)
        raw = file.read_bytes()
        assert len(raw) > 5_000
        assert filing.found_in(raw) == []


async def test_pages_of_auditors_and_reports_hold_no_canary(filing: NamedFiling) -> None:
    async with Browser(filing.app.address) as browser:
        await browser.move_in("canary-staff", PASSWORD, PASSWORD)
        month = f"{utc_now():%Y-%m}"
        for path in ("/audit", "/audit/verify", "/board/reports", f"/board/report/{month}", "/board/warning"):
            assert filing.found_in((await browser.read(path)).encode()) == [], path


async def test_the_page_of_the_case_shows_the_words_and_nothing_of_the_reporter(filing: NamedFiling) -> None:
    async with Browser(filing.app.address) as browser:
        await browser.move_in("canary-staff", PASSWORD, PASSWORD)
        page = (await browser.read(f"/desk/cases/{filing.number}")).encode()
        assert "words" in filing.found_in(page)
        assert filing.found_in(page, but=IN_THE_DESK) == []
        assert filing.found_in((await browser.read("/desk")).encode(), but=IN_THE_DESK) == []


async def test_the_data_folder_holds_no_canary(filing: NamedFiling) -> None:
    files = await asyncio.to_thread(files_in, filing.app.settings.data_dir)
    assert [path.name for path in files if filing.found_in(path.read_bytes())] == []


def files_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


async def test_no_line_of_the_log_holds_a_canary(filing: NamedFiling) -> None:
    lines = filing.logged.getvalue()
    assert lines.count("\n") > 20
    assert filing.found_in(lines.encode()) == []
