"""Rows of facts as documents, and cases read without opening a single sealed word.

Statistics never decrypt: what is sealed in a case is replaced by nothing before the case is built.
"""

from __future__ import annotations

from typing import Any

from cases.figures.facts import CaseFacts, Event, Happening, Spell, Verdict
from cases.figures.measures import SPELLS, VERDICTS
from cases.model import Case
from storage.cases.documents import DERIVED
from storage.database.encoding import Document
from storage.sealed.documents import SEALED_VALUES

CASE_FIELDS: Document = dict.fromkeys(
    (DERIVED - {"shut_out"}) | {"notifications", "proposals", "papers", "evidence"},
    0,
)
"""Projection: what facts are not computed from stays in the database."""

_VALUES = frozenset(name for _, name in SEALED_VALUES)
_SCALARS = tuple(
    name
    for name in CaseFacts.model_fields
    if name not in {"number", "status", "events", *SPELLS, *(f"{kind}_verdict" for kind in VERDICTS)}
)


def blind_case(document: Document) -> tuple[Case, list[str]]:
    """The case with every sealed value left blank, and the marks of those who may not know of it."""
    fields = {name: value for name, value in document.items() if name not in DERIVED}
    shut_out: list[str] = document.get("shut_out", [])
    fields["number"] = fields.pop("_id")
    return Case.model_validate(_blank(fields)), shut_out


def _blank(value: Any) -> Any:
    kind = type(value)
    if kind is bytes:
        return ""
    if kind is dict:
        return {key: _blank(item) for key, item in value.items() if not _is_value(key, item)}
    if kind is list:
        return [_blank(item) for item in value]
    return value


def _is_value(key: str, item: Any) -> bool:
    """Sealed, and no text: its default stands for it."""
    return type(item) is bytes and key in _VALUES


def to_document(facts: CaseFacts, shut_out: list[str]) -> Document:
    """Nothing is stored for what is not there, so partial indexes stay small."""
    document: Document = {"_id": facts.number, "status": facts.status.value}
    for name in _SCALARS:
        value = getattr(facts, name)
        if value is not None and value is not False and value not in ("", ()):
            document[name] = list(value) if isinstance(value, tuple) else value
    document["place"] = facts.place or ""
    for name in SPELLS:
        spell = getattr(facts, name)
        if spell is not None:
            document[name] = spell._asdict()
    for kind in VERDICTS:
        verdict = getattr(facts, f"{kind}_verdict")
        if verdict is not None:
            document[f"{kind}_verdict"] = verdict._asdict()
    if facts.events:
        document["events"] = [{"name": event.name.value, "at": event.at} for event in facts.events]
    if shut_out:
        document["shut_out"] = shut_out
    return document


def to_facts(document: Document) -> CaseFacts:
    """Of a row from before its form changed what is still known: rows are made anew right after a start."""
    fields = {name: value for name, value in document.items() if name in CaseFacts.model_fields}
    fields["number"] = document["_id"]
    fields["place"] = fields.get("place") or None
    for name in ("open", "accountable", "to_check", "responded", "solved"):
        fields.setdefault(name, False)
    for name in SPELLS:
        if name in fields:
            fields[name] = Spell(**fields[name])
    for kind in VERDICTS:
        if f"{kind}_verdict" in fields:
            fields[f"{kind}_verdict"] = Verdict(**fields[f"{kind}_verdict"])
    fields["events"] = tuple(Event(Happening(e["name"]), e["at"]) for e in fields.get("events", ()))
    return CaseFacts.model_validate(fields)
