"""Small things that cost trust when they are wrong: words, dates, names, who is away, what is not known."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cases.errors import NotAllowed
from cases.instants import local_date
from cases.lifecycle import forms
from cases.reasons import DATE_IN_THE_PAST
from cases.rules.jurisdictions import Jurisdictions
from cases.vocabulary import Move
from handlers.web.forms.fields import FormField
from tests.town.live.town import Town, actor
from tests.town.places import FINANCE, REFORM
from tests.town.refusing import refused
from tests.town.rules import RULES


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("1. 合同复印件", "合同复印件"),
        ("2、验收单", "验收单"),
        ("（3）发票", "发票"),
        ("4) 身份证明", "身份证明"),
        ("一、授权书", "授权书"),
        ("- 照片", "照片"),
        ("1.5万元的收据", "1.5万元的收据"),
        ("2025年的合同", "2025年的合同"),
        ("一次付清的约定", "一次付清的约定"),
    ],
)
def test_a_list_that_was_numbered_by_hand_is_numbered_once(typed: str, kept: str) -> None:
    assert forms.SupplementRequest(items=(typed,)).items == (kept,)


def test_departments_of_the_same_name_are_told_apart() -> None:
    books: Jurisdictions = RULES.jurisdictions
    twins = [d.model_copy(update={"full_name": "朝阳区人民政府"}) for d in books.departments()[:40]]
    labels = books.labels(twins)
    assert all(label.startswith("朝阳区人民政府（") for label in labels.values())
    assert len(books.labels(books.departments())) == len(set(books.labels(books.departments()).values()))


async def test_what_was_sent_is_called_sent_and_no_day_of_the_past_is_set(town: Town) -> None:
    li = await town.person("李承办")
    who = await town.sign_in(li)
    case = await town.claimed(li)
    yesterday = local_date(town.now) - timedelta(days=1)
    with refused(DATE_IN_THE_PAST):
        await town.act(case, Move.ASK_SUPPLEMENT, li, items=["合同"], until=yesterday)
    answer = await town.post(f"/desk/cases/{case.number}/moves/write", li, who, text="您好", key="k")
    page = await town.client.get(answer.headers["Location"], headers={**who, "Cookie": _both(who, answer)})
    assert f"{case.number}：已发送留言。" in await page.text()


def _both(who: dict[str, str], answer: object) -> str:
    cookies = getattr(answer, "cookies", {})
    return "; ".join([who["Cookie"], *(f"{name}={morsel.value}" for name, morsel in cookies.items())])


async def test_whoever_is_away_takes_no_case(town: Town) -> None:
    li = await town.person("李承办", preferences={"away": True})
    case = await town.filed()
    with pytest.raises(NotAllowed, match="离岗"):
        await town.act(case, Move.CLAIM, li)
    with pytest.raises(NotAllowed, match="离岗"):
        await town.services.desk.claim_next(actor(li))
    assert (await town.post("/desk/next", li, await town.sign_in(li))).status == 303


async def test_a_parameter_that_does_not_exist_is_refused(town: Town) -> None:
    li = await town.person("李承办")
    token = await town.token(li, "cases:read")
    for query, status in (("?view=all", 200), ("?veiw=all", 422), ("?state=open", 422)):
        answer = await town.client.get(f"/api/v1/cases{query}", headers=token)
        assert answer.status == status, await answer.text()


def test_departments_of_ones_own_area_come_first_and_others_say_where_they_are() -> None:
    books: Jurisdictions = RULES.jurisdictions
    elsewhere = books.elsewhere(books.departments(), FINANCE)
    assert FINANCE not in elsewhere
    assert elsewhere["000000:国家信访局"] == "上级机关"
    assert set(elsewhere.values()) >= {"黑龙江省", "吉林省", "上级机关"}
    field = FormField(
        "department",
        "单位",
        "choice",
        required=True,
        choices=(("x", "哈尔滨市财政局"), (FINANCE, "青海省财政厅")),
        elsewhere={"x": "哈尔滨市"},
    )
    assert field.apart() == [
        ("", [(FINANCE, "青海省财政厅")]),
        ("哈尔滨市", [("x", "哈尔滨市财政局")]),
    ]


async def test_a_part_of_a_split_case_may_stay_and_another_area_is_marked(town: Town) -> None:
    li = await town.person("李承办")
    case = await town.claimed(li)
    page = await town.page(f"/desk/cases/{case.number}", await town.sign_in(li))
    assert "（留在本单位）" in page
    assert "黑龙江省（不在本辖区）" in page
    split = await town.act(
        case,
        Move.SPLIT,
        li,
        parts=[
            {"department": FINANCE, "text": "第一件事：拖欠货款"},
            {"department": REFORM, "text": "第二件事"},
        ],
    )
    assert {(await town.storage.cases.get(n)).department for n in split.children} == {FINANCE, REFORM}
    assert [len(letter.words["parts"]) for letter in split.papers] == [2]
    own = await town.claimed(li)
    parts = [{"department": FINANCE, "text": "第一件事：拖欠货款"}]
    assert not (await town.act(own, Move.SPLIT, li, parts=parts)).papers, "nothing is sent anywhere"
