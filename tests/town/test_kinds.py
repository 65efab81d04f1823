"""The kinds of tests are told apart, and what is called pure is pure."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.kinds import ROOT, can_be_pure

PURE_ROOMS = ("cases", "classify", "figures", "lifecycle", "moves", "rules")


@pytest.mark.parametrize("room", PURE_ROOMS)
def test_a_room_of_the_core_is_tested_without_frameworks(room: str) -> None:
    files = list((ROOT / "tests" / room).rglob("test_*.py"))
    assert files
    assert [file.name for file in files if not can_be_pure(file)] == []


@pytest.mark.parametrize("framework", ["motor", "aiogram"])
def test_a_pure_test_fails_where_a_framework_was_imported(framework: str) -> None:
    pure = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-m", "pure", "-p", framework, "tests/moves"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert pure.returncode == pytest.ExitCode.TESTS_FAILED, pure.stdout
    assert f"a pure test imported {framework}" in pure.stdout
    assert " passed" not in pure.stdout
