"""The main job, end to end, on real parts: the process as users start it, a strict Bot API, a real mongod.

A citizen tells the bot; the department pulls, accepts, answers; the citizen is told each step; the
supervisor sees how long it took. Only Telegram is a stand-in.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession

from tests.telegram_standin import StandIn
from tests.town.live.browser import Browser
from tests.town.live.complaining import file_complaint
from tests.town.live.running import RunningShouxin, run_command
from tests.town.words import OPINION

CITIZEN = 6_100_000_001
COMPLAINT = (
    "西宁市城东区住房和城乡建设局2023年让我们施工队修了小区外的排水工程，验收合格一年多了，"
    "工程款86万元一直没有支付，每次都说没有资金。希望按合同尽快付清。"
)
NEW_PASSWORD = "long enough to be kept private"


class OwnSystem:
    """A department's own system, talking to /api/v1 with a bearer token."""

    def __init__(self, address: str, token: str, http: ClientSession) -> None:
        self._base = f"{address}/api/v1"
        self._headers = {"Authorization": f"Bearer {token}"}
        self._http = http

    async def post(
        self, path: str, body: dict[str, Any] | None = None, *, status: int = 200
    ) -> dict[str, Any]:
        async with self._http.post(self._base + path, json=body, headers=self._headers) as answer:
            assert answer.status == status, f"{path}: {answer.status} {await answer.text()}"
            return dict(await answer.json())

    async def get(self, path: str) -> dict[str, Any]:
        async with self._http.get(self._base + path, headers=self._headers) as answer:
            assert answer.status == 200, f"{path}: {answer.status} {await answer.text()}"
            return dict(await answer.json())


async def make_token(data: Path, login: str, name: str, department: str, roles: str) -> str:
    code, said = await run_command(data, "staff", "add", login, name, department, "--roles", roles)
    assert code == 0, said
    code, said = await run_command(
        data, "staff", "token", login, "业务系统", "--scopes", "cases:read,cases:write"
    )
    assert code == 0, said
    found = re.search(r"令牌 (\S+)", said)
    assert found is not None
    return found.group(1)


@pytest.mark.timeout(300)
async def test_a_complaint_from_the_first_word_to_the_supervisors_board(tmp_path: Path) -> None:
    async with (
        StandIn(burst=1) as telegram,
        RunningShouxin(tmp_path, BOT_TOKEN=telegram.token, TELEGRAM_API_URL=telegram.url) as shouxin,
        ClientSession() as http,
    ):
        citizen = telegram.user(CITIZEN)
        filed = await file_complaint(citizen, COMPLAINT)
        responsible = re.search(r"责任单位：([^（\n]+)", filed.told[-1])
        assert responsible is not None
        assert "不晚于" in filed.told[-1], "the promised date is told"

        token = await make_token(tmp_path, "chengban", "钱文静", responsible.group(1), "handler,triage")
        department = OwnSystem(shouxin.address, token, http)
        case = await department.post("/cases/next")
        assert case["number"] == filed.number
        await department.post(f"/cases/{filed.number}/moves/accept", {"remark": ""})
        told = await citizen.reads("受理", since=citizen.last.id - 1)
        assert filed.number in told.text

        await department.post(f"/cases/{filed.number}/moves/write", {"text": "请问合同是哪一天签的？"})
        await citizen.reads("请问合同是哪一天签的？")
        drafted = await department.post(
            f"/cases/{filed.number}/letters", {"kind": "opinion", "words": OPINION}, status=201
        )
        letter = f"/cases/{filed.number}/letters/{drafted['id'].rpartition('-W')[2]}"
        await department.post(f"{letter}/submit")
        token = await make_token(tmp_path, "fuze", "王负责", responsible.group(1), "head")
        await OwnSystem(shouxin.address, token, http).post(f"{letter}/sign")
        await citizen.reads(lambda seen: "答复" in seen.text and filed.number in seen.text)
        assert (await department.get(f"/cases/{filed.number}"))["status"] == "answered"

        async with Browser(shouxin.address) as supervisor:
            await supervisor.move_in("admin", shouxin.password, NEW_PASSWORD)
            board = await supervisor.read("/board")
            assert "受理用时" in board
            await supervisor.read("/board/cases")

        refused = [call for call in telegram.calls if call.status >= 400]
        assert refused == [], "the bot never asks Telegram for what it refuses"
        everything = "\n".join(shouxin.log)
        assert str(CITIZEN) not in everything, "no chat id in any log"
        assert "排水工程" not in everything, "no word of the citizen in any log"
        assert telegram.token not in everything
        assert await shouxin.stop() == 0
