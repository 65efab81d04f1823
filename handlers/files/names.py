"""What a file is called when it is kept.

The name that a citizen's file came with can tell a person, a device or a moment: it is not kept. The file is
named for what it is, and numbered within its complaint.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection

MAX_NAME = 120


def clean_name(name: str) -> str:
    """A file name safe to show and to offer for download: no paths, no control or direction marks."""
    name = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    name = "".join(c for c in name if unicodedata.category(c)[0] != "C" and c not in '<>:"|?*')
    name = name.strip(" .")
    if len(name) > MAX_NAME:
        stem, dot, ending = name.rpartition(".")
        name = (stem[: MAX_NAME - 12] + dot + ending[:10]) if dot else name[:MAX_NAME]
    return name or "file"


_ENDINGS = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "image/gif": "gif",
    "image/bmp": "bmp",
    "image/tiff": "tiff",
    "image/heif": "heic",
    "image/avif": "avif",
    "video/mp4": "mp4",
    "video/quicktime": "mov",
    "video/3gpp": "3gp",
    "video/webm": "webm",
    "video/x-matroska": "mkv",
    "video/x-msvideo": "avi",
    "video/mpeg": "mpg",
    "audio/mp4": "m4a",
    "audio/wav": "wav",
    "audio/ogg": "ogg",
    "audio/mpeg": "mp3",
    "audio/aac": "aac",
    "audio/amr": "amr",
    "audio/flac": "flac",
    "application/pdf": "pdf",
    "text/plain": "txt",
    "application/msword": "doc",
    "application/vnd.ms-excel": "xls",
    "application/vnd.ms-powerpoint": "ppt",
    "application/vnd.ms-works": "wps",
    "application/rtf": "rtf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "pptx",
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
    "application/vnd.oasis.opendocument.presentation": "odp",
}
_NOUNS = {"image": "图片", "video": "视频", "audio": "录音"}


def plain_name(media_type: str, taken: Collection[str] = ()) -> str:
    """Such as 图片1.jpg: tells nothing but the kind, and is none of those that are taken."""
    noun = _NOUNS.get(media_type.partition("/")[0], "文档")
    ending = "." + _ENDINGS[media_type] if media_type in _ENDINGS else ""
    numbers = (n for n in range(1, len(taken) + 2) if not any(_stem(name) == f"{noun}{n}" for name in taken))
    return f"{noun}{next(numbers)}{ending}"


def _stem(name: str) -> str:
    return name.rpartition(".")[0] or name
