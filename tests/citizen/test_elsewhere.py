"""Honest about whom it serves: nothing is promised for a place no jurisdiction here covers."""

from __future__ import annotations

import pytest

from cases.vocabulary import Language
from classify.acts.referrals import Referral, find_referrals
from handlers.citizen.channels import NATIONAL, channels, read_channels
from handlers.citizen.dialogue.drafts import Memory
from tests.town.live.chats import CitizenChat

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
