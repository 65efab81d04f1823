"""A case reaches who must act, never who is accused, and says why in words."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.lifecycle.conflicts import barred
from cases.model import Accused
from cases.routing import route
from cases.rules.departments import Department, Jurisdiction
from cases.rules.jurisdictions import Jurisdictions
from classify.types import Domain

BOOKS = Jurisdictions.load()
ALL_REGIONS: list[str | None] = [
    None,
    "110000",
    "441303",
    *(code for j in BOOKS.all() for code in (*j.region_codes, *j.local_governments)),
    "630102",
    "222424",
]
BODIES = BOOKS.departments()
NAMES = sorted({name for d in BODIES for name in d.all_names})
VAGUE = [
    "政府",
    "有关部门",
    "市政府",
    "县政府",
    "区政府",
    "省政府",
    "财政局",
    "财政厅",
    "镇政府",
    "村委会",
    "?",
]


def test_the_lead_of_the_domain_gets_the_case_with_its_section_as_reason() -> None:
    routing = route(Domain.DEBT, "630102", (Accused(name="西宁市城东区住建局"),), BOOKS)
    assert routing.department == "630000:省财政厅"
    assert routing.department_name == "青海省财政厅"
    assert routing.suggested == (
        "630000:省发展改革委",
        "630000:省法院",
        "630000:人民银行西宁中心支行",
        "630000:省金融办",
        "630100:西宁市人民政府",
    )
    assert not routing.triage
    assert any("三(三)5" in reason and "牵头" in reason for reason in routing.reasons)
    assert any("青政〔2017〕47号" in reason for reason in routing.reasons)


def test_the_most_specific_jurisdiction_wins() -> None:
    assert route(Domain.PROCUREMENT, "230103", (), BOOKS).jurisdiction == "harbin"
    assert route(Domain.PROCUREMENT, "230200", (), BOOKS).jurisdiction == "heilongjiang"
    assert route(Domain.PROCUREMENT, "441302001", (), BOOKS).jurisdiction == "huicheng"


def test_a_lead_of_all_prefectures_is_the_government_of_the_place() -> None:
    assert route(Domain.TOWNSHIP, "632801", (), BOOKS).department == "632800:海西蒙古族藏族自治州人民政府"
    assert route(Domain.TOWNSHIP, "232721", (), BOOKS).department == "232700:大兴安岭地区行政公署"
    assert route(Domain.TOWNSHIP, "230123", (), BOOKS).department == "230123:依兰县人民政府"


def test_a_lead_of_all_prefectures_without_a_prefecture_goes_to_triage() -> None:
    routing = route(Domain.TOWNSHIP, "630000", (), BOOKS)
    assert routing.triage
    assert routing.department == "630000:省发展改革委"


def test_a_document_without_leads_says_so_in_the_reasons() -> None:
    reasons = route(Domain.BIDDING, "230200", (), BOOKS).reasons
    assert any("首位责任单位" in reason and "二(二)3" in reason for reason in reasons)


@pytest.mark.parametrize("region", ["220100", "230103", "441302"])
def test_a_department_chosen_by_the_deployment_is_marked_as_such(region: str) -> None:
    for domain in (Domain.PROCUREMENT, Domain.DEBT):
        assert any("由部署方指定" in reason for reason in route(domain, region, (), BOOKS).reasons)


def test_a_domain_the_document_does_not_have_goes_to_the_coordinator() -> None:
    routing = route(Domain.GENERAL, "632800", (), BOOKS)
    assert routing.department == "630000:省发展改革委"
    assert not routing.triage
    assert any("没有指定" in reason for reason in routing.reasons)


def test_low_confidence_goes_to_the_triage_of_the_coordinator() -> None:
    routing = route(Domain.DEBT, "630100", (), BOOKS, confident=False)
    assert routing.triage
    assert routing.department == "630000:省发展改革委"
    assert routing.suggested == ()


@pytest.mark.parametrize("domain", [Domain.PRIVATE_WAGES, Domain.OUT_OF_SCOPE, Domain.SPAM])
def test_what_is_outside_the_scope_goes_to_triage(domain: Domain) -> None:
    assert route(domain, "630100", (), BOOKS).triage


@pytest.mark.parametrize(("region", "word"), [(None, "所在地不明"), ("110000", "不在本系统")])
def test_an_unknown_place_goes_to_the_triage_of_the_default_jurisdiction(
    region: str | None, word: str
) -> None:
    routing = route(Domain.DEBT, region, (), BOOKS)
    assert routing.triage
    assert routing.jurisdiction == BOOKS.default.id
    assert routing.department == BOOKS.default.coordinator
    assert word in routing.reasons[0]


def test_without_a_place_the_accused_department_tells_the_jurisdiction() -> None:
    accused = (Accused(name="西宁市政府", department="630100:西宁市人民政府"),)
    routing = route(Domain.DEBT, None, accused, BOOKS)
    assert routing.jurisdiction == "qinghai"
    assert routing.department == "630000:省财政厅"
    assert "630100:西宁市人民政府" not in routing.suggested


def test_an_accused_lead_is_passed_over_to_its_superior() -> None:
    routing = route(Domain.PROCUREMENT, "630100", (Accused(name="省财政厅"),), BOOKS)
    assert routing.department == "630000:青海省人民政府"
    assert any("是被投诉主体" in reason and "1103号" in reason for reason in routing.reasons)


def test_an_accused_local_government_does_not_get_the_case_about_its_townships() -> None:
    routing = route(Domain.TOWNSHIP, "630102", (Accused(name="西宁市政府"),), BOOKS)
    assert routing.department == "630000:青海省人民政府"


def test_a_lead_below_the_accused_government_is_passed_over_to_the_government_above_it() -> None:
    routing = route(Domain.DEBT, "441302", (Accused(name="惠城区人民政府"),), BOOKS)
    assert routing.department == "441300:惠州市人民政府"
    assert any("下级" in reason for reason in routing.reasons)


def test_an_accused_provincial_government_leads_to_the_state_council() -> None:
    routing = route(Domain.DEBT, "630000", (Accused(name="青海省政府"),), BOOKS)
    assert routing.department == "000000:国务院办公厅"


def test_an_accused_state_council_leads_to_the_bureau_for_letters_and_calls() -> None:
    assert route(Domain.DEBT, "630000", (Accused(name="国务院"),), BOOKS).department == "000000:国家信访局"


def test_an_accused_coordinator_does_not_triage_its_own_case() -> None:
    routing = route(Domain.GENERAL, "630000", (Accused(name="青海省发改委"),), BOOKS, confident=False)
    assert routing.triage
    assert routing.department == "630000:青海省人民政府"


def test_a_successor_under_its_new_name_is_the_accused_too() -> None:
    routing = route(Domain.GENERAL, "230200", (Accused(name="黑龙江省营商环境局"),), BOOKS)
    assert routing.department == "230000:黑龙江省人民政府"


def test_a_body_of_the_province_is_not_left_to_the_city() -> None:
    routing = route(Domain.BIDDING, "230103", (Accused(name="黑龙江省交通运输厅"),), BOOKS)
    assert routing.jurisdiction == "heilongjiang"
    assert routing.department == "230000:省发改委"
    assert any("层级高于" in reason for reason in routing.reasons)


def test_a_body_of_the_city_is_not_left_to_the_district() -> None:
    routing = route(Domain.DEBT, "441302", (Accused(name="惠州市住房和城乡建设局"),), BOOKS)
    assert routing.department == "441300:惠州市人民政府"


def test_an_accused_participant_is_left_out_and_the_reasons_say_so() -> None:
    routing = route(Domain.PPP, "630100", (Accused(name="青海省金融办"),), BOOKS)
    assert routing.department == "630000:省发展改革委"
    assert "630000:省金融办" not in routing.suggested
    assert "630000:省财政厅" in routing.suggested
    assert any("不列为参加单位" in reason for reason in routing.reasons)


def test_a_vague_name_bars_nobody() -> None:
    for name in ("政府", "有关部门", "当地政府", "领导"):
        assert route(Domain.DEBT, "630100", (Accused(name=name),), BOOKS).department == "630000:省财政厅"


def test_every_reason_is_a_sentence() -> None:
    for domain in Domain:
        for region in ALL_REGIONS:
            for reason in route(domain, region, (Accused(name="省政府"),), BOOKS).reasons:
                assert reason.endswith("。")
                assert "None" not in reason


def never_to(accused: Sequence[Accused], domain: Domain, region: str | None, *, confident: bool) -> None:
    routing = route(domain, region, accused, BOOKS, confident=confident)
    chosen = BOOKS.department(routing.department)
    assert not barred(chosen, accused, BOOKS)
    assert not any(barred(BOOKS.department(id), accused, BOOKS) for id in routing.suggested)
    assert routing.department not in routing.suggested
    assert routing.reasons


@settings(max_examples=600)
@given(st.sampled_from(BODIES), st.sampled_from(list(Domain)), st.sampled_from(ALL_REGIONS), st.booleans())
def test_no_case_ever_reaches_a_known_accused_body_or_one_below_it(
    body: Department, domain: Domain, region: str | None, confident: bool
) -> None:
    never_to((Accused(name=body.full_name, department=body.id),), domain, region, confident=confident)


@settings(max_examples=600)
@given(
    st.sampled_from(NAMES + VAGUE),
    st.sampled_from(["", "厅长", "采购处", "领导"]),
    st.sampled_from(list(Domain)),
    st.sampled_from(ALL_REGIONS),
    st.sampled_from([None, "national", "province", "prefecture", "county", "township", "village"]),
)
def test_no_case_ever_reaches_an_accused_body_known_by_name_only(
    name: str, tail: str, domain: Domain, region: str | None, level: str | None
) -> None:
    never_to((Accused(name=name + tail, level=level),), domain, region, confident=True)


@settings(max_examples=300)
@given(st.text(max_size=40), st.sampled_from(list(Domain)), st.sampled_from(ALL_REGIONS))
def test_any_name_at_all_can_be_routed(name: str, domain: Domain, region: str | None) -> None:
    never_to((Accused(name=name),), domain, region, confident=True)


def test_every_body_is_kept_from_its_own_case_in_every_domain_where_it_is_at_home() -> None:
    for body in BODIES:
        for domain in Domain:
            for region in (body.region_code, None):
                never_to((Accused(name=body.full_name, department=body.id),), domain, region, confident=True)


@pytest.mark.parametrize("only", [["harbin"], ["huicheng"], ["qinghai", "jilin"]])
def test_a_deployment_with_few_jurisdictions_keeps_the_rule(only: list[str]) -> None:
    books = Jurisdictions.load(only)
    for body in books.departments():
        for domain in Domain:
            accused = (Accused(name=body.full_name),)
            chosen = books.department(route(domain, body.region_code, accused, books).department)
            assert not barred(chosen, accused, books)


# -- several bodies, and bodies in doubt ----------------------------------------------------------
LEADS = [
    (BOOKS.department(lead), j, d)
    for j in BOOKS.all()
    for d, lead in ((d, rule.lead) for d, rule in j.domains.items() if rule.lead != "prefecture")
]


@pytest.mark.parametrize(
    ("lead", "jurisdiction", "domain"), LEADS, ids=lambda value: getattr(value, "id", value)
)
def test_a_lead_among_several_accused_is_passed_over(
    lead: Department, jurisdiction: Jurisdiction, domain: Domain
) -> None:
    for other in (Accused(name="某县教育局", level="county"), Accused(name="某某建筑公司")):
        for accused in ((Accused(name=lead.full_name), other), (other, Accused(name=lead.full_name))):
            never_to(accused, domain, jurisdiction.region_codes[0], confident=True)


def test_a_lead_that_is_named_too_does_not_get_the_case_by_itself() -> None:
    accused, named = (Accused(name="西宁市教育局"),), (Accused(name="青海省财政厅"),)
    routing = route(Domain.DEBT, "630100", accused, BOOKS, named_too=named)
    assert routing.department == "630000:省发展改革委"
    assert routing.triage
    assert any("尚不清楚" in reason for reason in routing.reasons)


def test_a_coordinator_that_is_named_too_leaves_it_to_whoever_is_above() -> None:
    named = (Accused(name="青海省财政厅"), Accused(name="青海省发展改革委"))
    routing = route(Domain.DEBT, "630100", (Accused(name="西宁市教育局"),), BOOKS, named_too=named)
    assert routing.department == "630000:青海省人民政府"
    assert routing.triage


def test_a_participant_that_is_named_too_is_left_out() -> None:
    named = (Accused(name="青海省金融办"),)
    routing = route(Domain.DEBT, "630100", (Accused(name="西宁市教育局"),), BOOKS, named_too=named)
    assert routing.department == "630000:省财政厅"
    assert "630000:省金融办" not in routing.suggested


def test_while_no_accused_is_known_the_coordinator_decides_and_not_the_lead() -> None:
    routing = route(Domain.DEBT, "630100", (), BOOKS, body_known=False)
    assert routing.triage
    assert routing.department == "630000:省发展改革委"
