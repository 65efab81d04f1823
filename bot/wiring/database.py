"""The database of this process: the deployment MONGODB_URI names, or an embedded one that lives with us."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime

from bot.faults import SettingsFault, StartFault
from bot.settings import Settings
from bot.surroundings.clamav import ClamAV
from bot.surroundings.key_file import load_keys
from cases.errors import StorageUnavailable
from storage.database.failures import NoReplicaSet, WrongAddress
from storage.evidence.scanning import ScannedEvidenceStore
from storage.opening import Storage, open_storage
from storage.schema.preparing import DatabaseTooNew
from storage.sealed.key_ring import KeyRing, WrongKey
from storage.server.embedded import DataDirInUse, EmbeddedMongo, find_running
from storage.server.mongod import EmbeddedError


@asynccontextmanager
async def open_database(
    settings: Settings, now: Callable[[], datetime], *, join: bool = False
) -> AsyncIterator[Storage]:
    """Raises SettingsFault for what the operator must change, StartFault for what may pass.

    With `join`, an embedded database that another process of ours runs is used instead of refused.
    """
    keys = load_keys(settings)
    async with (
        database_address(settings, join=join) as uri,
        _opened(uri, settings.mongodb_database, keys, now) as storage,
    ):
        yield _scanned(storage, settings, now)


def _scanned(storage: Storage, settings: Settings, now: Callable[[], datetime]) -> Storage:
    """With CLAMAV_SOCKET, no file is kept that the scanner has not passed."""
    if settings.clamav_socket is None:
        return storage
    scan = ClamAV(settings.clamav_socket).scan
    return replace(storage, evidence=ScannedEvidenceStore(storage.database, storage.keys, now, scan))


@asynccontextmanager
async def database_address(settings: Settings, *, join: bool = False) -> AsyncIterator[str]:
    """Where the deployment answers; starts the embedded one if there is no other. Raises StartFault."""
    if settings.mongodb_uri is not None:
        yield settings.mongodb_uri.get_secret_value()
        return
    embedded = EmbeddedMongo(settings.data_dir)
    try:
        uri = await embedded.start()
    except DataDirInUse as error:
        running = find_running(settings.data_dir) if join else None
        if running is None:
            raise StartFault(str(error)) from None
        uri = running
    except EmbeddedError as error:
        raise StartFault(str(error)) from None
    watching = asyncio.create_task(embedded.keep_running())
    try:
        yield uri
    finally:
        watching.cancel()
        await asyncio.gather(watching, return_exceptions=True)
        await embedded.stop()


@asynccontextmanager
async def _opened(uri: str, name: str, keys: KeyRing, now: Callable[[], datetime]) -> AsyncIterator[Storage]:
    opening = open_storage(uri, name, keys, now)
    try:
        storage = await opening.__aenter__()
    except (NoReplicaSet, WrongAddress, WrongKey) as error:
        raise SettingsFault(str(error)) from None
    except (DatabaseTooNew, StorageUnavailable) as error:
        raise StartFault(str(error)) from None
    try:
        yield storage
    finally:
        await opening.__aexit__(None, None, None)
