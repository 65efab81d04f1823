"""Every way a case can end or go elsewhere: what does this citizen see, and can they still be heard?"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from cases.errors import IllegalMove
from cases.lifecycle import forms
from cases.model import Case
from cases.moves.table import Args
from cases.people import Role
from cases.ports.accounts import Staff
from cases.service.filing import Filed
from cases.vocabulary import Language, Move, Status
from handlers.citizen.texts import texts
from tests.town.live.town import Town
from tests.town.places import FINANCE, REFORM
from tests.town.words import OPINION

CHAT, OTHER = "chat-of-one", "chat-of-another"
SAY = texts(Language.ZH_HANS)
DECLINE = {
    "reason": "in_court",
    "legal_basis": "《信访工作条例》第三十一条",
    "explanation": "此事已由法院立案。",
}


async def in_hand(town: Town, case: Case) -> Staff:
    """Whoever holds it, or somebody new who takes it."""
    holder = (await town.reread(case)).holder
    if holder is not None:
        return await town.storage.staff.get(holder.staff)
    li = await town.person("李承办")
    await town.claimed(li, case)
    return li


async def declined(town: Town, case: Case) -> None:
    li, wang = await in_hand(town, case), await town.person("王负责", Role.HEAD)
    await town.act(case, Move.PROPOSE_DECLINE, li, **DECLINE)
    await town.act(case, Move.COUNTERSIGN_DECLINE, wang)


async def withdrawn(town: Town, case: Case) -> None:
    await town.act(case, Move.WITHDRAW)


async def answered(town: Town, case: Case) -> None:
    li = await in_hand(town, case)
    await town.act(case, Move.ACCEPT, li)
    await town.act(case, Move.ANSWER, li, **OPINION)


async def closed(town: Town, case: Case) -> None:
    li = await town.person("李承办")
    await town.act(await town.answered(li, case), Move.CLOSE, li)


async def finally_reviewed(town: Town, case: Case) -> None:
    await answered(town, case)
    for asked in (Move.ASK_REVIEW, Move.ASK_FINAL_REVIEW):
        case = await town.act(case, asked, reason="不服")
        zheng = await town.person("郑复查", department=case.department)
        await town.act(case, Move.CLAIM, zheng)
        case = await town.act(case, Move.ANSWER, zheng, **OPINION)


async def in_final_review(town: Town, case: Case) -> None:
    await answered(town, case)
    case = await town.act(case, Move.ASK_REVIEW, reason="不服")
    zheng = await town.person("郑复查", department=case.department)
    await town.act(await town.act(case, Move.CLAIM, zheng), Move.ANSWER, zheng, **OPINION)
    await town.act(case, Move.ASK_FINAL_REVIEW, reason="仍不服")


async def transferred(town: Town, case: Case) -> None:
    li, qian = await town.person("李承办"), await town.person("钱接收", department=REFORM)
    await town.act(await town.claimed(li, case), Move.TRANSFER, li, department=REFORM, reason="不属本单位")
    await town.act(case, Move.ACCEPT_TRANSFER, qian)


async def split(town: Town, case: Case) -> None:
    li = await town.person("李承办")
    await town.claimed(li, case)
    await town.act(case, Move.SPLIT, li, parts=[{"department": REFORM, "text": "另一件事"}])


async def asked_for_papers(town: Town, case: Case) -> None:
    li = await town.person("李承办")
    await town.act(await town.accepted(li, case), Move.ASK_SUPPLEMENT, li, items=["合同复印件"])


async def in_review(town: Town, case: Case) -> None:
    await answered(town, case)
    await town.act(case, Move.ASK_REVIEW, reason="不服")


async def reviewed(town: Town, case: Case) -> None:
    await in_review(town, case)
    zheng = await town.person("郑复查", department=(await town.reread(case)).department)
    await town.act(await town.act(case, Move.CLAIM, zheng), Move.ANSWER, zheng, **OPINION)


async def reopened(town: Town, case: Case) -> None:
    await closed(town, case)
    await town.act(case, Move.REOPEN, await town.person("王负责", Role.HEAD), reason="有新的情况")


async def declined_and_reopened(town: Town, case: Case) -> None:
    await declined(town, case)
    await town.act(case, Move.REOPEN, await town.person("王负责", Role.HEAD), reason="有新的情况")


async def ruled(town: Town, case: Case) -> None:
    li, qian = await town.person("李承办"), await town.person("钱接收", department=REFORM)
    du = await town.person("杜督办", Role.SUPERVISOR, department=REFORM)
    await town.act(await town.claimed(li, case), Move.TRANSFER, li, department=REFORM, reason="不属本单位")
    await town.act(case, Move.DISPUTE, qian, department=FINANCE, reason="属于政府采购")
    await town.act(case, Move.DECIDE_DISPUTE, du, department=REFORM, reason="属于招标投标监管")


async def without_anybody(town: Town, case: Case) -> None:
    """Filed where nobody has an account: nothing to do but to name somebody."""


async def merged(town: Town, case: Case) -> None:
    await merge_into_another(town, case)


async def merged_and_answered(town: Town, case: Case) -> None:
    main = await merge_into_another(town, case)
    await answered(town, main)


async def merged_and_declined(town: Town, case: Case) -> None:
    await declined(town, await merge_into_another(town, case))


async def merged_and_finally_reviewed(town: Town, case: Case) -> None:
    await finally_reviewed(town, await merge_into_another(town, case))


async def merge_into_another(town: Town, case: Case) -> Case:
    li = await town.person("李承办")
    main = (await town.file(conversation=OTHER)).case
    await town.claimed(li, main)
    await town.act(await town.claimed(li, case), Move.MERGE, li, into=main.number)
    return main


HEARD = {Move.WRITE, Move.SUPPLEMENT, Move.WITHDRAW, Move.ACCUSE}
Way = Callable[[Town, Case], Awaitable[None]]
ENDS: dict[Way, tuple[Status, set[Move] | str]] = {
    declined: (Status.DECLINED, {Move.ASK_REVIEW, Move.RATE}),
    withdrawn: (Status.WITHDRAWN, "可以重新提交"),
    answered: (Status.ANSWERED, {Move.WRITE, Move.ASK_REVIEW, Move.RATE, Move.ACCUSE}),
    closed: (Status.CLOSED, {Move.ASK_REVIEW, Move.RATE}),
    finally_reviewed: (Status.CLOSED, {Move.RATE}),
    in_final_review: (Status.IN_FINAL_REVIEW, HEARD),
    transferred: (Status.REGISTERED, HEARD),
    split: (Status.REGISTERED, HEARD),
    asked_for_papers: (Status.AWAITING_CITIZEN, HEARD),
    in_review: (Status.IN_REVIEW, HEARD),
    reviewed: (Status.ANSWERED, {Move.WRITE, Move.ASK_FINAL_REVIEW, Move.RATE, Move.ACCUSE}),
    reopened: (Status.ACCEPTED, HEARD),
    declined_and_reopened: (Status.ACCEPTED, HEARD),
    ruled: (Status.REGISTERED, HEARD),
    without_anybody: (Status.REGISTERED, HEARD),
    merged: (Status.REGISTERED, HEARD - {Move.WITHDRAW}),
    merged_and_answered: (Status.ANSWERED, {Move.WRITE, Move.ASK_REVIEW, Move.RATE, Move.ACCUSE}),
    merged_and_declined: (Status.DECLINED, {Move.ASK_REVIEW, Move.RATE}),
    merged_and_finally_reviewed: (Status.CLOSED, {Move.RATE}),
}
"""How it came there, what the citizen sees, by which moves they are heard; words where no move is left."""


@pytest.mark.parametrize("way", ENDS, ids=[way.__name__ for way in ENDS])
async def test_whoever_filed_sees_how_it_stands_and_can_still_be_heard(town: Town, way: Way) -> None:
    filed = await town.file(conversation=CHAT)
    await way(town, filed.case)
    seen = await town.services.own_cases.get(filed.case.number, CHAT)
    status, heard = ENDS[way]
    assert seen.status is status
    offered = {spec.move for spec in town.services.own_cases.offers(seen)}
    if isinstance(heard, set):
        assert offered == heard
    else:
        assert heard in SAY.plain(f"status-{status.value}-means")
    if seen.letters and Move.SUPPLEMENT not in offered:
        assert Move.RATE in offered
    for number in (filed.case.number, *seen.children):
        assert (await town.services.own_cases.get(number, CHAT)).number == number


async def own(town: Town, filed: Filed) -> Case:
    return await town.services.own_cases.get(filed.case.number, CHAT)


async def act(town: Town, filed: Filed, move: Move, args: Args) -> Case:
    return await town.services.own_cases.act(filed.case.number, move, args, CHAT, key=f"k-{move}")


async def test_a_merged_complainant_gets_and_does_everything_of_the_main_case(town: Town) -> None:
    filed = await town.file(conversation=CHAT)
    main = await merge_into_another(town, filed.case)
    li = await town.person("李承办", Role.HEAD)
    other = await town.services.own_cases.act(
        main.number, Move.WRITE, forms.Message(text="别人的话"), OTHER, key="o"
    )
    wrote = await act(town, filed, Move.WRITE, forms.Message(text="我也有话"))
    await town.act(main, Move.WRITE, li, text="已经收到")
    await town.act(main, Move.ACCEPT, li)
    await town.act(main, Move.ANSWER, li, **OPINION)
    seen = await own(town, filed)
    assert (seen.number, seen.merged_into, seen.status) == (filed.case.number, main.number, Status.ANSWERED)
    assert len(seen.letters) == 1
    said = [e.note for e in seen.history if e.move == Move.WRITE]
    assert said == ["我也有话", "已经收到"]
    assert wrote.complaint == filed.case.complaint
    assert "我也有话" not in str([e.note for e in other.history])
    rated = await act(town, filed, Move.RATE, forms.Rate(responded=True, solved=False, satisfied=2))
    assert rated.rating is not None
    assert (await town.reread(main)).rating is None
    asked = await act(town, filed, Move.ASK_REVIEW, forms.Grounds(reason="不服"))
    assert asked.status is Status.IN_REVIEW
    entry = (await town.reread(main)).history[-1]
    assert (entry.move, entry.data["filed_as"]) == (Move.ASK_REVIEW, filed.case.number)


async def test_nobody_of_several_complainants_ends_the_case_of_the_others(town: Town) -> None:
    filed = await town.file(conversation=CHAT)
    main = await merge_into_another(town, filed.case)
    with pytest.raises(IllegalMove, match="并案办理"):
        await act(town, filed, Move.WITHDRAW, forms.OptionalRemark())
    with pytest.raises(IllegalMove, match="并案办理"):
        await town.services.own_cases.act(main.number, Move.WITHDRAW, forms.OptionalRemark(), OTHER, key="w")


async def test_who_was_merged_twice_follows_the_last_main_case(town: Town) -> None:
    filed = await town.file(conversation=CHAT)
    middle = await merge_into_another(town, filed.case)
    li = await town.person("李承办", Role.HEAD)
    last = await town.claimed(li)
    await town.act(middle, Move.MERGE, li, into=last.number)
    seen = await own(town, filed)
    assert seen.merged_into == last.number
    merged_ones = await town.storage.cases.list_merged(last.number)
    assert set(merged_ones) == {middle.number, filed.case.number}
    await town.act(last, Move.ACCEPT, li)
    assert (await own(town, filed)).status is Status.ACCEPTED


async def test_a_receipt_opens_the_parts_too(town: Town) -> None:
    filed = await town.file(conversation=CHAT)
    await town.services.own_cases.open_by_receipt(filed.receipt, "a-library")
    await split(town, filed.case)
    children = (await town.reread(filed.case)).children
    for chat in ("a-library", "a-phone"):
        await town.services.own_cases.open_by_receipt(filed.receipt, chat)
        seen = {case.number for case in await town.services.own_cases.list_of(chat)}
        assert seen == {filed.case.number, *children}
