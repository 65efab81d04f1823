"""A case on its usual way, step by step, for tests of what is counted."""

from __future__ import annotations

from datetime import timedelta

from cases.model import Case
from cases.vocabulary import Move
from tests.town.story import NOW, after, registered

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def held() -> Case:
    return after(registered(), Move.CLAIM, at=NOW + HOUR)


def accepted() -> Case:
    return after(held(), Move.ACCEPT, at=NOW + 2 * HOUR)


def answered() -> Case:
    return after(accepted(), Move.ANSWER, at=NOW + 5 * DAY)
