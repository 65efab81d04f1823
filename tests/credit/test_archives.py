"""The archive of a body: good and bad in one place, its own for it, taken out with a mark."""

from __future__ import annotations

import io
from datetime import date

import pytest
from openpyxl import load_workbook

from cases.errors import InvalidInput, SecondPersonNeeded
from cases.integrity.spine.vocabulary import Kind
from cases.people import Role
from tests.town.dossiers import OPENINGS
from tests.town.live.bureau import SUBJECT, Bureau
from tests.town.live.town import Town, actor

OTHER_DOCUMENT = {**OPENINGS[Kind.RECORD]["bases"][0], "number": "（2026）青01民终99号"}


async def test_good_and_bad_stand_in_one_archive_and_a_body_reads_its_own(town: Town) -> None:
    bureau = await Bureau.of(town)
    honour = await bureau.open(Kind.HONOUR, title="=HYPERLINK(1)")
    promise = await bureau.act(await bureau.open(Kind.COMMITMENT), "publish", Role.RELEASER)
    registrar = await town.sign_in(await town.person("甲乙", Role.REGISTRAR))
    page = await town.page("/credit/archives?body=青海省教育厅", registrar)
    assert honour.id in page
    assert promise.id in page
    speaker = await town.person("戊代表", Role.SUBJECT, department=SUBJECT)
    own = await town.page("/credit/archives", await town.sign_in(speaker))
    assert promise.id in own
    assert honour.id not in own, "not confirmed yet"
    await bureau.act(honour, "confirm")
    assert honour.id in await town.page("/credit/archives", await town.sign_in(speaker))
    other = await town.person("己代表", Role.SUBJECT, department="630000:省民政厅")
    assert promise.id not in await town.page("/credit/archives?body=青海省教育厅", await town.sign_in(other))


async def test_what_is_taken_out_says_who_took_it_and_is_on_record(town: Town) -> None:
    bureau = await Bureau.of(town)
    await bureau.open(Kind.HONOUR, title="=HYPERLINK(1)")
    person = await town.person("甲乙", Role.REGISTRAR)
    who = await town.sign_in(person)
    answer = await town.post("/credit/archives", person, who, body="青海省教育厅")
    sheet = load_workbook(io.BytesIO(await answer.read())).worksheets[0]
    assert "甲乙" in str(sheet["A2"].value)
    assert sheet.oddFooter is not None
    assert sheet.oddFooter.center is not None
    assert "甲乙" in str(sheet.oddFooter.center.text)
    assert sheet["E4"].data_type == "s"
    assert "=HYPERLINK(1)" in str(sheet["E4"].value)
    trail = await town.storage.audit.list_entries(subject="青海省教育厅")
    assert [one.action for one in trail] == ["archive.exported"]


async def test_an_archive_of_nobody_and_a_place_without_archives(town: Town) -> None:
    bureau = await Bureau.of(town)
    registrar = bureau.people[Role.REGISTRAR]
    with pytest.raises(InvalidInput, match="没有找到这个单位"):
        await town.services.archives.of("某某局", registrar)
    both = actor(await town.person("一人", Role.REGISTRAR, Role.CONFIRMER))
    own = await bureau.open(Kind.HONOUR, who=both, key="own")
    with pytest.raises(SecondPersonNeeded):
        await bureau.act(own, "confirm", both)
    with pytest.raises(InvalidInput, match="不能晚于今天"):
        await bureau.open(Kind.HONOUR, awarded_on=date(2099, 1, 1), document="另一文号")
    northern = await town.person("北", Role.REGISTRAR, department="230000:省财政厅")
    who = await town.sign_in(northern)
    assert "未设此制度" in await town.page("/credit/archives?body=x", who, status=404)


async def test_the_archive_of_an_official_is_read_by_few_and_every_look_is_on_record(town: Town) -> None:
    bureau = await Bureau.of(town)
    official = await town.person("欧阳某官", Role.HANDLER, department=SUBJECT)
    record = await bureau.open(Kind.RECORD, official="欧阳某官", post="处长", account=official.id)
    nameless = await bureau.open(Kind.RECORD, official="上官某", post="科长", key="2", bases=[OTHER_DOCUMENT])
    at = "/credit/archives/officials"
    mine = await town.sign_in(official)
    assert record.id not in await town.page(at, mine), "not before notice"
    record = await bureau.act(record, "notify", Role.REGISTRAR, consequences="拟入档案")

    registrar = await town.sign_in(await town.person("丁经办", Role.REGISTRAR))
    kept = await town.page(at, registrar)
    assert all(words in kept for words in (record.id, nameless.id, "欧阳某官", "上官某", "处长"))
    auditor = await town.person("审计", Role.AUDITOR)
    assert "上官某" in await town.page(at, await town.sign_in(auditor))
    own = await town.page(at, mine)
    assert (record.id in own, nameless.id in own, "上官某" in own) == (True, False, False)
    assert "陈述申辩" in await town.page(f"/credit/{record.id}", mine)
    looks = await town.storage.audit.list_entries(subject="公职人员")
    assert [one.action for one in looks] == ["archive.read"] * 2, "nobody is noted for reading the own one"

    elsewhere = await town.person("北经办", Role.REGISTRAR, department="230000:省财政厅")
    others = (
        elsewhere,
        await town.person("认定", Role.CONFIRMER),
        await town.person("督办", Role.SUPERVISOR, department="630000:省发展改革委"),
        await town.person("代表", Role.SUBJECT, department=SUBJECT),
        await town.person("同事", Role.HANDLER, department=SUBJECT),
    )
    for person in others:
        who = await town.sign_in(person)
        shown = await town.page(at, who)
        assert ("欧阳" in shown, record.id in shown) == (False, False), person.name
        assert (await town.client.get(f"/credit/{record.id}", headers=who)).status == 404, person.name


async def test_a_look_at_the_archive_of_a_body_is_on_record(town: Town) -> None:
    bureau = await Bureau.of(town)
    await bureau.open(Kind.HONOUR)
    registrar = await town.sign_in(await town.person("甲乙", Role.REGISTRAR))
    await town.page("/credit/archives?body=青海省教育厅", registrar)
    speaker = await town.person("戊代表", Role.SUBJECT, department=SUBJECT)
    await town.page("/credit/archives", await town.sign_in(speaker))
    (look,) = await town.storage.audit.list_entries(subject="青海省教育厅")
    assert (look.action, look.data["count"]) == ("archive.read", 1)
