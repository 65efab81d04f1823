"""OGG with Opus, Vorbis, Speex or Theora (RFC 3533, RFC 7845): comments become an empty list, as long."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

from handlers.files.traces import Stripped, Trace, Unreadable, traces_in

_COMMENTS: dict[bytes, tuple[bytes, bytes]] = {
    b"OpusHead": (b"OpusTags", b""),
    b"\x01vorbis": (b"\x03vorbis", b"\x01"),
    b"\x80theora": (b"\x81theora", b""),
    b"Speex   ": (b"", b""),
}
"""How a stream begins, then how its comments begin and end."""


@dataclass
class _Stream:
    """The first two packets of a stream, as places in the file."""

    packets: list[list[tuple[int, int]]] = field(default_factory=lambda: [[]])


def strip_ogg(data: bytes) -> Stripped:
    """Raises Unreadable."""
    sound = bytearray(data)
    pages = _pages(sound)
    streams: dict[int, _Stream] = {}
    for start, body, _ in pages:
        if sound[start + 5] & 2:
            streams[_serial(sound, start)] = _Stream()
        stream = streams.get(_serial(sound, start))
        if stream is not None and len(stream.packets) < 3:
            _gather(sound, start, body, stream)
    removed: set[Trace] = set()
    remains: set[Trace] = set()
    for stream in streams.values():
        _forget_comments(sound, stream, removed, remains)
    for start, _, end in pages:
        if sound[start:end] != data[start:end]:
            sound[start + 22 : start + 26] = bytes(4)
            struct.pack_into("<I", sound, start + 22, _checksum(sound[start:end]))
    return Stripped(bytes(sound), frozenset(removed), frozenset(remains))


def _pages(sound: bytearray) -> list[tuple[int, int, int]]:
    pages, at = [], 0
    while at < len(sound):
        if sound[at : at + 4] != b"OggS" or at + 27 > len(sound):
            raise Unreadable("no page where one must be")
        body = at + 27 + sound[at + 26]
        end = body + sum(sound[at + 27 : body])
        if end > len(sound):
            raise Unreadable("a page is cut off")
        pages.append((at, body, end))
        at = end
    if not pages:
        raise Unreadable("no page")
    return pages


def _serial(sound: bytearray, page: int) -> int:
    return int(struct.unpack_from("<I", sound, page + 14)[0])


def _gather(sound: bytearray, start: int, at: int, stream: _Stream) -> None:
    for size in sound[start + 27 : start + 27 + sound[start + 26]]:
        stream.packets[-1].append((at, at + size))
        at += size
        if size < 255:
            stream.packets.append([])


def _forget_comments(sound: bytearray, stream: _Stream, removed: set[Trace], remains: set[Trace]) -> None:
    head, comments = (b"".join(sound[a:b] for a, b in packet) for packet in [*stream.packets, [], []][:2])
    known = next((about for magic, about in _COMMENTS.items() if head.startswith(magic)), None)
    if known is None:
        remains.add(Trace.UNSEEN)
        return
    begin, end = known
    room = len(comments) - len(begin) - 8 - len(end)
    if room < 0 or not comments.startswith(begin):
        raise Unreadable("the comments are broken")
    vendor = struct.unpack_from("<I", comments, len(begin))[0]
    removed |= traces_in(comments[len(begin) + 4 + vendor + 4 :].rstrip(b"\1\0"))
    empty = begin + struct.pack("<I", room) + b" " * room + bytes(4) + end
    for a, b in stream.packets[1]:
        sound[a:b], empty = empty[: b - a], empty[b - a :]


def _table() -> tuple[int, ...]:
    made = []
    for n in range(256):
        value = n << 24
        for _ in range(8):
            value = (value << 1 ^ (0x04C11DB7 if value & 0x80000000 else 0)) & 0xFFFFFFFF
        made.append(value)
    return tuple(made)


_CRC = _table()


def _checksum(page: bytearray) -> int:
    """RFC 3533, section 6: a CRC of its own kind, which no library at hand knows."""
    value = 0
    for byte in page:
        value = (value << 8 & 0xFFFFFFFF) ^ _CRC[value >> 24 ^ byte]
    return value
