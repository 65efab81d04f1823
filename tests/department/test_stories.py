"""Whole cases through the pages: normal, supplement, transfer and dispute, review and final review."""

from __future__ import annotations

import pytest

from cases.errors import IllegalMove, InvalidInput
from cases.model import Case
from cases.moves.history import find_break
from cases.people import Role
from cases.ports.accounts import Staff
from cases.vocabulary import ClockKind, Move, Status
from tests.town.live.town import Town, hidden
from tests.town.places import FINANCE, REFORM
from tests.town.words import OPINION


async def move(town: Town, case: Case, name: str, who: Staff, **form: str) -> Case:
    """Through the page: open it, fill the form, send it with the page's own version and key."""
    cookie = await town.sign_in(who)
    page = await town.page(f"/desk/cases/{case.number}", cookie)
    assert f"/desk/cases/{case.number}/moves/{name}" in page, f"no button for {name}"
    answer = await town.post(
        f"/desk/cases/{case.number}/moves/{name}",
        who,
        cookie,
        version=hidden(page, "version"),
        key=f"{name}-{case.version}",
        **form,
    )
    assert answer.status == 303, await answer.text()
    return await town.reread(case)


async def test_a_normal_case_from_queue_to_closing(town: Town) -> None:
    li = await town.person("李承办")
    filed = await town.filed()
    await town.post("/desk/next", li, await town.sign_in(li))
    case = await move(town, filed, "accept", li)
    case = await move(town, case, "answer", li, **OPINION)
    assert case.status is Status.ANSWERED
    case = await move(town, case, "close", li)
    assert case.status is Status.CLOSED
    assert [e.move for e in case.history] == ["register", "claim", "accept", "answer", "close"]
    assert find_break(case.history) is None
    assert {c.kind: c.met_at is not None for c in case.clocks} == {"accept": True, "handle": True}


async def test_a_supplement_pauses_the_clock_by_as_long_as_the_citizen_took(town: Town) -> None:
    li = await town.person("李承办")
    case = await town.accepted(li)
    before = case.clock(ClockKind.HANDLE)
    case = await move(town, case, "ask_supplement", li, items="合同复印件")
    town.later(days=7)
    case = await town.act(case, Move.SUPPLEMENT, text="合同在此")
    after = case.clock(ClockKind.HANDLE)
    assert before is not None
    assert after is not None
    assert case.status is Status.ACCEPTED
    assert (after.due_at - before.due_at).days >= 7


async def test_a_transfer_returned_and_disputed_is_decided_by_the_common_superior(town: Town) -> None:
    li = await town.person("李承办")
    qian = await town.person("钱接收", department=REFORM)
    du = await town.person("杜督办", Role.SUPERVISOR, department=REFORM)
    case = await town.claimed(li)
    case = await move(town, case, "transfer", li, department=REFORM, reason="属于招标投标")
    case = await move(town, case, "return_transfer", qian, reason="属于政府采购")
    assert case.department == FINANCE
    case = await move(town, case, "dispute", li, department=REFORM, reason="请裁定")
    case = await move(town, case, "decide_dispute", du, department=REFORM, reason="以招标方式订立")
    assert case.department == REFORM
    assert case.holder is None
    accept = case.clock(ClockKind.ACCEPT)
    assert accept is not None
    assert accept.department == REFORM
    assert accept.running


async def test_review_goes_up_final_review_higher_and_then_nothing_more_is_accepted(town: Town) -> None:
    case = await town.answered(await town.person("李承办"))
    seen = [case.department]
    for asked, status in (
        (Move.ASK_REVIEW, Status.IN_REVIEW),
        (Move.ASK_FINAL_REVIEW, Status.IN_FINAL_REVIEW),
    ):
        case = await town.act(case, asked, reason="对处理意见不服")
        assert case.status is status
        assert case.department not in seen
        clock = case.clock(ClockKind.REVIEW if asked is Move.ASK_REVIEW else ClockKind.FINAL_REVIEW)
        assert clock is not None
        assert clock.amount == 30
        seen.append(case.department)
        reviewer = await town.person("郑复查", department=case.department)
        case = await town.act(case, Move.CLAIM, reviewer)
        case = await move(town, case, "answer", reviewer, **OPINION)
    assert case.status is Status.CLOSED
    assert len(case.letters) == 3
    page = await town.page(f"/desk/cases/{case.number}/letters/3", await town.sign_in(reviewer))
    assert "最终意见" in page
    for again in (Move.ASK_REVIEW, Move.ASK_FINAL_REVIEW):
        with pytest.raises((IllegalMove, InvalidInput)):
            await town.act(case, again, reason="还是不服")


