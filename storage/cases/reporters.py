"""Who filed a case, apart from the case: sealed whole, found by case, receipt or chat through keyed hashes.

A chat's cases cannot be told to be of one person: each carries a mark of its own, made from the chat and one
of a few places that no other case of the chat has. Whoever knows the chat and the key asks for all places at
once. Nothing here decides who may look; that is the core's `unseal`.

Where the deployment has a vault, name, contact and the words as written are sealed to it: this process puts
them in and cannot take them out. An officer's code lends them for one look, sealed by the ring meanwhile.
"""

from __future__ import annotations

import itertools
import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from cases import reasons
from cases.errors import InvalidInput
from cases.ports.reporters import Reporter
from storage.database.connection import Database
from storage.database.encoding import Document
from storage.database.failures import DuplicateKeyError
from storage.sealed.key_ring import KeyRing
from storage.sealed.rounding import day_after
from storage.sealed.vault import Vault, WrongCode, find_vault
from storage.sealed.whole import WholeRecords

PLACES = 64
"""Of a chat's first cases; the following rows of places are as long."""
CROWDED = 16
"""So many cases in a row of places: perhaps one found no free place there."""
TRIES = 30
"""In one row of places, before the next. Thirty taken by chance while CROWDED are: once in 10^18."""
IN_VAULT = ("name", "contact", "original")
"""Who it is; nothing else of a reporter goes into the vault."""
BEFORE_5 = "conversations"
"""Up to version 4 a reporter's record was under the case's number and named the chats themselves."""


