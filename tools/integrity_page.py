"""The made part of `docs/integrity.md`: which jurisdiction has what, the terms, every object's table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cases.integrity.books import BOOKS
from cases.integrity.spine.blueprint import Blueprint
from cases.integrity.spine.mechanisms import Basis, find_basis
from cases.integrity.spine.vocabulary import BY_NAMES, By
from cases.moves.diagram import TablePage
from cases.rules.credit_terms import load_credit_terms
from cases.rules.jurisdictions import Jurisdictions
from cases.words import CLOCK_NAMES, ROLE_NAMES, UNIT_NAMES

MARK = "<!-- made from the code with `python -m tools.written_pages`; not by hand -->"


def with_tables(page: str) -> str:
    """The page with everything after its mark made anew."""
    head, mark, _ = page.partition(MARK)
    return "\n".join((f"{head.rstrip()}\n\n{mark or MARK}\n", *_made())) + "\n"


def _made() -> Iterator[str]:
    homes = Jurisdictions.load().all()
    yield "## Which jurisdiction has what"
    yield ""
    yield f"| 制度 | {' | '.join(home.name for home in homes)} |"
    yield "|" + "---|" * (len(homes) + 1)
    for blueprint in BOOKS.values():
        cells = [_cell(find_basis(blueprint, home)) for home in homes]
        yield f"| {blueprint.name} | {' | '.join(cells)} |"
    yield ""
    yield "## Terms that no limit promises to everybody"
    yield ""
    yield "| 期限 | 长度 | 依据 |"
    yield "|---|---|---|"
    for term in load_credit_terms().all():
        yield f"| {CLOCK_NAMES[term.kind]} | {term.amount}{UNIT_NAMES[term.unit]} | {term.basis} |"
    for blueprint in BOOKS.values():
        yield ""
        yield f"## {blueprint.name}"
        yield ""
        yield from _page(blueprint).sections("###")


def _cell(basis: Basis | None) -> str:
    if basis is None:
        return "—"
    return basis.citation if basis.national else basis.citation.rpartition("》")[2]


def _page(blueprint: Blueprint) -> TablePage[Any, Any, By]:
    return TablePage(
        head="",
        table=blueprint.table,
        first=blueprint.first,
        ended=blueprint.ended,
        statuses=blueprint.statuses,
        roles=ROLE_NAMES,
        relations=BY_NAMES,
    )
