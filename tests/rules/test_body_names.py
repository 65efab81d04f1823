"""A name of a body is taken apart: its places, its kind, its level, and whether a part of it is meant."""

from __future__ import annotations

import pytest

from cases.rules.body_names import Places, fold, level_of_place, only_level, split_bodies
from classify.types import AdminLevel
from tests.town.rules import RULES

BOOKS = RULES.jurisdictions
P, F, C, T, V = (
    AdminLevel.PROVINCE,
    AdminLevel.PREFECTURE,
    AdminLevel.COUNTY,
    AdminLevel.TOWNSHIP,
    AdminLevel.VILLAGE,
)
READ: list[tuple[str, tuple[str, ...], str, str, AdminLevel | None, bool]] = [
    ("青海省财政厅", ("青海省",), "财政", "厅", P, False),
    ("省财政厅", ("省",), "财政", "厅", P, False),
    ("财政厅", (), "财政", "厅", P, False),
    ("财政局", (), "财政", "局", None, False),
    ("青海财政厅采购处", ("青海省",), "财政", "厅", P, True),
    ("西宁市城市管理局", ("西宁市",), "城市管理", "局", F, False),
    ("市场监督管理局", (), "市监", "局", None, False),
    ("省人力资源和社会保障厅", ("省",), "人社", "厅", P, False),
    ("惠城区财政局", ("惠城区",), "财政", "局", C, False),
    ("区政府", ("区",), "政府", "政府", C, False),
    ("市政府办公室", ("市",), "政府办", "办", F, False),
    ("省政府办公厅主任", ("省",), "政府办", "办", P, True),
    ("政府领导", (), "政府", "政府", None, True),
    ("海北州政府", ("海北藏族自治州",), "政府", "政府", F, False),
    ("大兴安岭地区行署", ("大兴安岭地区",), "政府", "政府", F, False),
    ("吉林财政局", ("吉林市",), "财政", "局", F, False),
    ("吉林财政厅", ("吉林省",), "财政", "厅", P, False),
    ("汝湖镇镇政府", ("汝湖镇",), "政府", "政府", T, False),
    ("陈江街道办", ("陈江街道",), "政府", "政府", T, False),
    ("街道办", ("街道",), "政府", "政府", T, False),
    ("广州市天河区住建局", ("广州市", "天河区"), "住建", "局", C, False),
    ("县教育局人事科", ("县",), "教育", "局", C, True),
    ("某某社区居委会", ("某某社区",), "居", "委", V, True),
    ("联盟村委会", ("联盟村",), "委会", "", V, False),
    ("我了青海省财政厅", ("青海省",), "财政", "厅", P, False),
    ("某某公司", (), "某某公司", "", None, False),
    ("", (), "", "", None, False),
]


@pytest.mark.parametrize(("text", "places", "core", "kind", "level", "part"), READ, ids=[r[0] for r in READ])
def test_a_name_is_read_like_this(
    text: str, places: tuple[str, ...], core: str, kind: str, level: AdminLevel | None, part: bool
) -> None:
    read = BOOKS.read_name(text)
    assert (read.places, read.core, read.kind, read.level, read.part) == (places, core, kind, level, part)


@pytest.mark.parametrize(
    ("long", "short"),
    [
        ("省发展和改革委", "省发改委"),
        ("省发展改革委", "省发改委"),
        ("省人力资源和社会保障厅", "省人社厅"),
        ("省人力资源社会保障厅", "省人社厅"),
        ("省工业和信息化厅", "省工信厅"),
        ("省经济和信息化委", "省经信委"),
        ("市住房和城乡建设局", "市住建局"),
        ("市住房城乡建设局", "市住建局"),
        ("惠城区市场监督管理局", "惠城区市监局"),
        ("市场监管局", "市监局"),
        ("区工商行政管理局", "区工商局"),
        ("省卫生健康委", "省卫健委"),
        ("省卫生和计划生育委", "省卫计委"),
        ("省卫生计生委", "省卫计委"),
        ("省营商环境建设监督局", "省营商局"),
        ("市营商环境局", "市营商局"),
        ("省政务服务和数字化建设管理局", "省政数局"),
        ("省政务服务和数字化局", "省政数局"),
        ("市金融监督管理局", "市金融局"),
        ("市金融管理局", "市金融局"),
        ("省扶贫开发局", "省扶贫局"),
        ("市人民检察院", "市检察院"),
        ("省高级人民法院", "省法院"),
        ("市中级人民法院", "市法院"),
        ("区人民法院", "区法院"),
        ("省监察委员会", "省监委"),
        ("省纪律检查委员会", "省纪委"),
        ("地区行政公署", "地区政府"),
        ("地区行署", "地区政府"),
        ("区人民政府", "区政府"),
        ("省委组织部", "省组织部"),
    ],
)
def test_a_body_is_the_same_however_long_its_name_is_written(long: str, short: str) -> None:
    written, known = BOOKS.read_name(long), BOOKS.read_name(short)
    assert (written.places, written.core, written.kind) == (known.places, known.core, known.kind)
    assert (written.level, written.part) == (known.level, known.part)


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("省财政厅", True),
        ("财政厅", True),
        ("街道办", True),
        ("青海省财政厅", False),
        ("广州市天河区住建局", False),
    ],
)
def test_a_bare_name_says_the_level_and_not_the_place(text: str, bare: bool) -> None:
    assert BOOKS.read_name(text).bare is bare


