"""The command line: `python -m bot …`. Which commands there are; `running` is what they share."""

from __future__ import annotations

import typer

from bot import STARTED, VERSION
from bot.commands import accounts as account_commands
from bot.commands import lexicon as lexicon_commands
from bot.commands import rollups as rollup_commands
from bot.commands import staff as staff_commands
from bot.commands import upkeep as upkeep_commands
from bot.commands.running import complain, finish, ready
from bot.settings import SettingsFault
from bot.wiring.serve import serve

app = typer.Typer(
    help="守信 Shouxin：政务失信投诉的受理、流转与督办。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
staff_commands.app.add_typer(account_commands.app)
for commands, name in (
    (staff_commands.app, "staff"),
    (lexicon_commands.app, "lexicon"),
    (upkeep_commands.audit, "audit"),
    (upkeep_commands.keys, "keys"),
    (upkeep_commands.retention, "retention"),
    (rollup_commands.app, "rollups"),
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
    from bot.demo import fill

    settings = ready().model_copy(update={"mongodb_database": DEMO_DATABASE, "bot_token": None})
    finish(serve(settings, STARTED, prepare=fill))


@app.command("check-settings")
def check_settings() -> None:
    """检查设置是否正确。Say whether the settings are right."""
    from bot.surroundings.key_file import load_keys
    from bot.wiring.core import load_rules

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


app.command("backup")(upkeep_commands.make_backup)
app.command("restore")(upkeep_commands.restore_backup)
app.command("verify")(upkeep_commands.verify_proof)
