"""What the desk and its citizens live through, each story clicked from end to end in a real Chromium."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import expect

from cases.people import Role
from tests.browser.street import Citizen, Official, Street
from tests.town.places import REFORM
from tests.town.words import OPINION, WISH, purchase

pytestmark = pytest.mark.timeout(180)


@pytest.fixture(autouse=True)
async def everybody_goes_home(street: Street) -> AsyncIterator[None]:
    yield
    await street.everybody_leaves()


async def accepted(street: Street, number: str) -> Official:
    """A handler who has claimed the case and accepted it."""
    li = await street.official("李承办")
    await li.open_from(number)
    await li.do("领取")
    await li.do("受理")
    await li.reads("已受理")
    return li


async def test_a_supplement_is_asked_for_once_and_the_citizen_sends_it(street: Street) -> None:
    citizen = await street.citizen()
    number = await citizen.complain(purchase("西宁市城西区教育局") + WISH)
    li = await accepted(street, number)
    await li.do("一次性告知补正", items="采购合同复印件\n验收单")
    await li.reads("待补正")
    await citizen.reads("验收单")
    await citizen.press("补充材料")
    await citizen.say("合同编号城采2025-18，验收单当天补传。")
    await citizen.press("提交")
    await citizen.reads("承办人会看到")
    await li.reads("合同编号城采2025-18")
    await li.open(number)
    await li.reads("已受理")
    await li.cannot("一次性告知补正")


async def test_declining_takes_two_people_and_the_citizen_gets_it_in_writing(street: Street) -> None:
    citizen = await street.citizen()
    number = await citizen.complain(purchase("西宁市城东区教育局", goods="课桌椅") + WISH)
    proposer = await street.official("王负责", Role.HEAD, Role.HANDLER)
    await proposer.open_from(number)
    await proposer.do("领取")
    await proposer.do(
        "提出不予受理",
        reason="in_court",
        legal_basis="《信访工作条例》第三十一条",
        explanation="此事已由法院立案，请等待判决。",
    )
    await proposer.reads("等待另一人会签")
    await proposer.cannot("会签：同意不予受理")
    signer = await street.official("马负责", Role.HEAD)
    await signer.open_from(number)
    await signer.do("会签：同意不予受理")
    await signer.reads("不予受理")
    await citizen.reads("《信访工作条例》第三十一条")
    await citizen.reads("此事已由法院立案")
    await citizen.reads("申请复查")


async def test_a_disputed_transfer_is_decided_by_the_common_superior(street: Street) -> None:
    citizen = await street.citizen()
    number = await citizen.complain(purchase("西宁市城北区教育局", goods="实验器材") + WISH)
    li = await accepted(street, number)
    await li.do("转办", department=REFORM, reason="争议出在招标环节")
    await li.reads("首问责任制：对方接收之前")
    qian = await street.official("钱接收", department=REFORM)
    await qian.open(number)
    await qian.do("退回转办", reason="合同履行属于政府采购")
    await li.open(number)
    await li.do("提请裁定", department=REFORM, reason="两家意见不一，请上级裁定")
    await li.reads("提请裁定承办单位")
    du = await street.official("杜督办", Role.SUPERVISOR, department=REFORM)
    await du.open(number)
    await du.do("裁定承办单位", department=REFORM, reason="以招标方式订立")
    await citizen.reads("您不需要重新提交")
    await qian.open_from(number)
    await qian.reads("青海省发展改革委")
    await qian.do("领取")


async def answer_review(street: Street, citizen: Citizen, number: str, asked: str, ending: str) -> None:
    """The citizen asks; it has begun only once somebody of who is responsible now claims the case."""
    await citizen.press(f"申请{asked}")
    await citizen.say("答复没有说明何时付款，不服。")
    await citizen.press("提交")
    await citizen.reads(f"所以{asked}还没有开始")
    case = await street.app.core.storage.cases.get(number)
    reviewer = await street.official("郑复查", department=case.department)
    await reviewer.open_from(number)
    await reviewer.do("领取")
    await citizen.reads(f"的{asked}已由")
    await reviewer.do("答复", **OPINION)
    await citizen.reads(ending)


async def test_an_answer_is_reviewed_and_finally_reviewed_and_that_ends_it(street: Street) -> None:
    citizen = await street.citizen()
    number = await citizen.complain(purchase("西宁市湟中区教育局", goods="食堂设备") + WISH)
    li = await accepted(street, number)
    await li.do("答复", **OPINION)
    await citizen.reads("责成该单位于三十日内付清")
    await answer_review(street, citizen, number, "复查", "作出复查意见")
    await answer_review(street, citizen, number, "复核", "这是最后的意见")
    await expect(citizen.latest.get_by_role("button", name="评价")).to_be_visible()
    await expect(citizen.latest.get_by_role("button", name="申请复查")).to_have_count(0)
    await citizen.say(f"/review {number}")
    await citizen.reads("不能办理这一项")


async def test_the_deputy_takes_over_once_the_holder_has_been_idle_too_long(street: Street) -> None:
    citizen = await street.citizen()
    number = await citizen.complain(purchase("西宁市湟源县教育局", goods="校车") + WISH)
    await accepted(street, number)
    zhao = await street.official("赵副岗", Role.DEPUTY)
    await zhao.open_from(number)
    await zhao.cannot("B岗接办")
    street.later(days=14)
    await zhao.sign_in()
    await zhao.open_from(number)
    await zhao.reads("AB岗工作制")
    await zhao.do("B岗接办")
    await zhao.reads("赵副岗（B岗）")
    await zhao.do("答复", **OPINION)
    await citizen.reads("作出书面答复")


async def test_who_is_complained_about_sees_nothing_of_the_case(street: Street) -> None:
    citizen = await street.citizen()
    words = purchase("西宁市大通县教育局", goods="图书", named="和经办人周大伟")
    number = await citizen.complain(words + WISH)
    named = await street.official("周大伟")
    colleague = await street.official("李承办")
    await colleague.open_from(number)
    await sees_nothing(named, number)
    another = await (await street.citizen()).complain(purchase("青海省财政厅", goods="打印设备") + WISH)
    await sees_nothing(colleague, another)


async def sees_nothing(official: Official, number: str) -> None:
    """Not in the queue, not by searching, not by address."""
    await official.page.goto("/desk?view=all")
    await expect(official.main).not_to_contain_text(number)
    await official.page.get_by_label("编号、内容、地点、单位").fill(number)
    await official.page.get_by_role("button", name="筛选").click()
    await expect(official.page.get_by_role("link", name=number)).to_have_count(0)
    await official.open(number)
    await official.reads("没有找到")


async def test_a_page_stays_usable_while_others_change_the_case(street: Street) -> None:
    """Unsent words stay, the form goes by what is on the screen, nothing is refused as out of date."""
    citizen = await street.citizen()
    number = await citizen.complain(purchase("西宁市湟中区教育局", goods="校服") + WISH)
    li = await accepted(street, number)
    words = li.page.locator("#write-form textarea")
    await words.fill("您好，请再说明合同的")
    shown = await li.page.locator("#case-changed").get_attribute("data-version")
    await citizen.press("补充材料")
    await citizen.say("验收单已经找到，编号城采2025-18。")
    await citizen.press("提交")
    await li.reads("验收单已经找到")
    assert await li.page.locator("#case-changed").get_attribute("data-version") != shown
    await expect(words).to_have_value("您好，请再说明合同的")
    await li.page.reload()
    await expect(words).to_have_value("您好，请再说明合同的")
    await words.fill("您好，请再说明合同的编号。")
    async with li.page.expect_navigation():
        await li.page.get_by_role("button", name="发送给投诉人").click()
    await expect(li.page.locator(".notice-error, .error-page")).to_have_count(0)
    await citizen.reads("请再说明合同的编号")
    await expect(words).to_have_value("")
