"""Every look at a file leaves one entry in the audit trail: by page, player, download and API alike."""

from __future__ import annotations

import asyncio
import hashlib

import pytest

from cases.model import Case, Evidence
from cases.people import Role
from cases.ports.audit import AuditAction, AuditEntry
from cases.records import FreeText
from tests.town.live.town import Town
from tests.town.places import REFORM

FILM = bytes(range(256)) * 40


async def with_film(town: Town) -> Case:
    stored = await town.storage.evidence.put(
        "film-1", FILM, name="现场.mp4", media_type="video/mp4", stripped=False
    )
    film = Evidence(
        id=stored.id,
        name=FreeText(stored.name),
        media_type=stored.media_type,
        size=len(FILM),
        sha256=hashlib.sha256(FILM).hexdigest(),
        added_at=town.now,
    )
    return await town.filed(evidence=(film,))


async def looks(town: Town, case: Case) -> list[AuditEntry]:
    entries = await town.storage.audit.list_entries(subject=case.number)
    return [entry for entry in entries if entry.action == AuditAction.EVIDENCE_OPENED]


def path_of(case: Case) -> str:
    return f"/desk/cases/{case.number}/evidence/film-1"


async def test_a_file_shown_in_the_page_and_then_opened_is_one_look(town: Town) -> None:
    li = await town.person("李承办")
    case, who = await with_film(town), await town.sign_in(li)
    for path in (path_of(case), path_of(case), path_of(case) + "/download"):
        assert (await town.client.get(path, headers=who)).status == 200
    [entry] = await looks(town, case)
    assert (entry.actor, entry.data) == (li.id, {"file": "film-1"})


async def test_a_player_that_asks_for_pieces_side_by_side_is_one_look(town: Town) -> None:
    case, who = await with_film(town), await town.sign_in(await town.person("李承办"))
    pieces = [{**who, "Range": f"bytes={at}-{at + 99}"} for at in range(100, 1100, 100)]
    answers = await asyncio.gather(*(town.client.get(path_of(case), headers=h) for h in pieces))
    assert {answer.status for answer in answers} == {206}
    assert len(await looks(town, case)) == 1


async def test_another_person_and_a_later_day_are_looks_of_their_own(town: Town) -> None:
    case = await with_film(town)
    for name in ("李承办", "周同事"):
        who = await town.sign_in(await town.person(name))
        assert (await town.client.get(path_of(case), headers=who)).status == 200
    town.later(minutes=11)
    assert (await town.client.get(path_of(case), headers=who)).status == 200
    assert len(await looks(town, case)) == 3


async def test_a_download_over_the_api_is_a_look(town: Town) -> None:
    case = await with_film(town)
    who = await town.token(await town.person("李承办"), "cases:read")
    answer = await town.client.get(f"/api/v1/cases/{case.number}/evidence/film-1", headers=who)
    assert await answer.read() == FILM
    assert len(await looks(town, case)) == 1


async def test_opening_a_file_is_not_counted_as_opening_the_case(town: Town) -> None:
    case, who = await with_film(town), await town.sign_in(await town.person("李承办"))
    await town.client.get(path_of(case), headers=who)
    entries = await town.storage.audit.list_entries(subject=case.number)
    assert [entry.action for entry in entries] == [AuditAction.EVIDENCE_OPENED]


@pytest.mark.parametrize("file", ["film-1", "film-2"])
async def test_who_may_not_see_the_case_opens_no_file_and_leaves_no_look(town: Town, file: str) -> None:
    case = await with_film(town)
    who = await town.sign_in(await town.person("外单位", Role.HANDLER, department=REFORM))
    answer = await town.client.get(f"/desk/cases/{case.number}/evidence/{file}", headers=who)
    assert answer.status == 404
    assert await looks(town, case) == []
