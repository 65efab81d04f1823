"""The life cycle as a page of documentation: a Mermaid diagram and tables, made from the table alone.

`docs/lifecycle.md` is this text; a test fails when it is not.
"""

from __future__ import annotations

from cases.lifecycle.table import MOVES, TRANSITIONS, Transition
from cases.people import Role
from cases.vocabulary import OPEN, By, Move, Status
from cases.words import BY_NAMES, ROLE_NAMES, STATUS_NAMES

_HEAD = """# Life cycle · 件的生命周期

Made from the table in `cases/lifecycle/table.py` by `cases/lifecycle/diagram.py`; do not edit by hand.
Buttons, API, permissions and the pair test (`tests/lifecycle/test_lifecycle.py`) come from the same table.
"""


def lifecycle_page() -> str:
    """The whole page, ending with a line end."""
    return "\n".join(
        [
            _HEAD,
            "## Statuses and the moves between them",
            "",
            "```mermaid",
            *_diagram(),
            "```",
            "",
            "## Who may make which move",
            "",
            *_moves_table(),
            "",
            "## Status by status",
            "",
            *_status_table(),
            "",
        ]
    )


def _diagram() -> list[str]:
    lines = ["stateDiagram-v2", "    direction LR"]
    lines += [f'    state "{STATUS_NAMES[status]}" as {status.value}' for status in Status]
    lines.append(f"    [*] --> {Status.REGISTERED.value}: {MOVES[Move.REGISTER].label}")
    for (source, target), moves in _changes().items():
        labels = "、".join(dict.fromkeys(MOVES[move].label for move in moves))
        lines.append(f"    {source} --> {target}: {_plain(labels)}")
    lines += [f"    {status.value} --> [*]" for status in Status if status not in OPEN and _ends(status)]
    return lines


def _changes() -> dict[tuple[str, str], list[Move]]:
    """Moves that change the status, by the pair of statuses they connect."""
    changes: dict[tuple[str, str], list[Move]] = {}
    for row in TRANSITIONS.values():
        for target in _targets(row):
            if target is not row.status:
                changes.setdefault((row.status.value, target.value), []).append(row.move)
    return changes


def _targets(row: Transition) -> tuple[Status, ...]:
    """None leads back to where the citizen was asked: any status from which that can happen."""
    if row.to is not None:
        return (row.to,)
    return tuple(r.status for r in TRANSITIONS.values() if r.to is row.status and r.status is not row.status)


def _ends(status: Status) -> bool:
    return status in {Status.CLOSED, Status.WITHDRAWN, Status.MERGED, Status.DECLINED}


def _plain(label: str) -> str:
    """Mermaid takes a colon as the end of the arrow's text."""
    return label.replace("：", " ").replace(":", " ")


def _moves_table() -> list[str]:
    lines = ["| 操作 | 代码 | 岗位 | 与件的关系 | 投诉人可见 |", "|---|---|---|---|---|"]
    for move, spec in MOVES.items():
        rows = [row for row in TRANSITIONS.values() if row.move is move]
        roles = {role for row in rows for role in row.roles}
        relations = {by for row in rows for by in row.by}
        lines.append(
            f"| {spec.label} | `{move.value}` | {_roles(roles) or '登记时'} | {_relations(relations) or '—'} "
            f"| {'是' if spec.told else ''} |"
        )
    return lines


def _roles(roles: set[Role]) -> str:
    return "、".join(ROLE_NAMES[role] for role in Role if role in roles)


def _relations(relations: set[By]) -> str:
    return "、".join(BY_NAMES[by] for by in By if by in relations)


def _status_table() -> list[str]:
    lines = ["| 状态 | 可以办理 |", "|---|---|"]
    for status in Status:
        cells = [_step(row) for row in TRANSITIONS.values() if row.status is status]
        lines.append(f"| {STATUS_NAMES[status]} | {'；'.join(cells)} |")
    return lines


def _step(row: Transition) -> str:
    label = MOVES[row.move].label
    if row.to is None:
        return f"{label} → 原状态"
    return label if row.to is row.status else f"{label} → **{STATUS_NAMES[row.to]}**"


if __name__ == "__main__":
    from pathlib import Path

    Path("docs/lifecycle.md").write_text(lifecycle_page(), "utf-8")
