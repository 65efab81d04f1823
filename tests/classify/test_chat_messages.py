"""Messages as people type them in a chat: short, misspelt, traditional, with signs and gaps."""

from __future__ import annotations

import pytest

from classify import Classifier, Domain

SHORT = [
    ("镇政府拖欠工程款", Domain.DEBT),
    ("教师绩效工资没发", Domain.DEBT),
    ("村干部吃低保", Domain.TOWNSHIP),
    ("村务不公开账目", Domain.TOWNSHIP),
    ("投标围标没人管", Domain.BIDDING),
    ("招商承诺不兑现", Domain.INVESTMENT),
    ("拆迁协议不兑现", Domain.GENERAL),
    ("老板不发工资", Domain.PRIVATE_WAGES),
    ("楼下烧烤太吵", Domain.OUT_OF_SCOPE),
    ("小区停水三天了", Domain.OUT_OF_SCOPE),
]
MISSPELT = [
    ("县里招商引姿答应的税收反还没给", Domain.INVESTMENT),
    ("厂里拖签工资半年了", Domain.PRIVATE_WAGES),
    ("镇政府托欠工程款不给", Domain.DEBT),
    ("围票串票评标专家收钱", Domain.BIDDING),
    ("危房改照款被村书记贪了", Domain.TOWNSHIP),
]


@pytest.mark.parametrize(("message", "domain"), SHORT)
def test_a_short_chat_message_is_understood(classifier: Classifier, message: str, domain: Domain) -> None:
    assert classifier.classify(message).domain is domain


@pytest.mark.parametrize(("message", "domain"), MISSPELT)
def test_homophone_slips_do_not_hide_the_matter(classifier: Classifier, message: str, domain: Domain) -> None:
    assert classifier.classify(message).domain is domain


@pytest.mark.parametrize(
    "message",
    [
        "鎮政府拖欠工程款三年",
        "镇 政 府 拖 欠 工 程 款 三 年",
        "鎮(zhèn)政府拖欠工程款三年",
        "镇政府😡拖欠💰工程款三年!!!",
        "镇\u200b政府拖\u200b欠工程\u200b款三年",
        "镇政府拖欠工程款３年",
        "镇政府拖欠工程歀三年",
    ],
)
def test_writing_habits_do_not_change_the_domain(classifier: Classifier, message: str) -> None:
    assert classifier.classify(message).domain is Domain.DEBT


def test_the_matched_words_are_the_citizens_own(classifier: Classifier) -> None:
    text = "🙏招商引姿說好的扶持資金沒給"
    result = classifier.classify(text)
    found = {item.phrase: item for item in result.phrases}
    assert found["招商引资"].matched == "招商引姿"
    assert found["招商引资"].score < 100
    assert all(text[item.span.start : item.span.end] == item.matched for item in result.phrases)


def test_spans_count_from_the_title_when_there_is_one(classifier: Classifier) -> None:
    title, text = "拖欠工程款", "镇政府三年没给钱"
    whole = f"{title}\n{text}"
    for item in classifier.classify(text, title).phrases:
        assert whole[item.span.start : item.span.end] == item.matched


def test_shares_of_the_candidates_add_up_to_at_most_one(classifier: Classifier) -> None:
    result = classifier.classify("村里低保不公平")
    assert result.confidence == result.candidates[0].score
    assert 0.99 <= sum(candidate.score for candidate in result.candidates) <= 1.001


def test_a_senseless_message_is_not_decided_with_confidence(classifier: Classifier) -> None:
    assert not classifier.classify("你好").confident


@pytest.mark.parametrize(
    ("message", "domain"),
    [
        ("县里zsyz答应的地不给了", Domain.INVESTMENT),
        ("学校gck不给", Domain.DEBT),
        ("这个ztb有人wbcb", Domain.BIDDING),
        ("zfcg内定", Domain.PROCUREMENT),
    ],
)
def test_pinyin_initials_are_read_as_the_words_they_stand_for(
    classifier: Classifier, message: str, domain: Domain
) -> None:
    assert classifier.classify(message).domain is domain
