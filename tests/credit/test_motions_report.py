"""What became of suggestions and proposals: counted once, the same on page, paper, sheet and in public."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from bot.settings import Settings
from cases.errors import NotFound
from cases.integrity.spine.vocabulary import PREFIXES, Kind
from cases.people import Role
from cases.service.credit.motions_report import COLUMNS, motion_period
from tests.town.dossiers import ARGS
from tests.town.live.bureau import Bureau
from tests.town.live.deployment import town_settings
from tests.town.live.town import Town

ANSWERED = ARGS[(Kind.MOTION, "answer")]
KINDS = ("suggestion", "proposal", "suggestion", "suggestion")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return town_settings(tmp_path, publish_motions=True)


async def register(town: Town) -> None:
    """Four of late 2026: one answered in time, one late, one that runs, one entered by mistake."""
    bureau = await Bureau.of(town)
    motions = [
        await bureau.open(
            Kind.MOTION, key=str(n), number=f"第{n}号", what=what, due_on=date(2026, 11, 24 + n)
        )
        for n, what in enumerate(KINDS)
    ]
    await bureau.act(motions[0], "answer", Role.SUBJECT, **ANSWERED)
    await bureau.act(motions[3], "withdraw", reason="登记有误")
    town.later(days=4)
    await bureau.wake(motions[1])


def numbers(**given: int) -> dict[str, int]:
    return {name: given.get(name, 0) for name in COLUMNS}


async def test_one_count_for_page_papers_sheet_and_everybody(town: Town) -> None:
    await register(town)
    registrar = await town.sign_in(await town.person("登记", Role.REGISTRAR))
    page = await town.page("/credit/motions/2026H2", registrar)
    assert "收到的3件" in page
    assert page.count(f'href="/credit/{PREFIXES[Kind.MOTION]}') == 3
    assert "没有登记" in await town.page("/credit/motions/2026H1", registrar)
    assert "/credit/motions" in await town.page("/credit", registrar)

    for ending, begins in (("pdf", b"%PDF"), ("docx", b"PK"), ("xlsx", b"PK")):
        answer = await town.client.get(f"/credit/motions/2026.{ending}", headers=registrar)
        body = await answer.read()
        assert (answer.status, body[: len(begins)]) == (200, begins)
    rows = list(load_workbook(io.BytesIO(body)).worksheets[0].iter_rows(values_only=True))
    assert [row[0] for row in rows[3:]] == ["第0号", "第1号", "第2号"]
    assert [row[6] for row in rows[3:]] == ["已答复", "逾期未答复", "办理中"]

    told: dict[str, Any] = await (
        await town.client.get("/motions.json?jurisdiction=qinghai&period=2026")
    ).json()
    whole = numbers(received=3, answered=1, in_time=1, late=1, running=1, planned=1)
    assert told["whole"] == whole
    assert told["by_kind"]["政协提案"] == numbers(received=1, late=1)
    assert list(told["by_body"].values()) == [whole]
    shown = await town.page("/motions?jurisdiction=qinghai&period=2026H2", {"Accept-Language": "en"})
    assert all(words in shown for words in ("Second half of 2026", "In time", 'href="/lists"'))
    assert "取暖" not in shown
    assert 'href="/motions"' in await town.page("/lists", {})


@pytest.mark.parametrize("key", ["", "26", "2026H3", "2026Q1", "1999", "二〇二六", "２０２６"])
def test_a_period_is_a_year_or_half_of_one(key: str) -> None:
    with pytest.raises(NotFound, match="没有这个统计期"):
        motion_period(key)


async def test_a_strange_period_is_no_fault(town: Town) -> None:
    registrar = await town.sign_in(await town.person("登记", Role.REGISTRAR))
    for path in ("/credit/motions/2026H3", "/credit/motions?period=abc", "/credit/motions/x.pdf"):
        assert (await town.client.get(path, headers=registrar)).status == 404
    assert (await town.client.get("/motions?period=2026H9")).status == 404
    assert (await town.client.get("/motions?jurisdiction=nowhere")).status == 200
