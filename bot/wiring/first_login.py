"""The first account of a new deployment: shown first, made after; its password is kept nowhere.

A start that fails or is cut off before the login was shown has made no account, so the next one offers it
again. A lease sees to it that of several processes only one does.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

from loguru import logger

from bot.wiring.core import Core
from cases.people import Role
from cases.ports.accounts import LoginTaken, Staff
from handlers.web.signing_in.passwords import Passwords, new_password

LOGIN = "admin"
LEASE = "first-login"
LEASE_TIME = timedelta(seconds=5)
"""How long the next start waits for one that was cut off while it showed the login."""
WAIT = 0.2


@dataclass(frozen=True, slots=True)
class FirstLogin:
    login: str
    password: str


@asynccontextmanager
async def offer_first_login(core: Core, passwords: Passwords) -> AsyncIterator[FirstLogin | None]:
    """An administrator who may also supervise; None when there are accounts already.

    To be shown inside the block: the account is made when that went well.
    """
    if not await _is_ours_to_make(core):
        yield None
        return
    storage, first = core.storage, FirstLogin(LOGIN, new_password())
    account = Staff(
        id=secrets.token_hex(8),
        login=LOGIN,
        name="系统管理员",
        department=core.rules.jurisdictions.default.coordinator,
        roles=frozenset({Role.ADMIN, Role.SUPERVISOR}),
        password_hash=await passwords.hash(first.password),
        must_change_password=True,
    )
    try:
        yield first
        await storage.staff.add(account)
    except LoginTaken:
        logger.warning("the login shown here is void: somebody else made the account {} meanwhile", LOGIN)
    finally:
        await storage.leases.release(LEASE)


async def _is_ours_to_make(core: Core) -> bool:
    """Another process may be showing the login just now, or may have died of it: then its lease ends."""
    staff, leases = core.storage.staff, core.storage.leases
    while await staff.count() == 0:
        now = core.now()
        if await leases.acquire(LEASE, now, now + LEASE_TIME):
            if await staff.count() == 0:
                return True
            await leases.release(LEASE)
        else:
            await asyncio.sleep(WAIT)
    return False
