"""Signing in: what it gives, and what it gives away."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from cases.people import Role
from cases.ports.accounts import Staff
from handlers.web.signing_in.login import TOO_MANY, WRONG
from handlers.web.signing_in.throttle import KNOWN_TRIES
from storage.opening import Storage
from tests.town.clock import Watch
from tests.town.live.browser import Browser
from tests.town.live.parts import PASSWORD
from tests.web.conftest import Serve, account


async def test_the_right_password_opens_the_desk(browser: Browser, handler: Staff) -> None:
    done = await browser.log_in("wang", PASSWORD)
    assert (done.status, done.location) == (303, "/desk")
    who = await browser.get("/only/handler")
    assert who.text == '{"id": "id-wang", "roles": ["handler"]}'


async def test_the_password_counts_however_an_input_method_composed_it(
    browser: Browser, handler: Staff
) -> None:
    assert (await browser.log_in("WANG", "长风破浪会有时　２０２６")).status == 303


async def test_a_wrong_password_an_unknown_login_and_a_closed_account_get_the_same_answer(
    browser: Browser, storage: Storage, handler: Staff
) -> None:
    await storage.staff.add(account("closed", active=False))
    answers = [
        await browser.log_in("wang", "not the password"),
        await browser.log_in("nobody", PASSWORD),
        await browser.log_in("closed", PASSWORD),
        await browser.log_in("", ""),
    ]
    assert {answer.status for answer in answers} == {401}
    assert all(WRONG in answer.text for answer in answers)


async def test_an_unknown_login_costs_a_hash_like_a_known_one(
    browser: Browser, handler: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.town.live.parts import PASSWORDS

    checked: list[str] = []
    real = PASSWORDS._verify_now

    def counted(stored: str, word: str) -> bool:
        checked.append(stored)
        return real(stored, word)

    monkeypatch.setattr(PASSWORDS, "_verify_now", counted)
    await browser.log_in("wang", "not the password")
    await browser.log_in("nobody", "not the password")
    assert len(checked) == 2


async def test_the_fifth_failure_locks_the_account_and_the_right_password_does_not_help(
    browser: Browser, storage: Storage, handler: Staff, watch: Watch
) -> None:
    for _ in range(5):
        await browser.log_in("wang", "not the password")
    assert (await browser.log_in("wang", PASSWORD)).status == 401
    watch.later(seconds=59)
    assert (await browser.log_in("wang", PASSWORD)).status == 401
    watch.later(seconds=1)
    assert (await browser.log_in("wang", PASSWORD)).status == 303
    assert (await storage.staff.get(handler.id)).failed_logins == 0


async def test_whoever_guesses_from_outside_does_not_lock_out_the_person(
    browser: Browser, another: Browser, handler: Staff
) -> None:
    assert (await browser.log_in("wang", PASSWORD)).status == 303
    for _ in range(6):
        await another.log_in("wang", "not the password")
    assert (await another.log_in("wang", PASSWORD)).status == 401, "strangers are locked"
    for _ in range(3):
        await browser.submit("/logout", {})
        assert (await browser.log_in("wang", PASSWORD)).status == 303
    assert (await another.log_in("wang", PASSWORD)).status == 401, "and stay so"


async def test_a_known_browser_may_not_guess_for_ever(browser: Browser, handler: Staff) -> None:
    await browser.log_in("wang", PASSWORD)
    await browser.submit("/logout", {})
    for _ in range(KNOWN_TRIES):
        await browser.log_in("wang", "not the password")
    assert (await browser.log_in("wang", PASSWORD)).status == 401


async def test_a_cookie_of_one_account_is_none_of_another(
    browser: Browser, another: Browser, handler: Staff, storage: Storage
) -> None:
    await storage.staff.add(account("zhao", Role.HANDLER))
    await browser.log_in("zhao", PASSWORD)
    await browser.submit("/logout", {})
    for _ in range(5):
        await another.log_in("wang", "not the password")
    assert (await browser.log_in("wang", PASSWORD)).status == 401


def with_failures(count: int) -> Callable[[Staff], Staff]:
    return lambda staff: replace(staff, failed_logins=count, locked_until=None)


async def test_two_processes_count_the_same_failures(serve: Serve, storage: Storage, handler: Staff) -> None:
    two = [await serve(), await serve()]
    for turn in range(5):
        await two[turn % 2].log_in("wang", "not the password")
    assert (await storage.staff.get(handler.id)).failed_logins == 5
    for browser in two:
        assert (await browser.log_in("wang", PASSWORD)).status == 401


async def test_parallel_guesses_at_two_processes_do_not_outrun_the_counter(
    serve: Serve, storage: Storage, handler: Staff
) -> None:
    import asyncio

    two = [await serve(), await serve()]
    pages = [await browser.get("/login") for browser in two]
    forms = [{"login": "wang", "password": "not the password", "csrf": page.csrf()} for page in pages]
    await asyncio.gather(*(two[turn % 2].post("/login", forms[turn % 2]) for turn in range(16)))
    assert (await storage.staff.get(handler.id)).failed_logins == 5
    tried = [entry.action for entry in await storage.audit.list_entries()]
    assert (tried.count("login_failed"), tried.count("login_refused")) == (5, 11)


async def test_guesses_from_one_address_are_slowed_by_all_processes_together(
    serve: Serve, handler: Staff
) -> None:
    two = [await serve(), await serve()]
    for number in range(30):
        await two[number % 2].log_in(f"nobody{number}", "not the password")
    assert [(await browser.log_in("wang", PASSWORD)).status for browser in two] == [429, 429]


async def test_a_right_password_takes_back_only_its_own_attempt(
    browser: Browser, storage: Storage, handler: Staff
) -> None:
    await storage.staff.change(handler.id, lambda staff: replace(staff, totp_secret="JBSWY3DPEHPK3PXP"))
    for _ in range(4):
        await browser.log_in("wang", "not the password")
    assert (await browser.log_in("wang", PASSWORD)).status == 303
    left = await storage.staff.get(handler.id)
    assert (left.failed_logins, left.locked_until) == (4, None)


async def test_each_further_failure_doubles_the_lock_up_to_an_hour(
    browser: Browser, storage: Storage, handler: Staff, watch: Watch
) -> None:
    lengths = []
    for failures in range(4, 14):
        await storage.staff.change(handler.id, with_failures(failures))
        await browser.log_in("wang", "not the password")
        locked = await storage.staff.get(handler.id)
        assert locked.locked_until is not None
        lengths.append((locked.locked_until - watch.now) // timedelta(minutes=1))
    assert lengths == [1, 2, 4, 8, 16, 32, 60, 60, 60, 60]


async def test_guesses_at_many_accounts_from_one_address_are_slowed(
    browser: Browser, handler: Staff, watch: Watch
) -> None:
    for number in range(30):
        await browser.log_in(f"nobody{number}", "not the password")
    refused = await browser.log_in("wang", PASSWORD)
    assert refused.status == 429
    assert TOO_MANY in refused.text
    watch.later(minutes=15)
    assert (await browser.log_in("wang", PASSWORD)).status == 303


async def test_parallel_guesses_do_not_outrun_the_counter(
    browser: Browser, storage: Storage, handler: Staff
) -> None:
    import asyncio

    page = await browser.get("/login")
    form = {"login": "wang", "password": "not the password", "csrf": page.csrf()}
    await asyncio.gather(*(browser.post("/login", form) for _ in range(8)))
    stored = await storage.staff.get(handler.id)
    assert stored.failed_logins == 5
    assert stored.locked_until is not None


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "/%0d%0aSet-Cookie:x=y\r\nSet-Cookie: x=y",
        "javascript:alert(1)",
        "/\t/evil.example",
        "desk",
    ],
)
async def test_the_login_never_sends_on_to_another_site(
    browser: Browser, handler: Staff, target: str
) -> None:
    page = await browser.get("/login")
    form = {"login": "wang", "password": PASSWORD, "csrf": page.csrf(), "next": target}
    done = await browser.post("/login", form)
    assert (done.status, done.location) == (303, "/desk")


async def test_logins_failures_and_logouts_are_in_the_audit_without_what_was_typed(
    browser: Browser, storage: Storage, handler: Staff
) -> None:
    await browser.log_in("wang", "a password typed wrongly")
    await browser.log_in("a password typed as a name", "x")
    await browser.log_in("wang", PASSWORD)
    await browser.submit("/account", {}, to="/logout")
    entries = await storage.audit.list_entries()
    told = sorted((entry.action, entry.actor) for entry in entries)
    assert told == [
        ("login", "id-wang"),
        ("login_failed", "id-wang"),
        ("login_refused", "unknown"),
        ("logout", "id-wang"),
    ]
    assert "typed" not in str(entries)
    assert await storage.audit.verify() is None


async def test_a_first_password_must_be_changed_before_anything_else(
    browser: Browser, storage: Storage
) -> None:
    await storage.staff.add(account("new", must_change_password=True))
    await browser.log_in("new", PASSWORD)
    sent = await browser.get("/only/handler")
    assert (sent.status, sent.location) == (303, "/account/password")
    fresh = "海内存知己 天涯若比邻 7"
    done = await browser.submit("/account/password", {"current": PASSWORD, "new": fresh, "again": fresh})
    assert done.status == 303
    assert (await browser.get("/only/handler")).status == 200
    assert not (await storage.staff.get("id-new")).must_change_password


@pytest.mark.parametrize(
    ("current", "new", "again", "told"),
    [
        ("wrong", "海内存知己 天涯若比邻 7", "海内存知己 天涯若比邻 7", "现在的密码不正确"),
        (PASSWORD, "short", "short", "密码至少 12 个字符"),
        (PASSWORD, PASSWORD, PASSWORD, "不能与现在的密码相同"),
        (PASSWORD, "海内存知己 天涯若比邻 7", "海内存知己 天涯若比邻 8", "两次输入的新密码不一样"),
        (PASSWORD, "wang wang wang wang", "wang wang wang wang", "不能包含登录名或姓名"),
    ],
)
async def test_a_bad_change_of_password_is_refused_with_the_reason(
    browser: Browser, storage: Storage, handler: Staff, current: str, new: str, again: str, told: str
) -> None:
    await browser.log_in("wang", PASSWORD)
    answer = await browser.submit("/account/password", {"current": current, "new": new, "again": again})
    assert answer.status == 422
    assert told in answer.text
    assert (await storage.staff.get(handler.id)).password_hash == handler.password_hash


async def test_changing_the_password_ends_the_other_sessions(
    browser: Browser, another: Browser, handler: Staff
) -> None:
    await browser.log_in("wang", PASSWORD)
    await another.log_in("wang", PASSWORD)
    fresh = "海内存知己 天涯若比邻 7"
    await browser.submit("/account/password", {"current": PASSWORD, "new": fresh, "again": fresh})
    assert (await browser.get("/only/handler")).status == 200
    assert (await another.get("/only/handler")).status == 303


async def test_a_weak_old_hash_is_renewed_at_login(browser: Browser, storage: Storage) -> None:
    from argon2 import PasswordHasher

    weak = PasswordHasher(time_cost=1, memory_cost=512, parallelism=1).hash(PASSWORD)
    await storage.staff.add(account("old", password_hash=weak))
    assert (await browser.log_in("old", PASSWORD)).status == 303
    assert "m=1024" in (await storage.staff.get("id-old")).password_hash


async def test_a_supervisor_must_enrol_a_second_factor_before_working(
    browser: Browser, storage: Storage
) -> None:
    await storage.staff.add(account("li", Role.SUPERVISOR))
    await browser.log_in("li", PASSWORD)
    sent = await browser.get("/only/supervisor")
    assert (sent.status, sent.location) == (303, "/account/totp")


async def test_a_deployment_may_let_supervisors_work_without_a_second_factor(
    serve: Serve, storage: Storage
) -> None:
    await storage.staff.add(account("li", Role.SUPERVISOR))
    browser = await serve(public_url=None)
    done = await browser.log_in("li", PASSWORD)
    assert done.location == "/board"
    assert (await browser.get("/only/supervisor")).status == 200
