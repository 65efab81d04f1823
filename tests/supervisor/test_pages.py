"""The pages of the board, over HTTP and a real database."""

from __future__ import annotations

import html
import re
from datetime import date, timedelta

import pytest

from cases.figures.amber_departments import AmberDepartment
from cases.figures.facts import CaseFacts
from cases.figures.measures import MEASURES, facts_of
from cases.figures.statistics import Period, Selection
from cases.ports.cases import Scope
from storage.cases.documents import CaseMapper
from storage.figures.alarms import MongoAlarmStore
from storage.figures.statistics import MongoStatistics
from storage.opening import Storage
from tests.supervisor.conftest import NOW, told
from tests.town.live.browser import Browser
from tests.town.places import FINANCE, REFORM
from tests.town.stories import rules

PAGES = (
    "/board",
    "/board?period=12m&by=month",
    "/board?by=domain&period=3y",
    "/board?by=person",
    "/board?by=channel",
    "/board?by=place&period=90d",
    "/board?period=90d&domain=debt",
    "/board?period=90d&place=630100",
    "/board/cases?state=open",
    "/board/cases?event=filed&period=90d",
    "/board/attention",
    "/board/attention?list=accountability",
    "/board/attention?list=unseal",
    "/board/attention?list=letters",
    "/board/attention?list=orders",
    "/board/attention?list=crossings",
    "/board/digest",
    "/board/ranking?period=90d",
    "/board/ranking?of=place&period=90d&w_handle=100",
    "/board/warning",
    "/board/reports",
    "/board/report/2026-04",
    "/board/yearly/2026",
    "/board/measures",
)


def ours(rows: list[CaseFacts]) -> list[CaseFacts]:
    """What the supervisor of the province may count."""
    inside = rules().jurisdictions.departments_of("qinghai")
    return [row for row in rows if row.home in inside]


@pytest.mark.parametrize("page", PAGES)
async def test_every_page_opens_for_a_supervisor(supervisor: Browser, page: str) -> None:
    answer = await supervisor.get(page)
    assert answer.status == 200
    assert "<script>" not in answer.text
    assert "style=" not in answer.text


async def test_a_handler_may_not_open_the_board(handler: Browser) -> None:
    assert (await handler.get("/board")).status == 403


async def test_the_headline_counts_what_is_open_and_late_now(supervisor: Browser) -> None:
    rows = ours([facts_of(case) for case in told()])
    text = await supervisor.read("/board")
    shown = dict(re.findall(r'stat-label">([^<]+)</span>\s*<span class="stat-value">([^<]+)<', text))
    inside = rules().jurisdictions.departments_of("qinghai")
    now_open = [r for r in rows if r.open and r.department in inside]
    assert shown["在办"] == str(len(now_open))
    assert shown["已超期"] == str(sum(r.due_at is not None and r.due_at < NOW for r in now_open))


async def test_a_head_sees_only_the_own_department(head: Browser) -> None:
    text = await head.read("/board?period=12m")
    assert "省财政厅" in text
    assert "省经济和信息化委" not in text
    list_page = await head.read(f"/board/cases?event=filed&period=12m&department={REFORM}")
    assert "没有这样的件" in list_page


async def test_behind_the_number_of_filed_cases_lies_a_list_of_as_many(supervisor: Browser) -> None:
    rows = ours([facts_of(case) for case in told()])
    text = await supervisor.read("/board/cases?event=filed&period=12m")
    numbers = set(re.findall(r'/desk/cases/(SX[\d-]+)"', text))
    assert len(numbers) == min(len(rows), 50)
    assert numbers <= {row.number for row in rows}


async def test_a_long_list_goes_on_where_it_stopped(supervisor: Browser) -> None:
    seen: list[str] = []
    page = "/board/cases?event=filed&period=12m"
    while page:
        text = await supervisor.read(page)
        seen += re.findall(r'/desk/cases/(SX[\d-]+)"', text)
        found = re.search(r'rel="next" href="([^"]+)"', text)
        page = html.unescape(found[1]) if found else ""
    rows = ours([facts_of(case) for case in told()])
    assert len(seen) == len(set(seen)) == len(rows)


async def test_every_link_of_the_board_leads_to_a_list(supervisor: Browser) -> None:
    text = await supervisor.read("/board?period=90d")
    links = {html.unescape(link) for link in re.findall(r'href="(/board/cases[^"]+)"', text)}
    assert len(links) > 20
    for link in sorted(links)[::7]:
        answer = await supervisor.get(link)
        assert answer.status == 200, link
        assert "的件</h1>" in answer.text


async def test_behind_each_column_of_used_time_lies_a_list_of_as_many(supervisor: Browser) -> None:
    text = await supervisor.read("/board?period=12m")
    columns = re.findall(r'href="([^"]+share=[^"]+)" aria-label="[^"]+：(\d+)件"', text)
    assert len(columns) == 10
    for link, number in columns:
        listed = await supervisor.read(html.unescape(link))
        assert len(set(re.findall(r'/desk/cases/(SX[\d-]+)"', listed))) == min(int(number), 50)


@pytest.mark.parametrize("asked", ["state=x", "left=x", "age=6", "event=filed_kept", "outcome=x", "share=1"])
async def test_a_list_that_there_is_not_is_refused_with_a_sentence(supervisor: Browser, asked: str) -> None:
    answer = await supervisor.get(f"/board/cases?{asked}")
    assert answer.status in {400, 422}
    assert "没有这样的名单" in answer.text


