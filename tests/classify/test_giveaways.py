"""What gives a writer away is found and masked; bodies, firms and officials stay readable."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classify import GiveawayKind
from classify.details.giveaways import find_giveaways, mask_giveaways


@pytest.mark.parametrize(
    ("text", "kind", "hidden"),
    [
        ("我叫钱文斌，县里欠我工程款。", GiveawayKind.NAME, "钱文斌"),
        ("投诉人：欧阳建国", GiveawayKind.NAME, "欧阳建国"),
        ("本人沈立群，男，今年五十二岁", GiveawayKind.NAME, "沈立群"),
        ("我是钱文斌，去年中标", GiveawayKind.NAME, "钱文斌"),
        ("我叫达瓦卓玛，乡里欠我草料款", GiveawayKind.NAME, "达瓦卓玛"),
        ("投诉人：阿依古丽", GiveawayKind.NAME, "阿依古丽"),
        ("请尽快付款。此致敬礼\n沈立群\n2025年3月1日", GiveawayKind.NAME, "沈立群"),
        ("My name is Peter Novak and the zone broke its promise", GiveawayKind.NAME, "Peter Novak"),
        (
            "請回電０９７１－８２３４５６７或１３８１２３４５６７８",
            GiveawayKind.NUMBER,
            "１３８１２３４５６７８",
        ),
        ("身份证号63010219800101123X", GiveawayKind.NUMBER, "63010219800101123X"),
        ("打到我的卡6222 0212 3456 7890 123", GiveawayKind.NUMBER, "6222 0212 3456 7890 123"),
        ("我家住西宁市城东区八一路12号3号楼2单元501室", GiveawayKind.ADDRESS, "3号楼2单元501室"),
        ("我是丽水苑5栋1203的业主", GiveawayKind.ADDRESS, "5栋1203"),
        ("我的车青A·8K62Z被拖走", GiveawayKind.PLATE, "8K62Z"),
        ("我是青山镇政府的会计，知道内情", GiveawayKind.JOB, "会计"),
        ("我在青山镇政府当出纳", GiveawayKind.JOB, "出纳"),
        ("本人是柳河县水利局的一名工作人员", GiveawayKind.JOB, "工作人员"),
    ],
)
def test_what_people_say_of_themselves_is_found_and_masked(
    text: str, kind: GiveawayKind, hidden: str
) -> None:
    found = find_giveaways(text)
    assert kind in {one.kind for one in found}
    masked = mask_giveaways(text, found)
    assert hidden not in masked
    assert len(masked) == len(text)


@pytest.mark.parametrize(
    "text",
    [
        "青山镇政府拖欠宏达建筑公司工程款五十万元",
        "县长李大明当众答应过，副局长王刚也在场",
        "局长张三收了好处费",
        "我是宏达建筑公司的负责人，我公司2023年中标",
        "我是包工头，带了三十个农民工",
        "我是李家村的村民，村里一直不公开账目",
        "我是江苏人，来黑龙江投资",
        "本人强烈要求退还保证金",
        "我是高新区的商户",
        "我是格桑村的村民，卓玛饭店也没有拿到钱",
        "隔壁6栋1706开麻将馆，物业不管",
        "热线12345让我找住建局，办公电话0971-8234567没有人接",
        "合同金额1200000元，编号20230512001",
        "2023年5月竣工，2024年3月12日验收",
        "作为老百姓我们住在这里十几年了",
        "The county government owes our company 2.6 million yuan.",
    ],
)
def test_what_a_complaint_is_about_is_no_giveaway(text: str) -> None:
    assert find_giveaways(text) == ()


STORY = "镇政府欠我们修路款三年了，一直不给。\n"


@pytest.mark.parametrize(
    "line",
    [
        "付钱呗",
        "谢谢",
        "谢谢您",
        "祝好",
        "严查",
        "何时还",
        "查处",
        "管管",
        "钱呢",
        "应还钱",
        "向谁说",
        "公平",
        "全靠您",
    ],
)
def test_a_last_word_is_no_name(line: str) -> None:
    assert find_giveaways(STORY + line) == ()


@pytest.mark.parametrize(
    "line",
    [
        "李开复",
        "王可",
        "高兴华",
        "朴正浩",
        "扎西",
        "才让多杰",
        "欧阳娜",
        "于海",
        "张元\n2026年11月3日",
        "投诉人：谢天",
    ],
)
def test_a_name_in_the_last_line_is_one(line: str) -> None:
    assert [one.kind for one in find_giveaways(STORY + line)] == [GiveawayKind.NAME]


def test_the_body_stays_readable_where_the_writer_works_there() -> None:
    text = "我是青山镇政府的会计，镇里欠宏达公司的钱"
    masked = mask_giveaways(text, find_giveaways(text))
    assert "青山镇政府" in masked
    assert "宏达公司" in masked
    assert "会计" not in masked
    assert "我是" not in masked


def test_a_name_said_once_is_masked_wherever_it_stands() -> None:
    text = "我叫钱文斌。他们在收条上写了钱文斌三个字。"
    assert "钱文斌" not in mask_giveaways(text, find_giveaways(text))


@given(st.text(max_size=300))
def test_any_text_is_read_and_what_is_masked_keeps_its_length(text: str) -> None:
    found = find_giveaways(text)
    assert len(mask_giveaways(text, found)) == len(text)
    assert all(one.span.end <= two.span.start for one, two in itertools.pairwise(found))
