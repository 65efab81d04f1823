"""Whole cases through the pages: normal, supplement, transfer and dispute, review and final review."""

from __future__ import annotations

import pytest

from cases.errors import IllegalMove, InvalidInput
from cases.model import Case
from cases.moves.history import find_break
from cases.people import Role
from cases.ports.accounts import Staff
from cases.vocabulary import Move, Status
from tests.town.world import FINANCE, OPINION, REFORM, World, hidden


async def move(world: World, case: Case, name: str, who: Staff, **form: str) -> Case:
    """Through the page: open it, fill the form, send it with the page's own version and key."""
    cookie = await world.sign_in(who)
    page = await world.page(f"/desk/cases/{case.number}", cookie)
    assert f"/desk/cases/{case.number}/moves/{name}" in page, f"no button for {name}"
    answer = await world.post(
        f"/desk/cases/{case.number}/moves/{name}",
        who,
        cookie,
        version=hidden(page, "version"),
        key=f"{name}-{case.version}",
        **form,
    )
    assert answer.status == 303, await answer.text()
    return await world.reread(case)


async def test_a_normal_case_from_queue_to_closing(world: World) -> None:
    li = await world.person("李承办")
    filed = await world.filed()
    await world.post("/desk/next", li, await world.sign_in(li))
    case = await move(world, filed, "accept", li)
    case = await move(world, case, "answer", li, **OPINION)
    assert case.status is Status.ANSWERED
    case = await move(world, case, "close", li)
    assert case.status is Status.CLOSED
    assert [e.move for e in case.history] == ["register", "claim", "accept", "answer", "close"]
    assert find_break(case.history) is None
    assert {c.kind: c.met_at is not None for c in case.clocks} == {"accept": True, "handle": True}


async def test_a_supplement_pauses_the_clock_by_as_long_as_the_citizen_took(world: World) -> None:
    li = await world.person("李承办")
    case = await world.accepted(li)
    before = case.clock("handle")
    case = await move(world, case, "ask_supplement", li, items="合同复印件")
    world.later(days=7)
    case = await world.act(case, Move.SUPPLEMENT, text="合同在此")
    after = case.clock("handle")
    assert before is not None
    assert after is not None
    assert case.status is Status.ACCEPTED
    assert (after.due_at - before.due_at).days >= 7


async def test_a_transfer_returned_and_disputed_is_decided_by_the_common_superior(world: World) -> None:
    li = await world.person("李承办")
    qian = await world.person("钱接收", department=REFORM)
    du = await world.person("杜督办", Role.SUPERVISOR, department=REFORM)
    case = await world.claimed(li)
    case = await move(world, case, "transfer", li, department=REFORM, reason="属于招标投标")
    case = await move(world, case, "return_transfer", qian, reason="属于政府采购")
    assert case.department == FINANCE
    case = await move(world, case, "dispute", li, department=REFORM, reason="请裁定")
    case = await move(world, case, "decide_dispute", du, department=REFORM, reason="以招标方式订立")
    assert case.department == REFORM
    assert case.holder is None
    accept = case.clock("accept")
    assert accept is not None
    assert accept.department == REFORM
    assert accept.running


async def test_review_goes_up_final_review_higher_and_then_nothing_more_is_accepted(world: World) -> None:
    case = await world.answered(await world.person("李承办"))
    seen = [case.department]
    for asked, status in (
        (Move.ASK_REVIEW, Status.IN_REVIEW),
        (Move.ASK_FINAL_REVIEW, Status.IN_FINAL_REVIEW),
    ):
        case = await world.act(case, asked, reason="对处理意见不服")
        assert case.status is status
        assert case.department not in seen
        clock = case.clock("review" if asked is Move.ASK_REVIEW else "final_review")
        assert clock is not None
        assert clock.amount == 30
        seen.append(case.department)
        reviewer = await world.person("郑复查", department=case.department)
        case = await world.act(case, Move.CLAIM, reviewer)
        case = await move(world, case, "answer", reviewer, **OPINION)
    assert case.status is Status.CLOSED
    assert len(case.letters) == 3
    page = await world.page(f"/desk/cases/{case.number}/letters/3", await world.sign_in(reviewer))
    assert "最终意见" in page
    for again in (Move.ASK_REVIEW, Move.ASK_FINAL_REVIEW):
        with pytest.raises((IllegalMove, InvalidInput)):
            await world.act(case, again, reason="还是不服")


