"""Two deployments, two databases: records travel up whatever breaks; nothing forged or foreign is taken."""

from __future__ import annotations

import asyncio
import json
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from bot.commands.cli import app
from bot.workers.telling.exchange import NotTaken, UpperLevel
from cases.errors import DomainError
from cases.integrity.breaches.exchange import digest, line_of
from cases.integrity.breaches.record_model import ShareState
from cases.integrity.spine.vocabulary import Kind
from cases.people import SYSTEM, Role
from cases.ports.dossiers import DossierFilter
from cases.ports.exchange import Place
from cases.service.credit.exchange import Exchange, Partners, Sender
from cases.service.credit.signed_letters import BATCH, write
from cases.service.public.proofs import Signer
from tests.town.live.bureau import TOLD, Bureau
from tests.town.live.deployment import SECRET
from tests.town.live.town import Town, actor
from tests.workers.levels import BELOW_SECRET, CONFIRMED, NAME, Levels, entered, numbered


async def test_nothing_is_lost_and_nothing_doubled_whatever_breaks(levels: Levels) -> None:
    bureau = await Bureau.of(levels.lower)
    records = await entered(bureau, *map(numbered, range(8)))
    direct = levels.reporting

    async def post(letter: str) -> str:
        if levels.fate.on and levels.fate.chance.random() < 0.2:
            levels.fate.strikes += 1
            raise NotTaken("the letter was lost")
        answer = await levels.above.receive(letter) if levels.fate.on else await upper(letter)
        if levels.fate.on and levels.fate.chance.random() < 0.3:
            levels.fate.strikes += 1
            raise NotTaken("the answer was lost")
        return answer

    upper = UpperLevel(levels.upper.address.rstrip("/")).post
    breaking = levels.over(post)
    levels.fate.on = True
    await levels.works(breaking)
    await bureau.act(records[0], "correct", SYSTEM, facts="逾期支付工程款。")
    await levels.works(breaking)
    await bureau.act(records[0], "correct", SYSTEM, facts="逾期三个月支付工程款。")
    await bureau.act(records[1], "revoke", reason="依据被撤销")
    records += await entered(bureau, *map(numbered, range(8, 12)))
    while levels.fate.strikes < 20:
        await levels.works(breaking, steps=4)
        await bureau.act(records[2], "correct", SYSTEM, facts=f"未付工程款，第{levels.fate.strikes}次核对。")
    levels.fate.on = False
    await levels.works(direct, steps=6)

    received = await levels.received()
    assert received.keys() == {one.id for one in records}
    for record in records:
        stored: Any = await levels.lower.storage.dossiers.find(record.id)
        line = line_of(stored)
        assert line is not None
        above = received[record.id]
        assert str(above.line) == line.text
        assert above.version <= above.revision == stored.sharing.revision
    gone = json.loads(received[records[1].id].line)
    assert (gone["withdrawn"], gone["content"], gone["status"]) == (True, None, "revoked")
    assert await levels.states() == {(ShareState.ACKNOWLEDGED, None)}
    assert not await direct.compare()
    place = await levels.upper.storage.exchange.find(Place, f"place:{NAME}")
    assert place is not None
    assert place.sequence == (await levels.below.outgoing()).sequence


async def test_a_level_above_that_lost_its_memory_is_told_again(levels: Levels) -> None:
    bureau = await Bureau.of(levels.lower)
    records = await entered(bureau, numbered(1), numbered(2))
    worker = levels.lower.parts.reporting
    assert worker in levels.lower.parts.workers
    assert levels.upper.parts.reporting not in levels.upper.parts.workers
    assert [await worker.step() for _ in range(3)] == [True, True, False]
    assert len(await levels.received()) == 2
    await levels.upper.storage.database["exchange"].delete_many(
        {"_id": {"$ne": f"record:{NAME}:{records[0].id}"}}
    )
    found = await levels.reporting.compare()
    assert (found.lacking, found.strange) == ((records[1].id,), ())
    await levels.works(levels.reporting, steps=3)
    assert len(await levels.received()) == 2
    assert not await levels.reporting.compare()


async def test_a_level_below_restored_from_a_backup_goes_on_where_the_level_above_is(levels: Levels) -> None:
    bureau = await Bureau.of(levels.lower)
    (first,) = await entered(bureau, numbered(1))
    exchange = levels.lower.storage.database["exchange"]
    await levels.works(levels.reporting, steps=2)
    then = await exchange.find_one({"_id": "outgoing"})
    assert then is not None
    await bureau.act(first, "correct", SYSTEM, facts="逾期支付。")
    for n in (2, 3):
        await entered(bureau, numbered(n))
        if n == 2:
            await levels.works(levels.reporting, steps=2)
            await exchange.replace({"_id": "outgoing"}, then)
    await levels.works(levels.reporting, steps=6)
    assert {one.revision for one in (await levels.received()).values()} == {1, 2}
    assert len(await levels.received()) == 3
    assert await levels.states() == {(ShareState.ACKNOWLEDGED, None)}