async def test_small_groups_show_no_durations(supervisor: Browser) -> None:
    text = await supervisor.read("/board?period=7d")
    assert "不足5件" in text


async def test_an_unknown_period_is_refused_with_a_sentence(supervisor: Browser) -> None:
    answer = await supervisor.get("/board?period=forever")
    assert answer.status in {400, 422}
    assert "没有这个统计期" in answer.text


async def test_the_measures_are_explained_in_words(supervisor: Browser) -> None:
    text = await supervisor.read("/board/measures")
    assert all(measure.words in html.unescape(text) for measure in MEASURES)


async def test_refusals_are_listed_with_reason_basis_and_countersigner(supervisor: Browser) -> None:
    declined = [case for case in told() if case.status == "declined"]
    text = await supervisor.read("/board/attention?list=refusals")
    inside = rules().jurisdictions.departments_of("qinghai")
    for case in declined:
        if case.department in inside:
            assert case.number in text
    assert "会签" in text or not any(c.department in inside for c in declined)


async def test_weights_of_the_ranking_can_be_changed(supervisor: Browser) -> None:
    text = await supervisor.read(
        "/board/ranking?period=90d&w_accept=0&w_handle=100&w_responded=0&w_solved=0&w_satisfied=0"
    )
    assert "得分 = 答复按期率×100%" in text


async def test_the_figures_of_a_month_are_served_as_pdf(supervisor: Browser) -> None:
    body = (await supervisor.get("/board/report/2026-04.pdf")).body
    assert body.startswith(b"%PDF-")
    assert len(body) > 5_000


async def test_metrics_are_open_to_the_machine_itself_and_closed_behind_a_proxy(
    supervisor: Browser, filled: Storage
) -> None:
    answer = await supervisor.get("/metrics")
    assert answer.status == 200
    assert "shouxin_overdue_cases" in answer.text
    status = (await supervisor.get("/metrics", headers={"X-Forwarded-For": "203.0.113.9"})).status
    assert status == 403


async def test_statistics_for_programs_need_a_token(supervisor: Browser) -> None:
    status = (await supervisor.get("/api/v1/statistics")).status
    assert status == 401


async def test_a_case_about_the_viewers_own_body_is_not_listed(head: Browser, filled: Storage) -> None:
    text = await head.read("/board/cases?event=filed&period=12m")
    rows = await filled.database["facts"].find_all({"home": FINANCE})
    shown = set(re.findall(r'/desk/cases/(SX[\d-]+)"', text))
    mark = CaseMapper(filled.keys).barred(FINANCE)
    barred = {row["_id"] for row in rows if mark in row.get("shut_out", [])}
    assert shown.isdisjoint(barred)
    assert shown


async def test_a_list_leads_a_supervisor_straight_to_the_order_form(supervisor: Browser) -> None:
    text = await supervisor.read("/board/cases?state=open")
    found = re.search(r'href="(/desk/cases/[^"]+\?move=order#move-order)"', text)
    assert found


async def test_a_head_is_offered_no_order(head: Browser) -> None:
    text = await head.read("/board/cases?state=open")
    assert "move=order" not in text


async def test_open_orders_are_listed_with_both_clocks(supervisor: Browser, filled: Storage) -> None:
    facts = filled.database["facts"]
    number = next(
        case.number for case in told() if case.is_open and case.department in inside() and case.due_at
    )
    await facts.update({"_id": number}, {"$set": {"order_due_at": NOW + timedelta(days=3)}})
    text = await supervisor.read("/board/attention?list=orders")
    await facts.update({"_id": number}, {"$unset": {"order_due_at": ""}})
    line = text[text.index(f'href="/desk/cases/{number}"') :]
    assert "督办期限" in text
    assert 'data-label="办理期限"' in line
    assert "—" not in line[line.index('data-label="办理期限"') : line.index("</tr>")]


async def test_a_department_across_amber_is_on_the_page_of_who_oversees_it(
    supervisor: Browser, filled: Storage
) -> None:
    store = MongoAlarmStore(filled.database, filled.keys)
    await store.keep_amber(
        [AmberDepartment(FINANCE, NOW, told=True), AmberDepartment("220000:省财政厅", NOW)]
    )
    text = await supervisor.read("/board/attention")
    assert "黄灯单位</a>。" in text
    text = await supervisor.read("/board/attention?list=crossings")
    await store.keep_amber([])
    rows = text[text.index("<tbody") : text.index("</tbody>")]
    assert rows.count("<tr") == 1
    assert "省财政厅" in rows


def inside() -> frozenset[str]:
    return rules().jurisdictions.departments_of("qinghai")


async def test_the_trend_counts_reviews(filled: Storage) -> None:
    asked = sum(
        figures.counts["review_asked"]
        for figures in (
            await MongoStatistics(filled.database, filled.keys).trend(
                Selection(Scope(inside())), Period(date(2026, 1, 1), date(2027, 1, 1)), "m"
            )
        ).values()
    )
    rows = [facts_of(case) for case in told() if case.department in inside()]
    assert asked == sum(e.name == "review_asked" for row in rows for e in row.events)
