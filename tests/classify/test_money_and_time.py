"""Sums in yuan, periods as ranges of days, and what must be masked."""

from __future__ import annotations

from datetime import date

import pytest

from classify import Classifier, Severity, mask_private
from classify.details.periods import find_period
from classify.money.owed import find_owed
from classify.text.normalise import normalise

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("欠二十来万", 200_000),
        ("亏了3百多w", 3_000_000),
        ("造价1.2亿元", 120_000_000),
        ("三万五没给", 35_000),
        ("工程款38万一直没给", 380_000),
        ("欠我三万一分没付", 30_000),
        ("货款两万一", 21_000),
        ("欠卅五万", 350_000),
        ("工程款廿几万没给", 230_000),
        ("工资8700块", 8_700),
        ("两百五十块钱", 250),
        ("15万余元", 150_000),
        ("十几万血汗钱", 130_000),
        ("1,234,567元", 1_234_567),
        ("四十八万六千元", 486_000),
        ("拖欠我5000", 5_000),
        ("欠我三千五", 3_500),
        ("三万五千六百元", 35_600),
        ("一亿零八百万元", 108_000_000),
        ("两万零五百块", 20_500),
        ("县政府欠我们一亿三千多万", 130_000_000),
        ("欠我七八万工程款", 75_000),
        ("工资4千5没发", 4_500),
        ("政府欠1.2个亿", 120_000_000),
        ("欠3个w", 30_000),
        ("货款¥128,000.00未付", 128_000),
        ("共8000没给", 8_000),
        ("欠款壹佰万元整", 1_000_000),
        ("欠款壹仟贰佰叁拾肆元伍角", 1_234),
        ("5到8万的补贴没给", 65_000),
        ("欠半个亿", 50_000_000),
        ("欠工程款二十万3年了", 200_000),
    ],
)
def test_a_sum_is_read_in_yuan(text: str, yuan: int) -> None:
    amount = find_owed(normalise(text).text)
    assert amount is not None
    assert amount.yuan == yuan


@pytest.mark.parametrize(
    "text",
    [
        "2019年的欠款",
        "欠我们20人工资",
        "三千人签名",
        "欠薪4个月",
        "二十多万人",
        "占了我家一块菜园地",
        "两块地被占",
        "欠80万美元",
        "控制价1200万,最后中标价1198万,明显串标",
        "给局长送了5万好处费才中标",
        "人均补贴1500元没到账",
        "1000万以上的项目没招标",
    ],
)
def test_other_numbers_are_not_money(text: str) -> None:
    assert find_owed(normalise(text).text) is None


@pytest.mark.parametrize("text", ["欠我" + "9" * 400 + "元", "12万" + "一" * 4095, "欠1" + "0" * 6000 + "元"])
def test_a_figure_nobody_can_owe_is_not_money_and_breaks_nothing(classifier: Classifier, text: str) -> None:
    assert classifier.classify(text).amount_yuan is None


def test_the_sum_owed_comes_before_a_larger_one_of_something_else() -> None:
    amount = find_owed(normalise("全县人口三十万,我村有房子五十万平,拖欠工程款十二万元").text)
    assert amount is not None
    assert amount.yuan == 120_000


