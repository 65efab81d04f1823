"""What must hold when the dust has settled. Each check returns the sentences of what is wrong."""

from __future__ import annotations

import asyncio
import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bot.wiring import Core
from cases.errors import DomainError, StorageUnavailable
from cases.instants import EPOCH
from cases.model import Case
from cases.moves.history import find_break
from cases.people import Role
from cases.ports.cases import CaseFilter, Scope
from cases.vocabulary import Move
from tests.chaos.citizens import ScriptedCitizen
from tests.chaos.desk import Handlers

TOLD: dict[str, str] = {Move.ACCEPT.value: "受理", Move.WRITE.value: "给您留言"}
"""Moves of the desk → words in what the citizen is then told."""
BOXES = {"inbox": "unfinished updates", "outbox": "unsent answers"}


@dataclass
class Ground:
    """What there is to look at."""

    core: Core
    citizens: Sequence[ScriptedCitizen]
    desk: Handlers
    cases: Sequence[Case] = ()


async def find_faults(ground: Ground) -> list[str]:
    everything = ground.core.storage.cases.iterate(Scope(departments=None), CaseFilter())
    ground.cases = [case async for case in everything]
    faults = [c.confirmed.left_standing for c in ground.citizens if not c.confirmed.done]
    faults += _each_exactly_once(ground)
    for citizen in ground.citizens:
        if citizen.confirmed.number:
            faults += await _whole(ground, citizen)
            faults += _told(ground, citizen)
    faults += await _departments_told(ground)
    faults += _desk_kept(ground)
    faults += [f"{c.number}: history breaks at {find_break(c.history)}" for c in ground.cases if _broken(c)]
    audit = await ground.core.storage.audit.verify()
    return faults + ([audit] if audit else []) + await _nothing_left(ground)


def _broken(case: Case) -> bool:
    return find_break(case.history) is not None


def told_in(case: Case) -> str:
    """The account and, apart from it, what is wished for: who ends with a wish finds it there."""
    return f"{case.complaint.text}\n{case.complaint.wish or ''}"


def _each_exactly_once(ground: Ground) -> list[str]:
    marks = Counter(
        citizen.confirmed.mark
        for case in ground.cases
        for citizen in ground.citizens
        if citizen.confirmed.mark in told_in(case)
    )
    faults = []
    for citizen in ground.citizens:
        expected = 1 if citizen.confirmed.number else 0
        found = marks[citizen.confirmed.mark]
        if found != expected and (expected or found > 1):
            faults.append(f"citizen {citizen.index}: {found} cases, {expected} confirmed")
    numbers = {case.number for case in ground.cases}
    faults += [
        f"{c.confirmed.number} was confirmed and is not there"
        for c in ground.citizens
        if c.confirmed.number and c.confirmed.number not in numbers
    ]
    return faults


async def _whole(ground: Ground, citizen: ScriptedCitizen) -> list[str]:
    """The words in order, every file byte for byte, every addition once, the receipt that opens it."""
    said = citizen.confirmed
    case = next((case for case in ground.cases if case.number == said.number), None)
    if case is None:
        return []
    faults = []
    opened = await ground.core.services.own_cases.open_by_receipt(said.receipt.replace(" ", ""), None)
    if opened is None or opened.number != said.number:
        faults.append(f"{said.number}: the receipt does not open it")
    places = [told_in(case).find(words.rstrip("。")) for words in said.words]
    if -1 in places or places != sorted(places):
        faults.append(f"{said.number}: the words are not whole or not in order")
    faults += [
        f"{said.number}: an addition is there {_notes(case).count(words)} times"
        for words in said.supplements
        if _notes(case).count(words) != 1
    ]
    return faults + await _files_whole(ground, case, said.files)


def _notes(case: Case) -> list[str]:
    return [str(entry.note) for entry in case.history if entry.move == Move.SUPPLEMENT.value]


