"""What the core needs for the people who sign in: accounts, sessions, tokens, and how often they may try.

As in `cases/ports/cases.py`: `get` raises NotFound, `find` may return None, StorageUnavailable may
come from all.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol

from cases.people import Actor, Role


@dataclass(frozen=True, slots=True)
class Staff:
    """An account. Names are shown inside the desk only."""

    id: str
    login: str
    name: str
    department: str
    roles: frozenset[Role]
    password_hash: str = ""
    totp_secret: str | None = None
    active: bool = True
    deputy_for: frozenset[str] = frozenset()
    """Staff ids whose cases this person may take over (AB岗)."""
    failed_logins: int = 0
    locked_until: datetime | None = None
    conversation: str | None = None
    """Linked Telegram chat (keyed hash) for alerts."""
    must_change_password: bool = False
    preferences: dict[str, Any] = field(default_factory=dict)

    @property
    def actor(self) -> Actor:
        """This person, before a case."""
        return Actor(roles=self.roles, id=self.id, name=self.name, department=self.department)


class StaffStore(Protocol):
    async def add(self, staff: Staff) -> None:
        """Raises LoginTaken."""

    async def get(self, id: str) -> Staff: ...
    async def find_by_login(self, login: str) -> Staff | None: ...
    async def list_staff(self, department: str | None = None) -> Sequence[Staff]: ...
    async def list_active(
        self, roles: Collection[Role], department: str | None = None, *, linked: bool = False, limit: int = 0
    ) -> Sequence[Staff]:
        """Active accounts with one of the roles, by login; with `linked` those that are told in a chat.

        Reads no others, so that it costs the same however many accounts there are. `limit` 0: all.
        """

    async def named_in(self, words: str) -> Sequence[Staff]:
        """Whose name, of two signs or more, stands in the words. Reads no other accounts."""

    async def change(self, id: str, make: Callable[[Staff], Staff | None]) -> Staff | None:
        """The account as `make` changed it; None when `make` declined. Raises NotFound, LoginTaken.

        No two changes overlap, whichever process makes them: `make` is asked again with the newer account
        when another change came first, so it must only look at what it is given.
        """

    async def count(self) -> int: ...


class LoginTaken(Exception):
    """The login name is in use."""


@dataclass(frozen=True, slots=True)
class Session:
    """A login. The id given to the browser is random; only its keyed hash is stored."""

    id_hash: str
    staff: str
    csrf: str
    created_at: datetime
    seen_at: datetime
    expires_at: datetime
    second_factor: bool = False


class SessionStore(Protocol):
    async def put(self, session: Session) -> None: ...
    async def find(self, id_hash: str) -> Session | None: ...
    async def touch(self, id_hash: str, seen_at: datetime) -> None: ...
    async def delete(self, id_hash: str) -> None: ...
    async def delete_all(self, staff: str) -> None: ...


@dataclass(frozen=True, slots=True)
class ApiToken:
    """A bearer token of a department's own system; only its keyed hash is stored."""

    hash: str
    name: str
    staff: str
    scopes: frozenset[str]
    created_at: datetime
    expires_at: datetime | None = None


class TokenStore(Protocol):
    async def put(self, token: ApiToken) -> None: ...
    async def find(self, hash: str) -> ApiToken | None: ...
    async def list_tokens(self) -> Sequence[ApiToken]: ...
    async def delete(self, hash: str) -> None: ...


class LinkCodes(Protocol):
    """Codes that wait to be used, by their keyed hash."""

    async def put(self, code: str, staff: str, expires_at: datetime) -> None:
        """The person's earlier codes stop working."""

    async def redeem(self, code: str, now: datetime) -> str | None:
        """The account's id, once; None when the code is wrong, used or over."""


class RateLimits(Protocol):
    """What all processes of a deployment count together."""

    async def allow(self, key: str, limit: int, window: timedelta, now: datetime) -> bool:
        """Count one more; False once more than `limit` came in this window."""

    async def used(self, key: str, window: timedelta, now: datetime) -> int:
        """How many were counted in this window; counts nothing."""

    async def take(self, key: str, burst: int, per_minute: float, now: datetime) -> bool:
        """Take one from a bucket that holds `burst` and fills at this pace; False when it is empty."""
