"""Records come in as a table: checked and shown first, mistakes by row and column, each row begun once."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from aiohttp import FormData
from openpyxl import Workbook

from cases.integrity.spine.vocabulary import Kind
from cases.people import Role
from cases.ports.dossiers import DossierFilter
from tests.town.live.town import Town, actor, hidden

HEADS = "被记录单位,单位类别,失信事实,重点领域,涉及金额（元）,失信日期,依据,作出机关,文号,日期,生效日期"
GOOD = (
    '青海省公安厅,政府部门,未按生效判决支付工程款。,政府债务与拖欠,"800,000",2026年3月1日,'
    "司法判决,西宁市中级人民法院,（2026）青01民终12号,2026-06-01,2026/6/15"
)
OTHER = GOOD.replace("公安厅", "民政厅").replace("12号", "13号")
WRONG = {
    GOOD.replace("2026/6/15", "2026-12-30"): "判决未生效",
    GOOD.replace("（2026）青01民终12号", ""): "缺文号、日期或附件",
    GOOD.replace("司法判决", "听说"): "依据：请从列出的选项中选择",
    GOOD.replace("2026/6/15", "上月"): "生效日期：请填写日期",
    GOOD.replace("青海省公安厅", "张三"): "不是单位的全称",
    GOOD.replace("2026年3月1日", "昨天"): "失信日期",
    GOOD.replace("青海省公安厅", "青海省财政厅"): "您所在单位为被记录单位",
}


def book_of(*lines: str) -> bytes:
    book, out = Workbook(), io.BytesIO()
    sheet = book.create_sheet(index=0)
    for row in csv.reader([HEADS, *lines]):
        sheet.append(row)
    book.save(out)
    return out.getvalue()


def csv_of(*lines: str, encoding: str = "utf-8") -> bytes:
    return "\n".join([HEADS, *lines]).encode(encoding)


@pytest.mark.parametrize(
    "data", [csv_of(GOOD, OTHER), csv_of(GOOD, OTHER, encoding="gb18030"), book_of(GOOD, OTHER)]
)
async def test_a_table_is_checked_then_begun_once(town: Town, data: bytes) -> None:
    registrar = await town.person("周导入", Role.REGISTRAR)
    who = await town.sign_in(registrar)

    async def upload(table: bytes) -> Any:
        form = FormData()
        form.add_field("csrf", f"csrf-{registrar.id}")
        form.add_field("table", table, filename="表.csv")
        return await town.client.post("/credit/import/record", headers=who, data=form)

    async def stored() -> int:
        return await town.services.integrity.count(
            actor(registrar), DossierFilter(kinds=frozenset({Kind.RECORD}))
        )

    for line, said in WRONG.items():
        answer = await upload(csv_of(OTHER, line))
        page = await answer.text()
        assert (answer.status, said in page, "第3行" in page) == (422, True, True), line
        assert "确认导入" not in page
        assert "bases" not in page, "people know the headings of the table, not our names"
    for nothing in (
        b"",
        b"\xff\xfe\x00",
        b"PK\x03\x04",
        csv_of(GOOD).replace("文号".encode(), "编号".encode()),
    ):
        assert (await upload(nothing)).status == 422, nothing[:20]
    assert await stored() == 0

    answer = await upload(data)
    page = await answer.text()
    assert answer.status == 200
    rows = hidden(page, "rows").replace("&#34;", '"')
    assert len(json.loads(rows)) == 2
    for _ in range(2):
        done = await town.post("/credit/import/record/confirm", registrar, who, rows=rows)
        assert done.status == 303, await done.text()
        assert await stored() == 2
    again = await upload(data)
    assert "同一文书已有记录" in await again.text()
    assert (await town.post("/credit/import/record/confirm", registrar, who, rows="x")).status == 422
    template = await (await town.client.get("/credit/import/record/template.csv", headers=who)).text()
    assert "依据" in template
    await town.page("/credit/import/publication", who, status=404)
