"""The queue shows what the department holds, overdue first, and hands out one case at a time."""

from __future__ import annotations

import pytest

from cases.people import Role
from tests.town.live.town import Town


async def test_the_queue_lists_a_case_with_what_a_handler_needs_to_choose(town: Town) -> None:
    li = await town.person("李承办")
    case = await town.filed()
    page = await town.page("/desk", await town.sign_in(li))
    for words in (case.number, "政府采购", "西宁市城西区教育局", "已登记", "剩余5天"):
        assert words in page


async def test_a_list_shows_no_number_of_a_person(town: Town) -> None:
    numbers = ("13812345678", "138 1234 5678", "630102199003071234", "6222 0200 1234 5678 901")
    case = await town.filed(text=f"西宁市城西区教育局拖欠货款，请联系{'，或者'.join(numbers)}。")
    who = await town.sign_in(await town.person("李承办"))
    page = await town.page("/desk", who)
    assert "拖欠货款，请联系*********78" in page
    assert not [number for number in numbers if number in page]
    assert numbers[0] in await town.page(f"/desk/cases/{case.number}", who)


async def test_pulling_opens_the_case_and_makes_the_person_its_holder(town: Town) -> None:
    li = await town.person("李承办")
    who = await town.sign_in(li)
    case = await town.filed()
    answer = await town.post("/desk/next", li, who)
    assert answer.headers["Location"] == f"/desk/cases/{case.number}"
    held = await town.reread(case)
    assert held.holder is not None
    assert held.holder.staff == li.id
    assert "受理" in await town.page(f"/desk/cases/{case.number}", who)


async def test_an_empty_queue_says_so_instead_of_failing(town: Town) -> None:
    li = await town.person("李承办")
    who = await town.sign_in(li)
    answer = await town.post("/desk/next", li, who)
    assert answer.headers["Location"] == "/desk?view=mine"
    assert "没有可以领取的件" in await town.page(
        "/desk", who | {"Cookie": who["Cookie"] + "; " + answer.headers["Set-Cookie"].split(";")[0]}
    )


async def test_overdue_cases_stand_before_more_severe_ones(town: Town) -> None:
    li = await town.person("李承办", Role.HANDLER)
    late = await town.filed()
    town.later(days=20)
    urgent = await town.filed(text="紧急！西宁市城西区教育局拖欠货款，工人准备跳楼，有生命危险，请马上处理。")
    page = await town.page("/desk", await town.sign_in(li))
    assert page.index(late.number) < page.index(urgent.number)


@pytest.mark.parametrize("words", ["拖欠貨款", "拖欠货款", "ＡＢＣ公司", "abc公司"])
async def test_a_search_finds_a_text_however_its_characters_are_written(town: Town, words: str) -> None:
    simple = await town.filed(text="该局拖欠货款八十万元，ABC公司多次催要。")
    traditional = await town.filed(text="該局拖欠貨款八十萬元，ＡＢＣ公司多次催要。")
    other = await town.filed()
    page = await town.page(f"/desk?view=all&q={words}", await town.sign_in(await town.person("李承办")))
    assert simple.number in page
    assert traditional.number in page
    assert other.number not in page


async def test_a_search_for_one_character_says_that_two_are_needed(town: Town) -> None:
    li = await town.person("李承办")
    case = await town.filed()
    page = await town.page("/desk?view=all&q=款", await town.sign_in(li))
    assert "请至少写两个相连的字" in page
    assert case.number not in page
    answer = await town.client.get("/api/v1/cases?q=款", headers=await town.token(li))
    assert answer.status == 422
    assert "请至少写两个" not in await town.page("/desk?view=all&q=货款", await town.sign_in(li))
