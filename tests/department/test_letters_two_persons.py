"""A letter is drafted, checked and signed by two people; signing it is the answer, numbered once."""

from __future__ import annotations

import re

import pytest

from cases.errors import InvalidInput, SecondPersonNeeded
from cases.letters import Letterhead
from cases.people import Role
from cases.vocabulary import LetterKind, LetterMove, LetterStatus, Move, Status
from tests.town.live.signing import two_persons_sign
from tests.town.live.town import Town, actor
from tests.town.places import FINANCE, REFORM
from tests.town.words import OPINION

_M = LetterMove


async def test_a_letter_becomes_the_answer_when_the_second_person_signs(town: Town) -> None:
    await two_persons_sign(town.storage)
    li, wang = await town.person("李承办"), await town.person("王负责", Role.HEAD)
    case = await town.accepted(li)
    with pytest.raises(SecondPersonNeeded):
        await town.act(case, Move.ANSWER, li, **OPINION)
    who, head = await town.sign_in(li), await town.sign_in(wang)
    page = await town.page(f"/desk/cases/{case.number}", who)
    assert "写处理意见书" in page
    assert "moves/answer" not in page

    begun = await town.post(f"/desk/cases/{case.number}/papers", li, who, kind="opinion")
    letter = begun.headers["Location"]
    short = await town.post(letter, li, who, typed="1", do="submit", request=OPINION["request"], facts="属实")
    assert short.status == 422
    said = await short.text()
    assert "还缺：" in said
    assert ">属实</textarea>" in said, "what was typed is not lost"
    sent = await town.post(letter, li, who, typed="1", do="submit", **OPINION)
    assert sent.status == 303
    assert (await town.reread(case)).status is Status.ACCEPTED, "the citizen is told nothing yet"
    refused = await town.post(letter, li, who, do="sign")
    assert "请由另一人签发" in await refused.text()
    assert letter in await town.page(f"/desk/cases/{case.number}", head)
    signed = await town.post(letter, wang, head, do="sign")
    assert signed.status == 303
    done = await town.reread(case)
    assert (done.status, done.letters[0].signed_by) == (Status.ANSWERED, "王负责")
    assert done.history[-1].data["proposed_by"] == "李承办"
    assert [n.template for n in done.notifications if n.template == "told-answered"] == ["told-answered"]
    again = await town.post(letter, wang, head, do="sign")
    assert again.status == 422
    assert len((await town.reread(case)).letters) == 1


async def test_what_waits_for_a_heads_check_is_a_list_with_its_number_in_the_top_bar(town: Town) -> None:
    await two_persons_sign(town.storage)
    li, wang = await town.person("李承办"), await town.person("王负责", Role.HEAD, Role.HANDLER)
    du = await town.person("杜督办", Role.SUPERVISOR, department=REFORM)
    writer, head, above = [await town.sign_in(person) for person in (li, wang, du)]
    bar = r'href="/desk\?view=checking"[^>]*>待核稿 <span class="count">(\d+)</span>'
    theirs, own = await town.accepted(li), await town.accepted(wang)
    assert not re.search(bar, await town.page("/desk/workload", head))
    lettering = town.services.lettering
    for case, person in ((theirs, li), (own, wang)):
        letter = await lettering.begin(case.number, LetterKind.OPINION, OPINION, actor(person))
        await lettering.make(case.number, letter.id, _M.SUBMIT, actor(person))
    found = re.search(bar, await town.page("/desk/workload", head))
    assert found is not None
    assert found[1] == "1", "the head's own letter waits for somebody else"
    page = await town.page("/desk?view=checking", head)
    assert f'/desk/cases/{theirs.number}/papers/1">处理意见书 待核稿</a>' in page
    assert own.number not in page
    assert page[: page.index("</nav>")].count("aria-current") == 1
    assert "待核稿" not in await town.page("/desk?view=ended", writer)
    waiting = await town.page("/board/attention?list=letters", above)
    assert "李承办送核稿" in waiting
    assert "王负责送核稿" in waiting
    moving = await town.act(
        await town.accepted(li), Move.TRANSFER, li, department=REFORM, reason="属于招标投标"
    )
    for reader, at in ((head, "/desk?view=checking"), (above, "/board/attention?list=letters")):
        assert moving.number not in await town.page(at, reader), "it waits for whoever is to receive it"
    signed = await town.post(f"/desk/cases/{theirs.number}/papers/1", wang, head, do="sign")
    assert signed.status == 303
    assert not re.search(bar, await town.page("/desk", head))


