"""The OpenAPI document and the server say the same: schemathesis looks for a difference and finds none."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import pytest

from cases.people import Role
from handlers.web.access.scopes import SCOPE_NAMES
from tests.town.live.town import Town

CONFIG = Path(__file__).with_name("schemathesis.toml")


@pytest.mark.timeout(300)
async def test_schemathesis_finds_nothing(town: Town, tmp_path: Path) -> None:
    head = await town.person("王负责", Role.HEAD, Role.HANDLER, Role.REGISTRAR)
    for _ in range(12):
        await town.filed()
    await town.accepted(head)
    token = (await town.token(head, *SCOPE_NAMES))["Authorization"]
    base = str(town.client.make_url("/api/v1"))
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
    told = await (await town.client.get("/api/v1/openapi.json")).json()
    operations = sum(len({"get", "post", "put", "delete"} & set(item)) for item in told["paths"].values())
    assert f"Tested: {operations}" in said.decode()
