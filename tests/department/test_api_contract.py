"""The OpenAPI document and the server say the same: schemathesis looks for a difference and finds none."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import pytest

from cases.people import Role
from handlers.department.api.scopes import SCOPES
from tests.town.world import World

CONFIG = Path(__file__).with_name("schemathesis.toml")


@pytest.mark.timeout(300)
async def test_schemathesis_finds_nothing(world: World, tmp_path: Path) -> None:
    head = await world.person("王负责", Role.HEAD, Role.HANDLER)
    for _ in range(12):
        await world.filed()
    await world.accepted(head)
    token = (await world.token(head, *SCOPES))["Authorization"]
    base = str(world.client.make_url("/api/v1"))
    run = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "schemathesis.cli",
        "--config-file",
        str(CONFIG),
        "run",
        f"{base}/openapi.json",
        "--url",
        base,
        "-H",
        f"Authorization: {token}",
        "--max-examples",
        "3",
        "--seed",
        "20261122",
        "--no-color",
        cwd=tmp_path,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await run.communicate()
    assert run.returncode == 0, said.decode()[-6000:]
    assert "Tested: 51" in said.decode()
