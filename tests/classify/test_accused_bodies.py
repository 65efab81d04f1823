"""The body complained about, as written, with its level."""

from __future__ import annotations

import pytest

from cases.rules.jurisdictions import Jurisdictions
from classify import BodyRole, Classifier


@pytest.mark.parametrize(
    ("text", "name", "level"),
    [
        ("青海省海东市互助县教育局拖欠工程款", "青海省海东市互助县教育局", "county"),
        ("举报道里区住建局副局长收钱", "道里区住建局", "county"),
        ("惠城区水口街道办事处承诺的补偿至今没给", "惠城区水口街道办事处", "township"),
        ("镇政府欠我工程款三年", "镇政府", "township"),
        ("村委会不给我办低保", "村委会", "village"),
        ("五常市教育局不发绩效", "五常市教育局", "county"),
        ("吉林省交通运输厅不兑现承诺", "吉林省交通运输厅", "province"),
        ("西宁市人民政府拖欠供货款", "西宁市人民政府", "prefecture"),
        ("惠州市惠城区住房和城乡建设局不履约", "惠州市惠城区住房和城乡建设局", "county"),
        ("县乡村振兴局不验收", "县乡村振兴局", "county"),
        ("市自然资源和规划局不给办证", "市自然资源和规划局", "prefecture"),
        ("区教体局欠校服款", "区教体局", "county"),
        ("县融媒体中心拖欠工资", "县融媒体中心", "county"),
        ("县国资公司赖账", "县国资公司", "county"),
        ("市水利投资集团拖欠民工工资", "市水利投资集团", "prefecture"),
        ("市政府采购中心内定供应商", "市政府采购中心", "prefecture"),
        ("县教育局下属的第三中学不给退押金", "第三中学", None),
        ("教育局下属中学欠装修款", "教育局下属中学", None),
        ("经开区管委会不兑现承诺", "经开区管委会", "county"),
        ("社区居委会不给盖章", "社区居委会", "village"),
        ("1997年工厂停产，工资到现在没发", "工厂", None),
        ("当时由四家建筑公司承建，都欠我们工资", "建筑公司", None),
        ("找过江南街道办事处，没有人理我们，工程款拖了三年", "江南街道办事处", "township"),
        ("交警队乱罚款", "交警队", None),
    ],
)
def test_the_accused_body_is_found_with_its_level(
    classifier: Classifier, text: str, name: str, level: str | None
) -> None:
    (accused,) = classifier.classify(text).accused
    assert (accused.name, accused.level) == (name, level)
    assert accused.span is not None
    assert text[accused.span.start : accused.span.end] == name


@pytest.mark.parametrize(
    ("text", "said", "name", "level"),
    [
        ("李家村村支书贪污低保", "李家村村支书", "李家村", "village"),
        ("村里欠我工钱", "村里", "村委会", "village"),
        ("曹家社区主任截留低保", "曹家社区主任", "曹家社区居委会", "village"),
        ("花桥镇长答应修路的钱没给", "花桥镇长", "花桥镇政府", "township"),
        ("县里答应的补贴没给", "县里", "县政府", "county"),
    ],
)
def test_a_person_or_place_that_stands_for_a_body_is_shown_by_the_name_of_the_body(
    classifier: Classifier, text: str, said: str, name: str, level: str
) -> None:
    (accused,) = classifier.classify(text).accused
    assert (accused.name, accused.level) == (name, level)
    assert accused.span is not None
    assert text[accused.span.start : accused.span.end] == said


def test_whom_the_letter_is_addressed_to_is_not_accused(classifier: Classifier) -> None:
    result = classifier.classify("敬爱的市政府领导,县水利局拖欠我水渠工程款")
    assert [body.name for body in result.accused] == ["县水利局"]
    assert [(body.name, body.role) for body in result.mentioned] == [("市政府", BodyRole.ADDRESSEE)]


@pytest.mark.parametrize(
    ("came", "accused"),
    [
        ("青海省财政厅去年来过。", False),
        ("青海省财政厅今年派人来检查过。", False),
        ("青海省财政厅来过两次，材料被拿走了。", True),
        ("青海省财政厅去年来过。他们也不给说法。", True),
    ],
)
def test_a_body_that_merely_came_by_is_named_beside_the_accused(
    classifier: Classifier, came: str, accused: bool
) -> None:
    result = classifier.classify("西宁市城西区教育局拖欠货款八十万元，至今未付。" + came)
    beside = {body.name: body.role for body in result.mentioned}
    assert beside == ({} if accused else {"青海省财政厅": BodyRole.NAMED})


def test_a_matter_before_the_word_government_is_no_name(classifier: Classifier) -> None:
    assert [body.name for body in classifier.classify("ppp项目政府不按约定付款").accused] in ([], ["政府"])


