"""Alarms as they are kept: one for a rise that goes on, and the note of who saw to it."""

from __future__ import annotations

from datetime import timedelta

from cases.figures.early_warning import look
from storage.figures.alarms import MongoAlarmStore
from storage.opening import Storage
from tests.town.clock import MONDAY
from tests.town.series import KEY, TODAY, steady
from tools.warning_trial import START


async def test_a_rise_that_goes_on_for_weeks_is_one_alarm(storage: Storage) -> None:
    store = MongoAlarmStore(storage.database, storage.keys)
    days = steady(5, 8, 11)
    new = []
    for n in range(12):
        day = TODAY + timedelta(days=n)
        new.append(await store.put(look({KEY: days}, day)))
        days[day.isoformat()] = 11
    assert sum(new) == 1
    (alarm,) = await store.list_alarms(["qinghai"], START)
    assert alarm.on == TODAY + timedelta(days=10)


async def test_a_note_stays_when_the_same_rise_is_seen_again(storage: Storage) -> None:
    store = MongoAlarmStore(storage.database, storage.keys)
    alarms = look({KEY: steady(5, 5, 11)}, TODAY)
    assert await store.put(alarms) == 1
    await store.acknowledge(alarms[0].id, "已约谈", "督办某", MONDAY)
    assert await store.put(alarms) == 0
    kept = await store.list_alarms(["qinghai"], START)
    assert [(alarm.note, alarm.acknowledged_by) for alarm in kept] == [("已约谈", "督办某")]
    assert await store.list_alarms(["jilin"], START) == []
