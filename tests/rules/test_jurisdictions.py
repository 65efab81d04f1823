"""The packs say what the five documents say, and nothing invented passes for a document's word."""

from __future__ import annotations

import re
from pathlib import Path

import opencc
import pytest

from cases.errors import NotFound
from cases.rules.body_names import fold
from cases.rules.calendar import WorkCalendar
from cases.rules.departments import PREFECTURE, Department, Source
from cases.rules.jurisdictions import Jurisdictions
from cases.rules.pack_files import BadPack, read_packs
from classify.types import Domain
from tests.rules.seed_documents import CONFIRMED, claims, digest_of, read_document

BOOKS = Jurisdictions.load()
IDS = ["heilongjiang", "qinghai", "jilin", "harbin", "huicheng"]
IN_SCOPE = [domain for domain in Domain if domain.in_scope]


def names(ids: tuple[str, ...]) -> list[str]:
    return [BOOKS.department(id).name if id != PREFECTURE else id for id in ids]


# ---- true to the documents --------------------------------------------------------------------------


@pytest.mark.parametrize("id", IDS)
def test_every_name_with_a_section_stands_in_its_document(id: str) -> None:
    """Without the documents at hand, the list of what was once found in them decides."""
    claimed = claims(BOOKS.get(id))
    assert claimed == set(CONFIRMED[id]["found"]), "the kept list and the pack name different strings"
    text = read_document(id)
    if text is not None:
        assert [c for c in claimed if c not in text] == []
        assert digest_of(id) == CONFIRMED[id]["sha256"], "the document at hand is another one"


@pytest.mark.parametrize("id", ["heilongjiang", "qinghai"])
def test_the_lead_and_the_participants_stand_in_the_printed_words_of_their_domain(id: str) -> None:
    for domain, rule in BOOKS.get(id).domains.items():
        if rule.source == "law":
            assert domain is Domain.GENERAL, "only the general domain has no words of its own"
            continue
        for name in names((rule.lead, *rule.participants)):
            if name == PREFECTURE:
                assert "各市" in rule.printed
            else:
                assert name in rule.printed or name.removeprefix("省") in rule.printed
        assert ("各市" in rule.printed) == (PREFECTURE in (rule.lead, *rule.participants))


@pytest.mark.parametrize("id", ["jilin", "harbin", "huicheng"])
def test_where_the_document_names_no_department_every_lead_comes_from_the_deployment(id: str) -> None:
    jurisdiction = BOOKS.get(id)
    assert jurisdiction.departments_from is Source.DEPLOYMENT
    assert jurisdiction.coordinator_section is None
    for rule in jurisdiction.domains.values():
        assert rule.source in {"deployment", "law"}
    named = [d for d in jurisdiction.departments if d.section is not None]
    assert all(d.id == jurisdiction.government for d in named)


@pytest.mark.parametrize(
    ("id", "domain", "lead"),
    [
        ("heilongjiang", Domain.PPP, "省财政厅"),
        ("qinghai", Domain.PPP, "省发展改革委"),
        ("heilongjiang", Domain.INVESTMENT, "省商务厅"),
        ("qinghai", Domain.INVESTMENT, "省经济和信息化委"),
        ("heilongjiang", Domain.BIDDING, "省发改委"),
        ("qinghai", Domain.DEBT, "省财政厅"),
        ("heilongjiang", Domain.TOWNSHIP, PREFECTURE),
        ("qinghai", Domain.TOWNSHIP, PREFECTURE),
    ],
)
def test_leads_differ_between_provinces_as_the_documents_do(id: str, domain: Domain, lead: str) -> None:
    assert names((BOOKS.get(id).domains[domain].lead,)) == [lead]


def test_qinghai_names_all_its_record_keepers_and_who_decides_objections() -> None:
    qinghai = BOOKS.get("qinghai")
    assert len(qinghai.mechanisms["record"].departments) == 10
    assert names(qinghai.objections) == ["省发展改革委", "省人力资源社会保障厅", "省法院"]
    assert qinghai.publication_site == "信用青海"
    assert "breach_plan" in qinghai.mechanisms
    assert not any("breach_plan" in BOOKS.get(id).mechanisms for id in IDS if id != "qinghai")


