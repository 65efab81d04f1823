"""`python -m bot staff …`: what happens to an account after it was made, and tokens of departments' systems.

Every change ends up in the audit trail; whatever is taken away is gone at once, in running processes too.
Secrets are printed once and never taken from the command line, where they would stay in the shell's history.
"""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import timedelta
from typing import Annotated

import typer

from bot.commands.noting import note
from bot.commands.running import finish, ready
from bot.commands.staff import named, read_roles, words_of
from bot.settings import Settings
from bot.wiring.app import utc_now
from bot.wiring.database import StartFault, open_database
from bot.wiring.first_login import new_password
from bot.wiring.secret_hashes import token_hash
from cases.ports.accounts import ApiToken, Staff
from handlers.department.api.scopes import READ
from handlers.department.api.scopes import SCOPES as OF_THE_DESK
from handlers.supervisor.exports.statistics_api import SCOPE as STATISTICS
from handlers.web.access.policy import STAFF_ROLES
from handlers.web.signing_in.passwords import Passwords
from handlers.web.signing_in.throttle import after_success
from storage.opening import Storage

app = typer.Typer()
"""Commands of `staff`, added to it by `cli`."""

SCOPES = frozenset({*OF_THE_DESK, STATISTICS})
SHOWN = 12
"""Characters of a token's stored hash that name it."""

Login = Annotated[str, typer.Argument(help="登录名 login name")]


async def find_account(storage: Storage, login: str) -> Staff:
    """Raises StartFault."""
    staff = await storage.staff.find_by_login(login)
    if staff is None:
        raise StartFault(f"没有登录名 {login}。 There is no login {login}.")
    return staff


# -- accounts ---------------------------------------------------------------------------------------
@app.command("reset-password")
def reset_password(login: Login) -> None:
    """重设密码，只显示一次。Make a new password; it is shown once."""
    finish(_reset_password(ready(), login))


async def _reset_password(settings: Settings, login: str) -> None:
    password = new_password()
    hashed = Passwords().hash_now(password)
    async with open_database(settings, utc_now, join=True) as storage:
        account = await find_account(storage, login)
        await storage.staff.change(
            account.id,
            lambda staff: replace(after_success(staff), password_hash=hashed, must_change_password=True),
        )
        await storage.sessions.delete_all(account.id)
        await note(storage, "staff.password_reset", account.id)
    typer.echo(f"{login} 的新密码：{password} 。只显示这一次，登录后须修改。 Shown only now.")


@app.command("reset-totp")
def reset_totp(login: Login) -> None:
    """取消动态口令，下次登录重新绑定。Forget the one-time code; it is set up anew at the next login."""
    finish(_reset_totp(ready(), login))


async def _reset_totp(settings: Settings, login: str) -> None:
    async with open_database(settings, utc_now, join=True) as storage:
        account = await find_account(storage, login)
        await storage.staff.change(account.id, lambda staff: replace(staff, totp_secret=None))
        await storage.sessions.delete_all(account.id)
        await note(storage, "staff.totp_reset", account.id)
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
    async with open_database(settings, utc_now, join=True) as storage:
        account = await find_account(storage, login)
        await storage.staff.change(account.id, lambda staff: replace(staff, roles=granted))
        await storage.sessions.delete_all(account.id)
        before, after = sorted(account.roles), sorted(granted)
        await note(storage, "staff.roles_changed", account.id, before=before, after=after)
    typer.echo(f"{login} 现在是{named(granted)}。 The roles of {login} were changed.")


@app.command("disable")
def disable(login: Login) -> None:
    """停用账号，立即退出登录，接口令牌同时失效。Close an account at once, with its logins and tokens."""
    finish(_set_active(ready(), login, active=False))


@app.command("enable")
def enable(login: Login) -> None:
    """恢复停用的账号。Open a closed account again."""
    finish(_set_active(ready(), login, active=True))


