"""The accused body is recognised however it is written, and its neighbours are left in peace."""

from __future__ import annotations

import pytest

from cases.lifecycle.conflicts import barred, barred_departments, concerns, outranked
from cases.model import Accused
from cases.rules.departments import Department
from cases.rules.jurisdictions import Jurisdictions
from classify.types import AdminLevel

BOOKS = Jurisdictions.load()


def body(id: str) -> Department:
    return BOOKS.department(id)


@pytest.mark.parametrize(
    ("id", "name"),
    [
        ("630000:省财政厅", "青海省财政厅"),
        ("630000:省财政厅", "省财政厅"),
        ("630000:省财政厅", "财政厅"),
        ("630000:省财政厅", "青海财政厅"),
        ("630000:省财政厅", "青海省財政廳"),
        ("630000:省财政厅", "我省财政厅"),
        ("630000:省财政厅", "青海省财政厅政府采购处"),
        ("630000:省财政厅", "青海省财政厅厅长"),
        ("630000:省财政厅", "青海省 财政厅"),
        ("630000:省发展改革委", "青海省发改委"),
        ("630000:省发展改革委", "省发展和改革委员会"),
        ("630000:省人力资源社会保障厅", "青海省人社厅"),
        ("630000:省经济和信息化委", "青海省工业和信息化厅"),
        ("630000:省卫生计生委", "青海省卫健委"),
        ("630000:省扶贫局", "青海省农业农村厅"),
        ("630000:省住房城乡建设厅", "青海省住建厅"),
        ("630000:省住房城乡建设厅", "住房和城乡建设厅"),
        ("630000:人民银行西宁中心支行", "中国人民银行青海省分行"),
        ("230000:省工商局", "黑龙江省市场监督管理局"),
        ("230000:省工商局", "黑龙江省营商环境建设监督局"),
        ("230000:公务员局", "黑龙江省公务员局"),
        ("630100:西宁市人民政府", "西宁市政府"),
        ("630100:西宁市人民政府", "青海省西宁市人民政府"),
        ("630100:西宁市人民政府", "市政府"),
        ("630100:西宁市人民政府", "西宁市政府领导班子"),
        ("632600:果洛藏族自治州人民政府", "果洛州政府"),
        ("632600:果洛藏族自治州人民政府", "州政府"),
        ("441302:惠城区人民政府", "惠城区政府"),
        ("441302:惠城区人民政府", "区政府"),
        ("441302:区财政局", "惠城区财政局"),
        ("441302:区财政局", "财政局"),
        ("441302001:桥东街道办事处", "桥东街道办"),
        ("441302100:汝湖镇人民政府", "汝湖镇政府"),
        ("000000:国务院办公厅", "国务院"),
        ("630100:西宁市人民政府", "希望市政府"),
        ("630000:省财政厅", "我要控告青海省财政厅"),
        ("630100:西宁市人民政府", "就说西宁市政府"),
        ("441302009:陈江街道办事处", "惠州市仲恺高新区陈江街道办"),
        ("441302100:汝湖镇人民政府", "汝湖镇镇政府"),
        ("630100:西宁市人民政府", "西宁市委市政府"),
        ("630000:青海省人民政府", "青海省委、省政府"),
        ("441302:区财政局", "惠城区住建局、财政局"),
        ("441302:区财政局", "惠城区住建局和惠城区财政局"),
        ("630000:省发展改革委", "青海省财政厅和发展和改革委员会"),
    ],
)
def test_a_department_is_recognised_under_this_name(id: str, name: str) -> None:
    assert concerns(body(id), name, BOOKS)


@pytest.mark.parametrize(
    ("id", "name"),
    [
        ("441302:区财政局", "博罗县财政局"),
        ("630100:西宁市人民政府", "黑龙江省西宁市政府"),
        ("441302:区财政局", "惠阳区财政局"),
        ("441302:区财政局", "惠州市财政局"),
        ("441302:区财政局", "广州市财政局"),
        ("441302:区财政局", "县财政局"),
        ("441302:区财政局", "广州市区财政局"),
        ("441302100:汝湖镇人民政府", "金桥镇镇政府"),
        ("630000:省财政厅", "黑龙江省财政厅"),
        ("630000:省财政厅", "西宁市财政局"),
        ("630000:省财政厅", "财政局"),
        ("630000:省财政厅", "海南省财政厅"),
        ("630000:省财政厅", "青海省教育厅"),
        ("630000:省公安厅", "公安局"),
        ("630000:青海省人民政府", "省政府办公厅"),
        ("630000:青海省人民政府", "省政府采购中心"),
        ("630000:青海省人民政府", "青海省政府采购"),
        ("630000:青海省人民政府", "政府"),
        ("630000:青海省人民政府", "当地政府"),
        ("630000:青海省人民政府", "西宁市政府"),
        ("630100:西宁市人民政府", "海东市政府"),
        ("630100:西宁市人民政府", "县政府"),
        ("632500:海南藏族自治州人民政府", "海北藏族自治州人民政府"),
        ("632500:海南藏族自治州人民政府", "海南省人民政府"),
        ("232700:大兴安岭地区行政公署", "区政府"),
        ("230102:道里区人民政府", "道外区人民政府"),
        ("220200:吉林市人民政府", "吉林省人民政府"),
        ("230000:省工商局", "省工信厅"),
        ("630000:省民政厅", "市民中心"),
        ("630100:西宁市人民政府", "西宁市城市管理局"),
        ("630000:省住房城乡建设厅", "城镇建设公司"),
        ("630000:省财政厅", ""),
    ],
)
def test_another_body_is_not_taken_for_the_department(id: str, name: str) -> None:
    assert not concerns(body(id), name, BOOKS)


