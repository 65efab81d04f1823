"""Pictures within documents without their metadata, and not coded anew: the document still fits them."""

from __future__ import annotations

import re
import struct
from collections.abc import Callable

from handlers.files.traces import Trace, Unreadable

_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_TOLD = frozenset({b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME", b"dSIG"})


def strip_inner_picture(data: bytes) -> bytes | None:
    """The same picture; None for a kind that cannot be cleaned like this. Raises Unreadable."""
    kinds: tuple[tuple[bytes, Callable[[bytes], bytes]], ...] = ((b"\xff\xd8", strip_jpeg), (_PNG, strip_png))
    return next((strip(data) for magic, strip in kinds if data.startswith(magic)), None)


def strip_media(content: bytes, removed: set[Trace], remains: set[Trace]) -> bytes:
    """The part of a document that is a picture; what became of it is noted."""
    try:
        clean = strip_inner_picture(content)
    except Unreadable:
        clean = None
    if clean is None:
        remains.add(Trace.PICTURES)
        return content
    if clean != content:
        removed.add(Trace.PICTURES)
    return clean


def strip_jpeg(data: bytes) -> bytes:
    """Without APP1 to APP13, APP15, comments, and what follows the picture (films, second pictures).

    JFIF (APP0) and Adobe's note on colours (APP14) stay.
    """
    out, at = bytearray(data[:2]), 2
    while at + 2 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xD9:
            return bytes(out + data[at : at + 2])
        if marker == 0xFF:
            at += 1
            continue
        if at + 4 > len(data):
            break
        end = at + 2 + struct.unpack_from(">H", data, at + 2)[0]
        if marker == 0xDA:
            found = _MARKER.search(data, end)
            end = found.start() if found else len(data)
        if marker == 0xE0:
            out += _bare_jfif(data[at:end])
        elif marker == 0xEE or not (0xE0 <= marker <= 0xEF or marker == 0xFE):
            out += data[at:end]
        if marker == 0xDA and end == len(data):  # cut off; what is there can be shown
            return bytes(out)
        at = end
    raise Unreadable("no picture in the JPEG")


_MARKER = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")


def _bare_jfif(segment: bytes) -> bytes:
    """Without the thumbnail; JFXX, which is nothing else, goes whole."""
    return b"\xff\xe0\0\x10" + segment[4:16] + b"\0\0" if segment[4:9] == b"JFIF\0" else b""


def strip_png(data: bytes) -> bytes:
    """Without texts, EXIF and the time of change."""
    out, at = bytearray(_PNG), len(_PNG)
    while at + 12 <= len(data):
        size, kind = struct.unpack_from(">I4s", data, at)
        end = at + 12 + size
        if end > len(data):
            break
        if kind not in _PNG_TOLD:
            out += data[at:end]
        if kind == b"IEND":
            return bytes(out)
        at = end
    raise Unreadable("the PNG is cut off")
