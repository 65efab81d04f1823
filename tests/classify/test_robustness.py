"""The same matter typed carelessly: homophones, gaps, other scripts and other tongues mixed in."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classify import Classifier, Domain, mask_private

SAME_MATTER = [
    (Domain.DEBT, ["教育局拖欠工程款", "教育局拖签工程款", "教育局拖欠工程欵", "敎育局拖欠工程款"]),
    (Domain.DEBT, ["村委会借钱不还", "村委会借前不还", "村委會借錢不還", "村委会 借钱 不还"]),
    (Domain.BIDDING, ["招标文件量身定做", "招标文件量身订做", "招标文件量身定", "招標文件量身定做"]),
    (
        Domain.INVESTMENT,
        ["招商引资优惠政策不兑现", "招商引姿优惠政策不兑现", "招商引资优惠政策没兑现吗，没有"],
    ),
    (Domain.TOWNSHIP, ["村干部侵吞低保金", "村干部侵吞低保", "村干部侵吞低宝金", "村幹部侵吞低保金"]),
    (
        Domain.PPP,
        ["特许经营协议政府违约", "特许经营协义政府违约", "特许经营协议政府违约!!", "特許經營協議政府違約"],
    ),
    (
        Domain.PROCUREMENT,
        ["政府采购内定供应商", "政府采够内定供应商", "政府采购内定供应", "政府採購內定供應商"],
    ),
    (Domain.GENERAL, ["征收办不履行安置协议", "征收办不履行安置协仪", "征收辦不履行安置協議"]),
    (Domain.PRIVATE_WAGES, ["老板不发工资跑了", "老板不发公资跑了", "老闆不發工資跑了"]),
]
ENGLISH = [
    ("help please 镇政府 owe 我们 工程款 三年 not paid", Domain.DEBT),
    ("PPP project 政府 side 不付费 SOS", Domain.PPP),
    ("boss 不发工资 run away 了", Domain.PRIVATE_WAGES),
]
ONE_BREATH = (
    "我叫王某某是县里请来办厂的当时管委会说好给地给补贴厂子盖了钱也投了现在换了人就不认账土地证不办补贴不给"
    "电也停了贷款天天催我找了十几趟没有人理请领导给个说法"
)


@pytest.mark.parametrize(
    ("message", "domain"), [(message, domain) for domain, messages in SAME_MATTER for message in messages]
)
def test_the_domain_survives_careless_typing(classifier: Classifier, message: str, domain: Domain) -> None:
    assert classifier.classify(message).domain is domain


@pytest.mark.parametrize(("message", "domain"), ENGLISH)
def test_english_between_the_words_does_no_harm(classifier: Classifier, message: str, domain: Domain) -> None:
    assert classifier.classify(message).domain is domain


def test_a_letter_without_punctuation_is_understood(classifier: Classifier) -> None:
    assert classifier.classify(ONE_BREATH).domain is Domain.INVESTMENT


def test_emoji_between_the_words_do_no_harm(classifier: Classifier) -> None:
    result = classifier.classify("🙏🙏村委会😡借钱💰不还😭")
    assert result.domain is Domain.DEBT


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("镇政府欠我叁万伍仟元", 35_000),
        ("学校欠我们装修款一十二万三千元", 123_000),
        ("差我五百多块钱没给", 500),
        ("拖欠工程款两千三百万", 23_000_000),
        ("欠我６０万", 600_000),
    ],
)
def test_sums_in_words_and_wide_figures_are_read(classifier: Classifier, text: str, yuan: int) -> None:
    assert classifier.classify(text).amount_yuan == yuan


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("电话138 1234 5678找我", "1234"),
        ("手机:139-1234-5678", "1234"),
        ("座机0452-2345678", "23456"),
        ("身份证23010219900101123X", "19900101"),
        ("工行卡6222021234567890123", "0212345678"),
        ("卡号 6217 0000 1234 5678 901", "1234"),
    ],
)
def test_private_numbers_are_masked_however_they_are_spaced(
    classifier: Classifier, text: str, secret: str
) -> None:
    assert secret not in mask_private(text, classifier.classify(text).private_spans)


@pytest.mark.parametrize(
    "text", ["合同编号20190312001号", "造价1234567元", "2019年3月12日", "面积123456.78平方米"]
)
def test_other_figures_are_not_masked(classifier: Classifier, text: str) -> None:
    assert classifier.classify(text).private_spans == ()


@given(st.text(st.characters(codec=None, exclude_categories=()), max_size=120))
@settings(max_examples=60)
def test_reasons_can_be_asked_for_any_text(text: str) -> None:
    reasons = CLASSIFIER.arguments(text)
    assert reasons.domain is not reasons.other


CLASSIFIER = Classifier.load()
