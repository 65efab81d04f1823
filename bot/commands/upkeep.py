"""`python -m bot audit|keys|backup|restore|retention|verify`: what an operator does now and then.

Each says in a sentence what it did or found. Exit codes are those of `cli`, and 3: it was looked at, and
something is not as it was left.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.progress import Progress

from bot.commands.noting import note
from bot.commands.running import finish, progress_bar, ready
from bot.settings import Settings
from bot.surroundings.key_file import load_keys
from bot.wiring.app import utc_now
from bot.wiring.core import Core, build_core, load_rules
from bot.wiring.database import StartFault, database_address, open_database
from bot.workers.upkeep.housekeeping import ANCHORS, build_retention
from cases.instants import local_date
from cases.lifecycle.history import find_break
from cases.ports.cases import CaseFilter, Scope
from cases.service.proofs import check_given, read_public_key
from cases.service.signing import BadProof
from storage.audit.anchor_files import publish_anchor, read_anchor
from storage.backups.copying import Summary, back_up, check_backup, restore
from storage.backups.sealed_file import BackupFault
from storage.database.connection import connect
from storage.opening import Storage
from storage.sealed.key_ring import WrongKey
from storage.upkeep.key_rotation import rotate

NOT_AS_LEFT = 3

audit = typer.Typer(help="审计链。The audit trail.", no_args_is_help=True)
keys = typer.Typer(help="密钥。Keys.", no_args_is_help=True)
retention = typer.Typer(help="保存期限。Retention.", no_args_is_help=True)


@asynccontextmanager
async def _core(settings: Settings) -> AsyncIterator[Core]:
    async with open_database(settings, utc_now, join=True) as storage:
        yield await build_core(storage, load_rules(settings), utc_now)


# -- audit ------------------------------------------------------------------------------------------
@audit.command("verify")
def verify_audit(
    anchors: Annotated[
        list[Path] | None,
        typer.Option("--anchor", help="已公布的锚点文件，可多次给出 published anchor files"),
    ] = None,
) -> None:
    """核对审计链和每个件的办理历史。Check the audit trail and the history of every case."""
    finish(_verify_audit(ready(), anchors or []))


async def _verify_audit(settings: Settings, anchors: list[Path]) -> None:
    async with _core(settings) as core:
        faults = [fault for fault in [await core.storage.audit.verify()] if fault]
        faults += [fault for path in anchors if (fault := await _check_anchor(core, path))]
        checked, broken = await _check_histories(core.storage)
        faults += broken
        await note(core.storage, "audit.verified", "audit", cases=checked, faults=len(faults))
    for fault in faults:
        typer.echo(fault, err=True)
    if faults:
        typer.echo(
            f"发现 {len(faults)} 处与写入时不一致。 {len(faults)} things are not as they were written."
        )
        raise typer.Exit(NOT_AS_LEFT)
    typer.echo(f"审计链完整；{checked} 个件的历史完整。 The trail and {checked} histories are whole.")


async def _check_anchor(core: Core, path: Path) -> str | None:
    try:
        anchor = read_anchor(path, core.signer.public_key)
    except (OSError, BadProof) as error:
        return f"{path}: {error}"
    if await core.storage.audit.hash_at(anchor.seq) != anchor.hash:
        return f"audit entry {anchor.seq} does not match {path}"
    return None


async def _check_histories(storage: Storage) -> tuple[int, list[str]]:
    checked, broken = 0, []
    with progress_bar() as bar:
        task = bar.add_task("cases", total=None)
        for quarantined in (False, True):
            where = CaseFilter(quarantined=quarantined)
            async for case in storage.cases.iterate(Scope(departments=None), where):
                place = find_break(case.history)
                if place is not None:
                    broken.append(f"{case.number}: history entry {place} was changed after it was written")
                checked += 1
                bar.update(task, completed=checked)
    return checked, broken


@audit.command("anchor")
def anchor_audit() -> None:
    """今天的锚点：签名的小文件，可以公布。The anchor of today: a small signed file to publish."""
    finish(_anchor_audit(ready()))


async def _anchor_audit(settings: Settings) -> None:
    async with _core(settings) as core:
        day = local_date(utc_now())
        made = await publish_anchor(core.storage.audit, core.signer, day, settings.data_dir / ANCHORS)
        if made is not None:
            await note(core.storage, "audit.anchored", made[0].day)
    if made is None:
        raise StartFault("还没有审计记录。 There is no audit entry yet.")
    anchor, path = made
    typer.echo(f"{anchor.day}：截至第 {anchor.seq} 条，{anchor.hash}\n{path}")


# -- keys -------------------------------------------------------------------------------------------
@keys.command("rotate")
def rotate_keys() -> None:
    """把全部密封内容改用第一把密钥。Seal everything anew with the first key of SECRET_KEY."""
    finish(_rotate_keys(ready()))


async def _rotate_keys(settings: Settings) -> None:
    async with open_database(settings, utc_now, join=True) as storage:
        with progress_bar() as bar:
            tasks: dict[str, Any] = {}
            async for step in rotate(storage.database, storage.keys):
                if step.collection not in tasks:
                    tasks[step.collection] = bar.add_task(step.collection, total=step.total)
                bar.update(tasks[step.collection], completed=step.done, total=step.total)
        await note(storage, "keys.rotated", storage.keys.primary_id)
        total = storage.keys.primary_id
    typer.echo(
        f"全部内容已改用密钥 {total}，其余密钥可以从设置中删除。"
        f" Everything is sealed with key {total}; the other keys can be removed from the settings."
    )


# -- backup and restore -----------------------------------------------------------------------------
_PASSPHRASE = typer.Option(
    "--passphrase-file", help="口令文件；不给时用 SECRET_KEY 加密 file with a passphrase"
)


def make_backup(
    file: Annotated[Path, typer.Argument(help="备份文件 the file to write")],
    passphrase_file: Annotated[Path | None, _PASSPHRASE] = None,
) -> None:
    """备份：同一时刻的全部内容，加密。Back up everything at one moment, encrypted."""
    if os.path.lexists(file):
        typer.echo(f"{file} 已经存在，不会覆盖。 {file} exists and is not overwritten.", err=True)
        raise typer.Exit(1)
    finish(_make_backup(ready(), file, _read_passphrase(passphrase_file)))


async def _make_backup(settings: Settings, file: Path, passphrase: str | None) -> None:
    async with open_database(settings, utc_now, join=True) as storage:
        with progress_bar() as bar, _faults():
            done = await back_up(storage.database, storage.keys, file, passphrase, _tell(bar))
        await note(storage, "backup.made", file.name)
    typer.echo(f"已备份 {_said(done)}：{file}。 Backed up.")
    typer.echo("备份不含密钥，请把 SECRET_KEY 另外保存。 The key is not in it; keep SECRET_KEY elsewhere.")


def restore_backup(
    file: Annotated[Path, typer.Argument(help="备份文件 the file to read")],
    passphrase_file: Annotated[Path | None, _PASSPHRASE] = None,
    check_only: Annotated[bool, typer.Option("--check-only", help="只核对文件 only check the file")] = False,
) -> None:
    """恢复到一个空的数据库。Restore into an empty database."""
    passphrase = _read_passphrase(passphrase_file)
    work = _check_file if check_only else _restore
    finish(work(ready(), file, passphrase))


async def _check_file(settings: Settings, file: Path, passphrase: str | None) -> None:
    with _faults():
        done = check_backup(file, load_keys(settings), passphrase)
    typer.echo(f"备份完整：{_said(done)}。 The backup is whole.")


async def _restore(settings: Settings, file: Path, passphrase: str | None) -> None:
    async with (
        database_address(settings, join=True) as uri,
        connect(uri, settings.mongodb_database) as database,
    ):
        await database.require_replica_set()
        with progress_bar() as bar, _faults():
            done = await restore(database, load_keys(settings), file, passphrase, _tell(bar))
    async with open_database(settings, utc_now, join=True) as storage:
        fault = await storage.audit.verify()
        await note(storage, "backup.restored", file.name)
    if fault:
        typer.echo(fault, err=True)
        raise typer.Exit(NOT_AS_LEFT)
    typer.echo(f"已恢复 {_said(done)}，审计链完整。 Restored; the audit trail is whole.")


@contextmanager
def _faults() -> Iterator[None]:
    try:
        yield
    except (BackupFault, WrongKey) as fault:
        raise StartFault(str(fault)) from None
    except OSError as error:
        raise StartFault(f"文件不能读写：{error.strerror}。 The file cannot be used.") from None


def _tell(bar: Progress) -> Callable[[str, int], None]:
    tasks: dict[str, Any] = {}

    def told(collection: str, done: int) -> None:
        if collection not in tasks:
            tasks[collection] = bar.add_task(collection, total=None)
        bar.update(tasks[collection], completed=done)

    return told


def _said(done: Summary) -> str:
    return f"{sum(done.counts.values())} 条记录、{done.size / 1_000_000:.1f} MB"


def _read_passphrase(path: Path | None) -> str | None:
    """Never from the command line, where it would stay in the shell's history."""
    if path is None:
        return None
    try:
        words = path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        words = ""
    if len(words) < 12:
        typer.echo(
            "口令文件须可读，口令至少 12 个字符。 The passphrase needs at least 12 characters.", err=True
        )
        raise typer.Exit(2)
    return words


