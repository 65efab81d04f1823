"""`python -m bot staff …`: what happens to an account after it was made.

Every change ends up in the audit trail; whatever is taken away is gone at once, in running processes too.
Passwords are printed once and never taken from the command line, where they would stay in its history.
"""

from __future__ import annotations

from typing import Annotated

import typer

from bot.commands.running import COMMAND_LINE, accounts_of, finish, opened, ready
from bot.commands.staff.accounts import Login, find_account, read_roles, role_words
from bot.settings import Settings
from handlers.web.access.policy import STAFF_ROLES
from handlers.web.signing_in.passwords import Passwords, new_password

app = typer.Typer()


@app.command("reset-password")
def reset_password(login: Login) -> None:
    """重设密码，只显示一次。Make a new password; it is shown once."""
    finish(_reset_password(ready(), login))


async def _reset_password(settings: Settings, login: str) -> None:
    password = new_password()
    hashed = Passwords().hash_now(password)
    async with opened(settings) as storage:
        account = await find_account(storage, login)
        await accounts_of(storage).reset_password(COMMAND_LINE, account, hashed)
    typer.echo(f"{login} 的新密码：{password} 。只显示这一次，登录后须修改。 Shown only now.")


@app.command("reset-totp")
def reset_totp(login: Login) -> None:
    """取消动态口令，下次登录重新绑定。Forget the one-time code; it is set up anew at the next login."""
    finish(_reset_totp(ready(), login))


async def _reset_totp(settings: Settings, login: str) -> None:
    async with opened(settings) as storage:
        account = await find_account(storage, login)
        await accounts_of(storage).forget_code(COMMAND_LINE, account)
    typer.echo(f"{login} 的动态口令已取消，下次登录时重新绑定。 The one-time code of {login} is forgotten.")


@app.command("roles")
def change_roles(
    login: Login,
    roles: Annotated[
        str, typer.Argument(help="用逗号分开 comma-separated: " + ", ".join(sorted(STAFF_ROLES)))
    ],
) -> None:
    """改变角色，该账号须重新登录。Give an account other roles; its logins end."""
    finish(_change_roles(ready(), login, roles))


async def _change_roles(settings: Settings, login: str, roles: str) -> None:
    granted = read_roles(roles)
    async with opened(settings) as storage:
        account = await find_account(storage, login)
        await accounts_of(storage).set_roles(COMMAND_LINE, account, granted)
    typer.echo(f"{login} 现在是{role_words(granted)}。 The roles of {login} were changed.")


@app.command("disable")
def disable(login: Login) -> None:
    """停用账号，立即退出登录，接口令牌同时失效。Close an account at once, with its logins and tokens."""
    finish(_set_active(ready(), login, active=False))


@app.command("enable")
def enable(login: Login) -> None:
    """恢复停用的账号。Open a closed account again."""
    finish(_set_active(ready(), login, active=True))


async def _set_active(settings: Settings, login: str, *, active: bool) -> None:
    async with opened(settings) as storage:
        account = await find_account(storage, login)
        await accounts_of(storage).set_active(COMMAND_LINE, account, active)
    said = "已恢复。 The account is open again." if active else "已停用。 The account is closed."
    typer.echo(f"{login} {said}")
