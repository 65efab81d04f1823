"""The table of moves: from which status, to which, by whom; and the requirements each move has.

What may be offered and what may be made is one answer, `Table.obstacle`. What a move does is not in here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, Protocol, TypeVar

from cases.errors import IllegalMove, NotAllowed, Reason
from cases.moves.requirements import Obstacle, Requirement
from cases.people import Actor, Role
from cases.records import Record

S = TypeVar("S", bound=StrEnum)
M = TypeVar("M", bound=StrEnum)
B = TypeVar("B", bound=StrEnum)
S_co = TypeVar("S_co", bound=StrEnum, covariant=True)
B_contra = TypeVar("B_contra", bound=StrEnum, contravariant=True)

WRONG_STATUS = Reason("wrong-status", "当前状态不能办理“{move}”。")
WRONG_ROLE = Reason("wrong-role", "您的岗位不能办理“{move}”。")


class Args(Record):
    """Base of what a move needs to be told."""


class NoArgs(Args):
    """The move needs nothing."""


class AnySituation(Protocol[S_co, B_contra]):
    """Somebody before a record at some time; requirements may ask it for more."""

    @property
    def actor(self) -> Actor: ...
    @property
    def status(self) -> S_co: ...
    def stands(self, by: B_contra) -> bool:
        """Whether the actor stands in this relation to the record."""


T = TypeVar("T", bound=AnySituation[Any, Any])


@dataclass(frozen=True, slots=True)
class MoveSpec(Generic[M]):
    """A move as people see it."""

    move: M
    label: str
    past: str
    """How the history tells it."""
    args: type[Args] = NoArgs
    told: bool = False
    """Whether the citizen sees it in the course of the case."""

    def __str__(self) -> str:
        """Within a Chinese sentence."""
        return self.label


@dataclass(frozen=True, slots=True)
class Row(Generic[S, M, B]):
    """From this status, this move leads there, made by one of these roles in one of these relations."""

    status: S
    move: M
    to: S | None
    """None: back to where the record was before it came to this status."""
    roles: frozenset[Role]
    by: frozenset[B]


@dataclass(frozen=True, slots=True)
class Table(Generic[S, M, B, T]):
    """Everything that decides whether a move may be made."""

    rows: Mapping[tuple[S, M], Row[S, M, B]]
    specs: Mapping[M, MoveSpec[M]]
    requirements: Mapping[M, tuple[Requirement[T], ...]]
    before_all: tuple[Requirement[T], ...]
    """What every move needs, whoever asks: above all that the actor may know of the record."""
    outsider: Reason
    """Said to who has the role, but not the relation."""

    def check(self, move: M, at: T) -> Row[S, M, B]:
        """The row of this move. Raises the error of whatever stands against it."""
        obstacle = self.obstacle(move, at)
        if obstacle is not None:
            raise obstacle.as_error()
        return self.rows[at.status, move]

    def obstacle(self, move: M, at: T) -> Obstacle | None:
        """The first thing that stands against the move now, or None."""
        return _first(self.before_all, at) or self._own_obstacle(move, at)

    def offers(self, at: T) -> tuple[MoveSpec[M], ...]:
        """The moves that this actor may make now: exactly those that `check` lets pass."""
        if _first(self.before_all, at):
            return ()
        now = at.status
        return tuple(
            self.specs[move]
            for status, move in self.rows
            if status is now and self._own_obstacle(move, at) is None
        )

    def _own_obstacle(self, move: M, at: T) -> Obstacle | None:
        row, named = self.rows.get((at.status, move)), {"move": self.specs[move]}
        if row is None:
            return Obstacle(IllegalMove, WRONG_STATUS, named)
        if row.roles.isdisjoint(at.actor.roles):
            return Obstacle(NotAllowed, WRONG_ROLE, named)
        if not any(at.stands(by) for by in row.by):
            return Obstacle(NotAllowed, self.outsider, {})
        return _first(self.requirements.get(move, ()), at)


SAME = "same"
"""As `to`: the record stays where it is."""


def rows(
    statuses: Iterable[S], move: M, to: S | str | None, roles: frozenset[Role], *by: B
) -> list[Row[S, M, B]]:
    """The rows of one move from several statuses to one, to `SAME`, or (None) back to where it came from."""
    return [
        Row(status, move, status if to == SAME else (type(status)(to) if to else None), roles, frozenset(by))
        for status in statuses
    ]


def _first(requirements: Iterable[Requirement[T]], at: T) -> Obstacle | None:
    for requirement in requirements:
        obstacle = requirement.obstacle(at)
        if obstacle is not None:
            return obstacle
    return None


def by_status_and_move(rows: Iterable[Row[S, M, B]]) -> dict[tuple[S, M], Row[S, M, B]]:
    """Raises ValueError when a status and move are named twice."""
    listed = list(rows)
    table = {(row.status, row.move): row for row in listed}
    if len(table) != len(listed):
        raise ValueError("the table names a status and move twice")
    return table
