"""The command line: `python -m bot …`. Which commands there are; `running` is what they share."""

from __future__ import annotations

import typer

from bot import STARTED, VERSION
from bot.commands import (
    audit_trail,
    backups,
    exchange,
    key_rotation,
    lexicon,
    packs,
    proofs,
    retention,
    rollups,
    vault,
)
from bot.commands.running import complain, finish, opened_core, ready
from bot.commands.serving import serve, warn_of_empty
from bot.commands.staff import accounts, changes, tokens
from bot.faults import SettingsFault
from bot.settings import Settings

app = typer.Typer(
    help="守信 Shouxin：政务失信投诉的受理、流转与督办。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
accounts.app.add_typer(changes.app)
accounts.app.add_typer(tokens.app)
for commands, name in (
    (accounts.app, "staff"),
    (lexicon.app, "lexicon"),
    (packs.app, "packs"),
    (audit_trail.app, "audit"),
    (key_rotation.app, "keys"),
    (exchange.app, "exchange"),
    (retention.app, "retention"),
    (rollups.app, "rollups"),
    (vault.app, "vault"),
):
    app.add_typer(commands, name=name)
DEMO_DATABASE = "shouxin_demo"


@app.command()
def run() -> None:
    """启动全部：数据库、网页、对话。Start everything: database, pages, chat."""
    finish(serve(ready(), STARTED))


@app.command()
def demo() -> None:
    """用 500 件虚构投诉启动，供试看。Start with 500 invented cases to look at."""
    from bot.demo.filling import fill

    settings = ready().model_copy(update={"mongodb_database": DEMO_DATABASE, "bot_token": None})
    finish(serve(settings, STARTED, prepare=fill))


@app.command("check-settings")
def check_settings() -> None:
    """检查设置是否正确。Say whether the settings are right."""
    from bot.surroundings.key_file import load_keys
    from bot.wiring import load_rules

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
    if not settings.embedded:
        finish(_name_empty_departments(settings))


async def _name_empty_departments(settings: Settings) -> None:
    """Where a database is running anyway, it knows which leads have nobody."""
    async with opened_core(settings) as core:
        warn_of_empty(await core.services.staffing.empty_departments())


@app.command("version")
def show_version() -> None:
    """版本号。The version."""
    typer.echo(VERSION)


app.command("backup")(backups.make_backup)
app.command("restore")(backups.restore_backup)
app.command("verify")(proofs.verify_proof)
