"""回访 written down at the counter and 抽查 by a supervisor, on the page of the case."""

from __future__ import annotations

from cases.people import SYSTEM, Role
from cases.vocabulary import Move
from tests.town.live.town import Town
from tests.town.places import REFORM


async def test_a_colleague_writes_down_what_the_citizen_says_and_the_handler_cannot(town: Town) -> None:
    li, zhou = await town.person("李承办"), await town.person("周同事")
    case = await town.act(await town.answered(li), Move.FOLLOW_UP, SYSTEM)
    path = f"/desk/cases/{case.number}"
    of_li, of_zhou = await town.sign_in(li), await town.sign_in(zhou)
    assert "moves/record_rating" not in await town.page(path, of_li)
    page = await town.page(path, of_zhou)
    assert "moves/record_rating" in page
    assert "被要求撤诉或者给好评" in page
    said = {
        "responded": "true",
        "solved": "false",
        "satisfied": "2",
        "reasons": "slow",
        "words": "等了两个月",
    }
    answer = await town.post(f"{path}/moves/record_rating", zhou, of_zhou, **said)
    assert answer.status == 303
    rating = (await town.reread(case)).rating
    assert rating is not None
    assert (rating.by, rating.satisfied, rating.reasons, rating.words) == (
        "staff",
        2,
        ("slow",),
        "等了两个月",
    )
    assert (await town.post(f"{path}/moves/record_rating", li, of_li, **said)).status == 422


async def test_a_failed_check_opens_an_item_and_tells_who_held_the_case(town: Town) -> None:
    li, du = await town.person("李承办"), await town.person("杜督办", Role.SUPERVISOR, department=REFORM)
    case = await town.act(
        await town.act(await town.answered(li), Move.CLOSE, li), Move.SAMPLE, SYSTEM, month="2026-11"
    )
    path, who = f"/desk/cases/{case.number}", await town.sign_in(du)
    assert "moves/check" in await town.page(f"{path}?move=check", who)
    findings = {"verdict": "failed", "findings": "没有核实就答复"}
    assert (await town.post(f"{path}/moves/check", du, who, **findings)).status == 303
    done = await town.reread(case)
    assert [(check.verdict, check.words) for check in done.checks] == [("failed", "没有核实就答复")]
    assert [item.reason for item in done.accountability] == ["抽查不合格"]
    assert any(n.template == "staff-checked" and n.target == li.id for n in done.notifications)
