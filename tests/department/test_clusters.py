"""Near-identical complaints by many citizens are shown to staff as one cluster, within what they may see."""

from __future__ import annotations

import re

from cases.people import Role
from tests.town.live.town import Town, actor
from tests.town.places import REFORM

COPIES = (
    "西宁市城西区教育局2025年采购课桌椅，我们厂供货后验收合格，八十万元货款拖到现在一分未付，请督促付清。",
    "西宁市城西区教育局2025年采购课桌椅，我们厂供货后验收合格，八十万元货款拖到现在一分没付，请督促付清！",
    "您好：西宁市城西区教育局2025年采购课桌椅，我们厂供货后验收合格，八十万元货款拖到现在一分未付，请督促付清。",
)
OTHER = "西宁市城西区教育局2024年采购电脑，合同写明三十日付款，至今只付了一半，剩下的二十万元没有消息。"


async def test_copies_of_one_complaint_form_a_cluster_on_the_case_page(town: Town) -> None:
    first, second, third = [await town.filed(text=text) for text in COPIES]
    other = await town.filed(text=OTHER)
    handler = await town.person("李承办")
    page = await town.page(f"/desk/cases/{first.number}", await town.sign_in(handler))
    assert "相近的投诉 2 件" in page
    assert f'href="/desk/cases/{second.number}"' in page
    assert f'href="/desk/cases/{third.number}"' in page
    assert other.number not in page


async def test_a_case_alone_shows_no_cluster(town: Town) -> None:
    case = await town.filed(text=OTHER)
    page = await town.page(f"/desk/cases/{case.number}", await town.sign_in(await town.person("李承办")))
    assert not re.search(r"相近的投诉 \d", page)


async def test_copies_with_another_department_are_counted_without_their_numbers(town: Town) -> None:
    here, there = await town.filed(text=COPIES[0]), await town.filed(text=COPIES[1])
    moved = there.model_copy(update={"department": REFORM, "department_name": "青海省发展和改革委员会"})
    assert await town.storage.cases.save(moved, expected_version=there.version)
    page = await town.page(f"/desk/cases/{here.number}", await town.sign_in(await town.person("李承办")))
    assert "相近的投诉 1 件" in page
    assert "其中 1 件由其他单位办理" in page
    assert there.number not in page


async def test_copies_the_viewer_may_never_know_of_are_not_even_counted(town: Town) -> None:
    handler = await town.person("周办案")
    here = await town.filed(text=COPIES[0])
    await town.filed(text=COPIES[1].replace("请督促", "经办人周办案，请督促"))
    assert town.services.similar_cases is not None
    cluster = await town.services.similar_cases.cluster_of(here, actor(handler))
    assert cluster.size == 0
    head = await town.person("王负责", Role.HEAD)
    assert (await town.services.similar_cases.cluster_of(here, actor(head))).size == 1
