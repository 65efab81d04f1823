"""A file made ready for storage, or refused: by size, by what it really is, pictures without metadata.

Pure functions over bytes, so that every face can use them. Nothing here stores, sends or trusts a name.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from cases.ports.evidence import MOST_BYTES
from handlers.files import refusals
from handlers.files.kinds import recognise
from handlers.files.pictures import MEDIA_TYPES, strip_picture
from handlers.files.refusals import FileRefused

MAX_NAME = 120


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
    if len(data) > MOST_BYTES:
        raise FileRefused(refusals.TOO_LARGE)
    media_type = recognise(data, name)
    name = clean_name(name)
    if media_type not in MEDIA_TYPES.values():
        return CleanFile(data, media_type, name, stripped=False)
    stripped, media_type = strip_picture(data)
    if len(stripped) > MOST_BYTES:
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
