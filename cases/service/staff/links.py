"""Staff link a chat of theirs by a one-time code, so that alerts reach them there.

The page shows a code, the person sends it to the bot, and the chat's keyed hash is kept on the account.
Only keyed hashes of codes are stored; a code works once, for ten minutes, and guesses are counted.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from cases import reasons
from cases.errors import InvalidInput, NotFound
from cases.ports.accounts import LinkCodes, RateLimits, Staff, StaffStore
from cases.ports.audit import AuditAction, AuditEntry, AuditStore

DIGITS = 8
VALID = timedelta(minutes=10)
CODES_AN_HOUR = 10
"""Codes one person may have made."""
TRIES_AN_HOUR = 5
"""Codes one chat may try."""
ALL_TRIES_AN_HOUR = 200
"""Codes all chats together may try: guessing from many chats is guessing too."""
HOUR = timedelta(hours=1)


class StaffLinks:
    """Links and unlinks accounts and chats."""

    def __init__(
        self,
        codes: LinkCodes,
        staff: StaffStore,
        audit: AuditStore,
        limits: RateLimits,
        now: Callable[[], datetime],
    ) -> None:
        self._codes = codes
        self._staff = staff
        self._audit = audit
        self._limits = limits
        self._now = now

    async def new_code(self, staff: str) -> str:
        """A fresh code for this account. Raises InvalidInput when too many were made."""
        now = self._now()
        if not await self._limits.allow(f"link-code:{staff}", CODES_AN_HOUR, HOUR, now):
            raise InvalidInput(reasons.TOO_MANY_LINK_CODES)
        code = "".join(secrets.choice("0123456789") for _ in range(DIGITS))
        await self._codes.put(code, staff, now + VALID)
        return code

    async def link(self, code: str, conversation: str) -> Staff | None:
        """The account that now gets its alerts in this chat; None when the code does not work.

        Raises InvalidInput when too many codes were tried.
        """
        now = self._now()
        if not (
            await self._limits.allow(f"link-try:{conversation}", TRIES_AN_HOUR, HOUR, now)
            and await self._limits.allow("link-try", ALL_TRIES_AN_HOUR, HOUR, now)
        ):
            raise InvalidInput(reasons.TOO_MANY_LINK_TRIES)
        plain = "".join(code.split())
        id = await self._codes.redeem(plain, now) if len(plain) == DIGITS and plain.isdecimal() else None
        person = await self._find(id) if id is not None else None
        if person is None or not person.active:
            return None
        for other in await self._staff.list_staff():
            if other.conversation == conversation and other.id != person.id:
                await self._staff.change(other.id, lambda staff: replace(staff, conversation=None))
        linked = await self._staff.change(person.id, lambda staff: replace(staff, conversation=conversation))
        await self._record(AuditAction.STAFF_CHAT_LINKED, person.id)
        return linked

    async def unlink(self, staff: str) -> None:
        person = await self._find(staff)
        if person is not None and person.conversation is not None:
            await self._staff.change(staff, lambda person: replace(person, conversation=None))
            await self._record(AuditAction.STAFF_CHAT_UNLINKED, staff)

    async def _find(self, id: str) -> Staff | None:
        try:
            return await self._staff.get(id)
        except NotFound:
            return None

    async def _record(self, action: AuditAction, staff: str) -> None:
        await self._audit.append(AuditEntry(at=self._now(), actor=staff, action=action, subject=staff))
