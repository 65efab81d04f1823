"""What a citizen does with cases that exist: look, supplement, write, withdraw, rate, ask for review."""

from __future__ import annotations

import pytest

from bot.wiring import Core
from cases.lifecycle import forms
from cases.model import Case
from cases.moves.table import Args, NoArgs
from cases.numbers import make_receipt, show_receipt
from cases.people import SYSTEM, Actor, Role
from cases.vocabulary import Language, Move, Outcome, Status
from handlers.citizen.dialogue.drafts import Memory
from handlers.citizen.notifications import render_notification
from storage.opening import Storage
from tests.citizen.conftest import MakeChat
from tests.files.makers import pdf
from tests.town.live.chats import CitizenChat
from tests.town.words import STORY


async def act(core: Core, case: Case, move: Move, args: Args | None = None) -> Case:
    """A member of the responsible department makes a move."""
    roles = frozenset({Role.HANDLER, Role.HEAD})
    handler = Actor(roles=roles, id="s1", name="承办人甲", department=case.department)
    return await core.services.acting.act(case.number, move, args, handler)


async def accepted(core: Core, number: str, storage: Storage) -> Case:
    case = await storage.cases.get(number)
    case = await act(core, case, Move.CLAIM)
    return await act(core, case, Move.ACCEPT, forms.OptionalRemark())


async def answered(core: Core, number: str, storage: Storage) -> Case:
    case = await accepted(core, number, storage)
    opinion = forms.Opinion(
        outcome=Outcome.PARTLY,
        request="支付工程款",
        facts="经查，" + "拖欠属实。" * 900,
        opinion="<b>分期支付</b>",
        legal_basis="《保障中小企业款项支付条例》",
    )
    return await act(core, case, Move.ANSWER, opinion)


async def test_status_lists_own_cases_in_words_with_due_dates(chat: CitizenChat) -> None:
    number, _ = await chat.file_story()
    text = (await chat.say("/status"))[-1]
    assert number in text
    assert "已登记" in text
    assert "2026年" in text
    assert number in (await chat.press(number))[-1]
    assert "撤回" in chat.buttons()


async def test_a_number_typed_in_any_way_opens_the_case(chat: CitizenChat) -> None:
    number, _ = await chat.file_story()
    for typed in (number, number.lower(), number.replace("-", " "), f"/status {number}", f"/start {number}"):
        assert "责任单位" in (await chat.say(typed))[-1]


async def test_a_number_of_somebody_else_opens_nothing(chat: CitizenChat, make_chat: MakeChat) -> None:
    number, _ = await chat.file_story()
    stranger = make_chat()
    text = (await stranger.say(number))[-1]
    assert "回执码" in text
    assert "责任单位" not in text
    for act_name in ("open", "withdraw", "answer"):
        await stranger.press_data(f"c:{number}:{act_name}")
        assert number in stranger.notices()[0]


async def test_a_receipt_opens_the_case_in_another_chat_and_stays_there(
    chat: CitizenChat, make_chat: MakeChat
) -> None:
    number, receipt = await chat.file_story()
    other = make_chat()
    assert number in (await other.say(show_receipt(receipt)))[-1]
    assert number in (await other.say("/status"))[-1]


async def test_guessing_receipts_is_slowed(chat: CitizenChat, make_chat: MakeChat) -> None:
    _, receipt = await chat.file_story()
    guesser = make_chat()
    for n in range(10):
        assert "没有与这个回执码" in (await guesser.say(make_receipt(bytes([n]) * 32)))[-1]
    assert "一小时" in (await guesser.say(receipt))[-1]


async def test_a_supplement_carries_words_and_files_to_the_case(
    chat: CitizenChat, storage: Storage, core: Core
) -> None:
    number, _ = await chat.file_story()
    case = await accepted(core, number, storage)
    await act(core, case, Move.ASK_SUPPLEMENT, forms.SupplementRequest(items=("合同",)))
    await chat.say("/add")
    await chat.document(pdf(), "合同.pdf", caption="这是合同")
    await chat.say("还有一句")
    assert "已补充" in (await chat.press("提交"))[-1]
    case = await storage.cases.get(number)
    assert case.status is Status.ACCEPTED
    assert case.evidence[0].name == "文档1.pdf"
    assert case.history[-1].note == "这是合同\n还有一句"


