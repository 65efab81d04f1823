"""The vocabulary and the tables built from packages are sound."""

from __future__ import annotations

from cases.words import DOMAIN_NAMES
from classify import Classifier, Domain
from classify.domain.decision import load_weights
from classify.domain.ngrams import NGRAMS
from classify.lexicon_check import faults
from classify.phrases.lexicon import Conjunction, Example, Group, Lexicon, load_lexicon
from classify.places.regions import DATA
from tools.classifier_tables import render

LEXICON = load_lexicon()


def test_the_lexicons_have_no_faults() -> None:
    assert faults() == []


def test_there_are_phrases_enough_for_every_domain() -> None:
    assert len({phrase for phrase, _ in LEXICON.phrases()}) >= 1500
    assert {group.domain for group in LEXICON.groups} == {*Domain, None}


def test_pinned_examples_are_given_their_domain(classifier: Classifier) -> None:
    wrong = [e.text for e in LEXICON.examples if classifier.classify(e.text).domain is not e.domain]
    assert len(wrong) <= len(LEXICON.examples) // 20, wrong


def test_the_committed_tables_are_what_the_packages_give() -> None:
    for name, content in render().items():
        assert (DATA / name).read_text(encoding="utf-8") == content, name


def test_every_group_and_conjunction_has_a_weight() -> None:
    rows = load_weights().rows
    assert {group.name for group in LEXICON.groups} - set(rows) == set()


def test_conjunctions_name_groups_that_exist() -> None:
    names = {group.name for group in LEXICON.groups}
    assert all(set(rule.groups) <= names for rule in LEXICON.conjunctions)


def test_no_shipped_ngram_is_longer_than_five_characters() -> None:
    lines = NGRAMS.read_text(encoding="utf-8").splitlines()[1:]
    assert max(len(line.split("\t")[0]) for line in lines) <= 5


def test_the_check_finds_duplicates_and_phrases_that_never_match() -> None:
    group = Group("owe", "拖欠", Domain.DEBT, ("拖欠", "拖欠", "欠"))
    found = faults(Lexicon((group,), (), (Example("拖欠", Domain.DEBT),), {}))
    assert any("stands twice" in fault for fault in found)
    assert any("never matches" in fault for fault in found)


def test_the_check_finds_a_phrase_that_two_domains_claim_for_themselves() -> None:
    one = Group("a", "甲", Domain.DEBT, ("欠债不还",), exclusive=True)
    two = Group("b", "乙", Domain.SPAM, ("欠债不还",), exclusive=True)
    found = faults(Lexicon((one, two), (), (), {}))
    assert any("claimed by debt and spam" in fault for fault in found)


def test_the_check_finds_a_rule_that_names_a_group_nobody_has() -> None:
    group = Group("owe", "拖欠", Domain.DEBT, ("拖欠",))
    found = faults(Lexicon((group,), (Conjunction("both", "两者", ("owe", "lost")),), (), {}))
    assert found == ["both: there is no group “lost”"]


def test_domains_are_called_in_the_lexicons_as_everywhere_else() -> None:
    assert LEXICON.titles == DOMAIN_NAMES
