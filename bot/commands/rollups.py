"""`python -m bot rollups rebuild`: computes every figure of the board anew from the cases.

Never needed in ordinary life: figures follow every change by themselves. While a process runs, that one
computes them, because only one may write figures at a time, and this command watches.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

import typer

from bot.commands.running import finish, note, opened, progress_bar, ready
from bot.settings import Settings
from bot.wiring import utc_now
from bot.workers.board.rollups import rebuild
from cases.figures.statistics import Progress
from cases.ports.audit import AuditAction
from storage.coordination.leases import MongoLeaseStore
from storage.figures.rollups import Rollups

ASK_EVERY = 0.5
"""Seconds between two looks at what another process does."""

app = typer.Typer(help="看板数字。Figures of the board.", no_args_is_help=True)


@app.command("rebuild")
def rebuild_figures() -> None:
    """由全部件重新计算看板的数字。Compute all figures of the board anew."""
    finish(_rebuild(ready()))


async def _rebuild(settings: Settings) -> None:
    async with opened(settings) as storage:
        with _bar() as show:
            count = await _compute(Rollups(storage.database, storage.keys), storage.leases, show)
        await note(storage, AuditAction.ROLLUPS_REBUILT, "", cases=count)
    typer.echo(f"已由 {count:,} 个件重新计算。 Computed anew from {count:,} cases.")


async def _compute(figures: Rollups, leases: MongoLeaseStore, show: Progress) -> int:
    """Here, or in the running process if there is one: only who keeps the figures may write them."""
    count = await rebuild(figures, leases, utc_now, show)
    if count is not None:
        return count
    await figures.ask_for_rebuild()
    while not await figures.are_whole():
        show(*await figures.progress())
        await asyncio.sleep(ASK_EVERY)
        count = await rebuild(figures, leases, utc_now, show)
        if count is not None:
            return count
    return (await figures.progress())[0]


@contextmanager
def _bar() -> Iterator[Progress]:
    with progress_bar() as bar:
        task = bar.add_task("计算 computing", total=None)

        def show(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total)

        yield show