async def test_an_extension_needs_the_heads_signature_and_is_told_to_the_citizen(world: World) -> None:
    from classify.types import Domain

    case = await world.filed(domain=Domain.GENERAL)
    li = await world.person("李承办", department=case.department)
    wang = await world.person("王负责", Role.HEAD, department=case.department)
    case = await world.accepted(li, case)
    before = case.clock("handle")
    case = await move(world, case, "request_extension", li, days="30", reason="等待审计")
    case = await move(world, case, "approve_extension", wang)
    after = case.clock("handle")
    assert before is not None
    assert after is not None
    assert after.extended_days == 30
    assert any(n.template == "told-extended" for n in case.notifications)
    page = await world.page(f"/desk/cases/{case.number}", await world.sign_in(li))
    assert "/moves/request_extension" not in page


async def test_merging_names_the_other_case_and_splitting_makes_children(world: World) -> None:
    li = await world.person("李承办")
    main, twin = await world.claimed(li), await world.claimed(li)
    merged = await move(world, twin, "merge", li, into=main.number)
    assert (merged.status, merged.merged_into) == (Status.MERGED, main.number)
    parts = {"parts.0.department": REFORM, "parts.0.text": "招标时说好的条件没有兑现，请另案办理。"}
    split = await move(world, main, "split", li, **parts)
    child = await world.storage.cases.get(split.children[0])
    assert (child.parent, child.department) == (main.number, REFORM)


async def test_quarantine_holds_spam_until_somebody_releases_it(world: World) -> None:
    from cases.records import FreeText
    from cases.service.intake import Report
    from cases.vocabulary import Channel, Language

    spam = Report(
        channel=Channel.WEB,
        language=Language.ZH_HANS,
        text=FreeText("低息贷款秒到账，加微信领取优惠券，点击链接 http://spam.example 免费领取，代开发票"),
        region_code="630000",
    )
    case = (await world.services.filing.file(spam, key="spam-1", conversation=None)).case
    assert case.quarantined
    sun = await world.person("孙分办", Role.TRIAGE, department=case.department)
    who = await world.sign_in(sun)
    assert case.number not in await world.page("/desk", who)
    assert case.number in await world.page("/desk?view=quarantine", who)
    released = await move(world, case, "release_quarantine", sun)
    assert not released.quarantined
    assert case.number in await world.page("/desk", who)


async def test_the_head_assigns_many_at_once_and_sees_who_holds_how_many(world: World) -> None:
    wang = await world.person("王负责", Role.HEAD)
    li = await world.person("李承办")
    cases = [await world.filed() for _ in range(3)]
    who = await world.sign_in(wang)
    answer = await world.client.post(
        "/desk/bulk",
        headers=who,
        allow_redirects=False,
        data=[("csrf", f"csrf-{wang.id}"), ("do", "assign"), ("staff", li.id)]
        + [("number", f"{c.number}:{c.version}") for c in cases],
    )
    assert answer.status == 303
    held = [(await world.reread(c)).holder for c in cases]
    assert {h.staff for h in held if h} == {li.id}
    page = await world.page("/desk/workload", who)
    assert 'data-label="在办">3<' in page


async def test_a_saved_view_brings_its_filters_back(world: World) -> None:
    li = await world.person("李承办")
    who = await world.sign_in(li)
    await world.post("/desk/views", li, who, name="采购超期", query="view=overdue&domain=procurement&x=<b>")
    page = await world.page("/desk", who)
    assert "采购超期" in page
    assert "view=overdue&amp;domain=procurement" in page
    await world.post("/desk/views/drop", li, who, name="采购超期")
    assert "采购超期" not in await world.page("/desk", who)
