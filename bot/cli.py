"""The command line: `python -m bot …`. Translates words into calls and errors into sentences and exit codes.

Exit codes: 0 done, 1 it could not be done now, 2 the settings are missing or wrong.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any

import typer

from bot import (
    STARTED,
    VERSION,
    account_commands,
    lexicon_commands,
    rollup_commands,
    staff_commands,
    upkeep_commands,
)
from bot.database import StartFault
from bot.logs import set_up_logs
from bot.serve import serve
from bot.settings import Settings, SettingsFault, load_settings

app = typer.Typer(
    help="守信 Shouxin：政务失信投诉的受理、流转与督办。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(staff_commands.app, name="staff")
app.add_typer(lexicon_commands.app, name="lexicon")
DEMO_DATABASE = "shouxin_demo"


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


@app.command()
def run() -> None:
    """启动全部：数据库、网页、对话。Start everything: database, pages, chat."""
    finish(serve(ready(), STARTED))


@app.command()
def demo() -> None:
    """用 500 件虚构投诉启动，供试看。Start with 500 invented cases to look at."""
    from bot.demo import fill

    settings = ready().model_copy(update={"mongodb_database": DEMO_DATABASE, "bot_token": None})
    finish(serve(settings, STARTED, prepare=fill))


@app.command("check-settings")
def check_settings() -> None:
    """检查设置是否正确。Say whether the settings are right."""
    from bot.core import load_rules
    from bot.keys_file import load_keys

    settings = ready()
    try:
        rules = load_rules(settings)
        if not settings.embedded:
            load_keys(settings)
    except SettingsFault as fault:
        complain(fault)
        raise typer.Exit(2) from None
    names = "、".join(jurisdiction.name for jurisdiction in rules.jurisdictions.all())
    typer.echo(f"设置正确。启用的辖区：{names}。")


@app.command("version")
def show_version() -> None:
    """版本号。The version."""
    typer.echo(VERSION)


staff_commands.connect(ready, finish)
account_commands.connect(staff_commands.app, ready, finish)
upkeep_commands.connect_commands(app, ready, finish)
lexicon_commands.connect(ready, finish)
rollup_commands.connect(app, ready, finish)