async def test_a_message_reaches_the_handler_and_the_answer_is_shown_in_the_course(
    chat: CitizenChat, storage: Storage, core: Core
) -> None:
    number, _ = await chat.file_story()
    await chat.say(number)
    await chat.press("给承办人留言")
    await chat.say("什么时候处理")
    assert "交给" in (await chat.press("提交"))[-1]
    case = await storage.cases.get(number)
    assert case.history[-1].note == "什么时候处理"
    case = await act(core, case, Move.CLAIM)
    await act(core, case, Move.WRITE, forms.Message(text="<i>本周</i>"))
    text = (await chat.say(number))[-1]
    assert "您的留言：什么时候处理" in text
    assert "承办人留言：&lt;i&gt;本周" in text


async def test_withdrawing_needs_a_second_press_and_happens_once(chat: CitizenChat, storage: Storage) -> None:
    number, _ = await chat.file_story()
    await chat.say("/withdraw")
    assert (await storage.cases.get(number)).status is Status.REGISTERED
    await chat.say("已经解决")
    await chat.press("确认撤回")
    assert (await storage.cases.get(number)).status is Status.WITHDRAWN
    await chat.press("确认撤回")
    assert "失效" in chat.notices()[0]
    assert "没有可以撤回" in (await chat.say("/withdraw"))[-1]


async def test_an_answer_is_read_rated_and_reviewed(chat: CitizenChat, storage: Storage, core: Core) -> None:
    number, _ = await chat.file_story()
    await answered(core, number, storage)
    await chat.say(number)
    letter = await chat.press("查看答复")
    assert len(letter) > 3
    assert "部分支持" in letter[0]
    assert "&lt;b&gt;分期支付" in letter[-1]
    await chat.say("/rate")
    await chat.press("是")
    await chat.press("否")
    await chat.press("不满意")
    rating = (await storage.cases.get(number)).rating
    assert rating is not None
    assert (rating.responded, rating.solved, rating.satisfied) == (True, False, 2)
    await chat.say("/review")
    await chat.say("没有说清楚什么时候付")
    assert "提出申请" in (await chat.press("提交"))[-1]
    assert (await storage.cases.get(number)).status is Status.IN_REVIEW


async def test_words_while_rating_are_asked_to_be_buttons(
    chat: CitizenChat, storage: Storage, core: Core
) -> None:
    number, _ = await chat.file_story()
    await answered(core, number, storage)
    await chat.say("/rate")
    assert "按钮" in (await chat.say("挺好"))[-1]
    assert "已放弃" in (await chat.say("/cancel"))[-1]


async def test_an_errand_that_the_status_forbids_says_so(chat: CitizenChat, storage: Storage) -> None:
    number, _ = await chat.file_story()
    await chat.press_data(f"c:{number}:rate")
    assert "已登记" in chat.sent[-1].text
    assert "没有可以评价" in (await chat.say("/rate"))[-1]
    assert "没有可以申请复查" in (await chat.say("/review"))[-1]


async def test_a_case_that_changed_meanwhile_is_told_in_a_sentence_and_nothing_is_lost(
    chat: CitizenChat, storage: Storage, core: Core
) -> None:
    number, _ = await chat.file_story()
    await chat.say("/add")
    await chat.say("补充一句")
    await core.services.own_cases.act(
        number, Move.WITHDRAW, forms.OptionalRemark(), chat.conversation, key="elsewhere"
    )
    assert "不能办理" in (await chat.press("提交"))[-1]
    pending = Memory.load(chat.state).pending
    assert pending is not None
    assert pending.text == "补充一句"


async def test_an_empty_supplement_is_not_sent(chat: CitizenChat, storage: Storage) -> None:
    number, _ = await chat.file_story()
    await chat.say("/add")
    data = chat.data_of("放弃").replace(":stop", ":send")
    assert "还没有内容" in (await chat.press_data(data))[-1]
    assert (await storage.cases.get(number)).version == 1


async def test_an_errand_leaves_the_draft_where_it_is(chat: CitizenChat) -> None:
    await chat.file_story()
    await chat.say(STORY)
    await chat.say("/add")
    await chat.say("补充")
    await chat.press("提交")
    draft = Memory.load(chat.state).draft
    assert draft is not None
    assert draft.text == STORY
    await chat.say("/new")
    assert "接着写" in chat.buttons()


