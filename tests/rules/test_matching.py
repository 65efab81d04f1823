"""How surely a written name means a department: exactly, by its new name, by its parts, or merely alike."""

from __future__ import annotations

import pytest

from cases.rules.departments import Department, Source
from cases.rules.matching import ALIKE, EXACT, PART_OF_IT, RENAMED, SAME_PARTS
from classify.types import AdminLevel
from tests.town.rules import RULES

BOOKS = RULES.jurisdictions
FINANCE, CITY, BANK = "630000:省财政厅", "630100:西宁市人民政府", "630000:人民银行西宁中心支行"
DISTRICT = "441302:区财政局"


def score(id: str, name: str, level: AdminLevel | None = None) -> float:
    return BOOKS.score(BOOKS.department(id), name, level)


@pytest.mark.parametrize(
    ("id", "name", "expected"),
    [
        (FINANCE, "青海省财政厅", EXACT),
        (FINANCE, "青海省財政廳", EXACT),
        (FINANCE, "省财政厅", EXACT),
        (FINANCE, "青海财政厅", SAME_PARTS),
        (FINANCE, "财政厅", SAME_PARTS),
        (FINANCE, "青海省财政厅采购处", PART_OF_IT),
        (FINANCE, "财政厅采购处", PART_OF_IT),
        (FINANCE, "就是青海省财政厅", EXACT),
        (FINANCE, "什么青海省财政厅的人", PART_OF_IT),
        (BANK, "人民银行青海省分行", RENAMED),
        (BANK, "人行西宁中心支行", EXACT),
        ("630000:省工商局", "省市场监督管理局", RENAMED),
        (CITY, "西宁市政府", SAME_PARTS),
        (CITY, "市政府", SAME_PARTS),
        (CITY, "西宁市政府领导", PART_OF_IT),
        (DISTRICT, "惠州市惠城区财政局", PART_OF_IT),
        ("000000:国务院办公厅", "国务院", EXACT),
    ],
)
def test_a_name_means_the_department_so_surely(id: str, name: str, expected: float) -> None:
    assert score(id, name) == expected


@pytest.mark.parametrize(
    ("id", "name"),
    [
        (FINANCE, ""),
        (FINANCE, "！？"),
        (FINANCE, "财政局"),
        (FINANCE, "市财政厅"),
        (FINANCE, "黑龙江省财政厅"),
        (FINANCE, "西宁市财政局"),
        (FINANCE, "青海省教育厅"),
        (FINANCE, "青海省"),
        (CITY, "政府"),
        (CITY, "西宁市政府采购中心"),
        (CITY, "海东市政府"),
        (DISTRICT, "博罗县财政局"),
        (DISTRICT, "县财政局"),
    ],
)
def test_a_name_means_another_body(id: str, name: str) -> None:
    assert score(id, name) == 0.0


@pytest.mark.parametrize(
    ("id", "name", "level", "means"),
    [
        ("230100:市财政局", "财政局", None, True),
        ("230100:市财政局", "财政局", AdminLevel.PREFECTURE, True),
        ("230100:市财政局", "财政局", AdminLevel.COUNTY, False),
        (DISTRICT, "财政局", AdminLevel.COUNTY, True),
        (FINANCE, "财政厅", AdminLevel.COUNTY, True),
        (CITY, "政府", AdminLevel.PREFECTURE, False),
    ],
)
def test_what_else_is_known_of_the_level_helps_a_name_without_a_place(
    id: str, name: str, level: AdminLevel | None, means: bool
) -> None:
    assert (score(id, name, level) > 0) is means


def invented(name: str, **more: object) -> Department:
    fields = {
        "id": f"630000:{name}",
        "name": name,
        "full_name": f"青海省{name.removeprefix('省')}",
        "level": AdminLevel.PROVINCE,
        "region_code": "630000",
        "source": Source.DOCUMENT,
    }
    return Department.model_validate(fields | more)


@pytest.mark.parametrize(
    ("written", "means"),
    [
        ("青海省公共资源交易中心办", True),
        ("青海省公共资源交意中心办", True),
        ("青海省公共水利工程建设办", False),
    ],
)
def test_a_slip_in_a_long_name_is_forgiven(written: str, means: bool) -> None:
    found = BOOKS.score(invented("省公共资源交易中心办"), written)
    assert (found > 0) is means
    assert found in {0.0, EXACT} or ALIKE <= found <= PART_OF_IT


def test_a_slip_in_a_short_name_is_another_name() -> None:
    assert BOOKS.score(invented("省民政厅"), "青海省民攻厅") == 0.0
    assert BOOKS.score(invented("省水利水电厅"), "青海省水利水电利厅") > 0
    assert BOOKS.score(invented("省水利电厅"), "青海省水利电力厅") == 0.0


def test_a_whole_name_inside_other_words_counts_from_five_characters_on() -> None:
    assert BOOKS.score(invented("省档案局"), "有人说青海省档案局不管") == PART_OF_IT
    short = invented("档案", full_name="青档案馆")
    assert BOOKS.score(short, "有人说青档案馆不管") == 0.0


def test_an_alias_is_as_good_as_the_name() -> None:
    assert BOOKS.score(invented("省档案局", aliases=("省档案馆",)), "省档案馆") == EXACT
    assert BOOKS.score(invented("省档案局", aliases=("青档",)), "青档") == EXACT


def test_an_alias_without_a_place_must_fit_what_is_known_of_the_level() -> None:
    archive = invented("省档案局", aliases=("档案局",))
    assert BOOKS.score(archive, "档案局") == EXACT
    assert BOOKS.score(archive, "档案局", AdminLevel.COUNTY) == 0.0


def test_what_is_surer_scores_higher() -> None:
    assert (EXACT, RENAMED, SAME_PARTS, PART_OF_IT, ALIKE) == (100.0, 97.0, 95.0, 92.0, 85.0)