def test_huicheng_merges_procurement_and_bidding() -> None:
    huicheng = BOOKS.get("huicheng")
    assert huicheng.label(Domain.PROCUREMENT) == huicheng.label(Domain.BIDDING) == "公共资源交易"
    assert huicheng.merged == {"公共资源交易": (Domain.PROCUREMENT, Domain.BIDDING)}


def test_harbin_has_the_eight_systems_and_its_own_fields_as_topics() -> None:
    harbin = BOOKS.get("harbin")
    assert "eight_systems" in harbin.mechanisms
    assert {"行政审批", "优抚", "交通", "医患关系"} <= set(harbin.topics)
    assert not any(BOOKS.get(id).topics for id in IDS if id != "harbin")


def test_a_checked_rename_is_shown_and_a_recalled_one_is_not() -> None:
    bank = BOOKS.department("630000:人民银行西宁中心支行")
    assert bank.verified
    assert bank.title == "人民银行西宁中心支行（现人民银行青海省分行）"
    industry = BOOKS.department("630000:省经济和信息化委")
    assert industry.current_name == "省工业和信息化厅"
    assert not industry.verified
    assert industry.title == "青海省经济和信息化委"
    credit = BOOKS.department("230000:省工商局")
    assert (credit.current_name, credit.verified) == ("省营商环境建设监督局", True)


@pytest.mark.parametrize("id", IDS)
def test_every_jurisdiction_is_complete(id: str) -> None:
    jurisdiction = BOOKS.get(id)
    known = BOOKS.departments_of(id)
    assert set(jurisdiction.domains) == set(IN_SCOPE)
    assert {jurisdiction.coordinator, jurisdiction.record_keeper, *jurisdiction.objections} <= known
    for rule in jurisdiction.domains.values():
        assert {rule.lead, *rule.participants} - {PREFECTURE} <= known
        assert rule.lead not in rule.participants
    for key in ("record", "publication", "objection", "promise"):
        assert jurisdiction.mechanisms[key].section


# ---- departments ------------------------------------------------------------------------------------


def test_a_department_has_the_id_of_its_region_and_name() -> None:
    assert BOOKS.department("630000:省财政厅").full_name == "青海省财政厅"
    assert BOOKS.department("230100:市财政局").full_name == "哈尔滨市财政局"
    assert BOOKS.department("441302:区财政局").full_name == "惠城区财政局"
    with pytest.raises(NotFound):
        BOOKS.department("630000:省魔法厅")
    assert BOOKS.find_by_id("630000:省魔法厅") is None


@pytest.mark.parametrize(
    ("id", "count"), [("heilongjiang", 13), ("qinghai", 8), ("jilin", 9), ("harbin", 18), ("huicheng", 18)]
)
def test_every_area_below_has_its_government(id: str, count: int) -> None:
    jurisdiction = BOOKS.get(id)
    assert len(jurisdiction.local_governments) == count
    for government in jurisdiction.local_governments.values():
        assert BOOKS.department(government).superior == jurisdiction.government


def test_governments_are_named_as_they_are() -> None:
    for id in ("630100:西宁市人民政府", "232700:大兴安岭地区行政公署", "441302001:桥东街道办事处"):
        assert BOOKS.department(id).source == "region_codes"
    assert BOOKS.department("441302100:汝湖镇人民政府").level == "township"


def test_every_line_of_superiors_ends() -> None:
    for department in BOOKS.departments():
        line = [department, *BOOKS.superiors(department)]
        assert len(line) == len({body.id for body in line}) <= 6


def test_the_line_from_a_district_leads_to_the_state_council() -> None:
    line = [body.name for body in BOOKS.superiors(BOOKS.department("441302:区财政局"))]
    assert line == ["惠城区人民政府", "惠州市人民政府", "广东省人民政府", "国务院办公厅"]
    harbin = [body.name for body in BOOKS.superiors(BOOKS.department("230100:市财政局"))]
    assert harbin == ["哈尔滨市人民政府", "黑龙江省人民政府", "国务院办公厅"]


def test_courts_and_party_organs_are_not_below_the_government() -> None:
    for name in ("省法院", "省检察院", "省委组织部"):
        assert BOOKS.department(f"630000:{name}").superior is None


