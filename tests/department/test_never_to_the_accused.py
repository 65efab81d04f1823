"""Nobody who is complained about gets the case, by whatever door they try."""

from __future__ import annotations

from typing import Any

import pytest

from cases.errors import ConflictOfInterest, DomainError, InvalidInput, NotFound
from cases.lifecycle.forms import Split
from cases.lifecycle.table import MOVES
from cases.model import Case
from cases.people import CITIZEN, Role
from cases.ports.accounts import Staff
from cases.ports.audit import AuditAction
from cases.ports.cases import CaseFilter
from cases.vocabulary import Move
from handlers.department.case.move_forms import departments_for
from tests.town.accusations import Accusation, accusation, own
from tests.town.live.town import Town, actor
from tests.town.places import FINANCE, REFORM
from tests.town.rules import RULES

ACCUSED = "青海省财政厅"


async def about_finance(town: Town) -> Case:
    return await town.filed(accused=ACCUSED)


async def test_routing_passes_the_accused_by_and_says_why(town: Town) -> None:
    case = await about_finance(town)
    assert case.department != FINANCE
    assert any("被投诉主体" in reason for reason in case.routing.reasons)
    assert FINANCE not in case.routing.participants


async def test_no_page_and_no_api_call_shows_the_case_to_the_accused_department(town: Town) -> None:
    head = await town.person("财政负责人", Role.HEAD, Role.HANDLER, Role.TRIAGE, Role.DEPUTY)
    case = await about_finance(town)
    # even if it lay in their queue by some mistake of the past
    slipped = case.model_copy(update={"department": FINANCE, "department_name": ACCUSED})
    stored = await town.storage.cases.save(slipped, expected_version=case.version)
    assert stored is not None
    who, token = await town.sign_in(head), await town.token(head, "cases:read", "cases:write")
    for path in ("/desk", "/desk?view=all", f"/desk?view=all&q={case.number}", "/desk/workload"):
        assert f"/desk/cases/{case.number}" not in await town.page(path, who)
    for path in ("", "/letters/1", "/evidence/x", "/evidence/x/download"):
        await town.page(f"/desk/cases/{case.number}{path}", who, status=404)
    for path in (f"/cases/{case.number}", f"/cases/{case.number}/moves", f"/cases/{case.number}/evidence/x"):
        answer = await town.client.get("/api/v1" + path, headers=token)
        assert answer.status == 404
    listed = await (await town.client.get("/api/v1/cases?view=all", headers=token)).json()
    assert listed["items"] == []
    assert (await town.client.post("/api/v1/cases/next", headers=token)).status == 204
    pulled = await town.post("/desk/next", head, who)
    assert pulled.headers["Location"] == "/desk?view=mine"


async def test_every_move_of_the_accused_department_is_refused(town: Town) -> None:
    head = await town.person("财政负责人", Role.HEAD, Role.HANDLER, Role.SUPERVISOR)
    case = await about_finance(town)
    for move in MOVES:
        with pytest.raises(DomainError) as refused:
            await _try(town, case, move, head)
        assert isinstance(refused.value, ConflictOfInterest | NotFound), move


async def _try(town: Town, case: Case, move: Move, by: Staff) -> Case:
    from tests.town.moves import ARGS

    args = MOVES[move].args.model_validate(ARGS.get(move, {}))
    return await town.services.acting.act(case.number, move, args, actor(by))


@pytest.mark.parametrize("move", [Move.TRANSFER, Move.DISPUTE, Move.INVITE, Move.SPLIT])
async def test_no_move_hands_the_case_to_the_accused(town: Town, move: Move) -> None:
    case = await about_finance(town)
    holder = await town.person("持有人", Role.HANDLER, Role.HEAD, department=case.department)
    await town.act(case, Move.CLAIM, holder)
    args: dict[Move, dict[str, Any]] = {
        Move.TRANSFER: {"department": FINANCE, "reason": "转给你们"},
        Move.DISPUTE: {"department": FINANCE, "reason": "转给你们"},
        Move.INVITE: {"departments": [FINANCE], "reason": "协助"},
        Move.SPLIT: {"parts": [{"department": FINANCE, "text": "另一部分事情，也没有兑现承诺。"}]},
    }
    if move is Move.DISPUTE:  # which needs something to dispute
        elsewhere = next(d.id for d in departments_for(case, RULES.jurisdictions) if d.id != case.department)
        await town.act(case, Move.TRANSFER, holder, department=elsewhere, reason="不属本单位")
    with pytest.raises(ConflictOfInterest):
        await town.act(case, move, holder, **args[move])
    assert (await town.reread(case)).department == case.department
    assert await town.storage.cases.count(_all(), CaseFilter(department=FINANCE)) == 0


