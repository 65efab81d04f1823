"""The public log: nothing is taken out of it unseen, and a citizen's receipt is shown to be in it."""

from __future__ import annotations

import copy
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from aiohttp import FormData

from bot.commands.proofs import _checked
from bot.wiring import Core
from bot.workers.upkeep.public_log import LogKeeper
from cases.instants import local_date
from cases.service.public.log import check_inclusion, find_fault
from cases.service.public.proofs import BadProof, Proofs
from storage.audit.public_log import MongoPublicLog, file_name, read_lines
from storage.opening import Storage
from tests.town.cases import registered
from tests.town.clock import MONDAY, Watch
from tests.town.live.town import Town, hidden

DAYS = 5


class Archive:
    """A town whose days are closed one after another, with a case filed on each."""

    def __init__(self, core: Core, storage: Storage, watch: Watch, folder: Path) -> None:
        lines = MongoPublicLog(storage.database)
        self.core, self.watch, self.folder = core, watch, folder
        self.cases = storage.cases
        self.keeper = LogKeeper(storage.cases, storage.audit, lines, core.public_log, folder)
        self.receipts: list[dict[str, Any]] = []
        self.key = core.signer.public_key

    @property
    def proofs(self) -> Proofs:
        assert self.core.services.proofs is not None
        return self.core.services.proofs

    async def one_day(self) -> None:
        now = self.watch()
        case = await self.cases.insert(registered(filed_at=now, updated_at=now))
        self.receipts.append(json.loads(self.proofs.receipt(case)))
        self.watch.later(days=1)
        assert await self.keeper.close_before(local_date(self.watch()))

    async def lines(self) -> list[dict[str, Any]]:
        return list(await self.core.public_log.list_lines())


@pytest.fixture
async def archive(core: Core, storage: Storage, watch: Watch, tmp_path: Path) -> Archive:
    watch.now = MONDAY
    archive = Archive(core, storage, watch, tmp_path / "anchors")
    for _ in range(DAYS):
        await archive.one_day()
    return archive


async def test_every_line_continues_the_one_before_and_every_receipt_is_in_it(archive: Archive) -> None:
    lines = await archive.lines()
    assert len(lines) == DAYS
    assert read_lines(archive.folder) == lines
    assert find_fault(lines, archive.key) is None
    assert find_fault(lines[2:], archive.key) is None
    assert await archive.keeper.close_before(local_date(archive.watch())) is None
    for receipt, line in zip(archive.receipts, lines, strict=True):
        included = await archive.core.public_log.inclusion_of(receipt)
        assert included is not None
        assert check_inclusion(included, archive.key) == (receipt["content"], line["content"]["day"])
        assert receipt["content"]["number"] not in json.dumps(line)


async def test_what_was_taken_away_or_changed_shows(archive: Archive) -> None:
    lines = await archive.lines()
    assert find_fault([*lines[:2], *lines[3:]], archive.key) is not None
    assert find_fault([lines[1], lines[0], *lines[2:]], archive.key) is not None
    for name, value in (("day", "2026-01-01"), ("cases", {"size": 0, "root": "00" * 32})):
        rewritten = copy.deepcopy(lines)
        rewritten[1] = archive.proofs.sign({**lines[1]["content"], name: value})
        assert find_fault(rewritten, archive.key) is not None, name
        unsigned = copy.deepcopy(lines)
        unsigned[1]["content"][name] = value
        assert "line 2" in str(find_fault(unsigned, archive.key))


async def test_a_receipt_of_something_else_is_not_said_to_be_in_it(archive: Archive) -> None:
    other = archive.proofs.sign({**archive.receipts[0]["content"], "digest": "00" * 32})
    assert await archive.core.public_log.inclusion_of(other) is None
    included = await archive.core.public_log.inclusion_of(archive.receipts[0])
    assert included is not None
    with pytest.raises(BadProof, match="公开日志"):
        check_inclusion({**included, "receipt": other}, archive.key)
    for given in ({}, None, {**included, "path": ["x"]}, {**included, "place": "a"}):
        with pytest.raises(BadProof):
            check_inclusion(given, archive.key)


async def test_the_command_checks_a_place_in_the_log_and_the_whole_of_it(archive: Archive) -> None:
    included = await archive.core.public_log.inclusion_of(archive.receipts[0])
    assert _checked(included, archive.key)["included"] == local_date(MONDAY).isoformat()
    lines = await archive.lines()
    assert _checked({"lines": lines}, archive.key)["seq"] == DAYS
    with pytest.raises(BadProof):
        _checked({"lines": lines[::-1]}, archive.key)


async def test_days_on_which_nobody_was_there_are_in_the_next_line(archive: Archive) -> None:
    now = archive.watch()
    case = await archive.cases.insert(registered(filed_at=now, updated_at=now))
    archive.watch.later(days=4)
    path = await archive.keeper.close_before(local_date(archive.watch()))
    assert path is not None
    assert path.name == file_name(local_date(archive.watch() - timedelta(days=1)).isoformat())
    receipt = json.loads(archive.proofs.receipt(case))
    assert await archive.core.public_log.inclusion_of(receipt) is not None
    assert find_fault(await archive.lines(), archive.key) is None


async def test_the_pages_show_the_log_and_a_receipt_in_it(town: Town, core: Core, tmp_path: Path) -> None:
    keeper = LogKeeper(
        core.storage.cases,
        core.storage.audit,
        MongoPublicLog(core.storage.database),
        core.public_log,
        tmp_path,
    )
    assert "还没有公开的日志" in await (await town.client.get("/verify/log")).text()
    case = await town.filed()
    assert core.services.proofs is not None
    receipt = core.services.proofs.receipt(case)

    async def check() -> str:
        page = await (await town.client.get("/verify/proof")).text()
        form = FormData({"csrf": hidden(page, "csrf"), "text": receipt.decode()})
        return await (await town.client.post("/verify/proof", data=form)).text()

    assert "还没有列入公开日志" in await check()
    town.watch.later(days=1)
    await keeper.close_before(local_date(town.watch()))
    assert "已列入" in await check()
    feed = await (await town.client.get("/verify/log.json")).json()
    assert find_fault(feed["lines"], core.signer.public_key) is None
    page = await (await town.client.get("/verify/log")).text()
    assert feed["lines"][0]["content"]["log"]["root"] in page
    assert case.number not in page + json.dumps(feed)
