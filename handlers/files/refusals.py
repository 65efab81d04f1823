"""Why a file is not taken, in the same words for citizens and for staff."""

from __future__ import annotations

from cases.errors import InvalidInput, Reason
from cases.ports.evidence import MOST_MEGABYTES
from cases.reasons import FILE_INFECTED, FILE_TOO_LARGE, FILE_UNCHECKED

MAX_FILES = 20
"""Of one complaint, and of one upload."""
SHOWN = 60
"""Characters of a file's name within a sentence."""

TOO_LARGE, INFECTED, UNCHECKED = FILE_TOO_LARGE, FILE_INFECTED, FILE_UNCHECKED
EMPTY = Reason("file-empty", "“{name}”没能取到内容，请重新发送。")
ARCHIVE = Reason("file-archive", "“{name}”是压缩包，没有收下。请解压后逐个发送。")
MACROS = Reason("file-macros", "“{name}”含有宏程序，没有收下。请另存为不带宏的文件或 PDF 再发。")
PICTURE_TOO_LARGE = Reason("file-picture-too-large", "“{name}”的画面尺寸过大，没有收下。请缩小后再发。")
PICTURE_DAMAGED = Reason(
    "file-picture-damaged", "“{name}”的图片内容已损坏，没有收下。请重新拍摄或另存后再发。"
)
EXPANDS = Reason("file-expands", "“{name}”展开后会变得非常大，没有收下。请删去不需要的内容，或拆成几份再发。")
HARMFUL = Reason("file-harmful", "“{name}”打不开，没有收下。请另存一份，或者截图、拍照再发。")
UNKNOWN_TYPE = Reason(
    "file-unknown-type",
    "“{name}”的类型不在可收范围内，没有收下。可以发送图片、PDF、Office 文档、文本、录音和视频。",
)
TOO_MANY = Reason("too-many-files", "一件最多收 {most} 份材料，“{name}”没有收下。")

ALL = (
    TOO_LARGE,
    EMPTY,
    ARCHIVE,
    MACROS,
    PICTURE_TOO_LARGE,
    PICTURE_DAMAGED,
    EXPANDS,
    HARMFUL,
    UNKNOWN_TYPE,
    TOO_MANY,
    INFECTED,
    UNCHECKED,
)


class FileRefused(Exception):
    """The file is not taken; `reason` says why. Who knows its name tells it on as FileNotTaken."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.code)
        self.reason = reason


class FileNotTaken(InvalidInput):
    """A file was refused; the sentence says which and why."""

    def __init__(self, reason: Reason, name: str) -> None:
        shown = name if len(name) <= SHOWN else name[: SHOWN - 1] + "…"
        super().__init__(reason, name=shown, most=MAX_FILES, megabytes=MOST_MEGABYTES)