def _all() -> Any:
    from cases.ports.cases import Scope

    return Scope(departments=None)


async def test_the_form_does_not_even_offer_the_accused(town: Town) -> None:
    case = await about_finance(town)
    offered = {d.id for d in departments_for(case, RULES.jurisdictions)}
    assert FINANCE not in offered
    assert len(offered) > 20


async def test_bulk_transfer_is_decided_case_by_case(town: Town) -> None:
    li = await town.person("李承办", department=REFORM)
    case = await town.filed(accused=ACCUSED)
    mine = case.model_copy(update={"department": REFORM, "department_name": "青海省发展改革委"})
    assert await town.storage.cases.save(mine, expected_version=case.version)
    held = await town.act(case, Move.CLAIM, li)
    who = await town.sign_in(li)
    answer = await town.post(
        "/desk/bulk",
        li,
        who,
        number=f"{held.number}:{held.version}",
        do="transfer",
        department=FINANCE,
        reason="批量转办",
        back="/desk",
    )
    assert answer.status == 303
    assert (await town.reread(case)).proposals == ()


async def test_a_person_named_in_the_complaint_cannot_open_it_in_the_right_department(town: Town) -> None:
    named = await town.person("贺有名", Role.HANDLER, Role.HEAD)
    case = await town.filed(text="西宁市城西区教育局拖欠采购款，财政厅的贺有名收了材料不办，请查。")
    who = await town.sign_in(named)
    assert case.department == FINANCE
    assert f"/desk/cases/{case.number}" not in await town.page("/desk?view=all", who)
    await town.page(f"/desk/cases/{case.number}", who, status=404)
    assert (await town.post("/desk/next", named, who)).headers["Location"] == "/desk?view=mine"
    with pytest.raises(ConflictOfInterest):
        await town.act(case, Move.CLAIM, named)


async def test_a_person_named_only_in_the_wish_is_kept_out_as_well(town: Town) -> None:
    from cases.records import FreeText

    named = await town.person("贺有名", Role.HANDLER)
    case = await town.filed(wish=FreeText("请不要让贺有名经办"))
    await town.page(f"/desk/cases/{case.number}", await town.sign_in(named), status=404)


async def test_the_head_cannot_assign_the_case_to_the_person_named_in_it(town: Town) -> None:
    head = await town.person("王负责", Role.HEAD)
    named = await town.person("贺有名")
    case = await town.filed(text="西宁市城西区教育局拖欠采购款，财政厅的贺有名收了材料不办，请查。")
    with pytest.raises(ConflictOfInterest):
        await town.act(case, Move.ASSIGN, head, staff=named.id)


async def test_splitting_towards_the_accused_stores_no_part_at_all(town: Town) -> None:
    case = await about_finance(town)
    holder = await town.person("持有人", Role.HANDLER, department=case.department)
    await town.act(case, Move.CLAIM, holder)
    parts = [
        {"department": REFORM, "text": "第一部分，没有兑现。"},
        {"department": FINANCE, "text": "第二部分。"},
    ]
    before = await town.storage.cases.count(_all(), CaseFilter())
    with pytest.raises(ConflictOfInterest):
        await town.services.acting.act(
            case.number, Move.SPLIT, Split.model_validate({"parts": parts}), actor(holder)
        )
    assert await town.storage.cases.count(_all(), CaseFilter()) == before


# -- several bodies, and bodies that are added later ----------------------------------------------
async def test_every_one_of_several_accused_is_kept_out(town: Town) -> None:
    case = await town.filed(accused="西宁市城西区教育局、青海省财政厅和青海省发展改革委")
    assert case.department not in {FINANCE, REFORM}
    assert {FINANCE, REFORM} <= set(case.barred)
    for department in (FINANCE, REFORM):
        head = await town.person(f"负责人{department}", Role.HEAD, Role.HANDLER, department=department)
        await town.page(f"/desk/cases/{case.number}", await town.sign_in(head), status=404)


async def test_a_case_leaves_a_body_that_turns_out_to_be_accused_at_once(town: Town) -> None:
    handler = await town.person("财政承办", Role.HANDLER)
    supervisor = await town.person("督办员", Role.SUPERVISOR, department=REFORM)
    case = await town.accepted(handler)
    who = await town.sign_in(handler)
    assert case.department == FINANCE
    await town.page(f"/desk/cases/{case.number}", who)
    moved = await town.act(case, Move.ACCUSE, supervisor, bodies=["青海省财政厅"], reason="来件第二段")
    assert (moved.department, moved.holder) == ("630000:青海省人民政府", None)
    assert FINANCE in moved.barred
    assert [body.name for body in moved.complaint.accused] == ["西宁市城西区教育局", "青海省财政厅"]
    await town.page(f"/desk/cases/{case.number}", who, status=404)
    with pytest.raises(ConflictOfInterest):
        await town.act(moved, Move.CLAIM, handler)


