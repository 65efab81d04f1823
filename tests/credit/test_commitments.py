"""A promise on the register: from draft to kept, late, explained, changed; what everybody reads of it."""

from __future__ import annotations

import pytest

from cases.errors import IllegalMove, InvalidInput, SecondPersonNeeded
from cases.integrity.spine.vocabulary import Kind
from cases.people import Role
from cases.vocabulary import Language, Move
from handlers.citizen.notifications import render_notification
from tests.town.dossiers import ARGS, FILE, OPENINGS
from tests.town.live.bureau import Bureau
from tests.town.live.town import Town, actor

CHANGE = ARGS[(Kind.COMMITMENT, "change")]


async def test_a_promise_is_late_explained_and_kept_before_everybodys_eyes(town: Town) -> None:
    bureau = await Bureau.of(town)
    promise = await bureau.open(Kind.COMMITMENT)
    at = f"/commitments/{promise.id}"
    assert (await town.client.get(at)).status == 404
    both = actor(await town.person("一人", Role.REGISTRAR, Role.RELEASER))
    own = await bureau.open(Kind.COMMITMENT, who=both, key="own")
    with pytest.raises(SecondPersonNeeded):
        await bureau.act(own, "publish", both)
    promise = await bureau.act(promise, "publish", Role.RELEASER)
    page = await town.page(at, {})
    assert "二十公里通车" in page
    assert "履行中" in page
    assert "甲经办" not in page
    assert "Running" in await town.page(at, {"Accept-Language": "en"})

    town.later(days=50)
    warned = await bureau.service.wake(promise)
    assert "即将到期" in await town.page(at, {})
    town.later(days=15)
    late = await bureau.service.wake(warned)  # type: ignore[arg-type]
    assert "逾期未兑现" in await town.page(at, {})
    with pytest.raises(IllegalMove, match="不能兑现的说明"):
        await bureau.act(late, "fail", reason="到期没有兑现")  # type: ignore[arg-type]
    late = await bureau.act(late, "explain", Role.SUBJECT, explanation="汛期停工，二月底完成。")  # type: ignore[arg-type]
    assert "汛期停工" in await town.page(at, {})
    proved = await bureau.act(late, "prove", Role.SUBJECT, note="已经通车", proof=[FILE])
    await bureau.act(proved, "keep")
    listed = await (await town.client.get("/commitments.json?status=kept&region=63&words=教育厅")).json()
    assert [one["id"] for one in listed["items"]] == [promise.id]
    assert listed["items"][0]["kept_on"]
    assert "proof" not in listed["items"][0]
    code = await town.client.get(f"{at}/code.svg")
    assert (await code.read()).startswith(b"<?xml")
    for strange in ("?status=x&domain=y&region=%00", "?words=" + "长" * 200):
        assert (await town.client.get(f"/commitments{strange}")).status == 200


@pytest.mark.parametrize("missing", CHANGE)
async def test_a_lawful_change_needs_each_of_its_grounds(town: Town, missing: str) -> None:
    bureau = await Bureau.of(town)
    promise = await bureau.act(await bureau.open(Kind.COMMITMENT), "publish", Role.RELEASER)
    with pytest.raises(InvalidInput, match="缺权限、程序或补偿"):
        await bureau.act(promise, "change", **{**CHANGE, missing: " "})
    changed = await bureau.act(promise, "change", **CHANGE)
    assert changed.status.value == "changed"


async def test_a_promise_without_date_or_measure_is_none(town: Town) -> None:
    bureau = await Bureau.of(town)
    for given in ({"due_on": None}, {"result": " "}):
        with pytest.raises(InvalidInput, match="无期限或无法衡量"):
            await bureau.open(Kind.COMMITMENT, **given)
    assert "due_on" in OPENINGS[Kind.COMMITMENT]


async def test_a_complaint_shows_the_promise_it_may_be_about(town: Town) -> None:
    bureau = await Bureau.of(town)
    promise = await bureau.act(await bureau.open(Kind.COMMITMENT), "publish", Role.RELEASER)
    handler = await town.person("李承办")
    told = "省教育厅前年说要修通我们村组的公路，到现在还是泥巴路，学生上学要走两个小时。"
    case = await town.filed(text=told, accused="青海省教育厅")
    titles = "省教育厅评职称的名额说好公示，一直没有公示，问了几次都没有回音。"
    other = await town.filed(text=titles, accused="青海省教育厅")
    who = await town.sign_in(handler)
    page = await town.page(f"/desk/cases/{case.number}/alike", who)
    assert f"/commitments/{promise.id}" in page
    assert "事项相近：" in page
    assert f"/commitments/{promise.id}" not in await town.page(f"/desk/cases/{other.number}/alike", who)
    assert "此件说的就是" not in page
    case = await town.act(case, Move.CLAIM, handler)
    page = await town.page(f"/desk/cases/{case.number}/alike", who)
    assert "此件说的就是" in page
    await town.act(case, Move.LINK_COMMITMENT, handler, commitment=promise.id)
    assert "已关联" in await town.page(f"/desk/cases/{case.number}/alike", who)
    assert str(promise.matter) in await town.page(f"/desk/cases/{case.number}", who)


async def test_only_a_public_promise_is_linked_once_and_the_citizen_reads_where_to_look(town: Town) -> None:
    bureau = await Bureau.of(town)
    draft = await bureau.open(Kind.COMMITMENT)
    handler = await town.person("李承办")
    case = await town.act(await town.filed(accused="青海省教育厅"), Move.CLAIM, handler)
    for unknown in (draft.id, "CN-0", "%00"):
        with pytest.raises(InvalidInput, match="承诺登记簿里没有这个编号"):
            await town.act(case, Move.LINK_COMMITMENT, handler, commitment=unknown)
    promise = await bureau.act(draft, "publish", Role.RELEASER)
    case = await town.act(case, Move.LINK_COMMITMENT, handler, commitment=promise.id)
    with pytest.raises(InvalidInput, match="已经关联"):
        await town.act(case, Move.LINK_COMMITMENT, handler, commitment=promise.id)
    told = next(one for one in case.notifications if one.template == "told-commitment-linked")
    [payload] = render_notification(told.template, told.params, Language.ZH_HANS)
    assert promise.id in payload["text"]
    assert str(promise.matter) in payload["text"]
    case = await town.act(
        case, Move.UNLINK_COMMITMENT, handler, commitment=promise.id, reason="说的是另一条路"
    )
    assert case.commitments == ()
