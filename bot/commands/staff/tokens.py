"""`python -m bot staff …token…`: bearer tokens of departments' systems; each is printed only once."""

from __future__ import annotations

import secrets
from typing import Annotated

import typer

from bot.commands.running import COMMAND_LINE, accounts_of, finish, opened, ready
from bot.commands.staff.accounts import Login, find_account, split_words
from bot.faults import StartFault
from bot.settings import Settings
from bot.wiring import token_hash
from cases.service.staff.accounts import LONGEST_TOKEN, SHOWN
from handlers.web.access.scopes import READ, SCOPE_NAMES

app = typer.Typer()

SCOPES = frozenset(SCOPE_NAMES)


@app.command("token")
def make_token(
    login: Login,
    name: Annotated[str, typer.Argument(help="用途，例如本单位业务系统 what it is for")],
    scopes: Annotated[
        str, typer.Option("--scopes", help="comma-separated: " + ", ".join(sorted(SCOPES)))
    ] = READ,
    days: Annotated[
        int, typer.Option("--days", min=1, max=LONGEST_TOKEN, help="有效天数 days it is valid")
    ] = 365,
) -> None:
    """为本单位的系统签发接口令牌，只显示一次。Make a bearer token for /api/v1; it is shown once."""
    finish(_make_token(ready(), login, name, scopes, days))


async def _make_token(settings: Settings, login: str, name: str, scopes: str, days: int) -> None:
    granted = frozenset(split_words(scopes))
    if not granted or not granted <= SCOPES:
        raise StartFault(
            f"--scopes 只能是 {'、'.join(sorted(SCOPES))}。"
            f" --scopes names an unknown scope: use {', '.join(sorted(SCOPES))}."
        )
    secret = secrets.token_urlsafe(32)
    async with opened(settings) as storage:
        account = await find_account(storage, login)
        hashed = token_hash(storage.keys, secret)
        await accounts_of(storage).make_token(
            COMMAND_LINE, account, name=name, scopes=granted, days=days, hash=hashed
        )
    typer.echo(f"令牌 {secret}")
    typer.echo(
        f"属于 {login}，权限 {'、'.join(sorted(granted))}，{days} 天内有效。只显示这一次。 Shown only now."
    )


@app.command("tokens")
def list_tokens() -> None:
    """列出接口令牌，不显示令牌本身。List the tokens, never the secrets."""
    finish(_list_tokens(ready()))


async def _list_tokens(settings: Settings) -> None:
    async with opened(settings) as storage:
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
    async with opened(settings) as storage:
        tokens = [t for t in await storage.tokens.list_tokens() if len(mark) >= 6 and t.hash.startswith(mark)]
        if len(tokens) != 1:
            raise StartFault(
                f"没有编号为 {mark} 的唯一令牌，请用 staff tokens 查看。"
                f" No single token is {mark}; `staff tokens` lists them."
            )
        await accounts_of(storage).revoke_token(COMMAND_LINE, tokens[0])
    typer.echo(f"令牌 {mark} 已吊销。 The token is revoked.")
