"""What a file really is, by its content. A name only tells apart what one container format holds."""

from __future__ import annotations

import io
import re
import struct
import unicodedata
import zipfile
import zlib

import puremagic

from handlers.files import refusals
from handlers.files.refusals import FileRefused

NO_ARCHIVE = (
    *(zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError),
    *(OSError, EOFError, ValueError, LookupError, struct.error),
)
"""What `zipfile` raises for what is none, or is damaged or protected."""

_BY_EXTENSION = {
    ".pdf": "application/pdf",
    ".rtf": "application/rtf",
    ".heic": "image/heif",
    ".heif": "image/heif",
    ".avif": "image/avif",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".bmp": "image/bmp",
    ".tif": "image/tiff",
    ".tiff": "image/tiff",
    ".ogg": "audio/ogg",
    ".oga": "audio/ogg",
    ".opus": "audio/ogg",
    ".mp3": "audio/mpeg",
    ".m4a": "audio/mp4",
    ".aac": "audio/aac",
    ".amr": "audio/amr",
    ".wav": "audio/wav",
    ".flac": "audio/flac",
    ".mp4": "video/mp4",
    ".mov": "video/quicktime",
    ".3gp": "video/3gpp",
    ".webm": "video/webm",
    ".mkv": "video/x-matroska",
    ".avi": "video/x-msvideo",
    ".mpg": "video/mpeg",
    ".mpeg": "video/mpeg",
}
_HEIF = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif", b"avis"})
_BRANDS = ((b"M4A", "audio/mp4"), (b"M4B", "audio/mp4"), (b"qt  ", "video/quicktime"), (b"3g", "video/3gpp"))
_MARKUP = re.compile(rb"^\s*(<!doctype|<html|<svg|<\?xml|<script)", re.IGNORECASE)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OFFICE_FOLDERS = {
    "word/": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ppt/": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
_ENDINGS = {
    ".doc": "application/msword",
    ".wps": "application/vnd.ms-works",
    ".xls": "application/vnd.ms-excel",
    ".et": "application/vnd.ms-excel",
    ".ppt": "application/vnd.ms-powerpoint",
    ".dps": "application/vnd.ms-powerpoint",
}


def recognise(data: bytes, name: str) -> str:
    """The media type by content; the name only tells apart what one container format holds.

    Raises FileRefused for archives, programs, markup and everything not known.
    """
    if data.startswith(b"PK"):
        return _inside_zip(data)
    if data.startswith((b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd")):
        raise FileRefused(refusals.ARCHIVE)
    if data.startswith(_OLE):
        ending = "." + name.lower().rsplit(".", 1)[-1]
        return _ENDINGS.get(ending, "application/msword")
    if data.startswith(b"{\\rtf"):
        return "application/rtf"
    known = _by_magic(data)
    if known is not None:
        return known
    if _is_plain_text(data):
        return "text/plain"
    raise FileRefused(refusals.UNKNOWN_TYPE)


def _by_magic(data: bytes) -> str | None:
    if data[4:8] == b"ftyp":
        return _by_brand(data)
    if data[:2] in (b"\xff\xfb", b"\xff\xf3", b"\xff\xf2", b"\xff\xfa"):
        return "audio/mpeg"
    try:
        guesses = puremagic.magic_string(data)
    except (puremagic.PureError, ValueError):
        return None
    best = max((g.confidence for g in guesses), default=0)
    for guess in guesses:
        if guess.confidence >= min(best, 0.4) and guess.extension.lower() in _BY_EXTENSION:
            return _BY_EXTENSION[guess.extension.lower()]
    return None


def _by_brand(data: bytes) -> str:
    """ISO base media: the first brand tells, and for pictures those that they are compatible with."""
    brand = data[8:12]
    if brand in _HEIF:
        brands = data[16 : min(int.from_bytes(data[:4], "big"), 256)]
        return "image/avif" if b"avif" in (brand, *_fours(brands)) else "image/heif"
    return next((kind for start, kind in _BRANDS if brand.startswith(start)), "video/mp4")


def _fours(data: bytes) -> list[bytes]:
    return [data[n : n + 4] for n in range(0, len(data), 4)]


def _inside_zip(data: bytes) -> str:
    """Office documents are zip files; any other zip is an archive."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
                kind = archive.read("mimetype").decode("ascii", "replace").strip()
                if kind.startswith("application/vnd.oasis.opendocument"):
                    return kind
    except NO_ARCHIVE:
        raise FileRefused(refusals.ARCHIVE) from None
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise FileRefused(refusals.MACROS)
    if "[Content_Types].xml" in names:
        for folder, media_type in _OFFICE_FOLDERS.items():
            if any(name.startswith(folder) for name in names):
                return media_type
    raise FileRefused(refusals.ARCHIVE)


def _is_plain_text(data: bytes) -> bool:
    if b"\0" in data or _MARKUP.match(data[:200].removeprefix(b"\xef\xbb\xbf")) or data.startswith(b"#!"):
        return False
    for encoding in ("utf-8", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        odd = sum(1 for c in text if unicodedata.category(c) in {"Cc", "Cn", "Co"} and c not in "\t\r\n\f")
        return odd * 100 <= len(text)
    return False
