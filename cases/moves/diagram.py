"""A table of moves as a page of documentation: a Mermaid diagram and lists, made from the table alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, TypeVar

from cases.moves.table import Row, Table
from cases.people import Role

S = TypeVar("S", bound=StrEnum)
M = TypeVar("M", bound=StrEnum)
B = TypeVar("B", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class TablePage(Generic[S, M, B]):
    """What is drawn, with the words for it. `first`: the move that makes the record, and its status then."""

    head: str
    table: Table[S, M, B, Any]
    first: tuple[M, S]
    ended: frozenset[S]
    statuses: Mapping[S, str]
    roles: Mapping[Role, str]
    relations: Mapping[B, str]

    def text(self) -> str:
        """The whole page, ending with a line end."""
        return "\n".join((self.head, *self.sections("##"), ""))

    def sections(self, level: str) -> list[str]:
        """The lines of the page without its head; `level`: the hashes of each headline."""
        return [
            f"{level} Statuses and the moves between them",
            "",
            "```mermaid",
            *self._diagram(),
            "```",
            "",
            f"{level} Who may make which move",
            "",
            *self._moves(),
            "",
            f"{level} What else a move needs",
            "",
            *self._requirements(),
            "",
            f"{level} Status by status",
            "",
            *self._by_status(),
        ]

    def _diagram(self) -> list[str]:
        made, status = self.first
        lines = ["stateDiagram-v2", "    direction LR"]
        lines += [f'    state "{name}" as {status.value}' for status, name in self.statuses.items()]
        lines.append(f"    [*] --> {status.value}: {self._label(made)}")
        for (source, target), moves in self._changes().items():
            labels = "、".join(dict.fromkeys(self._label(move) for move in moves))
            lines.append(f"    {source} --> {target}: {_plain(labels)}")
        lines += [f"    {status.value} --> [*]" for status in self.statuses if status in self.ended]
        return lines

    def _changes(self) -> dict[tuple[str, str], list[M]]:
        """Moves that change the status, by the pair of statuses they connect."""
        changes: dict[tuple[str, str], list[M]] = {}
        for row in self.table.rows.values():
            for target in self._targets(row):
                if target is not row.status:
                    changes.setdefault((row.status.value, target.value), []).append(row.move)
        return changes

    def _targets(self, row: Row[S, M, B]) -> tuple[S, ...]:
        """None leads back to where the record came from: any status from which that can happen."""
        if row.to is not None:
            return (row.to,)
        rows = self.table.rows.values()
        return tuple(r.status for r in rows if r.to is row.status and r.status is not row.status)

    def _moves(self) -> Iterable[str]:
        yield "| 操作 | 代码 | 岗位 | 关系 | 投诉人可见 |"
        yield "|---|---|---|---|---|"
        for move, spec in self.table.specs.items():
            rows = [row for row in self.table.rows.values() if row.move is move]
            roles = {role for row in rows for role in row.roles}
            relations = {by for row in rows for by in row.by}
            named = "、".join(self.roles[role] for role in Role if role in roles)
            stands = "、".join(name for by, name in self.relations.items() if by in relations)
            yield (
                f"| {spec.label} | `{move.value}` | {named or '登记时'} | {stands or '—'} "
                f"| {'是' if spec.told else ''} |"
            )

    def _requirements(self) -> Iterable[str]:
        yield "| 操作 | 不符合时的说明 | 依据 |"
        yield "|---|---|---|"
        everywhere = [("全部", needed) for needed in self.table.before_all]
        own = [(self._label(m), needed) for m, listed in self.table.requirements.items() for needed in listed]
        for label, needed in [*everywhere, *own]:
            yield f"| {label} | {needed.reason.sentence} | {needed.source} |"

    def _by_status(self) -> Iterable[str]:
        yield "| 状态 | 可以办理 |"
        yield "|---|---|"
        for status, name in self.statuses.items():
            cells = [self._step(row) for row in self.table.rows.values() if row.status is status]
            yield f"| {name} | {'；'.join(cells)} |"

    def _step(self, row: Row[S, M, B]) -> str:
        label = self._label(row.move)
        if row.to is None:
            return f"{label} → 原状态"
        return label if row.to is row.status else f"{label} → **{self.statuses[row.to]}**"

    def _label(self, move: M) -> str:
        return self.table.specs[move].label


def _plain(label: str) -> str:
    """Mermaid takes a colon as the end of the arrow's text."""
    return label.replace("：", " ").replace(":", " ")
