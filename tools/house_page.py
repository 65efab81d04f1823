"""The map of the house, `docs/house.md`: every room with its idea, as the room itself says it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
ROOMS = ("bot", "handlers", "classify", "cases", "storage", "tools")

_HEAD = """# The house, room by room

Made from what the rooms say of themselves, with `python -m tools.written_pages`; not by hand. What a file is
for stands at its top. Which room may import which is kept by the contracts in `pyproject.toml`.

| room | idea |
|---|---|
"""


def house() -> str:
    return _HEAD + "".join(f"| `{room}/` | {idea} |\n" for room, idea in rooms())


def rooms() -> Iterator[tuple[str, str]]:
    """Folder and first paragraph of its docstring; a room without one is a fault."""
    for top in ROOMS:
        for door in sorted((ROOT / top).rglob("__init__.py"), key=lambda path: path.parent.parts):
            room = door.parent.relative_to(ROOT).as_posix()
            said = ast.get_docstring(ast.parse(door.read_text("utf-8")))
            if said is None:
                raise ValueError(f"{room}/ does not say what it is for")
            yield room, " ".join(said.split("\n\n")[0].split())