async def test_records_travel_as_files_where_there_is_no_line(levels: Levels, tmp_path: Path) -> None:
    bureau = await Bureau.of(levels.lower)
    await entered(bureau, numbered(1), numbered(2))
    partners = tmp_path / "partners.toml"

    async def run(town: Town, *words: str | Path, code: int = 0) -> str:
        env = {
            "DATA_DIR": str(tmp_path / "data"),
            "MONGODB_URI": levels.uri,
            "MONGODB_DATABASE": town.storage.database.name,
            "SECRET_KEY": SECRET if town is levels.upper else BELOW_SECRET,
            "EXCHANGE_NAME": "" if town is levels.upper else NAME,
            "EXCHANGE_PARTNERS": str(partners),
        }
        asked = ["exchange", *map(str, words)]
        done = await asyncio.to_thread(CliRunner().invoke, app, asked, env=env)
        assert done.exit_code == code, done.output
        return done.output

    partners.write_text("")
    lower, upper = await run(levels.lower, "keys"), await run(levels.upper, "keys")
    refused = await run(levels.lower, "export", tmp_path / "1", code=1)
    assert "没有设置上级的公钥" in refused
    registered = lower.partition("# 下级")[0].replace("[]", '["630000"]')
    partners.write_text(registered + upper.partition("# 下级")[2].partition("\n")[2])
    assert "2条" in await run(levels.lower, "export", tmp_path / "1")
    for _ in range(2):
        await run(levels.upper, "import", tmp_path / "1")
    assert "已接收2条，未接收0条" in await run(levels.lower, "import", tmp_path / "1.answer")
    assert "没有待报送" in await run(levels.lower, "export", tmp_path / "2")
    await run(levels.lower, "reconcile", tmp_path / "months")
    await run(levels.upper, "import", tmp_path / "months")
    assert "与上级一致" in await run(levels.lower, "import", tmp_path / "months.answer")
    assert "待回执的批次不符" in await run(levels.lower, "import", tmp_path / "1.answer", code=1)
    assert "不是上下级归集的文件" in await run(levels.upper, "import", partners, code=1)
    await levels.upper.storage.database["exchange"].delete_many({"_id": {"$gt": ""}})
    await run(levels.upper, "import", tmp_path / "months")
    assert "缺少或不同2条" in await run(levels.lower, "import", tmp_path / "months.answer", code=3)
    assert "2条" in await run(levels.lower, "export", tmp_path / "3")
    for town, least in ((levels.upper, 4), (levels.lower, 4)):
        trail = await town.storage.audit.list_entries(limit=100)
        assert sum(str(one.action).startswith("exchange.") for one in trail) >= least
    partners.write_text('[senders.a]\nkey = "0"\nregions = []')
    assert "EXCHANGE_PARTNERS" in await run(levels.lower, "keys", code=2)


async def test_the_page_of_a_record_says_where_it_is_on_its_way(town: Town) -> None:
    bureau = await Bureau.of(town)
    (record,) = await entered(bureau, numbered(1))
    who = await town.sign_in(await town.person("看记录", Role.REGISTRAR))
    assert "报送上级" not in await town.page(f"/credit/{record.id}", who)
    town.parts.exchange.partners = Partners(NAME, upper=b"x" * 32)
    assert "第1版待报送" in await town.page(f"/credit/{record.id}", who)
    order = await bureau.open(Kind.ORDER)
    assert "报送" not in await town.page(f"/credit/{order.id}", who), "only records travel"


async def test_what_came_from_below_is_read_above_by_who_works_on_records(levels: Levels) -> None:
    bureau = await Bureau.of(levels.lower)
    first, second = await entered(bureau, numbered(1), numbered(2))
    await levels.works(levels.reporting)
    upper, month = levels.upper, str(first.found_on or "")[:7]
    person = await upper.person("上级经办", Role.REGISTRAR)
    registrar = await upper.sign_in(person)
    assert "/credit/received" in await upper.page("/credit", registrar)
    page = await upper.page("/credit/received", registrar)
    assert all(piece in page for piece in (first.id, second.id, first.facts, "第1版"))
    await bureau.act(first, "revoke", reason="依据已被撤销")
    await levels.works(levels.reporting)
    registrar = await upper.sign_in(person)
    page = await upper.page("/credit/received", registrar)
    assert page.count(first.facts) == 1, "of the other one alone"
    assert "内容不再保留" in page
    for query, count in ((month, 2), ("2024-01", 0), ("%3Cscript%3E", 2), ("0", 2)):
        page = await upper.page(f"/credit/received?sender=nobody&month={query}", registrar)
        assert sum(id in page for id in (first.id, second.id)) == count, query
        assert "<script>" not in page
    elsewhere = await upper.person("外省", Role.REGISTRAR, department="230000:省财政厅")
    assert first.id not in await upper.page("/credit/received", await upper.sign_in(elsewhere))
    for role, status in ((Role.SUBJECT, 403), (Role.HANDLER, 403), (Role.AUDITOR, 200)):
        who = await upper.sign_in(await upper.person(f"某{role}", role))
        assert (await upper.client.get("/credit/received", headers=who)).status == status


