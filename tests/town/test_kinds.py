"""What is called pure is pure; the import contract says the same of whole rooms."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.kinds import ROOT


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
