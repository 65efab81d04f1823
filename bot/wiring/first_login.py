"""The first account of a new deployment: made once, its password printed once and kept nowhere."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from cases.people import Role
from cases.ports.accounts import LoginTaken, Staff, StaffStore
from cases.rules.jurisdictions import Jurisdictions
from handlers.web.signing_in.passwords import Passwords

LOGIN = "admin"
WORDS_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


@dataclass(frozen=True, slots=True)
class FirstLogin:
    login: str
    password: str


def new_password() -> str:
    """Twenty characters without look-alikes, in groups that can be read out."""
    groups = ["".join(secrets.choice(WORDS_ALPHABET) for _ in range(5)) for _ in range(4)]
    return "-".join(groups)


async def make_first_login(
    staff: StaffStore, passwords: Passwords, jurisdictions: Jurisdictions
) -> FirstLogin | None:
    """An administrator who may also supervise; None when there are accounts already."""
    if await staff.count():
        return None
    password = new_password()
    account = Staff(
        id=secrets.token_hex(8),
        login=LOGIN,
        name="系统管理员",
        department=jurisdictions.default.coordinator,
        roles=frozenset({Role.ADMIN, Role.SUPERVISOR}),
        password_hash=await passwords.hash(password),
        must_change_password=True,
    )
    try:
        await staff.add(account)
    except LoginTaken:
        return None
    return FirstLogin(LOGIN, password)
