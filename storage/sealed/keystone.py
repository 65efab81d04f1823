"""The record that proves the keys fit the database, and that carries the look-up key.

Written once, at the first start; every later start must open it, or the process refuses to run.
It must never be written over by a process whose keys do not open it.
"""

from __future__ import annotations

from storage.database.connection import Database
from storage.database.failures import DuplicateKeyError
from storage.sealed.key_ring import KeyRing, WrongKey

KEYSTONE = "keystone"
CONTEXT = "settings/keystone"


async def unlock(database: Database, keys: KeyRing) -> KeyRing:
    """The ring to use with this database. Raises WrongKey when its keys do not open it."""
    settings = database["settings"]
    stored = await settings.find_one({"_id": KEYSTONE})
    if stored is None:
        try:
            await settings.insert({"_id": KEYSTONE, "sealed": keys.seal(keys.digest_root, CONTEXT)})
        except DuplicateKeyError:
            return await unlock(database, keys)
        return keys
    try:
        root = keys.open(stored["sealed"], CONTEXT)
    except WrongKey:
        raise WrongKey(
            f"SECRET_KEY does not fit the database {database.name}: it was filled with another key. "
            "Give the key it was filled with (or both, the new one first), or another MONGODB_DATABASE."
        ) from None
    return keys.with_digest_root(root)


async def renew(database: Database, keys: KeyRing) -> None:
    """Seal the record under the primary key: the last step of a rotation."""
    await database["settings"].update(
        {"_id": KEYSTONE}, {"$set": {"sealed": keys.seal(keys.digest_root, CONTEXT)}}
    )
