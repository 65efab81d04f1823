"""Auditors search the trail and see whether it is whole; what they read is in it; nobody else gets in."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cases.people import Role
from cases.ports.accounts import Staff
from cases.ports.audit import AuditEntry, AuditRow, AuditSearch
from handlers.supervisor.audit.action_names import ACTION_NAMES
from handlers.supervisor.audit.trail import PAGE
from storage.opening import Storage
from tests.town.clock import Watch
from tests.town.live.browser import Browser
from tests.town.live.parts import PASSWORD
from tests.web.conftest import Serve, account


@pytest.fixture
async def auditor(serve: Serve, storage: Storage) -> Browser:
    """A browser in which an auditor is signed in."""
    await storage.staff.add(account("shen", Role.AUDITOR, name="沈审计"))
    browser = await serve()
    assert (await browser.log_in("shen", PASSWORD)).location == "/audit"
    return browser


async def note(storage: Storage, watch: Watch, *rows: tuple[str, str, str]) -> None:
    for actor, action, subject in rows:
        await storage.audit.append(AuditEntry(watch.now, actor, action, subject, {"file": "f1"}))


async def test_entries_are_found_by_case_person_kind_and_day(
    auditor: Browser, storage: Storage, watch: Watch, handler: Staff
) -> None:
    await note(storage, watch, (handler.id, "case.viewed", "SX1"), (handler.id, "evidence.opened", "SX1"))
    watch.later(days=2)
    await note(storage, watch, ("命令行", "backup.made", "today.backup"))
    await auditor.log_in("shen", PASSWORD)
    for query, shown, hidden in (
        ("subject=SX1", ("查看件", "打开材料", "王晓燕（wang）"), ("today.backup",)),
        ("actor=wang", ("查看件", "打开材料"), ("today.backup",)),
        ("actor=王晓燕", ("查看件",), ("today.backup",)),
        ("action=evidence.opened", ("SX1",), ("today.backup",)),
        ("from=2026-11-24&to=2026-11-24", ("today.backup",), ("打开材料",)),
        ("to=2026-11-22", ("SX1",), ("today.backup",)),
    ):
        page = await auditor.get("/audit?" + query)
        table = page.text.partition("<tbody")[2]
        assert page.status == 200
        assert all(words in table for words in shown), query
        assert not any(words in table for words in hidden), query


async def test_reading_and_checking_the_trail_are_entries_of_it(auditor: Browser, storage: Storage) -> None:
    await auditor.get("/audit?subject=SX7")
    await auditor.get("/audit/verify")
    entries = await storage.audit.list_entries(limit=2)
    assert [(entry.action, entry.actor) for entry in entries] == [
        ("audit.verified", "id-shen"),
        ("audit.read", "id-shen"),
    ]
    assert entries[1].data == {"subject": "SX7"}
    assert await storage.audit.verify() is None


async def test_a_changed_entry_is_marked_and_the_chain_is_said_to_be_broken(
    auditor: Browser, storage: Storage, watch: Watch, handler: Staff
) -> None:
    await note(storage, watch, (handler.id, "case.viewed", "SX1"))
    assert "审计链完整" in (await auditor.get("/audit/verify")).text
    last = (await storage.audit.search(AuditSearch(subject="SX1")))[0].seq
    await storage.database["audit"].update({"_id": last}, {"$set": {"subject": "SX2"}})
    assert "被改动" in (await auditor.get("/audit?subject=SX2")).text
    assert f"audit entry {last} was changed" in (await auditor.get("/audit/verify")).text


async def test_long_trails_come_in_pages_without_a_gap(
    auditor: Browser, storage: Storage, watch: Watch, handler: Staff
) -> None:
    await note(storage, watch, *[(handler.id, "case.viewed", f"SX{n}") for n in range(PAGE + 20)])
    where, seen, before = AuditSearch(action="case.viewed"), list[AuditRow](), None
    while rows := await storage.audit.search(where, before=before, limit=50):
        seen += rows
        before = rows[-1].seq
    assert [row.entry.subject for row in reversed(seen)] == [f"SX{n}" for n in range(PAGE + 20)]
    first = await auditor.get("/audit?action=case.viewed")
    assert "下一页" in first.text
    assert first.text.count('data-label="核对"') == PAGE


async def test_what_is_typed_is_compared_as_text(auditor: Browser) -> None:
    for query in ("subject[$ne]=x", "subject=%7B%22$ne%22:1%7D", "before=-1", "from=x", "before=1e9"):
        assert (await auditor.get("/audit?" + query)).status == 200
    page = await auditor.get("/audit?subject=%22%3E%3Cscript%3E")
    assert "<script>" not in page.text.partition("<form")[2].partition("</form>")[0]


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.AUDITOR, Role.CITIZEN, Role.SYSTEM}))
async def test_no_other_role_reads_the_trail(serve: Serve, storage: Storage, role: Role) -> None:
    await storage.staff.add(account("other", role, totp_secret=None))
    browser = await serve()
    await browser.log_in("other", PASSWORD)
    for path in ("/audit", "/audit/verify"):
        answer = await browser.get(path)
        assert answer.status in {303, 403}
        assert answer.location != "/audit"


def test_every_kind_of_entry_the_product_writes_has_a_name_on_screen() -> None:
    from tests.web.audited import actions_written

    assert sorted(actions_written() - ACTION_NAMES.keys()) == []


async def test_an_entry_lasts_as_long_as_the_page_says(
    auditor: Browser, storage: Storage, watch: Watch, handler: Staff
) -> None:
    await note(storage, watch, (handler.id, "case.viewed", "SX1"))
    until = watch.now + timedelta(seconds=1)
    found = await storage.audit.search(AuditSearch(since=watch.now, until=until, subject="SX1"))
    assert len(found) == 1
    assert await storage.audit.search(AuditSearch(until=watch.now, subject="SX1")) == []
