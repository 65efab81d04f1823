"""An object as data: its model, its table, what its moves do, what time does to it.

Everything generic (store, service, pages, documents, tests) works from blueprints alone; which there are
stands in `books.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from cases.errors import Reason
from cases.integrity.spine.dossier import AnyDossier
from cases.integrity.spine.vocabulary import KIND_NAMES, By, Kind
from cases.moves.history import Entry
from cases.moves.table import Args, MoveSpec, Table
from cases.people import Actor, Role
from cases.rules.rule_books import Rules

Words = Mapping[Any, str]


class Alarm(NamedTuple):
    """What happens by itself, and from when on."""

    at: datetime
    move: StrEnum


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """How an object begins that belongs to no other; the rest are opened by moves of what they belong to."""

    args: type[Args]
    roles: frozenset[Role]
    fill: Callable[[Any, Actor, Rules, datetime], Mapping[str, Any]]
    """The fields of the new object from arguments, actor, rules and now. Raises InvalidInput."""
    from_case: bool = False
    """Whether a case that was answered 属实 offers it."""
    account_of: Role | None = None
    """Of this role is the account that the form may name (`account`)."""


RECORDED_ALREADY = Reason("recorded-already", "同一文书已有记录 {id}。")


def _nothing_waits(dossier: Any) -> Alarm | None:
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Blueprint:
    kind: Kind
    model: type[AnyDossier]
    entry: type[Entry[Any, Any]]
    table: Table[Any, Any, By, Any]
    """Its situations are `Situation`."""
    first: tuple[Any, Any]
    """The move that makes it, and its status then."""
    statuses: Words
    ended: frozenset[Any]
    effects: Mapping[Any, Callable[[Any], None]]
    """By move, on a `Making`. A move that is not named changes nothing but the status."""
    mechanism: str
    """Key in the packs; the document's section is shown with everything of this kind."""
    national: str = ""
    """The national rule that has it everywhere; empty where only a local document does."""
    opening: Opening | None = None
    hidden_from_subject: frozenset[Any] = frozenset()
    """Statuses in which the subject does not know of it."""
    private: frozenset[str] = frozenset()
    """Fields for the parties alone: the subject, and whoever keeps it. Others see how it stands."""
    public: frozenset[Any] = frozenset()
    """Statuses in which everybody may read it."""
    void: frozenset[Any] = frozenset()
    """Statuses in which it counts no more, so that another may take its place (`Dossier.claims`)."""
    taken: Reason = RECORDED_ALREADY
    """Said when another has what it claims; `{id}` is that one."""
    takes_serial: frozenset[Any] = frozenset()
    """Moves for which a number of a document is taken (`LookedUp.serial`)."""
    counts: frozenset[Any] = frozenset()
    """Moves for which figures are counted (`LookedUp.counted`), the opening among them."""
    primary: tuple[Any, ...] = ()
    """Moves that bring it on, the most wanted first; a page shows the first that is offered before all."""
    alarm: Callable[[Any], Alarm | None] = _nothing_waits
    labels: Mapping[str, str] = field(default_factory=dict)
    """Chinese names of the model's own fields, in the order in which a page shows them."""
    suggestions: Mapping[Any, Callable[[Any], Mapping[str, Any]]] = field(default_factory=dict)
    """What the form of a move is filled with at first, from a `Situation`."""

    @property
    def name(self) -> str:
        return KIND_NAMES[self.kind]

    def spec(self, move: StrEnum) -> MoveSpec[Any]:
        return self.table.specs[move]

    def waits_for(self, status: StrEnum) -> frozenset[Role]:
        """Whose move would bring it on from here: for lists of what is to be done."""
        return frozenset(
            role
            for row in self.table.rows.values()
            if row.status is status and row.to is not status and row.move in self.primary
            for role in row.roles
        ) - {Role.SYSTEM}


Books = Mapping[Kind, Blueprint]
