"""What passed through one's hands stays readable: not to be changed, never by the accused body's people."""

from __future__ import annotations

import pytest

from cases.errors import NotFound
from cases.model import Accused
from cases.people import Role
from cases.ports.cases import CaseFilter
from cases.vocabulary import Move
from tests.town.live.town import Town, actor
from tests.town.places import FINANCE, REFORM
from tests.town.words import OPINION


async def test_a_transferred_case_stays_readable_for_who_had_it(
    town: Town,
) -> None:
    li, zhou = await town.person("李承办"), await town.person("周同事")
    qian = await town.person("钱接收", department=REFORM)
    case = await town.act(await town.claimed(li), Move.TRANSFER, li, department=REFORM, reason="不属本单位")
    moved = await town.act(case, Move.ACCEPT_TRANSFER, qian)
    assert moved.department == REFORM
    page = await town.page(f"/desk/cases/{case.number}", await town.sign_in(li))
    assert "不能办理" in page
    assert f"/desk/cases/{case.number}/moves/" not in page
    assert [spec.move for spec in await town.services.acting.offers(moved, actor(li))] == []
    assert case.number in await town.page("/desk?view=hands", await town.sign_in(li))
    assert case.number not in await town.page("/desk?view=all", await town.sign_in(li))
    assert case.number not in await town.page("/desk?view=hands", await town.sign_in(zhou))
    await town.page(f"/desk/cases/{case.number}", await town.sign_in(zhou), status=404)
    assert await town.services.desk.count(actor(li), CaseFilter(hands=li.id)) == 1


async def test_who_filed_at_the_counter_finds_the_case_where_it_went(town: Town) -> None:
    li = await town.person("李窗口", department=REFORM)
    form = {"text": "青海省西宁市城西区教育局采购课桌，欠货款八十万元至今未付。", "domain": "procurement"}
    answer = await town.post("/desk/file", li, await town.sign_in(li), **form, key="k1", language="zh-Hans")
    assert answer.status in {200, 303}, (await answer.text())[:500]
    listed = await town.services.desk.list_cases(actor(li), CaseFilter(hands=li.id))
    assert len(listed.cases) == 1


async def test_the_accused_body_reads_nothing_even_of_what_its_people_had(town: Town) -> None:
    li = await town.person("李承办")
    case = await town.claimed(li)
    accused = case.complaint.model_copy(
        update={"accused": (Accused(name="青海省财政厅", department=FINANCE),)}
    )
    accused_now = case.model_copy(update={"complaint": accused, "department": REFORM, "barred": (FINANCE,)})
    saved = await town.storage.cases.save(accused_now, expected_version=case.version)
    assert saved is not None
    with pytest.raises(NotFound):
        await town.services.desk.get(case.number, actor(li))
    assert await town.services.desk.count(actor(li), CaseFilter(hands=li.id)) == 0


async def test_a_case_under_final_review_leads_from_the_board_to_its_page(town: Town) -> None:
    li = await town.person("李承办")
    du = await town.person("杜督办", Role.SUPERVISOR, department=REFORM)
    case = await town.answered(li)
    for asked in (Move.ASK_REVIEW, Move.ASK_FINAL_REVIEW):
        case = await town.act(case, asked, reason="不服")
        zheng = await town.person("郑复查", department=case.department)
        case = await town.act(case, Move.CLAIM, zheng)
        if asked is Move.ASK_REVIEW:
            case = await town.act(case, Move.ANSWER, zheng, **OPINION)
    assert case.department not in (town.services.desk.scope(actor(du)).departments or ())
    page = await town.page(f"/desk/cases/{case.number}", await town.sign_in(du))
    assert f"/desk/cases/{case.number}/moves/" not in page


async def test_a_colleagues_case_says_why_it_offers_nothing(town: Town) -> None:
    li, zhou = await town.person("李承办"), await town.person("周同事")
    case = await town.accepted(li)
    assert "此件由李承办承办" in await town.page(f"/desk/cases/{case.number}", await town.sign_in(zhou))
    assert "此件由李承办承办" not in await town.page(f"/desk/cases/{case.number}", await town.sign_in(li))
