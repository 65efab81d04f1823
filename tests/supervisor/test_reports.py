"""Reports people hand in: every kind of period, as page, PDF and Word; kept as they were once it is over."""

from __future__ import annotations

import io
import re
from datetime import date, timedelta

import docx
import pytest

from cases.figures.hot_words import count_words
from cases.figures.measures import facts_of
from cases.instants import local_date
from handlers.supervisor.periods import a_year_before, period_of, span_words
from storage.opening import Storage
from tests.supervisor.conftest import NOW, told
from tests.supervisor.test_pages import inside, ours
from tests.town.live.browser import Browser

TODAY = local_date(NOW)
KINDS = ("2026-04", "2026-W17", "2026-Q2", "2026", "2026-04-03_2026-04-20", "2026-06")


@pytest.mark.parametrize("key", KINDS)
async def test_each_kind_of_report_says_what_the_cases_say(supervisor: Browser, key: str) -> None:
    period, _ = period_of(key, TODAY)
    rows = ours([facts_of(case) for case in told() if not case.quarantined])
    filed = sum(period.since <= local_date(row.filed_at) < period.until for row in rows)
    text = await supervisor.read(f"/board/report/{key}")
    assert f"登记{filed}件（环比" in text
    assert span_words(period) in text
    assert ("本报告还会变化" in text) is (period.until > TODAY)
    assert "现在（2026年6月10日" in text
    assert "style=" not in text


@pytest.mark.parametrize("key", ["2026-13", "2026-W54", "2026-Q5", "1999", "2026-04-20_2026-04-03", "x"])
async def test_a_report_that_there_is_not_is_refused(supervisor: Browser, key: str) -> None:
    assert (await supervisor.get(f"/board/report/{key}")).status in {400, 404, 422}


async def test_the_figures_of_a_past_month_stay_as_they_were(supervisor: Browser, filled: Storage) -> None:
    """A case of April is counted elsewhere later on: the report of April, once read, says what it said."""
    cells, april = filled.database["cells"], {"view": "work", "at": "2026-04"}
    before = await supervisor.read("/board/report/2026-04")
    live = await supervisor.read("/board?period=2026-04")
    await cells.update_many(april, {"$inc": {"n.filed": 50}})
    try:
        assert await supervisor.read("/board/report/2026-04") == before
        assert await supervisor.read("/board?period=2026-04") != live
    finally:
        await cells.update_many(april, {"$inc": {"n.filed": -50}})
    assert "本报告的统计数字固定于" in before


async def test_a_report_in_word_holds_charts_tables_and_nothing_of_its_maker(supervisor: Browser) -> None:
    answer = await supervisor.get("/board/report/2026-Q2.docx")
    assert answer.headers["Content-Disposition"].endswith('shouxin-2026-Q2.docx"')
    document = docx.Document(io.BytesIO(answer.body))
    headings = [p.text for p in document.paragraphs if p.style and p.style.name == "Heading 1"]
    assert headings == ["一、概况", "二、收件与办理", "三、地区分布", "四、反映的问题", "五、典型案例"]
    assert len(document.inline_shapes) >= 3
    assert {"单位", "领域", "市州"} <= {table.cell(0, 0).text for table in document.tables}
    assert (document.core_properties.author, document.core_properties.comments) == ("", "")


async def test_a_report_as_pdf_is_one(supervisor: Browser) -> None:
    body = (await supervisor.get("/board/report/2026-W17.pdf")).body
    assert body.startswith(b"%PDF-")
    assert body.count(b"/Subtype /Image") >= 2


async def test_chosen_days_lead_to_their_report(supervisor: Browser) -> None:
    answer = await supervisor.get("/board/reports?since=2026-04-03&until=2026-04-20")
    assert answer.headers.get("Location") == "/board/report/2026-04-03_2026-04-20"


async def test_a_typical_case_is_masked_worded_by_hand_and_sealed(
    supervisor: Browser, head: Browser, filled: Storage
) -> None:
    case = next(c for c in told() if c.letters and c.department in inside() and c.complaint.accused)
    at = "/board/report/2026-05"
    page = await supervisor.read(f"{at}?number={case.number}")
    draft = re.search(r'<textarea id="typical-words"[^>]*>([^<]+)<', page)
    assert draft is not None
    assert "查明" in draft[1]
    for name in (case.complaint.accused[0].name, case.department_name, case.number):
        assert name not in draft[1]
    words = "某县拖欠一家企业货款，督办后三十天内付清。"
    form = {"number": case.number, "words": words}
    assert (await supervisor.submit(at, form, to=f"{at}/cases")).status == 303
    assert words in await supervisor.read("/board/report/2026-05")
    assert words not in await head.read("/board/report/2026-05")
    kept = [row async for row in filled.database["reports"].find({"_id": {"$gt": ""}})]
    assert any(row["cases"] for row in kept)
    assert words not in str(kept)
    assert (await head.submit(at, form, to=f"{at}/cases")).status == 403
    gone = {"number": case.number, "leave_out": "1"}
    assert (await supervisor.submit(at, gone, to=f"{at}/cases")).status == 303
    assert words not in await supervisor.read("/board/report/2026-05")


def test_the_year_before_is_the_same_days_or_the_week_of_the_same_number() -> None:
    for key, since, until in (
        ("2026-W17", date(2025, 4, 21), date(2025, 4, 28)),
        ("2026-04", date(2025, 4, 1), date(2025, 5, 1)),
        ("2026-Q2", date(2025, 4, 1), date(2025, 7, 1)),
        ("2026", date(2025, 1, 1), date(2026, 1, 1)),
    ):
        before = a_year_before(key, period_of(key, TODAY)[0])
        assert (before.since, before.until) == (since, until)
    assert period_of("2026-W53", TODAY)[0].until - period_of("2026-W53", TODAY)[0].since == timedelta(days=7)


def test_words_count_once_a_complaint_and_rare_ones_are_left_out() -> None:
    many = [("拖欠", "工程款", "拖欠")] * 5 + [("招标",)] * 4
    found = count_words(many)
    assert found.words == (("工程款", 5), ("拖欠", 5))
    assert found.pairs == (("工程款", "拖欠", 5),)
    assert count_words([]) == ((), ())
