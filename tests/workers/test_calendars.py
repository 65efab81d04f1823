"""A calendar that arrives while the process runs makes provisional due days firm."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.faults import SettingsFault
from bot.settings import Settings
from bot.surroundings.calendar_folder import FolderCalendar
from bot.wiring.core import load_calendar
from bot.workers.upkeep.calendars import CalendarWatch
from cases.rules.calendar import BadCalendar
from cases.service.upkeep import Upkeep
from cases.vocabulary import Move
from storage.opening import Storage
from storage.upkeep.retention import MongoRetention
from tests.town.clock import Watch
from tests.town.live.parts import put_together
from tests.town.live.town import Town
from tests.town.rules import RULES

DECEMBER = datetime(2026, 12, 29, 2, 0, tzinfo=UTC)
PLAN_2027 = """
year = 2027
source = "国办发明电〔2026〕0号（测试用）"
off = [["2027-01-01", "2027-01-15"]]
work = ["2027-01-16"]
"""


async def test_a_published_calendar_recounts_provisional_due_days_once(
    storage: Storage, settings: Settings, tmp_path: Path
) -> None:
    calendar = FolderCalendar(tmp_path)
    present = Watch(DECEMBER)
    parts = await put_together(storage, present, settings, rules=replace(RULES, calendar=calendar))
    town = Town(parts, present)
    case = await town.filed()
    provisional = [clock for clock in case.clocks if clock.provisional]
    assert provisional
    kept = MongoRetention(storage.database, storage.keys, storage.conversations)
    watch = CalendarWatch(calendar, kept, Upkeep(storage.cases, town.services.acting))
    watch.look()
    assert await watch.recount() == 0
    (tmp_path / "2027.toml").write_text(PLAN_2027, encoding="utf-8")
    watch.look()
    assert await watch.recount() == 1
    changed = await town.reread(case)
    assert not any(clock.provisional for clock in changed.clocks)
    assert changed.clocks[0].due_at > case.clocks[0].due_at
    assert changed.history[-1].move == Move.RECOUNT
    watch.look()
    assert await watch.recount() == 0
    await parts.close()


def test_a_broken_file_is_refused_and_the_calendar_stays(tmp_path: Path) -> None:
    (tmp_path / "2027.toml").write_text(PLAN_2027, encoding="utf-8")
    calendar = FolderCalendar(tmp_path)
    assert calendar.is_official(2027)
    (tmp_path / "2028.toml").write_text("year = 2028", encoding="utf-8")
    with pytest.raises(BadCalendar):
        calendar.refresh()
    assert calendar.is_official(2027)


def test_a_broken_folder_at_start_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "2027.toml").write_text("nonsense", encoding="utf-8")
    with pytest.raises(SettingsFault, match="CALENDAR_DIR"):
        load_calendar(tmp_path)


async def test_only_the_holder_of_the_lease_does_the_housekeeping(town: Town, tmp_path: Path) -> None:
    from bot.wiring.upkeep import build_housekeeping
    from storage.opening import assemble

    storage = town.storage
    now = town.now
    other = assemble(storage.database, storage.keys, Watch())
    assert await other.leases.acquire("housekeeping", now, now.replace(year=2099))
    await town.services.desk.look((await town.filed()).number, _anybody(town, await town.person("李承办")))
    await build_housekeeping(town.core, tmp_path, lambda: now).step()
    assert await storage.database["audit_anchors"].count({"_id": "2026-11-22"}) == 0
    await other.leases.release("housekeeping")
    await build_housekeeping(town.core, tmp_path, lambda: now).step()
    assert await storage.database["audit_anchors"].count({"_id": "2026-11-22"}) == 1
    published = sorted(path.name for path in (tmp_path / "anchors").iterdir())
    assert published == ["audit-anchor-2026-11-22.json", "public-log-2026-11-21.json"]
    await other.cases.close()


def _anybody(town: Town, staff):  # type: ignore[no-untyped-def]
    from tests.town.live.town import actor

    return actor(staff)
