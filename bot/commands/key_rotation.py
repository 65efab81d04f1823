"""`python -m bot keys rotate`: everything under the first key of SECRET_KEY, so that the others can go."""

from __future__ import annotations

from typing import Any

import typer

from bot.commands.running import finish, note, opened, progress_bar, ready
from bot.settings import Settings
from bot.wiring import utc_now
from cases.ports.audit import AuditAction
from storage.upkeep.key_rotation import rotate

app = typer.Typer(help="密钥。Keys.", no_args_is_help=True)


@app.command("rotate")
def rotate_keys() -> None:
    """把全部密封内容改用第一把密钥。Seal everything anew with the first key of SECRET_KEY."""
    finish(_rotate_keys(ready()))


async def _rotate_keys(settings: Settings) -> None:
    async with opened(settings) as storage:
        with progress_bar() as bar:
            tasks: dict[str, Any] = {}
            async for step in rotate(storage.database, storage.keys, utc_now):
                if step.collection not in tasks:
                    tasks[step.collection] = bar.add_task(step.collection, total=step.total)
                bar.update(tasks[step.collection], completed=step.done, total=step.total)
        await note(storage, AuditAction.KEYS_ROTATED, storage.keys.primary_id)
        total = storage.keys.primary_id
    typer.echo(
        f"全部内容已改用密钥 {total}，其余密钥可以从设置中删除。"
        f" Everything is sealed with key {total}; the other keys can be removed from the settings."
    )
