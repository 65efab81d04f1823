"""The administrator's pages: what the command line does, with the same trail, and nothing of any case."""

from __future__ import annotations

import re

from cases.people import Role
from cases.ports.audit import AuditAction
from handlers.web.signing_in.passwords import Passwords
from storage.database.connection import Database
from tests.town.live.town import Town
from tests.town.places import FINANCE


async def actions(town: Town) -> list[str]:
    return [row["action"] for row in await town.storage.database["audit"].find_all({}, order=[("_id", 1)])]


async def test_an_account_is_made_changed_and_closed_and_each_is_on_the_trail(town: Town) -> None:
    admin = await town.person("管理员", Role.ADMIN, totp_secret="JBSWY3DPEHPK3PXP")
    who = await town.sign_in(admin)
    at = "/admin/accounts"
    wrong = await town.post(at, admin, who, login="空 格", name="周新人", department=FINANCE, roles="handler")
    assert wrong.status == 422
    made = await town.post(
        at, admin, who, login="zhouxin", name="周新人", department=FINANCE, roles="handler"
    )
    said = await made.text()
    password = re.search(r'class="mono">([^<]+)</strong>', said)
    assert password is not None
    new = await town.storage.staff.find_by_login("zhouxin")
    assert new is not None
    assert new.must_change_password
    assert await Passwords().verify(new.password_hash, password.group(1))
    taken = await town.post(at, admin, who, login="ZhouXin", name="另一人", department=FINANCE, roles="head")
    assert taken.status == 422
    assert "已被使用" in await taken.text()
    assert "周新人" in await town.page(f"{at}?q=周新", who)
    theirs = await town.sign_in(new)

    async def change(what: str, **form: object) -> int:
        return int((await town.post(f"{at}/{new.id}/{what}", admin, who, **form)).status)

    assert await change("roles", roles="supervisor") == 303
    assert (await town.storage.staff.get(new.id)).roles == {Role.SUPERVISOR}
    answer = await town.client.get("/desk", headers=theirs, allow_redirects=False)
    assert answer.headers["Location"].startswith("/login"), "whose roles changed signs in again"
    assert await change("password") == 200
    assert await change("code") == 303
    assert await change("close") == 303
    assert not (await town.storage.staff.get(new.id)).active
    assert await change("open") == 303
    assert await change("promote") == 404
    assert await change("roles") == 422
    assert (await town.post(f"{at}/{admin.id}/close", admin, who)).status == 403
    assert (await town.post(f"{at}/{admin.id}/roles", admin, who, roles="auditor")).status == 403
    assert await actions(town) == [
        AuditAction.STAFF_ADDED,
        AuditAction.STAFF_ROLES_CHANGED,
        AuditAction.STAFF_PASSWORD_RESET,
        AuditAction.STAFF_TOTP_RESET,
        AuditAction.STAFF_DISABLED,
        AuditAction.STAFF_ENABLED,
    ]


async def test_a_token_opens_what_it_was_made_for_until_it_is_revoked(town: Town) -> None:
    admin, li = (
        await town.person("管理员", Role.ADMIN, totp_secret="JBSWY3DPEHPK3PXP"),
        await town.person("李承办"),
    )
    who = await town.sign_in(admin)
    lacking = await town.post("/admin/tokens", admin, who, login=li.login, name="系统", days="30")
    assert lacking.status == 422
    made = await town.post(
        "/admin/tokens", admin, who, login=li.login, name="本单位系统", scopes="cases:read", days="30"
    )
    secret = re.search(r'class="mono">([^<]+)</strong>', await made.text())
    assert secret is not None
    bearer = {"Authorization": f"Bearer {secret.group(1)}"}
    assert (await town.client.get("/api/v1/cases", headers=bearer)).status == 200
    page = await town.page("/admin/tokens", who)
    assert "本单位系统" in page
    assert secret.group(1) not in page
    mark = re.search(r'name="mark" value="([^"]+)"', page)
    assert mark is not None
    assert (await town.post("/admin/tokens/revoke", admin, who, mark=mark.group(1))).status == 303
    assert (await town.client.get("/api/v1/cases", headers=bearer)).status == 401
    assert (await town.post("/admin/tokens/revoke", admin, who, mark=mark.group(1))).status == 404
    assert (await town.post("/admin/tokens/revoke", admin, who, mark="")).status == 422


async def test_the_overview_names_what_needs_a_hand(town: Town, database: Database) -> None:
    admin = await town.person("管理员", Role.ADMIN, totp_secret="JBSWY3DPEHPK3PXP")
    who = await town.sign_in(admin)
    before = await town.page("/admin", who)
    assert "<span>青海省财政厅</span>" in before
    assert "没有搁置的消息" in before
    await town.person("李承办")
    aside = {"_id": "c:inbox:1", "conversation": "c", "box": "inbox", "payload": b"x", "at": town.now}
    await database["set_aside"].insert({**aside, "reason": "ValueError after 5 tries"})
    after = await town.page("/admin", who)
    assert "<span>青海省财政厅</span>" not in after
    assert "ValueError after 5 tries" in after
    assert "收到的消息" in after
    assert "2026年" in after
    assert 'value="630000:省财政厅" selected' in await town.page(
        "/admin/accounts/new?department=630000%3A省财政厅", who
    )


async def test_many_accounts_are_turned_over_page_by_page_and_found_by_what_they_do(town: Town) -> None:
    admin = await town.person("何管理", Role.ADMIN, totp_secret="JBSWY3DPEHPK3PXP")
    who = await town.sign_in(admin)
    for n in range(45):
        await town.person(f"承办{n:02}", Role.HANDLER)
    await town.person("离职者", Role.HEAD, active=False)
    first = await town.page("/admin/accounts", who)
    assert "共47个账号，第1页，共2页" in first
    assert 'rel="next" href="/admin/accounts?page=2"' in first
    last = await town.page("/admin/accounts?page=99", who)
    assert "第2页，共2页" in last
    names = re.findall(r"承办\d\d", first + last)
    assert len(set(names)) == 45
    left = await town.page("/admin/accounts?role=left", who)
    assert "离职者" in left
    assert "共1个账号" in left
    assert "共1个账号" in await town.page("/admin/accounts?role=admin&page=x", who)
    assert "没有找到" in await town.page("/admin/accounts?role=admin&q=承办", who)
