"""Reporters, accounts, logins and tokens on a real MongoDB."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from cases.errors import NotFound
from cases.people import Role
from cases.ports.accounts import ApiToken, LoginTaken, Session, Staff
from cases.ports.reporters import Reporter
from cases.records import FreeText
from cases.vocabulary import Channel, Language
from storage.opening import Storage, assemble
from storage.sealed.key_ring import KeyRing
from tests.town.clock import MONDAY, Watch


def anna(**changes: object) -> Reporter:
    fields: dict[str, object] = {
        "number": "SX1",
        "conversation": "chat-1",
        "channel": Channel.WEB,
        "language": Language.EN,
        "name": FreeText("安娜"),
        "contact": FreeText("13800000000"),
        "receipt": "receipt-1",
        "filed_at": MONDAY,
    }
    return Reporter.model_validate(fields | changes)


class TestReporters:
    async def test_a_reporter_comes_back_by_number_and_by_receipt(self, storage: Storage) -> None:
        await storage.reporters.put(anna())
        assert await storage.reporters.find("SX1") == anna()
        assert await storage.reporters.find_by_receipt("receipt-1") == anna()
        assert await storage.reporters.find("SX2") is None
        assert await storage.reporters.find_by_receipt("receipt-2") is None

    async def test_storing_again_replaces_and_forgets_what_is_no_longer_given(self, storage: Storage) -> None:
        await storage.reporters.put(anna())
        bare = anna(name=None, contact=None, language=Language.ZH_HANS)
        await storage.reporters.put(bare)
        assert await storage.reporters.find("SX1") == bare

    async def test_a_chat_finds_its_cases_newest_first(self, storage: Storage) -> None:
        for index in range(3):
            filed_at = MONDAY + timedelta(days=index)
            await storage.reporters.put(
                anna(number=f"SX{index}", receipt=f"receipt-{index}", filed_at=filed_at)
            )
        assert await storage.reporters.list_numbers("chat-1") == ["SX2", "SX1", "SX0"]
        assert await storage.reporters.list_numbers("chat-1", limit=1) == ["SX2"]
        assert await storage.reporters.list_numbers("chat-9") == []

    async def test_a_chat_that_adopted_a_case_is_told_too_and_stays_when_stored_again(
        self, storage: Storage
    ) -> None:
        await storage.reporters.put(anna())
        await storage.reporters.adopt("SX1", "chat-2")
        await storage.reporters.adopt("SX1", "chat-2")
        await storage.reporters.put(anna())
        assert await storage.reporters.list_conversations("SX1") == ["chat-1", "chat-2"]
        assert await storage.reporters.list_numbers("chat-2") == ["SX1"]

    async def test_an_erased_reporter_is_gone(self, storage: Storage) -> None:
        await storage.reporters.put(anna())
        await storage.reporters.erase("SX1")
        assert await storage.reporters.find("SX1") is None
        assert await storage.reporters.list_conversations("SX1") == []


def account(**changes: object) -> Staff:
    base = Staff("s1", "zhang", "张三", "finance", frozenset({Role.HANDLER, Role.DEPUTY}), "hash", "TOTP")
    return replace(base, **changes)  # type: ignore[arg-type]


class TestStaff:
    async def test_an_account_comes_back_unchanged(self, storage: Storage) -> None:
        full = account(
            deputy_for=frozenset({"s2"}),
            locked_until=MONDAY,
            conversation="chat",
            preferences={"view": "late"},
        )
        await storage.staff.add(full)
        assert await storage.staff.get("s1") == full
        assert await storage.staff.find_by_login(" ZHANG ") == full
        assert await storage.staff.find_by_login("li") is None

    async def test_a_login_is_given_once_whatever_its_case(self, storage: Storage) -> None:
        await storage.staff.add(account())
        with pytest.raises(LoginTaken):
            await storage.staff.add(account(id="s2", login="Zhang"))
        await storage.staff.add(account(id="s3", login="li"))
        with pytest.raises(LoginTaken):
            await storage.staff.change("s3", lambda staff: replace(staff, login="zhang"))

    async def test_a_change_replaces_or_declines_and_needs_an_account(self, storage: Storage) -> None:
        await storage.staff.add(account())
        changed = account(failed_logins=3, totp_secret=None)
        assert await storage.staff.change("s1", lambda staff: changed) == changed
        assert await storage.staff.get("s1") == changed
        assert await storage.staff.change("s1", lambda staff: None) is None
        assert await storage.staff.get("s1") == changed
        with pytest.raises(NotFound):
            await storage.staff.change("s9", lambda staff: staff)
        with pytest.raises(NotFound):
            await storage.staff.get("s9")

    async def test_changes_of_two_processes_at_once_are_all_kept(
        self, storage: Storage, keys: KeyRing
    ) -> None:
        await storage.staff.add(account())
        two = (storage.staff, assemble(storage.database, keys, Watch()).staff)

        def one_more(staff: Staff) -> Staff:
            return replace(staff, failed_logins=staff.failed_logins + 1)

        await asyncio.gather(*(two[turn % 2].change("s1", one_more) for turn in range(16)))
        assert (await storage.staff.get("s1")).failed_logins == 16

    async def test_accounts_are_listed_by_login_and_department(self, storage: Storage) -> None:
        await storage.staff.add(account())
        await storage.staff.add(account(id="s2", login="bai", department="housing"))
        assert [staff.id for staff in await storage.staff.list_staff()] == ["s2", "s1"]
        assert [staff.id for staff in await storage.staff.list_staff("finance")] == ["s1"]
        assert await storage.staff.count() == 2


class TestLogins:
    async def test_a_login_is_found_touched_and_ended(self, storage: Storage) -> None:
        session = Session("h1", "s1", "csrf", MONDAY, MONDAY, MONDAY + timedelta(days=36500))
        await storage.sessions.put(session)
        assert await storage.sessions.find("h1") == session
        later = MONDAY + timedelta(minutes=1)
        await storage.sessions.touch("h1", later)
        await storage.sessions.touch("h1", MONDAY)
        assert await storage.sessions.find("h1") == replace(session, seen_at=later)
        await storage.sessions.delete("h1")
        assert await storage.sessions.find("h1") is None

    async def test_all_logins_of_one_person_end_together(self, storage: Storage) -> None:
        forever = MONDAY + timedelta(days=36500)
        for id, staff in (("h1", "s1"), ("h2", "s1"), ("h3", "s2")):
            await storage.sessions.put(Session(id, staff, "csrf", MONDAY, MONDAY, forever))
        await storage.sessions.delete_all("s1")
        assert await storage.sessions.find("h1") is None
        assert await storage.sessions.find("h2") is None
        assert await storage.sessions.find("h3")

    async def test_the_server_itself_removes_expired_logins(self, storage: Storage) -> None:
        rows = await storage.database.command({"listIndexes": "sessions"})
        expiring = [row for row in rows["cursor"]["firstBatch"] if row.get("expireAfterSeconds") == 0]
        assert [dict(row["key"]) for row in expiring] == [{"expires_at": 1}]


class TestTokens:
    async def test_a_token_comes_back_is_listed_and_revoked(self, storage: Storage) -> None:
        old = ApiToken("t1", "旧系统", "s1", frozenset({"read"}), MONDAY)
        new = ApiToken(
            "t2",
            "新系统",
            "s1",
            frozenset({"read", "act"}),
            MONDAY + timedelta(days=1),
            MONDAY,
        )
        await storage.tokens.put(new)
        await storage.tokens.put(old)
        assert await storage.tokens.find("t2") == new
        assert await storage.tokens.list_tokens() == [old, new]
        await storage.tokens.delete("t1")
        assert await storage.tokens.find("t1") is None
