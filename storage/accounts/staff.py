"""Accounts, logins and tokens of staff. Ids given to browsers and systems come here already hashed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from cases import reasons
from cases.errors import NotFound, StorageUnavailable
from cases.instants import EPOCH
from cases.people import Role
from cases.ports.accounts import ApiToken, LoginTaken, Session, Staff
from storage.database.connection import Database
from storage.database.encoding import Document
from storage.database.failures import DuplicateKeyError
from storage.sealed.key_ring import KeyRing

HEAD = 2
"""Signs of a name by which a text finds it."""
MOST_TRIES = 50
"""Changes of one account that may come first before a change is given up."""


class MongoStaffStore:
    """Fulfils `cases.ports.accounts.StaffStore`. Login names are compared without case."""

    def __init__(self, database: Database, keys: KeyRing) -> None:
        self._staff = database["staff"]
        self._keys = keys

    async def add(self, staff: Staff) -> None:
        try:
            await self._staff.insert(self._document(staff))
        except DuplicateKeyError:
            raise LoginTaken(staff.login) from None

    async def get(self, id: str) -> Staff:
        document = await self._staff.find_one({"_id": id})
        if document is None:
            raise NotFound(reasons.NO_SUCH_ACCOUNT, account=id)
        return self._record(document)

    async def find_by_login(self, login: str) -> Staff | None:
        document = await self._staff.find_one({"login": login.strip().casefold()})
        return self._record(document) if document else None

    async def list_staff(self, department: str | None = None) -> Sequence[Staff]:
        where: Document = {"login": {"$gte": ""}}
        if department is not None:
            where["department"] = department
        return [self._record(row) for row in await self._staff.find_all(where, order=[("login", 1)])]

    async def list_active(
        self, roles: Collection[Role], department: str | None = None, *, linked: bool = False, limit: int = 0
    ) -> Sequence[Staff]:
        where: Document = {"active": True, "roles": {"$in": sorted(role.value for role in roles)}}
        if department is not None:
            where["department"] = department
        if linked:
            where["conversation"] = {"$exists": True}
        order = None if limit else [("login", 1)]
        return [self._record(row) for row in await self._staff.find_all(where, order=order, limit=limit)]

    async def named_in(self, words: str) -> Sequence[Staff]:
        pairs = sorted({words[place : place + HEAD] for place in range(len(words) - HEAD + 1)})
        rows = await self._staff.find_all({"name_head": {"$in": pairs}})
        return [self._record(row) for row in rows if row["name"] in words]

    async def change(self, id: str, make: Callable[[Staff], Staff | None]) -> Staff | None:
        for _ in range(MOST_TRIES):
            document = await self._staff.find_one({"_id": id})
            if document is None:
                raise NotFound(reasons.NO_SUCH_ACCOUNT, account=id)
            version = document.get("version", 0)
            changed = make(self._record(document))
            if changed is None or await self._replace(changed, version):
                return changed
        raise StorageUnavailable(reasons.ACCOUNT_CONTENDED)

    async def _replace(self, staff: Staff, version: int) -> bool:
        """False when the account is not at this version any more."""
        at = {"version": version} if version else {"version": {"$exists": False}}
        document = {**self._document(staff), "version": version + 1}
        try:
            return bool(await self._staff.replace({"_id": staff.id, **at}, document))
        except DuplicateKeyError:
            raise LoginTaken(staff.login) from None

    async def count(self) -> int:
        return await self._staff.count({"login": {"$gte": ""}})

    def _document(self, staff: Staff) -> Document:
        document = {name: value for name, value in asdict(staff).items() if value is not None}
        document["_id"] = document.pop("id")
        document["login"] = staff.login.strip().casefold()
        if len(staff.name) >= HEAD:
            document["name_head"] = staff.name[:HEAD]
        document["roles"] = sorted(role.value for role in staff.roles)
        document["deputy_for"] = sorted(staff.deputy_for)
        if staff.totp_secret:
            document["totp_secret"] = self._keys.seal(staff.totp_secret, f"{staff.id}/totp_secret")
        return document

    def _record(self, document: Document) -> Staff:
        fields: dict[str, Any] = dict(document)
        id = fields["id"] = fields.pop("_id")
        fields.pop("version", None)
        fields.pop("name_head", None)
        fields["roles"] = frozenset(map(Role, fields["roles"]))
        fields["deputy_for"] = frozenset(fields["deputy_for"])
        if "totp_secret" in fields:
            fields["totp_secret"] = self._keys.open_text(fields["totp_secret"], f"{id}/totp_secret")
        return Staff(**fields)


class MongoSessionStore:
    """Fulfils `cases.ports.accounts.SessionStore`; the server removes expired logins by itself."""

    def __init__(self, database: Database) -> None:
        self._sessions = database["sessions"]

    async def put(self, session: Session) -> None:
        document = asdict(session)
        document["_id"] = document.pop("id_hash")
        await self._sessions.replace({"_id": document["_id"]}, document, upsert=True)

    async def find(self, id_hash: str) -> Session | None:
        document = await self._sessions.find_one({"_id": id_hash})
        if document is None:
            return None
        return Session(id_hash=document.pop("_id"), **document)

    async def touch(self, id_hash: str, seen_at: datetime) -> None:
        await self._sessions.update({"_id": id_hash}, {"$max": {"seen_at": seen_at}})

    async def delete(self, id_hash: str) -> None:
        await self._sessions.delete({"_id": id_hash})

    async def delete_all(self, staff: str) -> None:
        await self._sessions.delete_many({"staff": staff})


class MongoTokenStore:
    """Fulfils `cases.ports.accounts.TokenStore`."""

    def __init__(self, database: Database) -> None:
        self._tokens = database["tokens"]

    async def put(self, token: ApiToken) -> None:
        document = asdict(token)
        document["_id"] = document.pop("hash")
        document["scopes"] = sorted(token.scopes)
        await self._tokens.replace({"_id": document["_id"]}, document, upsert=True)

    async def find(self, hash: str) -> ApiToken | None:
        document = await self._tokens.find_one({"_id": hash})
        return _token(document) if document else None

    async def list_tokens(self) -> Sequence[ApiToken]:
        since = {"created_at": {"$gt": EPOCH}}
        return [_token(row) for row in await self._tokens.find_all(since, order=[("created_at", 1)])]

    async def delete(self, hash: str) -> None:
        await self._tokens.delete({"_id": hash})


def _token(document: Document) -> ApiToken:
    return ApiToken(
        hash=document["_id"],
        name=document["name"],
        staff=document["staff"],
        scopes=frozenset(document["scopes"]),
        created_at=document["created_at"],
        expires_at=document.get("expires_at"),
    )
