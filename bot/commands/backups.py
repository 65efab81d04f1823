"""`python -m bot backup|restore`: everything in one encrypted file, and back into an empty database."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.progress import Progress

from bot.commands.running import NOT_AS_LEFT, finish, note, opened, progress_bar, ready
from bot.faults import StartFault
from bot.settings import Settings
from bot.surroundings.key_file import load_keys
from bot.wiring import database_address
from cases.ports.audit import AuditAction
from storage.backups.copying import Summary, back_up, check_backup, restore
from storage.backups.sealed_file import BackupFault
from storage.database.connection import connect
from storage.sealed.key_ring import WrongKey

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
    async with opened(settings) as storage:
        with progress_bar() as bar, _faults():
            done = await back_up(storage.database, storage.keys, file, passphrase, _tell(bar))
        await note(storage, AuditAction.BACKUP_MADE, file.name)
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
    async with opened(settings) as storage:
        fault = await storage.audit.verify()
        await note(storage, AuditAction.BACKUP_RESTORED, file.name)
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
