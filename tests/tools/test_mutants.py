"""The tool that breaks the core on purpose: which faults it makes, and where."""

from __future__ import annotations

import ast

import pytest

from tools.mutants.faults import faults_of
from tools.mutants.rooms import ROOMS, ROOT


def faults(source: str) -> list[str]:
    return [fault.words for fault in faults_of(ast.parse(source))]


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("a < b", ["a < b → a <= b"]),
        ("a is b", ["a is b → a is not b"]),
        ("a + 1", ["a + 1 → a - 1", "1 → 2"]),
        ("not a", ["not a → not not a"]),
        ("x = True", ["True → False"]),
        ("x = 'code'", ["'code' → 'XXcodeXX'"]),
        ("any(a)", ["any(a) → all(a)", "any(a) → any(None)"]),
        ("f(a, b=c)", ["f(a, b=c) → f(None, b=c)", "b=c → gone"]),
        ("b if a else c", ["a → the opposite"]),
        ("[a for a in b if c]", ["c → gone"]),
        ("def f():\n    return a", ["return a → return None"]),
        ("def f():\n    raise a", ["raise a → gone"]),
        ("def f():\n    raise E('words', f'of {a()}')", ["raise E('words', f'of {a()}') → gone"]),
        ("def f():\n    raise E(a)", ["raise E(a) → gone", "E(a) → E(None)"]),
        ("{a, b}", ["a → gone", "b → gone"]),
        ("{a: b}", ["a → gone"]),
        ("a and b", ["a and b → a or b", "a and b → True and b", "a and b → a and True"]),
        ("a or None", ["a or None → a and None", "a or None → False or None"]),
    ],
)
def test_code_can_be_wrong_in_these_ways(right: str, wrong: list[str]) -> None:
    statement = right if right[:3] in {"def", "x ="} else f"x = {right}"
    whole = [] if right[:3] in {"def", "x ="} else [f"x = {right} → gone"]
    assert sorted(faults(statement)) == sorted([*whole, *wrong])


@pytest.mark.parametrize(
    "source",
    [
        '"""A docstring."""',
        "import a",
        "x = '说给人听的话'",
        "x = ''",
        "x: int | None",
        "def f(a: int | None = None) -> str | None: ...",
        "@dataclass(frozen=True)\nclass A:\n    x: int",
        "class A(Protocol):\n    def f(self) -> int:\n        return 1",
        "class A(B, Generic[C, D]):\n    x: int",
        "Alias = A[B]",
        "x: str = a['utf-8']",
    ],
)
def test_words_types_and_declarations_are_left_alone(source: str) -> None:
    assert faults(source) == []


def test_a_fault_is_compiled_and_taken_out_again() -> None:
    tree = ast.parse("x = 1 + 2")
    before = ast.dump(tree)
    values = set()
    for fault in faults_of(tree):
        names: dict[str, object] = {}
        exec(fault.compiled_in(tree, "a.py"), names)  # noqa: S102
        values.add(names["x"])
    assert values == {None, -1, 4}
    assert ast.dump(tree) == before


def test_every_room_has_code_and_pure_tests() -> None:
    pure = {"cases", "figures", "integrity", "lifecycle", "moves", "rules"}
    for room in ROOMS:
        assert list(room.files())
        assert all(path.is_file() and path.parent.name in pure for path in room.test_files())
        assert 0.9 <= room.aim <= 1


def test_every_file_of_the_core_that_decides_something_is_in_one_room() -> None:
    broken = [path for room in ROOMS for path in room.files()]
    assert len(set(broken)) == len(broken)
    decides = [ROOT / "cases" / name for name in ("lifecycle", "moves", "rules", "figures")]
    core = {path for folder in decides for path in folder.rglob("*.py") if path.read_text("utf-8").strip()}
    assert core <= set(broken)
