"""A public record from a complaint, and the sealed one of an official: nothing of either person goes out."""

from __future__ import annotations

import io
from typing import Any
from urllib.parse import quote

from loguru import logger
from openpyxl import load_workbook

from cases.integrity.breaches.exchange import line_of
from cases.integrity.spine.vocabulary import Kind
from cases.people import Role
from cases.ports.dossiers import DossierFilter
from tests.town.dossiers import OPENINGS
from tests.town.live.bureau import TOLD, Bureau
from tests.town.live.town import Town, actor
from tests.town.places import REFORM

FINDING: dict[str, Any] = {"severity": "general", "severity_reason": "金额较大", "catalogue": "other"}
OFFICIAL = "欧阳某官"
DOCUMENT = {**OPENINGS[Kind.RECORD]["bases"][0], "number": "官字第1号"}


async def test_of_complainant_and_official_nothing_goes_out(town: Town) -> None:
    logged = io.StringIO()
    sink = logger.add(logged, level=0)
    bureau = await Bureau.of(town)
    case = await bureau.answered()
    order = await bureau.act(await bureau.open(Kind.ORDER, case), "issue")
    order = await bureau.act(order, "explain", Role.SUBJECT, excuse="staff", explanation="负责人已调离。")
    order = await bureau.act(order, "refuse", reason="人员变动不是理由")
    order = await bureau.act(order, "record", Role.REGISTRAR, facts="拒不支付合同款项。")
    archived = await bureau.open(Kind.RECORD, official=OFFICIAL, post="原局长", bases=[DOCUMENT])
    second = actor(await town.person("第二经办", Role.REGISTRAR))
    where = DossierFilter(kinds=frozenset({Kind.RECORD}), about=order.id)
    (record,) = (await bureau.service.list_dossiers(bureau.people[Role.REGISTRAR], where)).dossiers
    for one, who in ((record, Role.CONFIRMER), (archived, second)):
        await bureau.act(one, "notify", Role.REGISTRAR, consequences="拟定")
        town.later(days=9)
        await bureau.act(one, "confirm", who, **FINDING)
        await bureau.act(one, "enter", Role.REGISTRAR)
    await bureau.act(record, "publish", Role.REGISTRAR, months=6)
    where = DossierFilter(kinds=frozenset({Kind.PUBLICATION}), about=record.id)
    (proposed,) = (await bureau.service.list_dossiers(bureau.people[Role.REGISTRAR], where)).dossiers
    await bureau.act(proposed, "release", Role.RELEASER)

    body = quote(record.subject.keys[0], safe="")
    public = [
        "/records",
        "/records.json",
        "/records.atom",
        f"/records/{record.id}",
        f"/records/{record.id}.json",
        f"/bodies/{body}",
        f"/bodies/{body}.json",
        f"/bodies?words={quote(record.subject.name)}",
        f"/records.atom?body={body}",
    ]
    said: dict[str, str] = {}
    for path in public:
        answer = await town.client.get(path)
        # JSON as it is read: written, it holds no Chinese sign at all
        said[path] = str(await answer.json()) if path.endswith("json") else await answer.text()
    assert all(record.subject.name in text for text in said.values())
    for path in ("/records/figures", "/records/figures.json"):
        said[path] = await (await town.client.get(path)).text()
    supervisor = await town.sign_in(await town.person("杜督办", Role.SUPERVISOR, department=REFORM))
    for path in ("/board/credit?period=year", "/board/credit.csv?period=year", "/board/report/2026"):
        answer = await town.client.get(path, headers=supervisor)
        assert answer.status == 200, path
        said[path] = await answer.text()
    book = await (await town.client.get("/board/credit.xlsx?period=year", headers=supervisor)).read()
    sheet: Any = load_workbook(io.BytesIO(book)).active
    said["sheet"] = str(list(sheet.iter_rows(values_only=True)))
    subject = await town.sign_in(
        next(p for p in await town.storage.staff.list_staff() if p.id == bureau.people[Role.SUBJECT].id)
    )
    for id in (order.id, record.id, proposed.id):
        said[f"subject {id}"] = await town.page(f"/credit/{id}", subject)
    said["subject list"] = await town.page("/credit?view=all", subject)
    stored = [await town.storage.dossiers.find(one.id) for one in (order, record, proposed)]
    said["told"] = str([n for one in stored if one for n in one.notifications if n.audience != "citizen"])
    lines = [line_of(one) async for one in town.storage.dossiers.iterate_shared()]
    said["batch"] = "".join(line.text for line in lines if line)
    assert record.id in said["batch"]
    logger.remove(sink)
    said["log"] = logged.getvalue()
    for where_, text in said.items():
        for canary in (TOLD[:12], TOLD[-12:], case.number, OFFICIAL, "原局长", archived.id, "官字第1号"):
            assert canary not in text, (where_, canary)
    for path in (f"/records/{archived.id}", f"/records/{archived.id}.json"):
        assert (await town.client.get(path)).status == 404
    assert (await town.client.get(f"/credit/{archived.id}", headers=subject)).status in {403, 404}
    # a mark that an earlier version left on it opens nothing
    change = {"$push": {"seen_by": f"subject:{archived.subject.department}"}}
    await town.storage.database["dossiers"].update({"_id": archived.id}, change)
    assert archived.id not in await town.page("/credit?view=all", subject)
