"""What every command begins and ends with: settings and logs first, then a sentence and an exit code.

Exit codes: 0 done, 1 it could not be done now, 2 the settings are missing or wrong.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
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

from bot.logs import set_up_logs
from bot.settings import Settings, SettingsFault, load_settings
from bot.wiring.database import StartFault


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


@contextmanager
def progress_bar() -> Iterator[Progress]:
    """On the error stream, so that what is printed can be piped."""
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, TimeRemainingColumn(), console=Console(stderr=True), transient=True) as bar:
        yield bar
