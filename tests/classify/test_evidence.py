"""How phrases become evidence: contexts, negations, sequences, phrases in phrases, and the reasons."""

from __future__ import annotations

from classify import Classifier, Domain
from classify.domain.features import FeatureReader
from classify.explain import explain
from classify.phrases.lexicon import Group, Lexicon, Succession, load_lexicon
from classify.text.normalise import normalise

LEXICON = load_lexicon()
READER = FeatureReader(LEXICON)


def groups_found(text: str) -> set[str]:
    return {find.group.name for find in READER.finds(normalise(text).text)}


def features_of(text: str) -> dict[str, float]:
    plain = normalise(text).text
    return READER.features(plain, READER.finds(plain), 30)


def test_some_groups_need_a_context_and_some_can_be_negated() -> None:
    assert [group.name for group in LEXICON.groups if group.contexts]
    assert [group.name for group in LEXICON.groups if group.negations]


def test_a_phrase_counts_only_in_its_context() -> None:
    assert "ppp_terms" not in groups_found("物业催我交服务费")
    assert "ppp_terms" in groups_found("特许经营的服务费没有付")


def test_a_negation_directly_before_cancels_the_phrase() -> None:
    assert "settle" in groups_found("请求付清工程款")
    assert "settle" not in groups_found("房款已付清")
    assert "praise" in groups_found("问题得到解决")
    assert "praise" not in groups_found("问题未得到解决")


def test_a_promise_and_its_breach_are_read_in_their_order() -> None:
    assert "then:promise_unkept" in features_of("局长当面答应,半年了没有下文")
    assert "then:promise_unkept" not in features_of("没有下文的事不少,局长当面答应过别人")


def test_who_promised_is_told_apart() -> None:
    assert "then:local_promise_unkept" in features_of("镇政府答应修的路没修")
    assert "then:high_promise_unkept" in features_of("县政府答应修的路没修")
    assert "then:private_promise_unkept" in features_of("开发商承诺的学校没有建")


def test_money_lent_and_not_repaid_is_one_piece_of_evidence() -> None:
    assert "then:lent_not_repaid" in features_of("村委会借我五万块修路不还")
    assert "then:lent_not_repaid" not in features_of("我借给朋友的书还了")


def test_steps_too_far_apart_are_no_sequence() -> None:
    near = Succession("near", "近", (frozenset({"one"}), frozenset({"two"})), 3)
    lexicon = Lexicon(
        (Group("one", "一", None, ("答应",)), Group("two", "二", None, ("没给",))),
        (),
        (),
        {},
        sequences=(near,),
    )
    reader = FeatureReader(lexicon)
    for text, found in (("答应的没给", True), ("答应得好好的今天还是没给", False)):
        assert ("then:near" in reader.features(text, reader.finds(text), 0)) is found


def test_a_phrase_inside_a_longer_one_counts_for_its_own_domain_only() -> None:
    assert {"ppp_core", "ppp_breach"} <= groups_found("特许经营权被收")
    assert "tender_core" not in groups_found("物业招标")


def test_every_sequence_names_groups_that_exist() -> None:
    names = {group.name for group in LEXICON.groups}
    assert LEXICON.sequences
    assert all(step <= names for rule in LEXICON.sequences for step in rule.steps)


def test_reasons_are_sentences_for_the_domain_and_for_the_next(classifier: Classifier) -> None:
    reasons = classifier.arguments("惠城区水口街道办事处拖欠我工程款12万元,拖了两年,请求尽快支付")
    assert reasons.domain is Domain.DEBT
    assert "工程款一类的款项" in [reason.says for reason in reasons.for_domain]
    assert all(reason.points > 0 for reason in reasons.for_domain + reasons.for_other)


def test_the_second_opinion_names_the_pieces_it_went_by(classifier: Classifier) -> None:
    text = "教育局拖欠我工程款12万元"
    reasons = classifier.arguments(text)
    assert reasons.pieces_for_domain
    assert all(piece in text for piece in reasons.pieces_for_domain + reasons.pieces_for_other)
    assert "字词第二意见" in explain(classifier.classify(text), reasons)


def test_reasons_can_be_given_for_a_message_that_says_nothing(classifier: Classifier) -> None:
    assert classifier.arguments("").domain is classifier.classify("").domain
