"""What was stored before the rooms were made opens as it was: cases, receipts, a draft half told.

`stored_2026_11.json` was written by the version of 27 November 2026, with the key of these tests.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from bson import json_util

from bot.wiring import Core
from cases.lifecycle import forms
from cases.model import Case
from cases.moves.history import find_break
from cases.people import Actor, Role
from cases.vocabulary import ClockKind, Move, OrderKind, Outcome, ProposalKind, Status, WarningLevel
from storage.database.connection import Database
from storage.opening import Storage
from storage.schema.preparing import prepare
from storage.upkeep.sealing import seal_records
from tests.citizen.conftest import MakeChat
from tests.town.clock import Watch

STORED: dict[str, Any] = json_util.loads(Path(__file__).with_name("stored_2026_11.json").read_text("utf-8"))


@pytest.fixture
async def stored(storage: Storage, watch: Watch) -> dict[str, Any]:
    """The rows of then, brought up as at the first start of this version."""
    for name, rows in STORED["collections"].items():
        await storage.database.command({"collMod": name, "validator": {}})
        await storage.database[name].insert_many(rows)

    async def seal(database: Database) -> None:
        await seal_records(database, storage.keys, watch)

    await storage.database["settings"].update({"_id": "schema"}, {"$set": {"version": 1}})
    await prepare(storage.database, seal)
    watch.now = datetime.fromisoformat(STORED["at"])
    return STORED


def member(case: Case, role: Role, id: str = "s9") -> Actor:
    return Actor(roles=frozenset({role}), id=id, name="新来的人", department=case.department)


async def test_every_record_is_checked_again_after_the_upgrade(
    storage: Storage, stored: dict[str, Any]
) -> None:
    unchecked = {n for n, o in (await storage.database.collections()).items() if "validator" not in o}
    assert not unchecked


async def test_a_long_story_reads_as_it_was_written(storage: Storage, stored: dict[str, Any]) -> None:
    case = await storage.cases.get(stored["number"])
    assert case.status is Status.IN_REVIEW
    assert find_break(case.history) is None
    moves = [entry.move for entry in case.history]
    assert moves[:4] == [Move.REGISTER, Move.CLAIM, Move.PROPOSE_DECLINE, Move.REFUSE_DECLINE]
    assert case.orders[0].kind is OrderKind.RECTIFY
    assert case.letters[0].outcome is Outcome.PARTLY
    clock = case.clock(ClockKind.HANDLE)
    assert clock is not None
    assert (clock.extended_days, clock.warned) == (10, (WarningLevel.RED,))
    assert case.history[-1].note == "不服"


async def test_the_story_goes_on_where_it_stood(core: Core, storage: Storage, stored: dict[str, Any]) -> None:
    case = await storage.cases.get(stored["number"])
    reviewer = member(case, Role.HANDLER)
    offered = {spec.move for spec in await core.services.acting.offers(case, reviewer)}
    assert offered == {Move.CLAIM, Move.NOTE, Move.ANSWER_ORDER}
    await core.services.acting.act(case.number, Move.CLAIM, None, reviewer)
    letter = forms.Opinion(
        outcome=Outcome.SUPPORT,
        request="付款",
        facts="属实",
        opinion="付清",
        legal_basis="《民法典》第五百零九条",
    )
    done = await core.services.acting.act(case.number, Move.ANSWER, letter, reviewer)
    assert done.status is Status.ANSWERED
    assert find_break(done.history) is None
    asked = forms.Grounds(reason="仍然不服")
    final = await core.services.own_cases.act(
        case.number, Move.ASK_FINAL_REVIEW, asked, stored["conversation"], key="k9"
    )
    assert final.status is Status.IN_FINAL_REVIEW


async def test_a_proposal_of_then_is_decided_now(
    core: Core, storage: Storage, stored: dict[str, Any]
) -> None:
    case = await storage.cases.get(stored["waiting"])
    proposal = case.proposal(ProposalKind.DECLINE)
    assert proposal is not None
    done = await core.services.acting.act(
        case.number, Move.COUNTERSIGN_DECLINE, None, member(case, Role.HEAD)
    )
    assert done.status is Status.DECLINED


async def test_a_receipt_of_then_opens_the_case(core: Core, stored: dict[str, Any]) -> None:
    case = await core.services.own_cases.open_by_receipt(stored["receipt"], None)
    assert case is not None
    assert case.number == stored["number"]


async def test_a_draft_of_then_is_told_to_its_end(
    make_chat: MakeChat, storage: Storage, stored: dict[str, Any]
) -> None:
    chat = make_chat(state=stored["draft"])
    number, _ = await chat.file_story("合同签了三年，补贴文件也有。")
    case = await storage.cases.get(number)
    assert case.complaint.text.startswith(stored["draft"]["draft"]["parts"][0]["text"])
    assert case.complaint.amount_yuan == 350_000
