"""The registers beside the records, clicked in a real Chromium: promises, mediation, watchers, lists."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from playwright.async_api import Page, expect

from cases.instants import local_date
from cases.people import Role
from tests.browser.clerks import BODY, Clerk, clerks
from tests.browser.street import Street
from tests.town.live.every_eye import DESK
from tests.town.words import WISH, purchase

pytestmark = pytest.mark.timeout(240)


@pytest.fixture(autouse=True)
async def everybody_goes_home(street: Street) -> AsyncIterator[None]:
    yield
    await street.everybody_leaves()


def in_days(street: Street, days: int) -> str:
    return (local_date(street.app.core.now()) + timedelta(days=days)).isoformat()


async def begun(clerk: Clerk, kind: str, **fields: str) -> str:
    await clerk.page.goto(f"/credit/new/{kind}")
    await clerk.do("保存", **fields)
    return clerk.id


async def shows(page: Page, path: str, *words: str) -> None:
    await page.goto(path)
    for one in words:
        await expect(page.locator("main")).to_contain_text(one)


async def promised(registrar: Clerk, releaser: Clerk, matter: str, due_on: str) -> str:
    promise = await begun(
        registrar,
        "commitment",
        body=BODY,
        matter=matter,
        quality="term",
        for_whom="供货企业",
        result="货款全部付清",
        due_on=due_on,
        post="财务科",
        where_said="contract",
        document="采购合同第六条",
    )
    await releaser.open(promise)
    await releaser.do("公布")
    return promise


async def test_a_promise_is_late_explained_and_kept_and_another_is_changed_lawfully(street: Street) -> None:
    registrar, confirmer, releaser, subject = await clerks(street)
    promise = await promised(registrar, releaser, "校服采购款八十万元三十日内付清", in_days(street, 12))
    other = await promised(registrar, releaser, "教学仪器货款按期付清", in_days(street, 90))
    anybody = await street.open_page(DESK)
    await shows(anybody, f"/commitments/{promise}", "履行中", "校服采购款八十万元三十日内付清")

    citizen = await street.citizen()
    number = await citizen.complain(purchase(BODY, goods="校服") + WISH)
    li = await street.official("李承办")
    await li.open_from(number)
    await li.do("领取")
    await li.page.get_by_role("link", name="相近的投诉和先例").click()
    await li.reads("校服采购款八十万元三十日内付清")
    async with li.page.expect_navigation():
        await li.page.get_by_role("button", name="此件说的就是这项承诺").first.click()
    await citizen.reads("有一项公开登记的承诺")
    await citizen.reads(promise)

    for days, state in ((4, "即将到期"), (12, "逾期未兑现")):
        street.later(days=days)
        for clerk in (confirmer, subject):
            await clerk.official.sign_in()
        await subject.open(promise)
        await subject.reads_in_time(state)
    await subject.do("公开不能兑现说明", explanation="资金月底到位，到位后立即支付。")
    await shows(anybody, f"/commitments/{promise}", "逾期未兑现", "资金月底到位")
    await subject.do("提交履行证明", "proof", note="货款已经付清。")
    await confirmer.open(promise)
    await confirmer.do("确认兑现")
    await shows(anybody, f"/commitments/{promise}", "已兑现")

    await confirmer.open(other)
    await confirmer.do(
        "登记依法变更",
        interest="校址调整，项目不再实施。",
        authority="省人民政府决定",
        procedure="听取了供货企业意见，经集体讨论。",
        compensation="已备货部分按成本补偿。",
    )
    await shows(anybody, f"/commitments/{other}", "依法变更", "按成本补偿")


async def test_one_settlement_is_kept_and_a_broken_one_leads_to_an_order(street: Street) -> None:
    registrar, confirmer, _, subject = await clerks(street)

    async def settled(matter: str, due: str) -> str:
        mediation = await begun(
            registrar, "mediation", body=BODY, matter=matter, by="body", mediator="省财政厅法规处"
        )
        await subject.open(mediation)
        await subject.do("同意调处")
        await registrar.open(mediation)
        await registrar.do("登记投诉人书面同意", "consent")
        await registrar.do("开始调处")
        today = in_days(street, 0)
        await registrar.do("记录调处会", on=today, present="双方和工商联", minutes="双方同意分期付清。")
        agreed = {"items.0.what": "付清货款", "items.0.due_on": due}
        await registrar.do("达成协议", "agreement", settled_on=today, **agreed)
        return mediation

    kept = await settled("校服货款分期支付", in_days(street, 5))
    await subject.open(kept)
    await subject.do("提交履行证明", "proof", item="1", performed="已经付清。")
    await confirmer.open(kept)
    await confirmer.do("确认已履行")
    await confirmer.reads("已履行")

    broken = await settled("课桌货款分期支付", in_days(street, 5))
    street.later(days=8)
    for clerk in (registrar, subject):
        await clerk.official.sign_in()
    await registrar.open(broken)
    await registrar.reads_in_time("未履行")
    await registrar.do("转为限期整改")
    order = await registrar.newest("限期整改")
    await registrar.reads("履行调解协议：付清货款")
    await subject.open(order)
    await expect(subject.page.locator("main")).not_to_contain_text("履行调解协议")


async def test_a_watcher_is_sent_looks_and_reports(street: Street) -> None:
    known = street.app.core.services.rules.jurisdictions
    home = known.get("harbin")
    body = next(one for one in home.departments if one.id not in {home.coordinator, home.government})
    registrar = Clerk(await street.official("周经办", Role.REGISTRAR, department=home.coordinator))
    watcher = Clerk(await street.official("赵监督", Role.WATCHER, department=home.coordinator))
    await begun(
        registrar,
        "watcher",
        name="赵监督",
        comes_from="市人大代表",
        fields="民生实事",
        account=watcher.official.staff.id,
        begins_on=in_days(street, -10),
        ends_on=in_days(street, 300),
    )
    await registrar.do(
        "交办监督任务", body=body.full_name, task="visit", what="窗口是否一次告知", due_on=in_days(street, 10)
    )
    visit = await registrar.newest("监督任务")
    await shows(watcher.page, "/credit", visit)
    await watcher.open(visit)
    await watcher.do("提交报告", "photos", rating="2", found="窗口没有一次告知，来了三趟。")
    await watcher.reads("待审核")
    await registrar.open(visit)
    await registrar.do("采用报告", lead="转政务服务管理部门核实。")
    await registrar.reads("已采用")


async def test_a_list_goes_from_edition_to_edition(street: Street) -> None:
    registrar, _, releaser, _ = await clerks(street)
    names = await begun(registrar, "blacklist", name="bidding")
    anybody = await street.open_page(DESK)
    for title, reason in (("某某建设有限公司", "首次公布"), ("某某招标代理有限公司", "新增一家")):
        await registrar.open(names)
        await registrar.do(
            "列入",
            title=title,
            ground="串通投标",
            decider="省发展改革委",
            document="青发改罚〔2026〕3号",
            begins_on=in_days(street, 0),
            ends_on=in_days(street, 500),
        )
        await releaser.open(names)
        await releaser.do("公布新版", reason=reason)
    await shows(anybody, f"/lists/{names}?edition=1", "某某建设有限公司", "首次公布")
    await expect(anybody.locator("main")).not_to_contain_text("某某招标代理有限公司")
    await shows(anybody, f"/lists/{names}", "第2版", "与第1版相比")
    await expect(anybody.locator("ins")).to_have_text("某某招标代理有限公司")
    await registrar.open(names)
    await registrar.do("移出", title="某某建设有限公司", reason="决定被撤销")
    await releaser.open(names)
    await releaser.do("公布新版", reason="移出一家")
    await anybody.goto(f"/lists/{names}?edition=3")
    await expect(anybody.locator("del")).to_have_text("某某建设有限公司")
    await anybody.get_by_label("与哪一版相比").select_option("1")
    await anybody.get_by_role("button", name="比较").click()
    await expect(anybody.locator("main")).to_contain_text("第3版与第1版相比")
