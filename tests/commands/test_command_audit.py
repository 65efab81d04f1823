"""Whatever the command line changes, or shows of people, is in the audit trail: every command by name."""

from __future__ import annotations

import asyncio
import logging
import re
import secrets
import sys
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
import typer
import typer.core
from loguru import logger
from typer.testing import CliRunner

from bot.commands.cli import app
from bot.commands.running import COMMAND_LINE
from cases.ports.audit import AuditEntry
from storage.database.connection import Database
from storage.opening import Storage, open_storage
from storage.sealed.key_ring import KeyRing
from tests.town.clock import Watch
from tests.town.live.deployment import SECRET

pytestmark = pytest.mark.timeout(600)

SAID_NOTHING = {
    ("run",): "starts the process, which records what people do",
    ("demo",): "fills a database of its own",
    ("check-settings",): "names departments without accounts, no citizen",
    ("version",): "opens no database",
    ("verify",): "reads two files and opens no database",
    ("packs", "check"): "reads a folder and opens no database",
    ("exchange", "export"): "leaves one when something waits: tests/workers/test_exchange.py",
    ("exchange", "import"): "leaves one when something is taken: tests/workers/test_exchange.py",
    ("exchange", "keys"): "shows a public key",
    ("exchange", "reconcile"): "compares digests, and changes nothing",
    ("staff", "list"): "shows accounts, no citizen",
    ("staff", "departments"): "opens no database",
    ("staff", "tokens"): "shows what tokens are for, never a token",
}
"""Commands without an entry, and why."""

CODES = re.compile(r"\w{5}(?:-\w{5}){3}")
Step = tuple[tuple[str, ...], tuple[str, ...], str]
STEPS: tuple[Step, ...] = (
    (("staff", "add"), ("zhang", "张三", "630000:省发展改革委"), "staff.added"),
    (("staff", "reset-password"), ("zhang",), "staff.password_reset"),
    (("staff", "reset-totp"), ("zhang",), "staff.totp_reset"),
    (("staff", "roles"), ("zhang", "handler,head"), "staff.roles_changed"),
    (("staff", "token"), ("zhang", "业务系统", "--scopes", "cases:read,statistics:read"), "token.made"),
    (("staff", "revoke-token"), ("{token}",), "token.revoked"),
    (("staff", "disable"), ("zhang",), "staff.disabled"),
    (("staff", "enable"), ("zhang",), "staff.enabled"),
    (("vault", "make"), (), "vault.made"),
    (("vault", "admit"), ("zhang", "--code", "{codes}"), "vault.admitted"),
    (("vault", "dismiss"), ("zhang",), "vault.dismissed"),
    (("keys", "rotate"), (), "keys.rotated"),
    (("retention", "run"), (), "retention.run"),
    (("lexicon", "suggestions"), (), "lexicon.suggestions"),
    (("audit", "verify"), (), "audit.verified"),
    (("audit", "anchor"), (), "audit.anchored"),
    (("rollups", "rebuild"), (), "rollups.rebuilt"),
    (("rollups", "rebuild"), (), "rollups.rebuilt"),
    (("backup",), ("{folder}/today.backup",), "backup.made"),
)
RESTORED: Step = (("restore",), ("{folder}/today.backup",), "backup.restored")


def commands(group: object, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    if isinstance(group, typer.core.TyperGroup):
        for name, command in group.commands.items():
            yield from commands(command, (*path, name))
    else:
        yield path


def test_every_command_is_tried_or_says_why_it_leaves_no_entry() -> None:
    known = {path for path, _, _ in (*STEPS, RESTORED)} | SAID_NOTHING.keys()
    assert set(commands(typer.main.get_command(app))) == known


@dataclass
class Typing:
    """A database of its own and what commands need to find it."""

    uri: str
    database: str
    folder: Path
    codes: Sequence[str] = ()
    """The last two codes that the last command printed."""

    async def runs(self, step: Step, database: str = "") -> str:
        """What the command printed; it must succeed."""
        path, words, _ = step
        async with self.opened() as storage:
            tokens = [token.hash[:12] for token in await storage.tokens.list_tokens()]
        known = {"token": "".join(tokens), "folder": self.folder, "codes": " ".join(self.codes)}
        filled = [word.format(**known) for word in words]
        settings = {
            "DATA_DIR": str(self.folder / "data"),
            "MONGODB_URI": self.uri,
            "MONGODB_DATABASE": database or self.database,
            "SECRET_KEY": SECRET,
        }
        done = await asyncio.to_thread(CliRunner().invoke, app, [*path, *filled], env=settings)
        assert done.exit_code == 0, done.output
        self.codes = CODES.findall(done.output)[-2:]
        return done.output

    def opened(self, database: str = ""):  # type: ignore[no-untyped-def]
        return open_storage(self.uri, database or self.database, KeyRing(SECRET), Watch())

    async def trail(self, database: str = "") -> list[AuditEntry]:
        async with self.opened(database) as storage:
            assert isinstance(storage, Storage)
            assert await storage.audit.verify() is None
            return list(await storage.audit.list_entries(limit=500))


@pytest.fixture
async def typing_(mongo_uri: str, mongo_client: Database, tmp_path: Path) -> AsyncIterator[Typing]:
    name = f"commands_{secrets.token_hex(4)}"
    yield Typing(mongo_uri, name, tmp_path)
    logger.remove()
    logger.add(sys.stderr)
    logging.getLogger().handlers.clear()
    for database in (name, name + "_again"):
        await mongo_client.sibling(database).drop()


async def test_every_command_that_changes_something_leaves_one_entry_of_the_command_line(
    typing_: Typing,
) -> None:
    said = ""
    for step in STEPS:
        said += await typing_.runs(step)
    trail = await typing_.trail()
    assert [entry.action for entry in reversed(trail)] == [action for _, _, action in STEPS]
    assert {entry.actor for entry in trail} == {COMMAND_LINE}
    again = typing_.database + "_again"
    await typing_.runs(RESTORED, again)
    assert (await typing_.trail(again))[0].action == "backup.restored"
    for secret in (word for word in said.split() if len(word) > 20 and word.isascii()):
        assert secret not in str(trail), "a secret that was printed is in the trail"


async def test_a_closed_account_and_a_revoked_token_leave_nothing_open(typing_: Typing) -> None:
    for step in STEPS[:5]:
        await typing_.runs(step)
    async with typing_.opened() as storage:
        (token,) = await storage.tokens.list_tokens()
        assert token.scopes == {"cases:read", "statistics:read"}
    await typing_.runs(STEPS[5])
    await typing_.runs(STEPS[6])
    async with typing_.opened() as storage:
        assert await storage.tokens.find(token.hash) is None
        zhang = await storage.staff.find_by_login("zhang")
        assert zhang is not None
        assert not zhang.active
        assert sorted(zhang.roles) == ["handler", "head"]


async def test_the_check_of_the_settings_names_lead_departments_without_accounts(typing_: Typing) -> None:
    """Only those who can work a case count, and only where a database runs anyway."""
    check: Step = (("check-settings",), (), "")
    assert "青海省发展改革委" in await typing_.runs(check)
    await typing_.runs(STEPS[0])
    said = await typing_.runs(check)
    assert "没有可用账号的牵头单位" in said
    assert "青海省发展改革委" not in said