async def test_privacy_shows_what_is_stored_and_erases_contact_data(
    chat: CitizenChat, storage: Storage
) -> None:
    await chat.say(STORY)
    for label in ("继续", "留下姓名"):
        await chat.press(label)
    await chat.say("李四")
    await chat.say("13900000000")
    await chat.press("没有材料")
    await chat.press("确认提交")
    text = (await chat.say("/privacy"))[-1]
    assert "聊天软件本身知道是谁在写信" in text
    assert "李四，13900000000" in (await chat.press("查看存了什么"))[-1]
    await chat.press("删除联系方式")
    await chat.press("确认删除")
    assert "匿名" in (await chat.press_data("m:stored:"))[-1]
    number = (await storage.reporters.list_numbers(chat.conversation))[0]
    reporter = await storage.reporters.find(number)
    assert reporter is not None
    assert (reporter.name, reporter.contact) == (None, None)


@pytest.mark.parametrize(
    "command", ["/start", "/new", "/status", "/help", "/language", "/privacy", "/cancel"]
)
async def test_every_command_answers_without_a_case(chat: CitizenChat, command: str) -> None:
    assert len(await chat.say(command)) == 1


async def test_an_unknown_command_is_not_taken_for_a_complaint(chat: CitizenChat) -> None:
    assert "没有这个命令" in (await chat.say("/frobnicate now"))[-1]
    assert Memory.load(chat.state).draft is None


async def test_status_without_cases_asks_for_a_receipt(chat: CitizenChat) -> None:
    assert "回执码" in (await chat.say("/status"))[-1]
    assert "没有看懂" in (await chat.say("我忘了"))[-1]


async def test_new_with_an_open_draft_asks_before_dropping_it(chat: CitizenChat) -> None:
    await chat.say(STORY)
    await chat.say("/new")
    await chat.press("接着写")
    assert "有不对的，更正" in chat.buttons()
    await chat.say("/new")
    await chat.press("重新开始")
    assert Memory.load(chat.state).draft is None


async def test_who_is_not_satisfied_is_asked_why_and_words_do_what_buttons_do(
    chat: CitizenChat, storage: Storage, core: Core
) -> None:
    number, _ = await chat.file_story()
    await answered(core, number, storage)
    for words in ("评价", "有", "没解决"):
        await chat.say(words)
    assert "不满意的是什么" in (await chat.say("不满意"))[-1]
    kept = (await storage.cases.get(number)).rating
    assert kept is not None
    assert (kept.satisfied, kept.reasons) == (2, ())
    await chat.press("办得太慢")
    await chat.say("态度不好")
    await chat.say("其他")
    await chat.press("✓ 其他")
    await chat.say("打了五次电话都没有人接")
    assert "监督部门会看到" in (await chat.say("提交"))[-1]
    rating = (await storage.cases.get(number)).rating
    assert rating is not None
    assert (rating.reasons, rating.words) == (("slow", "manner"), "打了五次电话都没有人接")
    assert (rating.responded, rating.solved, rating.satisfied) == (True, False, 2)


async def test_who_is_satisfied_is_not_asked_why(chat: CitizenChat, storage: Storage, core: Core) -> None:
    number, _ = await chat.file_story()
    await answered(core, number, storage)
    for words in ("评价", "是", "解决了"):
        await chat.say(words)
    assert "不满意的是什么" not in (await chat.say("满意"))[-1]


async def test_who_is_asked_some_days_later_answers_in_words(
    chat: CitizenChat, storage: Storage, core: Core
) -> None:
    number, _ = await chat.file_story()
    await answered(core, number, storage)
    await core.services.acting.act(number, Move.FOLLOW_UP, NoArgs(), SYSTEM)
    told = [n for n in (await storage.cases.get(number)).notifications if n.template == "told-follow-up"]
    (message,) = render_notification(told[0].template, told[0].params, Language.ZH_HANS)
    assert number in message["text"]
    assert "评不评价由您决定" in message["text"]
    labels = [b["text"] for line in message["reply_markup"]["inline_keyboard"] for b in line]
    assert "评价" in labels
    for words in ("评价", "有", "没有", "1"):
        await chat.say(words)
    rating = (await storage.cases.get(number)).rating
    assert rating is not None
    assert (rating.by, rating.satisfied) == ("asked", 1)
