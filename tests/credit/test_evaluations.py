"""Evaluations: counted from the records, seen and objected to before they are public, not in noise."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook

from cases.errors import ConflictOfInterest, IllegalMove, InvalidInput, NotFound, SecondPersonNeeded
from cases.instants import local_date
from cases.integrity.registers.evaluation_model import Evaluation
from cases.integrity.spine.vocabulary import Kind
from cases.people import Actor, Role
from cases.service.credit.warnings import credit_warnings
from tests.town.dossiers import ARGS, FILE, PROMISE
from tests.town.live.bureau import SUBJECT, TOLD, Bureau
from tests.town.live.town import Town, actor
from tests.town.places import REFORM

OTHER = "630000:省公安厅"


async def kept(bureau: Bureau, body: str, number: int, *, in_time: bool = True) -> Any:
    """A disclosure of this body that was due, posted in time or late."""
    today = local_date(bureau.town.watch.now)
    decided = today - (timedelta(days=2) if in_time else timedelta(days=20))
    due = await bureau.open(
        Kind.DISCLOSURE, key=f"{body}{number}", body=body, code="", number=f"第{number}号", decided_on=decided
    )
    address = "https://credit.example.org/1"
    return await bureau.act(due, "post", Role.REGISTRAR, posted_on=today, address=address)


async def year_of(bureau: Bureau, good: int = 12, bad: int = 2) -> None:
    """The subject did well, another body badly."""
    for n in range(good):
        await kept(bureau, SUBJECT, n)
    for n in range(bad):
        await kept(bureau, SUBJECT, 100 + n, in_time=False)
    for n in range(good):
        await kept(bureau, OTHER, 200 + n, in_time=False)


async def settled(bureau: Bureau, **given: Any) -> Any:
    evaluation = await bureau.open(Kind.EVALUATION, code="", **given)
    evaluation = await bureau.act(evaluation, "show")
    return await bureau.act(evaluation, "accept", Role.SUBJECT)


async def published(bureau: Bureau, **given: Any) -> Any:
    return await bureau.act(await settled(bureau, **given), "publish", Role.RELEASER)


async def test_counted_shown_objected_to_counted_again_and_published(town: Town) -> None:
    bureau = await Bureau.of(town)
    await year_of(bureau)
    wrong = await kept(bureau, SUBJECT, 999, in_time=False)
    drafted = await bureau.open(Kind.EVALUATION, code="")
    profile = drafted.profile
    (part,) = [one for one in profile.parts if one.key == "disclosure"]
    assert (part.good, part.whole) == (12, 15)
    assert (profile.band, profile.bands, profile.peers) == (1, 2, 2)
    with pytest.raises(NotFound):
        await bureau.service.get(drafted.id, bureau.people[Role.SUBJECT])
    both = actor(await town.person("一人", Role.REGISTRAR, Role.CONFIRMER))
    own = await bureau.open(Kind.EVALUATION, who=both, key="own", code="", body="630000:省公安厅")
    with pytest.raises(SecondPersonNeeded):
        await bureau.act(own, "show", both)

    shown = await bureau.act(drafted, "show")
    clock = shown.clocks[-1]
    assert clock.amount == 10
    assert "本辖区文件未规定" in clock.basis
    with pytest.raises(IllegalMove):
        await bureau.act(shown, "publish", Role.RELEASER)
    assert (await town.client.get(f"/evaluations/{shown.id}")).status == 404
    objected = await bureau.act(shown, "object", Role.SUBJECT, reason="第999号登记有误", documents=[FILE])
    theirs = await kept(bureau, OTHER, 998, in_time=False)
    for strange in ("JL20261123-0000000-0", theirs.id, objected.id):
        with pytest.raises(InvalidInput, match="没有计入"):
            await bureau.act(objected, "uphold", reason="登记重复", left_out=[strange])
    recounted = await bureau.act(objected, "uphold", reason="登记重复", left_out=[f" {wrong.id.lower()} "])
    (part,) = [one for one in recounted.profile.parts if one.key == "disclosure"]
    assert (part.good, part.whole) == (12, 14)
    assert recounted.left_out == (wrong.id,)
    assert recounted.status.value == "shown"
    await kept(bureau, SUBJECT, 1000, in_time=False)
    town.later(days=30)
    done = await bureau.wake(recounted)
    assert done.status.value == "settled"
    assert done.profile == recounted.profile, "frozen: what came later changes nothing"
    with pytest.raises(IllegalMove):
        await bureau.act(done, "object", Role.SUBJECT, reason="太晚")
    done = await bureau.act(done, "publish", Role.RELEASER)

    page = await town.page(f"/evaluations/{done.id}", {})
    for words in (
        "第1档（共2档",
        "限期公开按期率",
        "86%（12/14）",
        "可能60%至96%",
        "得分 = ",
        "本辖区文件未规定",
    ):
        assert words in page
    for hidden in ("第999号", "登记重复", "丁代表", "乙认定", "甲经办"):
        assert hidden not in page
    told = await (await town.client.get(f"/evaluations/{done.id}.json")).json()
    assert (told["band"], told["compared"], told["year"]) == (1, 2, done.for_year)
    assert done.id in await town.page("/evaluations", {"Accept-Language": "en"})
    body = "/bodies/630000%3A%E7%9C%81%E6%95%99%E8%82%B2%E5%8E%85"
    assert done.id in await town.page(body, {})
    assert (await (await town.client.get(f"{body}.json")).json())["evaluations"] == [told]
    supervisor = await town.sign_in(await town.person("杜督办", Role.SUPERVISOR, department=REFORM))
    assert "1项" in await town.page("/board/credit", supervisor)
    assert done.id in await town.page("/evaluations?region=63&words=省教育厅", {})
    assert done.id not in await town.page("/evaluations?region=44", {})
    withdrawn = await bureau.act(done, "withdraw", Role.RELEASER, reason="数字有误")
    assert (await town.client.get(f"/evaluations/{withdrawn.id}")).status == 404


async def test_no_rank_inside_noise_and_none_of_few(town: Town) -> None:
    bureau = await Bureau.of(town)
    for n in range(3):
        await kept(bureau, SUBJECT, n)
    few = await bureau.open(Kind.EVALUATION, code="")
    assert few.profile.band is None
    assert "不足10件，不评分、不分档" in few.result
    done = await bureau.act(await bureau.act(few, "show"), "accept", Role.SUBJECT)
    await bureau.act(done, "publish", Role.RELEASER)
    page = await town.page(f"/evaluations/{few.id}", {})
    assert "不足5件" in page
    assert "（3/3）" not in page
    told = await (await town.client.get(f"/evaluations/{few.id}.json")).json()
    assert (told["score"], told["band"]) == (None, None)
    assert [part["whole"] for part in told["parts"]] == [None]


async def test_alike_bodies_stand_in_one_band(town: Town) -> None:
    bureau = await Bureau.of(town)
    for body, bad in ((SUBJECT, 2), (OTHER, 3)):
        for n in range(12):
            await kept(bureau, body, n, in_time=n >= bad)
    one = await bureau.open(Kind.EVALUATION, code="")
    assert (one.profile.band, one.profile.bands) == (1, 1)
    assert (one.profile.best, one.profile.worst) == (1, 2)
    assert not one.profile.is_lowest


async def test_a_place_is_evaluated_and_its_government_sees_it_first(town: Town) -> None:
    bureau = await Bureau.of(town)
    await kept(bureau, SUBJECT, 1)
    whole = await bureau.open(Kind.EVALUATION, of="place", body="", code="")
    assert (whole.subject.whole_area, whole.subject.department) == (True, "630000:青海省人民政府")
    home = town.services.rules.jurisdictions.get("qinghai")
    code, government = next(iter(home.local_governments.items()))
    below = await bureau.open(Kind.EVALUATION, key="below", of="place", body="", code="", region=code)
    assert below.subject.department == government
    shown = await bureau.act(below, "show")
    speaker = actor(await town.person("市代表", Role.SUBJECT, department=government))
    assert (await bureau.service.get(shown.id, speaker)).dossier.id == shown.id
    clerk = actor(await town.person("市经办", Role.REGISTRAR, department=government))
    with pytest.raises(ConflictOfInterest):
        await bureau.open(Kind.EVALUATION, who=clerk, of="place", body="", code="", region=code)
    with pytest.raises(ConflictOfInterest):
        await bureau.service.get(shown.id, clerk)


WRONG: tuple[tuple[dict[str, Any], str], ...] = (
    ({"body": " "}, "单位的全称"),
    ({"year": 1999}, "2000年至今年"),
    ({"year": 2999}, "2000年至今年"),
    ({"of": "place", "region": "440100"}, "不在您单位所在的辖区内"),
    ({"of": "place", "region": "六三"}, "不在您单位所在的辖区内"),
    ({"of": "place", "region": "630999", "body": ""}, "地区名称"),
    ({"body": "某某建设有限公司"}, "市场主体"),
)


async def test_what_cannot_be_evaluated_is_said(town: Town) -> None:
    bureau = await Bureau.of(town)
    for given, said in WRONG:
        with pytest.raises(InvalidInput, match=said):
            await bureau.open(Kind.EVALUATION, code="", **given)


async def test_one_standing_evaluation_of_a_year_counts_that_year(town: Town) -> None:
    bureau = await Bureau.of(town)
    await kept(bureau, SUBJECT, 1)
    first = await bureau.open(Kind.EVALUATION, code="")
    with pytest.raises(InvalidInput, match=first.id):
        await bureau.open(Kind.EVALUATION, key="2", code="")
    last = await bureau.open(Kind.EVALUATION, key="3", code="", year=first.for_year - 1)
    assert [part.key for part in first.parts] == ["disclosure"]
    assert last.parts == (), "what is of another year does not count"
    await bureau.act(first, "drop", reason="重新起草")
    await bureau.open(Kind.EVALUATION, key="4", code="")


async def test_an_award_check_looks_at_the_newest_evaluation(town: Town) -> None:
    bureau = await Bureau.of(town)
    await year_of(bureau)
    good = await published(bureau)
    bad = await bureau.open(Kind.EVALUATION, key="bad", body=OTHER, code="")
    assert bad.profile.is_lowest
    names = [town.services.rules.jurisdictions.department(id).full_name for id in (SUBJECT, OTHER)]
    today, who = local_date(town.watch.now), bureau.people[Role.REGISTRAR]
    answers = await bureau.service.awards.check(names, today, who)
    assert [one.verdict.value for one in answers] == ["yes", "yes"], "what is not public counts for nobody"
    assert answers[0].evaluation == good.id
    bad = await bureau.act(bad, "show")
    bad = await bureau.act(bad, "accept", Role.REGISTRAR)
    await bureau.act(bad, "publish", Role.RELEASER)
    warned = await credit_warnings(bureau.service, who, today)
    assert [one.id for one in warned.lowest] == [bad.id]
    answers = await bureau.service.awards.check(names, today, who)
    assert [(one.verdict.value, one.record) for one in answers] == [("yes", ""), ("look", bad.id)]


async def test_the_attachment_is_there_once_it_is_settled_and_says_how_it_was_counted(town: Town) -> None:
    bureau = await Bureau.of(town)
    await year_of(bureau)
    shown = await bureau.act(await bureau.open(Kind.EVALUATION, code=""), "show")
    registrar = await town.sign_in(await town.person("周经办", Role.REGISTRAR))
    at = f"/credit/{shown.id}/attachment"
    refused = await town.client.get(f"{at}/docx", headers=registrar)
    assert refused.status == 409
    assert "还没有确定" in await refused.text()
    await bureau.act(shown, "accept", Role.SUBJECT)
    answer = await town.client.get(f"{at}/docx", headers=registrar)
    paper = Document(io.BytesIO(await answer.read()))
    words = "\n".join(one.text for one in paper.paragraphs)
    assert "绩效考核附件" in words
    assert "得分 = " in words
    assert "在期限内没有提出异议" in words
    assert "限期公开按期率" in [cell.text for row in paper.tables[0].rows for cell in row.cells]
    pdf = await (await town.client.get(f"{at}/pdf", headers=registrar)).read()
    assert pdf.startswith(b"%PDF")
    assert (await town.client.get(f"{at}/exe", headers=registrar)).status == 404
    trail = await town.storage.audit.list_entries(subject=shown.id)
    assert [one.action for one in trail] == ["evaluation.exported"] * 2


async def test_every_part_is_counted_from_its_objects(town: Town) -> None:
    bureau = await Bureau.of(town)
    today = local_date(town.watch.now)
    promise: dict[str, Any] = {**PROMISE, "due_on": today + timedelta(days=3)}
    for key in ("kept", "late"):
        one = await bureau.act(
            await bureau.open(Kind.COMMITMENT, key=key, **promise), "publish", Role.RELEASER
        )
        if key == "late":
            town.later(days=5)
            one = await bureau.wake(one)
            if one.status.value != "late":
                one = await bureau.wake(one)
        one = await bureau.act(one, "prove", Role.SUBJECT, note="已经通车", proof=[FILE])
        await bureau.act(one, "keep")
    order = await bureau.act(await bureau.open(Kind.ORDER, await bureau.answered()), "issue")
    order = await bureau.act(order, "explain", Role.SUBJECT, excuse="staff", explanation="负责人已调离。")
    await bureau.act(order, "refuse", reason="人员变动不是理由")
    sealed = await bureau.open(Kind.RECORD, official="欧阳某官", post="局长")
    motion = await bureau.open(Kind.MOTION, received_on=today, due_on=today + timedelta(days=20))
    on = local_date(town.watch.now)
    await bureau.act(motion, "answer", Role.SUBJECT, **{**ARGS[(Kind.MOTION, "answer")], "answered_on": on})
    evaluation = await bureau.open(Kind.EVALUATION, code="")
    counted = {part.key: (part.good, part.whole) for part in evaluation.parts}
    assert counted["promise"] == (2, 2)
    assert counted["promise_in_time"] == (1, 2)
    assert counted["order"] == (0, 1)
    assert counted["motion"] == (1, 1)
    assert "repair" not in counted, sealed.id


async def test_of_a_complaint_and_of_people_nothing_goes_out(town: Town) -> None:
    bureau = await Bureau.of(town)
    case = await bureau.answered()
    await bureau.act(await bureau.open(Kind.ORDER, case), "issue")
    await year_of(bureau)
    await bureau.open(Kind.RECORD, official="欧阳某官", post="原局长")
    done = await published(bureau)
    _, _, evaluator = await mandated(bureau)
    registrar = await town.sign_in(await town.person("周经办", Role.REGISTRAR))
    said = [
        await (await town.client.get(path, headers=headers)).text()
        for path, headers in (
            (f"/evaluations/{done.id}", {}),
            ("/evaluations", {}),
            ("/credit/aggregates?by=place", evaluator),
            ("/credit/aggregates?by=kind", evaluator),
        )
    ]
    said.append(str(await (await town.client.get(f"/evaluations/{done.id}.json")).json()))
    paper = await (await town.client.get(f"/credit/{done.id}/attachment/docx", headers=registrar)).read()
    said.append("\n".join(one.text for one in Document(io.BytesIO(paper)).paragraphs))
    stored = await town.storage.dossiers.find(done.id)
    said.append(str([one for one in stored.notifications if one.audience != "department"] if stored else ""))
    for text in said:
        for canary in (
            case.number,
            TOLD[:12],
            TOLD[-12:],
            "欧阳某官",
            "原局长",
            "甲经办",
            "乙认定",
            "丁代表",
        ):
            assert canary not in text


# -- outside evaluators ---------------------------------------------------------------------------
async def mandated(bureau: Bureau, **given: Any) -> tuple[Any, Actor, dict[str, str]]:
    """A standing mandate, who it is for, and their browser."""
    staff = await bureau.town.person("孙评价", Role.EVALUATOR)
    today = local_date(bureau.town.watch.now)
    term: dict[str, Any] = {"begins_on": today, "ends_on": today + timedelta(days=20), **given}
    mandate = await bureau.open(Kind.MANDATE, account=staff.id, key=staff.id, **term)
    return await bureau.act(mandate, "grant"), actor(staff), await bureau.town.sign_in(staff)


async def test_an_evaluator_sees_aggregates_while_the_mandate_runs_and_nothing_else(town: Town) -> None:
    bureau = await Bureau.of(town)
    await year_of(bureau)
    mandate, who, headers = await mandated(bureau)
    page = await town.page("/credit/aggregates?by=kind", headers)
    assert "限期公开按期率" in page
    assert "46%（12/26）" in page
    assert "教育厅" not in page
    assert "公安厅" not in page
    sheet = await town.post(
        "/credit/aggregates", await town.storage.staff.get(who.id or ""), headers, by="kind", year="2026"
    )
    cells = load_workbook(io.BytesIO(await sheet.read())).worksheets[0].iter_rows(values_only=True)
    body = str(list(cells))
    assert "孙评价" in body
    assert "46%（12/26）" in body
    assert "教育厅" not in body
    token = await town.token(await town.storage.staff.get(who.id or ""), "credit:read")
    told = await (await town.client.get("/api/v1/aggregates?by=kind", headers=token)).json()
    (column,) = [n for n, part in enumerate(told["parts"]) if part["key"] == "disclosure"]
    assert told["totals"][column] == {"whole": 26, "good": 12}
    trail = await town.storage.audit.list_entries(subject="qinghai")
    assert {one.actor for one in trail} == {who.id}
    assert sorted(one.action for one in trail) == ["aggregates.exported", *["aggregates.read"] * 2]

    other = await bureau.open(Kind.EVALUATION, code="")
    listed = await town.page("/credit?view=all", headers)
    assert mandate.id in listed
    assert other.id not in listed
    for closed in ("/credit/archives", "/credit/awards", "/desk", "/board", f"/credit/{other.id}"):
        assert (await town.client.get(closed, headers=headers, allow_redirects=False)).status in {403, 404}
    town.later(days=21)
    again = await town.sign_in(await town.storage.staff.get(who.id or ""))
    refused = await town.client.get("/credit/aggregates", headers=again)
    assert refused.status == 403
    assert "已经到期" in await refused.text()
    assert (await bureau.wake(mandate)).status.value == "ended"


async def test_before_its_first_day_and_without_a_grant_nothing_is_open(town: Town) -> None:
    bureau = await Bureau.of(town)
    today = local_date(town.watch.now)
    for begins in (-3, 3):
        staff = await town.person("孙评价", Role.EVALUATOR)
        begins_on, ends_on = today + timedelta(days=begins), today + timedelta(days=9)
        mandate = await bureau.open(
            Kind.MANDATE, account=staff.id, key=staff.id, begins_on=begins_on, ends_on=ends_on
        )
        if begins > 0:
            await bureau.act(mandate, "grant")
        headers = await town.sign_in(staff)
        assert (await town.client.get("/credit/aggregates", headers=headers)).status == 403


async def test_a_mandate_takes_two_people_and_a_term(town: Town) -> None:
    bureau = await Bureau.of(town)
    evaluator, both = (
        await town.person("孙评价", Role.EVALUATOR),
        actor(await town.person("一人", Role.REGISTRAR, Role.CONFIRMER)),
    )
    with pytest.raises(InvalidInput, match="结束日期"):
        await bureau.open(Kind.MANDATE, account=evaluator.id, ends_on="2026-01-01")
    for nobody in ("s-nobody", str(both.id)):
        with pytest.raises(InvalidInput, match="第三方评价员账号"):
            await bureau.open(Kind.MANDATE, account=nobody)
    own = await bureau.open(Kind.MANDATE, who=both, account=evaluator.id)
    with pytest.raises(SecondPersonNeeded):
        await bureau.act(own, "grant", both)


async def test_where_no_document_has_third_parties_there_is_none(town: Town) -> None:
    home = town.services.rules.jurisdictions.get("heilongjiang")
    clerk = await town.person("黑经办", Role.REGISTRAR, department=home.coordinator)
    headers = await town.sign_in(clerk)
    assert (await town.client.get("/credit/aggregates", headers=headers)).status == 404
    assert "/credit/new/mandate" not in await town.page("/credit", headers)
    assert "/credit/new/evaluation" in await town.page("/credit", headers)


async def test_a_province_holds_what_its_cities_keep_themselves(town: Town) -> None:
    home = town.services.rules.jurisdictions.get("harbin")
    city = await Bureau.of(town, home.coordinator)
    body = next(d for d in home.departments if d.id not in {home.coordinator, home.government})
    on = local_date(town.watch.now)
    for n in range(3):
        one = await city.open(
            Kind.MOTION, key=f"{n}", body=body.id, code="", number=f"{n}号", received_on=on, due_on=on
        )
        await city.act(one, "answer", Role.REGISTRAR, result="done", answer="已经解决", answered_on=on)
    above = town.services.rules.jurisdictions.get("heilongjiang")
    province = await Bureau.of(town, above.coordinator)
    for region in ("", home.region_codes[0]):
        found = await province.open(Kind.EVALUATION, key=region, of="place", body="", code="", region=region)
        counted = {part.key: (part.good, part.whole) for part in found.parts}
        assert counted["motion"] == (3, 3), found.subject.name
    assert found.subject.name == "哈尔滨市"


async def test_over_the_api_its_parts_are_read_line_by_line(town: Town) -> None:
    bureau = await Bureau.of(town)
    await year_of(bureau)
    token = await town.token(await town.person("周经办", Role.REGISTRAR), "credit:read", "credit:write")
    asked = {"kind": "evaluation", "fields": {"of": "body", "body": "青海省教育厅", "year": 2026}}
    made = await (await town.client.post("/api/v1/dossiers", json=asked, headers=token)).json()
    told = {one["label"]: one["text"] for one in made["fields"]}
    assert told["各项指标"].startswith("指标：限期公开按期率；权重：5；数字：86%（12/14，")
    assert [one["move"] for one in made["moves"]] == ["count"]


async def test_what_is_stored_opens_again(town: Town) -> None:
    bureau = await Bureau.of(town)
    await kept(bureau, SUBJECT, 1)
    opened = await bureau.open(Kind.EVALUATION, code="")
    stored = await town.storage.dossiers.find(opened.id)
    assert isinstance(stored, Evaluation)
    assert stored.profile == opened.profile
