"""A first start that fails or is cut off anywhere loses no login: what nobody saw does not exist yet."""

from __future__ import annotations

import asyncio
import fcntl
import os
import socket
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.demo.accounts import PASSWORD_FILE, demo_password
from bot.wiring.first_login import LEASE
from cases.people import Role
from cases.ports.accounts import Staff
from handlers.web.signing_in.passwords import Passwords
from storage.database.connection import Database
from storage.opening import Storage
from tests.town.live.browser import Browser
from tests.town.live.running import RunningShouxin, run_command

pytestmark = pytest.mark.timeout(300)
SECRET = "first-login-secret-0123456789-abcdefghijk"
OWN = "清水长流到东海 2026"


async def sign_in(shouxin: RunningShouxin) -> None:
    async with Browser(shouxin.address) as browser:
        await browser.move_in("admin", shouxin.password, OWN)
        await browser.read("/board")


@contextmanager
def busy_port() -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        yield str(taken.getsockname()[1])


async def until(holds: Callable[[], Awaitable[object]]) -> None:
    async with asyncio.timeout(60):
        while True:
            if await holds():
                return
            await asyncio.sleep(0.02)


async def test_a_busy_port_is_said_before_anything_is_made(tmp_path: Path) -> None:
    with busy_port() as port:
        for command in ("run", "demo"):
            code, said = await run_command(tmp_path, command, HTTP_PORT=port)
            assert code == 1
            assert port in said
            assert "Traceback" not in said
    assert os.listdir(tmp_path) == []


async def test_after_any_failed_start_the_next_one_still_shows_the_login(tmp_path: Path) -> None:
    broken = tmp_path / "broken.toml"
    broken.write_text("这不是 TOML", encoding="utf-8")
    calendars = tmp_path / "calendars"
    calendars.mkdir()
    (calendars / "2027.toml").write_text("year = 1999\n", encoding="utf-8")
    data = tmp_path / "data"
    data.mkdir()
    (data / "mongo").touch()
    failing: list[tuple[dict[str, str], str]] = [
        ({"DEPARTMENTS_FILE": str(broken)}, "DEPARTMENTS_FILE"),
        ({"CALENDAR_DIR": str(calendars)}, "CALENDAR_DIR"),
        ({"SECRET_KEY_FILE": str(broken)}, "SECRET_KEY"),
        ({"HTTP_HOST": "no-such-host.invalid"}, "HTTP_HOST"),
        ({"DATA_DIR": str(broken)}, "SECRET_KEY"),
        ({}, str(data / "mongo")),
    ]
    starts = [run_command(data, "run", **{"HTTP_PORT": "0", **settings}) for settings, _ in failing]
    for (code, said), (_, named) in zip(await asyncio.gather(*starts), failing, strict=True):
        assert code in {1, 2}, said
        assert named in said
        assert "Traceback" not in said
    (data / "mongo").unlink()
    async with RunningShouxin(data) as shouxin:
        await sign_in(shouxin)


async def test_a_login_that_could_not_be_printed_is_offered_again(tmp_path: Path) -> None:
    full = os.open("/dev/full", os.O_WRONLY)
    try:
        shouxin = RunningShouxin(tmp_path)
        await shouxin.launch(full)
        assert await shouxin.ended() != 0
    finally:
        os.close(full)
    async with RunningShouxin(tmp_path) as shouxin:
        await sign_in(shouxin)


async def test_a_process_killed_while_it_shows_the_login_has_made_no_account(
    mongo_uri: str, bare_database: Database, tmp_path: Path
) -> None:
    async def showing() -> bool:
        offered = await bare_database["leases"].count({"_id": LEASE})
        return bool(offered or await bare_database["staff"].count({"login": "admin"}))

    settings = {"MONGODB_URI": mongo_uri, "MONGODB_DATABASE": bare_database.name, "SECRET_KEY": SECRET}
    reading, writing = os.pipe()
    fcntl.fcntl(writing, fcntl.F_SETPIPE_SZ, 4096)
    os.write(writing, b" " * 4096)  # Whatever is printed waits for ever.
    try:
        shouxin = RunningShouxin(tmp_path, **settings)
        await shouxin.launch(writing)
        await until(showing)
        await shouxin.kill()
    finally:
        os.close(reading)
        os.close(writing)
    assert await bare_database["staff"].count({"login": "admin"}) == 0
    async with RunningShouxin(tmp_path, **settings) as again:
        await sign_in(again)


@pytest.mark.parametrize("left", [None, ""])
async def test_the_demo_shows_a_password_that_opens_its_accounts_though_the_file_was_lost(
    left: str | None, storage: Storage, tmp_path: Path
) -> None:
    passwords = Passwords()
    old = await passwords.hash(await demo_password(tmp_path, storage.staff, passwords))
    person = Staff("1", "handler.qinghai.1", "赵安平", "630000:省财政厅", frozenset({Role.HANDLER}), old)
    await storage.staff.add(person)
    if left is None:
        (tmp_path / PASSWORD_FILE).unlink()
    else:
        (tmp_path / PASSWORD_FILE).write_text(left)
    shown = await demo_password(tmp_path, storage.staff, passwords)
    assert await passwords.verify((await storage.staff.get("1")).password_hash, shown)
    assert await demo_password(tmp_path, storage.staff, passwords) == shown
    assert (tmp_path / PASSWORD_FILE).stat().st_mode & 0o777 == 0o600
