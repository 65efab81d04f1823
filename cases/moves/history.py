"""The history of a record: appended, chained by hash, never edited.

The hash covers everything but the words of a note; those have a salted digest of their own, so that erasing
somebody's words later leaves the chain whole and the digest meaningless.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any, Generic, TypeVar

from pydantic import Field

from cases.instants import Instant
from cases.people import Actor
from cases.records import FreeText, Record

M = TypeVar("M", bound=StrEnum)
S = TypeVar("S", bound=StrEnum)
AnyEntry = TypeVar("AnyEntry", bound="Entry[Any, Any]")


class Entry(Record, Generic[M, S]):
    """One thing that happened. `hash` covers everything but the words of `note`, which may be erased."""

    seq: int
    at: Instant
    move: M
    actor: Actor
    before: S | None
    after: S
    data: dict[str, Any] = Field(default_factory=dict)
    note: FreeText | None = None
    note_salt: str = ""
    note_digest: str = ""
    key: str = ""
    """Idempotency key: a move with the same key happens once."""
    prev: str = ""
    hash: str = ""


def next_entry(
    kind: type[AnyEntry],
    history: Sequence[AnyEntry],
    move: StrEnum,
    actor: Actor,
    at: datetime,
    before: StrEnum | None,
    after: StrEnum,
    *,
    data: dict[str, Any] | None = None,
    note: str | None = None,
    key: str = "",
) -> AnyEntry:
    """The entry that follows the last one, with its link to it."""
    salt = secrets.token_hex(8) if note else ""
    entry = kind(
        seq=len(history) + 1,
        at=at,
        move=move,
        actor=actor,
        before=before,
        after=after,
        data=data or {},
        note=FreeText(note) if note else None,
        note_salt=salt,
        note_digest=_digest_note(salt, note) if note else "",
        key=key,
        prev=history[-1].hash if history else "",
    )
    return entry.model_copy(update={"hash": _hash(entry)})


def find_break(history: Sequence[Entry[Any, Any]]) -> int | None:
    """The seq of the first entry that was tampered with, or None when the chain is whole."""
    prev = ""
    for place, entry in enumerate(history, start=1):
        words_changed = entry.note is not None and entry.note_digest != _digest_note(
            entry.note_salt, entry.note
        )
        if entry.seq != place or entry.prev != prev or entry.hash != _hash(entry) or words_changed:
            return place
        prev = entry.hash
    return None


def status_before(history: Sequence[Entry[Any, Any]], status: StrEnum) -> StrEnum:
    """Where the record stood before it last entered this status."""
    came_from: list[StrEnum | None] = [e.before for e in reversed(history) if e.after is status]
    return next(before for before in came_from if before is not None and before is not status)


def _digest_note(salt: str, note: str) -> str:
    return hashlib.sha256(f"{salt}\n{note}".encode()).hexdigest()


def _hash(entry: Entry[Any, Any]) -> str:
    content = entry.model_dump(mode="json", exclude={"hash", "note", "note_salt"})
    content["actor"]["roles"] = sorted(content["actor"]["roles"])
    content["at"] = int(entry.at.timestamp() * 1000)
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
