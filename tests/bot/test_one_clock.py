"""What time it is comes from one place, so that no two parts can disagree about what has expired."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROOMS = ("bot", "handlers", "classify", "cases", "storage")
READS = {
    *("datetime.now", "datetime.utcnow", "datetime.today", "date.today"),
    *("time.time", "time.time_ns", "time.localtime", "time.gmtime"),
}
OF_THE_SERVER = {"$$NOW", "$$CLUSTER_TIME", "$currentDate"}
KNOWN = Counter(
    {
        ("bot/wiring/app.py", "datetime.now"): 1,  # the clock that everything is given
        ("classify/__main__.py", "datetime.now"): 1,  # a command that explains one text
        (
            "storage/backups/copying.py",
            "datetime.now",
        ): 1,  # stands on a backup, decides nothing
        (
            "storage/schema/migrations.py",
            "datetime.now",
        ): 1,  # starts wait for each other by it
        ("storage/schema/migrations.py", "$$NOW"): 1,  # a step that has been released
    }
)


def looks_at_a_clock(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name | ast.Attribute):
            owner = node.value.id if isinstance(node.value, ast.Name) else node.value.attr
            if f"{owner}.{node.attr}" in READS:
                yield f"{owner}.{node.attr}"
        elif isinstance(node, ast.Constant) and node.value in OF_THE_SERVER:
            yield str(node.value)


def test_the_clock_of_the_machine_is_read_in_one_place_and_the_servers_decides_nothing() -> None:
    found: Counter[tuple[str, str]] = Counter()
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            found.update((str(path.relative_to(ROOT)), look) for look in looks_at_a_clock(tree))
    assert found == KNOWN


def test_every_way_of_looking_is_seen() -> None:
    code = "import datetime as d; d.datetime.now(); date.today(); x = {'$currentDate': {}}; make(time.time)"
    assert sorted(looks_at_a_clock(ast.parse(code))) == [
        "$currentDate",
        "date.today",
        "datetime.now",
        "time.time",
    ]
