"""The body complained about, as written, with its level."""

from __future__ import annotations

import pytest

from classify import Classifier


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
        ("李家村村支书贪污低保", "李家村村支书", "village"),
        ("社区居委会不给盖章", "社区居委会", "village"),
        ("县里答应的补贴没给", "县里", "county"),
        ("交警队乱罚款", "交警队", None),
    ],
)
def test_the_accused_body_is_found_with_its_level(
    classifier: Classifier, text: str, name: str, level: str | None
) -> None:
    accused = classifier.classify(text).accused
    assert accused is not None
    assert (accused.name, accused.level) == (name, level)
    assert accused.span is not None
    assert text[accused.span.start : accused.span.end] == name


def test_whom_the_letter_is_addressed_to_is_not_accused(classifier: Classifier) -> None:
    accused = classifier.classify("敬爱的市政府领导,县水利局拖欠我水渠工程款").accused
    assert accused is not None
    assert accused.name == "县水利局"


def test_a_matter_before_the_word_government_is_no_name(classifier: Classifier) -> None:
    body = classifier.classify("ppp项目政府不按约定付款").accused
    assert body is None or body.name == "政府"


def test_no_public_body_means_no_accused_body(classifier: Classifier) -> None:
    assert classifier.classify("老板跑了工资没给").accused is None
