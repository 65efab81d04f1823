"""MP3, AAC, AMR and FLAC: the frames of sound stay, tags before, between and after them go."""

from __future__ import annotations

import re
from collections.abc import Callable

from handlers.files.traces import Stripped, Unreadable, traces_in

_RATES = (44100, 48000, 32000)
_LAYER_3 = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_LAYER_2 = (0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384)
_LAYER_1 = tuple(range(0, 449, 32))
_LOW_1 = (0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256)
_LOW = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
_AMR = {
    b"#!AMR\n": (12, 13, 15, 17, 19, 20, 26, 31, 5, 6, 5, 5, 0, 0, 0, 0),
    b"#!AMR-WB\n": (17, 23, 32, 36, 40, 46, 50, 58, 60, 5, 0, 0, 0, 0, 0, 0),
}
"""Bytes after the first of a frame, by its type (RFC 4867, section 5)."""


def strip_mp3(data: bytes) -> Stripped:
    return _only_frames(data, _mpeg_frame)


def strip_aac(data: bytes) -> Stripped:
    return _only_frames(data, _adts_frame)


def _only_frames(data: bytes, size_at: Callable[[bytes, int], int]) -> Stripped:
    """Raises Unreadable when there is no sound. A frame counts when another, a tag or the end follows it."""
    kept, dropped = bytearray(), bytearray()
    at = 0
    while at < len(data):
        tag = _tag_size(data, at)
        size = 0 if tag else size_at(data, at)
        if tag:
            dropped += data[at : at + tag]
        elif size and _goes_on(data, at + size, size_at):
            kept += data[at : at + size]
        else:
            tag, size = _next_sync(data, at) - at, 0
            dropped += data[at : at + tag]
        at += tag or size
    if not kept:
        raise Unreadable("no sound")
    return Stripped(bytes(kept), frozenset(traces_in(bytes(dropped))))


_SYNC = re.compile(rb"\xff|ID3|TAG|APETAGEX")


def _goes_on(data: bytes, at: int, size_at: Callable[[bytes, int], int]) -> bool:
    return at == len(data) or bool(size_at(data, at) or _tag_size(data, at))


def _next_sync(data: bytes, at: int) -> int:
    found = _SYNC.search(data, at + 1)
    return found.start() if found else len(data)


def _tag_size(data: bytes, at: int) -> int:
    """ID3v2 (section 3.1), ID3v1, APEv2."""
    if data.startswith(b"ID3", at) and at + 10 <= len(data):
        a, b, c, d = data[at + 6 : at + 10]
        size = 10 + (a << 21 | b << 14 | c << 7 | d) + (10 if data[at + 5] & 0x10 else 0)
        return min(size, len(data) - at)
    if data.startswith(b"TAG", at) and len(data) - at == 128:
        return 128
    if data.startswith(b"APETAGEX", at):
        return min(32 + int.from_bytes(data[at + 12 : at + 16], "little"), len(data) - at)
    return 0


def _mpeg_frame(data: bytes, at: int) -> int:
    """Bytes of the frame that begins here, 0 when none does (ISO/IEC 11172-3, 2.4.1.3)."""
    if at + 4 > len(data) or data[at] != 0xFF or data[at + 1] & 0xE0 != 0xE0:
        return 0
    version, layer = data[at + 1] >> 3 & 3, 4 - (data[at + 1] >> 1 & 3)
    rate, speed = data[at + 2] >> 4, data[at + 2] >> 2 & 3
    if version == 1 or layer == 4 or rate in {0, 15} or speed == 3:
        return 0
    hertz = _RATES[speed] >> {3: 0, 2: 1, 0: 2}[version]
    full = version == 3
    kilobits = ((_LAYER_1, _LAYER_2, _LAYER_3) if full else (_LOW_1, _LOW, _LOW))[layer - 1][rate]
    padding = data[at + 2] >> 1 & 1
    if layer == 1:
        return (12_000 * kilobits // hertz + padding) * 4
    samples = 72_000 if layer == 3 and not full else 144_000
    return samples * kilobits // hertz + padding


def _adts_frame(data: bytes, at: int) -> int:
    if at + 7 > len(data) or data[at] != 0xFF or data[at + 1] & 0xF6 != 0xF0:
        return 0
    size = (data[at + 3] & 3) << 11 | data[at + 4] << 3 | data[at + 5] >> 5
    return size if size >= 7 else 0


def strip_amr(data: bytes) -> Stripped:
    """Frames of speech have no room for anything else; what follows them goes."""
    magic = next((magic for magic in _AMR if data.startswith(magic)), None)
    if magic is None:
        raise Unreadable("no AMR")
    at = len(magic)
    end = at
    while end <= len(data):
        at = end
        if at == len(data) or data[at] & 0x83:
            break
        end = at + 1 + _AMR[magic][data[at] >> 3 & 15]
    if at == len(magic):
        raise Unreadable("no sound")
    return Stripped(data[:at], frozenset(traces_in(data[at:])))


def strip_flac(data: bytes) -> Stripped:
    """Stream information and seek table stay (RFC 9639, section 8)."""
    start = _tag_size(data, 0)
    if not data.startswith(b"fLaC", start):
        raise Unreadable("no FLAC")
    blocks: list[bytes] = []
    dropped, at, last = bytearray(data[:start]), start + 4, False
    while not last:
        if at + 4 > len(data):
            raise Unreadable("no sound")
        last, kind = bool(data[at] & 0x80), data[at] & 0x7F
        end = at + 4 + int.from_bytes(data[at + 1 : at + 4], "big")
        if kind in {0, 3}:
            blocks.append(bytes([kind]) + data[at + 1 : end])
        elif kind != 1:
            dropped += data[at:end]
        at = end
    if not blocks or at > len(data):
        raise Unreadable("no sound")
    blocks[-1] = bytes([blocks[-1][0] | 0x80]) + blocks[-1][1:]
    return Stripped(b"fLaC" + b"".join(blocks) + data[at:], frozenset(traces_in(bytes(dropped))))
