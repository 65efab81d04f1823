"""What every page that posts a form says and reads in the same way: its version, its words, its refusals."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cases.errors import ConflictOfInterest, DomainError, NotFound, StaleCase, StorageUnavailable

MARKED = "请改正标出的内容。"
CHANGED_BELOW = "刚刚有变化，下面已是最新情况。您填写的内容还在，请核对后再次提交。"
NOT_FOR_THE_FORM = (NotFound, ConflictOfInterest, StorageUnavailable)
"""Refusals that are answered by a page of their own: there is no form to show to this person."""


def texts_of(posted: Mapping[str, Any]) -> dict[str, str]:
    """What was written, without files."""
    return {name: value for name, value in posted.items() if isinstance(value, str)}


def version_of(posted: Mapping[str, Any]) -> int | None:
    """The version the form was shown with; None for anything that is none."""
    text = str(posted.get("version", ""))
    return int(text) if text.isdecimal() and len(text) < 10 else None


def status_of(refused: DomainError) -> int:
    """Of a page that shows a form again: 409 if what it was made for has changed, else 422."""
    return 409 if isinstance(refused, StaleCase) else 422
