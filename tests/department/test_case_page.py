"""The case page: the words, the clocks, the dialogue, the evidence, and every move as a form that works."""

from __future__ import annotations

import hashlib
import re
from typing import Any
from urllib.parse import quote

import pytest

from cases.model import Evidence
from cases.people import Role
from cases.records import FreeText
from cases.vocabulary import Language, Move
from classify.types import Domain
from tests.town.live.town import Town, hidden
from tests.town.words import OPINION, purchase

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8cfc000000301"
    "0100c9fe92ef0000000049454e44ae426082"
)


async def with_evidence(town: Town, data: bytes, media_type: str, name: str) -> Any:
    stored = await town.storage.evidence.put(
        hashlib.sha256(data + name.encode()).hexdigest()[:20],
        data,
        name=name,
        media_type=media_type,
        stripped=False,
    )
    evidence = Evidence(
        id=stored.id,
        name=FreeText(name),
        media_type=media_type,
        size=stored.size,
        sha256=stored.sha256,
        added_at=town.now,
    )
    return await town.filed(evidence=(evidence,))


async def test_the_page_tells_what_was_written_understood_and_promised(town: Town) -> None:
    li = await town.person("李承办")
    case = await town.filed(amount_yuan=800_000, wish=FreeText("请尽快付清"))
    page = await town.page(f"/desk/cases/{case.number}", await town.sign_in(li))
    for words in (
        "<mark>政府采购</mark>",
        "请尽快付清",
        "80万元",
        "西宁市城西区教育局",
        "为什么分到这里",
        "由青海省财政厅牵头",
        "受理期限",
        "剩余5天",
        "服务承诺制",
        "首尾相连，校验一致",
    ):
        assert words in page, words


async def test_a_form_that_is_refused_comes_back_with_its_words_and_the_sentence(town: Town) -> None:
    li = await town.person("李承办")
    who = await town.sign_in(li)
    case = await town.accepted(li)
    answer = await town.post(
        f"/desk/cases/{case.number}/moves/request_extension", li, who, days="20", reason="等待审计结论"
    )
    text = await answer.text()
    assert answer.status == 422
    assert "没有规定可以延期" in text
    assert "等待审计结论" in text


async def test_a_page_that_is_out_of_date_changes_nothing_and_says_so(town: Town) -> None:
    li = await town.person("李承办")
    who = await town.sign_in(li)
    case = await town.claimed(li)
    page = await town.page(f"/desk/cases/{case.number}", who)
    await town.act(case, Move.NOTE, li, text="同事刚打过电话")
    answer = await town.post(
        f"/desk/cases/{case.number}/moves/accept", li, who, remark="", version=hidden(page, "version")
    )
    assert answer.status == 409
    assert "刚刚有变化" in await answer.text()
    assert (await town.reread(case)).status == "registered"


async def test_the_same_form_sent_twice_acts_once(town: Town) -> None:
    li = await town.person("李承办")
    who = await town.sign_in(li)
    case = await town.claimed(li)
    for _ in range(2):
        answer = await town.post(
            f"/desk/cases/{case.number}/moves/write",
            li,
            who,
            text="您好",
            key="same-key",
            version=str(case.version),
        )
        assert answer.status == 303
    other = await town.post(f"/desk/cases/{case.number}/moves/write", li, who, text="另一句", key="same-key")
    assert other.status == 422, "other words of the same page are not swallowed"
    page = await other.text()
    assert "没有保存" in page
    assert "另一句" in page
    assert [e.move for e in (await town.reread(case)).history].count(Move.WRITE) == 1


async def test_handler_and_anonymous_citizen_talk_in_both_directions(town: Town) -> None:
    li = await town.person("李承办")
    who = await town.sign_in(li)
    case = await town.accepted(li)
    await town.act(case, Move.WRITE, text="请问进展如何")
    await town.post(f"/desk/cases/{case.number}/moves/write", li, who, text="正在核实")
    page = await town.page(f"/desk/cases/{case.number}", who)
    assert page.index("请问进展如何") < page.index("正在核实")
    told = [n for n in (await town.reread(case)).notifications if n.template == "told-message"]
    assert told[-1].params["text"] == "正在核实"


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (Language.ZH_HANS, "正在向有关单位核实"),
        (Language.ZH_HANT, "正在向有關單位核實"),
        (Language.EN, "We are checking"),
    ],
)
async def test_ready_sentences_are_in_the_citizens_language(
    town: Town, language: Language, words: str
) -> None:
    li = await town.person("李承办")
    case = await town.claimed(li, await town.filed(language=language))
    assert words in await town.page(f"/desk/cases/{case.number}", await town.sign_in(li))


