"""Words of a form that was not sent: kept sealed, back after a reload, gone once the move is made."""

from __future__ import annotations

from cases.vocabulary import Move
from tests.town.live.town import Town, hidden

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
