"""What every command begins and ends with: settings, database, audit trail, exit code.

Whoever may run commands holds the keys of the deployment, and the operating system knows them better than we
do: the actor in the trail is the command line itself, never a machine's account name.
Exit codes: 0 done, 1 it could not be done now, 2 the settings are missing or wrong, 3 it was looked at, and
something is not as it was left.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Coroutine, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import typer
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeRemainingColumn,
)

from bot.faults import SettingsFault, StartFault
from bot.logs import set_up_logs
from bot.settings import Settings, load_settings
from bot.wiring import Core, build_core, load_rules, open_database, utc_now
from cases.ports.audit import AuditAction, AuditEntry
from cases.service.staff.accounts import Accounts
from storage.opening import Storage

NOT_AS_LEFT = 3
COMMAND_LINE = "命令行"


def ready() -> Settings:
    """The settings, with logs set up; ends the process with code 2 when something is wrong."""
    try:
        settings = load_settings()
    except SettingsFault as fault:
        complain(fault)
        raise typer.Exit(2) from None
    set_up_logs(settings.log_level, settings.log_format)
    return settings


def complain(fault: Exception) -> None:
    for sentence in str(fault).splitlines():
        typer.echo(sentence, err=True)


def finish(work: Coroutine[Any, Any, None]) -> None:
    """Run to the end, and end the process with a sentence and a code when it cannot."""
    try:
        asyncio.run(work)
    except SettingsFault as fault:
        complain(fault)
        raise typer.Exit(2) from None
    except StartFault as fault:
        complain(fault)
        raise typer.Exit(1) from None


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Storage]:
    """The database, also beside a running process. Raises SettingsFault or StartFault."""
    async with open_database(settings, utc_now, join=True) as storage:
        yield storage


@asynccontextmanager
async def opened_core(settings: Settings) -> AsyncIterator[Core]:
    """The use cases over it."""
    async with opened(settings) as storage:
        yield await build_core(storage, load_rules(settings), utc_now)


async def note(storage: Storage, action: AuditAction, subject: str, **data: Any) -> None:
    """What was done, in the audit trail; durable when it returns."""
    await storage.audit.append(AuditEntry(utc_now(), COMMAND_LINE, action, subject, data))


def accounts_of(storage: Storage) -> Accounts:
    """Accounts and tokens over this database."""
    return Accounts(storage.staff, storage.sessions, storage.tokens, storage.audit, utc_now)


@contextmanager
def progress_bar() -> Iterator[Progress]:
    """On the error stream, so that what is printed can be piped."""
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, TimeRemainingColumn(), console=Console(stderr=True), transient=True) as bar:
        yield bar
