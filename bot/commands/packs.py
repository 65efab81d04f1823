"""`python -m bot packs check`: whether a folder of jurisdictions can be used, before it is.

Says what is wrong entry by entry; where nothing is, every body, domain and place of it is walked through the
routing. Needs no database. Shipped packs are neither checked nor changed unless the folder is theirs.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from bot.commands.running import complain, ready
from cases.lifecycle.conflicts import barred
from cases.model import Accused, Routing
from cases.routing import route
from cases.rules.departments import Department, Jurisdiction
from cases.rules.jurisdictions import Jurisdictions
from cases.rules.pack_check import check_packs
from cases.rules.pack_files import EXAMPLE_DEPLOYMENT, NATIONAL, BadPack
from classify.types import AdminLevel, Domain

app = typer.Typer(help="辖区文件。Packs of jurisdictions.", no_args_is_help=True)

BY_ITS_NAME = 85.0


@app.callback()
def packs() -> None:
    """辖区文件。Packs of jurisdictions."""


@app.command("check")
def check(
    folder: Annotated[
        Path | None, typer.Argument(help="文件夹，不填时用 PACKS_DIR the folder; PACKS_DIR when left out")
    ] = None,
    departments: Annotated[
        Path | None,
        typer.Option("--departments", help="部署的单位文件，不填时用 DEPARTMENTS_FILE departments file"),
    ] = None,
) -> None:
    """逐项检查辖区文件，每个单位、领域和地点都试一遍分办。Check packs and try their routes."""
    if folder is None or departments is None:
        settings = ready()
        folder = folder or settings.packs_dir
        departments = departments or settings.departments_file or EXAMPLE_DEPLOYMENT
    if folder is None or not folder.is_dir():
        complain(ValueError("请写明文件夹，或者设置 PACKS_DIR。 Name a folder, or set PACKS_DIR."))
        raise typer.Exit(2)
    faults = [f"{one.file}：{one.entry}：{one.words}" for one in check_packs(folder, departments)]
    if not faults:
        try:
            faults = _try_routes(folder, departments)
        except BadPack as wrong:
            faults = [str(wrong)]
    for words in faults:
        typer.echo(words)
    if faults:
        complain(ValueError(f"有{len(faults)}处需要改正。 {len(faults)} things to mend."))
        raise typer.Exit(2)


def _try_routes(folder: Path, departments: Path) -> list[str]:
    """What goes wrong on the way; says how much was walked when nothing does."""
    books = Jurisdictions.load(overrides=departments, own=folder)
    faults: list[str] = []
    for jurisdiction in books.all():
        walked = list(walk(jurisdiction, books))
        faults += [f"{jurisdiction.name}：{fault}" for fault in walked if fault]
        typer.echo(
            f"{jurisdiction.name}：{len(jurisdiction.departments)}个单位，"
            f"{1 + len(jurisdiction.local_governments)}个地点，试了{len(walked)}条路线。"
            f" {len(walked)} routes tried."
        )
    return faults


def walk(jurisdiction: Jurisdiction, books: Jurisdictions) -> Iterator[str]:
    """For each route what is wrong with it, or nothing: each domain in each place, and against each body."""
    for body in jurisdiction.departments:
        yield _by_name(body, books)
    for domain in (one for one in Domain if one.in_scope):
        for place in (*jurisdiction.region_codes, *jurisdiction.local_governments):
            stranger = (Accused(name="某某村民委员会"),)
            yield _wrong(domain, place, stranger, route(domain, place, stranger, books), jurisdiction, books)
        for body in jurisdiction.departments:
            accused = (Accused(name=body.full_name, department=body.id),)
            went = route(domain, body.region_code, accused, books)
            yield _wrong(domain, body.full_name, accused, went, jurisdiction, books)


def _by_name(body: Department, books: Jurisdictions) -> str:
    """A complaint that writes the full name must mean this body."""
    found = books.find_department(body.full_name, region_code=body.region_code)
    if found is None:
        return f"{body.full_name}：按全称认不出，或者与别的单位分不清"
    if found[0].id != body.id and found[1] >= BY_ITS_NAME:
        return f"{body.full_name}：按全称认成了{found[0].full_name}"
    return ""


def _wrong(
    domain: Domain,
    about: str,
    accused: tuple[Accused, ...],
    went: Routing,
    jurisdiction: Jurisdiction,
    books: Jurisdictions,
) -> str:
    where = f"{about}，{jurisdiction.label(domain)}"
    target = books.find_by_id(went.department)
    if target is None:
        return f"{where}：分给了不存在的单位{went.department}"
    if barred(target, accused, books):
        return f"{where}：分给了被投诉主体或其下级{target.full_name}"
    nobody_above = jurisdiction.level is not AdminLevel.PROVINCE and target.id in {one.id for one in NATIONAL}
    if nobody_above:
        return f"{where}：上面没有可以办理的单位，会分给{target.full_name}；请在[above]写明上级政府"
    return ""