async def test_what_came_from_below_goes_on_to_the_level_above(levels: Levels) -> None:
    """A third level, in the database of the lowest: the two never meet in one document."""
    (first, second) = await entered(await Bureau.of(levels.lower), numbered(1), numbered(2))
    (own,) = await entered(await Bureau.of(levels.upper), numbered(3))
    await levels.works(levels.reporting)
    middle, top_storage = levels.above, levels.lower.storage
    middle.partners = levels.upper.parts.exchange.partners = Partners(
        "qinghai", middle.partners.senders, levels.lower.core.signer.public_key
    )
    theirs = {"qinghai": Sender(levels.upper.core.signer.public_key, ("630000",))}
    top = Exchange(
        top_storage.dossiers,
        top_storage.exchange,
        levels.lower.core.signer,
        Partners("top", theirs),
        levels.lower.core.now,
    )
    person = await levels.upper.person("中级经办", Role.REGISTRAR)
    page = await levels.upper.page("/credit/received", await levels.upper.sign_in(person))
    assert page.count("待转报上级") == 2
    letter = await middle.next_batch()
    assert letter is not None
    assert await middle.next_batch() == letter, "until it is answered"
    results = await middle.take_answer(await top.receive(letter))
    assert [one.result for one in results] == ["accepted"] * 3
    assert await middle.next_batch() is None
    at_the_top = {one.record: one async for one in top_storage.exchange.iterate_received("qinghai")}
    assert at_the_top.keys() == {first.id, second.id, own.id}
    assert str(at_the_top[first.id].line) == (await levels.received())[first.id].line
    assert not await middle.compare(await top.receive(await middle.ask_months()))
    page = await levels.upper.page("/credit/received", await levels.upper.sign_in(person))
    assert page.count("上级已接收") == 2
    # what the level above lost is passed on again
    await top_storage.database["exchange"].delete({"_id": f"record:qinghai:{first.id}"})
    lacking = await middle.compare(await top.receive(await middle.ask_months()))
    assert lacking.lacking == (first.id,)
    letter = await middle.next_batch()
    assert letter is not None
    await middle.take_answer(await top.receive(letter))
    assert not await middle.compare(await top.receive(await middle.ask_months()))


async def test_what_is_forged_or_foreign_is_refused_with_a_sentence(levels: Levels) -> None:
    bureau = await Bureau.of(levels.lower)
    (record,) = await entered(bureau, numbered(1))
    batch = await levels.below.next_batch()
    assert batch is not None
    signer, line = levels.lower.core.signer, json.loads(batch.split("\n")[1])

    def letter(*lines: str, by: Signer = signer, **said: Any) -> str:
        rest = "".join(f"{one}\n" for one in lines)
        head = {"sender": NAME, "sequence": 1, "count": len(lines), "digest": digest(rest), **said}
        return write(by, BATCH, lines, **head)

    good = json.dumps(line)
    for bad, status, sentence in (
        (letter(good, by=Signer(b"x" * 32)), 403, "签名不符"),
        (batch.replace('"sequence":1', '"sequence":2'), 403, "签名不符"),
        (letter(good, sequence=2), 409, "应为第1批，收到第2批"),
        (letter(good, sequence=0), 409, "应为第1批，收到第0批"),
        (letter(good, sender="huicheng"), 403, "huicheng”没有登记"),
        (batch.replace("未按", "已按"), 422, "行数或摘要"),
        (batch + good + "\n", 422, "行数或摘要"),
        (batch.rstrip("\n"), 422, "行数或摘要"),
        ("", 422, "不是上下级归集的文件"),
        ("[" * 100_000, 422, "不是上下级归集的文件"),
        ('{"content": []}', 422, "不是上下级归集的文件"),
    ):
        answer = await levels.upper.client.post("/api/exchange", data=bad.encode())
        told = await answer.json()
        assert (answer.status, sentence in told["detail"]) == (status, True), (bad[:200], told)
    large = await levels.upper.client.post("/api/exchange", data=BytesIO(b"x" * 2_000_000))
    assert large.status == 413
    binary = await levels.upper.client.post("/api/exchange", data=b"\xff\xfe")
    assert binary.status == 422
    assert not await levels.received()

    lines = {
        "不是一条记录": "记录",
        "地区110000不在": json.dumps({**line, "subject": {**line["subject"], "region_code": "110000"}}),
        "未知字段“complaint”": json.dumps({**line, "complaint": "ZX20261123"}),
        "未知字段“content.confirmer”": json.dumps(
            {**line, "content": {**line["content"], "confirmer": "乙"}}
        ),
        "字段“revision”": json.dumps({**line, "revision": 0}),
        "字段“content”": json.dumps({**line, "withdrawn": True}),
        "字段“found_on”": json.dumps({**line, "found_on": "昨天"}),
        "": good,
    }
    for sequence, expected in ((1, "accepted"), (2, "duplicate")):
        said = json.loads(await levels.above.receive(letter(*lines.values(), sequence=sequence)))["content"]
        *refused, taken = said["results"]
        assert taken["result"] == expected
        for one, sentence in zip(refused, lines, strict=False):
            assert one["result"] == "refused", one
            assert sentence in one["said"], one
    newer = json.dumps({**line, "revision": 3})
    other = json.dumps({**line, "revision": 3, "jurisdiction": "jilin"})
    said = json.loads(await levels.above.receive(letter(newer, other, good, sequence=3)))["content"][
        "results"
    ]
    assert [one["result"] for one in said] == ["accepted", "refused", "refused"]
    assert ["内容却不相同" in said[1]["said"], "第3版" in said[2]["said"]] == [True, True]
    assert (await levels.received())[record.id].revision == 3


