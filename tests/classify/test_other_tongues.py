"""English, pinyin and dialect: understood like Chinese, and shown in the words of the writer."""

from __future__ import annotations

from datetime import date

import pytest

from classify import Classifier, Domain
from classify.text.normalise import normalise
from classify.text.other_tongues import OtherTongues
from classify.text.replacing import Dialects

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "domain"),
    [
        ("The county government owes our company 2.6 million yuan for a road we built.", Domain.DEBT),
        (
            "Our joint venture in Huicheng District, Huizhou was promised a tax refund of RMB 1.2m per year"
            " by the management committee when we signed the investment agreement. The new leadership"
            " refuses to honour it.",
            Domain.INVESTMENT,
        ),
        (
            "The Chengdong District government in Xining promised us land for our factory."
            " Two years later we still have no land certificate.",
            Domain.INVESTMENT,
        ),
        (
            "The tender of the Harbin metro line was rigged: specifications were tailored to one local bidder"
            " and foreign bidders were excluded.",
            Domain.BIDDING,
        ),
        (
            "The government procurement centre rejected our objection without giving a reason;"
            " the specification only fits one domestic brand.",
            Domain.PROCUREMENT,
        ),
        (
            "Our concession agreement for the sewage plant (BOT) was unilaterally terminated by the city"
            " government, the availability payments of 35 million yuan have not been paid since 2021.",
            Domain.PPP,
        ),
        (
            "The Changchun investment promotion bureau promised subsidies of 5 million RMB for our plant."
            " They paid only 1 million. Please keep the promise.",
            Domain.INVESTMENT,
        ),
        (
            "I teach at a public school in Jilin City. My salary has not been paid for four months.",
            Domain.DEBT,
        ),
        ("The township government took our land and the compensation never came.", Domain.TOWNSHIP),
        ("The village committee borrowed 50,000 yuan from my father and never paid it back.", Domain.DEBT),
        ("My boss at a private language school in Harbin owes me two months of wages.", Domain.PRIVATE_WAGES),
        ("How do I renew my work permit? What documents do I need?", Domain.OUT_OF_SCOPE),
        ("zf qian wo qian", Domain.DEBT),
        ("xian zheng fu tuo qian wo gong cheng kuan 50 wan yuan, san nian le bu gei", Domain.DEBT),
        ("laoban qian wo gongzi bu gei", Domain.PRIVATE_WAGES),
        ("街道辦爭我哋人工未出,話冇錢出糧", Domain.DEBT),
        ("俺给镇里修水渠,工钱三年了木有给", Domain.DEBT),
        ("村委話咗會賠償,而家冇下文", Domain.TOWNSHIP),
    ],
)
def test_other_tongues_are_understood(classifier: Classifier, text: str, domain: Domain) -> None:
    assert classifier.classify(text).domain is domain


def test_all_is_read_from_english_in_the_words_of_the_writer(classifier: Classifier) -> None:
    text = (
        "The Huicheng District government owes our firm RMB 2.6m for a bridge we built. We have been waiting"
        " since March 2022. Please pay us."
    )
    found = classifier.classify(text, today=TODAY)
    assert found.region is not None
    assert (found.region.name, found.region.matched) == ("广东省惠州市惠城区", "Huicheng District")
    assert (found.amount_yuan, found.amount_matched) == (2_600_000, "RMB 2.6m")
    assert found.wish == "Please pay"
    assert found.period is not None
    assert found.period.since == date(2022, 3, 1)
    assert all(phrase.matched in text for phrase in found.phrases)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The county government of Wangkui owes us 2.6 million yuan.", ["望奎县政府"]),
        ("The Finance Bureau of Datong County, Xining, refuses to pay us.", ["大通回族土族自治县财政局"]),
        ("Harbin High-tech Zone Management Committee promised us a tax rebate.", ["哈尔滨高新区管委会"]),
        (
            "The administrative committee of the Harbin Economic and Technological Development Zone owes us.",
            ["哈尔滨经济技术开发区管委会"],
        ),
        ("Qinghai Provincial Department of Finance has not paid our subsidy.", ["青海省财政厅"]),
        ("The Department of Education of Heilongjiang Province rigged the tender.", ["黑龙江省教育厅"]),
        ("Xining Municipal Bureau of Human Resources and Social Security owes us.", ["西宁市人社局"]),
        ("Nangang District Urban Management Bureau of Harbin fined us without reason.", ["南岗区城管局"]),
        ("Changchun City Government owes us.", ["长春市政府"]),
        ("The city government of Huizhou owes us.", ["惠州市政府"]),
        ("Gonghe County Government in Qinghai owes us.", ["共和县政府"]),
        ("Hualong Hui Autonomous County Audit Bureau owes us.", ["化隆回族自治县审计局"]),
        ("Haibei Tibetan Autonomous Prefecture government broke its promise.", ["海北藏族自治州政府"]),
        ("Golmud City government owes us for the solar plant.", ["格尔木市政府"]),
        ("WANGKUI COUNTY PEOPLES HOSPITAL OWES US FOR DRUGS", ["望奎县人民医院"]),
        ("The court ruled that the county education bureau must pay us 480,000 yuan.", ["县教育局"]),
    ],
)
def test_a_body_is_named_as_it_is_called_in_chinese(
    classifier: Classifier, text: str, names: list[str]
) -> None:
    assert [body.name for body in classifier.classify(text).accused] == names


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("They owe us half a million yuan", 500_000),
        ("unpaid: CNY 1,250,000.00", 1_250_000),
        ("the bureau owes us 300 thousand RMB", 300_000),
        ("the city owes us US$ 3 million", None),
        ("qian wo 5 wan yuan", 50_000),
        ("The county owes me one hundred and thirty thousand yuan", 130_000),
        ("they owe us RMB two million four hundred thousand", 2_400_000),
        ("one hundred thousand US dollars are owed", None),
        ("two hundred and ten workers were not paid", None),
        ("land was promised at 60 yuan per square metre", None),
    ],
)
def test_sums_in_latin_letters(classifier: Classifier, text: str, yuan: int | None) -> None:
    assert classifier.classify(text).amount_yuan == yuan


@pytest.mark.parametrize("text", ["asdkjh qwe zxc poiu", "Bonjour, je voudrais porter plainte", "hello"])
def test_what_is_not_understood_at_all_is_asked(classifier: Classifier, text: str) -> None:
    assert not classifier.classify(text).confident


@pytest.mark.parametrize("text", ["竞争我们不怕", "应该我们负责", "劳动仲裁申请", "产出粮食很多", "倾倒垃圾"])
def test_standard_chinese_is_left_as_it_is(text: str) -> None:
    assert OtherTongues(Dialects.load(), (), ()).standard(normalise(text)).text == text
