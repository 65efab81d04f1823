"""Properties that hold for any text at all."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from classify import Classifier, mask_private
from classify.text.bands import make_similarity
from classify.text.normalise import _FOLD, _PLAIN, UNSETTLED, normalise
from classify.text.pairs import pair_codes
from classify.text.similarity import similarity

ANYTHING = st.text(st.characters(codec=None, exclude_categories=()), max_size=200)
CHINESE = st.text(
    "拖欠工资招标投采购政府村镇不没未两年三万元(xian)現 \n\\|ｗ１,。?😀\u200b\ud800", max_size=300
)
CLASSIFIER = Classifier.load()
BANDS = make_similarity(b"a key of this test only")


@given(ANYTHING | CHINESE)
@settings(max_examples=300)
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalise(text)
    assert normalise(once.text).text == once.text
    assert len(once.origin) == len(once.text)


@given(ANYTHING | CHINESE)
@settings(max_examples=300)
def test_every_plain_character_has_a_place_in_the_original(text: str) -> None:
    origin = list(normalise(text).origin)
    assert origin == sorted(origin)
    assert all(0 <= place < len(text) for place in origin)


def test_the_table_of_plain_forms_says_what_folding_says() -> None:
    settled = [(chr(code), plain) for code, plain in enumerate(_PLAIN) if plain != UNSETTLED]
    assert len(settled) > 20_000
    assert [char for char, plain in settled if _FOLD[char] != plain] == []


@given(ANYTHING | CHINESE)
@settings(max_examples=200)
def test_two_pairs_have_one_number_only_if_they_are_the_same(text: str) -> None:
    pairs = [text[place : place + 2] for place in range(len(text) - 1)]
    assert (
        len(set(zip(pairs, pair_codes(text), strict=True))) == len(set(pairs)) == len(set(pair_codes(text)))
    )


@given(ANYTHING | CHINESE, ANYTHING)
@settings(max_examples=200)
def test_any_text_is_classified_without_an_error(text: str, title: str) -> None:
    result = CLASSIFIER.classify(text, title)
    whole = f"{title}\n{text}" if title else text
    assert 0 <= result.confidence <= 1
    assert all(0 <= item.span.start < item.span.end <= len(whole) for item in result.phrases)
    assert len(mask_private(whole, result.private_spans)) == len(whole)


@given(ANYTHING | CHINESE, ANYTHING | CHINESE)
@settings(max_examples=100)
def test_any_two_texts_can_be_compared(one: str, other: str) -> None:
    assert 0 <= similarity(one, other) <= 1
    assert BANDS(one) == BANDS(one)


def test_a_very_long_text_is_classified() -> None:
    assert CLASSIFIER.classify("镇政府拖欠工程款。" * 20_000).confidence > 0


def test_empty_text_is_classified_without_confidence() -> None:
    assert not CLASSIFIER.classify("").confident