# ---- regions ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "id"),
    [
        ("230000", "heilongjiang"),
        ("230200", "heilongjiang"),
        ("230100", "harbin"),
        ("230184", "harbin"),
        ("441302", "huicheng"),
        ("441302100", "huicheng"),
        ("632800", "qinghai"),
        ("630102", "qinghai"),
        ("222424", "jilin"),
    ],
)
def test_the_most_specific_jurisdiction_covers_a_place(code: str, id: str) -> None:
    found = BOOKS.for_region(code)
    assert found is not None
    assert found.id == id


@pytest.mark.parametrize("code", [None, "", "110000", "441303", "441300", "440000"])
def test_a_place_nobody_covers_has_no_jurisdiction(code: str | None) -> None:
    assert BOOKS.for_region(code) is None


def test_the_government_of_a_place_below_is_found_from_any_code_in_it() -> None:
    assert BOOKS.get("qinghai").local_government("630102") == "630100:西宁市人民政府"
    assert BOOKS.get("qinghai").local_government("630000") is None
    assert BOOKS.get("harbin").local_government("230123105") == "230123:依兰县人民政府"


def test_a_department_knows_its_jurisdiction() -> None:
    home = BOOKS.jurisdiction_of("230100:哈尔滨市人民政府")
    assert home is not None
    assert home.id == "harbin"
    prefecture = BOOKS.jurisdiction_of("230200:齐齐哈尔市人民政府")
    assert prefecture is not None
    assert prefecture.id == "heilongjiang"
    assert BOOKS.jurisdiction_of("000000:国家信访局") is None


# ---- finding a department by name ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("青海省财政厅", "630000:省财政厅"),
        ("青海财政厅", "630000:省财政厅"),
        ("青海省財政廳", "630000:省财政厅"),
        ("黑龙江省发展和改革委员会", "230000:省发改委"),
        ("西宁市政府", "630100:西宁市人民政府"),
        ("海西州政府", "632800:海西蒙古族藏族自治州人民政府"),
        ("大兴安岭行署", "232700:大兴安岭地区行政公署"),
        ("惠州市惠城区财政局", "441302:区财政局"),
        ("桥东街道办", "441302001:桥东街道办事处"),
        ("人行西宁中心支行", "630000:人民银行西宁中心支行"),
        ("黑龙江省营商环境局", "230000:省工商局"),
        ("吉林财政厅", "220000:省财政厅"),
        ("青海省人力资源和社会保障厅", "630000:省人力资源社会保障厅"),
    ],
)
def test_a_name_with_its_place_means_one_department(name: str, id: str) -> None:
    found = BOOKS.find_department(name)
    assert found is not None
    assert found[0].id == id
    assert found[1] >= 90


@pytest.mark.parametrize(
    "name", ["省财政厅", "财政局", "市政府", "区政府", "政府", "有关部门", "", "广州市财政局", "海南省财政厅"]
)
def test_a_name_that_could_be_anybody_means_nobody(name: str) -> None:
    assert BOOKS.find_department(name) is None


def test_a_name_without_its_place_means_the_one_nearby() -> None:
    near = BOOKS.find_department("省财政厅", region_code="630100")
    assert near is not None
    assert near[0].id == "630000:省财政厅"
    city = BOOKS.find_department("市政府", region_code="630102")
    assert city is not None
    assert city[0].id == "630100:西宁市人民政府"
    inside = BOOKS.find_department("财政厅", "heilongjiang")
    assert inside is not None
    assert inside[0].id == "230000:省财政厅"


def test_a_name_as_written_is_matched_with_the_department_of_the_document() -> None:
    found = BOOKS.find_department("省住房和城乡建设厅", "qinghai")
    assert found is not None
    assert found[0].name == "省住房城乡建设厅"
    assert BOOKS.find_department("某某小学", "qinghai") is None


def test_a_district_nearby_is_not_taken_for_the_one_district_we_know() -> None:
    assert BOOKS.find_department("区财政局", region_code="230102") is None


def test_every_department_is_found_by_its_own_full_name() -> None:
    def found_by_name(department: Department) -> bool:
        hit = BOOKS.find_department(department.full_name)
        return hit is not None and hit[0].id == department.id

    assert [d.id for d in BOOKS.departments() if not found_by_name(d)] == []


