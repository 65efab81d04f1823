"""The database of this process: the deployment MONGODB_URI names, or an embedded one that lives with us."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime

from bot.keys_file import load_keys
from bot.settings import Settings, SettingsFault
from cases.errors import StorageUnavailable
from storage.database import NoReplicaSet
from storage.embedded import DataDirInUse, EmbeddedMongo, find_running
from storage.indexes import DatabaseTooNew
from storage.mongod import EmbeddedError
from storage.opening import Storage, open_storage
from storage.sealing import KeyRing, WrongKey


class StartFault(Exception):
    """Why the process cannot start now, in a sentence; the settings themselves may be fine."""


@asynccontextmanager
async def open_database(
    settings: Settings, now: Callable[[], datetime], *, join: bool = False
) -> AsyncIterator[Storage]:
    """Raises SettingsFault for what the operator must change, StartFault for what may pass.

    With `join`, an embedded database that another process of ours runs is used instead of refused.
    """
    keys = load_keys(settings)
    name = settings.mongodb_database
    if settings.mongodb_uri is not None:
        async with _opened(settings.mongodb_uri.get_secret_value(), name, keys, now) as storage:
            yield storage
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
    try:
        async with _opened(uri, name, keys, now) as storage:
            yield storage
    finally:
        await embedded.stop()


@asynccontextmanager
async def _opened(uri: str, name: str, keys: KeyRing, now: Callable[[], datetime]) -> AsyncIterator[Storage]:
    opening = open_storage(uri, name, keys, now)
    try:
        storage = await opening.__aenter__()
    except (NoReplicaSet, WrongKey) as error:
        raise SettingsFault(str(error)) from None
    except (DatabaseTooNew, StorageUnavailable) as error:
        raise StartFault(str(error)) from None
    try:
        yield storage
    finally:
        await opening.__aexit__(None, None, None)
