"""What a pack and a deployment's file become, field by field, and how each fault in them is told."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from cases.rules.departments import (
    PREFECTURE,
    Department,
    Division,
    DomainRule,
    Jurisdiction,
    Mechanism,
    Source,
)
from cases.rules.jurisdictions import Jurisdictions
from cases.rules.pack_check import check_packs
from cases.rules.pack_files import NATIONAL, BadPack, read_packs
from cases.words import DOMAIN_NAMES
from classify.types import AdminLevel, Domain
from tests.rules.invented_packs import OWN, PLAIN, WHOLE, read


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Jurisdiction, Jurisdiction]:
    (whole, plain), _, _ = read(tmp_path_factory.mktemp("packs"))
    return whole, plain


def of_own(jurisdiction: Jurisdiction) -> dict[str, Department]:
    return {department.id: department for department in jurisdiction.departments}


def test_a_pack_says_what_its_document_says(made: tuple[Jurisdiction, Jurisdiction]) -> None:
    whole, _ = made
    assert (whole.id, whole.name, whole.level) == ("whole", "全市", AdminLevel.PREFECTURE)
    assert (whole.document, whole.document_number) == ("全市方案", "全政〔2017〕1号")
    assert (whole.issued_on, whole.region_codes) == (date(2017, 5, 1), ("990100",))
    assert whole.government == "990100:大全市人民政府"
    assert (whole.coordinator, whole.coordinator_section) == ("990100:市信访局", "二")
    assert whole.record_keeper == "990100:市档案局"
    assert (whole.objections, whole.objections_section) == (("990100:市财政局",), "三")
    assert (whole.publication_site, whole.topics) == ("全市网站", ("水费",))
    assert whole.merged == {"公共资源交易": (Domain.PROCUREMENT, Domain.BIDDING)}
    assert (whole.departments_from, whole.division) == (Source.DOCUMENT, Division.JOINT)
    assert whole.above == ("990000:全省人民政府",)
    assert whole.local_governments == {
        "990102": "990102:东区人民政府",
        "990103": "990103:北地区行政公署",
        "990102001": "990102001:海滨街道办事处",
    }
    assert whole.mechanisms == {
        "objection": Mechanism(label="异议", section="六", detail="十日", departments=("990100:市档案局",))
    }


def test_departments_are_those_of_the_document_with_their_government_and_those_below(
    made: tuple[Jurisdiction, Jurisdiction],
) -> None:
    departments = of_own(made[0])
    assert departments["990100:大全市人民政府"] == Department(
        id="990100:大全市人民政府",
        name="大全市人民政府",
        full_name="大全市人民政府",
        superior="990000:全省人民政府",
        level=AdminLevel.PREFECTURE,
        region_code="990100",
        source=Source.DOCUMENT,
        section="一",
    )
    assert departments["990102:东区人民政府"] == Department(
        id="990102:东区人民政府",
        name="东区人民政府",
        full_name="东区人民政府",
        superior="990100:大全市人民政府",
        level=AdminLevel.COUNTY,
        region_code="990102",
        source=Source.REGION_CODES,
    )
    assert departments["990100:市档案局"] == Department(
        id="990100:市档案局",
        name="市档案局",
        full_name="大全市档案局",
        current_name="市史志馆",
        verified=True,
        superior="990100:市信访局",
        level=AdminLevel.PREFECTURE,
        region_code="990100",
        aliases=("档案馆",),
        section="二(二)",
        source=Source.DOCUMENT,
        note="新设",
    )
    assert departments["990100:市信访局"].superior == "990100:大全市人民政府"
    assert (departments["990100:市财政局"].superior, departments["990100:市财政局"].full_name) == (
        None,
        "大全市财税局",
    )
    assert len(departments) == 7


def test_who_leads_is_said_by_the_deployment_else_by_the_document_else_by_nobody(
    made: tuple[Jurisdiction, Jurisdiction],
) -> None:
    rules = made[0].domains
    assert rules.keys() == {domain for domain in Domain if domain.in_scope}
    assert rules[Domain.DEBT] == DomainRule(
        label="欠款",
        lead="990100:市财政局",
        participants=("990100:市信访局", PREFECTURE),
        section="四",
        printed="由财政局牵头",
        source=Source.DOCUMENT,
    )
    assert rules[Domain.PPP] == DomainRule(
        label="合作", lead="990100:市档案局", section="五", source=Source.DEPLOYMENT
    )
    nobody = DomainRule(label="乡镇", lead="990100:市信访局", source=Source.LAW)
    assert rules[Domain.TOWNSHIP] == nobody
    assert rules[Domain.BIDDING] == nobody.model_copy(update={"label": DOMAIN_NAMES[Domain.BIDDING]})


def test_what_a_pack_leaves_out_falls_to_the_coordinator(made: tuple[Jurisdiction, Jurisdiction]) -> None:
    _, plain = made
    office = "990301:县信用办"
    assert (plain.coordinator, plain.record_keeper, plain.objections) == (office, office, (office,))
    assert (plain.coordinator_section, plain.objections_section) == (None, None)
    assert (plain.document_number, plain.issued_on, plain.division) == (None, None, Division.LEAD)
    assert (plain.above, plain.mechanisms, plain.merged, plain.topics) == ((), {}, {}, ())
    departments = of_own(plain)
    assert departments[office].source is Source.DEPLOYMENT
    government = departments["990301:平县人民政府"]
    assert (government.superior, government.source) == (NATIONAL[0].id, Source.REGION_CODES)


def test_a_deployment_may_name_others_than_the_document(tmp_path: Path) -> None:
    own = (
        '[whole]\ncoordinator = "市信用办"\nrecord_keeper = "市财政局"\nobjections = ["市信用办"]\n'
        '[[whole.departments]]\nname = "市信用办"\nsuperior = "市财政局"\n'
    )
    ((whole,), _, _) = read(tmp_path, own, only=["whole"])
    assert (whole.coordinator, whole.coordinator_section) == ("990100:市信用办", None)
    assert whole.record_keeper == "990100:市财政局"
    assert (whole.objections, whole.objections_section) == (("990100:市信用办",), None)
    assert of_own(whole)["990100:市信用办"].superior == "990100:市财政局"


def test_bodies_above_and_beside_are_known_without_being_ours(tmp_path: Path) -> None:
    jurisdictions, beside, places = read(tmp_path)
    assert [jurisdiction.id for jurisdiction in jurisdictions] == ["whole", "plain"], "by their order"
    assert set(beside) == {*(body.id for body in NATIONAL), "990000:全省人民政府", "990200:邻市人民政府"}
    above, neighbour = beside["990000:全省人民政府"], beside["990200:邻市人民政府"]
    assert (above.level, above.superior) == (AdminLevel.PROVINCE, NATIONAL[0].id)
    assert (neighbour.level, neighbour.superior) == (AdminLevel.PREFECTURE, "990000:全省人民政府")
    assert places == {
        "990100": "大全市",
        "990000": "全省",
        "990200": "邻市",
        "990102": "东区",
        "990103": "北地区",
        "990102001": "海滨街道",
        "990301": "平县",
    }


def test_governments_above_stand_one_above_the_other(tmp_path: Path) -> None:
    plain = PLAIN + '\n[above]\n"990000" = "全省"\n"990300" = "平市"\n'
    (found, beside, _) = read(tmp_path, plain=plain)
    assert found[1].above == ("990300:平市人民政府", "990000:全省人民政府")
    assert beside["990300:平市人民政府"].superior == "990000:全省人民政府"
    assert beside["990300:平市人民政府"].level is AdminLevel.PREFECTURE
    assert of_own(found[1])["990301:平县人民政府"].superior == "990300:平市人民政府"


def test_only_those_asked_for_are_made_each_once_and_in_that_order(tmp_path: Path) -> None:
    found, _, places = read(tmp_path, only=["plain", "whole", "plain"])
    assert [jurisdiction.id for jurisdiction in found] == ["plain", "whole"]
    assert len(places) == 7


def test_the_nation_is_above_all() -> None:
    assert [body.id for body in NATIONAL] == ["000000:国务院办公厅", "000000:国家信访局"]
    for body in NATIONAL:
        assert body.id == f"{body.region_code}:{body.name}"
        assert (body.full_name, body.level, body.source) == (body.name, AdminLevel.NATIONAL, Source.LAW)
        assert body.superior is None
    assert "国务院" in NATIONAL[0].aliases


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"own": OWN.replace('coordinator = "县信用办"', "")}, r"平县: .*\[plain\] with a coordinator"),
        ({"own": OWN.replace("[plain]\n", "[plain]\nmotto = 1\n")}, r"own.toml \[plain\]: motto: Extra"),
        ({"plain": PLAIN + "motto = 1\n"}, "plain.toml: motto: Extra"),
        ({"own": OWN + "[moon]\n"}, "own.toml: no jurisdiction is called moon"),
        ({"own": OWN + '[[plain.departments]]\nname = "县信用办"\n'}, "平县: 县信用办 is given twice"),
        ({"own": OWN + '[[plain.departments]]\nname = "县局"\nsection = "一"\n'}, "平县: 县局: a section"),
        ({"own": OWN + '[[plain.departments]]\nname = "县局"\nsuperior = "无"\n'}, "县局: superior 无"),
        ({"own": OWN + '[plain.domains.debt]\nlead = "无"\n'}, "平县: 无 is not among"),
        ({"own": OWN + "[plain.domains.poetry]\n"}, r"own.toml \[plain\]: domains.poetry"),
        ({"own": "["}, "own.toml: "),
        ({"whole": WHOLE.replace('section = "二(一)"', "")}, "全市: 市信访局: a section"),
        ({"whole": WHOLE.replace('"市财政局"]\nobj', '"无"]\nobj')}, "全市: 无 is not among"),
        ({"whole": WHOLE.replace('id = "whole"\n', "")}, "whole.toml: id: "),
        ({"only": ["moon", "plain"]}, "unknown jurisdiction moon; there are plain, whole"),
    ],
)
def test_each_fault_names_its_file_its_entry_and_what_is_wrong(
    tmp_path: Path, changed: dict[str, str], said: str
) -> None:
    with pytest.raises(BadPack, match=said):
        read(tmp_path, **changed)  # type: ignore[arg-type]


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadPack, match=r"nowhere.toml cannot be read: No such file"):
        read_packs(None, tmp_path / "nowhere.toml")


def test_a_neutral_desk_and_counters_are_read_and_checked(tmp_path: Path) -> None:
    desk = '[neutral]\nname = "登记台"\nelsewhere = true\n'
    own = OWN + '[plain.counter]\nphone = "0451-0000000"\n' + desk
    (tmp_path / "packs").mkdir()
    (tmp_path / "packs" / "plain.toml").write_text(PLAIN, "utf-8")
    (tmp_path / "packs" / "whole.toml").write_text(WHOLE, "utf-8")
    (tmp_path / "own.toml").write_text(own, "utf-8")
    faults = check_packs(tmp_path / "packs", tmp_path / "own.toml")
    assert not [fault for fault in faults if "counter" in fault.entry or "neutral" in fault.entry]
    books = Jurisdictions.load(overrides=tmp_path / "own.toml", own=tmp_path / "packs")
    assert books.neutral is not None
    assert (books.neutral.id, books.records_elsewhere) == ("000000:登记台", True)
    assert books.neutral.id in books.departments_of(books.default.id)
    counter = books.get("plain").counter
    assert counter is not None
    assert counter.words == "电话0451-0000000"


@pytest.mark.parametrize(
    ("plain", "own", "entry"),
    [
        ('[counter]\naddress = "某路1号"\n', "", "counter.source"),
        ('[counter]\nhours = "工作日"\n', "", "counter"),
        ("", '[plain.counter]\nphone = "打电话"\n', "plain.counter.phone"),
        ("", '[neutral]\nname = "登记台"\nelsewere = true\n', "neutral.elsewere"),
        ("", "[neutral]\nelsewhere = true\n", "neutral.name"),
    ],
)
def test_a_wrong_counter_or_desk_is_named(tmp_path: Path, plain: str, own: str, entry: str) -> None:
    (tmp_path / "packs").mkdir()
    (tmp_path / "packs" / "plain.toml").write_text(PLAIN + plain, "utf-8")
    (tmp_path / "own.toml").write_text(OWN + own, "utf-8")
    assert entry in {fault.entry for fault in check_packs(tmp_path / "packs", tmp_path / "own.toml")}
