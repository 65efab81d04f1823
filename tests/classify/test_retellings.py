"""Duplicates and what the desk's corrections teach."""

from __future__ import annotations

from classify import Domain
from classify.phrases.suggestions import suggest_phrases
from classify.text.bands import make_similarity
from classify.text.similarity import NEARLY_IDENTICAL, RETELLING, similarity

bands = make_similarity(b"a key of this test only")

FIRST = "县一中宿舍楼是我们施工队盖的,2020年验收合格,学校还欠工程款三十六万,找校长说财政没拨款,拖了三年"
RETOLD = (
    "尊敬的书记您好!我们施工队给县一中盖宿舍楼,2020年验收合格了,学校还欠工程款三十六万元,"
    "校长说财政没拨款,一直拖了三年,请帮我们要回来"
)
COPIED = (
    "县一中宿舍楼是我们施工队盖的，2020年验收合格，学校还欠工程款三十六万，找校长说财政没有拨款，拖了三年！"
)
OTHER = "我们给镇卫生院修的围墙,去年完工,卫生院说没有钱,材料款八万块一直没结"


def test_a_retelling_is_similar() -> None:
    assert similarity(FIRST, RETOLD) >= RETELLING


def test_a_copy_shares_a_band_and_is_nearly_identical() -> None:
    assert set(bands(FIRST)) & set(bands(COPIED))
    assert not set(bands(FIRST)) & set(bands(OTHER))
    assert similarity(FIRST, COPIED) >= NEARLY_IDENTICAL


def test_another_matter_of_the_same_kind_is_not_a_retelling() -> None:
    assert similarity(FIRST, OTHER) < RETELLING


def test_the_order_of_telling_does_not_matter() -> None:
    told = "学校还欠工程款三十六万。我们施工队2020年盖好宿舍楼。找了校长很多次"
    turned = "找了校长很多次。我们施工队2020年盖好宿舍楼。学校还欠工程款三十六万"
    assert similarity(told, turned) > 0.95


def test_bands_are_stable_so_that_they_can_be_stored() -> None:
    assert bands(FIRST)[:2] == ("61c9d5063d76ea14", "d401f3755f250a9e")
    assert make_similarity(b"another key")(FIRST)[0] != bands(FIRST)[0]


def test_text_without_words_has_no_bands() -> None:
    assert bands("") == ()
    assert bands("!!!" * 9) == ()


def test_corrections_suggest_the_phrase_they_share() -> None:
    corrections = [
        ("村里光伏发电分成一直没给", Domain.TOWNSHIP),
        ("光伏发电分成被村里扣了", Domain.TOWNSHIP),
        ("我家光伏发电分成少了一半", Domain.TOWNSHIP),
        ("路灯不亮", Domain.OUT_OF_SCOPE),
        ("公交车不来", Domain.OUT_OF_SCOPE),
    ]
    suggestions = suggest_phrases(corrections)
    assert suggestions[0].phrase == "光伏发电分成"
    assert suggestions[0].domain is Domain.TOWNSHIP
    assert suggestions[0].texts == 3


def test_known_phrases_are_not_suggested_again() -> None:
    phrases = [
        s.phrase for s in suggest_phrases([("围标串标", Domain.BIDDING), ("又围标了", Domain.BIDDING)])
    ]
    assert "围标" not in phrases
