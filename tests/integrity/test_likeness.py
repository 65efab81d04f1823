"""Nothing of a complaint gets into an object, whatever is done to the copied run."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.errors import InvalidInput
from cases.integrity.breaches.orders import Content
from cases.integrity.spine.likeness import RUN, find_copied
from cases.integrity.spine.screening import Screen

TOLD = "区里答应年底前把征地补偿款发给我们二十三户人家，可是到现在一分钱也没有见到。"
HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), max_size=30)


@given(HAN, HAN, st.integers(0, len(TOLD) - RUN - 3))
def test_a_run_is_found_wherever_it_stands(before: str, after: str, start: int) -> None:
    run = TOLD[start : start + RUN + 2]
    assert find_copied(f"{before}{run}{after}", [TOLD]) is not None


@pytest.mark.parametrize(
    "copied",
    [
        "答应年底前，把征地补偿款，发给我们",
        "答应 年底前把 征地补偿款发给",
        "答應年底前把徵地補償款發給我們",
        "答应年底前\n把征地补偿款发给我们",
        "“答应年底前把征地补偿款发给我们”",
    ],
)
def test_punctuation_spaces_and_other_signs_do_not_hide_it(copied: str) -> None:
    assert find_copied(copied, [TOLD])


@pytest.mark.parametrize(
    "own",
    [
        "经查，补偿款没有按协议支付。",
        "年底前把征地补偿款",
        "",
        "答应的补偿款在年底前没有发放给二十三户。",
    ],
)
def test_other_words_for_the_same_are_no_copy(own: str) -> None:
    assert find_copied(own, [TOLD]) is None


def test_names_of_bodies_and_laws_are_not_copied() -> None:
    source = "西宁市城中区人力资源和社会保障局违反《保障中小企业款项支付条例》第二十五条第二款的规定。"
    found = "西宁市城中区人力资源和社会保障局，《保障中小企业款项支付条例》第二十五条第二款。"
    assert find_copied(found, [source], ["西宁市城中区人力资源和社会保障局"]) is None
    assert find_copied(found, [source]) is not None


def test_eleven_signs_are_no_run_and_twelve_are() -> None:
    assert find_copied(TOLD[:11], [TOLD]) is None
    assert find_copied(TOLD[:12], [TOLD]) == TOLD[:12]


def test_every_written_field_is_screened() -> None:
    screen = Screen(lambda text: text.replace("138", "***"), (TOLD,))
    plain = {"facts": "电话138", "required": "付清。", "legal_basis": "合同138"}
    kept = screen.args(Content.model_validate(plain))
    assert (kept.facts, kept.legal_basis) == ("电话***", "合同***")
    for name in plain:
        with pytest.raises(InvalidInput) as refused:
            screen.args(Content.model_validate({**plain, name: TOLD}))
        assert refused.value.reason.code == "copied-from-complaint"
    assert screen.suggestion(TOLD) == ""
