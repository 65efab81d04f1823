"""`python -m bot lexicon …`: what the desk's corrections of domains teach. Works beside a running process.

Prints phrases of at most six characters that several complaints share, never a sentence of anybody.
People decide what goes into a lexicon; nothing is added by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from bot.commands.running import finish, note, opened, ready
from bot.settings import Settings
from cases.ports.audit import AuditAction
from cases.ports.cases import EVERY_CASE, CaseFilter
from cases.words import DOMAIN_NAMES
from classify.phrases.suggestions import Suggestion, suggest_phrases
from classify.types import Domain
from storage.opening import Storage

app = typer.Typer(help="词库。The lexicons.", no_args_is_help=True)


@app.callback()
def lexicon() -> None:
    """词库。The lexicons."""


@app.command("suggestions")
def show_suggestions(
    most: Annotated[int, typer.Option("--most", min=1, max=200, help="最多显示几条 rows to show")] = 40,
) -> None:
    """根据工作人员更正过的领域，列出可加入词库的词语。Phrases that would have helped."""
    finish(_suggestions(ready(), most))


async def _suggestions(settings: Settings, most: int) -> None:
    async with opened(settings) as storage:
        corrections = await read_corrections(storage)
        await note(storage, AuditAction.LEXICON_SUGGESTIONS, "lexicon", cases=len(corrections))
    if not corrections:
        typer.echo("还没有更正过领域的件。 No domain has been corrected yet.")
        return
    suggestions = suggest_phrases(corrections)[:most]
    typer.echo(f"更正过领域的件：{len(corrections)}。 Cases with a corrected domain: {len(corrections)}.")
    if not suggestions:
        typer.echo("还看不出共同的词语。 They share no telling phrase yet.")
        return
    Console().print(table_of(suggestions))


async def read_corrections(storage: Storage) -> list[tuple[str, Domain]]:
    """Text and the domain staff chose, of every case whose domain they changed."""
    where = CaseFilter(corrected=True)
    return [
        (str(case.complaint.text), case.complaint.domain)
        async for case in storage.cases.iterate(EVERY_CASE, where)
        if case.complaint.text and case.corrected_from is not case.complaint.domain
    ]


def table_of(suggestions: Sequence[Suggestion]) -> Table:
    table = Table("领域", "词语", "件数", "区分度", title="建议加入词库的词语")
    for item in suggestions:
        table.add_row(DOMAIN_NAMES[item.domain], item.phrase, str(item.texts), f"{item.weight:.2f}")
    return table
