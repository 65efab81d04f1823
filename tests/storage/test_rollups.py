"""Figures kept up to date change by change equal figures computed anew."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from itertools import product
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases.figures.cells import (
    RATIO,
    SPANS,
    Figures,
    at_of,
    base_cells,
    bucket_of,
    change,
    middle_of,
    quantile,
    wilson,
    with_longer,
)
from cases.figures.facts import CaseFacts, Happening
from cases.figures.measures import facts_of
from cases.figures.statistics import AGE_LIMITS, FactFilter, Period, Selection, units
from cases.instants import CHINA, end_of
from cases.model import Accused
from cases.ports.cases import Scope
from storage.database.connection import Database
from storage.figures.documents import FactsMapper
from storage.figures.rollups import ALL_ROWS, Accumulator, Rollups
from storage.figures.statistics import MongoStatistics
from storage.opening import Storage
from storage.sealed.whole import WholeRecords
from tests.town.stories import START, case_at, rules

ALL = Selection(Scope(departments=None))
DAYS = st.integers(min_value=1, max_value=150)


def without_zeros(value: Any) -> Any:
    if isinstance(value, Mapping):
        slim = {key: without_zeros(item) for key, item in value.items()}
        return {key: item for key, item in slim.items() if item not in (0, {})}
    return value


async def cells(database: Database) -> dict[str, Any]:
    rows = await database["cells"].find_all(ALL_ROWS)
    full = {row["_id"]: without_zeros({part: row.get(part, {}) for part in "nhq"}) for row in rows}
    return {key: cell for key, cell in full.items() if cell}


async def show(storage: Storage, serial: int, now: datetime) -> None:
    """The case reaches this point of its history, whatever was stored of it before. Every fourth is alike."""
    case = case_at(serial, now)
    complaint = case.complaint.model_copy(update={"similar": (f"alike-{serial % 4}",)})
    case = case.model_copy(update={"updated_at": now, "complaint": complaint})
    if case.filed_at > now:
        return
    known = await storage.cases.find(case.number)
    if known is None:
        await storage.cases.insert(case)
    elif len(case.history) > len(known.history):
        saved = case.model_copy(update={"filing_key": known.filing_key})
        assert await storage.cases.save(saved, expected_version=known.version)


@settings(
    max_examples=12,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(visits=st.lists(st.tuples(st.integers(1, 12), DAYS), min_size=1, max_size=30), pause=st.integers(1, 7))
async def test_incremental_figures_equal_a_full_recomputation(
    storage: Storage, visits: list[tuple[int, int]], pause: int
) -> None:
    await clear(storage.database)
    rollups = Rollups(storage.database, storage.keys)
    now = START
    for place, (serial, day) in enumerate(sorted(visits, key=lambda visit: visit[1])):
        now = START + timedelta(days=day)
        await show(storage, serial, now)
        if place % pause == 0:
            await rollups.catch_up(now)
    while await rollups.catch_up(now):
        pass
    kept = await cells(storage.database)
    rows = await facts(storage)
    await rollups.rebuild(now)
    assert kept == await cells(storage.database)
    assert rows == await facts(storage)


async def facts(storage: Storage) -> list[dict[str, Any]]:
    """Every row, opened."""
    mapper = FactsMapper(storage.keys)
    rows = await storage.database["facts"].find_all(ALL_ROWS, order=[("_id", 1)])
    return [{**row, "sealed": mapper.to_facts(row)} for row in rows]


async def clear(database: Database) -> None:
    for name in ("cases", "facts", "cells"):
        await database[name].delete_many(ALL_ROWS)
    await database["settings"].delete({"_id": "statistics"})


async def test_catching_up_twice_changes_nothing(storage: Storage) -> None:
    now = START + timedelta(days=90)
    for serial in range(10):
        await show(storage, serial, now)
    rollups = Rollups(storage.database, storage.keys)
    assert await rollups.catch_up(now) == 10
    before = await cells(storage.database)
    assert await rollups.catch_up(now) == 0
    assert await cells(storage.database) == before


async def test_rows_keep_no_words_of_anybody(storage: Storage) -> None:
    now = START + timedelta(days=90)
    for serial in range(5):
        await show(storage, serial, now)
    await Rollups(storage.database, storage.keys).catch_up(now)
    stored = str(await storage.database["facts"].find_all(ALL_ROWS))
    assert "没有履行承诺" not in stored
    assert "已补充" not in stored


async def test_recounting_the_rows_gives_the_same_cells(storage: Storage) -> None:
    now = START + timedelta(days=100)
    for serial in range(20):
        await show(storage, serial, now)
    rollups = Rollups(storage.database, storage.keys)
    seen: list[tuple[int, int]] = []
    assert await rollups.rebuild(now, lambda done, total: seen.append((done, total))) > 0
    before = await cells(storage.database)
    await rollups.recount()
    assert await cells(storage.database) == before
    assert seen[-1][0] == seen[-1][1]


async def test_a_period_of_months_and_days_counts_every_case_once(storage: Storage, keys: Any) -> None:
    now = START + timedelta(days=120)
    for serial in range(40):
        await show(storage, serial, now)
    await Rollups(storage.database, storage.keys).rebuild(now)
    statistics = MongoStatistics(storage.database, keys)
    period = Period((START + timedelta(days=9)).date(), (START + timedelta(days=75)).date())
    groups = await statistics.figures("work", ALL, period, ("home",))
    rows = [facts_of(case_at(serial, now)) for serial in range(40)]
    in_period = [row for row in rows if period.since <= china_day(row) < period.until]
    assert sum(group.counts["filed"] for group in groups.values()) == len(in_period)
    homes = {row.home for row in in_period}
    assert {key[0] for key, group in groups.items() if group.counts["filed"]} == homes


async def test_the_bodies_of_a_year_and_the_groups_are_those_of_the_rows(storage: Storage, keys: Any) -> None:
    now = START + timedelta(days=120)
    for serial in range(11):
        await show(storage, serial, now)
    rollups = Rollups(storage.database, storage.keys)
    while await rollups.catch_up(now):
        pass
    statistics = MongoStatistics(storage.database, keys)
    rows = [facts_of(case_at(serial, now)) for serial in range(11)]
    bodies = Counter(body for row in rows for body in row.bodies)
    assert dict(await statistics.top_bodies(ALL, 2026, 50)) == bodies
    assert await statistics.top_bodies(ALL, 2025, 50) == []
    groups = await statistics.clusters(ALL, Period(date(2026, 1, 1), date(2027, 1, 1)), 20)
    assert [(band, n) for band, n, _ in groups] == [("alike-0", 3), ("alike-1", 3), ("alike-2", 3)]


async def test_every_accused_body_is_counted_listed_and_watched(storage: Storage, keys: Any) -> None:
    now = START + timedelta(days=120)
    accused = (Accused(name="甲局"), Accused(name="乙镇"))
    told = case_at(3, now)
    complaint = told.complaint.model_copy(update={"accused": accused})
    await storage.cases.insert(told.model_copy(update={"complaint": complaint, "updated_at": now}))
    await show(storage, 4, now)
    await Rollups(storage.database, storage.keys).catch_up(now)
    statistics, year = MongoStatistics(storage.database, keys), Period(date(2026, 1, 1), date(2027, 1, 1))
    counted = dict(await statistics.top_bodies(ALL, 2026, 50))
    assert (counted["甲局"], counted["乙镇"]) == (1, 1)
    for body in ("甲局", "乙镇"):
        page = await statistics.list_facts(ALL, FactFilter(body=body), now)
        assert [facts.number for facts in page.facts] == [told.number]
    series = await statistics.daily_filings(Scope(departments=None), year)
    assert {key[3] for key in series} >= {"甲局", "乙镇"}
    filed = sum(f.counts["filed"] for f in (await statistics.figures("work", ALL, year, ())).values())
    assert filed == 2


async def test_rows_of_an_older_form_open_until_they_are_made_anew(storage: Storage, keys: Any) -> None:
    now = START + timedelta(days=120)
    await show(storage, 3, now)
    rollups, statistics = Rollups(storage.database, storage.keys), MongoStatistics(storage.database, keys)
    await rollups.catch_up(now)
    number, records = case_at(3, now).number, WholeRecords(keys)
    row = await storage.database["facts"].find_one({"_id": number})
    assert row is not None
    then = {**records.open_tree(row["sealed"], f"{number}/sealed"), "body": "甲局"}
    del then["bodies"]
    older = {"$set": {"sealed": records.seal_tree(then, f"{number}/sealed")}, "$unset": {"bodies": ""}}
    await storage.database["facts"].update({"_id": number}, older)
    await storage.database["settings"].update({"_id": "statistics"}, {"$set": {"shape": 3}})
    filed = FactFilter(event=Happening.FILED)
    assert [facts.bodies for facts in (await statistics.list_facts(ALL, filed, now)).facts] == [()]
    assert not await rollups.are_whole()


async def test_steps_of_age_and_time_left_are_counted_by_dates_as_on_the_desk(
    storage: Storage, keys: Any
) -> None:
    """Filed in the evening or in the morning, looked at in the morning or in the evening: the same days."""
    told, statistics = case_at(3, START + timedelta(days=1)), MongoStatistics(storage.database, keys)
    await storage.cases.insert(told)
    await Rollups(storage.database, storage.keys).catch_up(told.updated_at)
    number = told.number
    for age, hour, step in product((7, 8, 30, 31, 90, 91), (0, 12, 23), range(2)):
        filed, now = datetime(2026, 3, 2, hour, tzinfo=CHINA), datetime(2026, 3, 2, 23 * step, tzinfo=CHINA)
        now += timedelta(days=age)
        fields = {"open": True, "filed_at": filed, "due_at": end_of(date(2026, 3, 2)), "amber_at": filed}
        await storage.database["facts"].update({"_id": number}, {"$set": fields})
        await storage.database["settings"].update({"_id": "statistics"}, {"$inc": {"changes": 1}})
        backlog = await statistics.backlog(ALL, now)
        limits = [limit or 999 for _, limit in AGE_LIMITS]
        place = next(n for n, limit in enumerate(limits) if age <= limit)
        assert [n for _, n in backlog.ages.items()].index(1) == place
        (standing,) = backlog.standing
        assert standing.left == ("over30" if age > 30 else "over7" if age > 7 else "over")
        for where in (FactFilter(age=place), FactFilter(left=standing.left)):
            assert [f.number for f in (await statistics.list_facts(ALL, where, now)).facts] == [number]


@pytest.mark.parametrize(
    ("days", "step"), [(0, "in3"), (3, "in3"), (4, "in7"), (7, "in7"), (15, "in15"), (16, "later")]
)
async def test_three_days_left_are_three_days(storage: Storage, keys: Any, days: int, step: str) -> None:
    told, statistics = case_at(3, START + timedelta(days=1)), MongoStatistics(storage.database, keys)
    await storage.cases.insert(told)
    await Rollups(storage.database, storage.keys).catch_up(told.updated_at)
    due = {"open": True, "due_at": end_of(date(2026, 3, 2) + timedelta(days=days)), "amber_at": told.filed_at}
    await storage.database["facts"].update({"_id": told.number}, {"$set": due})
    for hour in (0, 12, 23):
        now = datetime(2026, 3, 2, hour, tzinfo=CHINA)
        assert [row.left for row in (await statistics.backlog(ALL, now)).standing] == [step]


async def test_a_group_that_falls_apart_is_no_group(storage: Storage, keys: Any) -> None:
    now = START + timedelta(days=120)
    for serial in (1, 5, 9):
        await show(storage, serial, now)
    rollups = Rollups(storage.database, storage.keys)
    await rollups.catch_up(now)
    alike = {"band": FactsMapper(storage.keys).band("alike-1"), "in_group": True}
    assert len(await storage.database["facts"].find_all(alike)) == 3
    case = await storage.cases.get(case_at(5, now).number)
    alone = case.complaint.model_copy(update={"similar": ("another",)})
    assert await storage.cases.save(
        case.model_copy(update={"complaint": alone}), expected_version=case.version
    )
    await rollups.catch_up(now)
    assert await storage.database["facts"].find_all(alike) == []


def china_day(row: CaseFacts) -> Any:
    return (row.filed_at + timedelta(hours=8)).date()


@given(st.integers(1, 400), st.integers(2, 150), st.integers(2, 150))
@settings(max_examples=60)
def test_what_a_change_adds_is_the_difference_of_the_cells(serial: int, one: int, other: int) -> None:
    first, second = (facts_of(case_at(serial, START + timedelta(days=d))) for d in sorted((one, other)))
    whole = Accumulator()
    whole.add(first)
    delta = change(first, second)
    counted: dict[Any, dict[str, int]] = {
        key: dict(paths) for key, paths in with_longer(base_cells(first)).items()
    }
    for key, paths in delta.items():
        for path, amount in paths.items():
            into = counted.setdefault(key, {})
            into[path] = into.get(path, 0) + amount
    slim = {k: {p: n for p, n in paths.items() if n} for k, paths in counted.items()}
    assert {k: p for k, p in slim.items() if p} == {
        k: dict(p) for k, p in with_longer(base_cells(second)).items()
    }


@given(st.lists(st.floats(700, 4e7), min_size=1, max_size=200), st.sampled_from([0.5, 0.9]))
def test_a_quantile_of_buckets_is_within_two_and_a_half_percent(durations: list[float], share: float) -> None:
    histogram: dict[int, int] = {}
    for seconds in durations:
        histogram[bucket_of(seconds)] = histogram.get(bucket_of(seconds), 0) + 1
    exact = sorted(durations)[max(-(-len(durations) * int(share * 10) // 10) - 1, 0)]
    found = quantile(histogram, share)
    assert found is not None
    assert found / exact == pytest.approx(1, abs=(RATIO - 1) / 2 + 0.002)


@given(st.floats(601, 1e8))
def test_the_middle_of_a_bucket_lies_in_it(seconds: float) -> None:
    assert bucket_of(middle_of(bucket_of(seconds))) == bucket_of(seconds)


def test_without_cases_there_is_no_median_and_no_share() -> None:
    assert Figures().quantile("accept", 0.5) is None
    assert Figures().on_time("handle") is None
    assert wilson(0, 0) is None


def test_few_cases_have_a_wide_interval() -> None:
    few, many = wilson(3, 3), wilson(300, 300)
    assert few is not None
    assert many is not None
    assert few[0] < 0.5 < many[0]


def test_the_rules_of_the_stories_are_those_of_the_documents() -> None:
    assert {j.id for j in rules().jurisdictions.all()} == {"qinghai", "jilin"}


def days_in(at: str) -> list[date]:
    """Every day of the year that lies in a span with this name."""
    first = date(int(at[:4]), 1, 1)
    days = (first + timedelta(days=n) for n in range(366))
    return [d for d in days if at in {at_of(span, d.isoformat()) for span in SPANS}]


@given(st.dates(date(2023, 1, 1), date(2027, 12, 31)), st.integers(1, 1200))
@settings(max_examples=60)
def test_the_spans_of_a_period_hold_each_of_its_days_once(since: date, length: int) -> None:
    period = Period(since, since + timedelta(days=length))
    ats = units(period)
    found = [day for at in ats for day in days_in(at)]
    assert found == [since + timedelta(days=n) for n in range(length)]
    assert len(ats) <= 46


def test_three_years_are_few_spans() -> None:
    assert units(Period(date(2023, 11, 1), date(2026, 11, 23))) == [
        "2023-11", "2023-12", "2024", "2025", "2026/1", "2026/2", "2026/3", "2026-10",
        "2026-11/1", "2026-11/2", "2026-11-21", "2026-11-22",
    ]  # fmt: skip