async def _set_active(settings: Settings, login: str, *, active: bool) -> None:
    async with open_database(settings, utc_now, join=True) as storage:
        account = await find_account(storage, login)
        await storage.staff.change(account.id, lambda staff: replace(staff, active=active))
        if not active:
            await storage.sessions.delete_all(account.id)
        await note(storage, "staff.enabled" if active else "staff.disabled", account.id)
    said = "已恢复。 The account is open again." if active else "已停用。 The account is closed."
    typer.echo(f"{login} {said}")


# -- tokens -----------------------------------------------------------------------------------------
@app.command("token")
def make_token(
    login: Login,
    name: Annotated[str, typer.Argument(help="用途，例如本单位业务系统 what it is for")],
    scopes: Annotated[
        str, typer.Option("--scopes", help="comma-separated: " + ", ".join(sorted(SCOPES)))
    ] = READ,
    days: Annotated[int, typer.Option("--days", min=1, max=730, help="有效天数 days it is valid")] = 365,
) -> None:
    """为本单位的系统签发接口令牌，只显示一次。Make a bearer token for /api/v1; it is shown once."""
    finish(_make_token(ready(), login, name, scopes, days))


async def _make_token(settings: Settings, login: str, name: str, scopes: str, days: int) -> None:
    granted = frozenset(words_of(scopes))
    if not granted or not granted <= SCOPES:
        raise StartFault(
            f"--scopes 只能是 {'、'.join(sorted(SCOPES))}。"
            f" --scopes names an unknown scope: use {', '.join(sorted(SCOPES))}."
        )
    secret = secrets.token_urlsafe(32)
    async with open_database(settings, utc_now, join=True) as storage:
        account = await find_account(storage, login)
        token = ApiToken(
            hash=token_hash(storage.keys, secret),
            name=name,
            staff=account.id,
            scopes=granted,
            created_at=utc_now(),
            expires_at=utc_now() + timedelta(days=days),
        )
        await storage.tokens.put(token)
        given = {"token": token.hash[:SHOWN], "name": name, "scopes": sorted(granted), "days": days}
        await note(storage, "token.made", account.id, **given)
    typer.echo(f"令牌 {secret}")
    typer.echo(
        f"属于 {login}，权限 {'、'.join(sorted(granted))}，{days} 天内有效。只显示这一次。 Shown only now."
    )


@app.command("tokens")
def list_tokens() -> None:
    """列出接口令牌，不显示令牌本身。List the tokens, never the secrets."""
    finish(_list_tokens(ready()))


async def _list_tokens(settings: Settings) -> None:
    async with open_database(settings, utc_now, join=True) as storage:
        logins = {staff.id: staff.login for staff in await storage.staff.list_staff()}
        for token in await storage.tokens.list_tokens():
            ends = f"{token.expires_at:%Y-%m-%d}" if token.expires_at else "-"
            scopes = ",".join(sorted(token.scopes))
            owner = logins.get(token.staff, token.staff)
            typer.echo(f"{token.hash[:SHOWN]}  {owner:<20} {token.name}  {scopes}  {ends}")


@app.command("revoke-token")
def revoke_token(
    mark: Annotated[str, typer.Argument(help="staff tokens 显示的编号 as `staff tokens` shows it")],
) -> None:
    """吊销接口令牌，立即失效。Revoke a token at once."""
    finish(_revoke_token(ready(), mark))


async def _revoke_token(settings: Settings, mark: str) -> None:
    async with open_database(settings, utc_now, join=True) as storage:
        tokens = [t for t in await storage.tokens.list_tokens() if len(mark) >= 6 and t.hash.startswith(mark)]
        if len(tokens) != 1:
            raise StartFault(
                f"没有编号为 {mark} 的唯一令牌，请用 staff tokens 查看。"
                f" No single token is {mark}; `staff tokens` lists them."
            )
        await storage.tokens.delete(tokens[0].hash)
        await note(
            storage, "token.revoked", tokens[0].staff, token=tokens[0].hash[:SHOWN], name=tokens[0].name
        )
    typer.echo(f"令牌 {mark} 已吊销。 The token is revoked.")