class MongoReporterStore:
    """Fulfils `cases.ports.reporters.ReporterStore`."""

    def __init__(self, database: Database, keys: KeyRing) -> None:
        self._database = database
        self._reporters = database["reporters"]
        self._lent = database["lent"]
        self._keys = keys
        self._records = WholeRecords(keys)

    async def put(self, reporter: Reporter) -> None:
        """Chats that adopted the case meanwhile stay."""
        chat, id = reporter.conversation, self._id(reporter.number)
        reporter = self._lock(reporter, await find_vault(self._database, self._keys))
        fields: Document = {
            "receipt": reporter.receipt,
            "sealed": self._records.seal(reporter, f"{id}/sealed"),
        }
        if chat is None or not await self._link(id, chat, {"$set": fields}, upsert=True):
            await self._reporters.update({"_id": id}, {"$set": fields}, upsert=True)

    async def adopt(self, number: str, conversation: str) -> None:
        await self._link(self._id(number), conversation, {})

    async def _link(self, id: str, chat: str, change: Document, *, upsert: bool = False) -> bool:
        """Tell this chat too from now on; False when it is told already, or there is no record."""
        sealed = self._keys.seal(chat, f"{id}/chat")
        for row in itertools.count():
            marks = self._marks(chat, row)
            for _ in range(TRIES):
                link = {"mark": secrets.choice(marks), "chat": sealed}
                not_yet = {"_id": id, "links.mark": {"$nin": marks}}
                pushed = {**change, "$push": {"links": link}}
                try:
                    return bool(await self._reporters.update(not_yet, pushed, upsert=upsert))
                except DuplicateKeyError as error:
                    taken = (error.details or {}).get("keyPattern", {})
                    if "_id" in taken:
                        return False
                    if "links.mark" not in taken:
                        raise
        raise AssertionError("rows of places have no end")

    async def find(self, number: str) -> Reporter | None:
        return self._reporter(await self._reporters.find_one({"_id": self._id(number)}))

    async def list_numbers(self, conversation: str, limit: int = 20) -> Sequence[str]:
        found: list[Reporter] = []
        for row in itertools.count():
            rows = await self._reporters.find_all({"links.mark": {"$in": self._marks(conversation, row)}})
            found += filter(None, map(self._reporter, rows))
            if len(rows) < CROWDED:
                break
        newest = sorted(found, key=lambda reporter: reporter.filed_at, reverse=True)
        return [reporter.number for reporter in newest[:limit]]

    async def list_conversations(self, number: str) -> Sequence[str]:
        id = self._id(number)
        found = await self._reporters.find_one({"_id": id}, {"links": 1})
        links = (found or {}).get("links", ())
        return [*dict.fromkeys(self._keys.open_text(link["chat"], f"{id}/chat") for link in links)]

    async def find_by_receipt(self, receipt_hash: str) -> Reporter | None:
        return self._reporter(await self._reporters.find_one({"receipt": receipt_hash}))

    async def erase(self, number: str) -> None:
        await self.take_back(number)
        await self._reporters.delete({"_id": self._id(number)})

    # -- the vault --------------------------------------------------------------------------------
    async def lend(self, number: str, code: str, until: datetime) -> None:
        reporter, vault = await self.find(number), await find_vault(self._database, self._keys)
        if reporter is None or reporter.locked is None:
            return
        try:
            opened = vault.open(reporter.locked, code) if vault else None
        except WrongCode:
            opened = None
        if opened is None:
            raise InvalidInput(reasons.WRONG_OPENING_CODE)
        id = self._lent_id(number)
        lent = {"sealed": self._keys.seal(opened, f"{id}/sealed"), "erase_at": day_after(until)}
        await self._lent.update({"_id": id}, {"$set": lent}, upsert=True)

    async def find_lent(self, number: str, now: datetime) -> Reporter | None:
        reporter = await self.find(number)
        if reporter is None or reporter.locked is None:
            return reporter
        id = self._lent_id(number)
        lent = await self._lent.find_one({"_id": id, "erase_at": {"$gt": now}})
        if lent is None:
            return None
        return reporter.model_copy(update=self._records.open_tree(lent["sealed"], f"{id}/sealed"))

    async def take_back(self, number: str) -> None:
        await self._lent.delete({"_id": self._lent_id(number)})

    async def lock_all(self) -> int:
        """Put into a new vault what was filed before it; how many those were. Repeatable while all runs."""
        done = 0
        async for row in self._reporters.find({}, {"_id": 1}, order=[("_id", 1)], batch=1000):
            done += await self._lock_stored(row["_id"])
        return done

    async def _lock_stored(self, id: str) -> bool:
        vault = await find_vault(self._database, self._keys)
        while (stored := await self._reporters.find_one({"_id": id})) is not None:
            reporter = self._records.open(Reporter, stored["sealed"], f"{id}/sealed")
            locked = self._lock(reporter, vault)
            if locked == reporter:
                return False
            where = {"_id": id, "sealed": stored["sealed"]}
            sealed = self._records.seal(locked, f"{id}/sealed")
            if await self._reporters.update(where, {"$set": {"sealed": sealed}}):
                return True
        return False

    def _lock(self, reporter: Reporter, vault: Vault | None) -> Reporter:
        """With who it is in the vault; as it is without one, or when nothing is known."""
        who = {name: str(known) for name in IN_VAULT if (known := getattr(reporter, name))}
        if vault is None or not who:
            return reporter
        plain = self._records.pack(who)
        return reporter.model_copy(update={**dict.fromkeys(IN_VAULT), "locked": vault.seal(plain)})

    def _lent_id(self, number: str) -> str:
        return self._keys.mark(number, "lent")

    async def bring_up(self, document: Document) -> None:
        """Put a record from before version 5 as this one does; the old one goes last."""
        reporter = self._before_5(document)
        await self.put(reporter)
        for chat in document[BEFORE_5][1:]:
            await self.adopt(reporter.number, chat)
        await self._reporters.delete({"_id": document["_id"]})

    def _id(self, number: str) -> str:
        return self._keys.mark(number, "reporter")

    def _marks(self, chat: str, row: int) -> list[str]:
        places = range(row * PLACES, (row + 1) * PLACES)
        return [self._keys.mark(f"{chat}:{place}", "chat-case") for place in places]

    def _reporter(self, document: Document | None) -> Reporter | None:
        if document is None:
            return None
        return self._records.open(Reporter, document["sealed"], f"{document['_id']}/sealed")

    def _before_5(self, document: Document) -> Reporter:
        number, chats = document["_id"], document[BEFORE_5]
        fields: dict[str, Any] = {
            name: document[name] for name in ("channel", "language", "receipt", "filed_at")
        }
        for name in ("name", "contact", "original"):
            if document.get(name):
                fields[name] = self._keys.open_text(document[name], f"{number}/{name}")
        return Reporter(number=number, conversation=chats[0] if chats else None, **fields)
