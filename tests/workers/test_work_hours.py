"""What can wait is told in working hours and as one summary; danger is told at any hour."""

from __future__ import annotations

import re
from datetime import datetime, time

import pytest

from bot.workers.telling.alerts import WINDOW, Alerts
from bot.workers.telling.work_hours import WorkHours
from cases.instants import CHINA
from cases.rules.calendar import WorkCalendar
from storage.coordination.alert_ledger import MongoAlertLedger
from storage.opening import Storage
from tests.town.clock import Watch
from tests.town.live.town import Town

HOURS = WorkHours(time(8, 30), time(18), WorkCalendar())


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=CHINA)


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        (at(23, 10), None),
        (at(23, 8, 30), None),
        (at(23, 8, 29), at(23, 8, 30)),
        (at(23, 18), at(24, 8, 30)),
        (at(27, 20), at(30, 8, 30)),
        (at(28, 12), at(30, 8, 30)),
        (datetime(2026, 10, 1, 9, tzinfo=CHINA), datetime(2026, 10, 8, 8, 30, tzinfo=CHINA)),
    ],
)
def test_work_begins_next_on_a_working_day(now: datetime, opens: datetime | None) -> None:
    assert HOURS.next_opening(now) == opens


@pytest.mark.parametrize("words", ["?", "8:30-18:00", "18:00-08:30", "08:30-08:30", "25:00-26:00"])
def test_hours_that_are_none_are_refused(words: str) -> None:
    with pytest.raises(ValueError, match=re.escape(words)):
        WorkHours.read(words, WorkCalendar())


async def test_at_night_only_danger_is_told_and_the_rest_in_the_morning(town: Town, watch: Watch) -> None:
    storage: Storage = town.storage
    ledger = MongoAlertLedger(storage.database, WINDOW, 10)
    alerts = Alerts(ledger, storage.staff, storage.conversations, watch, None, HOURS)
    li = await town.person("李承办", conversation="linked")
    watch.later(days=1)
    await alerts.tell(li, "a0", "staff-new-case", "白天的新件")
    known = await storage.database["alerts"].find_one({"_id": li.id})
    assert known is not None
    assert [item["id"] for item in known["recent"]] == ["a0"], "by day each goes out by itself"
    watch.later(hours=10)
    await alerts.tell(li, "a1", "staff-new-case", "夜里的新件")
    await alerts.tell(li, "a2", "staff-danger", "有人身危险")
    held = await storage.database["alerts"].find_one({"_id": li.id})
    assert held is not None
    assert [item["id"] for item in held["held"]] == ["a1"]
    assert held["due_at"].astimezone(CHINA) == at(24, 8, 30)
    watch.later(hours=3)
    assert not await alerts.sum_up(), "it is night"
    watch.later(hours=10)
    assert await alerts.sum_up()
    assert not await alerts.sum_up()
