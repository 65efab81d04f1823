"""Slows guessing: an account locks for a growing time, and one address may fail only so often.

Keeps only counters in memory; the lock itself lives on the account and holds across restarts.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from dataclasses import replace
from datetime import datetime, timedelta

from cases.ports import Staff

FAILURES_BEFORE_LOCK = 5
FIRST_LOCK = timedelta(minutes=1)
LONGEST_LOCK = timedelta(hours=1)

_ADDRESS_FAILURES = 30
_ADDRESS_WINDOW = timedelta(minutes=15)
_ADDRESSES_KEPT = 10_000
_STRIPES = 64


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


class LoginThrottle:
    """Counts failures per address, and lets guesses at one account happen one after another only."""

    def __init__(self) -> None:
        self._failures: OrderedDict[str, tuple[datetime, int]] = OrderedDict()
        self._stripes = tuple(asyncio.Lock() for _ in range(_STRIPES))

    def one_at_a_time(self, login: str) -> asyncio.Lock:
        """Held while a login is checked, so that parallel guesses cannot outrun the counter."""
        return self._stripes[hash(login.casefold()) % _STRIPES]

    def is_refused(self, address: str, now: datetime) -> bool:
        since, failures = self._failures.get(address, (now, 0))
        return failures >= _ADDRESS_FAILURES and now - since < _ADDRESS_WINDOW

    def count_failure(self, address: str, now: datetime) -> None:
        since, failures = self._failures.pop(address, (now, 0))
        if now - since >= _ADDRESS_WINDOW:
            since, failures = now, 0
        self._failures[address] = (since, failures + 1)
        if len(self._failures) > _ADDRESSES_KEPT:
            self._failures.popitem(last=False)
