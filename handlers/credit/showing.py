"""An object as people read it: its own fields by their Chinese names, and its course.

Knows blueprints only; what a value means is read from its type and from the forms that ask for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, NamedTuple

from pydantic import BaseModel

from cases.instants import local_date
from cases.integrity.blueprint import Blueprint
from cases.integrity.books import book
from cases.integrity.dossier import AnyDossier
from cases.integrity.situation import Situation
from cases.model import Evidence
from cases.moves.table import Args
from cases.people import Role
from cases.words import DOMAIN_NAMES
from handlers.web.pages.filters import chinese_date, money

Choices = Mapping[str, str]


class Shown(NamedTuple):
    """One field: its words, or files, or rows of further fields."""

    label: str
    text: str = ""
    files: tuple[Evidence, ...] = ()
    rows: tuple[tuple[Shown, ...], ...] = ()


class Step(NamedTuple):
    """One entry of its course."""

    at: datetime
    title: str
    who: str
    tone: str
    note: str


def fields_shown(dossier: AnyDossier) -> tuple[Shown, ...]:
    """The fields that have a value, in the blueprint's order."""
    blueprint = book(dossier.kind)
    choices = _choices_of(blueprint)
    shown = (_shown(label, getattr(dossier, name), name, choices) for name, label in blueprint.labels.items())
    return tuple(one for one in shown if one.text or one.files or one.rows)


def files_of(dossier: AnyDossier) -> dict[str, Evidence]:
    """Every file that belongs to it, by id."""
    return {file.id: file for one in fields_shown(dossier) for file in _files_in(one)}


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
            tone=_tone(entry, blueprint),
            note=str(entry.note or ""),
        )
        for entry in reversed(dossier.history)
    )


def _tone(entry: Any, blueprint: Blueprint) -> str:
    if entry.after in blueprint.ended:
        return "green"
    return "blue" if entry.after != entry.before else "grey"


def _who(at: Situation, actor: Any) -> str:
    if at.as_subject and actor.department != at.actor.department:
        return "" if actor.has(Role.SYSTEM) else str(at.dossier.keeper_name)
    return str(actor.name)


def status_name(dossier: AnyDossier) -> str:
    return book(dossier.kind).statuses[dossier.status]


def status_tone(dossier: AnyDossier) -> str:
    """Running ones stand out, ended ones do not."""
    return "grey" if dossier.status in book(dossier.kind).ended else "blue"


def _choices_of(blueprint: Blueprint) -> dict[str, Choices]:
    """Words for the values of each field, as its forms offer them."""
    forms = [spec.args for spec in blueprint.table.specs.values()]
    if blueprint.opening is not None:
        forms.append(blueprint.opening.args)
    return {name: words for form in forms for name, words in _choices_in(form)}


def _choices_in(form: type[Args]) -> Iterator[tuple[str, Choices]]:
    for name, info in form.model_fields.items():
        extra = info.json_schema_extra
        if isinstance(extra, dict) and isinstance(words := extra.get("choices"), dict):
            yield name, {str(key): str(value) for key, value in words.items()}


def _shown(label: str, value: Any, name: str, choices: Mapping[str, Choices]) -> Shown:
    match value:
        case None | "" | ():
            return Shown(label)
        case Evidence():
            return Shown(label, files=(value,))
        case tuple() if all(isinstance(one, Evidence) for one in value):
            return Shown(label, files=value)
        case tuple() if all(isinstance(one, BaseModel) for one in value):
            return Shown(label, rows=tuple(_inner(one) for one in value))
        case tuple():
            return Shown(label, "、".join(_words(one, name, choices) for one in value))
        case BaseModel():
            return Shown(label, rows=(_inner(value),))
    return Shown(label, _words(value, name, choices))


def _inner(value: BaseModel) -> tuple[Shown, ...]:
    """The labelled fields of a part."""
    shown = []
    for name, info in type(value).model_fields.items():
        extra = info.json_schema_extra if isinstance(info.json_schema_extra, dict) else {}
        own = extra.get("choices")
        words = {name: {str(k): str(v) for k, v in own.items()}} if isinstance(own, dict) else {}
        if label := extra.get("label"):
            shown.append(_shown(str(label), getattr(value, name), name, words))
    return tuple(one for one in shown if one.text or one.files)


def _words(value: Any, name: str, choices: Mapping[str, Choices]) -> str:
    match value:
        case bool():
            return "是" if value else "否"
        case StrEnum():
            return choices.get(name, {}).get(value.value) or DOMAIN_NAMES.get(value, value.value)  # type: ignore[call-overload]
        case datetime():
            return chinese_date(local_date(value))
        case date():
            return chinese_date(value)
        case int() | Decimal() if name.endswith("_yuan"):
            return money(value)
    return str(value)
