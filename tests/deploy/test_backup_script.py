"""The nightly copy, as timers run it: sealed, proven, in two places, and old ones go last."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

import pytest

from storage.database.connection import Database
from tests.town.live.deployment import SECRET
from tests.town.live.running import ROOT, environment

pytestmark = pytest.mark.timeout(120)

SCRIPT = ROOT / "deploy" / "backup.sh"
LONG_AGO = 15 * 86_400


async def run(*folders: Path, **settings: str) -> int:
    script = await asyncio.create_subprocess_exec(
        *("sh", str(SCRIPT), *map(str, folders)), cwd=ROOT, env=environment(PYTHON=sys.executable, **settings)
    )
    return await script.wait()


async def test_a_copy_lies_in_both_places_before_old_ones_go(
    mongo_uri: str, prepared_database: Database, tmp_path: Path
) -> None:
    here, elsewhere = tmp_path / "here", tmp_path / "elsewhere"
    here.mkdir()
    old = here / "2026-01-01T000000.backup"
    old.touch()
    os.utime(old, (old.stat().st_mtime - LONG_AGO,) * 2)
    settings = {
        "MONGODB_URI": mongo_uri,
        "MONGODB_DATABASE": prepared_database.name,
        "SECRET_KEY": SECRET,
        "DATA_DIR": str(tmp_path / "data"),
    }
    assert await run(here, elsewhere, **settings) != 0
    assert old.exists()
    elsewhere.mkdir()
    assert await run(here, elsewhere, **settings) == 0
    assert not old.exists()
    (copy,) = elsewhere.iterdir()
    assert copy.read_bytes() == (here / copy.name).read_bytes()
    assert copy.stat().st_mode & 0o077 == 0