async def test_a_picture_is_shown_inline_in_a_sandbox_and_cannot_be_sniffed(town: Town) -> None:
    li = await town.person("李承办")
    case = await with_evidence(town, PNG, "image/png", "照片.png")
    who = await town.sign_in(li)
    answer = await town.client.get(f"/desk/cases/{case.number}/evidence/{case.evidence[0].id}", headers=who)
    assert await answer.read() == PNG
    assert answer.headers["Content-Type"] == "image/png"
    assert answer.headers["Content-Disposition"].startswith("inline; ")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("media_type", ["text/html", "image/svg+xml", "application/msword"])
async def test_what_could_run_is_only_ever_downloaded(town: Town, media_type: str) -> None:
    li = await town.person("李承办")
    case = await with_evidence(town, b"<script>alert(1)</script>", media_type, 'a";\r\nX-Evil: 1.html')
    who = await town.sign_in(li)
    answer = await town.client.get(f"/desk/cases/{case.number}/evidence/{case.evidence[0].id}", headers=who)
    assert answer.headers["Content-Disposition"].startswith("attachment; ")
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert "X-Evil" not in answer.headers


async def test_players_may_ask_for_a_part_of_a_recording(town: Town) -> None:
    li = await town.person("李承办")
    case = await with_evidence(town, bytes(range(200)), "audio/ogg", "录音.ogg")
    who = await town.sign_in(li) | {"Range": "bytes=10-19"}
    answer = await town.client.get(f"/desk/cases/{case.number}/evidence/{case.evidence[0].id}", headers=who)
    assert answer.status == 206
    assert await answer.read() == bytes(range(10, 20))
    assert answer.headers["Content-Range"] == "bytes 10-19/200"


async def test_a_file_that_is_not_what_was_filed_is_refused_and_named(town: Town) -> None:
    li = await town.person("李承办")
    case = await with_evidence(town, PNG, "image/png", "照片.png")
    file = case.evidence[0].model_copy(update={"sha256": "0" * 64})
    await town.storage.cases.save(
        case.model_copy(update={"evidence": (file,)}), expected_version=case.version
    )
    who = await town.sign_in(li)
    answer = await town.client.get(f"/desk/cases/{case.number}/evidence/{file.id}", headers=who)
    assert answer.status >= 400
    assert await answer.read() != PNG


async def test_staff_attach_files_and_programs_are_turned_away(town: Town) -> None:
    from aiohttp import FormData

    li = await town.person("李承办")
    who = await town.sign_in(li)
    case = await town.claimed(li)
    for data, status in ((b"%PDF-1.4 minutes of a meeting", 303), (b"MZ\x90\x00 a program\x00\x01", 422)):
        form = FormData({"csrf": f"csrf-{li.id}", "remark": "会议纪要"}, quote_fields=False)
        form.add_field("files", data, filename="纪要.pdf", content_type="application/pdf")
        answer = await town.client.post(
            f"/desk/cases/{case.number}/moves/attach", headers=who, data=form, allow_redirects=False
        )
        assert answer.status == status, await answer.text()
    files = (await town.reread(case)).evidence
    assert [f.name for f in files] == ["纪要.pdf"]
    assert files[0].by == "staff"


async def test_evidence_posted_as_a_field_is_ignored(town: Town) -> None:
    li = await town.person("李承办")
    case = await town.claimed(li)
    who = await town.sign_in(li)
    await town.post(
        f"/desk/cases/{case.number}/moves/write", li, who, text="您好", evidence='[{"id":"x","name":"x"}]'
    )
    assert (await town.reread(case)).evidence == ()


async def test_markup_in_a_complaint_is_shown_as_text(town: Town) -> None:
    li = await town.person("李承办")
    case = await town.filed(text="<script>alert(1)</script>西宁市城西区教育局拖欠采购款八十万元不付。")
    page = await town.page(f"/desk/cases/{case.number}", await town.sign_in(li))
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


async def test_who_filed_is_nowhere_on_the_page_until_a_supervisor_agrees(town: Town) -> None:
    li = await town.person("李承办")
    du = await town.person("杜督办", Role.SUPERVISOR, department="630000:省发展改革委")
    who = await town.sign_in(li)
    case = await town.accepted(li, await town.filed(name=FreeText("张三丰"), contact=FreeText("13900000000")))
    page = await town.page(f"/desk/cases/{case.number}", who)
    assert "张三丰" not in page
    assert (await town.post(f"/desk/cases/{case.number}/reporter", li, who)).status == 404
    await town.act(case, Move.REQUEST_UNSEAL, li, reason="需要当面核实")
    await town.act(case, Move.APPROVE_UNSEAL, du)
    shown = await town.post(f"/desk/cases/{case.number}/reporter", li, who)
    assert "张三丰" in await shown.text()
    assert (await town.post(f"/desk/cases/{case.number}/reporter", li, who)).status == 404


