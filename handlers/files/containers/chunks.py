"""WAV and AVI: chunks that are not needed to play become JUNK of the same size, so that no offset changes."""

from __future__ import annotations

import struct

from handlers.files.traces import Stripped, Trace, Unreadable, traces_in

_KEPT = frozenset({b"fmt ", b"fact", b"data", b"avih", b"strh", b"strf", b"indx", b"idx1", b"dmlh", b"vprp"})
_OPENED = frozenset({b"AVI ", b"AVIX", b"WAVE", b"hdrl", b"strl", b"odml"})


def strip_chunks(data: bytes) -> Stripped:
    """Raises Unreadable."""
    film = bytearray(data)
    removed: set[Trace] = set()
    at = 0
    while film[at : at + 4] == b"RIFF":
        at = _strip(film, at, len(film), removed)
    if data[8:12] not in {b"WAVE", b"AVI "} or (b"data" not in data and b"movi" not in data):
        raise Unreadable("nothing to play")
    removed |= traces_in(film[at:])
    return Stripped(bytes(film[:at]), frozenset(removed))


def _strip(film: bytearray, at: int, end: int, removed: set[Trace]) -> int:
    """Go through one chunk; where the next begins."""
    if at + 8 > end:
        raise Unreadable("a chunk is cut off")
    kind, size = struct.unpack_from("<4sI", film, at)
    body, stop = at + 8, at + 8 + size
    listed = kind in {b"RIFF", b"LIST"}
    if stop > end and (kind == b"data" or listed):  # a recorder that was switched off writes no size
        stop = end
    if stop > end:
        raise Unreadable("a chunk leaves its place")
    name = bytes(film[body : body + 4]) if listed else b""
    if name in _OPENED:
        inner = body + 4
        while inner < stop:
            inner = _strip(film, inner, stop, removed)
    elif name != b"movi" and kind not in _KEPT:
        removed |= traces_in(film[body:stop])
        film[at : at + 4] = b"JUNK"
        film[body:stop] = bytes(stop - body)
    return int(min(stop + size % 2, end))