@pytest.mark.parametrize(
    ("text", "yuan", "reading"),
    [
        ("工程总造价120万元,已付40万,剩下的一直不给", 800_000, "120万元减去已付的40万元"),
        ("总价230万,去年付了120万,今年又付32万,还有78万没动静", 780_000, ""),
        ("审计定的是四十五万,先付三成,又付四成,剩三成拖了两年", 135_000, "45万元的30%"),
        ("中标价960万,县交通局只付了一半", 4_800_000, "960万元的50%"),
        ("本金两百八十万,利息一百二十万,一直不还", 4_000_000, "280万元加120万元"),
        ("一车两百五,拉了六十车,村里不给", 15_000, "250元×60"),
        ("一个字三块钱,写了一千二百个字没给钱", 3_600, "3元×1200"),
        ("在食堂烧饭一个月1200,半年没发过", 7_200, "1200元×6"),
        ("补贴说好一人3000,少了3600不给", 3_600, ""),
        ("每年该付680万,今年没给", 6_800_000, ""),
        ("4千5没给我", 4_500, ""),
        ("给居委会送菜,九千七,换主任说前账不理", 9_700, ""),
        ("招商时承诺奖励100万,只兑现了30万", 700_000, "100万元减去已付的30万元"),
        ("政府2015年借我20万元,2018年还了8万,剩下没还", 120_000, "20万元减去已付的8万元"),
        ("验收合格后应付86万,实付50万", 360_000, "86万元减去已付的50万元"),
        ("合同价300万,完工后只给了210万,至今还欠90万", 900_000, ""),
        ("学校欠我桌椅款四万二,前年给了一万,还有三万二没给", 32_000, "4.2万元减去已付的1万元"),
        ("工程造价560万,验收后拨付了六成", 2_240_000, "560万元的40%"),
        ("合同100万,只付了30%,余款没付", 700_000, "100万元的70%"),
        ("工程款80万还有两成没结", 160_000, "80万元的20%"),
        ("我们12个农民工,每人欠8000元", 96_000, "8000元×12"),
        ("每月工资3200元,拖欠5个月没发", 16_000, "3200元×5"),
        ("我们35个环卫工人,每人被拖欠2个月工资,每个月2600元", 182_000, "2600元×2×35"),
        ("每亩补偿2.6万元,我家5亩地没给", 130_000, "2.6万元×5"),
        ("水泥每吨420元,欠了200吨的钱", 84_000, "420元×200"),
        ("区里答应每年奖励50万,三年了一分没给", 1_500_000, "50万元×3"),
        ("材料单价每吨460元,一共欠我18万", 180_000, ""),
        ("投资800万建厂,答应返还的土地款160万没返", 1_600_000, ""),
    ],
)
def test_what_is_owed_is_found_out_and_how_it_was_read_is_told(text: str, yuan: int, reading: str) -> None:
    owed = find_owed(normalise(text).text)
    assert owed is not None
    assert (owed.yuan, owed.reading) == (yuan, reading)


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("2021年3月至今没发", date(2021, 3, 1), None),
        ("去年8月起停发", date(2025, 8, 1), None),
        ("2018年5月到2019年6月的工资", date(2018, 5, 1), date(2019, 6, 30)),
        ("拖了两年", date(2024, 11, 22), None),
        ("已经一年半了", date(2025, 5, 23), None),
    ],
)
def test_a_period_is_read_as_a_range(text: str, since: date, until: date | None) -> None:
    period = find_period(normalise(text).text, TODAY)
    assert period is not None
    assert (period.since, period.until) == (since, until)


def test_a_duration_needs_to_know_the_day() -> None:
    assert find_period("拖了两年", None) is None


def test_what_stands_between_the_two_ends_of_a_period_is_left_out() -> None:
    period = find_period("去年答应的教师补贴到现在都没发", TODAY)
    assert period is not None
    assert period.matched == "去年……到现在"


@pytest.mark.parametrize(
    ("answer", "yuan"),
    [
        ("12万", 120_000),
        ("十二万", 120_000),
        ("3,800", 3800),
        ("３８００", 3800),
        ("1999.6", 2000),
        ("50", 50),
        ("大概两万来块钱", 20_000),
        ("很多", None),
        ("0", None),
        ("9" * 40, None),
        ("", None),
    ],
)
def test_an_answer_to_how_much_may_be_bare_digits(
    classifier: Classifier, answer: str, yuan: int | None
) -> None:
    assert classifier.read_amount(answer) == yuan


def test_private_numbers_are_found_and_masked(classifier: Classifier) -> None:
    text = "我电话13912345678,身份证440106199001011234,卡号6222 0212 3456 7890 123,合同编号2019"
    result = classifier.classify(text)
    masked = mask_private(text, result.private_spans)
    assert len(result.private_spans) == 3
    assert "13912345678" not in masked
    assert "440106" not in masked
    assert "6222" not in masked
    assert "合同编号2019" in masked


def test_masking_finds_full_width_numbers(classifier: Classifier) -> None:
    text = "电话１３９１２３４５６７８"
    assert mask_private(text, classifier.classify(text).private_spans) == "电话*********７８"


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("再不给钱我就跳楼", Severity.URGENT),
        ("农民工工资没发", Severity.SERIOUS),
        ("答应的事没办", Severity.NORMAL),
    ],
)
def test_severity_follows_what_is_at_stake(classifier: Classifier, text: str, severity: Severity) -> None:
    assert classifier.classify(text).severity is severity


def test_the_wish_is_taken_from_the_citizens_words(classifier: Classifier) -> None:
    assert classifier.classify("镇政府欠我工程款,请求尽快支付剩余工程款。").wish == "尽快支付剩余工程款"