async def test_masked_words_are_read_nowhere_until_a_supervisor_agrees(town: Town) -> None:
    li = await town.person("李承办")
    du = await town.person("杜督办", Role.SUPERVISOR, department="630000:省发展改革委")
    who = await town.sign_in(li)
    told = purchase("西宁市城西区教育局") + "我叫钱文斌，电话13812345678。"
    case = await town.accepted(li, await town.filed(text=told, mask=True))
    for path in (f"/desk/cases/{case.number}", "/desk?view=all", f"/desk?view=all&q={quote('钱文斌')}"):
        page = (await town.page(path, who)).replace('value="钱文斌"', "")
        assert "13812345678" not in page
        assert "我叫钱文斌" not in page
    assert (await town.post(f"/desk/cases/{case.number}/reporter", li, who)).status == 404
    await town.act(case, Move.REQUEST_UNSEAL, li, reason="需要当面核实")
    await town.act(case, Move.APPROVE_UNSEAL, du)
    shown = await (await town.post(f"/desk/cases/{case.number}/reporter", li, who)).text()
    assert told in shown
    assert (await town.post(f"/desk/cases/{case.number}/reporter", li, who)).status == 404


async def test_an_answered_case_offers_its_letter(town: Town) -> None:
    li = await town.person("李承办")
    who = await town.sign_in(li)
    case = await town.accepted(li)
    answer = await town.post(f"/desk/cases/{case.number}/moves/answer", li, who, **OPINION)
    assert answer.status == 303
    assert "青海省财政厅〔2026〕第1号" in await town.page(f"/desk/cases/{case.number}", who)


async def test_more_time_is_offered_with_the_days_the_law_allows_and_only_where_it_does(town: Town) -> None:
    """The page and the API offer the same."""
    for domain, days in ((Domain.PROCUREMENT, None), (Domain.GENERAL, 30), (Domain.DEBT, 60)):
        case = await town.filed(domain=domain)
        li = await town.person("李承办", department=case.department)
        await town.accepted(li, case)
        page = await town.page(f"/desk/cases/{case.number}", await town.sign_in(li))
        path = f"/api/v1/cases/{case.number}/moves"
        said = await (await town.client.get(path, headers=await town.token(li))).json()
        in_api = any(one["move"] == "request_extension" for one in said["items"])
        assert ("/moves/request_extension" in page) is in_api is (days is not None)
        if days is not None:
            assert re.search(rf'name="days"[^>]*max="{days}"', page)
            assert f"最多{days}日" in page


async def test_how_long_it_has_lasted_is_kept_at_filing_sealed_and_shown_to_staff(town: Town) -> None:
    li = await town.person("李承办")
    case = await town.filed(text="西宁市城西区教育局承诺付清采购款八十万元，拖了两年，至今一分未付。")
    assert case.complaint.period
    assert "两年" in case.complaint.period
    page = await town.page(f"/desk/cases/{case.number}", await town.sign_in(li))
    assert f"<dt>时间</dt><dd>{case.complaint.period}</dd>" in page
    row = await town.storage.database["cases"].find_one({"_id": case.number})
    assert row is not None
    assert case.complaint.period not in str(row)
    assert case.complaint.period.encode() not in row["sealed"]
    path = f"/api/v1/cases/{case.number}"
    said = await (await town.client.get(path, headers=await town.token(li))).json()
    assert said["period"] == case.complaint.period


async def test_the_time_a_citizen_set_right_wins_over_the_one_that_was_read(town: Town) -> None:
    words = "西宁市城西区教育局承诺付清采购款八十万元，拖了两年，至今一分未付。"
    case = await town.filed(text=words, period=FreeText("2023年5月至今"))
    assert case.complaint.period == "2023年5月至今"


async def test_whose_claim_has_lapsed_is_asked_to_accept_and_not_to_claim_again(town: Town) -> None:
    li, zhao = await town.person("李承办"), await town.person("赵同事")
    case = await town.claimed(li)
    town.later(hours=5)
    first = re.compile(r'id="h-moves">下一步</h2>.*?action="[^"]*/moves/(\w+)"', re.DOTALL)
    for person, move in ((li, "accept"), (zhao, "claim")):
        page = await town.page(f"/desk/cases/{case.number}", await town.sign_in(person))
        found = first.search(page)
        assert found is not None
        assert found[1] == move
