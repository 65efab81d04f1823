"""Accounts on pages: found, made and changed. A password is shown once, on the answer that made it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated
from urllib.parse import urlencode

from aiohttp import web
from pydantic import Field, StringConstraints

from cases.errors import InvalidInput, NotAllowed, NotFound
from cases.moves.forms import ask
from cases.people import Role
from cases.ports.accounts import LoginTaken, Staff
from cases.records import Record
from cases.words import ROLE_NAMES
from handlers.administration.keys import ACCOUNTS
from handlers.administration.reasons import LOGIN_TAKEN, NO_SUCH_CHANGE, NOT_ONES_OWN
from handlers.web.access.policy import STAFF_ROLES, allow, staff_of
from handlers.web.forms.fields import FilledForm, fields_of, read_form
from handlers.web.forms.posted import MARKED
from handlers.web.keys import SERVICES, STAFF
from handlers.web.pages.flash import flash
from handlers.web.pages.templates import render
from handlers.web.signing_in.passwords import PASSWORDS, new_password

ROLES = {role.value: name for role, name in ROLE_NAMES.items() if role in STAFF_ROLES}
A_PAGE = 40
LEFT = "left"
"""Stands among the roles to choose from for accounts that were closed."""


class NewAccount(Record):
    login: Annotated[
        str,
        StringConstraints(strip_whitespace=True, min_length=2, max_length=40, pattern=r"^[A-Za-z0-9._-]+$"),
    ] = Field(
        json_schema_extra={"label": "登录名", "widget": "text", "help": "字母、数字和 . _ -，例如姓名的拼音"}
    )
    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=40)] = Field(
        json_schema_extra={"label": "姓名", "widget": "text"}
    )
    department: str = Field(json_schema_extra={"label": "单位", "widget": "department"})
    roles: Annotated[frozenset[Role], Field(min_length=1)] = ask("岗位", "checklist", choices=ROLES)


@allow(Role.ADMIN)
async def list_accounts(request: web.Request) -> web.StreamResponse:
    """People by name, login or department, by what they do, and those who left."""
    words, role = request.query.get("q", "").strip()[:40], request.query.get("role", "")
    page = request.query.get("page", "1")
    at = int(page) if page.isdecimal() and 0 < len(page) < 5 else 1
    books = request.app[SERVICES].rules.jurisdictions
    titles = {d.id: d.title for d in books.departments()}
    found = [
        (person, titles.get(person.department, person.department))
        for person in await request.app[STAFF].list_staff()
        if words in f"{person.login} {person.name} {titles.get(person.department, person.department)}"
        and (not role or role in person.roles or (role == LEFT and not person.active))
    ]
    pages = max(1, -(-len(found) // A_PAGE))
    at = min(max(at, 1), pages)
    asked = {name: value for name, value in (("q", words), ("role", role)) if value}
    context = {
        "found": found[(at - 1) * A_PAGE : at * A_PAGE],
        "words": words,
        "role": role,
        "roles": ROLES | {LEFT: "已停用"},
        "summary": f"共{len(found)}个账号，第{at}页，共{pages}页",
        "previous": _page_of(asked, at - 1) if at > 1 else "",
        "next": _page_of(asked, at + 1) if at < pages else "",
    }
    return render("administration/accounts.html", request, context)


def _page_of(asked: dict[str, str], page: int) -> str:
    return "/admin/accounts?" + urlencode({**asked, "page": page})


@allow(Role.ADMIN)
async def show_new(request: web.Request) -> web.StreamResponse:
    asked = {"department": request.query.get("department", "")}
    fields = fields_of(NewAccount, values=asked, options=_options(request))
    return _form(request, FilledForm(None, fields, {}, {}))


@allow(Role.ADMIN)
async def add_account(request: web.Request) -> web.StreamResponse:
    read = read_form(NewAccount, await request.post(), options=_options(request))
    if read.model is None:
        return _form(request, read, MARKED)
    given, password = read.model, new_password()
    try:
        account = await request.app[ACCOUNTS].add(
            staff_of(request).id,
            login=given.login,
            name=given.name,
            department=request.app[SERVICES].rules.jurisdictions.department(given.department).id,
            roles=given.roles,
            password_hash=await request.app[PASSWORDS].hash(password),
        )
    except LoginTaken:
        return _form(request, read, LOGIN_TAKEN.sentence.format(login=given.login))
    except NotFound as unknown:
        return _form(request, read, str(unknown))
    return await show(request, account, password=password)


@allow(Role.ADMIN)
async def show_account(request: web.Request) -> web.StreamResponse:
    return await show(request, await _account(request))


@allow(Role.ADMIN)
async def change_account(request: web.Request) -> web.StreamResponse:
    """roles, password, code, close or open. Raises NotAllowed for one's own roles and for closing oneself."""
    account, posted, by = await _account(request), await request.post(), staff_of(request).id
    accounts, change = request.app[ACCOUNTS], request.match_info["change"]
    if account.id == by and change in {"roles", "close"}:
        raise NotAllowed(NOT_ONES_OWN)
    match change:
        case "roles":
            roles = frozenset(Role(r) for r in posted.getall("roles", []) if r in ROLES)
            if not roles:
                raise InvalidInput(NO_SUCH_CHANGE)
            await accounts.set_roles(by, account, roles)
        case "password":
            password = new_password()
            await accounts.reset_password(by, account, await request.app[PASSWORDS].hash(password))
            return await show(request, await _account(request), password=password)
        case "code":
            await accounts.forget_code(by, account)
        case "close" | "open":
            await accounts.set_active(by, account, change == "open")
        case _:
            raise NotFound(NO_SUCH_CHANGE)
    flash(request, "已更改。", "success")
    raise web.HTTPSeeOther(f"/admin/accounts/{account.id}")


async def show(request: web.Request, account: Staff, *, password: str = "") -> web.Response:
    """One account; a new `password` only on the answer to the post that made it."""
    found = request.app[SERVICES].rules.jurisdictions.find_by_id(account.department)
    context = {
        "account": account,
        "home": found.title if found else account.department,
        "roles": ROLES,
        "password": password,
        "tokens": [
            one for one in await request.app[ACCOUNTS].tokens.list_tokens() if one.staff == account.id
        ],
        "own": account.id == staff_of(request).id,
    }
    return render("administration/account.html", request, context)


async def _account(request: web.Request) -> Staff:
    """Raises NotFound."""
    return await request.app[STAFF].get(request.match_info["id"])


def _options(request: web.Request) -> dict[str, dict[str, str]]:
    books = request.app[SERVICES].rules.jurisdictions
    return {"department": books.labels(books.departments())}


def _form(request: web.Request, read: FilledForm[NewAccount], error: str = "") -> web.Response:
    context = {"fields": read.fields, "error": error}
    return render("administration/new_account.html", request, context, status=422 if error else 200)


def logins(people: Sequence[Staff]) -> dict[str, str]:
    """Whose something is, by id, for lists."""
    return {person.id: f"{person.name}（{person.login}）" for person in people}
