"""What follows a confirmed breach, clicked from end to end in a real Chromium: three stories in one street.

A complaint becomes an order, a record, a publication, and is corrected; a table becomes a record; a record is
repaired with all its effects.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from playwright.async_api import FilePayload, Page, expect

from cases.instants import local_date
from cases.integrity.spine.vocabulary import Kind
from cases.ports.dossiers import DossierFilter
from cases.service.credit.exchange import Partners
from handlers.web.keys import EXCHANGE
from tests.browser.clerks import BODY, Clerk, clerks
from tests.browser.street import Street
from tests.town.live.every_eye import DESK
from tests.town.live.town import actor
from tests.town.words import OPINION, WISH, purchase

pytestmark = pytest.mark.timeout(240)

A_HEARING = 20
"""Days after which five working days are over, whatever holidays lie between."""


@pytest.fixture(autouse=True)
async def everybody_goes_home(street: Street) -> AsyncIterator[None]:
    yield
    await street.everybody_leaves()


async def after_the_hearing(street: Street, *staff: Clerk) -> None:
    """Time passes; a session does not last so long."""
    street.later(days=A_HEARING)
    for clerk in staff:
        await clerk.official.sign_in()


async def public_page(street: Street) -> Page:
    return await street.open_page(DESK)


async def released(releaser: Clerk, registrar: Clerk, record: str, months: str) -> None:
    await registrar.open(record)
    await registrar.do("提出公示", months=months, reason="涉及企业较多，需要回应社会关切。")
    await releaser.open(await registrar.newest("公示"))
    await releaser.do("发布")
    await releaser.reads("公示中")


async def test_from_a_complaint_over_a_refused_order_to_a_corrected_record_and_its_tombstone(
    street: Street,
) -> None:
    citizen = await street.citizen()
    number = await citizen.complain(purchase(BODY, goods="校服") + WISH)
    li = await street.official("李承办")
    await li.open_from(number)
    await li.do("领取")
    await li.do("受理")
    await li.do("答复", **OPINION)
    registrar, confirmer, releaser, subject = await clerks(street)

    await registrar.page.goto("/credit")
    await (
        registrar.page.locator("li").filter(has_text=number).get_by_role("link", name="起草整改通知").click()
    )
    await expect(registrar.page.locator("[name=facts]")).to_have_value(OPINION["facts"])
    await registrar.do("保存", required="三十日内付清校服款。")
    order = registrar.id
    await confirmer.open(order)
    await confirmer.do("签发")
    await citizen.reads("已收到限期整改通知")
    await subject.open(order)
    await expect(subject.page.locator("main")).not_to_contain_text(number)
    await subject.do("书面说明", excuse="staff", explanation="原负责人已经调离。")
    await confirmer.open(order)
    await confirmer.do("认定拒不整改", reason="人员变动不是不履约的理由。")
    await citizen.reads("认定为拒不整改")
    await registrar.open(order)
    await registrar.do("登记失信记录", facts="以人员变动为由拒不支付校服款。", amount_yuan="800000")
    record = await registrar.newest("失信记录")
    await registrar.do("事前告知", consequences="拟定一般失信，公示六个月。")
    await subject.open(record)
    await subject.do("陈述申辩", statement="款项正在申请。")
    await confirmer.open(record)
    await expect(confirmer.page.get_by_role("button", name="认定", exact=True)).to_have_count(0)

    await after_the_hearing(street, registrar, confirmer, releaser, subject)
    await confirmer.open(record)
    await confirmer.do(
        "认定",
        severity="general",
        severity_reason="金额较大",
        catalogue="other",
        answer="不予采纳，至今未付。",
    )
    await citizen.reads("记入信用记录")
    await registrar.open(record)
    await registrar.do("录入信用记录")
    anybody = await public_page(street)
    await anybody.goto(f"/records/{record}")
    await expect(anybody.locator("main")).to_contain_text("没有找到")
    await released(releaser, registrar, record, "6")
    await anybody.goto(f"/records/{record}")
    await expect(anybody.locator("main")).to_contain_text("以人员变动为由拒不支付校服款。")

    for decision, facts in (("corrected", "逾期四个月支付校服款。"), ("ended", "")):
        await subject.open(record)
        await subject.do("提出异议", "documents", reason="款项已经付清。")
        await registrar.open(record)
        objection = await registrar.newest("异议")
        await registrar.do("标注")
        await anybody.goto(f"/records/{record}")
        await expect(anybody.locator("main")).to_contain_text("提出了异议，正在处理")
        await registrar.do("核查", found="核对了付款凭证。")
        await confirmer.open(objection)
        await confirmer.do("异议成立", decision=decision, facts=facts, reason="凭证属实。")
        await anybody.goto(f"/records/{record}")
        await expect(anybody.locator("main")).to_contain_text(facts or "已终止公示")
        await expect(anybody.locator("main")).not_to_contain_text("以人员变动为由")
    await expect(anybody.locator("main")).not_to_contain_text("校服款")
    await anybody.goto("/records")
    await expect(anybody.locator("main")).not_to_contain_text(record)


async def test_a_table_becomes_a_record_and_its_repair_ends_publication_sharing_and_sanction(
    street: Street,
) -> None:
    street.app.pages[EXCHANGE].partners = Partners("qinghai", upper=b"x" * 32)
    registrar, confirmer, releaser, subject = await clerks(street)
    heads = "被记录单位,失信事实,重点领域,失信日期,依据,作出机关,文号,日期,生效日期"
    document = "司法判决,西宁市中级人民法院,（2026）青01民终7号,2026年6月1日,2026/6/15"
    row = f"{BODY},招生承诺逾期兑现。,招商引资,2026-05-20,{document}"
    for line, said in ((row.replace("2026-05-20", "昨天"), "失信日期"), (row, "共1行，可以导入")):
        await registrar.page.goto("/credit/import/record")
        table = f"{heads}\n{line}".encode("gb18030")
        file = FilePayload(name="记录.csv", mimeType="text/csv", buffer=table)
        await registrar.page.set_input_files("[name=table]", file)
        async with registrar.page.expect_navigation():
            await registrar.page.get_by_role("button", name="检查").click()
        await registrar.reads(said)
    await registrar.do("确认导入1行")
    who = actor(registrar.official.staff)
    where = DossierFilter(kinds=frozenset({Kind.RECORD}), words=BODY)
    found = await street.app.core.services.integrity.list_dossiers(who, where)
    record = max(found.dossiers, key=lambda one: one.opened_at).id
    await registrar.open(record)
    await registrar.do("修改", "bases.0.file")
    await registrar.reads("招生承诺逾期兑现。")
    await registrar.reads("凭证.txt")
    await registrar.do("事前告知", consequences="拟定轻微失信。")
    await after_the_hearing(street, registrar, confirmer, releaser, subject)
    await confirmer.open(record)
    await confirmer.do("认定", severity="minor", severity_reason="已经兑现", catalogue="other")
    await registrar.open(record)
    await registrar.do("录入信用记录")
    await registrar.reads("第1版待报送")
    await released(releaser, registrar, record, "2")
    await registrar.open(record)
    today = local_date(street.app.core.now())
    until = (today + timedelta(days=90)).isoformat()
    term = {"begins_on": today.isoformat(), "ends_on": until}
    await registrar.do("提出惩戒", measure="honours", reason="失信在案。", **term)
    sanction = await registrar.newest("惩戒")
    await confirmer.open(sanction)
    await confirmer.do("批准")

    await subject.open(record)
    await subject.do("申请信用修复", "proof", corrected="承诺已经全部兑现。", pledge="true")
    await registrar.open(record)
    repair = await registrar.newest("信用修复")
    await registrar.do("受理")
    await confirmer.open(repair)
    await confirmer.do("核实履行", performance="核对了兑现材料。", other_conditions="true")
    await confirmer.do("同意修复")
    await subject.open(repair)
    await subject.reads("已修复")

    anybody = await public_page(street)
    await anybody.goto(f"/records/{record}")
    await expect(anybody.locator("main")).to_contain_text("已终止公示")
    await expect(anybody.locator("main")).not_to_contain_text("招生承诺")
    await registrar.open(record)
    await registrar.reads("第2版待报送")
    stored: Any = await street.app.core.storage.dossiers.find(record)
    assert stored.sharing.withdrawn
    await registrar.open(sanction)
    await registrar.reads("已解除")
