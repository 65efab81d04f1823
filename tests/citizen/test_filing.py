"""Telling, understanding, asking, confirming: a complaint on its way to becoming a case."""

from __future__ import annotations

import pytest

from bot.wiring import Core
from cases.vocabulary import Channel, Language, Status
from classify.types import Domain
from handlers.citizen.dialogue.drafts import Memory
from storage.opening import Storage
from tests.citizen.conftest import MakeChat
from tests.town.live.chats import CitizenChat
from tests.town.words import NUMBER, RECEIPT, STORY


async def test_any_text_starts_a_draft_and_shows_what_was_understood(chat: CitizenChat) -> None:
    text = (await chat.say(STORY))[-1]
    assert "政府债务与拖欠" in text
    assert "城东区" in text
    assert "住房和城乡建设局" in text
    assert "50万元" in text
    assert "有不对的，更正" in chat.buttons()
    assert "没有问题，继续" in chat.buttons()


async def test_a_sum_that_was_worked_out_is_shown_with_how(chat: CitizenChat) -> None:
    text = (await chat.say(f"{STORY.split(',', 1)[0]}，工程总造价120万元，只付了40万元，其余至今拖欠"))[-1]
    assert "80万元（120万元减去已付的40万元）" in text


async def test_the_whole_way_ends_with_number_receipt_department_and_dates(
    chat: CitizenChat, core: Core, storage: Storage
) -> None:
    number, receipt = await chat.file_story()
    result = chat.sent[-1].text
    assert "责任单位" in result
    assert "不晚于2026年" in result
    case = await storage.cases.get(number)
    assert case.status is Status.REGISTERED
    assert case.channel is Channel.TELEGRAM
    assert case.complaint.domain is Domain.DEBT
    assert case.complaint.amount_yuan == 500_000
    assert case.complaint.region_code
    assert case.complaint.region_code.startswith("6301")
    assert not case.complaint.named
    opened = await core.services.own_cases.open_by_receipt(receipt, None)
    assert opened is not None
    assert opened.number == number


async def test_only_what_is_missing_is_asked_one_thing_at_a_time(chat: CitizenChat) -> None:
    await chat.say("招商引资时承诺给企业的奖励资金一直不兑现，招商引资优惠政策写明的补贴都不给")
    asked = (await chat.press("继续"))[-1]
    assert "哪里" in asked
    asked = (await chat.say("吉林省长春市"))[-1]
    assert "哪个单位" in asked
    asked = (await chat.say("长春市某某区管理委员会"))[-1]
    assert "怎样解决" in asked
    assert "匿名" in (await chat.press("跳过"))[-1]


async def test_a_greeting_is_answered_with_what_to_write_and_keeps_the_draft(chat: CitizenChat) -> None:
    text = (await chat.say("你好"))[-1]
    assert "请写下您要反映的事情" in text
    assert chat.buttons() == []
    assert "住房和城乡建设局" in (await chat.say(STORY))[-1]


async def test_a_short_question_after_filing_leads_to_the_own_case(chat: CitizenChat) -> None:
    number, _ = await chat.file_story()
    assert number in (await chat.say("在吗，有没有进展"))[-1]
    assert number in (await chat.press(number))[-1]


async def test_how_long_it_lasted_is_understood_and_shown(chat: CitizenChat) -> None:
    assert "时间：两年了" in (await chat.say("西宁市城东区住建局欠我们86万工程款两年了"))[-1]


