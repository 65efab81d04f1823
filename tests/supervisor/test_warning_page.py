"""The page of early warning: alarms are explained, and acknowledged by those whom they concern."""

from __future__ import annotations

from datetime import date

from cases.figures.early_warning import SeriesKey, look
from storage.figures.alarms import MongoAlarmStore
from storage.opening import Storage
from tests.supervisor.conftest import NOW
from tests.town.live.browser import Browser
from tests.town.series import KEY, TODAY, steady


async def test_a_supervisor_acknowledges_an_alarm_with_a_note(supervisor: Browser, filled: Storage) -> None:
    store = MongoAlarmStore(filled.database, filled.keys)
    day = NOW.date()
    shift = day - TODAY
    series = {KEY: {(date.fromisoformat(d) + shift).isoformat(): n for d, n in steady(5, 5, 11).items()}}
    alarms = look(series, day)
    await store.put(alarms)
    page = await supervisor.read("/board/warning")
    assert "西宁市城东区住房和城乡建设局" in page
    path = f"/board/warning/{alarms[0].id}"
    status = (
        await supervisor.submit("/board/warning", {"note": "已约谈，属同一项目欠款"}, to=path, follow=True)
    ).status
    assert status == 200
    page = await supervisor.read("/board/warning")
    assert "已约谈，属同一项目欠款" in page


async def test_an_alarm_of_another_province_cannot_be_acknowledged(
    supervisor: Browser, filled: Storage
) -> None:
    other = SeriesKey("jilin", "debt", "220100", "长春市某局")
    alarms = look({other: steady(5, 5, 11)}, TODAY)
    await MongoAlarmStore(filled.database, filled.keys).put(alarms)
    status = (
        await supervisor.submit(
            "/board/warning", {"note": "x"}, to=f"/board/warning/{alarms[0].id}", follow=True
        )
    ).status
    assert status == 404
