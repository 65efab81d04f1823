"""`python -m bot exchange …`: letters between two levels as files, where no line lies between them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Annotated

import typer

from bot.commands.running import NOT_AS_LEFT, finish, note, opened_core, ready
from bot.faults import StartFault
from bot.settings import Settings
from bot.wiring import Core, build_exchange
from bot.workers.telling.exchange import NotTaken, Reporting, UpperLevel
from cases.errors import DomainError
from cases.integrity.breaches.exchange import Result
from cases.ports.audit import AuditAction
from cases.service.credit.exchange import Differences, Exchange
from cases.service.credit.signed_letters import ANSWER, COMPARED, unsigned_head

app = typer.Typer(help="失信记录逐级归集。Records to the level above.", no_args_is_help=True)
ToFile = Annotated[Path, typer.Argument(help="要写的文件 file to write")]


@asynccontextmanager
async def _opened(settings: Settings) -> AsyncIterator[tuple[Core, Exchange]]:
    """Ends with a sentence when something is refused."""
    async with opened_core(settings) as core:
        try:
            yield core, build_exchange(core, settings)
        except (DomainError, NotTaken, OSError, UnicodeDecodeError) as error:
            raise StartFault(f"没有办成：{error} It was not done.") from None


@app.command("export")
def export_batch(file: ToFile) -> None:
    """待报送的一批写成文件；没有回执的，再写一次同一批。Write the batch that waits."""
    finish(_export(ready(), file))


async def _export(settings: Settings, file: Path) -> None:
    async with _opened(settings) as (core, exchange):
        batch = await exchange.next_batch()
        if batch is None:
            typer.echo("没有待报送的记录。 Nothing waits to be reported.")
            return
        _write(file, batch)
        sequence = (await exchange.outgoing()).sequence
        await note(core.storage, AuditAction.EXCHANGE_EXPORTED, str(sequence))
        typer.echo(f"第{sequence}批，{batch.count(chr(10)) - 1}条：{file}")


@app.command("import")
def import_letter(
    file: Annotated[Path, typer.Argument(help="下级的文件，或者上级的回执 from below, or an answer")],
) -> None:
    """读入下级报送的文件并写出回执，或者读入上级的回执。Take a file from below, or an answer."""
    finish(_import(ready(), file))


async def _import(settings: Settings, file: Path) -> None:
    async with _opened(settings) as (core, exchange):
        text = _read(file)
        head = unsigned_head(text)
        found = Differences()
        if head.get("kind") == ANSWER:
            results = await exchange.take_answer(text)
            refused = [one for one in results if one.result is Result.REFUSED]
            typer.echo(f"上级已接收{len(results) - len(refused)}条，未接收{len(refused)}条。")
            for one in refused:
                typer.echo(f"  第{one.n}行：{one.said}")
        elif head.get("kind") == COMPARED:
            found = await exchange.compare(text)
        else:
            answer = file.with_name(f"{file.name}.answer")
            _write(answer, await exchange.receive(text))
            typer.echo(f"回执：{answer}")
        await note(core.storage, AuditAction.EXCHANGE_IMPORTED, str(head.get("kind"))[:20])
    if head.get("kind") == COMPARED:
        _tell(found)


@app.command("keys")
def show_key() -> None:
    """本单位的公钥，交给上级和下级登记。Our public key, to be registered above and below."""
    finish(_show_key(ready()))


async def _show_key(settings: Settings) -> None:
    async with _opened(settings) as (core, exchange):
        name = exchange.partners.name or "EXCHANGE_NAME"
        key = f'key = "{core.signer.public_key.hex()}"'
        typer.echo(f"# 上级登记 registered above\n[senders.{name}]\n{key}\nregions = []\n")
        typer.echo(f"# 下级登记 registered below\n[upper]\n{key}")


@app.command("reconcile")
def reconcile(
    file: Annotated[Path | None, typer.Argument(help="没有线路时写成文件 a file, where no line is")] = None,
) -> None:
    """与上级按月核对；不一致的重新报送。Compare with the level above, month by month."""
    finish(_reconcile(ready(), file))


async def _reconcile(settings: Settings, file: Path | None) -> None:
    async with _opened(settings) as (core, exchange):
        if file is not None:
            _write(file, await exchange.ask_months())
            typer.echo(f"请上级读入后，带回回执再读入：{file}")
            return
        if not settings.exchange_upper:
            raise StartFault("没有设置 EXCHANGE_UPPER，请给出文件名。 Without EXCHANGE_UPPER name a file.")
        post = UpperLevel(settings.exchange_upper).post
        found = await Reporting(exchange, post, core.storage.leases, core.now).compare()
    _tell(found)


def _write(file: Path, letter: str) -> None:
    file.write_text(letter, "utf-8", newline="")


def _read(file: Path) -> str:
    return file.read_bytes().decode()


def _tell(found: Differences) -> None:
    if not found:
        typer.echo("与上级一致。 Both levels have the same.")
        return
    typer.echo(
        f"上级缺少或不同{len(found.lacking)}条，将重新报送；上级有而本级没有{len(found.strange)}条。",
        err=True,
    )
    for id in (*found.lacking, *found.strange):
        typer.echo(f"  {id}", err=True)
    raise typer.Exit(NOT_AS_LEFT)
