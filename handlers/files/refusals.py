"""Why a file is not taken, for every room of files and every face that has to say so."""

from __future__ import annotations

from enum import StrEnum


class Refusal(StrEnum):
    """Why a file is not taken; each has a sentence in the translation files (`refused-…`)."""

    TOO_LARGE = "too-large"
    EMPTY = "empty"
    ARCHIVE = "archive"
    MACROS = "macros"
    PICTURE_TOO_LARGE = "picture-too-large"
    PICTURE_DAMAGED = "picture-damaged"
    UNKNOWN_TYPE = "unknown-type"
    TOO_MANY = "too-many"
    INFECTED = "infected"
    UNCHECKED = "unchecked"


class FileRefused(Exception):
    """The file is not taken; `reason` says why."""

    def __init__(self, reason: Refusal) -> None:
        super().__init__(reason.value)
        self.reason = reason
