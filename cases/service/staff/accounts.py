"""Accounts of staff and tokens of their systems: made, changed and taken away, whoever asks.

The command line and the administrator's pages do the same here. Every change is in the audit trail, and what
is taken away is gone at once, in running processes too. Secrets come here already hashed.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from cases.instants import to_instant
from cases.people import Role
from cases.ports.accounts import ApiToken, SessionStore, Staff, StaffStore, TokenStore
from cases.ports.audit import AuditAction, AuditEntry, AuditStore

SHOWN = 12
"""Characters of a token's stored hash that name it."""
LONGEST_TOKEN = 730
"""Days."""


@dataclass(frozen=True, slots=True)
class Accounts:
    """`by`, everywhere: who does it, as the audit trail names them."""

    staff: StaffStore
    sessions: SessionStore
    tokens: TokenStore
    audit: AuditStore
    now: Callable[[], datetime]

    async def add(
        self,
        by: str,
        *,
        login: str,
        name: str,
        department: str,
        roles: frozenset[Role],
        password_hash: str,
        deputy_for: frozenset[str] = frozenset(),
    ) -> Staff:
        """A new account, whose password has to be changed at the first login. Raises LoginTaken."""
        account = Staff(
            id=secrets.token_hex(8),
            login=login,
            name=name,
            department=department,
            roles=roles,
            password_hash=password_hash,
            deputy_for=deputy_for,
            must_change_password=True,
        )
        await self.staff.add(account)
        await self._note(by, AuditAction.STAFF_ADDED, account.id, department=department, roles=sorted(roles))
        return account

    async def set_roles(self, by: str, account: Staff, roles: frozenset[Role]) -> None:
        await self._change(account, roles=roles)
        before, after = sorted(account.roles), sorted(roles)
        await self._note(by, AuditAction.STAFF_ROLES_CHANGED, account.id, before=before, after=after)

    async def reset_password(self, by: str, account: Staff, password_hash: str) -> None:
        """Also ends a lock after wrong passwords."""
        open_again = {"failed_logins": 0, "locked_until": None, "must_change_password": True}
        await self._change(account, password_hash=password_hash, **open_again)
        await self._note(by, AuditAction.STAFF_PASSWORD_RESET, account.id)

    async def forget_code(self, by: str, account: Staff) -> None:
        """The one-time code is set up anew at the next login."""
        await self._change(account, totp_secret=None)
        await self._note(by, AuditAction.STAFF_TOTP_RESET, account.id)

    async def set_active(self, by: str, account: Staff, active: bool) -> None:
        """A closed account's logins end and its tokens open nothing."""
        await self._change(account, active=active)
        await self._note(by, AuditAction.STAFF_ENABLED if active else AuditAction.STAFF_DISABLED, account.id)

    async def make_token(
        self, by: str, owner: Staff, *, name: str, scopes: frozenset[str], days: int, hash: str
    ) -> ApiToken:
        now = to_instant(self.now())
        token = ApiToken(
            hash=hash,
            name=name,
            staff=owner.id,
            scopes=scopes,
            created_at=now,
            expires_at=now + timedelta(days=days),
        )
        await self.tokens.put(token)
        given = {"token": token.hash[:SHOWN], "name": name, "scopes": sorted(scopes), "days": days}
        await self._note(by, AuditAction.TOKEN_MADE, owner.id, **given)
        return token

    async def revoke_token(self, by: str, token: ApiToken) -> None:
        await self.tokens.delete(token.hash)
        named = {"token": token.hash[:SHOWN], "name": token.name}
        await self._note(by, AuditAction.TOKEN_REVOKED, token.staff, **named)

    async def _change(self, account: Staff, **fields: Any) -> None:
        """Every change but the opening of an account ends its logins."""
        await self.staff.change(account.id, lambda staff: replace(staff, **fields))
        if not fields.get("active"):
            await self.sessions.delete_all(account.id)

    async def _note(self, by: str, action: AuditAction, subject: str, **data: Any) -> None:
        await self.audit.append(AuditEntry(to_instant(self.now()), by, action, subject, data))
