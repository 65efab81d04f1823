"""Slows guessing: an account locks for a growing time, and one address may fail only so often.

Every process counts into the same accounts and windows. An attempt counts as failed before the password
is looked at and is taken back when it was right, so that parallel guesses cannot outrun the count.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from aiohttp import web

from cases.ports.accounts import RateLimits, Staff, StaffStore

FAILURES_BEFORE_LOCK = 5
FIRST_LOCK = timedelta(minutes=1)
LONGEST_LOCK = timedelta(hours=1)

ADDRESS_FAILURES = 30
ADDRESS_WINDOW = timedelta(minutes=15)

THROTTLE: web.AppKey[LoginThrottle] = web.AppKey("throttle")


def after_failure(staff: Staff, now: datetime) -> Staff:
    """The account with one more failure; from the fifth on it is locked, each time twice as long."""
    failures = staff.failed_logins + 1
    if failures < FAILURES_BEFORE_LOCK:
        return replace(staff, failed_logins=failures)
    doublings = min(failures - FAILURES_BEFORE_LOCK, 10)
    return replace(
        staff, failed_logins=failures, locked_until=now + min(FIRST_LOCK * 2**doublings, LONGEST_LOCK)
    )


def after_success(staff: Staff) -> Staff:
    return replace(staff, failed_logins=0, locked_until=None)


def is_locked(staff: Staff, now: datetime) -> bool:
    return staff.locked_until is not None and now < staff.locked_until


async def begin_attempt(accounts: StaffStore, id: str, now: datetime) -> Staff | None:
    """The account with this attempt counted as failed; None while it is locked."""
    return await accounts.change(
        id, lambda staff: None if is_locked(staff, now) else after_failure(staff, now)
    )


def take_back(staff: Staff, attempt: Staff) -> Staff:
    """Without this attempt: it was right, though the login is not complete. Other failures stay counted."""
    mine = staff.locked_until == attempt.locked_until
    return replace(
        staff,
        failed_logins=max(0, staff.failed_logins - 1),
        locked_until=None if mine else staff.locked_until,
    )


class LoginThrottle:
    """Failures by address, in windows of a quarter of an hour."""

    def __init__(self, limits: RateLimits) -> None:
        self._limits = limits

    async def is_refused(self, address: str, now: datetime) -> bool:
        return await self._limits.used(_key(address), ADDRESS_WINDOW, now) >= ADDRESS_FAILURES

    async def count_failure(self, address: str, now: datetime) -> None:
        await self._limits.allow(_key(address), ADDRESS_FAILURES, ADDRESS_WINDOW, now)


def _key(address: str) -> str:
    return f"login-failures:{address}"
