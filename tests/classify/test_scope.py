"""Ours or not: kinds taken for each other, "not ours" only when nearly certain, several matters at once."""

from __future__ import annotations

import pytest

from classify import OUTSIDE, Classifier, Domain


@pytest.mark.parametrize(
    ("text", "domain"),
    [
        ("建议教室装空调,费用家长平摊,由学校统一采购,价格优惠", Domain.OUT_OF_SCOPE),
        ("建议政府统一采购校服", Domain.OUT_OF_SCOPE),
        ("之前反映的拆迁户头问题已经妥善处理,感谢县拆迁办的同志", Domain.OUT_OF_SCOPE),
        ("感谢街道把我家低保问题办好了", Domain.OUT_OF_SCOPE),
        ("两家公司之间的货款他不给", Domain.OUT_OF_SCOPE),
        ("业主您好,某品牌净水器以旧换新,旧机可作价三到五百抵新机价款", Domain.SPAM),
        ("建筑资质代办,包下证,电话联系", Domain.SPAM),
        ("本人会计,十年经验,求职", Domain.SPAM),
        ("市财政局拖欠本人8月份工资两个多月了", Domain.DEBT),
        ("年终奖县里说没钱不发了,我们是老师", Domain.DEBT),
        ("地铁三号线工程款拖了我们班组两年", Domain.DEBT),
        ("美丽乡村工程干完了不给钱", Domain.DEBT),
        ("县政府欠我们一亿三千多万", Domain.DEBT),
        ("厂里欠我三个月工资", Domain.PRIVATE_WAGES),
        ("广东沃达科技公司在宝鸡的厂欠我们工资", Domain.PRIVATE_WAGES),
        ("村里修路二百多万不挂网,镇里直接叫村主任的侄子干", Domain.BIDDING),
        ("镇里盖卫生院没招标,直接给了书记的小舅子", Domain.BIDDING),
        ("围标", Domain.BIDDING),
        ("招商时说的不算了", Domain.INVESTMENT),
        ("开发区当初答应的都不认了", Domain.INVESTMENT),
        ("每次问村委都是推脱", Domain.TOWNSHIP),
        ("请问镇里去年答应的危房补助怎么还不发", Domain.TOWNSHIP),
        ("县长信箱回复说已办结,其实根本没办", Domain.GENERAL),
    ],
)
def test_kinds_are_told_apart(classifier: Classifier, text: str, domain: Domain) -> None:
    assert classifier.classify(text).domain is domain


@pytest.mark.parametrize(
    "text",
    [
        "村委会说好的路灯不亮了,也没装",
        "镇里欠着我家的钱,小区也太吵",
        "老板欠我工资,工地是区政府的安置房",
        "学校食堂欠我菜钱,退费也不退",
        "街道答应装电梯,邻居反对,一直没装",
        "社区承诺的停车位没有兑现",
    ],
)
def test_with_a_cue_of_breach_beside_a_public_body_nobody_is_turned_away(
    classifier: Classifier, text: str
) -> None:
    found = classifier.classify(text)
    assert found.domain not in OUTSIDE or not found.confident


def test_two_matters_in_one_message_are_seen_and_ours_decides(classifier: Classifier) -> None:
    text = "楼下烧烤店天天吵到半夜。另外，县住建局欠我们装修工程款30万，三年没给"
    found = classifier.classify(text)
    assert found.domain is Domain.DEBT
    assert [matter.domain for matter in found.matters] == [Domain.OUT_OF_SCOPE, Domain.DEBT]
    assert text[found.matters[1].span.start :].startswith("另外")


@pytest.mark.parametrize(
    ("text", "domains"),
    [
        ("楼下烧烤店太吵了,还有镇政府欠我工程款十二万三年不给", [Domain.OUT_OF_SCOPE, Domain.DEBT]),
        ("路灯坏了没人修。镇政府还欠我八万块工程款", [Domain.OUT_OF_SCOPE, Domain.DEBT]),
        ("镇政府欠我工程款,村委会也把我家低保取消了", [Domain.DEBT, Domain.TOWNSHIP]),
        (
            "1.小区噪音大 2.村委会截留低保 3.县医院欠我货款5万",
            [Domain.OUT_OF_SCOPE, Domain.TOWNSHIP, Domain.DEBT],
        ),
    ],
)
def test_matters_are_seen_however_they_are_joined(
    classifier: Classifier, text: str, domains: list[Domain]
) -> None:
    found = classifier.classify(text)
    assert [matter.domain for matter in found.matters] == domains
    assert found.domain.in_scope


@pytest.mark.parametrize("text", ["县住建局欠我们工程款,另外,局长说没钱,叫我们再等等", "围标。", ""])
def test_one_matter_is_not_taken_for_two(classifier: Classifier, text: str) -> None:
    assert classifier.classify(text).matters == ()
