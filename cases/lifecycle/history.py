"""The history of a case: appended, chained by hash, never edited.

The hash covers everything but the words of a note; those have a salted digest of their own, so that erasing
somebody's words later leaves the chain whole and the digest meaningless.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from cases.model import HistoryEntry
from cases.people import Actor
from cases.records import FreeText
from cases.vocabulary import Move, Status


def next_entry(
    history: Sequence[HistoryEntry],
    move: Move,
    actor: Actor,
    at: datetime,
    before: Status | None,
    after: Status,
    *,
    data: dict[str, Any] | None = None,
    note: str | None = None,
    key: str = "",
) -> HistoryEntry:
    """The entry that follows the last one, with its link to it."""
    salt = secrets.token_hex(8) if note else ""
    entry = HistoryEntry(
        seq=len(history) + 1,
        at=at,
        move=move.value,
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


def find_break(history: Sequence[HistoryEntry]) -> int | None:
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


def _digest_note(salt: str, note: str) -> str:
    return hashlib.sha256(f"{salt}\n{note}".encode()).hexdigest()


def _hash(entry: HistoryEntry) -> str:
    content = entry.model_dump(mode="json", exclude={"hash", "note", "note_salt"})
    content["actor"]["roles"] = sorted(content["actor"]["roles"])
    content["at"] = int(entry.at.timestamp() * 1000)
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
