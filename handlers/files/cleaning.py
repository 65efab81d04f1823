"""Files from citizens: what they really are, whether they are taken, and images without their metadata.

Pure functions over bytes, so that every face can use them. Nothing here stores, sends or trusts a name.
"""

from __future__ import annotations

import io
import re
import threading
import unicodedata
import warnings
import zipfile
from dataclasses import dataclass

import puremagic
from PIL import Image, ImageOps, UnidentifiedImageError

from cases.ports.cases import MOST_BYTES
from handlers.files import refusals
from handlers.files.refusals import FileRefused

MAX_BYTES = MOST_BYTES
MAX_PIXELS = 50_000_000
"""Of all frames together; more is refused before anything is decoded."""
MAX_NAME = 120

Image.MAX_IMAGE_PIXELS = None  # _open_image holds the stricter limit, before decoding and without warnings

_PICTURES = {
    "JPEG": "image/jpeg",
    "MPO": "image/jpeg",
    "PNG": "image/png",
    "WEBP": "image/webp",
    "GIF": "image/gif",
    "BMP": "image/bmp",
    "TIFF": "image/tiff",
}
_ONE_AT_A_TIME = threading.Lock()
"""Bounds memory, and pillow's warnings are hushed process-wide while it is held."""
_OPENED = [name for name in _PICTURES if name != "MPO"]  # the JPEG reader opens those
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


@dataclass(frozen=True, slots=True)
class CleanFile:
    """A file as it will be stored. `stripped`: it is an image whose metadata is gone."""

    data: bytes
    media_type: str
    name: str
    stripped: bool


def clean_file(data: bytes, name: str) -> CleanFile:
    """The file ready for storage. Raises FileRefused. May take seconds of CPU for a large picture."""
    if not data:
        raise FileRefused(refusals.EMPTY)
    if len(data) > MAX_BYTES:
        raise FileRefused(refusals.TOO_LARGE)
    media_type = recognise(data, name)
    name = clean_name(name)
    if media_type not in _PICTURES.values():
        return CleanFile(data, media_type, name, stripped=False)
    stripped, media_type = strip_picture(data)
    if len(stripped) > MAX_BYTES:
        raise FileRefused(refusals.PICTURE_TOO_LARGE)
    return CleanFile(stripped, media_type, name, stripped=True)


def clean_name(name: str) -> str:
    """A file name safe to show and to offer for download: no paths, no control or direction marks."""
    name = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    name = "".join(c for c in name if unicodedata.category(c)[0] != "C" and c not in '<>:"|?*')
    name = name.strip(" .")
    if len(name) > MAX_NAME:
        stem, dot, ending = name.rpartition(".")
        name = (stem[: MAX_NAME - 12] + dot + ending[:10]) if dot else name[:MAX_NAME]
    return name or "file"


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
        brand = data[8:12]
        if brand == b"M4A ":
            return "audio/mp4"
        if brand in (b"heic", b"heix", b"mif1", b"msf1"):
            return "image/heif"
        return "video/quicktime" if brand == b"qt  " else "video/mp4"
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


def _inside_zip(data: bytes) -> str:
    """Office documents are zip files; any other zip is an archive."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
                kind = archive.read("mimetype").decode("ascii", "replace").strip()
                if kind.startswith("application/vnd.oasis.opendocument"):
                    return kind
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, EOFError, ValueError):
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


def strip_picture(data: bytes) -> tuple[bytes, str]:
    """The same picture, same size in pixels, turned upright, without EXIF, GPS, comments or thumbnails.

    Returns bytes and media type. Raises FileRefused for bombs and damaged files.
    """
    with _ONE_AT_A_TIME, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return _strip(data)


def _strip(data: bytes) -> tuple[bytes, str]:
    picture = _open_image(data)
    picture_format = "JPEG" if picture.format == "MPO" else str(picture.format)
    frames = getattr(picture, "n_frames", 1) if picture_format in {"GIF", "WEBP", "TIFF", "PNG"} else 1
    if picture.width * picture.height * frames > MAX_PIXELS:
        raise FileRefused(refusals.PICTURE_TOO_LARGE)
    try:
        out = _rewrite(picture, picture_format, frames)
    except (OSError, ValueError, SyntaxError, EOFError, KeyError, IndexError, TypeError):
        raise FileRefused(refusals.PICTURE_DAMAGED) from None
    return out, _PICTURES[picture_format]


def _open_image(data: bytes) -> Image.Image:
    try:
        picture = Image.open(io.BytesIO(data), formats=_OPENED)
    except (
        UnidentifiedImageError,
        OSError,
        ValueError,
        SyntaxError,
        EOFError,
        KeyError,
        IndexError,
        TypeError,
    ):
        raise FileRefused(refusals.PICTURE_DAMAGED) from None
    if picture.width * picture.height > MAX_PIXELS:
        raise FileRefused(refusals.PICTURE_TOO_LARGE)
    return picture


_SAVE: dict[str, dict[str, object]] = {
    "JPEG": {"quality": 93, "optimize": True},
    "PNG": {"optimize": False},
    "WEBP": {"quality": 93},
    "GIF": {},
    "BMP": {},
    "TIFF": {"compression": "tiff_deflate"},
}


def _rewrite(picture: Image.Image, picture_format: str, frames: int) -> bytes:
    """Pixels copied into pictures that know nothing but pixels (and colour tables), then saved."""
    bare: list[Image.Image] = []
    durations: list[int] = []
    for frame in range(frames):
        if frames > 1:
            picture.seek(frame)
        durations.append(int(picture.info.get("duration", 100) or 100))
        bare.append(_bare(ImageOps.exif_transpose(picture), picture_format))
    options = dict(_SAVE[picture_format])
    if frames > 1:
        options |= {"save_all": True, "append_images": bare[1:]}
        if picture_format in {"GIF", "WEBP", "PNG"}:
            options |= {"duration": durations, "loop": 0}
    out = io.BytesIO()
    bare[0].save(out, picture_format, **options)
    return out.getvalue()


def _bare(picture: Image.Image, picture_format: str) -> Image.Image:
    if picture_format == "JPEG" and picture.mode not in {"L", "RGB", "CMYK"}:
        picture = picture.convert("RGB")
    if picture_format in {"GIF", "WEBP"} and picture.mode not in {"RGB", "RGBA", "L"}:
        picture = picture.convert("RGBA" if "transparency" in picture.info else "RGB")
    bare = picture.copy()
    transparency = picture.info.get("transparency")
    bare.info = {} if transparency is None else {"transparency": transparency}
    if hasattr(bare, "_exif"):
        bare._exif = None
    return bare