# -- retention --------------------------------------------------------------------------------------
@retention.command("run")
def run_retention() -> None:
    """立即清除到期的内容；平时由后台每小时进行。Let go now of what has been kept long enough."""
    finish(_run_retention(ready()))


async def _run_retention(settings: Settings) -> None:
    async with _core(settings) as core:
        done = await build_retention(core, utc_now).run()
        await note(core.storage, "retention.run", "retention", **asdict(done))
    typer.echo(
        f"已匿名化 {done.cases} 件，删除草稿 {done.drafts} 份、会话 {done.chats} 个、文件 {done.files} 个。"
        " Retention is up to date."
    )


# -- proofs ----------------------------------------------------------------------------
def verify_proof(
    file: Annotated[Path, typer.Argument(help="凭证文件 the proof")],
    key: Annotated[Path, typer.Option("--key", help="公钥文件，从 /verify/key.pem 下载 the public key")],
) -> None:
    """核验凭证，不联网、不需要任何设置。Check a proof offline, without any settings."""
    try:
        content = check_given(file.read_bytes(), read_public_key(key.read_bytes()))
    except OSError as error:
        typer.echo(f"文件不能读取：{error.strerror}。 The file cannot be read.", err=True)
        raise typer.Exit(1) from None
    except BadProof as fault:
        typer.echo(str(fault), err=True)
        raise typer.Exit(NOT_AS_LEFT) from None
    typer.echo("凭证有效，没有被改动。 The proof is valid and unchanged.")
    for name in ("issuer", "kind", "number", "filed_at", "digest", "day", "seq", "hash"):
        if content.get(name):
            typer.echo(f"  {name:<9} {content[name]}")
