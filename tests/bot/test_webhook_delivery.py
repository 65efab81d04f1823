"""The process as users have it tells a department's own system of a new case, over real HTTPS."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

import aiohttp
import pytest

from tests.town.live.receiver import Receiver
from tests.town.live.running import RunningShouxin, run_command

DEPARTMENT = "630000:省财政厅"
REPORT = {
    "text": "西宁市城西区教育局采购办公设备，货物早已验收，承诺三十日付清八十万元，至今一分未付。",
    "domain": "procurement",
    "region_code": "630000",
    "accused": "西宁市城西区教育局",
}


async def token_of_a_head(data: Path) -> str:
    code, said = await run_command(
        data, "staff", "add", "caizheng", "王负责", DEPARTMENT, "--roles", "head,handler"
    )
    assert code == 0, said
    code, said = await run_command(
        data, "staff", "token", "caizheng", "推送", "--scopes", "webhooks:manage,cases:file"
    )
    assert code == 0, said
    found = re.search(r"令牌 (\S+)", said)
    assert found is not None
    return found.group(1)


@pytest.mark.timeout(240)
async def test_a_running_process_delivers_what_a_department_asked_for(tmp_path: Path) -> None:
    data, folder = tmp_path / "data", tmp_path / "receiver"
    folder.mkdir()
    async with Receiver(folder) as receiver:
        running = RunningShouxin(
            data, WEBHOOK_ALLOW_PRIVATE="127.0.0.1", SSL_CERT_FILE=str(folder / "certificate.pem")
        )
        async with running as shouxin, aiohttp.ClientSession() as client:
            who = {"Authorization": f"Bearer {await token_of_a_head(data)}"}
            given = {"url": f"https://127.0.0.1:{receiver.port}/in", "events": ["case.registered"]}
            api = f"{shouxin.address}/api/v1"
            made = await (await client.post(f"{api}/webhooks", json=given, headers=who)).json()
            filed = await (await client.post(f"{api}/cases", json=REPORT, headers=who)).json()
            assert filed["department"] == DEPARTMENT
            await asyncio.wait_for(receiver.arrived.wait(), 60)
            [told] = receiver.got
            assert told.said["data"]["number"] == filed["number"]
            assert told.is_signed_with(made["secret"])
            assert filed["receipt"] not in told.body.decode()
            assert not any(
                made["secret"] in line or "127.0.0.1:" + str(receiver.port) in line for line in shouxin.log
            )
