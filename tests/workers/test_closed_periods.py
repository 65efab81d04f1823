"""Reports of a period that is over are kept at its end, for every department with readers, unasked."""

from __future__ import annotations

from datetime import date

import pytest

from bot.settings import Settings
from bot.workers.board import closed_periods
from cases.model import Case
from cases.people import Role
from handlers.supervisor.periods import just_over
from storage.opening import Storage
from tests.town.clock import Watch
from tests.town.live.parts import put_together
from tests.town.live.town import open_town
from tests.town.places import FINANCE, REFORM
from tests.town.stories import rules
from tests.workers.test_samples_and_follow_ups import JUNE, filled, settle

__all__ = ["filled"]


def test_what_is_just_over() -> None:
    assert just_over(date(2026, 6, 1)) == ("2026-W22", "2026-05", "2026-Q1", "2025")
    assert just_over(date(2027, 1, 1)) == ("2026-W52", "2026-12", "2026-Q4", "2026")
    assert just_over(date(2026, 12, 31)) == ("2026-W52", "2026-11", "2026-Q3", "2025")


async def test_at_the_end_of_a_month_its_report_is_kept_and_nobody_need_have_looked(
    storage: Storage, settings: Settings, filled: list[Case], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(closed_periods, "AT_ONCE", 1)
    watch = Watch(JUNE)
    async with open_town(await put_together(storage, watch, settings, rules=rules()), watch) as town:
        readers = [
            await town.person("杜督办", Role.SUPERVISOR, department=REFORM),
            await town.person("王负责", Role.HEAD, department=FINANCE),
        ]
        for _ in readers:
            await settle(storage, watch, settings)
        reports = [row async for row in storage.database["reports"].find({"_id": {"$gt": ""}})]
        assert len(reports) == len(readers) * len(just_over(date(2026, 6, 1)))
        may = {"view": "work", "at": "2026-05"}
        await storage.database["cells"].update_many(may, {"$inc": {"n.filed": 50}})
        town.later(days=9)
        await settle(storage, watch, settings)
        for reader in readers:
            page = await town.page("/board/report/2026-05", await town.sign_in(reader))
            assert "本报告的统计数字固定于2026年6月1日" in page
            assert "第一次查看时才固定" not in page
            assert "现在（2026年6月10日" in page
        who = await town.sign_in(readers[0])
        assert "第一次查看时才固定" in await town.page("/board/report/2026-05?domain=debt", who)
        assert "固定于2026年6月10日" in await town.page("/board/report/2026-04", who)
