"""A calendar that arrives while the process runs makes provisional due days firm."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.faults import SettingsFault
from bot.surroundings.calendar_folder import FolderCalendar
from bot.wiring.core import build_core, load_calendar
from bot.workers.upkeep.calendars import CalendarWatch
from cases.instants import to_instant
from cases.rules.calendar import BadCalendar
from cases.service.upkeep import Upkeep
from cases.vocabulary import Move
from storage.upkeep.retention import MongoRetention
from tests.town.office import Office
from tests.town.world import RULES, open_world

DECEMBER = datetime(2026, 12, 29, 2, 0, tzinfo=UTC)
PLAN_2027 = """
year = 2027
source = "国办发明电〔2026〕0号（测试用）"
off = [["2027-01-01", "2027-01-15"]]
work = ["2027-01-16"]
"""


async def test_a_published_calendar_recounts_provisional_due_days_once(storage, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    calendar = FolderCalendar(tmp_path)
    world = await open_world(storage)
    world.clock[0] = DECEMBER
    rules = replace(RULES, calendar=calendar)
    core = await build_core(storage, rules, lambda: to_instant(world.now))
    world.services = core.services
    case = await world.filed()
    provisional = [clock for clock in case.clocks if clock.provisional]
    assert provisional
    kept = MongoRetention(storage.database, storage.keys, storage.conversations)
    watch = CalendarWatch(calendar, kept, Upkeep(storage.cases, core.services.acting))
    watch.look()
    assert await watch.recount() == 0
    (tmp_path / "2027.toml").write_text(PLAN_2027, encoding="utf-8")
    watch.look()
    assert await watch.recount() == 1
    changed = await world.reread(case)
    assert not any(clock.provisional for clock in changed.clocks)
    assert changed.clocks[0].due_at > case.clocks[0].due_at
    assert changed.history[-1].move == Move.RECOUNT
    watch.look()
    assert await watch.recount() == 0
    await world.client.close()


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


async def test_only_the_holder_of_the_lease_does_the_housekeeping(office: Office, tmp_path: Path) -> None:
    from bot.wiring.upkeep import build_housekeeping
    from storage.opening import assemble

    storage = office.world.storage
    now = office.world.now
    other = assemble(storage.database, storage.keys)
    assert await other.leases.acquire("housekeeping", now, now.replace(year=2099))
    await office.world.services.desk.look(
        (await office.world.filed()).number, _anybody(office, await office.world.person("李承办"))
    )
    await build_housekeeping(office.core, tmp_path, lambda: now).step()
    assert await storage.audit.list_anchors() == []
    await other.leases.release("housekeeping")
    await build_housekeeping(office.core, tmp_path, lambda: now).step()
    assert len(await storage.audit.list_anchors()) == 1
    assert [path.name for path in (tmp_path / "anchors").iterdir()] == ["audit-anchor-2026-11-22.json"]
    await other.cases.close()


def _anybody(office: Office, staff):  # type: ignore[no-untyped-def]
    from tests.town.world import actor

    return actor(staff)