async def test_a_refusal_stands_on_the_record_and_forged_answers_count_for_nothing(levels: Levels) -> None:
    bureau = await Bureau.of(levels.lower)
    (record,) = await entered(bureau, numbered(1))
    below = levels.below
    batch = await below.next_batch()
    assert batch is not None
    assert await below.next_batch() == batch, "unchanged until it is answered"
    assert await levels.states() == {(ShareState.SENT, None)}
    levels.above.partners = Partners(
        "qinghai", {NAME: Sender(levels.lower.core.signer.public_key, ("110000",))}
    )
    answer = await levels.above.receive(batch)
    for bad in (answer.replace("refused", "accepted"), batch, "x", answer.replace("\n", "") + "x"):
        with pytest.raises(DomainError):
            await below.take_answer(bad)
    assert await levels.states() == {(ShareState.SENT, None)}
    await below.take_answer(answer)
    ((state, said),) = await levels.states()
    assert (state, said) == (ShareState.REFUSED, "地区630000不在报送单位的报送范围内。")
    with pytest.raises(DomainError):
        await below.take_answer(answer)
    raw = await levels.lower.storage.database["dossiers"].find_one({"_id": record.id})
    assert "报送范围" not in str(raw)
    assert raw is not None
    assert "share_at" not in raw
    await bureau.act(record, "correct", SYSTEM, facts="逾期支付。")
    assert await levels.states() == {(ShareState.WAITING, None)}


async def test_nothing_of_a_person_travels(levels: Levels) -> None:
    lower = levels.lower
    bureau = await Bureau.of(lower)
    case = await bureau.answered()
    order = await bureau.act(await bureau.open(Kind.ORDER, case), "issue")
    order = await bureau.act(order, "explain", Role.SUBJECT, excuse="staff", explanation="负责人已调离。")
    order = await bureau.act(order, "refuse", reason="人员变动不是理由")
    order = await bureau.act(order, "record", Role.REGISTRAR, facts="拒不支付合同款项。")
    official = await bureau.open(Kind.RECORD, official="欧阳某官", post="原局长", **numbered(7))
    second = actor(await lower.person("第二经办", Role.REGISTRAR))
    where = DossierFilter(kinds=frozenset({Kind.RECORD}), about=order.id)
    (record,) = (await bureau.service.list_dossiers(bureau.people[Role.REGISTRAR], where)).dossiers
    for one in (record, official):
        await bureau.act(one, "notify", Role.REGISTRAR, consequences="拟定")
    lower.later(days=9)
    await bureau.act(record, "confirm", **CONFIRMED, self_corrected="赵某主动纠正")
    await bureau.act(official, "confirm", second, **CONFIRMED)
    for one in (record, official):
        await bureau.act(one, "enter", Role.REGISTRAR)
    batch = await levels.below.next_batch()
    assert batch is not None
    assert batch.count("\n") == 2, "a head and one record"
    months = await levels.below.ask_months()
    answer = await levels.above.receive(batch)
    people = ("甲经办", "乙认定", "李承办", "第二经办", "欧阳某官", "原局长", "赵某", "金额较大")
    for canary in (*people, case.number, str(record.source), official.id, order.source, TOLD[:12]):
        for letter in (batch, months, answer):
            assert canary not in letter, canary
