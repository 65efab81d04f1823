"""A legal basis is one by naming a law and an article; a reason by saying something of this matter."""

from __future__ import annotations

import pytest

from cases.errors import InvalidInput
from cases.lifecycle import forms
from cases.lifecycle.letters.checker import check, missing
from cases.lifecycle.letters.grounds import is_legal_basis, is_reason, must_be_grounded, names_a_law
from cases.moves.table import Args
from cases.vocabulary import LetterKind
from tests.town.words import OPINION


@pytest.mark.parametrize(
    "text",
    [
        "《信访工作条例》第三十二条",
        "民法典第五百零九条",
        "根据《政府采购法》第52条，应当答复",
        "《中华人民共和国行政许可法》第三十一条第一款",
        "信访工作条例 第34条",
        "宪法第四十一条",
        "劳动法第50条",
        "发改财金〔2023〕1103号",
        "国办发(2020)53号",
        "财政部令第94号第二十一条",
        "财政部令第94号",
        "《关于清理拖欠账款的通知》第三条",
        "教育条例第三条",
        "依《某某条例》，《教育法》第五条",
        "依照《保障农民工工资支付条例》（国务院令724号）第十条办理",
    ],
)
def test_a_cited_law_with_its_article_is_a_basis(text: str) -> None:
    assert is_legal_basis(text)


@pytest.mark.parametrize(
    "text",
    [
        *("条例", "x", "见附件", "同上", "依法", "第三条", "有关规定第三条", "《条例》第一条", "法第三条"),
        *("依照相关法律法规第十条", "根据本办法第三条", "国家有关政策", "《》第一条", "合同第五条"),
        *("我单位意见第二条", "2026年11月22日", "《三国演义》第五回", "1103号"),
        *("关于清理拖欠账款的通知第三条", "教条例第三条", "《教条例》第三条"),
    ],
)
def test_what_names_no_law_is_none(text: str) -> None:
    assert not is_legal_basis(text)
    assert not names_a_law(text)


def test_the_short_name_of_the_regulations_is_enough_for_a_move_but_not_for_a_letter() -> None:
    assert names_a_law("条例第十九条")
    assert not names_a_law("有关条例第十九条")
    assert not is_legal_basis("条例第十九条")


def test_a_law_without_its_article_names_one_but_a_letter_wants_the_article() -> None:
    assert names_a_law("《民法典》")
    assert missing(LetterKind.OPINION, {**OPINION, "legal_basis": "《民法典》"}) == ("法律依据",)


@pytest.mark.parametrize(
    "text",
    [
        "此事已由法院立案，请等待判决。",
        "已经起诉",
        "经查，货物已于2025年4月验收，款项未付属实。",
        "案情复杂，需要审计",
        "abcde fghij klmno pqrst",
    ],
)
def test_what_speaks_of_the_matter_is_a_reason(text: str) -> None:
    assert is_reason(text)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "见附件",
            "同上",
            "x",
            "略",
            "依法不予受理。",
            "不符合受理条件",
            "经研究，决定不予受理，特此告知。",
        ),
        *("因为不符合规定所以不予受理", "啊啊啊啊啊啊啊啊", "。。。。。。", "详见附件1", "没有理由"),
        *("abcde fghij klmno pqrs", "a b c d e f g h i j k l m n o p q r s t u"),
    ],
)
def test_what_points_elsewhere_or_says_the_decision_again_is_none(text: str) -> None:
    assert not is_reason(text)


@pytest.mark.parametrize(
    ("args", "field"),
    [
        (forms.Decline(reason="in_court", legal_basis="条例", explanation="已经起诉"), "法律依据"),
        (
            forms.Decline(reason="in_court", legal_basis="《信访工作条例》第三十一条", explanation="见附件"),
            "说明",
        ),
        (forms.Opinion(**{**OPINION, "facts": "经查明"}), "事实"),
        (forms.Opinion(**{**OPINION, "opinion": "同上"}), "处理意见"),
        (forms.Extension(days=10, reason="同上"), "延期理由"),
        (forms.Transfer(department="d", reason="略"), "转办理由"),
    ],
)
def test_a_move_with_no_basis_or_reason_is_refused_in_words_that_name_the_field(
    args: Args, field: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        must_be_grounded(args)
    assert field in str(refused.value)
    must_be_grounded(forms.Opinion(**OPINION))


def test_the_checker_says_what_an_empty_letter_lacks_and_only_advises_on_style() -> None:
    assert missing(LetterKind.REVIEW_OPINION, {}) == (
        *("结论", "投诉请求", "查明的事实", "处理结果", "处理意见", "法律依据"),
    )
    stiff = {**OPINION, "opinion": "兹决定，责成该单位于三十日内付清。"}
    item = next(one for one in check(LetterKind.OPINION, stiff) if one.name == "好懂")
    assert (item.met, item.must) == (False, False)
    assert missing(LetterKind.OPINION, stiff) == ()
