"""Backs up a running database at one moment and restores it into an empty one.

Documents go byte for byte as the server keeps them, files included; what is sealed stays sealed. It needs
no program but this one. A restored database opens with the same keys only.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from cases.errors import StorageUnavailable
from storage.backups.sealed_file import BackupFault, BackupWriter, read_backup
from storage.database.connection import Database
from storage.database.encoding import decode
from storage.schema.migrations import SCHEMA_VERSION
from storage.sealed.key_ring import KeyRing, WrongKey
from storage.sealed.keystone import CONTEXT, KEYSTONE

TOO_OLD = 239
BATCH = 500
LONGEST_BACKUP = 6 * 3600
"""Seconds for which the server is asked to keep the moment that is being copied; at first it is 300."""

Told = Callable[[str, int], None]
"""Collection and how many documents of it are done."""


@dataclass(frozen=True, slots=True)
class Summary:
    counts: dict[str, int]
    size: int


async def back_up(
    database: Database, keys: KeyRing, path: Path, passphrase: str | None = None, told: Told | None = None
) -> Summary:
    """All collections as they are at one moment, while the product runs. Raises BackupFault."""
    names = sorted(await database.collections(), key=lambda name: (name != "settings", name))
    about = {
        "database": database.name,
        "created_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "schema": SCHEMA_VERSION,
    }
    try:
        writer = BackupWriter(path, about, keys, passphrase)
    except OSError as error:
        raise BackupFault(f"{path} 不能写入：{error.strerror}。 {path} cannot be written.") from None
    try:
        async with database.long_moments(LONGEST_BACKUP):
            await _copy(database, names, writer, told)
        return Summary(writer.counts, await asyncio.to_thread(writer.close))
    except StorageUnavailable as error:
        writer.abandon()
        if getattr(error.__cause__, "code", None) == TOO_OLD:
            raise BackupFault(
                "备份用时超过了服务器保留快照的时间，请调大 minSnapshotHistoryWindowInSeconds 后重试。"
                " The backup took longer than the server keeps a snapshot;"
                " raise minSnapshotHistoryWindowInSeconds and try again."
            ) from None
        raise
    except BaseException:
        writer.abandon()
        raise


async def _copy(database: Database, names: list[str], writer: BackupWriter, told: Told | None) -> None:
    async with database.snapshot() as moment:
        for name in names:
            done = 0
            async for document in moment.documents(name):
                await asyncio.to_thread(writer.add, name, document) if len(
                    document
                ) > 1 << 16 else writer.add(name, document)
                done += 1
                if told and done % BATCH == 0:
                    told(name, done)
            if told:
                told(name, done)


def check_backup(path: Path, keys: KeyRing, passphrase: str | None = None) -> Summary:
    """Read everything and prove it whole. Raises BackupFault; nothing is written anywhere."""
    counts: dict[str, int] = {}
    for name, documents in read_backup(path, keys, passphrase):
        if name == "settings":
            _check_keystone(documents, keys)
        counts[name] = counts.get(name, 0) + len(documents)
    return Summary(counts, path.stat().st_size)


async def restore(
    database: Database, keys: KeyRing, path: Path, passphrase: str | None = None, told: Told | None = None
) -> Summary:
    """Into a database that does not exist yet. Raises BackupFault and leaves nothing behind.

    Afterwards the database is opened as at any start: older schemas are brought up, indexes are made.
    """
    if await database.collections():
        raise BackupFault(
            f"数据库 {database.name} 不是空的，不会覆盖。请换一个 MONGODB_DATABASE 或 DATA_DIR。"
            f" The database {database.name} is not empty and is not overwritten."
            " Give another MONGODB_DATABASE or DATA_DIR."
        )
    checked = await asyncio.to_thread(check_backup, path, keys, passphrase)
    try:
        await _fill(database, keys, path, passphrase, told)
    except BaseException:
        await database.drop()
        raise
    return checked


async def _fill(
    database: Database, keys: KeyRing, path: Path, passphrase: str | None, told: Told | None
) -> None:
    done: dict[str, int] = {}
    frames = read_backup(path, keys, passphrase)
    while (frame := await asyncio.to_thread(next, frames, None)) is not None:
        name, documents = frame
        for start in range(0, len(documents), BATCH):
            await database[name].insert_raw(documents[start : start + BATCH])
        done[name] = done.get(name, 0) + len(documents)
        if told:
            told(name, done[name])


def _check_keystone(documents: list[bytes], keys: KeyRing) -> None:
    for document in map(decode, documents):
        if document["_id"] == KEYSTONE:
            try:
                keys.open(document["sealed"], CONTEXT)
            except WrongKey:
                raise BackupFault(
                    "SECRET_KEY 不是这个备份的密钥，恢复后将无法读出。"
                    " SECRET_KEY is not the key of this backup: what it holds could not be read."
                ) from None
