"""A MongoDB of our own for trying out, small desks and tests: started with the process, stopped with it.

It listens on the loopback only, behind a generated password, and keeps everything in one folder.
It must not be taken for a production server: that is what MONGODB_URI is for.
"""

from __future__ import annotations

import asyncio
import fcntl
import json
import os
import secrets
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from loguru import logger

from cases.errors import StorageUnavailable
from storage.database.administration import Admin
from storage.database.failures import CommandRefused
from storage.server.mongod import EmbeddedError, Member, find_mongod, free_port, is_free

SET_NAME = "shouxin"
LOOK = 1.0
"""Seconds between two looks at whether a member still runs."""
USER = "shouxin"
ALREADY_INITIALIZED = 23
UNAUTHORIZED = 13
USER_EXISTS = 51003
NOT_YET_INITIALIZED = 94
NOT_PRIMARY_YET = frozenset({10107, 13435, 11602, 189, 91, NOT_YET_INITIALIZED})


class DataDirInUse(EmbeddedError):
    """Another process runs its database in this folder."""


class EmbeddedReplicaSet:
    """A replica set of local mongods. `start` gives the address to connect to."""

    member_type: type[Member] = Member

    def __init__(
        self,
        data_dir: Path,
        *,
        members: int = 1,
        cache_gb: float = 0.5,
        binary: Path | None = None,
    ) -> None:
        self._folder = Path(data_dir).absolute() / "mongo"
        self._size = members
        self._cache_gb = cache_gb
        self._binary = binary
        self._lock: int | None = None
        self._password = ""
        self.members: list[Member] = []

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    @property
    def uri(self) -> str:
        hosts = ",".join(member.host for member in self.members)
        return f"mongodb://{USER}:{self._password}@{hosts}/?replicaSet={SET_NAME}&authSource=admin"

    async def start(self) -> str:
        """Start every member, set the replica set up on first use, wait for a primary.

        Raises MongodMissing, DataDirInUse or EmbeddedError, each with a sentence for the user.
        """
        binary = self._binary or find_mongod()
        try:
            self._take_folder()
            self._password = self._secret("password")
            self._secret("keyfile")
            self.members = self._plan_members(binary)
            await asyncio.gather(*(member.start() for member in self.members))
            await self._set_up()
        except BaseException as error:
            await self.stop()
            if isinstance(error, OSError):
                raise EmbeddedError(f"MongoDB cannot be run in {self._folder}: {error.strerror}") from error
            raise
        return self.uri

    async def stop(self) -> None:
        """Shut every member down in order and give the folder back. Safe to call twice."""
        await asyncio.gather(*(member.stop() for member in self.members))
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    async def keep_running(self) -> None:
        """Starts a member again that has ended by itself, until cancelled."""
        while True:
            await asyncio.sleep(LOOK)
            for member in self.members:
                if not member.running:
                    logger.error("the embedded MongoDB has ended and is started again; see {}", member.log)
                    with suppress(EmbeddedError):
                        await member.start()

    async def primary(self) -> Member:
        """The member that takes writes now; waits while there is none."""
        async with Admin(self.uri) as admin:
            await self._until_primary(admin)
            host = (await admin.run({"hello": 1}))["me"]
        return next(member for member in self.members if member.host == host)

    def _take_folder(self) -> None:
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(self._folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(handle)
            raise DataDirInUse(
                f"{self._folder} is in use by another running Shouxin. "
                "Stop that one first, or give this one another DATA_DIR."
            ) from None
        self._lock = handle

    def _secret(self, name: str) -> str:
        path = self._folder / name
        if not path.exists():
            part = path.with_suffix(".part")
            handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(handle, "w", encoding="ascii") as file:
                file.write(secrets.token_hex(32))
                file.flush()
                os.fsync(file.fileno())
            part.rename(path)
        path.chmod(0o600)
        return path.read_text(encoding="ascii").strip()

    def _plan_members(self, binary: Path) -> list[Member]:
        """Members on the ports of last time where those are still free."""
        remembered = self._folder / "ports.json"
        known: list[int] = json.loads(remembered.read_text()) if remembered.exists() else []
        ports: list[int] = []
        for index in range(self._size):
            port = known[index] if index < len(known) and is_free(known[index]) else free_port()
            ports.append(port)
        remembered.write_text(json.dumps(ports))
        return [
            self.member_type(
                binary=binary,
                folder=self._folder / f"member-{index}",
                key_file=self._folder / "keyfile",
                set_name=SET_NAME,
                port=port,
                cache_gb=self._cache_gb,
            )
            for index, port in enumerate(ports)
        ]

    def _config(self, version: int) -> dict[str, Any]:
        return {
            "_id": SET_NAME,
            "version": version,
            "members": [{"_id": index, "host": member.host} for index, member in enumerate(self.members)],
            "settings": {"electionTimeoutMillis": 2000, "heartbeatIntervalMillis": 500},
        }

    async def _set_up(self) -> None:
        ready = self._folder / "ready"
        if not ready.exists():
            await self._initiate()
            ready.touch()
        else:
            await self._follow_ports()
        async with Admin(self.uri) as admin:
            await self._until_primary(admin)

    async def _initiate(self) -> None:
        """First start: the server lets a local client in until the first user exists."""
        direct = f"mongodb://{self.members[0].host}/?directConnection=true"
        async with Admin(direct) as admin:
            await _tolerate(admin, {"replSetInitiate": self._config(1)}, ALREADY_INITIALIZED, UNAUTHORIZED)
        hosts = ",".join(member.host for member in self.members)
        async with Admin(f"mongodb://{hosts}/?replicaSet={SET_NAME}") as admin:
            await self._until_primary(admin)
            await self._create_user(admin)

    async def _create_user(self, admin: Admin) -> None:
        create = {"createUser": USER, "pwd": self._password, "roles": ["root"]}
        await _tolerate(admin, create, USER_EXISTS, UNAUTHORIZED)

    async def _follow_ports(self) -> None:
        """When a port of last time was taken, tell the set where its members are now."""
        host = self.members[0].host
        direct = f"mongodb://{USER}:{self._password}@{host}/?directConnection=true&authSource=admin"
        async with Admin(direct) as admin:
            config = await stored_config(admin)
            hosts = [member["host"] for member in config["members"]]
            if hosts == [member.host for member in self.members]:
                return
            config["version"] += 1
            for entry, member in zip(config["members"], self.members, strict=True):
                entry["host"] = member.host
            await admin.run({"replSetReconfig": config, "force": True})

    async def _until_primary(self, admin: Admin) -> None:
        for _ in range(1500):
            try:
                if (await admin.run({"hello": 1})).get("isWritablePrimary"):
                    return
            except CommandRefused as error:
                if error.code not in NOT_PRIMARY_YET:
                    raise
            except StorageUnavailable:
                if not any(member.running for member in self.members):
                    raise EmbeddedError("the embedded MongoDB stopped while starting") from None
            await asyncio.sleep(0.02)
        raise EmbeddedError("the embedded MongoDB did not become ready within 30 seconds")


async def stored_config(admin: Admin) -> dict[str, Any]:
    """The set's configuration; a member that has just started answers before it has read it from its disk."""
    for _ in range(1500):
        try:
            return dict((await admin.run({"replSetGetConfig": 1}))["config"])
        except CommandRefused as error:
            if error.code != NOT_YET_INITIALIZED:
                raise
        await asyncio.sleep(0.02)
    raise EmbeddedError("the embedded MongoDB did not find its own configuration within 30 seconds")


class EmbeddedMongo(EmbeddedReplicaSet):
    """The usual case: a set of one."""

    def __init__(self, data_dir: Path, *, cache_gb: float = 0.5, binary: Path | None = None) -> None:
        super().__init__(data_dir, members=1, cache_gb=cache_gb, binary=binary)


async def _tolerate(admin: Admin, command: dict[str, Any], *codes: int) -> None:
    try:
        await admin.run(command)
    except CommandRefused as error:
        if error.code not in codes:
            raise


def find_running(data_dir: Path) -> str | None:
    """The address of the server another process of ours runs in this folder; None when there is none."""
    folder = Path(data_dir).absolute() / "mongo"
    try:
        password = (folder / "password").read_text(encoding="ascii").strip()
        ports: list[int] = json.loads((folder / "ports.json").read_text())
    except (OSError, ValueError):
        return None
    hosts = ",".join(f"127.0.0.1:{port}" for port in ports)
    return f"mongodb://{USER}:{password}@{hosts}/?replicaSet={SET_NAME}&authSource=admin"
