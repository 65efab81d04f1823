"""What has been kept long enough goes, what is held or open stays, and a crash in between changes nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.wiring import build_retention
from cases.errors import InvalidInput, NotFound
from cases.lifecycle.retention import DRAFTS, ENDED_CASES, QUARANTINED
from cases.model import Case, Evidence
from cases.moves.history import find_break
from cases.people import CITIZEN, Role
from cases.ports.conversations import Address, Incoming
from cases.records import FreeText
from cases.service.upkeep import Upkeep
from cases.vocabulary import (
    Channel,
    Move,
    Outcome,
    Status,
)
from handlers.citizen.dialogue.drafts import Draft, Memory, Passage
from storage.upkeep.retention import Erasure, MongoRetention
from tests.town.live.town import Town

TELEGRAM = Address(Channel.TELEGRAM, "770011")


async def withdrawn_case(town: Town) -> Case:
    """A named complaint with a file, withdrawn by its reporter."""
    storage = town.storage
    await storage.evidence.put("f1", b"contract", name="合同.txt", media_type="text/plain", stripped=False)
    file = Evidence(
        id="f1",
        name=FreeText("合同.txt"),
        media_type="text/plain",
        size=8,
        sha256="0" * 64,
        added_at=town.now,
    )
    filed = await town.filed(name=FreeText("陈某"), contact=FreeText("13900001111"), evidence=(file,))
    return await town.act(filed, Move.WITHDRAW, CITIZEN, remark="已经解决")


def retention(town: Town):  # type: ignore[no-untyped-def]
    return build_retention(town.core, lambda: town.now)


async def test_three_years_after_its_end_the_words_the_files_and_the_reporter_go(town: Town) -> None:
    case = await withdrawn_case(town)
    storage = town.storage
    town.later(days=ENDED_CASES.days - 1)
    assert not await retention(town).run()
    town.later(days=2)
    done = await retention(town).run()
    assert (done.cases, done.files) == (1, 1)
    gone = await storage.cases.get(case.number)
    assert gone.anonymised_at == town.now
    assert case.complaint.text not in gone.model_dump_json()
    assert gone.evidence == ()
    assert gone.history[0].move == Move.REGISTER
    assert find_break(gone.history) is None
    assert await storage.reporters.find(case.number) is None
    with pytest.raises(NotFound):
        await storage.evidence.get("f1")
    assert not await retention(town).run()


async def test_a_legal_hold_keeps_everything(town: Town) -> None:
    case = await withdrawn_case(town)
    supervisor = await town.person("周督办", Role.SUPERVISOR, department="630000:省发展改革委")
    await town.act(case, Move.HOLD, supervisor, reason="法院调查取证")
    town.later(days=2 * ENDED_CASES.days)
    assert not await retention(town).run()
    assert (await town.reread(case)).complaint.text == case.complaint.text


async def test_an_open_case_is_never_made_anonymous(town: Town) -> None:
    case = await town.filed()
    town.later(days=10 * 365)
    assert not await retention(town).run()
    with pytest.raises(InvalidInput):
        await Upkeep(town.storage.cases, town.core.services.acting).anonymise(case)


async def test_quarantined_words_go_after_half_a_year(town: Town) -> None:
    filed = await town.filed()
    storage = town.storage
    spam = await storage.cases.save(
        filed.model_copy(update={"quarantined": True}), expected_version=filed.version
    )
    assert spam is not None
    town.later(days=QUARANTINED.days + 1)
    assert (await retention(town).run()).cases == 1
    assert (await town.reread(spam)).anonymised_at is not None


async def test_an_erasure_that_was_cut_off_is_finished_by_the_next_run(town: Town) -> None:
    case = await withdrawn_case(town)
    town.later(days=ENDED_CASES.days + 1)
    storage = town.storage
    kept = MongoRetention(storage.database, storage.keys, storage.conversations)
    await kept.begin(Erasure(case.number, ("f1",)), town.now)
    await Upkeep(storage.cases, town.core.services.acting).anonymise(case)
    assert await storage.reporters.find(case.number) is not None
    await retention(town).run()
    assert await storage.reporters.find(case.number) is None
    with pytest.raises(NotFound):
        await storage.evidence.get("f1")


async def test_an_erasure_that_was_noted_but_not_made_erases_nothing(town: Town) -> None:
    case = await withdrawn_case(town)
    storage = town.storage
    kept = MongoRetention(storage.database, storage.keys, storage.conversations)
    await kept.begin(Erasure(case.number, ("f1",)), town.now)
    await retention(town).run()
    assert await storage.evidence.get("f1") == b"contract"
    assert await kept.list_begun(town.now, 10) == []


async def drafting_chat(town: Town) -> str:
    """A chat that told half a complaint, with a file, and fell silent."""
    chats = town.storage.conversations
    await town.storage.evidence.put("d1", b"half", name="半.txt", media_type="text/plain", stripped=False)
    file = Evidence(
        id="d1",
        name=FreeText("半.txt"),
        media_type="text/plain",
        size=4,
        sha256="0" * 64,
        added_at=town.now,
    )
    draft = Draft(parts=[Passage(message=1, text="某镇拖欠工程款")], evidence=[file])
    state: dict[str, object] = {}
    Memory(draft=draft, greeted=True).save(state)
    await chats.receive(TELEGRAM, Incoming("1", {"text": "某镇拖欠工程款"}, town.now))
    work = await chats.claim_update(town.now, town.now + timedelta(minutes=1))
    assert work is not None
    assert await chats.commit(work, state, [])
    return chats.key(TELEGRAM)


async def is_known(town: Town, chat: str) -> bool:
    return await town.storage.database["conversations"].count({"_id": chat}) == 1


async def test_a_draft_nobody_came_back_to_is_deleted_with_its_chat_and_files(town: Town) -> None:
    key = await drafting_chat(town)
    town.later(days=DRAFTS.days - 1)
    assert not await retention(town).run()
    town.later(days=2)
    done = await retention(town).run()
    assert (done.drafts, done.chats, done.files) == (1, 1, 1)
    assert not await is_known(town, key)


async def test_a_chat_that_filed_something_loses_its_draft_and_is_still_told(town: Town) -> None:
    key = await drafting_chat(town)
    await town.filed(conversation=key)
    town.later(days=DRAFTS.days + 1)
    done = await retention(town).run()
    assert (done.drafts, done.chats) == (1, 0)
    storage = town.storage
    assert await is_known(town, key)
    assert not await retention(town).run()
    await storage.conversations.receive(TELEGRAM, Incoming("2", {}, town.now))
    work = await storage.conversations.claim_update(town.now, town.now)
    assert work is not None
    left = Memory.load(work.dialogue)
    assert left.draft is None
    assert left.given_up is None, "nor can it be taken back"
    assert left.greeted


async def test_a_chat_with_an_update_waiting_is_left_alone(town: Town) -> None:
    key = await drafting_chat(town)
    town.later(days=DRAFTS.days + 1)
    storage = town.storage
    await storage.conversations.receive(TELEGRAM, Incoming("2", {}, town.now - timedelta(days=31)))
    assert not await retention(town).run()
    assert await is_known(town, key)


async def test_an_answered_case_that_was_reopened_is_closed_again(town: Town) -> None:
    handler = await town.person("李承办", Role.HANDLER, Role.HEAD)
    case = await town.answered(handler)
    closed = await town.core.services.acting.close_answered(case)
    assert closed is not None
    assert closed.status is Status.CLOSED
    await town.act(closed, Move.REOPEN, handler, reason="有新的证据")
    again = await town.act(
        await town.reread(case),
        Move.ANSWER,
        handler,
        outcome=Outcome.SUPPORT,
        request="付款",
        facts="属实",
        opinion="付清",
        legal_basis="条例第八条",
    )
    assert again.status is Status.ANSWERED
    once_more = await town.core.services.acting.close_answered(again)
    assert once_more is not None
    assert once_more.status is Status.CLOSED
