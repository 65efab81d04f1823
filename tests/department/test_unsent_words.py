"""Words of a form that was not sent: kept sealed, back after a reload, gone once the move is made."""

from __future__ import annotations

import re

from cases.people import Role
from cases.ports.accounts import Staff
from cases.vocabulary import Move
from tests.town.live.town import Town, hidden

NUMBER = re.compile(r"SX\d{8}-\d{7}-\w")
WORDS = "已联系教育局核实欠款情况"


async def test_unsent_words_come_back_to_their_writer_only_and_go_with_the_move(town: Town) -> None:
    li, zhao = await town.person("李承办"), await town.person("赵同事")
    hers, his = await town.sign_in(li), await town.sign_in(zhao)
    case = await town.claimed(li)
    at = f"/desk/cases/{case.number}"
    key = hidden(await town.page(at, hers), "key").rpartition("-")[0] + "-note"

    async def save(text: str, form: str = "note") -> int:
        answer = await town.post(f"{at}/unsent/{form}", li, hers, text=text, key=key, version="1")
        return int(answer.status)

    assert await save(WORDS) == 204
    kept = await town.storage.database["unsent"].find_one({"number": case.number})
    assert kept is not None
    assert isinstance(kept["words"], bytes)
    town.later(minutes=5)
    assert await save(WORDS + "，待回函") == 204
    again = await town.page(at, hers)
    assert f"{WORDS}，待回函</textarea>" in again
    assert "已恢复您没有提交的内容" in again
    assert "正在起草（" not in again
    seen = await town.page(at, his)
    assert "李承办正在起草" in seen
    assert WORDS not in seen
    assert (await town.post(f"{at}/moves/note", li, hers, text=WORDS, key=key)).status == 303
    assert await save(WORDS) == 204, "a save that was on its way when the move was made"
    after = await town.page(at, hers)
    assert f"{WORDS}</textarea>" not in after
    assert "正在起草（" not in await town.page(at, his)


async def test_an_emptied_form_is_forgotten_and_what_is_no_field_is_not_kept(town: Town) -> None:
    li = await town.person("李承办")
    who, case = await town.sign_in(li), await town.claimed(li)
    at = f"/desk/cases/{case.number}/unsent/{Move.ASK_SUPPLEMENT}"
    unsent = town.storage.database["unsent"]
    assert (await town.post(at, li, who, items="合同\n发票", until="2031-01-02", other="x")).status == 204
    page = await town.page(f"/desk/cases/{case.number}", who)
    assert "合同\n发票</textarea>" in page
    assert 'value="2031-01-02"' in page
    assert (await town.post(at, li, who, items=" ", other="x")).status == 204
    assert await unsent.find_one({"number": case.number}) is None
    stranger = await town.person("外人", department="630000:省发展改革委")
    theirs = await town.sign_in(stranger)
    assert (await town.post(at, stranger, theirs, items="合同")).status == 404


async def test_a_letter_keeps_what_was_not_saved_for_its_writer_until_the_letter_is_saved(town: Town) -> None:
    li, wang = await town.person("李承办"), await town.person("王负责", Role.HEAD)
    hers, his = await town.sign_in(li), await town.sign_in(wang)
    case = await town.accepted(li)
    begun = await town.post(f"/desk/cases/{case.number}/papers", li, hers, kind="opinion")
    at = begun.headers["Location"]

    async def save(who: dict[str, str], person: Staff, seen: str, text: str = WORDS) -> int:
        return int((await town.post(f"{at}/unsent", person, who, facts=text, seen=seen, q="x")).status)

    first = hidden(await town.page(at, hers), "seen")
    assert await save(hers, li, first) == 204
    again = await town.page(at, hers)
    assert f"{WORDS}</textarea>" in again
    assert "已恢复您没有提交的内容" in again
    seen = await town.page(at, his)
    assert "李承办正在起草这份文书" in seen
    assert WORDS not in seen
    assert "李承办正在起草（" in await town.page(f"/desk/cases/{case.number}", his)
    other = await town.post(f"/desk/cases/{case.number}/unsent/note", li, hers, text="另一件", key="k")
    assert other.status == 204
    assert (await town.page(f"/desk/cases/{case.number}", his)).count("正在起草（") == 1
    assert "李承办正在起草这份文书" in await town.page(at, his)
    assert (await town.post(f"/desk/cases/{case.number}/unsent/note", li, hers, key="k")).status == 204
    saved = await town.post(at, li, hers, typed="1", do="write", seen=first, facts=WORDS + "，已回函")
    assert saved.status == 303
    assert await save(hers, li, first) == 204, "a save that was on its way when the letter was saved"
    assert f"{WORDS}，已回函</textarea>" in await town.page(at, hers)
    assert "正在起草" not in await town.page(at, his)

    stale = await town.post(at, wang, his, typed="1", do="write", seen=first, facts="另一种写法，经核实无误")
    assert stale.status == 409
    shown = await stale.text()
    assert "另一种写法，经核实无误</textarea>" in shown
    newest = hidden(shown, "seen")
    assert (
        await town.post(at, wang, his, typed="1", do="write", seen=newest, facts="另一种写法")
    ).status == 303
    assert (await town.reread(case)).papers[0].words["facts"] == "另一种写法"
    assert (await town.post(f"{at[:-1]}7/unsent", li, hers, facts=WORDS)).status == 404
    assert await save(hers, li, "0", " ") == 204
    assert await town.storage.database["unsent"].find_one({"number": case.number}) is None


async def test_a_report_begun_at_the_counter_comes_back_once_and_is_filed_once(town: Town) -> None:
    li, zhao = await town.person("李承办"), await town.person("赵同事")
    hers, his = await town.sign_in(li), await town.sign_in(zhao)
    key = hidden(await town.page("/desk/file", hers), "key")
    form = {"key": key, "text": "某局承诺年底付款，至今没有付。", "name": "王五", "language": "zh-Hans"}
    assert (await town.post("/desk/file/unsent", li, hers, **form)).status == 204
    kept = await town.storage.database["unsent"].find_one({"number": f"counter:{li.id}"})
    assert kept is not None
    assert isinstance(kept["words"], bytes)
    assert (kept["erase_at"] - town.now).days <= 1
    page = await town.page("/desk/file", hers)
    assert "至今没有付。</textarea>" in page
    assert 'value="王五"' in page
    assert hidden(page, "key") == key
    assert "王五" not in await town.page("/desk/file", his)
    filed = await (await town.post("/desk/file", li, hers, **form)).text()
    assert "王五" not in await town.page("/desk/file", hers)
    assert (await town.post("/desk/file/unsent", li, hers, **form)).status == 204
    again = await (await town.post("/desk/file", li, hers, **form)).text()
    assert NUMBER.search(filed)[0] == NUMBER.search(again)[0]  # type: ignore[index]
    assert (await town.post("/desk/file/unsent", li, hers, key=key, language="zh-Hans")).status == 204
    assert await town.storage.database["unsent"].find_one({"number": f"counter:{li.id}"}) is None
