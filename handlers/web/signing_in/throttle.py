"""Slows guessing: an account locks for a growing time, and one address may fail only so often.

The lock is for browsers nobody has signed in from: whoever guesses from outside locks out others like
himself, not the person. A known browser has a count of its own.

Every process counts into the same accounts and windows. An attempt counts as failed before the password
is looked at and is taken back when it was right, so that parallel guesses cannot outrun the count.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple

from aiohttp import web

from cases.ports.accounts import RateLimits, Staff
from handlers.web.keys import LIMITS, STAFF
from handlers.web.signing_in.devices import is_known

FAILURES_BEFORE_LOCK = 5
FIRST_LOCK = timedelta(minutes=1)
LONGEST_LOCK = timedelta(hours=1)

ADDRESS_FAILURES = 30
ADDRESS_WINDOW = timedelta(minutes=15)

KNOWN_TRIES = 20
"""Of all known browsers of one account together, in the same window."""

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


def after_success(staff: Staff, attempt: Attempt) -> Staff:
    """Failures are forgotten, but not those of strangers for a known browser."""
    return staff if attempt.known else unlocked(staff)


def unlocked(staff: Staff) -> Staff:
    return replace(staff, failed_logins=0, locked_until=None)


def is_locked(staff: Staff, now: datetime) -> bool:
    return staff.locked_until is not None and now < staff.locked_until


class Attempt(NamedTuple):
    """One try, counted as failed until it turns out right."""

    staff: Staff
    known: bool
    """From a browser that is known; the account's lock does not concern it."""

    def is_last(self, now: datetime) -> bool:
        """Whether the account is locked after it."""
        return not self.known and is_locked(self.staff, now)


async def begin_attempt(request: web.Request, staff: Staff, now: datetime) -> Attempt | None:
    """None while no try is allowed."""
    if is_known(request, staff):
        key = f"login-tries-known:{staff.id}"
        allowed = await request.app[LIMITS].allow(key, KNOWN_TRIES, ADDRESS_WINDOW, now)
        return Attempt(staff, known=True) if allowed else None
    counted = await request.app[STAFF].change(
        staff.id, lambda staff: None if is_locked(staff, now) else after_failure(staff, now)
    )
    return Attempt(counted, known=False) if counted else None


def take_back(staff: Staff, attempt: Attempt) -> Staff:
    """Without this attempt: it was right, though the login is not complete. Other failures stay counted."""
    if attempt.known:
        return staff
    mine = staff.locked_until == attempt.staff.locked_until
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