def test_what_is_known_of_the_level_settles_a_name_without_a_place() -> None:
    assert concerns(body("230100:市财政局"), "财政局", BOOKS, AdminLevel.PREFECTURE)
    assert not concerns(body("230100:市财政局"), "财政局", BOOKS, AdminLevel.COUNTY)


def test_every_department_recognises_all_its_own_names_and_no_sibling_its_full_name() -> None:
    for department in BOOKS.departments():
        assert all(concerns(department, name, BOOKS) for name in department.all_names)


def test_different_departments_with_different_renames_do_not_recognise_each_other() -> None:
    """A successor shared by two departments bars both; beyond that no full name fits two bodies."""
    known_successors = {"省委组织部", "省司法厅"}
    for one in BOOKS.departments():
        for other in BOOKS.departments():
            if one.id != other.id and concerns(one, other.full_name, BOOKS):
                assert one.current_name in known_successors
                assert other.name in known_successors


def test_below_means_anywhere_in_the_line_of_superiors() -> None:
    finance, district, city = (
        body("441302:区财政局"),
        body("441302:惠城区人民政府"),
        body("441300:惠州市人民政府"),
    )
    assert district in tuple(BOOKS.superiors(finance))
    assert city in tuple(BOOKS.superiors(finance))
    assert finance not in tuple(BOOKS.superiors(district))
    assert finance not in tuple(BOOKS.superiors(finance))


def test_the_accused_and_everything_below_it_are_barred_and_nothing_else() -> None:
    accused = (Accused(name="惠城区政府"),)
    assert barred(body("441302:惠城区人民政府"), accused, BOOKS)
    assert barred(body("441302:区财政局"), accused, BOOKS)
    assert barred(body("441302001:桥东街道办事处"), accused, BOOKS)
    assert not barred(body("441300:惠州市人民政府"), accused, BOOKS)
    assert not barred(body("230100:市财政局"), accused, BOOKS)
    assert not barred(body("441302:区财政局"), (), BOOKS)


def test_the_accused_is_barred_by_its_id_whatever_the_name_says() -> None:
    accused = (Accused(name="那个单位", department="630000:省财政厅"),)
    assert barred(body("630000:省财政厅"), accused, BOOKS)
    assert not barred(body("630000:省发展改革委"), accused, BOOKS)


def test_a_city_cannot_decide_about_its_province() -> None:
    assert outranked(body("230100:市财政局"), (Accused(name="黑龙江省财政厅"),), BOOKS)
    assert outranked(body("230100:市财政局"), (Accused(name="省交通厅"),), BOOKS)
    assert outranked(body("230100:市财政局"), (Accused(name="某局", level="province"),), BOOKS)
    known = Accused(name="某局", level="county", department="230000:省工商局")
    assert outranked(body("230100:市财政局"), (known,), BOOKS)
    assert not outranked(body("230100:市财政局"), (Accused(name="哈尔滨市商务局"),), BOOKS)
    assert not outranked(body("230100:市财政局"), (), BOOKS)


@pytest.mark.parametrize(
    "accused",
    [
        (),
        (Accused(name="惠城区政府"),),
        (Accused(name="青海省财政厅"),),
        (Accused(name="市政府"),),
        (Accused(name="有关部门"),),
        (Accused(name="那个单位", department="230100:哈尔滨市人民政府"),),
    ],
    ids=str,
)
def test_the_list_of_barred_departments_holds_exactly_those_that_are_barred(
    accused: tuple[Accused, ...],
) -> None:
    one_by_one = {body.id for body in BOOKS.departments() if barred(body, accused, BOOKS)}
    assert barred_departments(accused, BOOKS) == one_by_one


@pytest.mark.parametrize(
    "words", ["控告", "我要投诉", "都怪", "就是那个", "近日", "某企业诉", "县里和", "昨天去"]
)
def test_words_before_a_name_do_not_hide_the_accused(words: str) -> None:
    assert [d.id for d in BOOKS.departments() if not concerns(d, words + d.full_name, BOOKS)] == []