async def _files_whole(ground: Ground, case: Case, files: dict[str, str]) -> list[str]:
    held = {str(evidence.name): evidence for evidence in case.evidence}
    faults = []
    if len(case.evidence) != len(held):
        faults.append(f"{case.number}: a file is there twice")
    for name, digest in files.items():
        if name not in held:
            faults.append(f"{case.number}: {name} is missing")
            continue
        try:
            data = await ground.core.storage.evidence.get(held[name].id)
        except DomainError as error:
            faults.append(f"{case.number}: {name} cannot be read: {error}")
            continue
        if digest and hashlib.sha256(data).hexdigest() != digest:
            faults.append(f"{case.number}: {name} is not what was sent")
    return faults


def _told(ground: Ground, citizen: ScriptedCitizen) -> list[str]:
    """Everything that happened to the case was said to the citizen."""
    number = citizen.confirmed.number
    case = next((case for case in ground.cases if case.number == number), None)
    said = [seen.text for seen in citizen.chat.seen if number in seen.text]
    moves = [e.move for e in case.history if Role.CITIZEN not in e.actor.roles] if case else []
    return [
        f"{number}: the citizen was not told of {move}"
        for move in moves
        if move in TOLD and not any(TOLD[move] in text for text in said)
    ]


async def _departments_told(ground: Ground) -> list[str]:
    """Each new case by itself, or kept for the summary that somebody told much gets later."""
    people = await ground.core.storage.database["alerts"].find_all({"_id": {"$gte": ""}})
    kept = {alert["id"] for person in people for alert in person.get("held", [])}
    faults = []
    for case in ground.cases:
        chat = ground.desk.chats.get(case.department)
        if chat is None:
            faults.append(f"{case.number}: nobody works at {case.department_name}")
        elif not (
            case.quarantined
            or f"{case.number}:1:0" in kept
            or any(case.number in seen.text for seen in chat.seen)
        ):
            faults.append(f"{case.number}: {case.department_name} was not told")
    return faults


def _desk_kept(ground: Ground) -> list[str]:
    """Moves confirmed to the desk happened once; no move happened twice."""
    faults = []
    for case in ground.cases:
        keys = [entry.key for entry in case.history if entry.key]
        missing = ground.desk.confirmed.get(case.number, set()) - set(keys)
        faults += [f"{case.number}: {key} was confirmed and is not there" for key in missing]
        if len(keys) != len(set(keys)):
            faults.append(f"{case.number}: a move happened twice")
    return faults


async def _nothing_left(ground: Ground) -> list[str]:
    left = await count_left(ground.core)
    aside = await ground.core.storage.conversations.list_set_aside()
    faults = [f"{left} chats or cases still have something to deliver"] if left else []
    return faults + [f"set aside: {row['box']} {row['reason']}" for row in aside]


async def count_left(core: Core) -> int:
    """Chats with anything in a box, and cases with anything to tell."""
    boxes = await asyncio.gather(*(_count_box(core, box) for box in BOXES))
    return sum(boxes) + len(await core.storage.cases.list_notifying(1000))


async def look_into_boxes(core: Core) -> dict[str, int]:
    """How many chats have what waiting; whether there was a primary to ask."""
    try:
        async with asyncio.timeout(1):
            counts = await asyncio.gather(*(_count_box(core, box) for box in BOXES))
    except (StorageUnavailable, TimeoutError):
        return {"no primary": 1}
    return dict(zip(BOXES.values(), counts, strict=True)) | {"neither": not any(counts)}


async def _count_box(core: Core, box: str) -> int:
    waiting = {"channel": "telegram", f"{box}.ready_at": {"$gte": EPOCH}}
    return await core.storage.database["conversations"].count(waiting)


def said_twice(citizens: Sequence[ScriptedCitizen]) -> int:
    """Confirmations of filing a chat got more than once: what a crash between sending and noting it costs."""
    return sum(max(0, sum("回执码：" in seen.text for seen in c.chat.seen) - 1) for c in citizens)
