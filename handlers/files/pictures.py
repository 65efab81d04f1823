"""Pictures without their metadata: the same pixels in a new file, and nothing else of the old one.

HEIC and AVIF become JPEG, which every desk can open.
"""

from __future__ import annotations

import io
import threading
import warnings

import pi_heif
from PIL import Image, ImageOps

from handlers.files import refusals
from handlers.files.refusals import FileRefused
from handlers.files.traces import Trace

pi_heif.register_heif_opener(thumbnails=False)

MAX_PIXELS = 50_000_000
"""Of all frames together; more is refused before anything is decoded."""

Image.MAX_IMAGE_PIXELS = None  # _open_image holds the stricter limit, before decoding and without warnings

MEDIA_TYPES = {
    "JPEG": "image/jpeg",
    "MPO": "image/jpeg",
    "PNG": "image/png",
    "WEBP": "image/webp",
    "GIF": "image/gif",
    "BMP": "image/bmp",
    "TIFF": "image/tiff",
}
MOST_EXPANDED = 64 * 1024 * 1024
MOST_TIMES = 200
"""A losslessly packed picture that expands beyond the first, and by more than the second, is made to harm."""
_PACKED = frozenset({"PNG", "GIF", "TIFF"})
AS_JPEG = frozenset({"HEIF", "AVIF"})
_FACTS: dict[int, Trace] = {
    0x8825: Trace.PLACE,
    **dict.fromkeys((0x010F, 0x0110, 0x0131, 0x013C, 0xA431), Trace.DEVICE),
    0x0132: Trace.TIME,
    **dict.fromkeys((0x013B, 0x8298, 0x9C9D), Trace.AUTHOR),
}
"""EXIF 2.3, sections 4.6.4 to 4.6.6."""
_BUILT = frozenset({*range(254, 267), 273, 274, *range(277, 285), 296, 317, *range(320, 326), 330, 338, 339})
_BUILT |= {0x8769, 0x8825, 0xA005, 0x8773}
"""How a picture is built (TIFF 6.0): tells nothing."""
_TOLD = frozenset({"xmp", "XML:com.adobe.xmp", "comment", "photoshop", "xmp_data"})
_ONE_AT_A_TIME = threading.Lock()
"""Bounds memory, and pillow's warnings are hushed process-wide while it is held."""
_BROKEN = (OSError, ValueError, SyntaxError, EOFError, KeyError, IndexError, TypeError, RuntimeError)
_OPENED = [*(name for name in MEDIA_TYPES if name != "MPO"), *AS_JPEG]  # the JPEG reader opens MPO


def strip_picture(data: bytes) -> tuple[bytes, str, frozenset[Trace]]:
    """The same picture, same size in pixels, turned upright, without EXIF, GPS, comments or thumbnails.

    Returns bytes, media type and what was found. Raises FileRefused for bombs and damaged files.
    """
    with _ONE_AT_A_TIME, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return _strip(data)


def _strip(data: bytes) -> tuple[bytes, str, frozenset[Trace]]:
    picture = _open_image(data)
    picture_format = "JPEG" if picture.format in {"MPO", *AS_JPEG} else str(picture.format)
    frames = getattr(picture, "n_frames", 1) if picture_format in {"GIF", "WEBP", "TIFF", "PNG"} else 1
    pixels = picture.width * picture.height * frames
    if pixels > MAX_PIXELS:
        raise FileRefused(refusals.PICTURE_TOO_LARGE)
    expanded = pixels * (len(picture.getbands()) if picture.mode != "P" else 1)
    if picture.format in _PACKED and expanded > max(MOST_EXPANDED, MOST_TIMES * len(data)):
        raise FileRefused(refusals.EXPANDS)
    try:
        found = _found(picture)
        out = _rewrite(picture, picture_format, frames)
    except _BROKEN:
        raise FileRefused(refusals.PICTURE_DAMAGED) from None
    return out, MEDIA_TYPES[picture_format], found


def _found(picture: Image.Image) -> frozenset[Trace]:
    exif = picture.getexif()
    found = {trace for tag, trace in _FACTS.items() if exif.get(tag)}
    found |= {trace for tag, trace in _FACTS.items() if exif.get_ifd(0x8769).get(tag)}
    told = {key for key in picture.info if key in _TOLD and picture.info[key]}
    if told or getattr(picture, "text", None) or (not found and set(exif) - _BUILT):
        found.add(Trace.DETAILS)
    return frozenset(found)


def _open_image(data: bytes) -> Image.Image:
    try:
        picture = Image.open(io.BytesIO(data), formats=_OPENED)
    except _BROKEN:
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
