"""A letter from its first word to its delivery, with a leader's words and another body's opinion on the way.

One street, clicked from end to end as people do, in a department as it begins: a second person signs.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from playwright.async_api import expect

from cases.instants import local_date
from cases.people import Role
from tests.browser.street import Official, Street
from tests.town.live.signing import two_persons_sign
from tests.town.places import REFORM
from tests.town.words import WISH, purchase

IN_A_MONTH = (local_date(datetime.now(UTC)) + timedelta(days=30)).isoformat()
pytestmark = pytest.mark.timeout(240)


async def test_two_people_an_instruction_and_a_consultation_make_an_answer(street: Street) -> None:
    await two_persons_sign(street.app.core.storage)
    citizen = await street.citizen()
    number = await citizen.complain(purchase("西宁市大通县教育局", goods="图书") + WISH)
    li = await street.official("李承办")
    await li.open_from(number)
    await li.do("领取")
    await li.do("受理")

    wang = await street.official("王负责", Role.HEAD)
    await wang.open(number)
    await wang.do("登记领导批示", leader="张明副厅长", words="请抓紧核实，依法答复。", until=IN_A_MONTH)
    await wang.reads("张明副厅长")
    await li.open(number)
    await li.do("请有关单位会签", departments=REFORM, what="对处理意见有无不同意见")
    qian = await street.official("钱会签", department=REFORM)
    await qian.open(number)
    await qian.do("回复批示、会签或者交办", opinion="没有不同意见。")
    await qian.reads("没有不同意见。")

    await li.open(number)
    await li.page.get_by_role("button", name="写处理意见书").click()
    form = li.page.locator("#letter-form")
    facts = form.locator("[name=facts]")
    await li.page.get_by_role("button", name="西宁市大通县教育局").click()
    await expect(facts).to_have_value("西宁市大通县教育局")
    await facts.fill("经调取合同和验收单，货物已于2025年4月验收，八十万元没有支付。")
    await expect(form.locator(".autosaved")).to_contain_text("只有您能看到")
    await li.page.reload()
    await expect(facts).to_have_value("经调取合同和验收单，货物已于2025年4月验收，八十万元没有支付。")
    await form.locator("[name=q]").fill("拖欠 付款 三十日")
    await form.get_by_role("button", name="查找").click()
    await li.page.get_by_role("button", name="《保障中小企业款项支付条例》第九条").click()
    await expect(form.locator("[name=legal_basis]")).to_have_value("《保障中小企业款项支付条例》第九条")
    await form.get_by_role("button", name="送核稿").click()
    await li.reads("还缺：处理结果、处理意见")
    await expect(facts).to_have_value("经调取合同和验收单，货物已于2025年4月验收，八十万元没有支付。")
    await form.locator("[name=outcome]").select_option("support")
    await form.locator("[name=opinion]").fill("由西宁市大通县教育局在2027年6月30日前付清八十万元。")
    await form.get_by_role("button", name="送核稿").click()
    await li.reads("正在核稿")

    await wang.open_from(number)
    await wang.page.get_by_role("link", name="核稿、签发处理意见书").click()
    await wang.reads("在2027年6月30日前付清八十万元")
    await wang.page.get_by_role("button", name="签发").click()
    await wang.page.locator("dialog[open]").get_by_role("button", name="确定").click()
    await wang.reads("已答复")
    await citizen.reads("在2027年6月30日前付清八十万元")

    phone = await street.open_page({"width": 390, "height": 844})
    await Official(phone, li.staff).sign_in()
    await phone.goto(f"/desk/cases/{number}")
    assert await phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    await phone.get_by_role("navigation", name="本页").get_by_role("link", name="办理").click()
    await expect(phone.locator("#work")).to_be_in_viewport()
    await phone.get_by_role("link", name="处理意见书").first.click()
    await phone.get_by_text("登记送达").first.click()
    await phone.locator("[name=way]").select_option("post")
    await phone.locator("[name=on]").fill(IN_A_MONTH)
    await phone.get_by_role("button", name="登记送达").click()
    await expect(phone.locator("main")).to_contain_text("邮寄送达")
