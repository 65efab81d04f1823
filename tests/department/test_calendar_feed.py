"""The feed of due dates: secret, revocable, without a word of any complaint; views shared in a department."""

from __future__ import annotations

import re

from cases.people import Role
from cases.ports.accounts import Staff
from cases.vocabulary import Move
from handlers.department.queue.calendar_feed import calendar_of
from tests.town.cases import CANARY, full_case
from tests.town.clock import MONDAY
from tests.town.live.town import Town
from tests.town.places import REFORM


def test_a_feed_tells_numbers_clocks_and_days_only() -> None:
    case = full_case()
    text = calendar_of([case], MONDAY)
    assert text.startswith("BEGIN:VCALENDAR\r\n")
    assert text.endswith("END:VCALENDAR\r\n")
    assert text.count("BEGIN:VEVENT") == text.count("END:VEVENT") > 0
    assert case.number in text
    assert CANARY not in text
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n")), (
        "longer lines would have to be folded"
    )


async def test_the_address_opens_ones_own_dates_until_it_is_made_anew_or_revoked(town: Town) -> None:
    li = await town.person("李承办")
    wang = await town.person("王负责", Role.HEAD)
    who = await town.sign_in(li)
    own = await town.accepted(li)
    other = await town.filed(text="西宁市城中区教育局拖欠食堂改造款，一直没有答复。")

    async def made(person: Staff = li, signed: dict[str, str] = who) -> str:
        page = await (await town.post("/desk/calendar", person, signed)).text()
        found = re.search(r"/calendar/[^<]+\.ics", page)
        assert found is not None
        return found.group()

    first = await made()
    answer = await town.client.get(first)
    assert answer.content_type == "text/calendar"
    text = await answer.text()
    assert f"SUMMARY:{own.number} 办理期限" in text
    assert other.number not in text
    assert "教育局" not in text
    second = await made()
    assert (await town.client.get(first)).status == 404
    assert (await town.client.get(second)).status == 200
    assert first not in await town.page("/desk/calendar", who)
    heads = await made(wang, await town.sign_in(wang))
    assert other.number in await (await town.client.get(heads)).text()
    assert (await town.post("/desk/calendar/revoke", li, who)).status == 303
    assert (await town.client.get(second)).status == 404
    assert (await town.client.get("/calendar/short.ics")).status == 404
    du = await town.person("杜督办", Role.SUPERVISOR, department=REFORM)
    await town.act(own, Move.ORDER, du, kind="supervise", what="抓紧", until="2031-01-01")
    assert f"SUMMARY:{own.number} 督办回复" in await (await town.client.get(heads)).text()


async def test_a_view_is_shared_in_the_department_and_nowhere_else(town: Town) -> None:
    li, zhao = await town.person("李承办"), await town.person("赵同事")
    who = await town.sign_in(li)
    for name, shared in (("欠款件", "1"), ("自己看", "")):
        form = {"name": name, "shared": shared, "query": "view=all&domain=debt"}
        assert (await town.post("/desk/views", li, who, **form)).status == 303
    page = await town.page("/desk", await town.sign_in(zhao))
    assert "欠款件" in page
    assert "自己看" not in page
    stranger = await town.person("外人", department=REFORM)
    assert "欠款件" not in await town.page("/desk", await town.sign_in(stranger))
