"""Departments and jurisdictions as shapes: how they are titled and cited, and which area holds which."""

from __future__ import annotations

import pytest

from cases.rules.departments import RANK, Department, Source, covers, most_specific, trim
from classify.types import AdminLevel, Domain
from tests.town.rules import RULES

BOOKS = RULES.jurisdictions


def test_levels_rank_from_the_village_to_the_nation() -> None:
    order = ["village", "township", "county", "prefecture", "province", "national"]
    assert [level.value for level in sorted(RANK, key=lambda level: RANK[level])] == order
    assert RANK[AdminLevel.VILLAGE] == 0


def department(**changes: object) -> Department:
    fields = {
        "id": "630000:省某厅",
        "name": "省某厅",
        "full_name": "青海省某厅",
        "level": AdminLevel.PROVINCE,
        "region_code": "630000",
        "source": Source.DOCUMENT,
    }
    return Department.model_validate(fields | changes)


def test_a_present_name_is_shown_once_it_was_checked() -> None:
    assert department().title == "青海省某厅"
    assert department(current_name="省新厅").title == "青海省某厅"
    assert department(current_name="省新厅", verified=True).title == "青海省某厅（现省新厅）"
    assert department(verified=True).title == "青海省某厅"


def test_all_names_are_each_there_once() -> None:
    renamed = department(current_name="省新厅", aliases=("某厅", "省某厅", "某厅"))
    assert renamed.all_names == ("省某厅", "青海省某厅", "省新厅", "某厅")
    assert department().all_names == ("省某厅", "青海省某厅")


@pytest.mark.parametrize(
    ("code", "trimmed"),
    [
        ("630000", "63"),
        ("630100", "6301"),
        ("630102", "630102"),
        ("441302100", "441302100"),
        ("000000", ""),
        ("630000001", "63"),
    ],
)
def test_zeros_that_only_fill_a_code_up_are_left_out(code: str, trimmed: str) -> None:
    assert trim(code) == trimmed


@pytest.mark.parametrize(
    ("outer", "inner", "holds"),
    [
        ("630000", "630102", True),
        ("630100", "630102", True),
        ("630100", "630100", True),
        ("630100", "630202", False),
        ("630102", "630100", False),
        ("441302", "441302100", True),
        ("000000", "630100", True),
    ],
)
def test_an_area_holds_what_its_code_begins(outer: str, inner: str, holds: bool) -> None:
    assert covers(outer, inner) is holds


def test_the_longest_code_that_covers_a_place_wins() -> None:
    by_code = {"630000": "province", "630100": "city", "640000": "other"}
    assert most_specific("630102", by_code) == "city"
    assert most_specific("630202", by_code) == "province"
    assert most_specific("110000", by_code) is None
    assert most_specific("110000", {}) is None


def test_a_document_is_cited_with_its_number_where_it_has_one() -> None:
    for jurisdiction in BOOKS.all():
        cited = f"《{jurisdiction.document}》"
        number = jurisdiction.document_number
        assert jurisdiction.citation == (f"{cited}（{number}）" if number else cited)
    assert {bool(j.document_number) for j in BOOKS.all()} == {True, False}


def test_a_domain_is_called_as_its_document_calls_it_or_by_its_general_name() -> None:
    assert BOOKS.get("huicheng").label(Domain.BIDDING) == "公共资源交易"
    assert BOOKS.get("qinghai").label(Domain.SPAM) == "无效信息"


# -- who answers for whom -------------------------------------------------------------------------
def test_a_jurisdiction_holds_its_own_departments_and_the_governments_below() -> None:
    inside = BOOKS.departments_of("qinghai")
    assert {"630000:省财政厅", "630100:西宁市人民政府"} <= inside
    assert not {"230000:省财政厅", "000000:国家信访局"} & inside


@pytest.mark.parametrize(
    ("of", "overseen", "not_overseen"),
    [
        ("630000:省财政厅", "630100:西宁市人民政府", "230000:省财政厅"),
        ("630100:西宁市人民政府", "630100:西宁市人民政府", "630000:省财政厅"),
        ("230000:黑龙江省人民政府", "230200:齐齐哈尔市人民政府", "630000:省财政厅"),
        ("000000:国务院办公厅", "630000:省财政厅", "000000:国家信访局"),
    ],
)
def test_oversight_is_of_the_whole_jurisdiction_at_its_level_and_of_what_is_below_elsewhere(
    of: str, overseen: str, not_overseen: str
) -> None:
    found = BOOKS.overseen_by(of)
    assert overseen in found
    assert not_overseen not in found
    assert BOOKS.overseen_by(of) is found


def test_nobody_oversees_from_a_department_we_do_not_know() -> None:
    assert BOOKS.overseen_by("630000:没有的厅") == frozenset()


def test_a_body_of_two_jurisdictions_belongs_to_the_one_of_its_own_area() -> None:
    home = BOOKS.jurisdiction_of("230100:哈尔滨市人民政府")
    assert home is not None
    assert home.id == "harbin"
    assert BOOKS.jurisdiction_of("630000:没有的厅") is None


def test_the_areas_around_a_district_are_named_from_the_closest_out() -> None:
    assert [j.id for j in BOOKS.around(BOOKS.get("harbin"))] == ["heilongjiang"]
    assert list(BOOKS.around(BOOKS.get("qinghai"))) == []
    assert list(BOOKS.around(BOOKS.get("huicheng"))) == []


def test_a_name_that_fits_two_bodies_nearby_is_settled_by_the_place_or_left_open() -> None:
    assert BOOKS.find_department("人民政府", "qinghai") is None
    found = BOOKS.find_department("市人民政府", "qinghai", "630202")
    assert found is not None
    assert found[0].id == "630200:海东市人民政府"
    assert BOOKS.find_department("市人民政府", "qinghai") is None