@pytest.mark.parametrize(
    ("place", "only"),
    [("省", True), ("街道", True), ("社区", True), ("地区", True), ("青海省", False), ("自治县", False)],
)
def test_a_level_without_a_name_is_only_a_level(place: str, only: bool) -> None:
    assert only_level(place) is only


@pytest.mark.parametrize(
    ("place", "level"),
    [
        ("青海省", P),
        ("西藏自治区", P),
        ("海北藏族自治州", F),
        ("大兴安岭地区", F),
        ("锡林郭勒盟", F),
        ("哈尔滨市", F),
        ("依兰县", C),
        ("惠城区", C),
        ("鄂温克旗", C),
        ("桥东街道", T),
        ("汝湖镇", T),
        ("城关乡", T),
        ("某村", V),
        ("某社区", V),
        ("高新园", None),
    ],
)
def test_the_last_word_of_a_place_says_its_level(place: str, level: AdminLevel | None) -> None:
    assert level_of_place(place) is level


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("青海省財政廳", "青海省财政厅"),
        ("青海省 “财政厅”", "青海省财政厅"),
        ("ＡＢ（财政局）", "AB财政局"),
        ("我要投诉", "要投诉"),
        ("希望恳请请青海省财政厅", "青海省财政厅"),
        ("中共青海省委组织部", "青海省委组织部"),
        ("市委市政府", "市政府"),
        ("省委和省人民政府", "省人民政府"),
        ("原州区政府", "原州区政府"),
        ("原财政局", "财政局"),
        ("中国人民银行", "人民银行"),
    ],
)
def test_a_name_is_folded_to_what_matters(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("text", "bodies"),
    [
        ("财政局、住建局和城管局", ["财政局", "住建局", "城管局"]),
        ("财政局及教育局以及某委，某办", ["财政局", "教育局", "某委", "某办"]),
        ("和平区政府", ["和平区政府"]),
        ("财政局", ["财政局"]),
        ("、财政局、 ", ["财政局"]),
        ("", []),
    ],
)
def test_an_enumeration_is_taken_apart(text: str, bodies: list[str]) -> None:
    assert split_bodies(text) == bodies


# -- places ---------------------------------------------------------------------------------------
PLACES = Places({"220000": "吉林省", "220200": "吉林市", "630100": "西宁市", "630200": "海东市"})


def test_places_are_known_by_full_and_short_name_and_by_code() -> None:
    assert PLACES.read("西宁财政局").places == PLACES.read("西宁市财政局").places == ("西宁市",)
    assert PLACES.codes("西宁市") == {"630100"}
    assert PLACES.codes("没有的市") == frozenset()
    assert PLACES.name("630200") == "海东市"
    assert PLACES.name("999999") is None


def test_two_places_of_one_name_are_both_meant() -> None:
    both = Places({"630104": "城西区", "410302": "城西区"})
    assert both.codes("城西区") == {"630104", "410302"}


def test_a_short_name_that_two_places_share_is_told_by_the_kind_of_body() -> None:
    assert PLACES.read("吉林财政厅").places == ("吉林省",)
    assert PLACES.read("吉林财政局").places == ("吉林市",)
    assert PLACES.read("吉林省财政厅").places == ("吉林省",)


def test_a_short_name_of_one_character_is_not_used() -> None:
    assert Places({"131126": "故县"}).read("故教育局").places == ()


@pytest.mark.parametrize(
    ("full", "short"),
    [
        ("海西蒙古族藏族自治州", "海西"),
        ("海北藏族自治州", "海北州"),
        ("延边朝鲜族自治州", "延边"),
        ("大兴安岭地区", "大兴安岭"),
        ("桥东街道", "桥东"),
        ("汝湖镇", "汝湖"),
        ("依兰县", "依兰"),
        ("惠城区", "惠城"),
    ],
)
def test_a_place_has_its_usual_short_name(full: str, short: str) -> None:
    assert Places({"000001": full}).read(f"{short}财政局").places == (full,)


def test_the_longest_name_that_fits_is_the_place() -> None:
    places = Places({"1": "海南省", "2": "海南藏族自治州"})
    assert places.read("海南藏族自治州财政局").places == ("海南藏族自治州",)
    assert places.read("海南省财政厅").places == ("海南省",)
    assert places.read("海南州财政局").places == ("海南藏族自治州",)
