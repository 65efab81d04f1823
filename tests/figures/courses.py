"""A case on its usual way, step by step, for tests of what is counted."""

from __future__ import annotations

from datetime import timedelta

from cases.model import Case
from cases.vocabulary import Move
from tests.town.cases import registered
from tests.town.clock import MONDAY
from tests.town.moves import after

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def held() -> Case:
    return after(registered(), Move.CLAIM, at=MONDAY + HOUR)


def accepted() -> Case:
    return after(held(), Move.ACCEPT, at=MONDAY + 2 * HOUR)


def answered() -> Case:
    return after(accepted(), Move.ANSWER, at=MONDAY + 5 * DAY)
