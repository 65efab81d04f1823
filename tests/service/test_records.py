"""Records and what belongs to them, through the service on a real database."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import Any

import pytest

from cases.errors import IllegalMove, InvalidInput, NotAllowed, NotFound, SecondPersonNeeded
from cases.integrity.breaches import record_forms
from cases.integrity.breaches.publication_model import PublicationStatus
from cases.integrity.breaches.record_model import RecordStatus
from cases.integrity.breaches.repair_model import RepairStatus
from cases.integrity.breaches.sanctions import SanctionStatus
from cases.integrity.spine.vocabulary import Kind
from cases.moves.history import find_break
from cases.people import Actor, Role
from cases.ports.dossiers import DossierFilter
from cases.vocabulary import Audience
from tests.town.dossiers import FILE, OPENINGS
from tests.town.live.bureau import SUBJECT, Bureau
from tests.town.live.town import Town, actor

CONFIRMED: dict[str, Any] = {"severity": "general", "severity_reason": "金额较大", "catalogue": "other"}
DOCUMENT = OPENINGS[Kind.RECORD]["bases"][0]


async def confirmed(bureau: Bureau, record: Any = None, **given: Any) -> Any:
    """A record that was notified, not answered, and confirmed."""
    record = record or await bureau.open(Kind.RECORD)
    record = await bureau.act(record, "notify", Role.REGISTRAR, consequences="拟定一般失信")
    bureau.town.later(days=9)
    return await bureau.act(record, "confirm", **{**CONFIRMED, **given})


async def entered(bureau: Bureau, **given: Any) -> Any:
    return await bureau.act(await confirmed(bureau, **given), "enter", Role.REGISTRAR)


async def child(bureau: Bureau, record: Any, kind: Kind) -> Any:
    """The newest object of this kind that belongs to the record."""
    where = DossierFilter(kinds=frozenset({kind}), about=record.id)
    found = await bureau.service.list_dossiers(bureau.people[Role.REGISTRAR], where)
    return max(found.dossiers, key=lambda one: one.opened_at)


async def published(bureau: Bureau, record: Any, months: int = 6) -> Any:
    await bureau.act(record, "publish", Role.REGISTRAR, months=months)
    return await bureau.act(await child(bureau, record, Kind.PUBLICATION), "release", Role.RELEASER)


async def reread(bureau: Bureau, dossier: Any) -> Any:
    return await bureau.town.storage.dossiers.find(dossier.id)


async def test_from_a_complaint_to_the_public_and_the_complainant_hears_of_it(town: Town) -> None:
    bureau = await Bureau.of(town)
    case = await bureau.answered()
    order = await bureau.act(await bureau.open(Kind.ORDER, case), "issue")
    order = await bureau.act(order, "explain", Role.SUBJECT, excuse="staff", explanation="负责人已调离。")
    order = await bureau.act(order, "refuse", reason="人员变动不是理由")
    await bureau.act(order, "record", Role.REGISTRAR, facts="拒不支付合同款项。")
    with pytest.raises(IllegalMove, match="已有失信记录"):
        await bureau.act(order, "record", Role.REGISTRAR, facts="再记一次。")
    record = await confirmed(bureau, await child(bureau, order, Kind.RECORD))
    assert (record.source, record.bases[0].dossier) == (order.source, order.id)
    assert [n.template for n in record.notifications if n.audience is Audience.CITIZEN] == [
        "told-record-made"
    ]
    publication = await published(bureau, record)
    assert publication.status is PublicationStatus.PUBLIC
    assert publication.ends_on == date(2027, 6, record.found_on.day)
    assert find_break(publication.history) is None


async def test_a_hearing_comes_before_a_confirmation(town: Town) -> None:
    bureau = await Bureau.of(town)
    record = await bureau.open(Kind.RECORD)
    with pytest.raises(IllegalMove):
        await bureau.act(record, "confirm", **CONFIRMED)
    record = await bureau.act(record, "notify", Role.REGISTRAR, consequences="拟定一般失信")
    with pytest.raises(IllegalMove, match="陈述申辩期未满"):
        await bureau.act(record, "confirm", **CONFIRMED)
    record = await bureau.act(record, "state", Role.SUBJECT, statement="款项已在审批。")
    town.later(days=9)
    with pytest.raises(InvalidInput, match="是否采纳"):
        await bureau.act(record, "confirm", **CONFIRMED)
    record = await bureau.act(record, "confirm", **CONFIRMED, answer="不予采纳，至今未付。")
    assert record.status is RecordStatus.CONFIRMED
    assert record.finding_serial.endswith("1号")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"bases": [{**DOCUMENT, "number": " "}]}, "缺文号、日期或附件"),
        ({"bases": [{**DOCUMENT, "dated": None}]}, "缺文号、日期或附件"),
        ({"bases": [{**DOCUMENT, "dated": date(2027, 1, 1)}]}, "晚于今天"),
        ({"bases": [{**DOCUMENT, "effective_on": None}]}, "判决未生效"),
        ({"bases": [{**DOCUMENT, "effective_on": date(2026, 12, 30)}]}, "判决未生效"),
        ({"breach_on": date(2027, 1, 1)}, "晚于今天"),
        ({"code": "91110105000000000X"}, "校验位不符"),
        ({"body": "西宁某某建设有限公司", "region": "630102"}, "是企业"),
        ({"body": "西宁市某某砖厂（东区）", "region": "630102"}, "是企业"),
        ({"body": "某某建设有限公司西宁管理处", "region": "630102"}, "是企业"),
        ({"body": "某某律师事务所", "region": "630102"}, "是企业"),
        ({"body": "某某管理中心", "code": "91350100M000100Y43", "region": "630102"}, "是企业"),
    ],
)
async def test_what_does_not_fit_is_refused(town: Town, given: dict[str, Any], said: str) -> None:
    bureau = await Bureau.of(town)
    with pytest.raises(InvalidInput, match=said):
        await bureau.open(Kind.RECORD, **given)
    assert await bureau.service.count(bureau.people[Role.REGISTRAR], DossierFilter()) == 0


async def test_a_document_without_its_file_is_not_notified(town: Town) -> None:
    bureau = await Bureau.of(town)
    for bases in ([], [{**DOCUMENT, "file": None}]):
        record = await bureau.open(Kind.RECORD, bases=bases)
        with pytest.raises(IllegalMove, match="缺文号、日期或附件"):
            await bureau.act(record, "notify", Role.REGISTRAR, consequences="拟定一般失信")


async def test_one_document_makes_one_record_of_a_body(town: Town) -> None:
    bureau = await Bureau.of(town)
    first = await bureau.open(Kind.RECORD, key="a")
    with pytest.raises(InvalidInput, match=f"同一文书已有记录 {first.id}"):
        await bureau.open(Kind.RECORD, key="b")
    other = await bureau.open(Kind.RECORD, key="c", bases=[{**DOCUMENT, "number": "另一号"}])
    with pytest.raises(InvalidInput, match=first.id):
        await bureau.act(other, "revise", Role.REGISTRAR, facts="未付工程款。", bases=[DOCUMENT])
    again = await asyncio.gather(
        *(bureau.open(Kind.RECORD, key=f"k{n}", body="630000:省公安厅", code="") for n in range(5)),
        return_exceptions=True,
    )
    assert sum(not isinstance(one, BaseException) for one in again) == 1
    await bureau.act(first, "drop", reason="事实不清")
    assert (await bureau.open(Kind.RECORD, key="d")).id != first.id


async def test_what_may_not_be_published_is_refused(town: Town) -> None:
    bureau = await Bureau.of(town)
    record = await bureau.open(Kind.RECORD)
    with pytest.raises(IllegalMove):
        await bureau.act(record, "publish", Role.REGISTRAR, months=6)
    listed_nowhere = await confirmed(bureau, record, catalogue=None)
    with pytest.raises(IllegalMove, match="不在公共信用信息目录"):
        await bureau.act(listed_nowhere, "publish", Role.REGISTRAR, months=6)
    other = await bureau.open(Kind.RECORD, bases=[{**DOCUMENT, "number": "另一号"}])
    record = await confirmed(bureau, other)
    for months, said in ((13, "超过上限"), (2, "短于下限")):
        with pytest.raises(InvalidInput, match=said):
            await bureau.act(record, "publish", Role.REGISTRAR, months=months)
    both = actor(await town.person("兼任", Role.REGISTRAR, Role.RELEASER))
    await bureau.act(record, "publish", both, months=6)
    publication = await child(bureau, record, Kind.PUBLICATION)
    with pytest.raises(SecondPersonNeeded, match="发布人与提出人相同"):
        await bureau.act(publication, "release", both)
    with pytest.raises(IllegalMove, match="已有公示"):
        await bureau.act(record, "publish", Role.REGISTRAR, months=6)


async def test_a_publication_ends_by_itself_and_its_tombstone_goes(town: Town) -> None:
    bureau = await Bureau.of(town)
    record = await entered(bureau)
    publication = await published(bureau, record)
    town.later(days=190)
    (due,) = await bureau.service.list_waking(10)
    ended: Any = await bureau.service.wake(due)
    assert (ended.status, ended.shown) == (PublicationStatus.ENDED, None)
    town.later(days=31)
    (due,) = await bureau.service.list_waking(10)
    await bureau.service.wake(due)
    assert (await reread(bureau, publication)).status is PublicationStatus.REMOVED
    assert (await reread(bureau, record)).status is RecordStatus.ACTIVE
    town.later(days=200)
    (due,) = await bureau.service.list_waking(10)
    await bureau.service.wake(due)
    assert (await reread(bureau, record)).status is RecordStatus.EXPIRED


async def everything(bureau: Bureau) -> tuple[Any, Any, Any, Any]:
    """A record with publication, sanction and notice, all in force."""
    record = await entered(bureau)
    publication = await published(bureau, record)
    today = date(2026, 12, 3)
    given: dict[str, Any] = {
        "measure": "honours",
        "begins_on": today,
        "ends_on": date(2028, 1, 1),
        "reason": "失信在案",
    }
    await bureau.act(record, "sanction", Role.REGISTRAR, **given)
    sanction = await bureau.act(await child(bureau, record, Kind.SANCTION), "approve")
    await bureau.act(record, "expose", Role.REGISTRAR, scope="public", ground="repeated")
    exposure = await bureau.act(await child(bureau, record, Kind.EXPOSURE), "release", Role.RELEASER)
    return await reread(bureau, record), publication, sanction, exposure


async def test_granted_repair_ends_publication_sharing_and_sanctions_together(town: Town) -> None:
    bureau = await Bureau.of(town)
    record, publication, sanction, _ = await everything(bureau)
    applying: dict[str, Any] = {"corrected": "已付清", "proof": [FILE], "pledge": True}
    with pytest.raises(IllegalMove, match="未满最短公示期，最早2027年"):
        await bureau.act(record, "apply_repair", Role.SUBJECT, **applying)
    town.later(days=100)
    without: list[dict[str, Any]] = [{"proof": []}, {"pledge": False}]
    for lacking in without:
        with pytest.raises(InvalidInput, match="缺履行证明或信用承诺"):
            await bureau.act(record, "apply_repair", Role.SUBJECT, **{**applying, **lacking})
    await bureau.act(record, "apply_repair", Role.SUBJECT, **applying)
    repair = await bureau.act(await child(bureau, record, Kind.REPAIR), "accept", Role.REGISTRAR)
    with pytest.raises(IllegalMove, match="认定单位已核实履行完毕"):
        await bureau.act(repair, "grant")
    repair = await bureau.act(repair, "verify", performance="已全部支付", other_conditions=True)
    repair = await bureau.act(repair, "grant")
    ended = [await reread(bureau, one) for one in (record, publication, sanction)]
    assert [one.status for one in (repair, *ended)] == [
        RepairStatus.GRANTED,
        RecordStatus.REPAIRED,
        PublicationStatus.ENDED,
        SanctionStatus.LIFTED,
    ]
    assert ended[0].sharing.withdrawn
    assert ended[1].tombstone == "已终止公示"
    assert all(find_break(one.history) is None for one in ended)


async def test_a_revoked_record_is_withdrawn_everywhere_with_the_reason_in_public(town: Town) -> None:
    bureau = await Bureau.of(town)
    record, publication, sanction, exposure = await everything(bureau)
    record = await bureau.act(record, "annul", Role.REGISTRAR, document="再审判决", reason="原判撤销")
    with pytest.raises(IllegalMove, match="依据已被撤销"):
        await bureau.act(
            record,
            "sanction",
            Role.REGISTRAR,
            measure="honours",
            begins_on=date(2027, 1, 1),
            ends_on=date(2028, 1, 1),
            reason="又一项",
        )
    record = await bureau.act(record, "revoke", reason="所依据的判决已被撤销")
    after = [await reread(bureau, one) for one in (publication, sanction, exposure)]
    assert [one.status for one in after] == ["withdrawn", "lifted", "withdrawn"]
    assert (after[0].tombstone, after[0].shown) == ("所依据的判决已被撤销", None)
    assert record.sharing.withdrawn
    assert [one.id for one in await town.storage.dossiers.list_unsettled(10)] == [record.id]


async def test_a_correction_is_published_and_a_rejected_objection_is_reviewed_once(town: Town) -> None:
    bureau = await Bureau.of(town)
    record = await entered(bureau)
    publication = await published(bureau, record)
    with pytest.raises(InvalidInput, match="至少一份"):
        await bureau.act(record, "object", Role.SUBJECT, reason="已付清")
    await bureau.act(record, "object", Role.SUBJECT, reason="已付清", documents=[FILE])
    with pytest.raises(IllegalMove, match="异议已在处理"):
        await bureau.act(record, "object", Role.SUBJECT, reason="已付清", documents=[FILE])
    objection = await bureau.act(await child(bureau, record, Kind.OBJECTION), "mark", Role.REGISTRAR)
    assert (await reread(bureau, publication)).disputed
    objection = await bureau.act(objection, "check", Role.REGISTRAR, found="核对了凭证")
    objection = await bureau.act(objection, "reject", reason="凭证不实")
    assert not (await reread(bureau, publication)).disputed
    objection = await bureau.act(objection, "ask_review", Role.SUBJECT, reason="不服")
    with pytest.raises(NotAllowed):
        await bureau.act(objection, "reject_review", reason="维持")
    above = actor(await town.person("上级", Role.CONFIRMER, department="630000:青海省人民政府"))
    objection = await bureau.act(objection, "reject_review", above, reason="维持")
    with pytest.raises(IllegalMove, match="复核已用"):
        await bureau.act(objection, "ask_review", Role.SUBJECT, reason="还是不服")
    await bureau.act(record, "object", Role.SUBJECT, reason="数额有误", documents=[FILE])
    again = await bureau.act(await child(bureau, record, Kind.OBJECTION), "mark", Role.REGISTRAR)
    again = await bureau.act(again, "check", Role.REGISTRAR, found="数额确实有误")
    await bureau.act(again, "uphold", decision="corrected", facts="逾期支付部分款项。", reason="凭证属实")
    shown = (await reread(bureau, publication)).shown
    assert (shown.facts, (await reread(bureau, record)).facts) == ("逾期支付部分款项。",) * 2


async def test_officials_lie_in_the_sealed_archive(town: Town) -> None:
    bureau = await Bureau.of(town)
    official = await town.person("欧阳某官", Role.HANDLER, department=SUBJECT)
    record = await bureau.open(
        Kind.RECORD, official="欧阳某官", post="处长", account=official.id, bases=[DOCUMENT]
    )
    stranger = await town.person("别人", department=SUBJECT)
    for account in (stranger.id, "nobody"):
        with pytest.raises(InvalidInput, match="本人的账号"):
            await bureau.open(Kind.RECORD, official="欧阳某官", account=account, key=account)
    everywhere = DossierFilter(kinds=frozenset({Kind.RECORD}))
    seen = {
        "registrar": bureau.people[Role.REGISTRAR],
        "auditor": actor(await town.person("审计", Role.AUDITOR)),
    }
    blind: dict[str, Actor] = {
        "confirmer": bureau.people[Role.CONFIRMER],
        "supervisor": actor(await town.person("督办", Role.SUPERVISOR, department="630000:省发展改革委")),
        "subject": bureau.people[Role.SUBJECT],
    }
    for name, person in (seen | blind).items():
        assert await bureau.service.count(person, everywhere) == (1 if name in seen else 0), name
    for person in blind.values():
        with pytest.raises((NotFound, NotAllowed)):
            await bureau.service.get(record.id, person)
    assert await bureau.service.count(actor(official), everywhere) == 0, "not before notice"
    second = actor(await town.person("第二经办", Role.REGISTRAR))
    record = await bureau.act(record, "notify", Role.REGISTRAR, consequences="拟入档案")
    assert (await bureau.service.get(record.id, actor(official))).dossier.id == record.id
    town.later(days=9)
    with pytest.raises(SecondPersonNeeded):
        await bureau.act(record, "confirm", Role.REGISTRAR, **CONFIRMED)
    record = await bureau.act(record, "confirm", second, **CONFIRMED)
    with pytest.raises(IllegalMove, match="不公示"):
        await bureau.act(record, "publish", Role.REGISTRAR, months=6)
    record = await bureau.act(record, "enter", Role.REGISTRAR)
    assert record.sharing is None
    raw = await town.storage.database["dossiers"].find_one({"_id": record.id})
    assert "欧阳某官" not in str(raw)
    await bureau.act(record, "object", actor(official), reason="处分已撤销", documents=[FILE])
    objection = await bureau.act(await child(bureau, record, Kind.OBJECTION), "mark", Role.REGISTRAR)
    objection = await bureau.act(objection, "check", Role.REGISTRAR, found="核对了处分决定")
    with pytest.raises((NotFound, NotAllowed)):
        await bureau.act(objection, "reject", Role.CONFIRMER, reason="不实")
    await bureau.act(objection, "uphold", second, decision="revoked", reason="处分已撤销")
    record = await reread(bureau, record)
    assert record.status is RecordStatus.REVOKED
    assert not [n for n in record.notifications if n.audience is Audience.CITIZEN]


async def test_a_release_and_a_revocation_at_once_leave_nothing_public(town: Town) -> None:
    bureau = await Bureau.of(town)
    for _ in range(3):
        number = f"（2026）{_}号"
        record = await bureau.open(Kind.RECORD, bases=[{**DOCUMENT, "number": number}], key=number)
        record = await bureau.act(await confirmed(bureau, record), "enter", Role.REGISTRAR)
        await bureau.act(record, "publish", Role.REGISTRAR, months=6)
        publication = await child(bureau, record, Kind.PUBLICATION)
        await asyncio.gather(
            bureau.act(publication, "release", Role.RELEASER),
            bureau.act(record, "revoke", reason="依据被撤销"),
            return_exceptions=True,
        )
        record, publication = await reread(bureau, record), await reread(bureau, publication)
        assert record.status is RecordStatus.REVOKED
        assert publication.status in {PublicationStatus.WITHDRAWN, PublicationStatus.DROPPED}


async def test_merged_and_absent(town: Town) -> None:
    bureau = await Bureau.of(town)
    kept = await confirmed(bureau)
    other = await bureau.open(Kind.RECORD, bases=[{**DOCUMENT, "number": "二号"}])
    other = await confirmed(bureau, other)
    with pytest.raises(InvalidInput, match="没有可以合并"):
        await bureau.act(other, "merge", into=other.id)
    other = await bureau.act(other, "merge", into=kept.id)
    assert (other.status, other.merged_into) == (RecordStatus.MERGED, kept.id)
    harbin = await Bureau.of(town, "220000:省政务服务和数字化局")
    with pytest.raises(NotFound, match="未设此制度"):
        harbin.service.basis(Kind.EXPOSURE, "jilin")
    with pytest.raises(NotFound, match="未设此制度"):
        harbin.service.basis(Kind.OBJECTION, "jilin")
    assert Kind.OBJECTION not in harbin.service.kinds_in("jilin")


async def test_the_public_reads_what_is_published_and_nothing_of_a_person(town: Town) -> None:
    bureau = await Bureau.of(town)
    public = bureau.service.public
    record, publication, _, exposure = await everything(bureau)
    entry = await public.find(publication.id)
    assert entry == await public.find(record.id) or entry.kind is Kind.PUBLICATION
    assert entry.shown is not None
    assert (entry.subject.department, entry.status, entry.shown.facts) == (SUBJECT, "公示中", record.facts)
    page = await public.list_entries(region="630000", year=2026, words="教育厅", domain=record.domain)
    assert {one.id for one in page.entries} == {publication.id, exposure.id}
    for nothing in (await public.list_entries(year=2025), await public.list_entries(region="230000")):
        assert nothing.entries == ()
    for hidden in (record.confirmer, *(entry.actor.name for entry in record.history)):
        assert hidden not in repr(page.entries)
    await bureau.act(record, "revoke", reason="依据被撤销")
    after = await public.find(publication.id)
    assert (after.shown, after.tombstone, (await public.find(exposure.id)).facts) == (None, "依据被撤销", "")
    secret = await bureau.open(Kind.RECORD, official="戊某", bases=[{**DOCUMENT, "number": "三号"}])
    for unknown in (secret.id, "GS20261123-0000000-0"):
        with pytest.raises(NotFound):
            await public.find(unknown)


async def test_awards_are_checked_and_every_question_is_audited(town: Town) -> None:
    bureau = await Bureau.of(town)
    awards, confirmer = bureau.service.awards, bureau.people[Role.CONFIRMER]
    record, *_ = await everything(bureau)
    asked = ["青海省教育厅", "11630000015000453N", "青海省公安厅", "某单位"]
    answers = await awards.check(asked, date(2027, 1, 1), confirmer)
    assert [one.verdict.value for one in answers] == ["no", "no", "yes", "look"]
    assert answers[0].record == record.id
    later = await awards.check(asked[:1], date(2030, 1, 1), confirmer)
    assert [one.verdict.value for one in later] == ["look"]
    await bureau.act(record, "revoke", reason="依据被撤销")
    assert (await awards.check(asked[:1], date(2027, 1, 1), confirmer))[0].verdict.value == "yes"
    with pytest.raises(NotAllowed):
        await awards.check(asked, date(2027, 1, 1), bureau.people[Role.SUBJECT])
    with pytest.raises(InvalidInput, match="校验位"):
        await awards.check(["116300000150004530"], date(2027, 1, 1), confirmer)
    entries = await town.storage.audit.list_entries()
    assert sum(entry.action == "award.checked" for entry in entries) == 3


async def test_the_handler_of_the_source_case_sees_states_only(town: Town) -> None:
    bureau = await Bureau.of(town)
    case = await bureau.answered()
    assert await bureau.service.states_of(case) == ()
    await bureau.act(await bureau.open(Kind.ORDER, case), "issue")
    ((blueprint, state, _),) = await bureau.service.states_of(case)
    assert (blueprint.name, state) == ("限期整改", "已下达")


async def test_an_import_can_be_looked_at_before_anything_is_stored(town: Town) -> None:
    bureau = await Bureau.of(town)
    registrar, service = bureau.people[Role.REGISTRAR], bureau.service
    draft = record_forms.Draft.model_validate(OPENINGS[Kind.RECORD])
    shown: Any = await service.check_opening(Kind.RECORD, draft, registrar)
    assert (shown.subject.department, shown.facts) == (SUBJECT, draft.facts)
    assert await service.count(registrar, DossierFilter()) == 0
    stored = await bureau.open(Kind.RECORD, key="row-1")
    with pytest.raises(InvalidInput, match=stored.id):
        await service.check_opening(Kind.RECORD, draft, registrar)
    wrong = draft.model_copy(update={"code": "116300000150004530"})
    with pytest.raises(InvalidInput, match="校验位"):
        await service.check_opening(Kind.RECORD, wrong, registrar)


async def test_a_key_used_for_something_else_is_refused(town: Town) -> None:
    bureau = await Bureau.of(town)
    first = await bureau.open(Kind.ORDER, key="form#one")
    assert await bureau.open(Kind.ORDER, key="form#one") == first
    with pytest.raises(InvalidInput, match="另一次提交"):
        await bureau.open(Kind.ORDER, key="form#two", legal_basis="别的依据")