async def test_a_lonely_department_is_signed_for_by_its_supervisor(town: Town) -> None:
    await two_persons_sign(town.storage)
    li = await town.person("李承办", Role.HEAD, Role.HANDLER)
    du = await town.person("杜督办", Role.SUPERVISOR, department=REFORM)
    case = await town.accepted(li)
    lettering = town.services.lettering
    letter = await lettering.begin(case.number, LetterKind.OPINION, OPINION, actor(li))
    sent = await lettering.make(case.number, letter.id, _M.SUBMIT, actor(li))
    assert {n.audience.value for n in sent.notifications if n.template == "staff-letter-waits"} == {
        "department",
        "supervisors",
    }
    with pytest.raises(SecondPersonNeeded):
        await lettering.make(case.number, letter.id, _M.SIGN, actor(li))
    done = await lettering.make(case.number, letter.id, _M.SIGN, actor(du))
    assert done.status is Status.ANSWERED


async def test_numbers_follow_the_departments_code_and_no_two_departments_share_one(town: Town) -> None:
    lettering, li = town.services.lettering, await town.person("李承办")
    head = Letterhead(
        department=FINANCE, code="青财信", contact="马联系", phone="0971-1234567", second_person=frozenset()
    )
    await lettering.set_letterhead(head)
    with pytest.raises(InvalidInput) as taken:
        await lettering.set_letterhead(Letterhead(department=REFORM, code="青财信"))
    assert "青财信" in str(taken.value)
    first = await town.answered(li)
    second = await town.answered(li, await town.filed())
    assert [c.letters[0].serial for c in (first, second)] == ["青财信〔2026〕1号", "青财信〔2026〕2号"]
    page = await town.page(f"/desk/cases/{first.number}/letters/1", await town.sign_in(li))
    assert "联系人：马联系" in page
    assert "0971-1234567" in page


async def test_a_notice_is_checked_by_its_code_like_an_opinion(town: Town) -> None:
    li, wang = await town.person("李承办"), await town.person("王负责", Role.HEAD)
    case = await town.claimed(li)
    words = {
        "reason": "in_court",
        "legal_basis": "《信访工作条例》第三十一条",
        "explanation": "此事已由法院立案，请等待判决。",
    }
    case = await town.act(case, Move.PROPOSE_DECLINE, li, **words)
    case = await town.act(case, Move.COUNTERSIGN_DECLINE, wang)
    letter = case.papers[0]
    assert letter.serial in await town.page(f"/verify?code={letter.verification}", {})
    who = await town.sign_in(li)
    page = await town.page(f"/desk/cases/{case.number}/papers/1/print", who)
    for said in (
        "不予受理告知书",
        "此事已由法院立案",
        "《信访工作条例》第三十一条",
        "请求复查",
        letter.serial,
    ):
        assert said in page
    pdf = await town.client.get(f"/desk/cases/{case.number}/papers/1.pdf", headers=who)
    assert (await pdf.read()).startswith(b"%PDF-")


