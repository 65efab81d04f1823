"""`python -m bot vault …`: who filed is locked so that database and key file together do not open it.

Codes are printed once and kept by people. What is typed here is asked for without showing it.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated

import typer

from bot.commands.running import finish, note, opened, ready
from bot.faults import StartFault
from bot.settings import Settings
from cases.ports.audit import AuditAction
from storage.opening import Storage
from storage.sealed.vault import AlreadyThere, Vault, WrongCode, find_vault, put_vault

app = typer.Typer(help="投诉人保密柜。The vault of who filed.", no_args_is_help=True)
Officer = Annotated[str, typer.Argument(help="登录名。Login of a member of staff.")]
Code = Annotated[
    str,
    typer.Option(
        prompt="开柜口令，或两个恢复口令 Opening code, or two recovery codes",
        hide_input=True,
        help="不写在命令行里，运行时再输入。Better typed when asked for.",
    ),
]


@app.command("make")
def make_vault() -> None:
    """设立保密柜，锁上已有的投诉人信息。Make the vault; lock what is there already."""
    finish(_make(ready()))


@app.command("admit")
def admit_officer(login: Officer, code: Code) -> None:
    """给一名批准人发开柜口令。Give an officer a code of their own."""
    finish(_admit(ready(), login, code))


@app.command("dismiss")
def dismiss_officer(login: Officer) -> None:
    """收回一名批准人的开柜口令。Take an officer's code away."""
    finish(_dismiss(ready(), login))


async def _make(settings: Settings) -> None:
    vault, codes = Vault.make()
    async with opened(settings) as storage:
        try:
            await put_vault(storage.database, storage.keys, vault, None)
        except AlreadyThere:
            raise StartFault("保密柜已经有了。There is a vault already.") from None
        locked = await storage.reporters.lock_all()
        await note(storage, AuditAction.VAULT_MADE, "", locked=locked)
    typer.echo("三个恢复口令只显示这一次，请交三个人分别保管，任意两个可以开柜：")
    typer.echo("Three recovery codes, shown once, for three people; any two of them open the vault:")
    for place, code in enumerate(codes, start=1):
        typer.echo(f"  {place}  {code}")
    typer.echo(f"已锁上 {locked} 份。{locked} records locked.")


async def _admit(settings: Settings, login: str, code: str) -> None:
    async with _vault_of(settings) as (storage, vault):
        if await storage.staff.find_by_login(login) is None:
            raise StartFault(f"没有账号“{login}”。There is no account {login}.")
        try:
            more, given = vault.admit(login, code)
        except WrongCode:
            raise StartFault("口令不对。The code is not right.") from None
        await put_vault(storage.database, storage.keys, more, vault)
        await note(storage, AuditAction.VAULT_ADMITTED, login)
    typer.echo(f"{login} 的开柜口令，只显示这一次。The opening code of {login}, shown once:")
    typer.echo(f"  {given}")


async def _dismiss(settings: Settings, login: str) -> None:
    async with _vault_of(settings) as (storage, vault):
        if login not in vault.officers:
            raise StartFault(f"“{login}”没有开柜口令。{login} has no code.")
        await put_vault(storage.database, storage.keys, vault.dismiss(login), vault)
        await note(storage, AuditAction.VAULT_DISMISSED, login)
    typer.echo(f"已收回 {login} 的开柜口令。The code of {login} opens nothing any more.")


@asynccontextmanager
async def _vault_of(settings: Settings) -> AsyncIterator[tuple[Storage, Vault]]:
    async with opened(settings) as storage:
        vault = await find_vault(storage.database, storage.keys)
        if vault is None:
            raise StartFault("还没有保密柜：先运行 vault make。There is no vault yet: run vault make first.")
        yield storage, vault
