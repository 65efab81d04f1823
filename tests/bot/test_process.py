"""The process as an operator meets it: starting, stopping, starting again, and clear words when it cannot."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import ClientSession

from storage.server.mongod import Member, find_mongod, free_port
from tests.telegram_standin import StandIn
from tests.town.live.complaining import file_complaint
from tests.town.live.deployment import SECRET
from tests.town.live.meanwhile import meanwhile
from tests.town.live.running import RunningShouxin, run_command

pytestmark = pytest.mark.timeout(300)


def processes_of(folder: Path) -> list[str]:
    """Command lines that name this folder: a mongod left behind would be one."""
    found = []
    for process in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = process.read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            continue
        if "mongod " in words and str(folder) in words:
            found.append(words)
    return found


async def cut_off(folder: Path) -> None:
    async with StandIn(burst=5) as telegram:
        settings = {"BOT_TOKEN": telegram.token, "TELEGRAM_API_URL": telegram.url}
        citizen = telegram.user(6_400_000_001)
        async with RunningShouxin(folder, **settings) as shouxin:
            await citizen.says("海东市招商局答应的厂房补助120万元三年没有兑现，请兑现承诺。")
            await citizen.reads("120万元", within=60)
            await shouxin.kill()
        await citizen.says("补充一句：协议是2021年签的。")
        async with RunningShouxin(folder, **settings) as shouxin:
            filed = await file_complaint(citizen, "还有，当时有会议纪要。")
            assert "120万元" in "\n".join(filed.told), "the draft of before the cut was filed"
            assert await shouxin.stop() == 0


async def find_no_database(folder: Path) -> None:
    address = f"mongodb://127.0.0.1:{free_port()}/?replicaSet=rs0"
    code, said = await run_command(folder, "run", MONGODB_URI=address, SECRET_KEY=SECRET)
    assert code == 1
    assert said.strip()
    assert "Traceback" not in said


@pytest.fixture(scope="module", autouse=True)
async def power_cut(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[asyncio.Task[None]]:
    """Most of it waits until the chat that the dead process held is free again."""
    async with meanwhile(cut_off(tmp_path_factory.mktemp("power_cut"))) as story:
        yield story


@pytest.fixture(scope="module", autouse=True)
async def no_database(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[asyncio.Task[None]]:
    async with meanwhile(find_no_database(tmp_path_factory.mktemp("no_database"))) as story:
        yield story


async def test_it_starts_says_where_everything_is_and_stops_without_a_trace(tmp_path: Path) -> None:
    async with RunningShouxin(tmp_path) as first, ClientSession() as http:
        for face in ("/\n", "/desk", "/board"):
            assert first.address + face in first.greeting
        assert "账号 admin" in first.greeting
        for path, status in (("/", 200), ("/healthz", 200), ("/readyz", 200), ("/desk", 200)):
            async with http.get(first.address + path) as answer:
                assert answer.status == status, path
        assert processes_of(tmp_path)
        assert await first.stop(signal.SIGINT) == 0
    assert processes_of(tmp_path) == []

    async with RunningShouxin(tmp_path) as second:
        assert "登录账号已建立" in second.greeting
        assert "密码 " not in second.greeting, "the first password is shown once"
        assert await second.stop(signal.SIGTERM) == 0
    secrets = tmp_path / "secret.key"
    assert secrets.stat().st_mode & 0o777 == 0o600


async def test_a_webhook_serves_as_polling_does(tmp_path: Path) -> None:
    port = free_port()
    async with StandIn(burst=5) as telegram:
        settings = {
            "BOT_TOKEN": telegram.token,
            "TELEGRAM_API_URL": telegram.url,
            "HTTP_PORT": str(port),
            "WEBHOOK_URL": f"http://127.0.0.1:{port}",
            "WEBHOOK_SECRET": "a-secret-for-the-webhook",
        }
        async with RunningShouxin(tmp_path, **settings) as shouxin:
            citizen = telegram.user(6_400_000_002)
            await citizen.says("/start")
            await citizen.reads("守信", within=60)
            assert telegram.calls_of("getUpdates") == []
            assert telegram.world.webhook is not None
            assert telegram.world.webhook["secret"] == "a-secret-for-the-webhook"
            await shouxin.stop()


async def test_wrong_settings_end_it_with_a_sentence_and_code_two(tmp_path: Path) -> None:
    code, said = await run_command(tmp_path, "run", HTTP_PORT="eighty", LOG_FORMAT="xml")
    assert code == 2
    assert len(said.strip().splitlines()) == 2
    assert "HTTP_PORT" in said
    assert "Traceback" not in said


async def test_an_unknown_jurisdiction_is_a_wrong_setting(tmp_path: Path) -> None:
    code, said = await run_command(tmp_path, "run", JURISDICTIONS="atlantis")
    assert code == 2
    assert "atlantis" in said
    assert "Traceback" not in said


async def test_a_database_without_a_replica_set_is_refused(tmp_path: Path) -> None:
    key_file = tmp_path / "keyfile"
    key_file.write_text("k" * 48)
    key_file.chmod(0o600)
    lone = Member(
        binary=find_mongod(),
        folder=tmp_path / "lone",
        key_file=key_file,
        set_name=None,
        port=free_port(),
        cache_gb=0.25,
    )
    await lone.start()
    try:
        code, said = await run_command(
            tmp_path, "run", MONGODB_URI=f"mongodb://{lone.host}/", SECRET_KEY=SECRET
        )
    finally:
        await lone.stop()
    assert code == 2
    assert "replica set" in said
    assert "Traceback" not in said


async def test_accounts_are_made_beside_the_running_process(tmp_path: Path) -> None:
    async with RunningShouxin(tmp_path):
        made = await run_command(tmp_path, "staff", "add", "lisi", "李思源", "青海省财政厅")
        assert made[0] == 0, made[1]
        assert "密码" in made[1]
        again = await run_command(tmp_path, "staff", "add", "LiSi", "李思源", "青海省财政厅")
        assert again[0] == 1
        assert "lisi" in again[1].lower()
        listed = await run_command(tmp_path, "staff", "list")
        assert "李思源" in listed[1]
        nowhere = await run_command(tmp_path, "staff", "add", "wangwu", "王五一", "月球开发局")
        assert nowhere[0] == 1
        await asyncio.sleep(0)


async def test_a_database_that_is_not_there_is_said_in_a_sentence(no_database: asyncio.Task[None]) -> None:
    await no_database


async def test_a_draft_and_waiting_updates_survive_a_power_cut(power_cut: asyncio.Task[None]) -> None:
    await power_cut