async def test_delivery_is_proved_and_stays_with_the_letter(town: Town) -> None:
    li = await town.person("李承办")
    case = await town.answered(li)
    who = await town.sign_in(li)
    at = f"/desk/cases/{case.number}/papers/1"
    wrong = await town.post(at, li, who, do="deliver", way="carrier_pigeon", on="2026-11-23")
    assert wrong.status == 422
    done = await town.post(at, li, who, do="deliver", way="post", on="2026-11-23", receiver="EMS 1234")
    assert done.status == 303
    letter = (await town.reread(case)).papers[0]
    assert letter.status is LetterStatus.DELIVERED
    for said in ("邮寄送达", "2026年11月23日", "EMS 1234"):
        assert said in await town.page(f"{at}/receipt", who)
    row = await town.storage.database["cases"].find_one({"_id": case.number})
    assert "EMS 1234" not in str(row), "sealed at rest"


async def test_the_name_is_on_the_letter_only_after_two_people_and_once(town: Town) -> None:
    li, du = await town.person("李承办"), await town.person("杜督办", Role.SUPERVISOR, department=REFORM)
    filed = await town.file(name="赵投诉", contact="13800000000")
    case = await town.answered(li, filed.case)
    who = await town.sign_in(li)
    at = f"/desk/cases/{case.number}/papers/1"
    assert (await town.post(f"{at}/named", li, who)).status == 404
    assert "赵投诉" not in await town.page(f"{at}/print", who)
    await town.act(case, Move.REQUEST_UNSEAL, li, reason="送达文书")
    await town.act(case, Move.APPROVE_UNSEAL, du)
    shown = await (await town.post(f"{at}/named", li, who)).text()
    assert "赵投诉：" in shown
    assert "13800000000" not in shown
    assert (await town.post(f"{at}/named", li, who)).status == 404, "one look"


async def test_ready_words_are_put_in_without_script_and_laws_are_found_by_what_they_say(town: Town) -> None:
    await two_persons_sign(town.storage)
    li = await town.person("李承办")
    case = await town.accepted(li)
    who = await town.sign_in(li)
    at = (await town.post(f"/desk/cases/{case.number}/papers", li, who, kind="opinion")).headers["Location"]
    found = await town.post(at, li, who, typed="1", do="search", q="延期", facts="已核实合同。")
    page = await found.text()
    assert "《信访工作条例》第三十四条" in page
    button = re.search(r'value="(insert:legal_basis:《信访工作条例》第三十四条)"', page)
    assert button
    await town.post(at, li, who, typed="1", do=button.group(1), facts="已核实合同。")
    letter = (await town.reread(case)).papers[0]
    assert letter.words == {"facts": "已核实合同。", "legal_basis": "《信访工作条例》第三十四条"}


async def test_a_stranger_sees_no_letter_and_a_draft_is_not_printed(town: Town) -> None:
    li = await town.person("李承办")
    other = await town.person("钱外人", department=REFORM)
    case = await town.accepted(li)
    letter = await town.services.lettering.begin(case.number, LetterKind.OPINION, OPINION, actor(li))
    at = f"/desk/cases/{case.number}/papers/{letter.id.rpartition('-W')[2]}"
    stranger, who = await town.sign_in(other), await town.sign_in(li)
    await town.page(at, stranger, status=404)
    assert (await town.post(at, other, stranger, typed="1", do="write", facts="改")).status == 404
    await town.page(f"{at}/print", who, status=404)
    with pytest.raises(InvalidInput):
        await town.services.lettering.begin(case.number, LetterKind.SUPPLEMENT, {"secret": "x"}, actor(li))


@pytest.mark.parametrize(
    ("button", "status"),
    [
        ("insert:facts:经核实", 303),
        ("insert:facts", 303),
        ("insert:", 422),
        ("insert:no:x", 422),
        ("no", 303),
    ],
)
async def test_a_button_that_nobody_drew_does_no_harm(town: Town, button: str, status: int) -> None:
    li = await town.person("李承办")
    case, who = await town.accepted(li), await town.sign_in(li)
    begun = await town.post(f"/desk/cases/{case.number}/papers", li, who, kind="opinion")
    answer = await town.post(begun.headers["Location"], li, who, typed="1", do=button, facts="先写的话")
    assert answer.status == status
    page = await answer.text() if status == 422 else await town.page(begun.headers["Location"], who)
    assert "先写的话" in page
