"""Cases for the board's tests: told by the real core, the same for the same serial at any later time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from random import Random

from cases.model import Case
from cases.rules.rule_books import Rules
from tests.town.case_stories import Stories, load_rules

START = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


@cache
def rules() -> Rules:
    return load_rules(["qinghai", "jilin"])


def case_at(serial: int, now: datetime, start: datetime = START) -> Case:
    """Case number `serial` as it stands at `now`; its history at a later time begins with this one."""
    rng = Random(serial)
    filed_at = start + timedelta(hours=rng.randrange(24 * 60))
    return Stories(rules(), rng, now).tell(filed_at, serial)
