"""TLS to the database, with the certificates of the readme's own commands and the composition's options."""

from __future__ import annotations

import asyncio
import re
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiohttp import ClientSession

from cases.errors import StorageUnavailable
from storage.database.administration import Admin
from storage.database.connection import connect
from storage.database.failures import CommandRefused, WrongAddress
from storage.server.mongod import find_mongod, free_port
from tests.deploy.test_compose import SERVICES
from tests.town.live.running import ROOT, RunningShouxin

pytestmark = pytest.mark.timeout(120)

README = (ROOT / "deploy" / "README.md").read_text()
BEGUN_ALREADY = 23
NOT_YET = 200
"""Looks, a tenth of a second apart, at a server that starts."""


def make_certificates(folder: Path) -> None:
    """What the readme says, from the authority's certificate to the file a member reads."""
    (folder / "secrets").mkdir(mode=0o700)
    said = re.search(r"^openssl req -x509.*?> secrets/mongo_pem$", README, re.MULTILINE | re.DOTALL)
    assert said is not None
    subprocess.run(["sh", "-euc", said.group()], cwd=folder, check=True, capture_output=True)


@asynccontextmanager
async def member(folder: Path) -> AsyncIterator[int]:
    """A server with the TLS options of the composition's; its port."""
    port, data = free_port(), folder / "db"
    data.mkdir()
    options = re.findall(r"--tls\S+(?: [^-\s\\]\S*)?", SERVICES["db1"]["command"][2])
    assert len(options) == 4
    tls = (
        " ".join(options).replace("/tmp/mongo.pem", "secrets/mongo_pem").replace("/run/secrets/", "secrets/")
    )
    server = await asyncio.create_subprocess_exec(
        find_mongod(),
        *tls.split(),
        *("--replSet", "rs0", "--dbpath", data, "--port", str(port), "--nounixsocket", "--quiet"),
        *("--wiredTigerCacheSizeGB", "0.25", "--oplogSize", "64"),
        cwd=folder,
        stdout=subprocess.DEVNULL,
    )
    try:
        yield port
    finally:
        server.kill()
        await server.wait()


async def begin(uri: str, port: int) -> None:
    """Make a set of this one member."""
    config = {"_id": "rs0", "members": [{"_id": 0, "host": f"localhost:{port}"}]}
    async with Admin(uri) as admin:
        for _ in range(NOT_YET):
            try:
                await admin.run({"replSetInitiate": config})
            except CommandRefused as refused:
                if refused.code != BEGUN_ALREADY:
                    raise
            except StorageUnavailable:
                await asyncio.sleep(0.1)
                continue
            if (await admin.run({"hello": 1})).get("isWritablePrimary"):
                return
            await asyncio.sleep(0.1)
    raise AssertionError("no primary")


async def test_shouxin_starts_over_tls_and_nobody_reaches_the_database_without(tmp_path: Path) -> None:
    make_certificates(tmp_path)
    authority = tmp_path / "secrets" / "mongo_ca"
    async with member(tmp_path) as port:
        asked = re.search(r"&tls=true&tlsCAFile=\S+?(?=\")", SERVICES["shouxin"]["entrypoint"][2])
        assert asked is not None
        tls = asked.group().replace("/run/secrets/mongo_ca", str(authority))
        await begin(f"mongodb://localhost:{port}/?directConnection=true{tls}", port)
        address = f"mongodb://localhost:{port}/?replicaSet=rs0"
        shouxin = RunningShouxin(tmp_path / "data", MONGODB_URI=address + tls, SECRET_KEY="k" * 48)
        async with shouxin, ClientSession(shouxin.address) as visitor, visitor.get("/readyz") as answer:
            assert answer.status == 200
        for wrong in ("", "&tls=true"):
            async with connect(address + wrong, "x", serverSelectionTimeoutMS=700) as database:
                with pytest.raises(StorageUnavailable):
                    await database.ping()


def test_the_secrets_are_files_that_only_their_readers_read(tmp_path: Path) -> None:
    make_certificates(tmp_path)
    assert (tmp_path / "secrets").stat().st_mode & 0o777 == 0o700
    assert sorted(path.name for path in tmp_path.rglob("*") if path.is_file()) == [
        *("db.crt", "db.csr", "db.ext", "db.key", "mongo_ca", "mongo_ca.key", "mongo_ca.srl", "mongo_pem")
    ]
    assert "rm db.key db.csr db.ext db.crt" in README
    for name in ("db1", "db2", "db3"):
        assert {"mongo_pem", "mongo_ca"} <= set(SERVICES[name]["secrets"])
        assert "-m 0400 /run/secrets/mongo_pem" in SERVICES[name]["command"][2]


@pytest.mark.parametrize(
    "uri",
    [
        "mongodb://db/?tls=true&tlsCAFile=/nowhere/secret",
        f"mongodb://db/?tls=true&tlsCAFile={__file__}",
        "mongodb://secret:a@b@db/?replicaSet=rs0",
        "mongodb://secret:%zz@db/",
        "mongodb://db:secret/",
        "mongodb://",
        "mongodb://secret,db/?directConnection=true",
    ],
)
def test_an_address_that_cannot_be_one_is_a_sentence_without_its_secrets(uri: str) -> None:
    with pytest.raises(WrongAddress, match="MONGODB_URI cannot be used") as wrong:
        connect(uri, "x")
    assert "secret" not in str(wrong.value)
