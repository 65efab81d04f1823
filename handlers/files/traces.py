"""What a file may tell besides what it shows, and how it is recognised in bytes. No file is changed here."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Trace(StrEnum):
    """Kinds of what betrays, in the order in which they are named to people."""

    PLACE = "place"
    DEVICE = "device"
    AUTHOR = "author"
    TIME = "time"
    COMMENTERS = "commenters"
    CHANGES = "changes"
    PICTURES = "pictures"
    ATTACHED = "attached"
    SIGNATURE = "signature"
    DETAILS = "details"
    UNSEEN = "unseen"
    """It cannot be looked into: what it tells is not known."""


MISSED = frozenset({Trace.CHANGES, Trace.ATTACHED, Trace.SIGNATURE})
"""Whoever opens the file may miss these when they are gone: not without being asked."""

_MARKS: dict[Trace, tuple[bytes, ...]] = {
    Trace.PLACE: (b"\xa9xyz", b"loci", b"location", b"gps", b"latitude"),
    Trace.DEVICE: (
        b"\xa9mak", b"\xa9mod", b"\xa9swr", b"\xa9too", b"quicktime.make", b"quicktime.model", b"encoder",
        b"software", b"tsse", b"tenc", b"isft", b"com.android", b"model", b"writingapp", b"samsung", b"apple",
    ),
    Trace.AUTHOR: (
        b"\xa9art", b"\xa9aut", b"artist", b"author", b"performer", b"tpe1", b"iart", b"perf", b"auth",
        b"copyright",
    ),
    Trace.TIME: (b"\xa9day", b"creationdate", b"date", b"tdrc", b"tyer", b"icrd", b"idit", b"yrrc"),
}  # fmt: skip


def traces_in(blob: bytes | bytearray) -> set[Trace]:
    """What bytes that were taken out told; DETAILS when it is nothing known."""
    if not blob.strip(b"\0 "):
        return set()
    small = bytes(blob).lower()
    found = {trace for trace, marks in _MARKS.items() if any(mark in small for mark in marks)}
    return found or {Trace.DETAILS}


class Unreadable(Exception):
    """The file is not built as its kind should be; nothing in it can be promised."""


@dataclass(frozen=True, slots=True)
class Stripped:
    """A file without its traces. `remains`: what is still in it."""

    data: bytes
    removed: frozenset[Trace] = frozenset()
    remains: frozenset[Trace] = frozenset()


@dataclass(frozen=True, slots=True)
class CleanFile:
    """A file as it will be stored."""

    data: bytes
    media_type: str
    name: str
    stripped: bool
    """It was looked into, and nothing that betrays is left but what `remains` says."""
    removed: tuple[Trace, ...] = ()
    remains: tuple[Trace, ...] = ()

    @property
    def is_clean(self) -> bool:
        return self.stripped and not self.remains

    @property
    def is_missed(self) -> bool:
        """Something went that whoever opens it may look for."""
        return not MISSED.isdisjoint(self.removed)