def test_every_name_is_understood_in_traditional_characters_too() -> None:
    to_traditional = opencc.OpenCC("s2t")
    for department in BOOKS.departments():
        for name in department.all_names:
            assert fold(to_traditional.convert(name)) == fold(name)


# ---- the deployment's file ----------------------------------------------------------------------------

OWN = """
[jilin]
coordinator = "省信用办"
[[jilin.departments]]
name = "省信用办"
[[jilin.departments]]
name = "省采购处"
superior = "省信用办"
[jilin.domains.procurement]
lead = "省采购处"
participants = ["prefecture"]
"""


def own_file(folder: Path, text: str) -> Path:
    path = folder / "mine.toml"
    path.write_text(text, "utf-8")
    return path


def test_a_deployment_names_its_own_departments(tmp_path: Path) -> None:
    books = Jurisdictions.load(["jilin"], own_file(tmp_path, OWN))
    jilin = books.get("jilin")
    assert jilin.coordinator == jilin.record_keeper == "220000:省信用办"
    assert jilin.domains[Domain.PROCUREMENT].lead == "220000:省采购处"
    assert jilin.domains[Domain.PROCUREMENT].source == "deployment"
    assert jilin.domains[Domain.DEBT].lead == "220000:省信用办", "a domain left out goes to the coordinator"
    assert books.department("220000:省采购处").superior == "220000:省信用办"


def test_only_the_jurisdictions_asked_for_are_loaded_in_that_order() -> None:
    books = Jurisdictions.load(["huicheng", "qinghai"])
    assert [j.id for j in books.all()] == ["huicheng", "qinghai"]
    assert books.default.id == "huicheng"
    assert books.for_region("230100") is None
    with pytest.raises(NotFound):
        books.get("harbin")


def test_a_city_alone_still_knows_the_province_above_it() -> None:
    books = Jurisdictions.load(["harbin"])
    assert books.department("230000:黑龙江省人民政府").level == "province"


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("", "coordinator"),
        (OWN.replace('lead = "省采购处"', 'lead = "省外星处"'), "省外星处"),
        (OWN.replace('superior = "省信用办"', 'superior = "省外星处"'), "省外星处"),
        (OWN.replace('name = "省采购处"', 'name = "省信用办"'), "twice"),
        (OWN.replace("[jilin.domains.procurement]", "[jilin.domains.poetry]"), "poetry"),
        (OWN + "\n[atlantis]\ncoordinator = 'x'\n", "atlantis"),
        (OWN.replace('superior = "省信用办"', 'section = "三(一)"'), "section"),
        ("[jilin", "mine.toml"),
    ],
)
def test_a_faulty_deployment_file_is_refused_with_the_place_of_the_fault(
    tmp_path: Path, text: str, word: str
) -> None:
    with pytest.raises(BadPack, match=word):
        Jurisdictions.load(["jilin"], own_file(tmp_path, text))


def test_an_unknown_jurisdiction_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadPack, match="atlantis"):
        Jurisdictions.load(["atlantis"])
    with pytest.raises(BadPack, match="cannot be read"):
        Jurisdictions.load(None, tmp_path / "nowhere.toml")


# ---- the documentation ----------------------------------------------------------------------------------

GUIDE = Path(__file__).parents[2] / "docs" / "jurisdictions.md"


def test_the_examples_of_the_guide_work(tmp_path: Path) -> None:
    blocks = re.findall(r"```toml\n(.*?)```", GUIDE.read_text("utf-8"), re.DOTALL)
    deployment, pack, calendar = blocks
    books = Jurisdictions.load(["harbin"], own_file(tmp_path, deployment))
    assert books.get("harbin").domains[Domain.PROCUREMENT].lead == "230100:市财政局"

    packs = tmp_path / "packs"
    packs.mkdir()
    (packs / "example.toml").write_text(pack, "utf-8")
    jurisdictions, _, _ = read_packs(None, own_file(tmp_path, ""), packs)
    assert [j.id for j in jurisdictions] == ["example"]
    assert jurisdictions[0].local_governments["990200"] == "990200:乙自治州人民政府"

    years = tmp_path / "years"
    years.mkdir()
    (years / "2027.toml").write_text(calendar, "utf-8")
    assert WorkCalendar(years).is_official(2027)
