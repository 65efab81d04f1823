"""WEBM and MKV (RFC 8794, RFC 9559): titles, tags, attachments and times become Void of the same size."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from handlers.files.traces import Stripped, Trace, Unreadable, traces_in

_SEGMENT, _INFO, _TRACKS, _TRACK, _CLUSTER = 0x18538067, 0x1549A966, 0x1654AE6B, 0xAE, 0x1F43B675
_HEADER, _VOID, _TRACK_TYPE = 0x1A45DFA3, 0xEC, 0x83
_TOP = frozenset({0x114D9B74, _INFO, _TRACKS, _CLUSTER, 0x1C53BB6B})
_OF_INFO = frozenset({0x2AD7B1, 0x4489})
_APPS = frozenset({0x4D80, 0x5741})
"""MuxingApp and WritingApp: they must be there, so that they are overwritten."""
_NAMES = frozenset({0x536E, 0x258688, 0x3A9697, 0x3B4040, 0x26B240, 0x7446, 0xBF})
"""Of a track: name, codec's name, settings, addresses, attachments, checksum."""
_SECTIONS = frozenset({*_TOP, 0x1254C367, 0x1941A469, 0x1043A770})
_PLAYED = frozenset({1, 2})


@dataclass(frozen=True, slots=True)
class _Element:
    id: int
    start: int
    body: int
    end: int
    open: bool
    """Its size is not written: it goes on until the next of its kind."""


def strip_matroska(data: bytes) -> Stripped:
    """Raises Unreadable."""
    film = bytearray(data)
    removed: set[Trace] = set()
    remains: set[Trace] = set()
    seen = False
    for element in _elements(film, 0, len(film)):
        if element.id == _SEGMENT:
            seen = True
            _strip_segment(film, element, removed, remains)
        elif element.id != _HEADER:
            _blank(film, element, removed)
    if not seen:
        raise Unreadable("no segment")
    return Stripped(bytes(film), frozenset(removed), frozenset(remains))


def _strip_segment(film: bytearray, segment: _Element, removed: set[Trace], remains: set[Trace]) -> None:
    for part in _elements(film, segment.body, segment.end):
        if part.id == _INFO:
            _strip_info(film, part, removed)
        elif part.id == _TRACKS:
            _strip_tracks(film, part, removed, remains)
        elif part.id not in _TOP:
            _blank(film, part, removed)


def _strip_info(film: bytearray, info: _Element, removed: set[Trace]) -> None:
    for fact in _elements(film, info.body, info.end):
        if fact.id in _APPS:
            film[fact.body : fact.end] = b" " * (fact.end - fact.body)
        elif fact.id == 0x4461:  # the moment of recording
            removed.add(Trace.TIME)
            _blank(film, fact, set())
        elif fact.id not in _OF_INFO:
            _blank(film, fact, removed)


def _strip_tracks(film: bytearray, tracks: _Element, removed: set[Trace], remains: set[Trace]) -> None:
    for track in _elements(film, tracks.body, tracks.end):
        if track.id != _TRACK:
            _blank(film, track, removed)
            continue
        for fact in _elements(film, track.body, track.end):
            if fact.id in _NAMES:
                _blank(film, fact, removed)
            elif fact.id == _TRACK_TYPE and film[fact.end - 1] not in _PLAYED:
                remains.add(Trace.DETAILS)


def _blank(film: bytearray, element: _Element, removed: set[Trace]) -> None:
    if element.id not in {_VOID, 0xBF}:
        removed |= traces_in(film[element.body : element.end])
    size = element.end - element.start
    film[element.start : element.end] = bytes(size)
    film[element.start] = _VOID
    if size < 10:
        film[element.start + 1] = 0x80 | (size - 2)
    else:
        film[element.start + 1 : element.start + 9] = (0x01 << 56 | (size - 9)).to_bytes(8, "big")


def _elements(film: bytearray, start: int, end: int) -> Iterator[_Element]:
    while start < end:
        id, at = _id(film, start, end)
        size, body = _size(film, at, end)
        if size is not None:
            stop = body + size
            if stop > end and id in {_SEGMENT, _CLUSTER}:  # cut off while it was sent
                stop = end
            if stop > end or stop < start + 2:
                raise Unreadable("an element leaves its place")
        elif id == _SEGMENT:
            stop = end
        elif id == _CLUSTER:
            stop = _end_of_cluster(film, body, end)
        else:
            raise Unreadable("an element without size")
        yield _Element(id, start, body, stop, size is None)
        start = stop


def _end_of_cluster(film: bytearray, at: int, end: int) -> int:
    while at < end:
        id, next = _id(film, at, end)
        if id in _SECTIONS:
            return at
        size, body = _size(film, next, end)
        if size is None:
            raise Unreadable("an element without size")
        at = body + size
    return end


def _id(film: bytearray, at: int, end: int) -> tuple[int, int]:
    length = 9 - film[at].bit_length()
    if length > 4 or at + length >= end:
        raise Unreadable("an identifier is broken")
    return int.from_bytes(film[at : at + length], "big"), at + length


def _size(film: bytearray, at: int, end: int) -> tuple[int | None, int]:
    length = 9 - film[at].bit_length()
    if length > 8 or at + length > end:
        raise Unreadable("a size is broken")
    most = (1 << 7 * length) - 1
    size = int.from_bytes(film[at : at + length], "big") & most
    return (None if size == most else size), at + length