async def test_every_understood_item_can_be_corrected(chat: CitizenChat, storage: Storage) -> None:
    await chat.say(STORY)
    await chat.press("有不对的，更正")
    await chat.press("更正领域")
    assert "招标投标" in (await chat.press("招标投标"))[-1]
    await chat.press("有不对的，更正")
    await chat.press("更正地区")
    assert "哈尔滨" in (await chat.say("黑龙江省哈尔滨市"))[-1]
    await chat.press("有不对的，更正")
    await chat.press("更正单位")
    assert "某某街道办事处" in (await chat.say("某某街道办事处"))[-1]
    await chat.press("有不对的，更正")
    await chat.press("更正金额")
    assert "12万元" in (await chat.say("12万"))[-1]
    await chat.press("有不对的，更正")
    await chat.press("更正时间")
    assert "2020年3月" in (await chat.say("2020年3月"))[-1]
    await chat.press("有不对的，更正")
    await chat.press("更正诉求")
    overview = (await chat.say("重新招标"))[-1]
    assert "重新招标" in overview
    await chat.press("继续")
    await chat.press("匿名")
    await chat.press("没有材料")
    number = NUMBER.search((await chat.press("确认提交"))[-1])
    assert number
    complaint = (await storage.cases.get(number.group())).complaint
    assert complaint.domain is Domain.BIDDING
    assert complaint.domain_by == "citizen"
    assert complaint.amount_yuan == 120_000
    assert complaint.region_code
    assert complaint.region_code.startswith("2301")
    assert complaint.wish == "重新招标"


async def test_a_place_we_do_not_know_takes_the_place_of_the_one_understood(
    chat: CitizenChat, storage: Storage
) -> None:
    await chat.say(STORY)
    await chat.press("有不对的，更正")
    await chat.press("更正地区")
    assert "月亮背面" in (await chat.say("月亮背面"))[-1]
    for label in ("继续", "匿名", "没有材料"):
        await chat.press(label)
    number = NUMBER.search((await chat.press("确认提交"))[-1])
    assert number
    complaint = (await storage.cases.get(number.group())).complaint
    assert (complaint.region_code, complaint.region_name) == (None, "月亮背面")


async def test_an_amount_in_plain_digits_is_yuan_and_nonsense_is_asked_again(chat: CitizenChat) -> None:
    await chat.say(STORY)
    await chat.press("有不对的，更正")
    await chat.press("更正金额")
    assert "没有看懂" in (await chat.say("很多"))[-1]
    assert "3800元" in (await chat.say("3,800"))[-1]


async def test_when_the_domain_is_not_sure_the_likely_ones_are_offered(chat: CitizenChat) -> None:
    text = (await chat.say("他们说话不算数，请管一管"))[-1]
    assert "哪方面" in text
    labels = chat.buttons()
    assert len(labels) == 4
    assert labels[-1] == "都不是，看全部"
    await chat.press("都不是，看全部")
    assert "街道乡镇与村居" in chat.buttons()
    assert "街道乡镇与村居" in (await chat.press("街道乡镇与村居"))[-1]


async def test_an_ambiguous_place_is_asked_with_buttons(chat: CitizenChat) -> None:
    await chat.say("政府招商引资承诺的奖励资金一直不兑现，政策补贴不给，没有履行协议")
    await chat.press("有不对的，更正")
    await chat.press("更正地区")
    text = (await chat.say("朝阳区"))[-1]
    assert "不止一处" in text
    choice = next(label for label in chat.buttons() if "长春" in label)
    assert choice in (await chat.press(choice))[-1]


async def test_wages_of_a_company_are_referred_but_may_be_filed(chat: CitizenChat, storage: Storage) -> None:
    await chat.say("我在私人餐馆打工，老板拖欠我三个月工资不给，怎么办")
    assert "12333" in chat.sent[-1].text
    await chat.press("仍要提交")
    for _ in range(5):
        if "匿名（默认）" in chat.buttons():
            break
        await chat.press("不清楚" if "不清楚" in chat.buttons() else "跳过")
    await chat.press("匿名")
    await chat.press("没有材料")
    number = NUMBER.search((await chat.press("确认提交"))[-1])
    assert number
    assert (await storage.cases.get(number.group())).routing.triage


async def test_out_of_scope_is_referred_to_12345(chat: CitizenChat) -> None:
    await chat.say(STORY)
    memory = Memory.load(chat.state)
    assert memory.draft
    memory.draft.domain = Domain.OUT_OF_SCOPE
    memory.save(chat.state)
    assert "12345" in (await chat.press("没有问题"))[-1]