async def test_an_extension_needs_the_heads_signature_and_is_told_to_the_citizen(town: Town) -> None:
    from classify.types import Domain

    case = await town.filed(domain=Domain.GENERAL)
    li = await town.person("李承办", department=case.department)
    wang = await town.person("王负责", Role.HEAD, department=case.department)
    case = await town.accepted(li, case)
    before = case.clock(ClockKind.HANDLE)
    case = await move(town, case, "request_extension", li, days="30", reason="等待审计")
    case = await move(town, case, "approve_extension", wang)
    after = case.clock(ClockKind.HANDLE)
    assert before is not None
    assert after is not None
    assert after.extended_days == 30
    assert any(n.template == "told-extended" for n in case.notifications)
    page = await town.page(f"/desk/cases/{case.number}", await town.sign_in(li))
    assert "/moves/request_extension" not in page


async def test_merging_names_the_other_case_and_splitting_makes_children(town: Town) -> None:
    li = await town.person("李承办")
    main, twin = await town.claimed(li), await town.claimed(li)
    merged = await move(town, twin, "merge", li, into=main.number)
    assert (merged.status, merged.merged_into) == (Status.MERGED, main.number)
    parts = {"parts.0.department": REFORM, "parts.0.text": "招标时说好的条件没有兑现，请另案办理。"}
    split = await move(town, main, "split", li, **parts)
    child = await town.storage.cases.get(split.children[0])
    assert (child.parent, child.department) == (main.number, REFORM)
    (letter,) = split.papers
    assert letter.serial == "青海省财政厅〔2026〕第1号"
    printed = await town.page(f"/desk/cases/{main.number}/papers/1/print", await town.sign_in(li))
    assert f"转送青海省发展改革委（编号{child.number}）" in printed
    assert "招标时说好的条件没有兑现，请另案办理。" in printed
    assert "其余事项仍由青海省财政厅办理" in printed


async def test_quarantine_holds_spam_until_somebody_releases_it(town: Town) -> None:
    from cases.records import FreeText
    from cases.service.intake import Report
    from cases.vocabulary import Channel, Language

    spam = Report(
        channel=Channel.WEB,
        language=Language.ZH_HANS,
        text=FreeText("低息贷款秒到账，加微信领取优惠券，点击链接 http://spam.example 免费领取，代开发票"),
        region_code="630000",
    )
    case = (await town.services.filing.file(spam, key="spam-1", conversation=None)).case
    assert case.quarantined
    sun = await town.person("孙分办", Role.TRIAGE, department=case.department)
    who = await town.sign_in(sun)
    assert case.number not in await town.page("/desk", who)
    assert case.number in await town.page("/desk?view=quarantine", who)
    released = await move(town, case, "release_quarantine", sun)
    assert not released.quarantined
    assert case.number in await town.page("/desk", who)


async def test_the_head_assigns_many_at_once_and_sees_who_holds_how_many(town: Town) -> None:
    wang = await town.person("王负责", Role.HEAD)
    li = await town.person("李承办")
    cases = [await town.filed() for _ in range(3)]
    who = await town.sign_in(wang)
    answer = await town.client.post(
        "/desk/bulk",
        headers=who,
        allow_redirects=False,
        data=[("csrf", f"csrf-{wang.id}"), ("do", "assign"), ("staff", li.id)]
        + [("number", f"{c.number}:{c.version}") for c in cases],
    )
    assert answer.status == 303
    held = [(await town.reread(c)).holder for c in cases]
    assert {h.staff for h in held if h} == {li.id}
    page = await town.page("/desk/workload", who)
    assert 'data-label="在办">3<' in page


async def test_a_saved_view_brings_its_filters_back(town: Town) -> None:
    li = await town.person("李承办")
    who = await town.sign_in(li)
    await town.post("/desk/views", li, who, name="采购超期", query="view=overdue&domain=procurement&x=<b>")
    page = await town.page("/desk", who)
    assert "采购超期" in page
    assert "view=overdue&amp;domain=procurement" in page
    await town.post("/desk/views/drop", li, who, name="采购超期")
    assert "采购超期" not in await town.page("/desk", who)
