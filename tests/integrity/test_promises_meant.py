"""Which promise a complaint means: the right one first, none for another matter of the same body."""

from __future__ import annotations

import re

import pytest

from cases.integrity.registers.promises_meant import features, meant_by, plain
from cases.model import Complaint
from cases.records import FreeText
from classify.types import Domain
from tests.town.promises import promised

PROMISED = {
    "road": ("修通上庄村到县城的村组公路", None),
    "school": ("年底前建成第三小学教学楼并投入使用", None),
    "water": ("解决柳湾片区居民自来水压力不足问题", None),
    "rent": ("对入园企业前三年厂房租金全额补贴", 600_000),
    "houses": ("安置房2026年6月交付", None),
    "wages": ("清偿拖欠环卫工人的工资", 1_200_000),
    "market": ("老农贸市场升级改造后原摊位户优先回迁", None),
    "lamps": ("主干道路灯全部修复", None),
}
TOLD = {
    "road": "镇里去年开会说要把我们上庄村到县城的公路修通，到现在还是泥巴路，下雨车都开不进去。",
    "school": "说好第三小学的教学楼年底能用，孩子们还在板房里上课，教学楼只打了地基。",
    "water": "柳湾这边自来水压力一直不足，三楼以上晚上没有水，答应解决答应了两年。",
    "rent": "招商时说入园企业前三年厂房租金全补，我们交了六十万，一分补贴没见着。",
    "houses": "安置房说是六月交付，现在楼还没封顶，我们在外面租了四年房。",
    "wages": "我们扫马路的环卫工人工资又拖了五个月，局里说年前还清，没有动静。",
    "market": "农贸市场改造以后说原来的摊位户优先回迁，结果摊位都给了外面的人。",
    "lamps": "主干道的路灯坏了大半年，说全修好，晚上还是一片黑。",
}
OTHER = (
    "办准生证跑了五趟，每次都说缺一样材料，窗口的人态度也不好。",
    "医保报销交上去三个月没有消息，打电话没有人接。",
    "我们公司给单位供了办公家具，验收完一年不付货款。",
    "开标那天参数改来改去，一看就是给某一家量身定的。",
    "村里土地流转的租金没有发到户，账也不公开。",
    "评职称的名额说好公示，一直没有公示。",
    "楼下烧烤摊油烟太大，投诉过好多次没有人管。",
    "特许经营协议签了二十年，第五年就要提前收回去。",
)


ALL = [promised(key, *PROMISED[key]) for key in PROMISED]


def complaint(text: str, amount: int | None = None) -> Complaint:
    return Complaint(text=FreeText(text), domain=Domain.GENERAL, amount_yuan=amount, region_code="630102")


@pytest.mark.parametrize("key", TOLD)
def test_the_promise_that_is_meant_comes_first_with_its_words(key: str) -> None:
    found = meant_by(complaint(TOLD[key], PROMISED[key][1]), ALL)
    assert found, key
    assert found[0].commitment.id == f"CN-{key}"
    assert found[0].why[0].startswith("事项相近：")


@pytest.mark.parametrize("text", OTHER)
def test_another_matter_of_the_body_means_none(text: str) -> None:
    assert meant_by(complaint(text), ALL) == ()


@pytest.mark.parametrize(
    ("matter", "said"),
    [
        ("安置480户", "四百八十户"),
        ("每亩补助120元", "一亩一百二"),
        ("安装路灯200盏", "两百盏"),
        ("安装路灯200盏", "二百盏"),
        ("新增学位1050个", "一千零五十个"),
        ("奖励20万元", "奖二十万"),
        ("奖励20万元", "奖200000"),
        ("建设幸福院10所", "十所"),
        ("修建公厕15座", "十五座"),
        ("提供岗位2500个", "两千五个岗位"),
    ],
)
def test_a_number_is_known_as_people_say_it(matter: str, said: str) -> None:
    text = plain(re.sub(r"\d+", "", matter) + said)
    seen = features(complaint(text), text, promised("n", matter))
    assert seen is not None
    assert seen["number"] == 1
    other = features(complaint("安装奖励"), plain(f"{matter[:4]}三十七个"), promised("n", matter))
    assert other is None or other["number"] == 0


def test_what_is_a_reason_is_said() -> None:
    (found,) = meant_by(
        complaint("招商时说奖励首次升规企业二十万，没给。", 200_000),
        [promised("n", "首次升规企业奖励20万元", 200_000)],
    )
    assert found.why == ("事项相近：首次升规企业", "数字相同", "金额相同", "地点相同")