async def test_a_named_reporter_gives_name_and_contact_and_may_skip_them(
    chat: CitizenChat, storage: Storage
) -> None:
    await chat.say(STORY)
    await chat.press("继续")
    assert "姓名" in (await chat.press("留下姓名"))[-1]
    assert "联系方式" in (await chat.say("李四"))[-1]
    await chat.message(contact={"phone_number": "13900000000", "first_name": "李"})
    await chat.press("没有材料")
    assert "李四" in chat.sent[-1].text
    number = NUMBER.search((await chat.press("确认提交"))[-1])
    assert number
    case = await storage.cases.get(number.group())
    assert case.complaint.named
    reporter = await storage.reporters.find(case.number)
    assert reporter
    assert (reporter.name, reporter.contact) == ("李四", "13900000000")


async def test_a_double_tap_on_confirm_gives_the_same_number_and_no_second_case(
    chat: CitizenChat, storage: Storage
) -> None:
    await chat.file_story()
    number = NUMBER.search(chat.sent[-1].text)
    assert number
    assert await chat.press("确认提交") == []
    assert number.group() in chat.notices()[0]
    assert len(chat.last) == 1
    assert len(await storage.reporters.list_numbers(chat.conversation)) == 1


async def test_an_update_handled_twice_files_once_with_the_same_receipt(
    chat: CitizenChat, storage: Storage
) -> None:
    await chat.say(STORY)
    for label in ("继续", "匿名", "没有材料"):
        await chat.press(label)
    before = dict(chat.state)
    first = (await chat.press("确认提交"))[-1]
    chat.state = before
    again = (await chat.press("确认提交"))[-1]
    assert RECEIPT.findall(first) == RECEIPT.findall(again)
    assert NUMBER.findall(first) == NUMBER.findall(again)
    assert len(await storage.reporters.list_numbers(chat.conversation)) == 1


async def test_buttons_of_a_dropped_draft_are_stale(chat: CitizenChat) -> None:
    await chat.say(STORY)
    old = chat.data_of("没有问题")
    await chat.press("放弃")
    assert await chat.press_data(old) == []
    assert "失效" in chat.notices()[0]


@pytest.mark.parametrize(
    "data", ["", "x", "d:1:2", "d:0:confirm:", "c:SX1:open", "e:1:send:", "m:nonsense:", "🙂"]
)
async def test_unknown_buttons_get_an_answer(chat: CitizenChat, data: str) -> None:
    await chat.press_data(data)
    assert len(chat.notices()) == 1


async def test_parts_sent_one_after_the_other_are_one_complaint(chat: CitizenChat) -> None:
    await chat.say("青海省西宁市城东区住房和城乡建设局拖欠工程款。")
    text = (await chat.say("一共拖欠50万元。"))[-1]
    assert "50万元" in text
    memory = Memory.load(chat.state)
    assert memory.draft
    assert len(memory.draft.parts) == 2


async def test_a_message_cut_by_the_messenger_is_continued(chat: CitizenChat) -> None:
    text = (await chat.say("拖欠工程款。" * 682))[-1]
    assert "接着发" in text
    text = (await chat.say("就是这些，希望尽快支付。"))[-1]
    assert "接着发" not in text
    memory = Memory.load(chat.state)
    assert memory.draft
    assert len(memory.draft.text) > 4096


async def test_a_complaint_beyond_all_measure_is_refused_politely_and_kept_so_far(chat: CitizenChat) -> None:
    for _ in range(6):
        await chat.say("拖欠工程款。" * 682)
    assert "20000" in chat.sent[-1].text
    memory = Memory.load(chat.state)
    assert memory.draft
    assert memory.draft.size <= 20_000


async def test_an_edited_message_changes_the_draft(chat: CitizenChat) -> None:
    await chat.say(STORY)
    text = (await chat.edit(1, text=STORY.replace("50万元", "80万元")))[-1]
    assert "80万元" in text
    await chat.press("继续")
    await chat.press("匿名")
    await chat.press("没有材料")
    assert "90万元" in (await chat.edit(1, text=STORY.replace("50万元", "90万元")))[-1]


async def test_an_edit_after_filing_points_to_add(chat: CitizenChat) -> None:
    await chat.file_story()
    assert "/add" in (await chat.edit(1, text="改一下"))[-1]


