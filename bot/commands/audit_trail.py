"""`python -m bot audit …`: is the trail, are the histories as they were written? And its anchors."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.commands.running import NOT_AS_LEFT, finish, note, opened_core, progress_bar, ready
from bot.faults import StartFault
from bot.settings import Settings
from bot.wiring import Core, build_log_keeper, utc_now
from cases.instants import local_date
from cases.moves.history import find_break
from cases.ports.audit import AuditAction
from cases.ports.cases import EVERY_CASE, CaseFilter
from cases.service.public.log import find_fault
from cases.service.public.proofs import BadProof
from storage.audit.anchor_files import ANCHORS, publish_anchor, read_anchor
from storage.audit.public_log import read_lines
from storage.opening import Storage

app = typer.Typer(help="审计链。The audit trail.", no_args_is_help=True)


@app.command("verify")
def verify_audit(
    anchors: Annotated[
        list[Path] | None,
        typer.Option("--anchor", help="已公布的锚点文件，可多次给出 published anchor files"),
    ] = None,
    log: Annotated[
        Path | None,
        typer.Option("--log", help="已公布的公开日志文件夹 a folder of published log lines"),
    ] = None,
) -> None:
    """核对审计链和每个件的办理历史。Check the audit trail and the history of every case."""
    finish(_verify_audit(ready(), anchors or [], log))


async def _verify_audit(settings: Settings, anchors: list[Path], log: Path | None) -> None:
    async with opened_core(settings) as core:
        faults = [fault for fault in [await core.storage.audit.verify()] if fault]
        faults += [fault for path in anchors if (fault := await _check_anchor(core, path))]
        faults += await _check_log(core, log) if log is not None else []
        checked, broken = await _check_histories(core.storage)
        faults += broken
        await note(core.storage, AuditAction.AUDIT_VERIFIED, "audit", cases=checked, faults=len(faults))
    for fault in faults:
        typer.echo(fault, err=True)
    if faults:
        typer.echo(
            f"发现 {len(faults)} 处与写入时不一致。 {len(faults)} things are not as they were written."
        )
        raise typer.Exit(NOT_AS_LEFT)
    typer.echo(f"审计链完整；{checked} 个件的历史完整。 The trail and {checked} histories are whole.")


async def _check_anchor(core: Core, path: Path) -> str | None:
    try:
        anchor = read_anchor(path, core.signer.public_key)
    except (OSError, BadProof) as error:
        return f"{path}: {error}"
    if await core.storage.audit.hash_at(anchor.seq) != anchor.hash:
        return f"audit entry {anchor.seq} does not match {path}"
    return None


async def _check_log(core: Core, folder: Path) -> list[str]:
    """The published lines among themselves, and against what is kept here."""
    try:
        published = read_lines(folder)
    except (OSError, ValueError) as error:
        return [f"{folder}: {error}"]
    kept = {line["content"]["day"]: line for line in await core.public_log.list_lines()}
    faults = [f"{folder}: no line of a public log"] if not published else []
    faults += [f"{folder}: {fault}" for fault in [find_fault(published, core.signer.public_key)] if fault]
    for line in published:
        content = line["content"]
        if kept.get(content["day"]) != line:
            faults.append(f"{content['day']}: the log that is kept here says something else")
        elif content["audit"]["seq"] and (
            await core.storage.audit.hash_at(content["audit"]["seq"]) != content["audit"]["hash"]
        ):
            faults.append(f"audit entry {content['audit']['seq']} does not match the log of {content['day']}")
    return faults


async def _check_histories(storage: Storage) -> tuple[int, list[str]]:
    checked, broken = 0, []
    with progress_bar() as bar:
        task = bar.add_task("cases", total=None)
        for quarantined in (False, True):
            where = CaseFilter(quarantined=quarantined)
            async for case in storage.cases.iterate(EVERY_CASE, where):
                place = find_break(case.history)
                if place is not None:
                    broken.append(f"{case.number}: history entry {place} was changed after it was written")
                checked += 1
                bar.update(task, completed=checked)
    return checked, broken


@app.command("anchor")
def anchor_audit() -> None:
    """今天的锚点：签名的小文件，可以公布。The anchor of today: a small signed file to publish."""
    finish(_anchor_audit(ready()))


async def _anchor_audit(settings: Settings) -> None:
    async with opened_core(settings) as core:
        day = local_date(utc_now())
        made = await publish_anchor(core.storage.audit, core.signer, day, settings.data_dir / ANCHORS)
        line = await build_log_keeper(core, settings.data_dir).close_before(day)
        if made is not None:
            await note(core.storage, AuditAction.AUDIT_ANCHORED, made[0].day)
    if made is None:
        raise StartFault("还没有审计记录。 There is no audit entry yet.")
    anchor, path = made
    typer.echo(f"{anchor.day}：截至第 {anchor.seq} 条，{anchor.hash}\n{path}")
    if line is not None:
        typer.echo(str(line))
