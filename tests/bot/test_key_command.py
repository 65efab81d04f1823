"""The key may come from a command, such as one that asks a key service; then it is nowhere on the disk."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

import pytest

from bot.faults import SettingsFault
from bot.surroundings.key_file import load_keys
from storage.sealed.key_ring import KeyRing
from tests.town.live.deployment import town_settings

FIRST, OLDER = "first-" + "k" * 40, "older-" + "k" * 40


def command(code: str) -> str:
    return shlex.join([sys.executable, "-c", code])


def keys_of(folder: Path, code: str) -> KeyRing:
    return load_keys(town_settings(folder, secret_key=None, secret_key_command=command(code)))


def test_the_first_key_it_prints_seals_and_the_others_open(tmp_path: Path) -> None:
    ring = keys_of(tmp_path, f"print({FIRST!r}); print({OLDER!r})")
    assert ring.primary_id == KeyRing(FIRST).primary_id
    assert ring.open_text(KeyRing(OLDER).seal("words", "c"), "c") == "words"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "code", ["import sys; sys.exit(1)", "pass", "print('short')", "import os; os.abort()"]
)
def test_a_command_that_gives_no_key_stops_the_start_with_a_sentence(tmp_path: Path, code: str) -> None:
    with pytest.raises(SettingsFault, match="SECRET_KEY"):
        keys_of(tmp_path, code)


def test_a_command_that_does_not_exist_stops_the_start(tmp_path: Path) -> None:
    with pytest.raises(SettingsFault, match="SECRET_KEY"):
        load_keys(town_settings(tmp_path, secret_key=None, secret_key_command="/nowhere/at-all"))


def test_what_it_printed_is_not_repeated_in_the_fault(tmp_path: Path) -> None:
    with pytest.raises(SettingsFault) as fault:
        keys_of(tmp_path, "print('half-a-secret')")
    assert "half-a-secret" not in repr(fault.value) + str(fault.value.__context__)
