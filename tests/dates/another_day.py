"""On another day everything that runs has that day: this process, its children, and the database's server.

Collected by `tests.dates` only, which has moved the day.
"""

from __future__ import annotations

import json
import os
import sys
import time
from asyncio import create_subprocess_exec
from asyncio.subprocess import PIPE
from datetime import UTC, datetime, timedelta
from pathlib import Path

from storage.database.administration import Admin
from tests.dates import BEGAN
from tests.town.live.running import RunningShouxin, environment

LONGEST = timedelta(hours=2)


def is_that_day(moment: datetime) -> bool:
    return timedelta(0) <= moment - datetime.fromisoformat(os.environ[BEGAN]) < LONGEST


def test_this_process_lives_on_that_day_and_can_sleep() -> None:
    assert is_that_day(datetime.now(UTC))
    assert is_that_day(datetime.fromtimestamp(time.time(), UTC))
    since = time.monotonic()
    time.sleep(0.01)
    assert time.monotonic() - since >= 0.01


async def test_a_process_beside_the_tests_lives_on_it_too() -> None:
    program = "import time; time.sleep(0.01); print(time.time())"
    beside = await create_subprocess_exec(
        sys.executable, "-c", program, env=environment(), stdout=PIPE, stderr=PIPE
    )
    out, err = await beside.communicate()
    assert is_that_day(datetime.fromtimestamp(float(out), UTC)), err


async def test_the_server_of_the_database_lives_on_it_too(mongo_uri: str) -> None:
    async with Admin(mongo_uri) as admin:
        for command in ("hello", "serverStatus"):
            assert is_that_day((await admin.run({command: 1}))["localTime"].replace(tzinfo=UTC)), command


async def test_the_product_and_its_own_server_live_on_it_too(tmp_path: Path) -> None:
    async with RunningShouxin(tmp_path) as shouxin:
        assert await shouxin.stop() == 0
    assert shouxin.log
    for line in shouxin.log:
        assert is_that_day(datetime.fromisoformat(json.loads(line)["time"]))
    log = (tmp_path / "mongo" / "member-0.log").read_text(encoding="utf-8").splitlines()
    assert is_that_day(datetime.fromisoformat(json.loads(log[-1])["t"]["$date"]))