async def test_the_auditors_see_who_of_the_body_had_looked_before(town: Town) -> None:
    handler = await town.person("财政承办", Role.HANDLER)
    other = await town.person("发改承办", Role.SUPERVISOR, department=REFORM)
    case = await town.accepted(handler)
    await town.page(f"/desk/cases/{case.number}", await town.sign_in(handler))
    await town.page(f"/desk/cases/{case.number}", await town.sign_in(other))
    await town.act(case, Move.ACCUSE, other, bodies=["青海省财政厅"], reason="来件第二段")
    entries = await town.storage.audit.list_entries(subject=case.number)
    (found,) = [entry for entry in entries if entry.action == AuditAction.LOOKS_OF_ACCUSED]
    assert found.data["department"] == [FINANCE]
    assert [look.split()[0] for look in found.data["looks"]] == ["财政承办"]
    auditor = await town.person("审计员", Role.AUDITOR, department=REFORM)
    page = await town.page(f"/audit?subject={case.number}", await town.sign_in(auditor))
    assert "新增被投诉主体，此前已被其查看" in page


async def test_a_body_that_is_complained_about_already_is_not_added_again(town: Town) -> None:
    supervisor = await town.person("督办员", Role.SUPERVISOR, department=REFORM)
    case = await town.filed()
    with pytest.raises(InvalidInput):
        await town.act(case, Move.ACCUSE, supervisor, bodies=["西宁市城西区教育局"], reason="重复")


async def test_a_transfer_that_was_offered_to_the_body_is_void(town: Town) -> None:
    handler = await town.person("财政承办", Role.HANDLER)
    case = await town.accepted(handler)
    offered = await town.act(case, Move.TRANSFER, handler, department=REFORM, reason="属其职权")
    done = await town.act(offered, Move.ACCUSE, CITIZEN, bodies=["青海省发展改革委"], reason="投诉人补充")
    assert done.department == FINANCE
    assert done.proposals == ()
    assert REFORM not in done.routing.participants


async def test_a_case_is_merged_only_into_one_that_keeps_the_same_bodies_out(town: Town) -> None:
    li = await town.person("李承办", department="630000:青海省人民政府")
    one = await town.filed(accused="青海省财政厅、青海省发展改革委")
    other = await town.filed(accused=ACCUSED)
    assert one.department == other.department == "630000:青海省人民政府"
    held = await town.act(one, Move.CLAIM, li)
    with pytest.raises(InvalidInput, match="青海省发展改革委"):
        await town.act(held, Move.MERGE, li, into=other.number)
    claimed = await town.act(other, Move.CLAIM, li)
    await town.act(claimed, Move.ACCUSE, li, bodies=["青海省发展改革委"], reason="并案")
    merged = await town.act(held, Move.MERGE, li, into=other.number)
    assert merged.merged_into == other.number


async def by_open311(town: Town, key: dict[str, str], description: str, address: str) -> str:
    """The number of the case."""
    answer = await town.client.post(
        "/open311/v2/requests.json",
        data={
            "service_code": "debt",
            "address_string": address,
            "description": description,
            "api_key": key["Authorization"].removeprefix("Bearer "),
        },
    )
    assert answer.status == 201, await answer.text()
    number: str = (await answer.json())[0]["service_request_id"]
    return number


def place_of(told: Accusation) -> str:
    home = RULES.jurisdictions.for_region(told.home.region_code)
    return home.name if home else ""


async def test_of_two_or_three_departments_accused_over_open311_none_gets_it(town: Town) -> None:
    key = await town.token(await town.person("接口账号"), "open311")
    for number in range(2000, 2060):
        told = accusation(number)
        case = await town.storage.cases.get(await by_open311(town, key, told.text, place_of(told)))
        assert case.department not in own(told), (told.text, case.routing.reasons)


@pytest.mark.parametrize("beside", ["青海省财政厅去年来过。", "去年向青海省财政厅反映过。"])
async def test_staff_see_which_bodies_are_named_without_being_surely_accused(town: Town, beside: str) -> None:
    triage = await town.person("分办员", Role.TRIAGE, department=REFORM)
    key = await town.token(triage, "open311")
    owed = "西宁市城西区教育局拖欠货款八十万元，至今未付。"
    number = await by_open311(town, key, f"{owed}{beside}", "青海省西宁市城西区")
    page = await town.page(f"/desk/cases/{number}", await town.sign_in(triage))
    assert "还提到" in page
    assert "青海省财政厅" in page
