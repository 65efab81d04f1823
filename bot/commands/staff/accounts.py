"""`python -m bot staff add|list|departments`: accounts are made and listed. Works beside a running process.

Passwords are made here and printed once; they are never taken from the command line, where they would
stay in the shell's history.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from bot.commands.running import COMMAND_LINE, accounts_of, finish, opened, ready
from bot.faults import StartFault
from bot.settings import Settings
from bot.wiring import load_rules
from cases.people import Role
from cases.ports.accounts import LoginTaken, Staff
from cases.rules.departments import Department
from cases.rules.jurisdictions import Jurisdictions
from cases.words import ROLE_NAMES
from handlers.web.access.policy import STAFF_ROLES
from handlers.web.signing_in.passwords import Passwords, new_password
from storage.opening import Storage

app = typer.Typer(help="工作人员账号。Accounts of staff.", no_args_is_help=True)

RIGHT_SCORE = 85.0
Login = Annotated[str, typer.Argument(help="登录名 login name")]


@app.command("add")
def add(
    login: Login,
    name: Annotated[str, typer.Argument(help="姓名 full name")],
    department: Annotated[str, typer.Argument(help="单位名称或编号 department, by name or id")],
    roles: Annotated[
        str, typer.Option("--roles", help="用逗号分开 comma-separated: " + ", ".join(sorted(STAFF_ROLES)))
    ] = "handler",
    deputy_for: Annotated[
        str, typer.Option("--deputy-for", help="可接管其件的同事登录名 logins whose cases may be taken over")
    ] = "",
) -> None:
    """新建账号，密码自动生成并只显示一次。Make an account; its password is shown once."""
    finish(_add(ready(), login, name, department, roles, deputy_for))


@app.command("list")
def list_accounts() -> None:
    """列出账号。List the accounts."""
    finish(_list(ready()))


@app.command("departments")
def list_departments(
    words: Annotated[str, typer.Argument(help="名称中的字 part of the name")] = "",
) -> None:
    """列出单位及编号。List the departments with their ids."""
    for department in load_rules(ready()).jurisdictions.departments():
        if words in department.name:
            typer.echo(f"{department.id:<28} {department.name}")


async def _add(
    settings: Settings, login: str, name: str, department: str, roles: str, deputy_for: str
) -> None:
    rules = load_rules(settings)
    owner = _find_department(rules.jurisdictions, department)
    granted = read_roles(roles)
    password = new_password()
    async with opened(settings) as storage:
        others = [await storage.staff.find_by_login(word) for word in split_words(deputy_for)]
        if None in others:
            raise StartFault(
                "--deputy-for 中有不存在的登录名。 --deputy-for names a login that does not exist."
            )
        try:
            await accounts_of(storage).add(
                COMMAND_LINE,
                login=login,
                name=name,
                department=owner.id,
                roles=granted,
                password_hash=Passwords().hash_now(password),
                deputy_for=frozenset(other.id for other in others if other is not None),
            )
        except LoginTaken:
            raise StartFault(f"登录名 {login} 已被使用。 The login {login} is taken.") from None
    typer.echo(f"已建立账号 {login}（{name}，{owner.name}，{role_words(granted)}）。")
    typer.echo(f"密码 {password} 只显示这一次，首次登录须修改。 The password is shown only now.")


async def _list(settings: Settings) -> None:
    jurisdictions = load_rules(settings).jurisdictions
    async with opened(settings) as storage:
        for staff in await storage.staff.list_staff():
            known = jurisdictions.find_by_id(staff.department)
            home = known.name if known else staff.department
            state = "" if staff.active else "  已停用"
            typer.echo(f"{staff.login:<20} {staff.name:<8} {home}  {role_words(staff.roles)}{state}")


def _find_department(jurisdictions: Jurisdictions, words: str) -> Department:
    named = jurisdictions.find_by_id(words)
    if named is not None:
        return named
    found = jurisdictions.find_department(words)
    if found is None or found[1] < RIGHT_SCORE:
        raise StartFault(
            f"没有唯一的单位“{words}”，请用 staff departments 查看编号。"
            " No single department has this name; staff departments lists the ids."
        )
    return found[0]


async def find_account(storage: Storage, login: str) -> Staff:
    """Raises StartFault."""
    staff = await storage.staff.find_by_login(login)
    if staff is None:
        raise StartFault(f"没有登录名 {login}。 There is no login {login}.")
    return staff


def read_roles(words: str) -> frozenset[Role]:
    try:
        roles = frozenset(Role(word) for word in split_words(words))
    except ValueError:
        roles = frozenset()
    if not roles or not roles <= STAFF_ROLES:
        raise StartFault(f"--roles 只能是 {'、'.join(sorted(STAFF_ROLES))}。 --roles names an unknown role.")
    return roles


def split_words(text: str) -> Sequence[str]:
    return [word.strip() for word in text.split(",") if word.strip()]


def role_words(roles: frozenset[Role]) -> str:
    return "、".join(ROLE_NAMES[role] for role in sorted(roles))
