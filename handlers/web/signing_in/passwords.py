"""Passwords: Argon2id in a thread, and rules by length and guessability instead of by odd characters.

Never logs, stores or returns a password; a wrong one costs as much time as an unknown login.
"""

from __future__ import annotations

import asyncio
import base64
import re
import secrets
import unicodedata
from pathlib import Path

from aiohttp import web
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

MINIMUM_LENGTH = 12
MAXIMUM_LENGTH = 128

_COMMON = frozenset((Path(__file__).parent / "common_passwords.txt").read_text(encoding="utf-8").split())
_RUNS = (
    "01234567890123456789",
    "98765432109876543210",
    "abcdefghijklmnopqrstuvwxyz",
    "zyxwvutsrqponmlkjihgfedcba",
    "qwertyuiopasdfghjklzxcvbnm",
    "mnbvcxzlkjhgfdsapoiuytrewq",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
)
_RUN_LENGTH = 4
_EASILY_READ = "abcdefghjkmnpqrstuvwxyz23456789"


PASSWORDS: web.AppKey[Passwords] = web.AppKey("passwords")


def normalise(password: str) -> str:
    """The same password however an input method composed or widened its characters."""
    return unicodedata.normalize("NFKC", password)


def new_password() -> str:
    """Twenty characters without look-alikes, in groups that can be read out."""
    groups = ["".join(secrets.choice(_EASILY_READ) for _ in range(5)) for _ in range(4)]
    return "-".join(groups)


class Passwords:
    """Hashes and checks. At most two at once, so that a rush of logins cannot take all memory."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._slots = asyncio.Semaphore(2)
        self.of_nobody = _hash_of_nothing(self._hasher)
        """What is checked where there is no account."""

    def hash_now(self, password: str) -> str:
        """Argon2id hash, computed in this thread: for the command line."""
        return self._hasher.hash(normalise(password))

    async def hash(self, password: str) -> str:
        async with self._slots:
            return await asyncio.to_thread(self.hash_now, password)

    async def verify(self, stored: str, password: str) -> bool:
        """Whether it is the password. An empty `stored` takes the same time and is never right."""
        async with self._slots:
            return await asyncio.to_thread(self._verify_now, stored, password)

    def outdated(self, stored: str) -> bool:
        """Whether the hash was made with weaker settings than today's."""
        return self._hasher.check_needs_rehash(stored)

    def _verify_now(self, stored: str, password: str) -> bool:
        try:
            right = self._hasher.verify(stored or self.of_nobody, normalise(password)[:MAXIMUM_LENGTH])
        except (VerificationError, InvalidHashError):
            return False
        return right and bool(stored)


def _hash_of_nothing(hasher: PasswordHasher) -> str:
    """Takes as long to check as any other, and no password has it; making one would delay each start."""
    cost = f"m={hasher.memory_cost},t={hasher.time_cost},p={hasher.parallelism}"
    salt, tag = (
        base64.b64encode(secrets.token_bytes(length)).decode().rstrip("=")
        for length in (hasher.salt_len, hasher.hash_len)
    )
    return f"$argon2id$v=19${cost}${salt}${tag}"


def objection_to(password: str, *, login: str, name: str) -> str | None:
    """Why this password is refused, as a sentence; None when it is good."""
    word = normalise(password)
    low = word.casefold()
    if len(word) < MINIMUM_LENGTH:
        return f"密码至少 {MINIMUM_LENGTH} 个字符，可以用一句话。"
    if len(word) > MAXIMUM_LENGTH:
        return f"密码最多 {MAXIMUM_LENGTH} 个字符。"
    if any(len(part) >= 3 and part in low for part in _own_words(login, name)):
        return "密码不能包含登录名或姓名。"
    if len(set(low)) < 5:
        return "密码的重复字符太多，容易被猜到。"
    if _is_common(low):
        return "这个密码太常见，容易被猜到，请换一个。"
    return None


def _own_words(login: str, name: str) -> list[str]:
    from pypinyin import lazy_pinyin  # half a second of start-up, for the rare change of a password

    pinyin = "".join(lazy_pinyin(name)).casefold()
    reversed_name = "".join(lazy_pinyin(name[1:]) + lazy_pinyin(name[:1])).casefold()
    own = [login.casefold(), pinyin, reversed_name]
    return own + ([name.casefold() * 2] if len(name) < 3 else [name.casefold()])


def _is_common(low: str) -> bool:
    letters = re.sub(r"[^a-z]", "", low)
    if letters and any(letters == word * (len(letters) // len(word)) for word in _COMMON):
        return True
    return len(_without_runs(low)) < 6


def _without_runs(low: str) -> str:
    """What remains when alphabet, digit and keyboard runs, and repeats, are taken out."""
    rest, position = [], 0
    while position < len(low):
        length = max(_run_at(low, position), _repeat_at(low, position))
        if length < _RUN_LENGTH:
            rest.append(low[position])
        position += length if length >= _RUN_LENGTH else 1
    return "".join(rest)


def _run_at(low: str, start: int) -> int:
    length = 1
    while start + length < len(low) and any(low[start : start + length + 1] in run for run in _RUNS):
        length += 1
    return length


def _repeat_at(low: str, start: int) -> int:
    """Length of a stretch that repeats what stands up to eight characters before it."""
    longest = 1
    for period in range(1, min(8, start) + 1):
        length = 0
        while start + length < len(low) and low[start + length] == low[start + length - period]:
            length += 1
        longest = max(longest, length)
    return longest
