"""Honest about whom it serves: nothing is promised for a place no jurisdiction here covers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.settings import Settings
from cases.rules.jurisdictions import Jurisdictions
from cases.vocabulary import Language
from classify.acts.referrals import Referral, find_referrals
from handlers.citizen.channels import NATIONAL, channels, read_channels
from handlers.citizen.dialogue.drafts import Memory
from storage.opening import Storage
from tests.citizen.conftest import MakeChat
from tests.town.clock import Watch
from tests.town.live.chats import CitizenChat
from tests.town.live.parts import put_together
from tests.town.rules import RULES
from tests.town.words import NUMBER

OWED = "住房和城乡建设局拖欠我们公司道路工程款86万元，验收两年了一直没有支付，请尽快支付。"


@pytest.mark.parametrize("place", ["河南省周口市", "北京市朝阳区", "辽宁省沈阳市沈北新区"])
async def test_a_place_elsewhere_is_promised_nothing_and_told_where_to_turn(
    chat: CitizenChat, place: str
) -> None:
    said = (await chat.say(place + OWED))[-1]
    assert "不在这里受理的范围" in said
    assert place in said
    assert "黑龙江" in said, "whom it serves"
    assert all(f"<b>{reach}</b>" in said for reach in ("12345", "gjxfj.gov.cn", "tousu.www.gov.cn"))
    assert "工作日" not in said
    assert not any("继续" in label or "提交" in label for label in chat.buttons())
    for words in ("没有问题", "继续", "匿名", "确认提交"):
        said = (await chat.say(words))[-1]
        assert "已提交" not in said
        assert "将交由" not in said
    await chat.say("/new")
    assert Memory.load(chat.state).filed == []


async def test_a_misunderstood_place_is_corrected_and_the_report_goes_on(chat: CitizenChat) -> None:
    await chat.say("河南省周口市" + OWED)
    await chat.press("更正地区")
    said = (await chat.say("青海省西宁市城东区"))[-1]
    assert "不在这里受理的范围" not in said
    assert "城东区" in said


@pytest.mark.parametrize(
    ("words", "referrals"),
    [
        ("镇长收了好处费才肯签字", (Referral.GRAFT,)),
        ("局长受贿，工程款不给", (Referral.GRAFT,)),
        ("项目经理卷款跑路了", (Referral.CRIME,)),
        ("the mayor asked for a bribe", (Referral.GRAFT,)),
        ("镇政府拖欠工程款三年", ()),
        ("政府承诺的奖励一直没有兑现", ()),
    ],
)
def test_bribery_and_crime_are_heard(words: str, referrals: tuple[Referral, ...]) -> None:
    assert find_referrals(words) == referrals


async def test_bribery_is_referred_and_the_broken_promise_taken_all_the_same(chat: CitizenChat) -> None:
    said = (await chat.say("青海省西宁市城东区" + OWED + "他们局长收了好处费。"))[-1]
    assert "12388" in said
    assert "12309" in said
    assert chat.data_of("没有问题")


def test_every_channel_has_a_source_and_a_name_in_each_language() -> None:
    for rows in read_channels().values():
        assert all(len(row.source) >= 10 and row.en and row.reach for row in rows)
    for language in Language:
        assert channels(language, "heilongjiang") == channels(language, NATIONAL)


DESK = """
[neutral]
name = "政务诚信登记台"
elsewhere = true
"""


async def test_a_neutral_desk_registers_for_the_record_and_triages_what_has_no_place(
    make_chat: MakeChat, storage: Storage, watch: Watch, settings: Settings, tmp_path: Path
) -> None:
    (tmp_path / "own.toml").write_text(DESK, "utf-8")
    books = Jurisdictions.load(["qinghai"], tmp_path / "own.toml")
    parts = await put_together(storage, watch, settings, rules=replace(RULES, jurisdictions=books))
    chat = make_chat()
    chat.dialogue = parts.dialogue
    said = (await chat.say("河南省周口市" + OWED))[-1]
    assert "不在这里受理的范围" in said
    assert "12345" in said
    assert "政务诚信登记台" in said
    for words in ("登记备查", "匿名", "没有"):
        said = (await chat.say(words))[-1]
    assert "只登记备查" in said
    assert "办理答复" not in said
    filed = (await chat.say("确认提交"))[0]
    assert "只登记备查" in filed
    number = NUMBER.search(filed)
    assert number
    case = await storage.cases.get(number.group())
    assert (case.department_name, case.routing.triage) == ("政务诚信登记台", True)
    assert "登记留存" in case.routing.reasons[0]
    assert case.complaint.region_name == "河南省周口市"

    unplaced = make_chat()
    unplaced.dialogue = parts.dialogue
    await unplaced.say("招商引资时承诺给企业的奖励资金一直不兑现，优惠政策写明的补贴都不给，请兑现。")
    for words in ("没有问题", "不知道", "不清楚", "匿名", "没有"):
        said = (await unplaced.say(words))[-1]
    assert "政务诚信登记台" in said
    assert "暂定" in said
    filed = (await unplaced.say("确认提交"))[0]
    assert "暂定" in filed
    number = NUMBER.search(filed)
    assert number
    assert "（暂定）" in (await unplaced.say(number.group()))[-1]
    await parts.close()
