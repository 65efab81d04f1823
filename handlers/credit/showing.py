"""An object as people read it: its own fields by their Chinese names, and its course.

Knows blueprints only; what a value means is read from its type and from the forms that ask for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, NamedTuple, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from cases.instants import local_date
from cases.integrity.books import book
from cases.integrity.spine.blueprint import Blueprint
from cases.integrity.spine.dossier import AnyDossier
from cases.integrity.spine.situation import Situation
from cases.integrity.spine.standing import DESK
from cases.integrity.spine.vocabulary import By
from cases.model import Evidence
from cases.people import Role
from cases.words import DOMAIN_NAMES
from classify.types import Domain
from handlers.web.pages.filters import chinese_date, money

SHORT = 40
"""Signs that a column of a table takes."""
_ADDRESS = re.compile(r"https?://\S+")
_ONE_LINE = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日|[\d.,]+(万|亿)?元?")
"""Days, numbers and amounts: nobody reads them over the end of a line."""


class Shown(NamedTuple):
    """One field: its words, or files, or rows of further fields."""

    label: str
    text: str = ""
    files: tuple[Evidence, ...] = ()
    rows: tuple[tuple[Shown, ...], ...] = ()

    @property
    def words(self) -> str:
        """Everything of it but its files, for programs and sheets: a row is a line."""
        rows = ("；".join(f"{inner.label}：{inner.text}" for inner in row if inner.text) for row in self.rows)
        return self.text or "\n".join(filter(None, rows))

    @property
    def is_address(self) -> bool:
        return _ADDRESS.fullmatch(self.text) is not None

    @property
    def in_one_line(self) -> bool:
        return _ONE_LINE.fullmatch(self.text) is not None

    @property
    def heads(self) -> tuple[str, ...]:
        """The heads of a table, where all rows tell the same few short things; else nothing."""
        asked = {tuple(inner.label for inner in row) for row in self.rows}
        short = all(inner.text and len(inner.text) <= SHORT for row in self.rows for inner in row)
        return next(iter(asked)) if len(asked) == 1 and len(self.rows) > 1 and short else ()


class Step(NamedTuple):
    """One entry of its course."""

    at: datetime
    title: str
    who: str
    tone: str
    note: str


def fields_shown(at: Situation, known_as: Mapping[str, str] | None = None) -> tuple[Shown, ...]:
    """The fields that have a value, in the blueprint's order; private ones to the parties alone.

    `known_as`: how people know what is stored as a number.
    """
    blueprint, values = book(at.dossier.kind), at.dossier.__dict__
    asked = _asked_by(blueprint)
    keeps = at.actor.has(*DESK) and at.stands(By.KEEPER)
    hidden = frozenset() if at.as_subject or keeps else blueprint.private
    shown = (
        _shown(label, values[name], asked.get(name))
        for name, label in blueprint.labels.items()
        if name not in hidden
    )
    known = known_as or {}
    return tuple(
        one._replace(text=known.get(one.text, one.text)) for one in shown if one.text or one.files or one.rows
    )


def files_of(at: Situation) -> dict[str, Evidence]:
    """Every file of it that this person may open, by id."""
    return {file.id: file for one in fields_shown(at) for file in _files_in(one)}


def _files_in(shown: Shown) -> Iterator[Evidence]:
    yield from shown.files
    for row in shown.rows:
        for inner in row:
            yield from _files_in(inner)


def course(at: Situation) -> tuple[Step, ...]:
    """Newest first. Who represents the subject reads which body acted, not who there."""
    dossier, blueprint = at.dossier, book(at.dossier.kind)
    return tuple(
        Step(
            at=entry.at,
            title=blueprint.spec(entry.move).past,
            who=_who(at, entry.actor),
            tone="blue" if entry.after != entry.before else "grey",
            note=str(entry.note or ""),
        )
        for entry in reversed(dossier.history)
    )


def _who(at: Situation, actor: Any) -> str:
    if at.as_subject and actor.department != at.actor.department:
        return "" if actor.has(Role.SYSTEM) else str(at.dossier.keeper_name)
    return str(actor.name)


def status_name(dossier: AnyDossier) -> str:
    return book(dossier.kind).statuses[dossier.status]


def status_tone(dossier: AnyDossier) -> str:
    """Running ones stand out, ended ones do not."""
    return "grey" if dossier.status in book(dossier.kind).ended else "blue"


def _asked_by(blueprint: Blueprint) -> dict[str, FieldInfo]:
    """By name, how a form asks for the field: its words are those that people chose from."""
    forms = [spec.args for spec in blueprint.table.specs.values()]
    if blueprint.opening is not None:
        forms.append(blueprint.opening.args)
    return {name: info for form in forms for name, info in form.model_fields.items()}


def _hint(info: FieldInfo | None, name: str) -> Any:
    extra = info.json_schema_extra if info else None
    return extra.get(name) if isinstance(extra, dict) else None


def _shown(label: str, value: Any, info: FieldInfo | None) -> Shown:
    match value:
        case None | "" | ():
            return Shown(label)
        case Evidence():
            return Shown(label, files=(value,))
        case tuple() if all(isinstance(one, Evidence) for one in value):
            return Shown(label, files=value)
        case tuple() if all(isinstance(one, BaseModel) for one in value):
            rows = tuple(_inner(one, info) for one in value)
            return Shown(label, rows=tuple(row for row in rows if row))
        case tuple():
            return Shown(label, "、".join(_words(one, info) for one in value))
        case BaseModel():
            return Shown(label, "，".join(_words(one, None) for one in value.__dict__.values() if one))
    return Shown(label, _words(value, info))


def _inner(value: BaseModel, info: FieldInfo | None) -> tuple[Shown, ...]:
    """The fields of a part, as the rows of a form ask for them, or as the part itself says."""
    asked: Mapping[str, FieldInfo] = type(value).model_fields
    if _hint(info, "widget") == "parts" and info is not None:
        asked = get_args(info.annotation)[0].model_fields
    shown = (
        _shown(str(label), getattr(value, name, None), field)
        for name, field in asked.items()
        if (label := _hint(field, "label"))
    )
    return tuple(one for one in shown if one.text or one.files)


def _words(value: Any, info: FieldInfo | None) -> str:
    match value:
        case bool():
            return "是" if value else "否"
        case Domain():
            return DOMAIN_NAMES[value]
        case StrEnum():
            return str((_hint(info, "choices") or {}).get(value.value, value.value))
        case datetime():
            return chinese_date(local_date(value))
        case date():
            return chinese_date(value)
        case int() | Decimal() if "元" in str(_hint(info, "label")):
            return money(value)
    return str(value)
