"""`python -m bot retention run`: lets go at once of what has been kept long enough."""

from __future__ import annotations

from dataclasses import asdict

import typer

from bot.commands.running import finish, note, opened_core, ready
from bot.settings import Settings
from bot.wiring import build_retention, utc_now
from cases.ports.audit import AuditAction

app = typer.Typer(help="保存期限。Retention.", no_args_is_help=True)


@app.command("run")
def run_retention() -> None:
    """立即清除到期的内容；平时由后台每小时进行。Let go now of what has been kept long enough."""
    finish(_run_retention(ready()))


async def _run_retention(settings: Settings) -> None:
    async with opened_core(settings) as core:
        done = await build_retention(core, utc_now).run()
        await note(core.storage, AuditAction.RETENTION_RUN, "retention", **asdict(done))
    typer.echo(
        f"已匿名化 {done.cases} 件，删除草稿 {done.drafts} 份、会话 {done.chats} 个、文件 {done.files} 个。"
        " Retention is up to date."
    )
