"""Pictures without their metadata: the same pixels in a new file, and nothing else of the old one."""

from __future__ import annotations

import io
import threading
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError

from handlers.files import refusals
from handlers.files.refusals import FileRefused

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
_ONE_AT_A_TIME = threading.Lock()
"""Bounds memory, and pillow's warnings are hushed process-wide while it is held."""
_OPENED = [name for name in MEDIA_TYPES if name != "MPO"]  # the JPEG reader opens those


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
    return out, MEDIA_TYPES[picture_format]


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