async def test_what_a_citizen_writes_cannot_become_markup(chat: CitizenChat) -> None:
    await chat.say(STORY + "<b>&<script>alert(1)</script>")
    await chat.press("有不对的，更正")
    await chat.press("更正单位")
    text = (await chat.say("<a href='x'>局</a>"))[-1]
    assert "&lt;a href" in text


async def test_a_forwarded_message_is_text_and_marked(chat: CitizenChat) -> None:
    origin = {"type": "hidden_user", "sender_user_name": "甲", "date": 1}
    await chat.say(STORY, forward_origin=origin)
    memory = Memory.load(chat.state)
    assert memory.draft
    assert memory.draft.text.startswith("（以下为转发的内容）")


async def test_a_draft_survives_because_everything_is_in_the_state(
    chat: CitizenChat, make_chat: MakeChat
) -> None:
    await chat.say(STORY)
    later = make_chat(id=chat.id, state=chat.state)
    later.sent = chat.sent
    assert "匿名" in (await later.press("继续"))[-1]


async def test_a_state_that_cannot_be_read_is_forgotten_and_not_a_crash(chat: CitizenChat) -> None:
    chat.state = {"draft": {"parts": 5}, "language": "en"}
    assert "Debts" in (await chat.say(STORY))[-1].title()


async def test_two_people_at_once_do_not_mix(make_chat: MakeChat, storage: Storage) -> None:
    one, two = make_chat(), make_chat()
    await one.say(STORY)
    await two.say("黑龙江省哈尔滨市某某区政府招商引资承诺的奖励不兑现，要求兑现奖励100万元")
    assert "50万元" in (await one.say("请尽快"))[-1]
    assert "100万元" in (await two.say("请尽快"))[-1]


async def test_a_flood_of_filings_by_one_chat_is_slowed_politely(chat: CitizenChat) -> None:
    for _ in range(10):
        await chat.file_story()
    await chat.say(STORY)
    for label in ("继续", "匿名", "没有材料"):
        await chat.press(label)
    await chat.press("确认提交")
    assert "10" in (await chat.press("新的一件"))[-1]
    assert Memory.load(chat.state).draft is not None


@pytest.mark.parametrize(
    ("code", "words", "language"),
    [
        ("zh-hant", "請核對", Language.ZH_HANT),
        ("zh-TW", "請核對", Language.ZH_HANT),
        ("en", "check", Language.EN),
    ],
)
async def test_the_dialogue_speaks_the_language_of_the_messenger(
    make_chat: MakeChat, code: str, words: str, language: Language
) -> None:
    chat = make_chat(language=code)
    assert words in (await chat.say(STORY))[-1]
    assert Memory.load(chat.state).language is language


async def test_a_complaint_in_english_is_understood_from_the_first_message(
    make_chat: MakeChat, storage: Storage
) -> None:
    chat = make_chat(language="en")
    story = (
        "The Chengdong District government in Xining owes our company 2.6 million yuan for a road we built."
        " It was completed in May 2023. Please pay us."
    )
    text = (await chat.say(story))[-1]
    assert "Government debts and unpaid bills" in text
    assert "青海省西宁市城东区" in text
    assert "CNY 2,600,000" in text
    await chat.press("All correct, go on")
    for _ in range(4):
        if any("Anonymous" in label for label in chat.buttons()):
            break
        await chat.press("Skip")
    await chat.press("Anonymous")
    await chat.press("No files")
    number = NUMBER.search((await chat.press("File it"))[-1])
    assert number
    case = await storage.cases.get(number.group(1) if NUMBER.groups else number.group())
    assert case.complaint.domain is Domain.DEBT
    assert case.complaint.amount_yuan == 2_600_000
    assert case.complaint.text.startswith("The Chengdong District government")


async def test_a_language_once_chosen_stays(chat: CitizenChat, storage: Storage) -> None:
    await chat.say("/language")
    await chat.press("English")
    assert await storage.conversations.language(chat.conversation) is Language.EN
    assert "check" in (await chat.say(STORY))[-1]
