"""The operator's commands as they are typed, on an embedded database in a folder of their own."""

from __future__ import annotations

import asyncio
import json
import shutil
from pathlib import Path

import pytest

from bot.settings import Settings
from bot.wiring import build_core, open_database, utc_now
from cases.people import Actor
from storage.opening import Storage
from tests.town.clock import Watch
from tests.town.live.deployment import town_settings
from tests.town.live.parts import put_together
from tests.town.live.running import RunningShouxin, run_command
from tests.town.live.town import Town
from tests.town.rules import RULES

pytestmark = pytest.mark.timeout(600)
"""Every command starts a process and a database of its own."""

OLD, NEW = "k" * 40, "n" * 40


@pytest.fixture(scope="module")
async def deployment(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a few cases, left behind by a process that has stopped."""
    data = tmp_path_factory.mktemp("deployment")
    settings = town_settings(data, secret_key=OLD)
    async with open_database(settings, utc_now) as storage:
        await fill(storage, settings)
    return data


async def fill(storage: Storage, settings: Settings) -> None:
    parts = await put_together(storage, Watch(), settings)
    town = Town(parts, Watch())
    handler = await town.person("李承办")
    for _ in range(3):
        case = await town.filed()
        await town.services.desk.look(
            case.number,
            Actor(roles=handler.roles, id=handler.id, name=handler.name, department=handler.department),
        )
    await parts.close()


async def run(data: Path, *words: str, key: str = OLD) -> tuple[int, str]:
    return await run_command(data, *words, SECRET_KEY=key)


async def test_a_whole_deployment_is_said_to_be_whole_and_a_changed_one_is_not(deployment: Path) -> None:
    code, said = await run(deployment, "audit", "verify")
    assert code == 0, said
    assert "3 个件的历史完整" in said
    code, said = await run(deployment, "audit", "anchor")
    assert code == 0, said
    (anchor,) = (deployment / "anchors").glob("audit-*.json")
    code, said = await run(deployment, "audit", "verify", "--anchor", str(anchor))
    assert code == 0, said
    forged = json.loads(anchor.read_text())
    forged["content"]["seq"] += 1
    anchor.with_suffix(".forged").write_text(json.dumps(forged))
    code, said = await run(deployment, "audit", "verify", "--anchor", str(anchor.with_suffix(".forged")))
    assert code == 3, said
    (line,) = (deployment / "anchors").glob("public-log-*.json")
    code, said = await run(deployment, "audit", "verify", "--log", str(line.parent))
    assert code == 0, said
    forged = json.loads(line.read_text())
    forged["content"]["cases"]["size"] += 1
    line.write_text(json.dumps(forged))
    code, said = await run(deployment, "audit", "verify", "--log", str(line.parent))
    assert code == 3, said


async def test_a_flipped_byte_in_a_history_is_found(deployment: Path, tmp_path: Path) -> None:
    data = tmp_path / "copy"
    await asyncio.to_thread(shutil.copytree, deployment, data)
    settings = Settings(_env_file=None, data_dir=data, secret_key=OLD)
    from bot.wiring import utc_now

    async with open_database(settings, utc_now) as storage:
        row = await storage.database["cases"].find_one({"_id": {"$gte": ""}})
        assert row is not None
        case = await storage.cases.get(row["_id"])
        first = case.history[0].model_copy(update={"key": "other"})
        changed = case.model_copy(update={"history": (first, *case.history[1:])})
        assert await storage.cases.save(changed, expected_version=case.version)
    code, said = await run(data, "audit", "verify")
    assert code == 3, said
    assert f"{case.number}: history entry 1" in said


async def test_a_backup_is_restored_into_an_empty_folder_and_never_over_another(
    deployment: Path, tmp_path: Path
) -> None:
    file = tmp_path / "today.backup"
    code, said = await run(deployment, "backup", str(file))
    assert code == 0, said
    assert (await run(deployment, "backup", str(file)))[0] == 1
    assert (await run(deployment, "restore", str(file), "--check-only"))[0] == 0
    code, said = await run(deployment, "restore", str(file))
    assert code == 1
    assert "不会覆盖" in said
    code, said = await run(tmp_path / "elsewhere", "restore", str(file))
    assert code == 0, said
    code, said = await run(tmp_path / "elsewhere", "audit", "verify")
    assert code == 0, said
    assert "3 个件" in said
    code, said = await run(tmp_path / "third", "restore", str(file), key=NEW)
    assert code == 1
    assert "SECRET_KEY" in said


async def test_keys_are_rotated_and_the_old_one_can_go(deployment: Path, tmp_path: Path) -> None:
    data = tmp_path / "copy"
    await asyncio.to_thread(shutil.copytree, deployment, data)
    code, said = await run(data, "keys", "rotate", key=f"{NEW},{OLD}")
    assert code == 0, said
    code, said = await run(data, "audit", "verify", key=NEW)
    assert code == 0, said
    assert "3 个件" in said
    code, said = await run(data, "audit", "verify", key=OLD)
    assert code == 2
    assert "SECRET_KEY" in said


async def test_a_one_time_code_is_forgotten(deployment: Path) -> None:
    code, said = await run(deployment, "staff", "list")
    login = said.split()[0]
    code, said = await run(deployment, "staff", "reset-totp", login)
    assert code == 0, said
    code, said = await run(deployment, "staff", "reset-totp", "nobody")
    assert code == 1
    assert "没有登录名" in said


async def test_retention_runs_on_demand(deployment: Path) -> None:
    code, said = await run(deployment, "retention", "run")
    assert code == 0, said
    assert "已匿名化 0 件" in said


async def test_a_proof_is_checked_without_any_settings(deployment: Path, tmp_path: Path) -> None:
    settings = town_settings(deployment, secret_key=OLD)
    proof, key = tmp_path / "proof.json", tmp_path / "key.pem"
    async with open_database(settings, utc_now) as storage:
        core = await build_core(storage, RULES, utc_now)
        row = await storage.database["cases"].find_one({"_id": {"$gte": ""}}, {"_id": 1})
        assert row is not None
        assert core.services.proofs is not None
        data = core.services.proofs.receipt(await storage.cases.get(row["_id"]))
        key.write_text(core.services.proofs.public_key["pem"])
    proof.write_bytes(data)
    code, said = await run_command(tmp_path, "verify", str(proof), "--key", str(key))
    assert code == 0, said
    assert row["_id"] in said
    proof.write_bytes(data.replace(b"SX2", b"SX3", 1))
    assert (await run_command(tmp_path, "verify", str(proof), "--key", str(key)))[0] == 3
    assert (await run_command(tmp_path, "verify", str(tmp_path / "none"), "--key", str(key)))[0] == 1


async def test_commands_work_beside_a_running_process(tmp_path: Path) -> None:
    async with RunningShouxin(tmp_path / "data", SECRET_KEY=OLD):
        code, said = await run(tmp_path / "data", "backup", str(tmp_path / "live.backup"))
        assert code == 0, said
        code, said = await run(tmp_path / "data", "audit", "verify")
        assert code == 0, said