def test_no_public_body_means_no_accused_body(classifier: Classifier) -> None:
    assert classifier.classify("老板跑了工资没给").accused == ()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("惠城区财政局和惠城区教育局都欠我们工程款", ["惠城区财政局", "惠城区教育局"]),
        ("惠城区财政局、教育局和住建局都拖欠我们工程款", ["惠城区财政局", "惠城区教育局", "惠城区住建局"]),
        ("请市长热线督促城东街道办退还押金", ["城东街道办"]),
        ("向县纪委举报村支书李某贪污征地款", ["村委会"]),
        ("我家住在平山街道办旁边,镇政府欠我木工钱", ["镇政府"]),
        ("感谢市信访局帮我们反映,但是区政府还是不给钱", ["区政府"]),
        ("县政府、县教育局互相推诿,拖欠我的货款", ["县政府", "县教育局"]),
        ("举报成都市武侯区城管局和镇派出所乱罚款", ["成都市武侯区城管局", "镇派出所"]),
    ],
)
def test_every_accused_body_is_named(classifier: Classifier, text: str, names: list[str]) -> None:
    assert [body.name for body in classifier.classify(text).accused] == names


def test_a_second_body_is_of_the_place_of_the_first(classifier: Classifier) -> None:
    found = classifier.classify("惠城区财政局和教育局都拖欠我们的工程款").accused
    assert [(body.name, body.level) for body in found] == [
        ("惠城区财政局", "county"),
        ("惠城区教育局", "county"),
    ]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("前往咨询县医保所,一直不给报销", "县医保所"),
        ("但县发展改革委拖欠课题费", "县发展改革委"),
        ("谁知市经济和信息化委不认账", "市经济和信息化委"),
        ("因省政务服务和数字化局不兑现承诺", "省政务服务和数字化局"),
        ("和平村村委会克扣我家低保", "和平村村委会"),
        ("都匀市住建局拖欠工程款", "都匀市住建局"),
        ("王各庄镇人民政府骗了我们", "王各庄镇人民政府"),
        ("A7县教育局乱收费", "A7县教育局"),
        ("某某市城投公司拖欠材料款", "某某市城投公司"),
        ("西安市长安区社区卫生服务中心乱收费", "西安市长安区社区卫生服务中心"),
        ("县公安局交警大队乱罚款", "县公安局交警大队"),
        ("教 育 局 拖欠装修款的是博罗县教 育 局", "博罗县教育局"),
        ("惠州市公安局惠城区分局违法扣车", "惠州市公安局惠城区分局"),
    ],
)
def test_a_name_is_whole_and_nothing_but_the_name(classifier: Classifier, text: str, name: str) -> None:
    assert [body.name for body in classifier.classify(text).accused] == [name]


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("县法院判决后,镇政府拒不付款", "县法院", BodyRole.COURT),
        ("向县信访局反映过,镇政府拖欠我货款", "县信访局", BodyRole.ASKED),
        ("山东政府采购网上公示了,县教育局拖欠货款", "山东政府", BodyRole.WEBSITE),
        ("根据国务院的规定应当付款,镇政府拖欠货款", "国务院", BodyRole.LAW_GIVER),
        ("各级人民政府应当守信,镇政府拖欠货款", "人民政府", BodyRole.LAW_GIVER),
        ("我是张家湾村村民,镇政府拖欠货款", "张家湾村", BodyRole.OWN_UNIT),
    ],
)
def test_a_body_that_did_nothing_wrong_is_only_mentioned(
    classifier: Classifier, text: str, name: str, role: BodyRole
) -> None:
    result = classifier.classify(text)
    assert name not in [body.name for body in result.accused]
    assert role in [body.role for body in result.mentioned if body.name == name]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("收回澄水湾村的鱼塘,澄水湾村不给补偿", "澄水湾村"),
        ("月后宁安远达物流有限公司不发工资", "宁安远达物流有限公司"),
        ("县财政和镇政府各拿一半,镇政府拖欠工资", "镇政府"),
        ("水口街道新民村私自卖地", "水口街道新民村"),
        ("惠州市博罗县公庄镇南溪村三组组长贪污", "公庄镇南溪村"),
    ],
)
def test_a_name_that_no_table_knows_begins_where_names_begin(
    classifier: Classifier, text: str, name: str
) -> None:
    assert name in [body.name for body in classifier.classify(text).accused]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("宁安市远达物流有限公司不发工资,远达公司说没钱", "宁安市远达物流有限公司"),
        ("博罗县人力资源和社会保障局不受理,县人社局推给法院", "博罗县人力资源和社会保障局"),
        ("实验中学克扣课时费,学校说再等等", "实验中学"),
        ("我是南溪村村民,村委会不公布账目", "南溪村委会"),
    ],
)
def test_a_body_named_in_short_again_is_the_same(classifier: Classifier, text: str, name: str) -> None:
    result = classifier.classify(text)
    assert [body.name for body in result.accused] == [name]


def test_a_law_in_its_marks_names_no_body(classifier: Classifier) -> None:
    result = classifier.classify("《惠城区人民政府关于招商引资的意见》写明奖励,镇政府拖欠不付")
    assert [body.name for body in (*result.accused, *result.mentioned)] == ["镇政府"]


SAID = (
    "举报{}拖欠工程款",
    "我们给{}供货,验收后一直不付款",
    "谁知{}不认账",
    "前往{}咨询三次都没有答复",
    "{}欠钱",
)


@pytest.mark.parametrize("said", SAID)
def test_every_department_of_the_packs_is_found_under_all_its_names(
    classifier: Classifier, said: str
) -> None:
    for department in Jurisdictions.load().departments():
        for name in department.all_names:
            result = classifier.classify(said.format(name))
            assert name in [body.name for body in (*result.accused, *result.mentioned)], (said, name)
